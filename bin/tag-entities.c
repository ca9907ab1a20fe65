/* tag-entities: finds the names in each record's text: places, bodies, people, projects, policies, honours. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "entity.h"
#include "err.h"
#include "record.h"
#include "tool.h"

static const char help[] =
	"usage: tag-entities [-d NAMES.tsv]... [--explain] [FILE]...\n"
	"Adds to each record the places, bodies, people, events, projects, policies, works and honours that it names.\n"
	"\n"
	"  -d, --dictionary FILE  names of your own: columns name, type and, if you like, id (may be repeated)\n"
	"      --explain          print, instead of records, the rule of each name, and what was refused\n"
	"  -h, --help             print this text\n"
	"  -V, --version          print the version\n";

struct filter {
	struct entity_scanner *scanner;
	struct buf entities, scratch, doc;
	bool explain;
};

/* A document record says which place names are seen from; another doc without one begins without. */
static void follow(struct filter *f, const struct record *r)
{
	struct span doc = r->m[M_doc], type, adcode;

	if (doc.p && (doc.len != f->doc.len || memcmp(doc.p, f->doc.p, doc.len) != 0)) {
		buf_clear(&f->doc);
		buf_span(&f->doc, doc);
		entity_document(f->scanner, 0);
	}
	if (record_string(r, M_type, &f->scratch, &type) && span_is(type, "document")) {
		uint32_t home = 0;
		if (record_string(r, M_adcode, &f->scratch, &adcode) && adcode.len == 6)
			home = (uint32_t)strtoul(adcode.p, NULL, 10);
		entity_document(f->scanner, home);
	}
}

static const char *tag(void *self, struct record *r, struct buf *out)
{
	struct filter *f = self;
	size_t n;

	follow(f, r);
	const struct entity *entities = entity_scan(f->scanner, r->text, f->explain, &n);
	if (f->explain) {
		entity_explain(f->scanner, r, &f->scratch, out);
		return NULL;
	}
	buf_clear(&f->entities);
	entity_write(entities, n, r->text, &f->entities);
	record_write(r, &(struct edit){M_entities, {f->entities.p, f->entities.len}}, 1, out);
	return NULL;
}

int main(int argc, char *argv[])
{
	enum { OPT_EXPLAIN = 256 };
	static const struct option options[] = {
		{"dictionary", required_argument, 0, 'd'}, {"explain", no_argument, 0, OPT_EXPLAIN}, TOOL_OPTIONS};
	struct filter f = {0};
	char **dictionaries = xcalloc((size_t)argc, sizeof *dictionaries);
	size_t count = 0;
	int c;

	err_program(argv[0]);
	while ((c = getopt_long(argc, argv, "d:hV", options, NULL)) != -1) {
		switch (c) {
		case 'd': dictionaries[count++] = optarg; break;
		case OPT_EXPLAIN: f.explain = true; break;
		case 'h': tool_help(help);
		case 'V': tool_version();
		default: tool_usage(help);
		}
	}
	f.scanner = entity_open(dictionaries, count);
	if (f.explain) {
		puts("doc\tseq\tstart\tend\traw\tdecision\trule");
		fflush(stdout);
	}
	int rc = record_each(argv + optind, tag, &f);
	entity_free(f.scanner);
	buf_free(&f.entities);
	buf_free(&f.scratch);
	buf_free(&f.doc);
	free(dictionaries);
	return rc;
}
