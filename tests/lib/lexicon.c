/* lexicon: the longest word at a place, forwards and backwards, however many words there are. */
#include <stdio.h>
#include <stdlib.h>

#include "lexicon.h"
#include "utf8.h"

static int failed;

static void is(const char *what, long got, long want)
{
	if (got == want)
		return;
	fprintf(stderr, "lexicon: %s: got %ld, expected %ld\n", what, got, want);
	failed = 1;
}

/* The longest of n words at s, found by trying each. */
static size_t slowly(char (*words)[16], size_t n, const char *s, const char *end, int32_t *value)
{
	size_t best = 0;

	*value = LEXICON_NONE;
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(words[i]);
		if (len >= best && len <= (size_t)(end - s) && memcmp(words[i], s, len) == 0) {
			best = len;
			*value = (int32_t)i;
		}
	}
	return best;
}

/* Many short random words over few characters, against the plain way. */
static void many(void)
{
	static const uint32_t letters[] = {'a', 0xe9, 0x4e00, 0x5b81, 0x6ce2, 0x14e00, 0x20000};
	static char words[3000][16];
	char text[4000];
	size_t len = 0;
	struct lexicon *x = lexicon_new();

	srand(1);
	for (size_t i = 0; i < 3000; i++) {
		size_t n = 0;
		for (int k = 1 + rand() % 3; k; k--)
			n += utf8_encode(letters[rand() % 7], words[i] + n);
		lexicon_add(x, span_of(words[i]), (int32_t)i);
	}
	lexicon_build(x);
	while (len < sizeof text - 4)
		len += utf8_encode(letters[rand() % 7], text + len);
	for (size_t i = 0; i < len; i += utf8_len(text[i])) {
		int32_t got, want, found;
		size_t n = lexicon_longest(x, text + i, text + len, &got), m, at;
		const char *hit = lexicon_search(x, text + i, text + len, &at, &found);
		m = slowly(words, 3000, text + i, text + len, &want);
		if (n != m || got != want || (n && (hit != text + i || at != n || found != got)) ||
		    (!n && hit == text + i)) {
			is("a word among many", (long)n, (long)m);
			break;
		}
	}
	lexicon_free(x);
}

int main(void)
{
	struct lexicon *x = lexicon_new();
	struct lexicon_state state = {0};
	const char *s = "在宁波市北仑区", *end = s + strlen(s), *at;
	int32_t value;
	size_t len;

	is("an empty lexicon", (long)lexicon_longest(x, s, end, &value), 0);
	lexicon_add(x, span_of("宁波"), 1);
	lexicon_add(x, span_of("宁波市"), 7);
	lexicon_add(x, span_of("宁波市"), 2);
	lexicon_add(x, span_of("宁波市江北"), 3);
	lexicon_add(x, span_of("区"), 4);
	lexicon_build(x);
	is("nothing here", (long)lexicon_longest(x, s, end, &value), 0);
	is("its value", value, LEXICON_NONE);
	is("the longest", (long)lexicon_longest(x, s + 3, end, &value), 9);
	is("the value given last", value, 2);
	is("within the end", (long)lexicon_longest(x, s + 3, s + 9, &value), 6);
	is("at the end", (long)lexicon_longest(x, end, end, &value), 0);
	at = lexicon_search(x, s, end, &len, &value);
	is("the first place", at - s, 3);
	at = lexicon_search(x, at + len, end, &len, &value);
	is("the next place, one character", at - s, 18);
	is("no further place", lexicon_search(x, at + len, end, &len, &value) == NULL, 1);
	is("a word asked for", lexicon_value(x, span_of("宁波")), 1);
	is("no word but the begin of one", lexicon_value(x, span_of("宁波市江")), LEXICON_NONE);
	is("shortest first", (long)lexicon_next(x, s + 3, end, &state, &value), 6);
	is("then the next", (long)lexicon_next(x, s + 3, end, &state, &value), 9);
	is("then none", (long)lexicon_next(x, s + 3, end, &state, &value), 0);
	is("a NUL is in no word", (long)lexicon_longest(x, "\0", "\0" + 1, &value), 0);
	lexicon_free(x);

	x = lexicon_new();
	lexicon_add_reversed(x, span_of("仑区"), 5);
	lexicon_add_reversed(x, span_of("北仑区"), 6);
	lexicon_build(x);
	is("the longest before", (long)lexicon_longest_before(x, s, end, &value), 9);
	is("within the begin", (long)lexicon_longest_before(x, s + 15, end, &value), 6);
	lexicon_free(x);
	many();
	return failed;
}
