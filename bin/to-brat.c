/* to-brat: records as text and standoff annotations for brat. */
#include <getopt.h>
#include <stdbool.h>

#include "brat.h"
#include "err.h"
#include "record.h"
#include "tool.h"

static const char usage[] =
	"usage: to-brat -t|-a|-c [FILE...]\n"
	"Writes records (JSON Lines) as a document of brat, the annotation tool: its text, or its annotations.\n"
	"\n"
	"  -t, --text         write the text, NAME.txt\n"
	"  -a, --annotations  write the annotations, NAME.ann\n"
	"  -c, --conf         write annotation.conf for a collection of such documents, and read nothing\n"
	"  -h, --help         print this\n"
	"  -V, --version      print the version\n";

static const char *text(void *self, struct record *r, struct buf *out)
{
	return brat_text(self, r, out);
}

static const char *annotations(void *self, struct record *r, struct buf *out)
{
	return brat_annotations(self, r, out);
}

int main(int argc, char *argv[])
{
	static const struct option options[] = {
		{"text", no_argument, 0, 't'}, {"annotations", no_argument, 0, 'a'}, {"conf", no_argument, 0, 'c'}, TOOL_OPTIONS
	};
	record_work *work = NULL;
	struct brat b = {0};
	int c, rc;

	err_program(argv[0]);
	while ((c = getopt_long(argc, argv, "tachV", options, NULL)) != -1) {
		switch (c) {
		case 't': work = text; break;
		case 'a': work = annotations; break;
		case 'c': tool_help(brat_conf);
		case 'h': tool_help(usage);
		case 'V': tool_version();
		default: tool_usage(usage);
		}
	}
	if (!work)
		tool_usage(usage);
	rc = record_each(argv + optind, work, &b);
	brat_free(&b);
	return rc;
}
