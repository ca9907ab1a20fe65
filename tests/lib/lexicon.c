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

enum { WORDS = 3000, LETTERS = 7, LENGTH = 32 };
static char words[WORDS][LENGTH];

static bool stands(const char *word, const char *s, const char *end)
{
	return strlen(word) <= (size_t)(end - s) && memcmp(word, s, strlen(word)) == 0;
}

/* The longest of the words at s, or in front of it, found by trying each; how many different ones there are. */
static size_t slowly(const char *begin, const char *s, const char *end, bool before, int32_t *value, size_t *different)
{
	size_t best = 0;
	bool seen[LENGTH] = {false};

	*value = LEXICON_NONE;
	*different = 0;
	for (size_t i = 0; i < WORDS; i++) {
		size_t len = strlen(words[i]);
		if (before ? len > (size_t)(s - begin) || !stands(words[i], s - len, s) : !stands(words[i], s, end))
			continue;
		*different += !seen[len];
		seen[len] = true;
		if (len >= best) {
			best = len;
			*value = (int32_t)i;
		}
	}
	return best;
}

/* Many random words over few characters, against the plain way. */
static void many(unsigned longest)
{
	static const uint32_t letters[LETTERS] = {'a', 0xe9, 0x4e00, 0x5b81, 0x6ce2, 0x14e00, 0x20000};
	char text[4000];
	size_t len = 0;
	struct lexicon *x = lexicon_new(), *r = lexicon_new();

	for (size_t i = 0; i < WORDS; i++) {
		size_t n = 0;
		for (unsigned k = 1 + (unsigned)rand() % longest; k; k--)
			n += utf8_encode(letters[rand() % LETTERS], words[i] + n);
		words[i][n] = '\0';
		lexicon_add(x, span_of(words[i]), (int32_t)i);
		lexicon_add_reversed(r, span_of(words[i]), (int32_t)i);
		is("a word that was added", lexicon_value(x, span_of(words[i])), (long)i);
		is("a word that is entered again", lexicon_enter(x, span_of(words[i]), WORDS), (long)i);
		char other[LENGTH + 2] = "#";
		strcpy(other + 1, words[i]);
		long before = lexicon_value(x, span_of(other));
		is("a word that is entered", lexicon_enter(x, span_of(other), (int32_t)i), before < 0 ? (long)i : before);
	}
	lexicon_build(x);
	lexicon_build(r);
	while (len < sizeof text - LENGTH) {
		const char *word = words[rand() % WORDS];
		if (rand() % 2) {
			len += utf8_encode(letters[rand() % LETTERS], text + len);
		} else {
			memcpy(text + len, word, strlen(word));
			len += strlen(word);
		}
	}
	for (size_t i = 0; i < len && !failed; i += utf8_len(text[i])) {
		const char *s = text + i, *end = text + len;
		int32_t got, want, found;
		size_t n = lexicon_longest(x, s, end, &got), at, different, count = 0;
		const char *hit = lexicon_search(x, s, end, &at, &found);
		is("a word among many", (long)n, (long)slowly(text, s, end, false, &want, &different));
		is("its value", got, want);
		is("a search finds it", n ? hit == s && at == n && found == got : hit != s, 1);
		struct lexicon_state state = {0};
		while ((n = lexicon_next(x, s, end, &state, &got)) != 0) {
			is("each word that begins there", strlen(words[got]) == n && stands(words[got], s, end), 1);
			count++;
		}
		is("all words that begin there", (long)count, (long)different);
		is("a word in front", (long)lexicon_longest_before(r, text, s, &got),
		   (long)slowly(text, s, end, true, &want, &different));
		is("its value", got, want);
	}
	lexicon_free(x);
	lexicon_free(r);
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
	srand(1);
	many(1);
	many(3);
	many(7);
	return failed;
}
