/* A character of three bytes is looked up by its six half bytes: each has a table that says, by a bit each, to which
 * classes of characters it can belong, and a character belongs to a class that all six name. Characters that differ
 * only in the last half byte make one class, which is exact; there are sixteen classes, and when they are used up,
 * further characters are put to what is there, which lets others through: so what is found is looked up again.
 */
#include "candidates.h"

#include "utf8.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

enum { CLASSES = 16 };

void candidates_add(struct candidates *c, uint32_t character)
{
	char bytes[4];

	c->set[character >> 6] |= (uint64_t)1 << (character & 63);
	if (utf8_encode(character, bytes) != 3)
		return;
	uint32_t key = character >> 4;
	unsigned k = 0;
	while (k < c->class_count && c->classes[k] != key)
		k++;
	if (k == c->class_count && k < CLASSES)
		c->classes[c->class_count++] = key;
	k %= CLASSES;
	for (unsigned i = 0; i < 3; i++) {
		unsigned char b = (unsigned char)bytes[i];
		c->low[3 * (k / 8) + i][b & 15] |= (unsigned char)(1u << k % 8);
		c->high[3 * (k / 8) + i][b >> 4] |= (unsigned char)(1u << k % 8);
	}
#ifdef __x86_64__
	c->fast = __builtin_cpu_supports("avx2");
#endif
}

const char *candidates_next_plain(const struct candidates *c, const char *s, const char *end)
{
	while (s < end) {
		unsigned char b = (unsigned char)*s;
		if (b < 0x80) {
			if (c->set[b >> 6] >> (b & 63) & 1)
				return s;
			s++;
		} else if (b >= 0xe0 && b < 0xf0) {
			/* No branch but one: which characters come cannot be foretold. */
			uint32_t code = (b & 15u) << 12 | (s[1] & 63u) << 6 | (s[2] & 63u);
			if (c->set[code >> 6] >> (code & 63) & 1)
				return s;
			s += 3;
		} else {
			s += b < 0xe0 ? 2 : 4;
		}
	}
	return end;
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static inline __m256i look(const unsigned char *table, __m256i half)
{
	return _mm256_shuffle_epi8(
		_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table)), half);
}

/* Which of the 32 bytes at s, behind which at least two more must lie, may begin a character of the set: a bit each. */
__attribute__((target("avx2"))) static uint32_t hits_at(const struct candidates *c, const char *s)
{
	const __m256i half = _mm256_set1_epi8(15);
	__m256i first = _mm256_loadu_si256((const __m256i *)(const void *)s);
	__m256i classes = _mm256_set1_epi8(-1), more = classes;

#pragma GCC unroll 3
	for (int i = 0; i < 3; i++) {
		__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(s + i));
		__m256i low = _mm256_and_si256(v, half), high = _mm256_and_si256(_mm256_srli_epi16(v, 4), half);
		classes = _mm256_and_si256(classes, _mm256_and_si256(look(c->low[i], low), look(c->high[i], high)));
		more = _mm256_and_si256(more, _mm256_and_si256(look(c->low[3 + i], low), look(c->high[3 + i], high)));
	}
	/* ASCII characters are let through when they are digits or the straight quotation mark. */
	__m256i digit = _mm256_sub_epi8(first, _mm256_set1_epi8('0'));
	__m256i ascii = _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit),
	                                _mm256_cmpeq_epi8(first, _mm256_set1_epi8('"')));
	__m256i none = _mm256_cmpeq_epi8(_mm256_or_si256(classes, more), _mm256_setzero_si256());
	return ~(uint32_t)_mm256_movemask_epi8(none) | (uint32_t)_mm256_movemask_epi8(ascii);
}

static const char *next_avx2(const struct candidates *c, struct candidates_block *b, const char *s, const char *end)
{
	uint32_t hits = 0;

	if (s < b->end) {
		hits = b->hits & ~(uint32_t)0 << (32 - (b->end - s));
		s = b->end;
	}
	for (;;) {
		for (; hits; hits &= hits - 1) {
			const char *p = s - 32 + __builtin_ctz(hits);
			if (candidates_has(c, utf8_at(p)))
				return p;
		}
		if (end - s < 32 + 2)
			break;
		hits = b->hits = hits_at(c, s);
		s = b->end = s + 32;
	}
	while (s < end && ((unsigned char)*s & 0xc0) == 0x80)
		s++;
	return candidates_next_plain(c, s, end);
}
#endif

const char *candidates_next(const struct candidates *c, struct candidates_block *b, const char *s, const char *end)
{
#ifdef __x86_64__
	if (c->fast)
		return next_avx2(c, b, s, end);
#else
	(void)b;
#endif
	return candidates_next_plain(c, s, end);
}
