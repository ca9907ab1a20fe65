/* brat: records as one document of brat's standoff format, text in one stream and annotations in another.
 *
 * The text has a line for each record: label and term, if it has them, and its text, in which control characters are
 * blanks. Offsets of annotations count code points of that stream from its beginning.
 */
#ifndef BRAT_H
#define BRAT_H

#include <stddef.h>

#include "annotations.h"
#include "buf.h"
#include "record.h"

/* annotation.conf for a collection of such documents. */
extern const char brat_conf[];

struct brat {
	struct annotations found;
	size_t *ids; /* T of the numbers of the record, 0 for none */
	size_t ids_cap;
	size_t offset;             /* code points written so far */
	size_t spans, facts, notes, references; /* ids given so far */
	struct buf scratch;
};

void brat_free(struct brat *b);

/* Writes the record's line of text; and its annotations. Each stream needs all records from the first on, with a b
 * of its own that was zeroed. NULL, or why the record is refused, which is so in both streams alike. */
const char *brat_text(struct brat *b, const struct record *r, struct buf *out);
const char *brat_annotations(struct brat *b, const struct record *r, struct buf *out);

#endif
