/* annotate: what targets write into records as the filters do. */
#ifndef ANNOTATE_H
#define ANNOTATE_H

#include "fuzz.h"
#include "number.h"

/* {"start":0,"end":3,"raw":"words": the beginning of an annotation. */
static inline void fuzz_put_place(struct buf *b, struct span text, struct points *at, size_t start, size_t end)
{
	buf_puts(b, "{\"start\":");
	buf_put_size(b, points_at(at, start));
	buf_puts(b, ",\"end\":");
	buf_put_size(b, points_at(at, end));
	buf_puts(b, ",\"raw\":");
	buf_put_json(b, text.p + start, end - start);
}

static inline void fuzz_put_member(struct buf *b, const char *key, struct span value)
{
	if (!value.len)
		return;
	buf_puts(b, key);
	buf_put_json(b, value.p, value.len);
}

/* The numbers of text as the array that a record has. */
static inline void fuzz_put_numbers(struct numbers *numbers, struct span text, struct buf *b)
{
	struct points at = points_of(text);
	const struct number *list;
	size_t n, k = 0;

	buf_putc(b, '[');
	numbers_find(numbers, text, false);
	while ((list = numbers_more(numbers, &n))) {
		for (size_t i = 0; i < n; i++) {
			if (!list[i].taken)
				continue;
			if (k++)
				buf_putc(b, ',');
			fuzz_put_place(b, text, &at, list[i].start, list[i].end);
			fuzz_put_member(b, ",\"kind\":", number_kinds[list[i].kind]);
			fuzz_put_member(b, ",\"value\":", numbers_part(numbers, list[i].value));
			fuzz_put_member(b, ",\"min\":", numbers_part(numbers, list[i].min));
			fuzz_put_member(b, ",\"max\":", numbers_part(numbers, list[i].max));
			fuzz_put_member(b, ",\"unit\":", numbers_part(numbers, list[i].unit));
			fuzz_put_member(b, ",\"bound\":", number_bounds[list[i].bound]);
			buf_putc(b, '}');
		}
	}
	buf_putc(b, ']');
}

#endif
