/* fold: the characters of a paragraph in their one canonical form.
 *
 * Compatibility characters become what NFKC and lib/dict/fold.tsv say; punctuation becomes Chinese in Chinese text and
 * ASCII in numbers and Latin words; straight quotes are paired; spaces stay only where Latin text needs them;
 * characters that show nothing go, and are counted. normalize(1) describes all of it. Folding what was folded
 * changes nothing.
 *
 * A paragraph comes in stretches of any length. Memory is that of the text that fold_text holds, which the caller
 * may take out as it grows.
 */
#ifndef FOLD_H
#define FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

struct fold;

/* Reads the table at path (see tsv.h for what happens when it is bad). The caller frees. */
struct fold *fold_new(const char *path);
void fold_free(struct fold *f);

/* Another paragraph to fold with the same table; f must outlive it. */
struct fold *fold_beside(const struct fold *f);

/* Whether c is white space or shows nothing at all. */
bool fold_blank(const struct fold *f, uint32_t c);

/* The character that c becomes wherever it stands, the first one if it becomes several, and ASCII for full-width ASCII. */
uint32_t fold_form(const struct fold *f, uint32_t c);

/* Whether white space between the characters a and b never stays: Chinese stands on one side. */
bool fold_closes(const struct fold *f, uint32_t a, uint32_t b);

/* Counts what shows nothing in a text that is left out. */
void fold_count(struct fold *f, struct span text);

/* Folds the next stretch of the paragraph: valid UTF-8 without line breaks. Returns how much of it was used: all of it
 * with last, which ends the paragraph; else what is left, usually nothing, is undecided and must be handed in again
 * in front of what follows. */
size_t fold_feed(struct fold *f, struct span text, bool last);

/* What is fed after fold_try is on trial until fold_keep lets it stand or fold_back takes it back, also when it ended
 * the paragraph. */
void fold_try(struct fold *f);
void fold_keep(struct fold *f);
void fold_back(struct fold *f);

/* What became of the paragraph so far. The holder may read it and, once the paragraph has ended, must clear it. */
struct buf *fold_text(struct fold *f);

/* Moves most of the unfinished paragraph's text to the end of out. */
void fold_spill(struct fold *f, struct buf *out);

/* The characters that were taken out: calls each with the code point and how often, in the order of code points. */
void fold_taken(const struct fold *f, void (*each)(void *self, uint32_t c, uint64_t times), void *self);

/* For tests: with plain, the portable scanner is used even where the processor has a faster one. */
void fold_plain(struct fold *f, bool plain);

#endif
