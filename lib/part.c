#include "part.h"

#include <stdlib.h>

#include "candidates.h"
#include "err.h"
#include "lexicon.h"
#include "tsv.h"
#include "utf8.h"

const char *const part_names[] = {"front",      "review",  "problems", "goals", "tasks",
                                  "governance", "closing", "notes",    "other"};

enum { WORDS = 128 }; /* distinct words of one kind */

/* The words of a rule, or those found in a text, as a set. */
struct set {
	uint64_t bits[WORDS / 64];
};

struct rule {
	struct set need;
	enum part part;
};

struct table {
	struct lexicon *words; /* value: the word's place in sets */
	struct candidates begins; /* what they begin with */
	int32_t count;
	struct rule *rules;
	size_t used, room;
};

struct parts {
	struct table tables[PART_INS];
	uint64_t turns[0x10000 / 64]; /* see parts_turns */
};

static void set_add(struct set *s, int32_t word)
{
	s->bits[word / 64] |= (uint64_t)1 << word % 64;
}

static bool set_holds(const struct set *s, const struct set *need)
{
	for (size_t i = 0; i < WORDS / 64; i++)
		if (need->bits[i] & ~s->bits[i])
			return false;
	return true;
}

/* Words are told apart by the dictionary's own text: a word that comes twice gets its number back. */
struct words {
	struct span word[WORDS];
};

static int32_t number(struct table *t, struct words *seen, struct span word)
{
	int32_t i;

	for (i = 0; i < t->count; i++)
		if (seen->word[i].len == word.len && memcmp(seen->word[i].p, word.p, word.len) == 0)
			return i;
	seen->word[i] = word;
	t->count++;
	lexicon_add(t->words, word, i);
	candidates_add(&t->begins, utf8_at(word.p));
	return i;
}

struct parts *parts_new(void)
{
	static const char *const columns[] = {"in", "words", "part"};
	static const char *const ins[PART_INS] = {"heading", "topic", "lead", "aim", "turn", "opening"};
	struct parts *p = xcalloc(1, sizeof *p);
	struct words seen[PART_INS] = {0};
	struct span f[3], word;
	struct tsv t;
	char *path = tsv_own("part.tsv");

	for (size_t i = 0; i < PART_INS; i++)
		p->tables[i].words = lexicon_new();
	tsv_open(&t, path, columns, 3);
	while (tsv_row(&t, f)) {
		size_t in = 0, part = 0;
		while (in < PART_INS && !span_is(f[0], ins[in]))
			in++;
		while (part < PART_NONE && !span_is(f[2], part_names[part]))
			part++;
		if (in == PART_INS || part == PART_NONE)
			tsv_bad(&t, in == PART_INS ? "unknown place for words" : "unknown part");
		struct table *table = &p->tables[in];
		if (table->used == table->room) {
			table->room = table->room ? table->room * 2 : 32;
			table->rules = xrealloc(table->rules, table->room * sizeof *table->rules);
		}
		struct rule *r = &table->rules[table->used++];
		*r = (struct rule){.part = (enum part)part};
		while (tsv_part(&f[1], &word)) {
			if (word.len == 0 || table->count == WORDS)
				tsv_bad(&t, word.len ? "too many words" : "empty word");
			if (utf8_len(*word.p) != 3)
				tsv_bad(&t, "a word begins with a Chinese character");
			set_add(&r->need, number(table, &seen[in], word));
			if (in == PART_TURN)
				p->turns[(utf8_at(word.p) & 0xffff) >> 6] |= (uint64_t)1 << (utf8_at(word.p) & 63);
		}
	}
	for (size_t i = 0; i < PART_INS; i++)
		lexicon_build(p->tables[i].words);
	tsv_close(&t);
	free(path);
	return p;
}

void parts_free(struct parts *p)
{
	for (size_t i = 0; i < PART_INS; i++) {
		lexicon_free(p->tables[i].words);
		free(p->tables[i].rules);
	}
	free(p);
}

enum part parts_find(const struct parts *p, enum part_in in, struct span text)
{
	const struct table *t = &p->tables[in];
	const char *end = text.p + text.len;
	struct candidates_block block = candidates_begin(text.p);
	struct set found = {0};
	bool any = false;

	for (const char *s = text.p; (s = candidates_next(&t->begins, &block, s, end)) < end; s += 3) {
		struct lexicon_state state = {0};
		int32_t word;
		while (lexicon_next(t->words, s, end, &state, &word)) {
			set_add(&found, word);
			any = true;
		}
	}
	if (!any)
		return PART_NONE;
	for (size_t i = 0; i < t->used; i++)
		if (set_holds(&found, &t->rules[i].need))
			return t->rules[i].part;
	return PART_NONE;
}

const uint64_t *parts_turns(const struct parts *p)
{
	return p->turns;
}

bool parts_turn(const struct parts *p, const char *s, const char *end)
{
	int32_t word;

	if (s == end)
		return false;
	uint32_t c = utf8_at(s) & 0xffff;
	return p->turns[c >> 6] >> (c & 63) & 1 && lexicon_longest(p->tables[PART_TURN].words, s, end, &word) != 0;
}
