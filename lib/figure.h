/* figure: the numbers and the places of a record, read back from its members "numbers" and "entities". */
#ifndef FIGURE_H
#define FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "indicator.h"

enum figure_kind {
	KIND_QUANTITY, KIND_PERCENT, KIND_POINT, KIND_RATIO, KIND_FRACTION, KIND_MULTIPLE, KIND_RANK, KIND_ORDINAL,
	KIND_DATE, KIND_DURATION,
	KIND_COUNT
};

struct figure {
	uint32_t at, end;     /* bytes of the text */
	uint32_t first, past; /* code points of it */
	bool named;           /* part of a name (三年 in 国企改革三年行动), and no figure */
	enum figure_kind kind;
	enum what what;    /* by kind and unit */
	struct span value; /* the JSON string without its quotes; empty where absent */
};

struct figures {
	struct figure *v;
	size_t n, room;
	const char *passed; /* the array that figures_pass has read; NULL when it was none */
};

/* Reads the array that begins at s, if it is written as extract-numbers writes it: behind its end, and then it is good JSON, if
 * it is UTF-8; else NULL. To be called for the array of each record, before figures_read, as record_array. */
const char *figures_pass(struct figures *out, const char *s, const char *end);

/* Reads the array (a good JSON value, or p NULL for none) into out, in the order given; text is the record's.
 * False, when it is no array of objects with start, end, raw and a kind of the contract, in order and not
 * overlapping, with start and end inside the text: then *why says so. */
bool figures_read(struct span array, struct span text, struct figures *out, const char **why);
void figures_free(struct figures *n);

/* An entity of type place that has a code. */
struct place_mark {
	uint32_t at, end; /* bytes of the text */
	uint32_t code;
};

struct places {
	struct place_mark *v;
	size_t n, room;
	const char *passed;
};

/* The same for the array "entities": its places, of which those count that have a code of six digits. What else is a
 * name makes named of the numbers that lie in it. */
const char *places_pass(struct places *out, const char *s, const char *end);
bool places_read(struct span array, struct span text, struct figures *numbers, struct places *out, const char **why);
void places_free(struct places *p);

#endif
