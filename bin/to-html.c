/* to-html: records to one page that shows every number, entity and fact in its place. */
#include <getopt.h>

#include "err.h"
#include "html.h"
#include "record.h"
#include "tool.h"

static const char help[] =
	"usage: to-html [-l zh|en] [FILE ...]\n"
	"Writes records as one HTML page that needs nothing but itself: the report as it reads, with its contents,\n"
	"every number and entity marked, and a list of facts that leads to their words.\n\n"
	"  -l, --language zh|en  language of the labels around the report (zh)\n"
	"  -h, --help            this text\n"
	"  -V, --version         the version\n";

static const char *show(void *self, struct record *r, struct buf *out)
{
	return html_record(self, r, out);
}

static void finish(void *self, struct buf *out)
{
	html_end(self, out);
}

static enum html_language language_of(const char *name)
{
	if (strcmp(name, "zh") == 0)
		return HTML_ZH;
	if (strcmp(name, "en") == 0)
		return HTML_EN;
	die(RC_USAGE, "--language %s: not zh or en", name);
}

int main(int argc, char *argv[])
{
	static const struct option options[] = {{"language", required_argument, 0, 'l'}, TOOL_OPTIONS};
	enum html_language language = HTML_ZH;
	struct html h = {0};
	int c, rc;

	err_program(argv[0]);
	while ((c = getopt_long(argc, argv, "l:hV", options, NULL)) != -1) {
		switch (c) {
		case 'l': language = language_of(optarg); break;
		case 'h': tool_help(help);
		case 'V': tool_version();
		default: tool_usage(help);
		}
	}
	html_open(&h, language);
	rc = record_each_then(argv + optind, show, finish, &h);
	html_close(&h);
	return rc;
}
