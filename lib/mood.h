/* mood: whether a paragraph plans or looks back, by its words: what is to be done is told in the imperative (加快, 着力,
 * 支持), what was done with what came of it (了, 同比, 竣工). From moods.tsv. Of the paragraphs before it each counts half
 * of the next.
 */
#ifndef MOOD_H
#define MOOD_H

#include <stddef.h>

#include "buf.h"

enum mood { MOOD_NONE, MOOD_PLAN, MOOD_PAST };

struct moods;

/* How many words of either mood were read, in units of MOOD_UNIT; zeroed at the beginning of a document. */
struct mood_count {
	size_t plan, past;
};
enum { MOOD_UNIT = 4 };

/* Reads the dictionary; the caller frees. */
struct moods *moods_load(void);
void moods_free(struct moods *m);

/* The mood of text, valid UTF-8, and of what was read before it; MOOD_NONE when their words do not decide. */
enum mood moods_read(const struct moods *m, struct mood_count *count, struct span text);

#endif
