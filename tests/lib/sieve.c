/* sieve: no place where a word begins is lost, wherever a list of places ends; few others pass; and a word that begins
 * with no two Chinese characters lets pass where none stand, a single character lets all pass. */
#include <stdio.h>

#include "sieve.h"
#include "utf8.h"

static const char *const words[] = {"云水县", "溪岫", "我市", "各位代表", "a7", "县7"};
static size_t count = 4; /* of them that were added */
static const char *const pieces[] = {"云", "水", "县", "溪", "岫", "我", "市", "各", "位", "代", "表", "，", "a", "7", "é", "𠀀", " "};

static int begins_word(const char *s, const char *end)
{
	for (size_t w = 0; w < count; w++)
		if ((size_t)(end - s) >= strlen(words[w]) && memcmp(s, words[w], strlen(words[w])) == 0)
			return 1;
	return 0;
}

/* Looks at all places of the text; -1 when one is lost, else how many passed. */
static int sift(const struct sieve *v, const char *s, const char *end, size_t room)
{
	const char *places[16], *at = s;
	int passed = 0;

	while (s < end) {
		size_t n = sieve_places(v, s, end, places, room, &s);
		for (size_t i = 0; i < n; i++, passed++) {
			for (; at < places[i]; at += utf8_len(*at))
				if (begins_word(at, end))
					return -1;
			at = places[i] + utf8_len(*places[i]);
		}
	}
	for (; at < end; at += utf8_len(*at))
		if (begins_word(at, end))
			return -1;
	return passed;
}

/* Random texts; divisor says what part of their characters may pass that need not. */
static int rounds(struct sieve *v, size_t divisor)
{
	unsigned seed = 1;

	for (int round = 0; round < 2000; round++) {
		char text[400];
		size_t len = 0, characters = 0;
		for (; len < sizeof text - 4 && characters < (unsigned)round % 80; characters++) {
			seed = seed * 1103515245u + 12345u;
			const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
			memcpy(text + len, piece, strlen(piece));
			len += strlen(piece);
		}
		v->open = round % 5 == 0;
		int passed = sift(v, text, text + len, 1 + (unsigned)round % 16);
		if (passed < 0 || (v->open && (size_t)passed != characters) || (!v->open && (size_t)passed > 10 + characters / divisor)) {
			fprintf(stderr, "sieve: round %d: %d of %zu places pass\n", round, passed, characters);
			return 1;
		}
	}
	v->open = false;
	return 0;
}

int main(void)
{
	static struct sieve v;

	for (size_t w = 0; w < count; w++)
		sieve_add(&v, span_of(words[w]));
	if (rounds(&v, 4))
		return 1;
	for (; count < sizeof words / sizeof *words; count++)
		sieve_add(&v, span_of(words[count]));
	if (rounds(&v, 1))
		return 1;
	sieve_add(&v, span_of("区"));
	return !v.open;
}
