/* tag-entities: finds the names in each record's text: places, bodies, people, projects, policies, honours. */
#include <getopt.h>
#include <stdlib.h>

#include "entity.h"
#include "err.h"
#include "record.h"
#include "tool.h"
#include "tsv.h"

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
	struct buf scratch, doc;
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

/* A record whose entities are written. */
struct list {
	struct points at;
	struct buf *out;
	struct span doc, seq; /* of the rows of --explain */
	bool any;
};

static void put_entity(void *list, const struct entity *e)
{
	struct list *l = list;
	struct span text = l->at.text;
	struct points *at = &l->at;
	struct buf *out = l->out;

	if (l->any)
		buf_putc(out, ',');
	l->any = true;
	buf_puts(out, "{\"start\":");
	buf_put_size(out, points_at(at, e->start));
	buf_puts(out, ",\"end\":");
	buf_put_size(out, points_at(at, e->end));
	buf_puts(out, ",\"raw\":");
	buf_put_json(out, text.p + e->start, e->end - e->start);
	buf_puts(out, ",\"type\":\"");
	buf_puts(out, entity_types[e->type]);
	buf_putc(out, '"');
	if (e->rule->id.len) {
		buf_puts(out, ",\"id\":");
		buf_put_json(out, e->rule->id.p, e->rule->id.len);
	} else if (e->code) {
		buf_puts(out, ",\"id\":\"");
		buf_put_size(out, e->code);
		buf_putc(out, '"');
	}
	buf_putc(out, '}');
	buf_turn(out);
}

static const char *tag(void *self, struct record *r, struct buf *out)
{
	struct filter *f = self;
	struct list list = {.at = points_of(r->text), .out = out};

	follow(f, r);
	record_before(r, M_entities, out);
	buf_putc(out, '[');
	entity_scan(f->scanner, r->text, put_entity, &list);
	buf_putc(out, ']');
	record_behind(r, M_entities, out);
	return NULL;
}

static void put_row(void *list, const struct entity *e)
{
	struct list *l = list;
	struct buf *out = l->out;

	tsv_put(out, l->doc);
	buf_putc(out, '\t');
	buf_span(out, l->seq);
	buf_putc(out, '\t');
	buf_put_size(out, points_at(&l->at, e->start));
	buf_putc(out, '\t');
	buf_put_size(out, points_at(&l->at, e->end));
	buf_putc(out, '\t');
	tsv_put(out, (struct span){l->at.text.p + e->start, e->end - e->start});
	buf_puts(out, e->taken ? "\ttaken\t" : "\trefused\t");
	buf_puts(out, entity_types[e->type]);
	buf_putc(out, ' ');
	tsv_put(out, e->rule->text);
	buf_putc(out, '\n');
	buf_turn(out);
}

static const char *explain(void *self, struct record *r, struct buf *out)
{
	struct filter *f = self;
	struct list list = {.at = points_of(r->text), .out = out, .doc = {"", 0}, .seq = r->m[M_seq]};

	follow(f, r);
	record_string(r, M_doc, &f->scratch, &list.doc);
	entity_explain(f->scanner, r->text, put_row, &list);
	return NULL;
}

int main(int argc, char *argv[])
{
	enum { OPT_EXPLAIN = 256 };
	static const struct option options[] = {
		{"dictionary", required_argument, 0, 'd'}, {"explain", no_argument, 0, OPT_EXPLAIN}, TOOL_OPTIONS};
	struct filter f = {0};
	record_work *work = tag;
	char **dictionaries = xcalloc((size_t)argc, sizeof *dictionaries);
	size_t count = 0;
	int c;

	err_program(argv[0]);
	while ((c = getopt_long(argc, argv, "d:hV", options, NULL)) != -1) {
		switch (c) {
		case 'd': dictionaries[count++] = optarg; break;
		case OPT_EXPLAIN: work = explain; break;
		case 'h': tool_help(help);
		case 'V': tool_version();
		default: tool_usage(help);
		}
	}
	f.scanner = entity_open(dictionaries, count);
	if (work == explain)
		tool_print(span_of("doc\tseq\tstart\tend\traw\tdecision\trule\n"));
	int rc = record_each(argv + optind, work, &f);
	entity_free(f.scanner);
	buf_free(&f.scratch);
	buf_free(&f.doc);
	free(dictionaries);
	return rc;
}
