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

/* Bytes made valid UTF-8 without NUL or line breaks, as the text of a record is: what is not becomes '?'. */
static inline void fuzz_text(const uint8_t *data, size_t size, struct buf *text)
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
}

/* Whether byte is the start of a character of the text or its end. */
static inline bool fuzz_boundary(struct span text, size_t byte)
{
	return byte <= text.len && (byte == text.len || ((unsigned char)text.p[byte] & 0xc0) != 0x80);
}

/* Every line of out is one good record whose "text" is a string. */
static inline size_t fuzz_records(struct span out)
{
	static struct record r;
	size_t n = 0;
	while (out.len) {
		const char *why = NULL, *lf = memchr(out.p, '\n', out.len);
		FUZZ_CHECK(lf);
		struct span line = {out.p, (size_t)(lf - out.p)};
		if (!record_parse(&r, line, &why))
			fprintf(stderr, "%s: %.*s\n", why, (int)line.len, line.p);
		FUZZ_CHECK(!why);
		out = (struct span){lf + 1, out.len - line.len - 1};
		n++;
	}
	return n;
}

#endif
