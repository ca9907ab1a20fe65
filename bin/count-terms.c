/* count-terms: how often the words of lists occur in records. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "record.h"
#include "tally.h"
#include "terms.h"
#include "tool.h"

static const char usage[] =
	"usage: count-terms -t LIST [-t LIST...] [-b document|part|section] [-e] [FILE...]\n"
	"Counts in records (JSON Lines) the words of lists: a table of counts and of what they are to be divided by.\n"
	"\n"
	"  -t, --terms LIST   TSV file with the column term, and category where words are grouped\n"
	"  -b, --by UNIT      a row for each document (the default), part or section, and category\n"
	"  -e, --each         a row for each word that occurs, not for each category\n"
	"  -h, --help         print this\n"
	"  -V, --version      print the version\n";

static const char *count(void *self, struct record *r, struct buf *out)
{
	return tally_record(self, r, out);
}

static void finish(void *self, struct buf *out)
{
	tally_end(self, out);
}

static enum tally_by unit_named(const char *name)
{
	for (int i = 0; i < TALLY_BYS; i++)
		if (strcmp(name, tally_names[i]) == 0)
			return (enum tally_by)i;
	die(RC_USAGE, "no unit \"%s\"; there are document, part and section", name);
}

static void put_header(const struct tally *t)
{
	struct buf header = {0};

	tally_header(t, &header);
	tool_print((struct span){header.p, header.len});
	buf_free(&header);
}

int main(int argc, char *argv[])
{
	static const struct option options[] = {
		{"terms", required_argument, 0, 't'}, {"by", required_argument, 0, 'b'}, {"each", no_argument, 0, 'e'},
		TOOL_OPTIONS
	};
	struct tally t = {0};
	int c, rc;

	err_program(argv[0]);
	while ((c = getopt_long(argc, argv, "t:b:ehV", options, NULL)) != -1) {
		switch (c) {
		case 't':
			t.lists = xrealloc(t.lists, (t.lists_n + 1) * sizeof *t.lists);
			terms_open(&t.lists[t.lists_n++], optarg);
			break;
		case 'b': t.by = unit_named(optarg); break;
		case 'e': t.each = true; break;
		case 'h': tool_help(usage);
		case 'V': tool_version();
		default: tool_usage(usage);
		}
	}
	if (!t.lists_n)
		tool_usage(usage);
	tally_open(&t);
	put_header(&t);
	rc = record_each_then(argv + optind, count, finish, &t);
	tally_close(&t);
	for (size_t i = 0; i < t.lists_n; i++)
		terms_close(&t.lists[i]);
	free(t.lists);
	return rc;
}
