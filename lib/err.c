#include "err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "utf8.h"

static const char *program = "?";

void err_program(const char *argv0)
{
	const char *slash = strrchr(argv0, '/');
	program = slash ? slash + 1 : argv0;
}

const char *err_name(void)
{
	return program;
}

static void say(const char *fmt, va_list ap)
{
	char raw[1024], clean[4 * sizeof raw + 2];
	int n = vsnprintf(raw, sizeof raw, fmt, ap);
	size_t len = n < 0 ? 0 : (size_t)n < sizeof raw ? (size_t)n : sizeof raw - 1, out = 0;

	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t k = utf8_decode(raw + i, len - i, &c);
		if (k && c >= 0x20 && !(c >= 0x7f && c < 0xa0) && !utf8_invisible(c)) {
			memcpy(clean + out, raw + i, k);
			out += k;
			i += k;
		} else {
			out += (size_t)sprintf(clean + out, "\\x%02x", (unsigned char)raw[i++]);
		}
	}
	clean[out++] = '\n';
	/* One write a message, so that lines of the programs of a pipe do not mix. */
	fflush(stderr);
	fprintf(stderr, "%s: %.*s", program, (int)out, clean);
	fflush(stderr);
}

void complain(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

_Noreturn void die(int rc, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(rc);
}

void *xmalloc(size_t n)
{
	return xrealloc(NULL, n);
}

void *xcalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);
	if (!p)
		die(RC_SYSTEM, "out of memory");
	return p;
}

void *xrealloc(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		die(RC_SYSTEM, "out of memory");
	return p;
}

char *xstrndup(const char *s, size_t n)
{
	char *p = xmalloc(n + 1);
	if (n)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}
