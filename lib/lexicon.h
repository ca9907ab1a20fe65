/* lexicon: many words at once; which is the longest that begins here?
 *
 * Words are valid UTF-8 and never empty; each has a value that the caller chooses. After lexicon_build the
 * lexicon is read only. Looking at a place where no word begins costs a load and a test or two.
 */
#ifndef LEXICON_H
#define LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

struct lexicon;

enum { LEXICON_NONE = -1 };

/* An empty lexicon; the caller frees it with lexicon_free. */
struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *x);

/* Adds a word; the value, 0 to INT32_MAX, of a word that is there already is replaced, and returned,
 * LEXICON_NONE when there is none. The word is copied; one without a byte is passed over. */
int32_t lexicon_add(struct lexicon *x, struct span word, int32_t value);

/* The same for a word that may be there already and then keeps its value. Returns the value that it has now. */
int32_t lexicon_enter(struct lexicon *x, struct span word, int32_t value);

/* Makes room for about so many words more, which spares growing on the way. */
void lexicon_reserve(struct lexicon *x, size_t words);

/* The value of a word that was added, LEXICON_NONE when it was not; also before lexicon_build. */
int32_t lexicon_value(const struct lexicon *x, struct span word);

/* To be called once, after the last lexicon_add. */
void lexicon_build(struct lexicon *x);

/* The longest word that begins at s and ends at or before end, in bytes, and its value; 0 and LEXICON_NONE when
 * none does. s must be the start of a character of valid UTF-8. */
size_t lexicon_longest(const struct lexicon *x, const char *s, const char *end, int32_t *value);

/* The first place at or after s where a word begins, with the length and the value of the longest one there; NULL
 * when there is none before end. */
const char *lexicon_search(const struct lexicon *x, const char *s, const char *end, size_t *len, int32_t *value);

/* The same as lexicon_longest for the longest word that ends in front of s and begins at or after begin: for
 * lexicons whose words were added with lexicon_add_reversed. */
size_t lexicon_longest_before(const struct lexicon *x, const char *begin, const char *s, int32_t *value);
void lexicon_add_reversed(struct lexicon *x, struct span word, int32_t value);

/* Every word that begins at s, shortest first: calls again with *state as left, which begins as zeroes. Returns
 * the length in bytes, 0 when there is no further one. */
struct lexicon_state {
	const struct lexicon_node *node;
	size_t len;
	bool ended;
};
size_t lexicon_next(const struct lexicon *x, const char *s, const char *end, struct lexicon_state *state,
                    int32_t *value);

#endif
