/* bind: binds the numbers of a record to what they measure, and finds the goals that are told without a figure.
 *
 * The walk goes through the tokens once, in the order of reading. For each number, or run of numbers with one verb
 * (64886元、36632元), the frame is looked up, then the subject: the phrase that the frame points to, shared out among
 * the run where it coordinates as many items, or else what was said before in the paragraph.
 */
#ifndef BIND_H
#define BIND_H

#include <stddef.h>

#include "fact.h"
#include "record.h"

/* Dictionaries, the state of the document that is being read, and memory that is used again for each record. */
struct binder;

/* The n files are the user's indicators. The caller frees. */
struct binder *binder_new(char *const *indicators, size_t n);
void binder_free(struct binder *b);

/* Reads the numbers and places of a record while it is checked, self being the binder: to be given to record_each_array, for
 * speed alone. */
record_array binder_array;

/* Reads the numbers and places of r, records in their order. NULL, or why the record is refused. */
const char *binder_read(struct binder *b, const struct record *r);

/* Binds the numbers of the record read last, and tells each of the facts as it is found, in the order of the text. A
 * fact with subject.n 0 is one that was not bound. */
void binder_bind(struct binder *b, fact_each *each, void *self);

#endif
