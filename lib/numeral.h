/* numeral: reads one numeral, in Arabic digits (also full-width), in Chinese, or mixed: 64,886 · 1.31万 · 3万4000 ·
 * 一万七千四百亿 · 八点三 · 二〇二六 · 三十多亿 · 十几万 · 数千 · 三四十.
 *
 * Pure functions over UTF-8 that is known to be valid. Only digits and multipliers are understood here; units,
 * dates, percent and everything that surrounds a numeral are number.h's.
 */
#ifndef NUMERAL_H
#define NUMERAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "decimal.h"

struct numeral {
	size_t len;        /* bytes of text, 0 when no numeral begins there; infix included */
	size_t at, n;      /* the mantissa, in the scratch buffer given to numeral_read */
	size_t exp;        /* the power of ten that multipliers make of it */
	size_t tail;       /* the power of the 万 and 亿 that it ends with, which 30—40亿 says once for both */
	size_t at2, n2;    /* the second mantissa of 三四十, 七八; n2 is 0 for all others */
	size_t characters; /* of the text */
	bool han;          /* begins with a Chinese numeral */
	bool infix;        /* holds or ends with 多, 余, 几 or 数: more than the value */
	bool about;        /* holds 来: 五十来个 */
	bool lone;         /* multipliers without a digit: 百, 千万 */
	bool row;          /* Chinese digits in a row, without a multiplier: 二〇二六; a single digit is no row */
	bool fraction;     /* has a decimal point */
	bool grouped;      /* has thousands separators */
	bool multiplied;   /* has a multiplier of 百 or more */
};

/* Asks whether the multiplier at s is the beginning of a unit (千 in 千瓦) and so no multiplier. */
typedef bool numeral_unit(const void *self, const char *s, const char *end);

/* Reads the longest numeral at s. Its mantissas are appended to scratch, which the caller owns and clears. */
struct numeral numeral_read(const char *s, const char *end, struct buf *scratch, numeral_unit *is_unit,
                            const void *self);

/* The value of a numeral read into scratch; good until scratch grows. */
static inline struct decimal numeral_value(const struct numeral *m, const struct buf *scratch)
{
	return (struct decimal){{scratch->p + m->at, m->n}, m->exp};
}

/* Whether a numeral may begin with c: digits, Chinese numerals and multipliers, 几 and 数. */
bool numeral_begins(uint32_t c);

/* The value of c as an Arabic digit, ASCII or full-width, or -1. */
static inline int numeral_arabic(uint32_t c)
{
	return c >= '0' && c <= '9' ? (int)(c - '0') : c >= 0xff10 && c <= 0xff19 ? (int)(c - 0xff10) : -1;
}

/* The value of c as a Chinese digit, or -1. */
int numeral_han(uint32_t c);

#endif
