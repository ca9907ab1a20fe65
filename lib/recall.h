/* recall: names that a document has introduced, to know them again where they stand without quotation marks; those of
 * a text in the texts behind it.
 * A zeroed struct holds none; the holder frees it with recall_free.
 */
#ifndef RECALL_H
#define RECALL_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"

enum { RECALL_NAMES = 512, RECALL_SLOTS = 1024, RECALL_BITS = 32 * RECALL_NAMES };

struct recall {
	struct buf text; /* the names, end to end */
	struct {
		size_t at, len;
		int type;
	} names[RECALL_NAMES];
	uint16_t slots[RECALL_SLOTS]; /* 1 + the name, by the hash of its first six bytes; 0 for none */
	uint64_t begins[RECALL_BITS / 64];
	size_t count, known; /* names, and those of them that are looked for */
};

/* Forgets all names. */
void recall_clear(struct recall *r);
void recall_free(struct recall *r);

/* Keeps a name of at least six bytes with a type of the caller's; one that is there keeps its type, and when
 * RECALL_NAMES are there, no more are taken. It is not looked for before recall_text. */
void recall_add(struct recall *r, struct span name, int type);

/* Begins a text: the names that were added so far are looked for in it. */
static inline void recall_text(struct recall *r)
{
	r->known = r->count;
}

/* The first name that begins at or after s and ends at or before end: where, with its length and type; the longest of
 * those that begin there. NULL when there is none. s must be the start of a character of valid UTF-8. */
const char *recall_search(const struct recall *r, const char *s, const char *end, size_t *len, int *type);

#endif
