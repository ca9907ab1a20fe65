#include "utf8.h"

#include <string.h>
#if defined __x86_64__
#include <immintrin.h>
#define LOAD16(p) _mm_loadu_si128((const __m128i *)(const void *)(p))
#define LOAD32(p) _mm256_loadu_si256((const __m256i *)(const void *)(p))
#endif

size_t utf8_decode(const char *s, size_t len, uint32_t *c)
{
	const unsigned char *u = (const unsigned char *)s;

	if (len == 0)
		return 0;
	if (u[0] < 0x80) {
		*c = u[0];
		return 1;
	}
	if (u[0] >= 0xc2 && u[0] < 0xe0) {
		if (len < 2 || (u[1] & 0xc0) != 0x80)
			return 0;
		*c = utf8_at(s);
		return 2;
	}
	if (u[0] >= 0xe0 && u[0] < 0xf0) {
		if (len < 3 || (u[1] & 0xc0) != 0x80 || (u[2] & 0xc0) != 0x80)
			return 0;
		*c = utf8_at(s);
		return *c < 0x800 || (*c >= 0xd800 && *c < 0xe000) ? 0 : 3;
	}
	if (u[0] >= 0xf0 && u[0] < 0xf5) {
		if (len < 4 || (u[1] & 0xc0) != 0x80 || (u[2] & 0xc0) != 0x80 || (u[3] & 0xc0) != 0x80)
			return 0;
		*c = utf8_at(s);
		return *c < 0x10000 || *c > 0x10ffff ? 0 : 4;
	}
	return 0;
}

size_t utf8_encode(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

size_t utf8_valid_plain(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len) {
		uint64_t w;
		uint32_t c;
		while (len - i >= 8 && (memcpy(&w, s + i, 8), (w & 0x8080808080808080u) == 0))
			i += 8;
		if (i == len)
			break;
		size_t n = utf8_decode(s + i, len - i, &c);
		if (n == 0)
			return i;
		i += n;
	}
	return i;
}

#if defined __x86_64__

/* What can be wrong with two bytes that follow one another, a bit each. */
enum {
	SHORT = 1 << 0,      /* a lead byte without its continuation */
	LONG = 1 << 1,       /* a continuation behind ASCII */
	LONG_3 = 1 << 2,     /* e0 80 to e0 9f: overlong */
	LARGE = 1 << 3,      /* f4 90 and above */
	SURROGATE = 1 << 4,  /* ed a0 to ed bf */
	LONG_2 = 1 << 5,     /* c0, c1: overlong */
	LARGE_1000 = 1 << 6, /* f5 80 and above */
	LONG_4 = 1 << 6,     /* f0 80 to f0 8f: overlong */
	TWO = -128,          /* two continuations, which is right as the third or fourth byte */
	CARRY = SHORT | LONG | TWO,
};

#define TABLE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

/* The faults in the 32 bytes at s, in front of which at least three more must lie: zero when there is none. After
 * J. Keiser and D. Lemire, Validating UTF-8 in less than one instruction per byte (2020): the high half of the byte
 * before, its low half and the high half of the byte itself each allow some faults, and those that all three allow
 * are there; third and fourth bytes are told by the lead byte two or three before. */
__attribute__((target("avx2"), always_inline)) static inline __m256i faults(const char *s)
{
	const __m256i lead = TABLE(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, TWO, TWO, TWO, TWO, SHORT | LONG_2,
	                           SHORT, SHORT | LONG_3 | SURROGATE, SHORT | LARGE | LARGE_1000 | LONG_4);
	const __m256i low = TABLE(CARRY | LONG_3 | LONG_2 | LONG_4, CARRY | LONG_2, CARRY, CARRY, CARRY | LARGE,
	                          CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000,
	                          CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000,
	                          CARRY | LARGE | LARGE_1000, CARRY | LARGE | LARGE_1000,
	                          CARRY | LARGE | LARGE_1000 | SURROGATE, CARRY | LARGE | LARGE_1000,
	                          CARRY | LARGE | LARGE_1000);
	const __m256i next = TABLE(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
	                           LONG | LONG_2 | TWO | LONG_3 | LARGE_1000 | LONG_4,
	                           LONG | LONG_2 | TWO | LONG_3 | LARGE, LONG | LONG_2 | TWO | SURROGATE | LARGE,
	                           LONG | LONG_2 | TWO | SURROGATE | LARGE, SHORT, SHORT, SHORT, SHORT);
	const __m256i half = _mm256_set1_epi8(0x0f);
	__m256i v = LOAD32(s), one = LOAD32(s - 1), two = LOAD32(s - 2), three = LOAD32(s - 3);
	__m256i high_one = _mm256_and_si256(_mm256_srli_epi16(one, 4), half);
	__m256i high = _mm256_and_si256(_mm256_srli_epi16(v, 4), half);
	__m256i pair = _mm256_and_si256(
		_mm256_and_si256(_mm256_shuffle_epi8(lead, high_one), _mm256_shuffle_epi8(low, _mm256_and_si256(one, half))),
		_mm256_shuffle_epi8(next, high));
	__m256i third = _mm256_subs_epu8(two, _mm256_set1_epi8(0xe0 - 0x80));
	__m256i fourth = _mm256_subs_epu8(three, _mm256_set1_epi8((char)(0xf0 - 0x80)));
	__m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(TWO));
	return _mm256_xor_si256(must, pair);
}

