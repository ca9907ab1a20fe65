/* fact: a fact, and how it is written. */
#ifndef FACT_H
#define FACT_H

#include <stdbool.h>
#include <stddef.h>

#include "figure.h"
#include "frame.h"
#include "period.h"
#include "phrase.h"
#include "record.h"

struct fact {
	int32_t number;         /* index into the record's numbers; -1 for a goal without a figure */
	uint32_t at;            /* where it stands: of the number or of the relation, in bytes */
	struct subject subject; /* n 0: nothing binds the number, and reason says why */
	struct piece part;      /* the item that the indicator is of, when subject names several at once; else empty */
	struct span indicator;  /* empty when the dictionary has none */
	enum measure measure;
	bool down, target, estimated, stretch;
	struct years_span period;
	uint32_t place;         /* adcode, 0 when unknown */
	enum relation relation;
	struct piece reference, hedge; /* empty when there is none */
	struct span frame;      /* name of the frame, or reason */
};

/* Writes the bound ones of n facts as the JSON array "facts". */
void facts_write(const struct fact *facts, size_t n, struct span text, struct buf *out);

/* Writes for each of n facts of the record a row: doc, seq, start, end, raw, bound or unbound, and the name of the
 * frame or the reason. numbers are those of the record; scratch is for text that was escaped. */
void facts_explain(const struct fact *facts, size_t n, const struct figures *numbers, const struct record *r,
                   struct buf *scratch, struct buf *out);

#endif
