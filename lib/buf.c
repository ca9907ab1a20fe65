#include "buf.h"

#include <stdint.h>
#include <stdlib.h>

#include "err.h"
#include "json.h"

void buf_grow(struct buf *b, size_t n)
{
	if (n > SIZE_MAX / 2 - b->len)
		die(RC_SYSTEM, "out of memory");
	size_t need = b->len + n, cap = b->cap ? b->cap : 256;
	/* Half as much again, not double: a record of 1 MB must not cost its filter several. */
	while (cap < need)
		cap += cap / 2;
	b->p = xrealloc(b->p, cap);
	b->cap = cap;
}

void buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}

void buf_put_long(struct buf *b, const char *s, size_t n)
{
	for (size_t piece; n > 0; s += piece, n -= piece) {
		piece = n < BUF_MUCH ? n : BUF_MUCH;
		buf_put(b, s, piece);
		buf_turn(b);
	}
}

char *buf_long_size(char *p, size_t n)
{
	p = buf_size(p, n / 10000);
	for (size_t rest = n % 10000, i = 4; i-- > 0; rest /= 10)
		p[i] = (char)('0' + rest % 10);
	return p + 4;
}

void buf_put_json(struct buf *b, const char *s, size_t n)
{
	static const char hex[] = "0123456789abcdef";
	const char *end = n ? s + n : s; /* s may be NULL when it is empty */

	buf_putc(b, '"');
	for (;;) {
		const char *stop = json_plain(s, end);
		buf_put(b, s, (size_t)(stop - s));
		if (stop == end)
			break;
		buf_putc(b, '\\');
		switch (*stop) {
		case '"': case '\\': buf_putc(b, *stop); break;
		case '\n': buf_putc(b, 'n'); break;
		case '\r': buf_putc(b, 'r'); break;
		case '\t': buf_putc(b, 't'); break;
		case '\b': buf_putc(b, 'b'); break;
		case '\f': buf_putc(b, 'f'); break;
		default:
			buf_puts(b, "u00");
			buf_putc(b, hex[*stop >> 4]);
			buf_putc(b, hex[*stop & 15]);
		}
		s = stop + 1;
	}
	buf_putc(b, '"');
}
