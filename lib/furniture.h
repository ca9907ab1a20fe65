/* furniture: what a page puts around a text: navigation, share buttons, page numbers, jump lines, notices.
 *
 * Rules are rows of lib/dict/furniture.tsv, and each is anchored: it names a whole line, or a marked token at a line's
 * beginning or end, never something inside a sentence. */
#ifndef FURNITURE_H
#define FURNITURE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

struct furniture;

/* A token at a line's beginning or end has no more bytes. */
enum { FURNITURE_TOKEN = 120 };

/* Where in its document a line stands. */
struct furniture_place {
	bool started; /* a sentence of the document came before */
	bool cut;     /* the sentence before is not finished */
	bool edge;    /* a page ended before or behind it */
	bool tail;    /* what is at the page's end has begun */
};

/* Reads the rules at path (see tsv.h for what happens when they are bad). The caller frees. */
struct furniture *furniture_new(const char *path);
void furniture_free(struct furniture *f);

/* Whether some rule of whole lines may name this line, which is not folded: cheap, and false for most. */
bool furniture_may_be(const struct furniture *f, struct span line);

/* Whether a token may stand at the beginning or the end of this line, which is not folded: as cheap. */
bool furniture_may_start(const struct furniture *f, struct span line);
bool furniture_may_end(const struct furniture *f, struct span line);

/* The name of the rule by which a whole line, folded as fold.h does it, is furniture; NULL when it is none. */
const char *furniture_line(const struct furniture *f, struct span line, struct furniture_place *place);

/* The length in bytes of the furniture with which the line, not folded and without white space around it, begins or
 * ends, and the rule's name; 0 and NULL when there is none. */
size_t furniture_start(const struct furniture *f, struct span line, const char **rule);
size_t furniture_end(const struct furniture *f, struct span line, const char **rule);

#endif
