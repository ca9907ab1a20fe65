/* figure: the numbers of a record, read back from its member "numbers". */
#ifndef FIGURE_H
#define FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

enum figure_kind {
	KIND_QUANTITY, KIND_PERCENT, KIND_POINT, KIND_RATIO, KIND_FRACTION, KIND_MULTIPLE, KIND_RANK, KIND_ORDINAL,
	KIND_DATE, KIND_DURATION,
	KIND_COUNT
};

struct figure {
	uint32_t at, end; /* bytes of the text */
	enum figure_kind kind;
	struct span value, unit, bound; /* JSON strings without their quotes; empty where absent */
};

struct figures {
	struct figure *v;
	size_t n, room;
};

/* Reads the array (a good JSON value, or p NULL for none) into out, in the order given; text is the record's.
 * False, when it is no array of objects with start, end, raw and a kind of the contract, in order and not
 * overlapping, with start and end inside the text: then *why says so. */
bool figures_read(struct span array, struct span text, struct figures *out, const char **why);
void figures_free(struct figures *n);

#endif
