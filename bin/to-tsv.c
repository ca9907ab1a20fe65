/* to-tsv: records as a table. */
#include <getopt.h>
#include <string.h>

#include "err.h"
#include "record.h"
#include "table.h"
#include "tool.h"

static const char usage[] =
	"usage: to-tsv -t TABLE [--guard] [--header en|zh] [FILE...]\n"
	"Turns records (JSON Lines) into a table: a header line, then one tab-separated row a line.\n"
	"\n"
	"  -t, --table TABLE   documents, sections, numbers, entities or facts\n"
	"  -g, --guard         keep spreadsheets from running fields that begin with = + - @\n"
	"  -H, --header LANG   column names in English (en, the default) or Chinese (zh)\n"
	"  -h, --help          print this\n"
	"  -V, --version       print the version\n";

static const char *work(void *self, struct record *r, struct buf *out)
{
	return table_rows(self, r, out);
}

static void put_header(const struct table *t, bool chinese)
{
	struct buf header = {0};

	table_header(t, chinese, &header);
	tool_print((struct span){header.p, header.len});
	buf_free(&header);
}

static int table_named(const char *name)
{
	for (int i = 0; i < TABLE_COUNT; i++)
		if (strcmp(name, table_names[i]) == 0)
			return i;
	die(RC_USAGE, "no table \"%s\"; there are documents, sections, numbers, entities and facts", name);
}

int main(int argc, char *argv[])
{
	static const struct option options[] = {
		{"table", required_argument, 0, 't'}, {"guard", no_argument, 0, 'g'},
		{"header", required_argument, 0, 'H'}, TOOL_OPTIONS
	};
	bool guard = false, chinese = false;
	int c, name = -1;

	err_program(argv[0]);
	while ((c = getopt_long(argc, argv, "t:gH:hV", options, NULL)) != -1) {
		switch (c) {
		case 't': name = table_named(optarg); break;
		case 'g': guard = true; break;
		case 'H':
			chinese = strcmp(optarg, "zh") == 0;
			if (!chinese && strcmp(optarg, "en") != 0)
				die(RC_USAGE, "no header \"%s\"; there are en and zh", optarg);
			break;
		case 'h': tool_help(usage);
		case 'V': tool_version();
		default: tool_usage(usage);
		}
	}
	if (name < 0)
		tool_usage(usage);

	struct table *t = table_new((enum table_name)name, guard);
	put_header(t, chinese);
	int rc = record_each(argv + optind, work, t);
	table_free(t);
	return rc;
}
