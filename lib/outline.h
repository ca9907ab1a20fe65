/* outline: the headings, paragraphs and notes of one document. */
#ifndef OUTLINE_H
#define OUTLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "cut.h"
#include "glossary.h"
#include "part.h"

enum unit_type { UNIT_PARAGRAPH, UNIT_HEADING, UNIT_NOTE };

struct unit {
	enum unit_type type;
	enum part part;
	unsigned level; /* of a heading, 1 outermost */
	struct span label, text, term; /* empty where there is none; they point into the lines */
	size_t first_ref, refs;        /* the footnote markers in text */
};

struct outline;

/* Loads the dictionaries; the caller frees with outline_free. The gazetteer must live as long. */
struct outline *outline_new(const struct gazetteer *g);
void outline_free(struct outline *o);

/* What goes on from one piece of a document to the next: zeroed at its beginning. */
struct outline_state {
	unsigned year; /* of the report, 0 if nobody knows */
	bool report;  /* a government work report; what else has no parts */
	bool headless; /* it begins without a head, somewhere within a report */
	enum part section, part; /* of the section that is open, and of its subsection */
	unsigned level;
};

/* The signs of a text that a heading or a turn may stand behind, by their places in all of it, in order; zeroed there are none.
 * The holder frees at. */
struct signs {
	size_t *at, count, room;
	size_t first;   /* those in front of it are done with */
	size_t dropped; /* bytes of the text that are held no more */
};

/* Adds those of the n that utf8_marks_signs has found in the len bytes at place from of the text that is held. It need not be
 * valid. */
void outline_sift(const struct outline *o, const char *text, size_t from, size_t len, const size_t *found, size_t n,
                  struct signs *signs);

/* Drops the first n bytes of the text that is held. */
void signs_drop(struct signs *signs, size_t n);

/* Joins headings that a narrow column broke in front of their predicates, in the lines' own bytes; returns how many lines
 * there are now. The bytes of lines must be the caller's to change, and lie in the order of the lines. */
size_t outline_mend(const struct outline *o, struct span *lines, size_t n);

/* Finds the units in n lines of the text that is held, none of them empty, valid UTF-8 without spaces at their ends; the result is good
 * until the next call. signs are those of the text, last says that the document ends with these lines. */
const struct unit *outline_read(struct outline *o, struct outline_state *state, const struct span *lines, size_t n,
                                const char *text, const struct signs *signs, bool last, size_t *count);

/* The markers of a unit, in order, after outline_read; NULL when it has none. */
const struct glossary_ref *outline_refs(const struct outline *o, const struct unit *u);

#endif
