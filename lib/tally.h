/* tally: how often words of lists occur in documents, in parts or in sections of them, as a table. */
#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "part.h"
#include "record.h"
#include "terms.h"

enum tally_by { TALLY_DOCUMENT, TALLY_PART, TALLY_SECTION, TALLY_BYS };

/* Their names, by enum tally_by. */
extern const char *const tally_names[TALLY_BYS];

/* What rows speak of: the document, one of its parts or one of its sections. */
struct tally_unit {
	bool seen;
	size_t characters, han, words;
	bool wordless; /* some record does not say how many words it has */
	size_t *counts; /* of the terms of all lists, one list after the other */
};

struct tally {
	enum tally_by by;
	bool each; /* a row for each term that occurs, not one for each category */
	struct terms *lists; /* not owned */
	size_t lists_n, terms_n;
	struct tally_unit units[PART_NONE]; /* by part; else the first alone */
	struct buf doc, place, adcode, year; /* of the document that is being counted; year as written */
	struct buf seq, section;             /* of the section that is being counted */
	struct buf scratch;
};

/* A zeroed t with by, each and the lists set becomes ready. */
void tally_open(struct tally *t);
void tally_close(struct tally *t);

/* The line of column names. */
void tally_header(const struct tally *t, struct buf *out);

/* Counts the record; writes the rows of what it is the first record behind. NULL, or why the record is refused. */
const char *tally_record(struct tally *t, const struct record *r, struct buf *out);

/* Writes the rows of what was counted last. */
void tally_end(struct tally *t, struct buf *out);

#endif
