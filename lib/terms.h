/* terms: a list of words to be counted, from a TSV file with the column term and, if it likes, category. */
#ifndef TERMS_H
#define TERMS_H

#include <stddef.h>

#include "buf.h"
#include "lexicon.h"
#include "tsv.h"

struct term {
	struct span word;
	size_t category; /* index into categories */
};

struct terms {
	struct span name; /* the file's name without folder and suffix */
	struct tsv file;
	struct lexicon *lexicon;
	struct term *terms;
	struct span *categories; /* in the order of the file; the empty one for terms without */
	size_t n, cap, categories_n, categories_cap;
};

/* Reads the list; path must outlive it. An unreadable file ends the program with RC_SYSTEM, a malformed one, one
 * without terms and one that has a term twice with RC_USAGE. */
void terms_open(struct terms *t, const char *path);
void terms_close(struct terms *t);

/* Adds to counts, which has a place for each term, how often it occurs in text, which is valid UTF-8: from left to
 * right the longest term that begins at a place, and on behind its end. */
void terms_count(const struct terms *t, struct span text, size_t *counts);

#endif
