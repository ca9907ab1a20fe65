/* err: how a program says that something is wrong, and with what it exits.
 *
 * Messages go to stderr as "tool: what", one line each, lower case, without a full stop. Bytes of the input
 * that a message quotes are made harmless first: control characters and broken UTF-8 come out as \xHH, so
 * that no terminal escape in a hostile report reaches a terminal.
 */
#ifndef ERR_H
#define ERR_H

#include <stddef.h>

enum {
	RC_OK = 0,      /* every record done */
	RC_REFUSED = 1, /* finished, but some records were refused; each was named */
	RC_USAGE = 2,   /* options or dictionaries that make no sense */
	RC_SYSTEM = 3,  /* read, write, memory */
};

/* Remembers the last component of argv[0]; the string must outlive the program. */
void err_program(const char *argv0);

/* The name that messages begin with. */
const char *err_name(void);

/* Says what is wrong and goes on. */
void complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Says what is wrong and exits with rc. */
_Noreturn void die(int rc, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Memory that is there or ends the program with RC_SYSTEM; the caller frees. n may be 0. */
void *xmalloc(size_t n);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *p, size_t n);
char *xstrndup(const char *s, size_t n);

#endif
