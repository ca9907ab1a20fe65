/* buf: what is put is there, in order; JSON strings escape what they must. */
#include <stdio.h>

#include "buf.h"

static int failed;

static void is(const struct buf *b, const char *want, size_t len)
{
	if (b->len == len && memcmp(b->p, want, len) == 0)
		return;
	fprintf(stderr, "buf: got %.*s, expected %s\n", (int)b->len, b->p, want);
	failed = 1;
}

int main(void)
{
	struct buf b = {0};

	buf_put_size(&b, 0);
	buf_putc(&b, ' ');
	buf_put_size(&b, (size_t)-1);
	is(&b, "0 18446744073709551615", 22);
	for (size_t n = 0; n < 1000100; n += n == 10100 ? 89800 : n == 100100 ? 899800 : 1) {
		char want[32];
		snprintf(want, sizeof want, "%zu", n);
		buf_clear(&b);
		buf_put_size(&b, n);
		is(&b, want, strlen(want));
	}
	buf_clear(&b);
	buf_put_json(&b, "a\"\\/\b\f\n\r\t\0\x1f\x7f\xe5\x8c\xba", 15);
	is(&b, "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\xe5\x8c\xba\"", 34);
	for (int i = 0; i < 100000; i++)
		buf_putc(&b, 'x');
	if (b.len != 100034 || b.p[100033] != 'x')
		failed = 1;
	buf_free(&b);
	return failed;
}
