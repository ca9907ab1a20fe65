/* fuzz: what the fuzz targets share. A target calls FUZZ_CHECK for every property that it holds; a broken one stops
 * it, as a crash does. Dictionaries come from $GWR_DICT. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "json.h"
#include "record.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CHECK(what) \
	do { \
		if (!(what)) { \
			fprintf(stderr, "broken: %s (%s:%d)\n", #what, __FILE__, __LINE__); \
			abort(); \
		} \
	} while (0)

static inline struct span fuzz_span(const struct buf *b)
{
	return (struct span){b->p, b->len};
}

static inline bool fuzz_same(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

/* Bytes made valid UTF-8 without NUL or line breaks, as the text of a record is: what is not becomes '?'. */
static inline struct span fuzz_text(const uint8_t *data, size_t size, struct buf *text)
{
	const char *s = (const char *)data;
	buf_clear(text);
	buf_grow(text, 1); /* a text of a record is never NULL */
	for (size_t i = 0; i < size;) {
		uint32_t c;
		size_t n = utf8_decode(s + i, size - i, &c);
		if (n && c != 0 && c != '\n' && c != '\r')
			buf_put(text, s + i, n);
		else
			buf_putc(text, '?');
		i += n ? n : 1;
	}
	return fuzz_span(text);
}

/* Whether byte is the start of a character of the text or its end. */
static inline bool fuzz_boundary(struct span text, size_t byte)
{
	return byte <= text.len && (byte == text.len || ((unsigned char)text.p[byte] & 0xc0) != 0x80);
}

/* Han characters of valid UTF-8. */
static inline size_t fuzz_han(struct span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i += utf8_len(s.p[i]))
		n += utf8_at(s.p + i) >= 0x4e00 && utf8_at(s.p + i) <= 0x9fff;
	return n;
}

static inline size_t fuzz_tabs(struct span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.p[i] == '\t';
	return n;
}

/* Takes the next line, without its LF, off the front of rest; false when none is left. A last one without LF counts. */
static inline bool fuzz_line(struct span *rest, struct span *line)
{
	if (!rest->len)
		return false;
	const char *lf = memchr(rest->p, '\n', rest->len);
	*line = (struct span){rest->p, lf ? (size_t)(lf - rest->p) : rest->len};
	size_t used = line->len + (lf != NULL);
	rest->p += used;
	rest->len -= used;
	return true;
}

/* The rows are valid UTF-8, each a whole line of as many fields as the header. */
static inline void fuzz_rows(struct span header, struct span rows)
{
	struct span row;
	FUZZ_CHECK(header.len && header.p[header.len - 1] == '\n' && utf8_valid(rows.p, rows.len) == rows.len);
	FUZZ_CHECK(!rows.len || rows.p[rows.len - 1] == '\n');
	while (fuzz_line(&rows, &row))
		FUZZ_CHECK(fuzz_tabs(row) == fuzz_tabs(header) && !memchr(row.p, '\r', row.len));
}

/* Every line of out is one good record whose "text" is a string. */
static inline size_t fuzz_records(struct span out)
{
	static struct record r;
	struct span line;
	size_t n = 0;
	FUZZ_CHECK(!out.len || out.p[out.len - 1] == '\n');
	while (fuzz_line(&out, &line)) {
		const char *why = NULL;
		if (!record_parse(&r, line, &why))
			fprintf(stderr, "%s: %.*s\n", why, (int)line.len, line.p);
		FUZZ_CHECK(!why);
		n++;
	}
	return n;
}

#endif
