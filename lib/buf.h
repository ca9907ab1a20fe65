/* buf: bytes that grow. NUL bytes inside are allowed. A zeroed struct is an empty buffer; the holder frees it
 * with buf_free. Running out of memory ends the program. */
#ifndef BUF_H
#define BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
	char *p;         /* NULL until something was put */
	size_t len, cap; /* bytes used, bytes there */
	void (*drain)(struct buf *b); /* writes out what was put, and clears; NULL for a buffer that no output owns */
};

/* A stretch of bytes that somebody else owns. */
struct span {
	const char *p;
	size_t len;
};

/* Makes room for n more bytes behind len. */
void buf_grow(struct buf *b, size_t n);
void buf_free(struct buf *b);

/* Puts n bytes of any length, and never holds much of them if an output owns the buffer; to be called, like buf_turn,
 * where nobody goes back to what was put before. */
void buf_put_long(struct buf *b, const char *s, size_t n);

/* Writes the decimal digits of n to p, which has room for BUF_DIGITS; returns their end. */
enum { BUF_DIGITS = 20 };
char *buf_long_size(char *p, size_t n);
static inline char *buf_size(char *p, size_t n)
{
	if (n >= 10000)
		return buf_long_size(p, n);
	/* Four digits at once, zeros in front, a byte each, the first one lowest; the zeros are shifted out. How many digits a
	 * number has cannot be foretold. */
	unsigned v = (unsigned)n, pairs = v / 100 | v % 100 << 16, tens = pairs * 103 >> 10 & 0x000f000f;
	unsigned len = 1u + (v >= 10) + (v >= 100) + (v >= 1000);
	uint32_t digits = ((tens | (pairs - tens * 10) << 8) | 0x30303030) >> 8 * (4 - len);
	for (unsigned i = 0; i < 4; i++)
		p[i] = (char)(digits >> 8 * i);
	return p + len;
}

/* The bytes, which must be valid UTF-8, as a JSON string with its quotes; only what RFC 8259 says must be
 * escaped is escaped. */
void buf_put_json(struct buf *b, const char *s, size_t n);

static inline void buf_put(struct buf *b, const char *s, size_t n)
{
	if (b->cap - b->len < n)
		buf_grow(b, n);
	if (n)
		memcpy(b->p + b->len, s, n);
	b->len += n;
}

static inline void buf_putc(struct buf *b, char c)
{
	if (b->cap == b->len)
		buf_grow(b, 1);
	b->p[b->len++] = c;
}

enum { BUF_MUCH = 64 * 1024 };

/* Lets go of what was put if an output owns the buffer and it is much. */
static inline void buf_turn(struct buf *b)
{
	if (b->len >= BUF_MUCH && b->drain)
		b->drain(b);
}

/* The decimal digits of n. */
static inline void buf_put_size(struct buf *b, size_t n)
{
	if (b->cap - b->len < BUF_DIGITS)
		buf_grow(b, BUF_DIGITS);
	b->len = (size_t)(buf_size(b->p + b->len, n) - b->p);
}

static inline void buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

static inline void buf_span(struct buf *b, struct span s)
{
	buf_put(b, s.p, s.len);
}

static inline void buf_clear(struct buf *b)
{
	b->len = 0;
}

static inline struct span span_of(const char *s)
{
	return (struct span){s, strlen(s)};
}

/* Where word, not empty, first stands in s; NULL where it does not. Of short stretches and words of text: the last byte
 * of a word tells it best from others. */
static inline const char *span_find(struct span s, const char *word)
{
	size_t n = strlen(word);
	const char *end = s.p + s.len;

	if (s.len < n)
		return NULL;
	for (const char *p = s.p + n - 1; (p = memchr(p, word[n - 1], (size_t)(end - p))); p++)
		if (memcmp(p + 1 - n, word, n) == 0)
			return p + 1 - n;
	return NULL;
}

static inline int span_is(struct span s, const char *word)
{
	return s.len == strlen(word) && (s.len == 0 || memcmp(s.p, word, strlen(word)) == 0);
}

/* Whether s begins, or ends, with word, which is not empty. */
static inline int span_begins(struct span s, const char *word)
{
	return s.len >= strlen(word) && memcmp(s.p, word, strlen(word)) == 0;
}

static inline int span_ends(struct span s, const char *word)
{
	return s.len >= strlen(word) && memcmp(s.p + s.len - strlen(word), word, strlen(word)) == 0;
}

#endif
