/* bind-facts: says what each number measures, whose, when, and whether it was achieved or is promised. */
#include <getopt.h>
#include <stdlib.h>

#include "bind.h"
#include "err.h"
#include "fact.h"
#include "record.h"
#include "tool.h"

static const char help[] =
	"usage: bind-facts [-i INDICATORS.tsv]... [--explain] [FILE]...\n"
	"Adds to each record the facts that its numbers tell.\n"
	"\n"
	"  -i, --indicators FILE  indicators of your own, besides the suite's (may be repeated)\n"
	"      --explain          print, instead of records, which construction bound each number, or why none did\n"
	"  -h, --help             print this text\n"
	"  -V, --version          print the version\n";

struct filter {
	struct binder *binder;
	struct buf scratch;
};

static const char *bind(void *self, struct record *r, struct buf *out)
{
	struct filter *f = self;
	const char *why = binder_read(f->binder, r);
	struct facts facts;

	if (why)
		return why;
	record_before(r, M_facts, out);
	facts_begin(&facts, r, out);
	binder_bind(f->binder, facts_put, &facts);
	facts_end(&facts);
	record_behind(r, M_facts, out);
	return NULL;
}

static const char *array(void *self, enum member m, const char *s, const char *end)
{
	struct filter *f = self;

	return binder_array(f->binder, m, s, end);
}

static const char *explain(void *self, struct record *r, struct buf *out)
{
	struct filter *f = self;
	const char *why = binder_read(f->binder, r);
	struct fact_rows rows;

	if (why)
		return why;
	fact_rows_begin(&rows, r, &f->scratch, out);
	binder_bind(f->binder, fact_rows_put, &rows);
	return NULL;
}

int main(int argc, char *argv[])
{
	enum { OPT_EXPLAIN = 256 };
	static const struct option options[] = {
		{"indicators", required_argument, 0, 'i'}, {"explain", no_argument, 0, OPT_EXPLAIN}, TOOL_OPTIONS};
	struct filter f = {0};
	char **extra = xcalloc((size_t)argc, sizeof *extra);
	size_t extras = 0;
	record_work *work = bind;
	int c;

	err_program(argv[0]);
	while ((c = getopt_long(argc, argv, "i:hV", options, NULL)) != -1) {
		switch (c) {
		case 'i': extra[extras++] = optarg; break;
		case OPT_EXPLAIN: work = explain; break;
		case 'h': tool_help(help);
		case 'V': tool_version();
		default: tool_usage(help);
		}
	}
	f.binder = binder_new(extra, extras);
	if (work == explain)
		tool_print(span_of("doc\tseq\tstart\tend\traw\tdecision\trule\n"));
	int rc = record_each_array(argv + optind, work, array, &f);
	binder_free(f.binder);
	buf_free(&f.scratch);
	free(extra);
	return rc;
}
