/* decimal: exact decimals as text, of any length.
 *
 * A mantissa is ASCII digits with at most one '.', which has a digit on either side of it. Its value is taken times
 * ten to the power of exp. Nothing here rounds, and nothing passes through binary floating point.
 */
#ifndef DECIMAL_H
#define DECIMAL_H

#include <stddef.h>

#include "buf.h"

struct decimal {
	struct span mantissa; /* not owned */
	size_t exp;
};

/* Writes the value in its shortest form: no leading zeros but the one before the point, none behind the last digit
 * of a fraction ("0.150" is 0.15, 1.2 with exp 4 is 12000). Linear in what it writes. */
void decimal_put(struct buf *out, struct decimal d);

/* Less than, equal to or greater than 0, as a is less than, equal to or greater than b. */
int decimal_compare(struct decimal a, struct decimal b);

#endif
