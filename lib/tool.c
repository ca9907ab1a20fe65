#include "tool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"

static _Noreturn void leave(void)
{
	if (fflush(stdout) != 0 || ferror(stdout) || fclose(stdout) != 0)
		die(RC_SYSTEM, "standard output: %s", strerror(errno));
	exit(RC_OK);
}

_Noreturn void tool_help(const char *text)
{
	fputs(text, stdout);
	leave();
}

_Noreturn void tool_version(void)
{
	printf("%s (gwr) %s\n", err_name(), GWR_VERSION);
	leave();
}

_Noreturn void tool_usage(const char *text)
{
	fprintf(stderr, "%.*s\nTry '%s --help'.\n", (int)strcspn(text, "\n"), text, err_name());
	exit(RC_USAGE);
}
