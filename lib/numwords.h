/* numwords: the words around a numeral that decide what it is: names that hold a numeral and are no number, words
 * that bound a number (近, 以上 …) and words that say what a bare figure is. Read from number-names.tsv, bounds.tsv
 * and cues.tsv; all of them are the suite's own.
 *
 * Texts are valid UTF-8; begin and end are the limits of what may be looked at.
 */
#ifndef NUMWORDS_H
#define NUMWORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "number.h"

struct numwords;

/* Loads the dictionaries. The caller frees. */
struct numwords *numwords_new(void);
void numwords_free(struct numwords *w);

/* The longest name that holds the numeral at s, with its first numeral there: how many bytes of it stand from s
 * on, 0 when there is none. front is the character in front of s (0 at the beginning); *name gets the row's word, and
 * *before how many bytes of it stand in front of s. */
size_t numwords_name(const struct numwords *w, const char *begin, const char *s, const char *end, uint32_t front,
                     struct span *name, size_t *before);

/* The bound that the word in front of s says, and the word's length. lone: the number is a multiplier without a
 * digit, as in 上百家. */
enum number_bound numwords_bound_before(const struct numwords *w, const char *begin, const char *s, bool lone,
                                        size_t *len);

/* The bound that the word at s says, and the word's length. small: the number in front is a percentage or a time of
 * less than a month, as in 3天内. */
enum number_bound numwords_bound_behind(const struct numwords *w, const char *s, const char *end, bool small,
                                        size_t *len);

enum numwords_cue {
	CUE_VALUE,  /* in front: a bare figure counts */
	CUE_RANK,   /* in front: 第一 is a rank whatever follows */
	CUE_RATIO,  /* somewhere in front in the clause: a bare figure is a ratio */
	CUE_SIGNED, /* in front: a hyphen is a minus */
	CUE_LASTED, /* in front: 近三年 is nearly three years, not the last three */
	CUE_FROM,   /* in front: a bare figure with CUE_CHANGE behind it is a starting value */
	CUE_CHANGE, /* behind */
	CUE_ORDER,  /* somewhere in front in the clause: 369位 is a rank */
	CUE_STEP,   /* in front: 3位 is how many places something moved */
	CUE_END,    /* behind: the phrase ends here */
	CUES,
};

/* The cues of the longest word that ends in front of s, or that begins at s: a bit each. */
uint32_t numwords_cues_before(const struct numwords *w, const char *begin, const char *s);
uint32_t numwords_cues_behind(const struct numwords *w, const char *s, const char *end);

#endif
