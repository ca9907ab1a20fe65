/* indicator: the dictionary of statistical indicators (indicators.tsv): which of them a phrase names.
 *
 * A row has an id, a name with variants, and context variants, words that name it only where unit and measure fit.
 * A variant may hold one "…" for words in between. What stands around a variant in the phrase must be one of the
 * affixes of affixes.tsv (全社会, 累计 …; 总量, 增速 …): 集成电路产业规上工业总产值 is not 规上工业总产值.
 */
#ifndef INDICATOR_H
#define INDICATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

struct indicators;

/* What a number is, as far as units and frames ask. */
enum what {
	WHAT_PERCENT, WHAT_POINT, WHAT_MONEY, WHAT_COUNT, WHAT_AMOUNT, WHAT_BARE, WHAT_RATIO, WHAT_FRACTION,
	WHAT_MULTIPLE, WHAT_RANK,
	WHAT_N
};

enum measure {
	MEASURE_LEVEL, MEASURE_GROWTH, MEASURE_CHANGE, MEASURE_SHARE, MEASURE_RANK, MEASURE_COUNT, MEASURE_FROM,
	MEASURE_N
};
extern const char *const measure_names[MEASURE_N];

/* Reads the suite's own rows, then those of the n files of the user, whose rows replace ones of the same id. The
 * caller frees. */
struct indicators *indicators_load(char *const *extra, size_t n);
void indicators_free(struct indicators *x);

/* The id of the row that phrase names in full, given what the number is and measures; empty when there is none.
 * The span lives as long as x. */
struct span indicators_find(const struct indicators *x, struct span phrase, enum what what, enum measure measure);

/* Whether the dictionary expects that row, of which id is what indicators_find told, to be told by its growth alone. */
bool indicators_grows(const struct indicators *x, struct span id);

/* Walks over all names and variants without "…", context variants left out: *at begins as 0; false at the end. */
bool indicators_name(const struct indicators *x, size_t *at, struct span *name);

#endif
