#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "err.h"
#include "io.h"

void tool_print(struct span text)
{
	struct out out;

	out_open(&out, STDOUT_FILENO, "standard output");
	buf_span(&out.b, text);
	out_flush(&out);
	buf_free(&out.b);
}

/* Closing is where some disks say that they are full. */
static _Noreturn void leave(struct span text)
{
	struct out out;

	out_open(&out, STDOUT_FILENO, "standard output");
	buf_span(&out.b, text);
	out_close(&out);
	exit(RC_OK);
}

_Noreturn void tool_help(const char *text)
{
	leave(span_of(text));
}

_Noreturn void tool_version(void)
{
	struct buf text = {0};

	buf_puts(&text, err_name());
	buf_puts(&text, " (gwr) " GWR_VERSION "\n");
	leave((struct span){text.p, text.len});
}

_Noreturn void tool_usage(const char *text)
{
	fprintf(stderr, "%.*s\nTry '%s --help'.\n", (int)strcspn(text, "\n"), text, err_name());
	exit(RC_USAGE);
}
