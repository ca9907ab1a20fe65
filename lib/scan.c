#include "scan.h"

#include <stdbool.h>
#include <stddef.h>

#include <stdint.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* 。 is E3 80 82; ！ （ ： ； are EF BC with 81, 88, 9A, 9B. */
static bool stops(const char *s)
{
	unsigned char a = (unsigned char)s[0], b = (unsigned char)s[1], c = (unsigned char)s[2];
	return (a == 0xe3 && b == 0x80 && c == 0x82) ||
	       (a == 0xef && b == 0xbc && (c == 0x81 || c == 0x88 || c == 0x9a || c == 0x9b));
}

const char *scan_stop(const char *s, const char *end)
{
#ifdef __x86_64__
	const __m128i e3 = _mm_set1_epi8((char)0xe3), ef = _mm_set1_epi8((char)0xef);
	const __m128i x80 = _mm_set1_epi8((char)0x80), bc = _mm_set1_epi8((char)0xbc);
	while (end - s >= 18) {
		__m128i a = _mm_loadu_si128((const __m128i *)s), b = _mm_loadu_si128((const __m128i *)(s + 1));
		__m128i c = _mm_loadu_si128((const __m128i *)(s + 2));
		__m128i full = _mm_and_si128(_mm_cmpeq_epi8(a, e3), _mm_cmpeq_epi8(b, x80));
		full = _mm_and_si128(full, _mm_cmpeq_epi8(c, _mm_set1_epi8((char)0x82)));
		__m128i wide = _mm_and_si128(_mm_cmpeq_epi8(a, ef), _mm_cmpeq_epi8(b, bc));
		/* 9A and 9B differ in their last bit. */
		__m128i third = _mm_or_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8((char)0x81)),
		                             _mm_cmpeq_epi8(c, _mm_set1_epi8((char)0x88)));
		third = _mm_or_si128(third, _mm_cmpeq_epi8(_mm_or_si128(c, _mm_set1_epi8(1)), _mm_set1_epi8((char)0x9b)));
		int mask = _mm_movemask_epi8(_mm_or_si128(full, _mm_and_si128(wide, third)));
		if (mask)
			return s + __builtin_ctz((unsigned)mask);
		s += 16;
	}
#endif
	for (; end - s >= 3; s++)
		if (stops(s))
			return s;
	return end;
}

/* “ is E2 80 9C; 《 and 「 are E3 80 with 8A and 8C; （ is EF BC 88. */
static bool opens(const char *s)
{
	unsigned char a = (unsigned char)s[0], b = (unsigned char)s[1], c = (unsigned char)s[2];
	return (b == 0x80 && ((a == 0xe2 && c == 0x9c) || (a == 0xe3 && (c == 0x8a || c == 0x8c)))) ||
	       (a == 0xef && b == 0xbc && c == 0x88);
}

const char *scan_opening(const char *s, const char *end)
{
#ifdef __x86_64__
	const __m128i e2 = _mm_set1_epi8((char)0xe2), e3 = _mm_set1_epi8((char)0xe3), ef = _mm_set1_epi8((char)0xef);
	while (end - s >= 18) {
		__m128i a = _mm_loadu_si128((const __m128i *)s), b = _mm_loadu_si128((const __m128i *)(s + 1));
		__m128i c = _mm_loadu_si128((const __m128i *)(s + 2));
		__m128i corner = _mm_or_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8((char)0x8a)), _mm_cmpeq_epi8(c, _mm_set1_epi8((char)0x8c)));
		__m128i quote = _mm_and_si128(_mm_cmpeq_epi8(a, e2), _mm_cmpeq_epi8(c, _mm_set1_epi8((char)0x9c)));
		__m128i wide = _mm_and_si128(_mm_cmpeq_epi8(b, _mm_set1_epi8((char)0xbc)), _mm_cmpeq_epi8(c, _mm_set1_epi8((char)0x88)));
		__m128i narrow = _mm_or_si128(quote, _mm_and_si128(_mm_cmpeq_epi8(a, e3), corner));
		narrow = _mm_and_si128(narrow, _mm_cmpeq_epi8(b, _mm_set1_epi8((char)0x80)));
		int mask = _mm_movemask_epi8(_mm_or_si128(narrow, _mm_and_si128(_mm_cmpeq_epi8(a, ef), wide)));
		if (mask)
			return s + __builtin_ctz((unsigned)mask);
		s += 16;
	}
#endif
	for (; end - s >= 3; s++)
		if (opens(s))
			return s;
	return end;
}

const char *scan_digit(const char *s, const char *end)
{
#ifdef __x86_64__
	while (end - s >= 16) {
		/* Digits, and nothing else, are left below 10 when '0' is taken off without a sign. */
		__m128i v = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)s), _mm_set1_epi8('0'));
		int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(9)), v));
		if (mask)
			return s + __builtin_ctz((unsigned)mask);
		s += 16;
	}
#endif
	while (s < end && (*s < '0' || *s > '9'))
		s++;
	return s;
}

#ifdef __x86_64__
/* As scan_word for a word of n bytes, when text is long enough for a block: the last two bytes of a word tell it best from
 * others. */
__attribute__((target("avx2"))) static const char *word_avx2(struct span text, const char *word, size_t n)
{
	const __m256i before = _mm256_set1_epi8(word[n - 2]), last = _mm256_set1_epi8(word[n - 1]);
	const char *final = text.p + text.len - n - 31; /* the last block overlaps the one before */

	for (const char *s = text.p;; s = final - s > 32 ? s + 32 : final) {
		__m256i a = _mm256_loadu_si256((const __m256i *)(s + n - 2)), b = _mm256_loadu_si256((const __m256i *)(s + n - 1));
		__m256i both = _mm256_and_si256(_mm256_cmpeq_epi8(a, before), _mm256_cmpeq_epi8(b, last));
		for (uint32_t mask = (uint32_t)_mm256_movemask_epi8(both); mask; mask &= mask - 1) {
			const char *at = s + __builtin_ctz(mask);
			if (memcmp(at, word, n) == 0)
				return at;
		}
		if (s == final)
			return NULL;
	}
}
#endif

const char *scan_word(struct span text, const char *word)
{
	size_t n = strlen(word);

#ifdef __x86_64__
	if (text.len >= n + 31 && __builtin_cpu_supports("avx2"))
		return word_avx2(text, word, n);
#endif
	return text.len ? memmem(text.p, text.len, word, n) : NULL;
}
