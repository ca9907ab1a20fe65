/* scan: finds the rare bytes of Chinese running text, sixteen at a time where the machine can. */
#ifndef SCAN_H
#define SCAN_H

#include <stddef.h>

#include "buf.h"
#if defined __SSE2__
#include <emmintrin.h>
#endif

/* The first of 。 ！ ： ； （ in valid UTF-8, or end. */
const char *scan_stop(const char *s, const char *end);

/* The first of “ 《 「 （ in valid UTF-8, or end. */
const char *scan_opening(const char *s, const char *end);

/* The first digit 0 to 9, or end. */
const char *scan_digit(const char *s, const char *end);

/* Where word, of two bytes or more, first stands in text; NULL where it does not. For long stretches of text. */
const char *scan_word(struct span text, const char *word);

/* Behind the digits 0 to 9 at s. A figure is short, but its length cannot be foretold: no branch for each digit. */
static inline const char *scan_digits(const char *s, const char *end)
{
#if defined __SSE2__
	for (; end - s >= 16; s += 16) {
		__m128i d = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)s), _mm_set1_epi8('0'));
		int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(d, _mm_set1_epi8(9)), d)) ^ 0xffff;
		if (mask)
			return s + __builtin_ctz((unsigned)mask);
	}
#endif
	while (s < end && *s >= '0' && *s <= '9')
		s++;
	return s;
}

#endif
