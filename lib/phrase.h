/* phrase: noun phrases among tokens: what stands in front of a figure or behind it, without its verbs, adverbs and
 * times; and the items of a coordination, each with its share of a common head or tail.
 */
#ifndef PHRASE_H
#define PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause.h"
#include "lexicon.h"

/* Bytes of a subject, beyond which words name nothing: what many figures share is written with each of them. */
enum { SUBJECT_PIECES = 3, SUBJECT_MAX = 600 };

/* A stretch of the text, in bytes. */
struct piece {
	uint32_t at, end;
};

/* What is measured: one stretch of the text or several, in their order of reading. */
struct subject {
	struct piece v[SUBJECT_PIECES];
	unsigned n;
	struct span full;    /* of a share of a pair: the word that it stands for (城: 城镇); empty for others */
	unsigned full_piece; /* the piece that begins with the share */
	uint32_t share;      /* its bytes */
};

/* Tokens from up to, not including, to. */
struct range {
	size_t from, to;
};

/* The noun phrase that r ends with, or an empty range. */
struct range phrase_before(const struct tokens *t, struct range r);

/* The same behind a verb. */
struct range phrase_object(const struct tokens *t, struct range r);

/* The noun phrase that r begins with, or an empty range. */
struct range phrase_after(const struct tokens *t, struct range r);

/* Its stretch of text; a name that is quoted as a whole loses its quotes. */
struct piece phrase_piece(const struct tokens *t, struct span text, struct range r);

struct pairs;

/* Reads pairs.tsv, the words that stand for several (城乡: 城 and 乡); the caller frees. */
struct pairs *pairs_load(void);
void pairs_free(struct pairs *p);

/* Writes what s says, its pieces joined; the share of a pair in full: 城 + 居民收入 becomes 城镇居民收入. */
void subject_words(const struct subject *s, struct span text, struct buf *out);

/* Splits the coordination r into exactly n subjects; false when it does not have n items. */
bool phrase_split(const struct tokens *t, const struct words *w, struct span text, const struct pairs *p, struct range r,
                  size_t n, struct subject *out);

/* 6个市级、42个县级项目: adds to s, which is the phrase r, what the figures that follow r share with it. */
void phrase_share_next(const struct tokens *t, struct span text, const struct pairs *p, struct range r,
                       struct subject *s);

/* Whether s is short enough to name something. */
bool subject_names(const struct subject *s);

/* Takes the aspect off the end of p (民营经济增加值 becomes 民营经济); false when it ends with none or is one. */
bool subject_aspect(const struct words *w, struct span text, struct piece *p);

/* How many items r coordinates, at most max. */
size_t phrase_items(const struct tokens *t, struct range r, size_t max);

#endif
