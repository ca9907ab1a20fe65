/* err: messages are one line, harmless to a terminal, whatever they quote. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "err.h"

static char said[8192];
static int failed;

/* What complain() writes of text. */
static void says(const char *text, const char *want)
{
	int fd = memfd_create("stderr", 0), saved = dup(2);

	dup2(fd, 2);
	complain("%s", text);
	dup2(saved, 2);
	close(saved);
	ssize_t n = pread(fd, said, sizeof said - 1, 0);
	said[n < 0 ? 0 : n] = '\0';
	close(fd);
	if (want && strcmp(said, want) != 0) {
		fprintf(stderr, "err: got %s     expected %s", said, want);
		failed = 1;
	}
}

static void expect(int good, const char *promise)
{
	if (good)
		return;
	fprintf(stderr, "err: broken: %s\n", promise);
	failed = 1;
}

int main(void)
{
	err_program("/usr/bin/filter");
	expect(strcmp(err_name(), "filter") == 0, "the name is without its folder");
	err_program("filter");
	says("第三行：坏", "filter: 第三行：坏\n");
	says("a\tb\nc\x1b[31m\x7f", "filter: a\\x09b\\x0ac\\x1b[31m\\x7f\n");
	says("C1 \xc2\x9b control, first \xc2\xa0 that is none", "filter: C1 \\xc2\\x9b control, first \xc2\xa0 that is none\n");
	says("bidi \u202e\u2066, no width \u200b, mark \ufeff", "filter: bidi \\xe2\\x80\\xae\\xe2\\x81\\xa6, no width \\xe2\\x80\\x8b, mark \\xef\\xbb\\xbf\n");
	says("broken \xe4\xb8, \xff", "filter: broken \\xe4\\xb8, \\xff\n");
	says("", "filter: \n");

	char many[5000];
	memset(many, '\x01', sizeof many - 1);
	many[sizeof many - 1] = '\0';
	says(many, NULL);
	expect(strlen(said) == strlen("filter: \n") + 4 * 1023 && said[strlen(said) - 1] == '\n', "a long message is cut and ends with its line");

	char *p = xcalloc(0, 0), *q = xcalloc(3, 0), *r = xmalloc(0), *s = xstrndup(NULL, 0), *t = xstrndup("abc", 2);
	expect(p && q && r && s && !*s && strcmp(t, "ab") == 0, "no bytes are memory too");
	free(p);
	free(q);
	free(r);
	free(s);
	free(t);
	return failed;
}
