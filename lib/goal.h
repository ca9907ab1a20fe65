/* goal: goals that are told without a figure: in step with the economy, above the national mean, as handed down by
 * the province, stable, growing at all.
 */
#ifndef GOAL_H
#define GOAL_H

#include <stdbool.h>
#include <stddef.h>

#include "clause.h"
#include "phrase.h"

struct goal {
	size_t mark;            /* the token that tells the relation */
	struct range subjects;  /* what is to stand in it, perhaps several; never empty */
	struct range reference; /* to what; may be empty */
};

/* Looks for a goal in the clause, which has no figure. False when it tells none. */
bool goal_find(const struct tokens *t, const struct words *w, struct range clause, struct goal *goal);

#endif