/* As utf8_valid, but that it may stop early, in front of some character; len must be 40 at least. */
__attribute__((target("avx2"))) static size_t valid_avx2(const char *s, size_t len)
{
	/* The first characters give the blocks the bytes that they look back on. */
	size_t i = utf8_valid_plain(s, 8);

	if (i < 5)
		return i;
	while (i < len) {
		/* The last block overlaps the one before. */
		size_t at = i < len - 32 ? i : len - 32;
		__m256i bad = faults(s + at);
		if (!_mm256_testz_si256(bad, bad)) {
			i = at;
			break;
		}
		i = at + 32;
	}
	/* All in front of i is right, except that the last character may be cut off there. */
	return (size_t)(utf8_prev(s, s + i) - s);
}

/* The signs among the 32 bytes at s, in front of which two more must lie. */
__attribute__((target("avx2"), always_inline)) static inline uint32_t signs32(const char *s)
{
	__m256i last = LOAD32(s), first = LOAD32(s - 2);
	__m256i stop = _mm256_and_si256(_mm256_cmpeq_epi8(first, _mm256_set1_epi8((char)0xe3)),
	                                _mm256_cmpeq_epi8(last, _mm256_set1_epi8((char)0x82)));
	__m256i wide = _mm256_andnot_si256(_mm256_cmpeq_epi8(last, _mm256_set1_epi8((char)0x8c)),
	                                   _mm256_cmpeq_epi8(first, _mm256_set1_epi8((char)0xef)));
	return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(stop, wide));
}

/* The marks of the 32 bytes at s, in front of which at least three more must lie; what is amiss is added to bad, and what is not
 * plain to odd. */
__attribute__((target("avx2"), always_inline)) static inline uint32_t marks32(const char *s, __m256i *bad, __m256i *odd)
{
	__m256i v = LOAD32(s);
	__m256i other = _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(0x1f)), v),
	                                _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\')));

	*bad = _mm256_or_si256(*bad, faults(s));
	*odd = _mm256_or_si256(*odd, other);
	return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(other, _mm256_cmpeq_epi8(v, _mm256_set1_epi8('"'))));
}

/* Writes the places of the bits, to which at is added, behind the n that are there. Two are written unseen, for there are seldom
 * more, and whether there are any cannot be foretold. */
__attribute__((target("bmi"), always_inline)) static inline size_t add_places(uint64_t bits, size_t at, size_t *places, size_t n)
{
	uint64_t second = _blsr_u64(bits), others = _blsr_u64(second);

	places[n] = at + _tzcnt_u64(bits);
	places[n + 1] = at + _tzcnt_u64(second);
	n += (size_t)(bits != 0) + (second != 0);
	for (; others; others = _blsr_u64(others))
		places[n++] = at + _tzcnt_u64(others);
	return n;
}

/* The marks of the 64 bytes at s, which are those from at on, and their places among the signs unless there are none; those
 * that are not within stay out. */
__attribute__((target("avx2,bmi"), always_inline)) static inline uint64_t marks64(const char *s, size_t at, uint64_t within,
                                                                                  size_t *signs, size_t *n, __m256i *bad, __m256i *odd)
{
	uint64_t low = marks32(s, bad, odd);

	if (signs)
		*n = add_places((signs32(s) | (uint64_t)signs32(s + 32) << 32) & within, at, signs, *n);
	return low | (uint64_t)marks32(s + 32, bad, odd) << 32;
}

