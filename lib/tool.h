/* tool: what every program answers alike. */
#ifndef TOOL_H
#define TOOL_H

#include "buf.h"

/* Prints the text of --help on standard output and exits with RC_OK. */
_Noreturn void tool_help(const char *text);

/* Prints "NAME (gwr) VERSION" and exits with RC_OK. */
_Noreturn void tool_version(void);

/* Prints the first line of the text of --help and "try --help" on stderr and exits with RC_USAGE. */
_Noreturn void tool_usage(const char *text);

/* Prints text on standard output, before the first record; RC_SYSTEM ends the program when that fails. */
void tool_print(struct span text);

/* The rows that every table of long options ends with; the short options are "hV". */
#define TOOL_OPTIONS {"help", no_argument, 0, 'h'}, {"version", no_argument, 0, 'V'}, {0, 0, 0, 0}

#endif
