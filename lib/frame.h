/* frame: the table of constructions (frames.tsv) and the engine that finds which of them a number stands in.
 *
 * A row has a name; "before", classes of words that stand in front of the number, in their order; "what" the number
 * is; "after", what stands behind it; and what all this means: measure, sign, and where the subject stands. In
 * "before" a class may be several joined by | and followed by ? when it may be missing; ~ is any words, as many as will do; ^ is the beginning of the clause. Adverbs, times and words of bound are passed over. In "after", - is the
 * end of the clause, NP a noun phrase, NP+ one even where another figure follows it, + more figures like it, each behind
 * its own word, ~ any words, and else classes. The first row that fits counts.
 */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "clause.h"
#include "phrase.h"

enum where {
	WHERE_BEFORE, /* in front of the matched words, else it is carried over */
	WHERE_GAP,    /* what ~ stands for */
	WHERE_AFTER,  /* behind the number */
	WHERE_WHOLE,  /* all in front of the number */
	WHERE_HEAD,   /* behind the number, with an aspect of it in front */
	WHERE_CARRIED /* said before */
};

enum { MEASURE_INHERITED = MEASURE_N };

struct match {
	struct span name;      /* of the frame */
	int measure;           /* an enum measure, or MEASURE_INHERITED: that of the number before */
	bool down;
	enum where where;
	size_t start;          /* the first token that "before" matched */
	struct range gap;      /* what its ~ matched; empty without one */
	struct range behind;   /* the noun phrase of an NP in "after" */
};

struct frames;

struct frames *frames_load(void);
void frames_free(struct frames *f);

/* The frame of the numbers that stand at tokens at to last, in a clause whose words before them begin at token low and
 * whose words behind them end before token high. False when no row fits. */
bool frames_find(const struct frames *f, const struct tokens *t, size_t low, size_t at, size_t last, size_t high,
                 enum what what, struct match *m);

#endif
