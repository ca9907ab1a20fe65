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

/* What is done with a fact, in the order of the text; numbers are those of the record. */
typedef void fact_each(void *self, const struct fact *f, const struct figures *numbers);

/* Facts that are written as the JSON array "facts": facts_begin, facts_put as fact_each, facts_end. Only bound ones are. */
struct facts {
	struct span text;
	bool plain; /* its characters can stand in JSON as they are */
	struct points points[SUBJECT_PIECES]; /* first pieces lie near one another, and far from second ones */
	struct buf *out;
	bool any;
};
void facts_begin(struct facts *w, const struct record *r, struct buf *out);
fact_each facts_put;
void facts_end(struct facts *w);

/* Facts that are explained, a row each: doc, seq, start, end, raw, bound or unbound, and the name of the frame or the
 * reason. scratch is for a name of the document that was escaped, and must stay as long. */
struct fact_rows {
	const struct record *record;
	struct span doc;
	struct points points;
	struct buf *out;
};
void fact_rows_begin(struct fact_rows *w, const struct record *r, struct buf *scratch, struct buf *out);
fact_each fact_rows_put;

#endif
