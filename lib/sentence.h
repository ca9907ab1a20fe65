/* sentence: the sentence that a place of the text stands in.
 *
 * A sentence ends behind 。 ！ ？ ! ? (several in a row are one end) with the closing quotes and brackets that
 * follow, and at a line break; it does not end where the words go on behind such a closing mark, with ， 、 ； ：
 * or 的, as in “加油！”的呼声. White space between sentences belongs to none. The marks count wherever they stand: a
 * quotation of several sentences is several.
 */
#ifndef SENTENCE_H
#define SENTENCE_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"

struct sentence {
	uint32_t start, end;       /* in bytes of the text; end is behind the last byte */
	uint32_t point, point_end; /* the same in code points */
};

/* The sentences of one text, in order. A zeroed struct is empty and ready; the holder frees it. */
struct sentences {
	struct sentence *s;
	size_t count, cap;
};

/* Splits text, which must be valid UTF-8, and replaces what was in ss. Linear in the length of text. A text of more
 * than 4 GB ends the program: so small are sentences kept, as there can be one for every other byte. */
void sentences_split(struct sentences *ss, struct span text);
void sentences_free(struct sentences *ss);

/* The first sentence of text alone; empty when there is none. */
struct span sentence_first(struct span text);

/* The sentence that holds code point number point, or byte number byte, of the text: else, between sentences,
 * the one that follows; else the last one. NULL when there is none at all. */
const struct sentence *sentence_at_point(const struct sentences *ss, size_t point);
const struct sentence *sentence_at_byte(const struct sentences *ss, size_t byte);

#endif