/* Compiled twice: with signs, and with NULL instead. */
__attribute__((target("avx2,bmi"), always_inline)) static inline bool all_marks(const char *s, size_t len, uint64_t *marks,
                                                                                size_t *signs, size_t *count, bool *plain)
{
	enum { BACK = 3 };
	char block[BACK + 64]; /* the first and the last one, with spaces in front of the text and behind it */
	const uint64_t all = ~(uint64_t)0;
	__m256i bad = _mm256_setzero_si256(), odd = bad;
	size_t i = 0, n = 0, back = 0;

	memset(block, ' ', sizeof block);
	if (len >= 64) {
		memcpy(block + BACK, s, 64);
		*marks++ = marks64(block + BACK, 0, all, signs, &n, &bad, &odd);
		back = BACK;
		i = 64;
	}
	for (; len - i >= 64; i += 64)
		*marks++ = marks64(s + i, i, all, signs, &n, &bad, &odd);
	memset(block, ' ', sizeof block);
	memcpy(block + BACK - back, s + i - back, back + len - i);
	/* A character that is cut off would make signs of the spaces. */
	marks[0] = marks64(block + BACK, i, ((uint64_t)1 << (len - i)) - 1, signs, &n, &bad, &odd);
	marks[1] = all;
	*count = n;
	*plain = _mm256_testz_si256(odd, odd);
	return _mm256_testz_si256(bad, bad);
}

__attribute__((target("avx2,bmi"))) static bool marks_avx2(const char *s, size_t len, uint64_t *marks, bool *plain)
{
	size_t count;
	return all_marks(s, len, marks, NULL, &count, plain);
}

__attribute__((target("avx2,bmi"))) static bool marks_signs_avx2(const char *s, size_t len, uint64_t *marks, size_t *signs, size_t *count)
{
	bool plain; /* line breaks are not */
	return all_marks(s, len, marks, signs, count, &plain);
}

static bool has_avx2(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}
#endif

bool utf8_marks_plain(const char *s, size_t len, uint64_t *marks, bool *plain)
{
	memset(marks, 0, UTF8_MARKS(len) * sizeof *marks);
	*plain = true;
	for (size_t i = 0; i < len; i++) {
		bool other = (unsigned char)s[i] < ' ' || s[i] == '\\';
		marks[i / 64] |= (uint64_t)(other || s[i] == '"') << i % 64;
		*plain = *plain && !other;
	}
	marks[len / 64 + 1] = ~(uint64_t)0;
	return utf8_valid_plain(s, len) == len;
}

bool utf8_marks(const char *s, size_t len, uint64_t *marks, bool *plain)
{
#if defined __x86_64__
	if (len && has_avx2())
		return marks_avx2(s, len, marks, plain);
#endif
	return utf8_marks_plain(s, len, marks, plain);
}

bool utf8_marks_signs_plain(const char *s, size_t len, uint64_t *marks, size_t *signs, size_t *count)
{
	bool plain;

	*count = 0;
	for (size_t i = 2; i < len; i++)
		if (s[i - 2] == '\xe3' ? s[i] == '\x82' : s[i - 2] == '\xef' && s[i] != '\x8c')
			signs[(*count)++] = i;
	return utf8_marks_plain(s, len, marks, &plain);
}

bool utf8_marks_signs(const char *s, size_t len, uint64_t *marks, size_t *signs, size_t *count)
{
#if defined __x86_64__
	if (len && has_avx2())
		return marks_signs_avx2(s, len, marks, signs, count);
#endif
	return utf8_marks_signs_plain(s, len, marks, signs, count);
}

size_t utf8_valid(const char *s, size_t len)
{
	size_t i = 0;

	if (len == 0)
		return 0;
#if defined __x86_64__
	if (len >= 40 && __builtin_cpu_supports("avx2"))
		i = valid_avx2(s, len);
#endif
	return i + utf8_valid_plain(s + i, len - i);
}

static inline uint64_t load4(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	return u[0] | (uint64_t)u[1] << 8 | (uint64_t)u[2] << 16 | (uint64_t)u[3] << 24;
}

/* Up to 8 bytes, the first one lowest. No loop, for how long a short stretch is cannot be foretold. */
static inline uint64_t load(const char *s, size_t len)
{
	const unsigned char *u = (const unsigned char *)s;

	if (len >= 4)
		return load4(s) | load4(s + len - 4) << 8 * (len - 4);
	return len ? u[0] | (uint64_t)u[len / 2] << 8 * (len / 2) | (uint64_t)u[len - 1] << 8 * (len - 1) : 0;
}

/* How many of the bytes are not the first of their character. */
static inline size_t continuations(uint64_t w)
{
	return (size_t)((w >> 7 & ~w >> 6 & 0x0101010101010101) * 0x0101010101010101 >> 56);
}

