/* fact: binds the numbers of a record to what they measure, and finds the goals that are told without a figure.
 *
 * The walk goes through the tokens once, in the order of reading. For each number, or run of numbers with one verb
 * (64886元、36632元), the frame is looked up, then the subject: the phrase that the frame points to, shared out among
 * the run where it coordinates as many items, or else what was said before in the paragraph.
 */
#ifndef FACT_H
#define FACT_H

#include <stdbool.h>
#include <stddef.h>

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

/* Dictionaries, the state of the document that is being read, and memory that is used again for each record. */
struct binder;

/* The n files are the user's indicators. The caller frees. */
struct binder *binder_new(char *const *indicators, size_t n);
void binder_free(struct binder *b);

/* Binds the numbers of r, records in their order. NULL, and the facts in *facts, n of them, in the order of the
 * text, good until the next call; or else why the record is refused. A fact with subject.n 0 is one that was not
 * bound. */
const char *binder_bind(struct binder *b, const struct record *r, const struct fact **facts, size_t *n);

/* Writes the bound ones of n facts as the JSON array "facts". */
void facts_write(const struct fact *facts, size_t n, struct span text, struct buf *out);

/* Writes for each number of the record bound last, and each goal, a row: doc, seq, start, end, raw, bound or unbound,
 * and the name of the frame or the reason. r is that record. */
void facts_explain(const struct binder *b, const struct record *r, struct buf *scratch, struct buf *out);

#endif
