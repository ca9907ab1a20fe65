/* split-sections: turns the text of reports into records. */
#include <getopt.h>
#include <string.h>
#include <unistd.h>

#include "document.h"
#include "err.h"
#include "tool.h"

static const char usage[] =
	"usage: split-sections [-n NAME] [FILE...]\n"
	"\n"
	"Turns the text of reports, as normalize prints it, into records: what the head says, headings, paragraphs, notes.\n"
	"\n"
	"  -n, --name=NAME  the name of the documents; without it the file's, without folder and suffix\n"
	"  -h, --help       this text\n"
	"  -V, --version    the version\n";

/* The file's name without folder and suffix. */
static struct span stem(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');

	if (strcmp(path, "-") == 0)
		return span_of("stdin");
	return (struct span){name, dot && dot > name ? (size_t)(dot - name) : strlen(name)};
}

int main(int argc, char *argv[])
{
	static const struct option options[] = {{"name", required_argument, 0, 'n'}, TOOL_OPTIONS};
	const char *name = NULL;
	struct in in;
	struct out out;
	int c, rc = RC_OK;

	err_program(argv[0]);
	while ((c = getopt_long(argc, argv, "n:hV", options, NULL)) != -1)
		switch (c) {
		case 'n': name = optarg; break;
		case 'h': tool_help(usage);
		case 'V': tool_version();
		default: tool_usage(usage);
		}
	struct documents *documents = documents_new();
	out_open(&out, STDOUT_FILENO, "standard output");
	in_open(&in, argv + optind, &out);
	while (in_next(&in))
		if (documents_read(documents, &in, &out, name ? span_of(name) : stem(in.path)) != RC_OK)
			rc = RC_REFUSED;
	in_close(&in);
	out_close(&out);
	documents_free(documents);
	return rc;
}