size_t utf8_count(const char *s, size_t len)
{
	size_t n = 0, i = 0;

#if defined __x86_64__
	/* The last block overlaps the one before; this leaves out as many of its first bytes as were counted there. */
	static const char fresh[32] = {[16] = -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
	/* Continuation bytes are the 64 smallest of a signed byte. */
	const __m128i zero = _mm_setzero_si128(), most = _mm_set1_epi8((char)0xbf);
	while (len - i >= 16) {
		/* A counter of a byte holds 255 blocks, the last one among them. */
		size_t stop = len - i < 254 * 16 ? len : i + 254 * 16;
		__m128i sum = zero;
		for (; stop - i >= 16; i += 16)
			sum = _mm_sub_epi8(sum, _mm_cmpgt_epi8(LOAD16(s + i), most));
		if (len - i < 16) {
			__m128i starts = _mm_cmpgt_epi8(LOAD16(s + len - 16), most);
			sum = _mm_sub_epi8(sum, _mm_and_si128(starts, LOAD16(fresh + (len - i))));
			i = len;
		}
		sum = _mm_sad_epu8(sum, zero);
		n += (size_t)_mm_cvtsi128_si64(sum) + (size_t)_mm_extract_epi16(sum, 4);
	}
#endif
	for (; len - i >= 8; i += 8)
		n += 8 - continuations(load(s + i, 8));
	return n + (len - i) - continuations(load(s + i, len - i));
}

#if defined __x86_64__
/* The characters that begin in the 64 bytes at s, as bits. */
__attribute__((target("avx2"))) static inline uint64_t starts64(const char *s)
{
	const __m256i most = _mm256_set1_epi8((char)0xbf);
	uint64_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(LOAD32(s), most));
	uint64_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(LOAD32(s + 32), most));

	return low | high << 32;
}

/* len is not 0, and the bytes up to the next multiple of 64 can be read. */
__attribute__((target("avx2,popcnt"))) static size_t count_avx2(const char *s, size_t len)
{
	size_t n = 0;

	for (; len > 64; s += 64, len -= 64)
		n += (size_t)__builtin_popcountll(starts64(s));
	return n + (size_t)__builtin_popcountll(starts64(s) << (64 - len));
}

/* As utf8_offset as long as there are 64 bytes: to the character that is wanted, or to where the last of them end. */
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static size_t offset_avx2(const char *s, size_t len, size_t *count)
{
	size_t i = 0;

	for (; len - i >= 64; i += 64) {
		uint64_t starts = starts64(s + i);
		size_t n = (size_t)__builtin_popcountll(starts);
		if (n > *count) {
			i += (size_t)_tzcnt_u64(_pdep_u64((uint64_t)1 << *count, starts));
			*count = 0;
			break;
		}
		*count -= n;
	}
	return i;
}
#endif

size_t utf8_count_within(const char *s, size_t len, const char *end)
{
#if defined __x86_64__
	if (len && (len + 63) / 64 * 64 <= (size_t)(end - s) && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt"))
		return count_avx2(s, len);
#else
	(void)end;
#endif
	return utf8_count(s, len);
}

size_t utf8_offset(const char *s, size_t len, size_t *count)
{
	size_t i = 0;

#if defined __x86_64__
	if (len >= 64 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt")) {
		i = offset_avx2(s, len, count);
		if (*count == 0 && i < len && ((unsigned char)s[i] & 0xc0) != 0x80)
			return i;
	}
	const __m128i zero = _mm_setzero_si128(), most = _mm_set1_epi8((char)0xbf);
	for (; len - i >= 16; i += 16) {
		__m128i starts = _mm_cmpgt_epi8(LOAD16(s + i), most);
		__m128i sum = _mm_sad_epu8(_mm_sub_epi8(zero, starts), zero);
		size_t n = (size_t)_mm_cvtsi128_si32(sum) + (size_t)_mm_extract_epi16(sum, 4);
		if (n > *count) {
			/* The one that is wanted begins here. */
			unsigned bits = (unsigned)_mm_movemask_epi8(starts);
			for (; *count; --*count)
				bits &= bits - 1;
			return i + (size_t)__builtin_ctz(bits);
		}
		*count -= n;
	}
#endif
	/* Out of the character that a block ended in, then a character at a time. */
	while (i < len && ((unsigned char)s[i] & 0xc0) == 0x80)
		i++;
	for (; *count && i < len; --*count)
		i += utf8_len(s[i]);
	return i;
}
