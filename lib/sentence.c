#include "sentence.h"

#include <stdbool.h>
#include <stdlib.h>
#if defined __SSE2__
#include <emmintrin.h>
#endif

#include "err.h"
#include "utf8.h"

/* The length of the mark that ends a sentence at s, or 0. */
static inline size_t mark(const char *s, const char *end)
{
	if (s == end)
		return 0;
	switch (utf8_at(s)) {
	case '!': case '?': return 1;
	case 0x3002: case 0xff01: case 0xff1f: return 3; /* 。！？ */
	default: return 0;
	}
}

/* ” ’ 」 』 ） 》 】 〕 and those of ASCII. */
static bool closing(uint32_t c)
{
	return c == 0x201d || c == 0x2019 || c == 0x300d || c == 0x300f || c == 0xff09 || c == 0x300b || c == 0x3011 ||
	       c == 0x3015 || c == '"' || c == ')';
}

/* ， 、 ； ： 的 and those of ASCII. */
static bool going_on(uint32_t c)
{
	return c == 0xff0c || c == 0x3001 || c == 0xff1b || c == 0xff1a || c == 0x7684 || c == ',' || c == ';' ||
	       c == ':';
}

/* The next mark or line break, or end. Most bytes are passed over by comparing three bytes at a time. */
static const char *next_mark(const char *s, const char *end)
{
#if defined __SSE2__
	const __m128i e3 = _mm_set1_epi8((char)0xe3), b80 = _mm_set1_epi8((char)0x80), b82 = _mm_set1_epi8((char)0x82);
	const __m128i ef = _mm_set1_epi8((char)0xef), bc = _mm_set1_epi8((char)0xbc), b81 = _mm_set1_epi8((char)0x81);
	const __m128i b9f = _mm_set1_epi8((char)0x9f), lf = _mm_set1_epi8('\n'), bang = _mm_set1_epi8('!');
	const __m128i ask = _mm_set1_epi8('?');

	for (; end - s >= 18; s += 16) {
		__m128i a = _mm_loadu_si128((const __m128i *)(const void *)s);
		__m128i b = _mm_loadu_si128((const __m128i *)(const void *)(s + 1));
		__m128i c = _mm_loadu_si128((const __m128i *)(const void *)(s + 2));
		__m128i stop = _mm_and_si128(_mm_and_si128(_mm_cmpeq_epi8(a, e3), _mm_cmpeq_epi8(b, b80)),
		                             _mm_cmpeq_epi8(c, b82));
		__m128i wide = _mm_and_si128(_mm_and_si128(_mm_cmpeq_epi8(a, ef), _mm_cmpeq_epi8(b, bc)),
		                             _mm_or_si128(_mm_cmpeq_epi8(c, b81), _mm_cmpeq_epi8(c, b9f)));
		__m128i ascii = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(a, lf), _mm_cmpeq_epi8(a, bang)),
		                             _mm_cmpeq_epi8(a, ask));
		int hits = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(stop, wide), ascii));
		if (hits)
			return s + __builtin_ctz((unsigned)hits);
	}
#endif
	/* What came sixteen at a time may have stopped inside a character. */
	while (s < end && *s != '\n' && (((unsigned char)*s & 0xc0) == 0x80 || !mark(s, end)))
		s++;
	return s;
}

static const char *past_space(const char *s, const char *end)
{
	for (;;) {
		if (s < end && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r'))
			s++;
		else if (s < end && utf8_at(s) == 0x3000)
			s += 3;
		else
			return s;
	}
}

/* Behind the end of the sentence that begins at s. */
static const char *sentence_end(const char *s, const char *end)
{
	for (;;) {
		s = next_mark(s, end);
		if (s == end || *s == '\n')
			return s;
		for (size_t n; (n = mark(s, end)); )
			s += n;
		const char *closed = s;
		while (s < end && closing(utf8_at(s)))
			s += utf8_len(*s);
		if (s == closed || s == end || (!mark(s, end) && !going_on(utf8_at(s))))
			return s;
	}
}

struct span sentence_first(struct span text)
{
	const char *end = text.p + text.len, *s = past_space(text.p, end);

	return (struct span){s, (size_t)(sentence_end(s, end) - s)};
}

void sentences_split(struct sentences *ss, struct span text)
{
	const char *begin = text.p, *end = text.p + text.len, *counted = begin;
	size_t points = 0;

	if (text.len > UINT32_MAX)
		die(RC_SYSTEM, "a text of more than 4 GB");
	ss->count = 0;
	for (const char *s = past_space(begin, end); s < end; s = past_space(s, end)) {
		if (ss->count == ss->cap) {
			ss->cap = ss->cap ? 2 * ss->cap : 64;
			ss->s = xrealloc(ss->s, ss->cap * sizeof *ss->s);
		}
		struct sentence *new = &ss->s[ss->count++];
		points += utf8_count(counted, (size_t)(s - counted));
		counted = s;
		new->start = (uint32_t)(s - begin);
		new->point = (uint32_t)points;
		s = sentence_end(s, end);
		points += utf8_count(counted, (size_t)(s - counted));
		counted = s;
		new->end = (uint32_t)(s - begin);
		new->point_end = (uint32_t)points;
	}
}

void sentences_free(struct sentences *ss)
{
	free(ss->s);
	*ss = (struct sentences){0};
}

/* The first sentence that ends behind at, or the last one. */
static const struct sentence *find(const struct sentences *ss, size_t at, bool in_points)
{
	size_t low = 0, high = ss->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if ((in_points ? ss->s[middle].point_end : ss->s[middle].end) > at)
			high = middle;
		else
			low = middle + 1;
	}
	if (low == ss->count && low > 0)
		low--;
	return low < ss->count ? &ss->s[low] : NULL;
}

const struct sentence *sentence_at_point(const struct sentences *ss, size_t point)
{
	return find(ss, point, true);
}

const struct sentence *sentence_at_byte(const struct sentences *ss, size_t byte)
{
	return find(ss, byte, false);
}
