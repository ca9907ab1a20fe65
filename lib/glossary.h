/* glossary: the notes behind a report (名词解释), and the footnote markers in it that belong to them.
 *
 * A marker is a number that stands in the text without any sign (“两业融合”1试点): it is known by the note of that number,
 * whose term stands in front of it or around it. In “PCT申请1130件” with a note 11 on PCT申请, 11 is the marker and 30 the
 * figure.
 */
#ifndef GLOSSARY_H
#define GLOSSARY_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "label.h"

/* Reads a label that only footnotes have: [1] 〔1〕 【1】 [注1] 注1： . Style is LABEL_NONE. */
bool glossary_label(const char *s, const char *end, struct label *label);

/* The term that a note, without its label, explains: what stands before the first 。 ： 是指 指 or 即. Without the quotes
 * that enclose it as a whole; empty when there is none. */
struct span glossary_term(struct span text);

struct glossary_note {
	unsigned number;
	bool bracketed; /* its label, and so its marker, is no bare number: [1] or ① */
	struct span label, term;
};

struct glossary_ref {
	const char *at; /* the marker */
	size_t len;
	struct span label; /* of the note */
};

struct glossary;

struct glossary *glossary_new(void);
void glossary_free(struct glossary *g);

/* Forgets all notes. */
void glossary_clear(struct glossary *g);

/* Adds a note; its spans must live until glossary_clear. */
void glossary_add(struct glossary *g, const struct glossary_note *note);

/* Finds the markers in text, in order; each note has one marker in all texts of a document. refs is good until the
 * next call. Returns their number. */
size_t glossary_find(struct glossary *g, struct span text, const struct glossary_ref **refs);

#endif
