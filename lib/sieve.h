/* sieve: the places of a text where one of many words may begin, found for several lexicons in one quick pass.
 *
 * It knows the words by hashes of the two Chinese characters that they begin with, so that it lets some places pass where
 * none does. Once a word was added that begins otherwise, it lets pass all places where no two stand; one of a single
 * character lets all pass.
 */
#ifndef SIEVE_H
#define SIEVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

enum { SIEVE_BITS = 17 };

/* A zeroed one holds no words. */
struct sieve {
	uint64_t bits[((size_t)1 << SIEVE_BITS) / 64];
	bool open;   /* all places pass, */
	bool others; /* or all where no two Chinese characters stand */
};

/* Adds a word, which is valid UTF-8 and not empty. */
void sieve_add(struct sieve *v, struct span word);

/* Writes the places from s on, at most room, to places; returns how many, and in *next where to go on: end at last. */
size_t sieve_places(const struct sieve *v, const char *s, const char *end, const char **places, size_t room,
                    const char **next);

#endif
