/* number: the numbers of a text, each with its kind, exact value, unit and bound; and what only looks like one,
 * with the rule that refused it. See the number members of the record contract.
 *
 * Words decide: units.tsv (see units.h), names.tsv (words that hold a numeral and are no number), bounds.tsv (近,
 * 以上 …) and cues.tsv (words that let a bare figure or a rank count).
 */
#ifndef NUMBER_H
#define NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

enum number_kind {
	NUMBER_QUANTITY,
	NUMBER_PERCENT,
	NUMBER_POINT,
	NUMBER_RATIO,
	NUMBER_FRACTION,
	NUMBER_MULTIPLE,
	NUMBER_RANK,
	NUMBER_ORDINAL,
	NUMBER_DATE,
	NUMBER_DURATION,
};

enum number_bound { BOUND_NONE, BOUND_GE, BOUND_GT, BOUND_LE, BOUND_LT, BOUND_APPROX };

/* Their names in records. */
extern const struct span number_kinds[], number_bounds[];

/* A stretch of the arena; len 0 where there is nothing. */
struct part {
	size_t at, len;
};

struct number {
	size_t start, end; /* bytes of the text */
	bool taken;
	enum number_kind kind;
	enum number_bound bound;
	struct part value, min, max, per, unit;
	struct span rule; /* the row or pattern that took or refused it; constant */
};

struct numbers;

/* Loads the dictionaries; user names a file of further units, or is NULL. The caller frees. */
struct numbers *numbers_new(const char *user);
void numbers_free(struct numbers *x);

/* Begins on the numbers of text, valid UTF-8, which must stay until the last of them was asked for. With all every
 * numeral of the text is accounted for, taken or refused; without, refused ones may be told or not. */
void numbers_find(struct numbers *x, struct span text, bool all);

/* The next ones, in text order, without overlaps: a list of *n, which is x's and good until the next call; NULL when
 * there are no more. However many a text holds, there are never many at a time. */
const struct number *numbers_more(struct numbers *x, size_t *n);

/* The characters of a part of the numbers told last. So many bytes behind the last of them may be read too. */
enum { NUMBERS_SLACK = 16 };
struct span numbers_part(const struct numbers *x, struct part p);

#endif
