/* candidates: finds the next of a few characters in UTF-8 text, fast. What a scanner looks for is rare in a report
 * (digits, Chinese numerals, quotation marks); this turns the rest away, on processors with AVX2 by 32 bytes at a
 * time. All sets work on all processors, and give the same answers.
 */
#ifndef CANDIDATES_H
#define CANDIDATES_H

#include <stdbool.h>
#include <stdint.h>

struct candidates {
	uint64_t set[0x10000 / 64];     /* the characters, which all lie below U+10000 */
	unsigned char low[6][16];       /* for bytes 0, 1, 2 of characters of three bytes, twice eight classes of them: */
	unsigned char high[6][16];      /* the classes that have such a low, and such a high half byte there */
	uint32_t classes[16];           /* the first two bytes and a half of the characters of each class */
	unsigned class_count;
	bool fast;
};

/* Adds a character to a set, which begins zeroed: an ASCII digit, ", or one of three bytes below U+10000. */
void candidates_add(struct candidates *c, uint32_t character);

/* What a search has seen ahead: the 32 bytes in front of end, and a bit for each that may begin a candidate. */
struct candidates_block {
	const char *end;
	uint32_t hits;
};

/* Before the first candidates_next of a text, which begins at begin. */
static inline struct candidates_block candidates_begin(const char *begin)
{
	return (struct candidates_block){begin, 0};
}

/* The first character of the set at or behind s, or end. s is the start of a character of valid UTF-8, and lies
 * behind the candidate found last. */
const char *candidates_next(const struct candidates *c, struct candidates_block *b, const char *s, const char *end);

/* The same without vector instructions. */
const char *candidates_next_plain(const struct candidates *c, const char *s, const char *end);

static inline bool candidates_has(const struct candidates *c, uint32_t character)
{
	return character < 0x10000 && c->set[character >> 6] >> (character & 63) & 1;
}

#endif
