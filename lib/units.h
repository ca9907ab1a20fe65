/* units: the surfaces that units, currencies and classifiers have in Chinese reports, and the code of each.
 *
 * Read from units.tsv, in whose order nothing matters but that a later row of the same surface replaces an earlier.
 * Columns: surface; unit, the canonical code (ISO 4217, UCUM, or the classifier as an annotation), and behind a bar
 * the code that the surface has after 万 and 亿 if it is another: 三度 are times, 3亿度 are kilowatt hours;
 * kind, what a number with that unit is; use, when it may be taken for a unit; unless, what may not follow, and
 * unless_han, what may not follow when the numeral is Chinese, where words like 三名牌 are far more frequent.
 */
#ifndef UNITS_H
#define UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

enum unit_kind {
	UNIT_QUANTITY,
	UNIT_PERCENT,
	UNIT_POINT,
	UNIT_FRACTION, /* 成, tenths */
	UNIT_MULTIPLE, /* 倍 */
	UNIT_DURATION,
	UNIT_ORDINAL,  /* 届: 十三届 counts from the first as 第十三届 does */
	UNIT_NAME,     /* 号, 版, 级: no unit; the number before it is part of a name */
};

struct unit {
	struct span surface;
	struct span large;  /* the code behind 万 and 亿, when it is another */
	struct span code;   /* empty where a number with this unit has none */
	struct span unless, unless_han; /* '|'-separated continuations that show another word */
	enum unit_kind kind;
	bool one;    /* 一 before it counts: 一年, but not 一个 */
	bool digits; /* only behind Arabic digits or a numeral of ten and more: 三级 is a name, 30级 is a count */
	bool nth;    /* behind 第 it makes an ordinal: 第三批, but 第三方 is a name */
	bool small;  /* only behind a numeral without 百, 千, 万 or 亿: 三大行动, but 500万大关 */
	bool half;   /* says half of a unit more: 两年半, 一个半月 */
	bool more;   /* says that it is more: 三年多 */
	bool per;    /* only below the line of a compound unit: 元/月 */
};

struct units;

/* The suite's own dictionary, and behind it the user's (NULL for none). The caller frees. */
struct units *units_new(const char *user);
void units_free(struct units *u);

/* What stands in front of a unit. */
enum units_numeral { UNITS_ARABIC, UNITS_HAN, UNITS_NTH };

/* The unit that begins at s, in bytes, 0 when none does. Compound ones (微克/立方米, 元/人·月, 微克每立方米) are read
 * whole; the code, composed if need be, is written to code, which is not cleared. *first is the row of the first
 * part. */
size_t units_read(const struct units *u, const char *s, const char *end, enum units_numeral front,
                  const struct unit **first, struct buf *code);

/* Whether the characters at s, which look like a multiplier, begin a unit: 千瓦, 千米, 百帕. */
bool units_begin(const void *units, const char *s, const char *end);

/* The unit whose surface ends in front of s, NULL when there is none: 立方米 in 每立方米22微克. */
const struct unit *units_before(const struct units *u, const char *begin, const char *s, size_t *len);

/* Whether the code is one of UCUM's own, neither a currency nor an annotation. */
bool units_physical(const struct unit *x);

#endif
