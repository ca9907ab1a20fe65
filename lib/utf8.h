/* utf8: UTF-8 as Unicode 15 table 3-7 and RFC 3629 have it: no overlong forms, no surrogates, nothing above
 * U+10FFFF. Pure functions over (pointer, length). */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the code point at s; its length in bytes, or 0 when s is empty, cut off or not UTF-8. */
size_t utf8_decode(const char *s, size_t len, uint32_t *c);

/* Writes c, which must be a scalar value, to out (room for 4); the number of bytes written. */
size_t utf8_encode(uint32_t c, char *out);

/* The number of leading bytes that are valid UTF-8: len when all of it is. */
size_t utf8_valid(const char *s, size_t len);

/* The same, a character at a time, which is what utf8_valid does on processors without AVX2. */
size_t utf8_valid_plain(const char *s, size_t len);

/* Whether all of it is valid UTF-8. In the same pass the bytes are marked that cannot stand in a string of JSON as they are:
 * quotes, backslashes and controls. Marks, which has room for UTF8_MARKS(len), gets a bit for each, and a word of ones behind;
 * plain says that quotes are all of them. */
#define UTF8_MARKS(len) ((len) / 64 + 2)
bool utf8_marks(const char *s, size_t len, uint64_t *marks, bool *plain);

/* The same, a byte at a time, which is what utf8_marks does on processors without AVX2. */
bool utf8_marks_plain(const char *s, size_t len, uint64_t *marks, bool *plain);

/* The same for text that is to be cut into lines and headings: in the same pass the places are found of those bytes with which 。
 * (E3 80 82) or a full-width sign other than ， (EF BC 8C) may end, as the byte two before tells. signs has room for
 * UTF8_SIGNS(len); *count becomes how many there are. */
#define UTF8_SIGNS(len) ((len) + 2)
bool utf8_marks_signs(const char *s, size_t len, uint64_t *marks, size_t *signs, size_t *count);
bool utf8_marks_signs_plain(const char *s, size_t len, uint64_t *marks, size_t *signs, size_t *count);

/* The place of the first mark from at on, at being no more than the length; beyond that when there is none. */
static inline size_t utf8_mark(const uint64_t *marks, size_t at)
{
	/* Those of the next 64 bytes, wherever they begin: few strings are longer. */
	uint64_t bits = marks[at / 64] >> at % 64 | marks[at / 64 + 1] << 1 << (63 - at % 64);

	if (bits)
		return at + (size_t)__builtin_ctzll(bits);
	for (at /= 64, at++; !(bits = marks[at]);)
		at++;
	return at * 64 + (size_t)__builtin_ctzll(bits);
}

/* The number of code points in valid UTF-8. */
size_t utf8_count(const char *s, size_t len);

/* The same of a stretch within what can be read up to end, which saves time when the stretch is short. */
size_t utf8_count_within(const char *s, size_t len, const char *end);

/* The byte behind the first *count code points of valid UTF-8, and all of it when it has fewer; *count becomes how
 * many are missing. */
size_t utf8_offset(const char *s, size_t len, size_t *count);

/* Length in bytes of the character that begins with byte b of valid UTF-8. */
static inline size_t utf8_len(char b)
{
	unsigned char u = (unsigned char)b;
	return u < 0x80 ? 1 : 2u + (u >= 0xe0) + (u >= 0xf0);
}

/* The eight bytes at s as a number, the first one lowest, so that one or two characters are compared at once. */
static inline uint64_t utf8_eight(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	return u[0] | (uint64_t)u[1] << 8 | (uint64_t)u[2] << 16 | (uint64_t)u[3] << 24 | (uint64_t)u[4] << 32 |
	       (uint64_t)u[5] << 40 | (uint64_t)u[6] << 48 | (uint64_t)u[7] << 56;
}

/* Decodes one character of UTF-8 that is known to be valid, and not empty. */
static inline uint32_t utf8_at(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	/* Chinese first: nearly all characters have three bytes. */
	if ((u[0] & 0xf0) == 0xe0)
		return (u[0] & 0x0fu) << 12 | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu);
	if (u[0] < 0x80)
		return u[0];
	if (u[0] < 0xe0)
		return (u[0] & 0x1fu) << 6 | (u[1] & 0x3fu);
	return (u[0] & 0x07u) << 18 | (u[1] & 0x3fu) << 12 | (u[2] & 0x3fu) << 6 | (u[3] & 0x3fu);
}

/* The start of the character that ends just before s, which is after begin, in valid UTF-8. */
static inline const char *utf8_prev(const char *begin, const char *s)
{
	do
		s--;
	while (s > begin && ((unsigned char)*s & 0xc0) == 0x80);
	return s;
}

/* The character that ends just before s, which is after begin, in valid UTF-8. */
static inline uint32_t utf8_before(const char *begin, const char *s)
{
	/* Nearly all have three bytes: to look for those first takes one branch that cannot be foretold instead of several. */
	const char *p = s - begin >= 3 && (s[-3] & 0xf0) == 0xe0 ? s - 3 : utf8_prev(begin, s);
	return utf8_at(p);
}

/* Han characters: the unified ideographs with their extensions and compatibility forms, and 〇. */
static inline bool utf8_han(uint32_t c)
{
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || c == 0x3007 ||
	       (c >= 0x20000 && c <= 0x323af) || (c >= 0xf900 && c <= 0xfaff);
}

/* Characters that show nothing and can mislead: bidi controls, zero width characters, BOM inside. */
static inline bool utf8_invisible(uint32_t c)
{
	return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2064) ||
	       (c >= 0x2066 && c <= 0x206f) || c == 0xfeff || c == 0xad || c == 0x61c;
}

#endif
