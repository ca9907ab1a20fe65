#include "entity_rules.h"

#include <stdlib.h>

#include "err.h"
#include "utf8.h"

const char *const entity_types[ENTITY_TYPE_COUNT] = {
#define TYPE(name) #name,
	ENTITY_TYPES(TYPE)
#undef TYPE
};

static const char *const needs[NEED_COUNT] = {
#define NEED(name) #name,
	NEEDS(NEED)
#undef NEED
};

static const struct {
	const char *name;
	uint32_t bound;
	enum joins joins;
} kinds[] = {
	{"stop", BOUND_STOP, JOINS_NOTHING},
	{"frame", BOUND_FRAME, JOINS_NOTHING},
	{"award", BOUND_AWARD, JOINS_NOTHING},
	{"adverb", BOUND_ADVERB, JOINS_NOTHING},
	{"verb", BOUND_VERB, JOINS_NOTHING},
	{"joint", BOUND_JOINT, JOINS_NOTHING},
	{"level", BOUND_LEVEL, JOINS_NOTHING},
	{"count", BOUND_COUNT, JOINS_NOTHING},
	{"year", BOUND_YEAR, JOINS_NOTHING},
	{"pair", BOUND_PAIR, JOINS_NOTHING},
	{"cue", BOUND_CUE, JOINS_NOTHING},
	{"block", BOUND_BLOCK, JOINS_NOTHING},
	{"found", BOUND_FOUND, JOINS_NOTHING},
	{"done", BOUND_DONE, JOINS_NOTHING},
	{"class", BOUND_CLASS, JOINS_NOTHING},
	{"villages", BOUND_VILLAGES, JOINS_NOTHING},
	{"first", BOUND_FIRST, JOINS_NOTHING},
	{"storm", BOUND_STORM, JOINS_NOTHING},
	{"office", BOUND_OFFICE, JOINS_NOTHING},
	{"host", BOUND_HOST, JOINS_NOTHING},
	{"honour", BOUND_HONOUR, JOINS_NOTHING},
	{"etc", BOUND_ETC, JOINS_NOTHING},
	{"works", BOUND_WORKS, JOINS_NOTHING},
	{"firms", BOUND_FIRMS, JOINS_NOTHING},
	{"common", 0, JOINS_NOTHING},
	{"events", 0, JOINS_EVENTS},
	{"bodies", 0, JOINS_BODIES},
};

static const struct {
	const char *text;
	uint32_t bound;
} punctuation[] = {
	{"，", BOUND_HARD}, {"。", BOUND_HARD}, {"；", BOUND_HARD}, {"：", BOUND_HARD}, {"！", BOUND_HARD},
	{"？", BOUND_HARD}, {",", BOUND_HARD},  {";", BOUND_HARD},  {":", BOUND_HARD},  {"!", BOUND_HARD},
	{"?", BOUND_HARD},  {"——", BOUND_HARD}, {"--", BOUND_HARD}, {"\n", BOUND_HARD}, {"\t", BOUND_HARD},
	{" ", BOUND_HARD},  {"\u3000", BOUND_HARD}, {"…", BOUND_HARD}, {"、", BOUND_LIST}, {"■", BOUND_HARD},
	{"%", BOUND_HARD},  {"％", BOUND_HARD},
	{"“", BOUND_OPEN},  {"”", BOUND_CLOSE}, {"‘", BOUND_OPEN},  {"’", BOUND_CLOSE}, {"「", BOUND_OPEN},
	{"」", BOUND_CLOSE}, {"『", BOUND_OPEN}, {"』", BOUND_CLOSE}, {"\"", BOUND_FLIP},
	{"《", BOUND_OPEN | BOUND_TITLE}, {"》", BOUND_CLOSE | BOUND_TITLE},
	{"（", BOUND_OPEN | BOUND_PAREN}, {"）", BOUND_CLOSE | BOUND_PAREN},
	{"(", BOUND_OPEN | BOUND_PAREN}, {")", BOUND_CLOSE | BOUND_PAREN},
	{"【", BOUND_OPEN | BOUND_PAREN}, {"】", BOUND_CLOSE | BOUND_PAREN},
};

enum { WORDS = 16384 }; /* for which there is room from the start: the suite's own have it */

/* The word with this text, made when it is not there yet; good until the next call. */
static struct word *word(struct entity_rules *r, struct span text)
{
	int32_t at = lexicon_enter(r->lexicon, text, (int32_t)r->word_count);

	if ((size_t)at < r->word_count)
		return &r->words[at];
	if (r->word_count == r->word_room) {
		r->word_room = r->word_room ? 2 * r->word_room : WORDS;
		r->words = xrealloc(r->words, r->word_room * sizeof *r->words);
		r->texts = xrealloc(r->texts, r->word_room * sizeof *r->texts);
	}
	r->words[r->word_count] = (struct word){.ending = -1};
	r->texts[r->word_count] = (struct entity_rule){.text = text};
	return &r->words[r->word_count++];
}

static struct tsv *file(struct entity_rules *r, char *path, const char *const *columns, size_t n)
{
	size_t k = r->file_count++;

	r->paths[k] = path;
	tsv_open(&r->files[k], path, columns, n);
	return &r->files[k];
}

static size_t kind_of(const struct tsv *t, struct span kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (span_is(kind, kinds[i].name))
			return i;
	tsv_bad(t, "no such kind");
}

static uint8_t type_of(const struct tsv *t, struct span type)
{
	for (size_t i = 0; i < ENTITY_TYPE_COUNT; i++)
		if (span_is(type, entity_types[i]))
			return (uint8_t)i;
	tsv_bad(t, "no such type");
}

static uint8_t need_of(const struct tsv *t, struct span need)
{
	for (size_t i = 0; i < NEED_COUNT; i++)
		if (span_is(need, needs[i]))
			return (uint8_t)i;
	tsv_bad(t, "no such need");
}

static uint8_t small(const struct tsv *t, struct span s)
{
	unsigned n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || s.len > 2)
			tsv_bad(t, "min and max are numbers up to 99");
		n = n * 10 + (unsigned)(s.p[i] - '0');
	}
	return (uint8_t)n;
}

static void read_bounds(struct entity_rules *r)
{
	static const char *const columns[] = {"word", "kind"};
	struct span f[2], kind;
	struct tsv *t = file(r, tsv_own("name-bounds.tsv"), columns, 2);

	while (tsv_row(t, f)) {
		if (f[0].len == 0)
			tsv_bad(t, "no word");
		while (tsv_part(&f[1], &kind)) {
			size_t k = kind_of(t, kind);
			if (kinds[k].bound)
				word(r, f[0])->bound |= kinds[k].bound;
			if (kinds[k].joins)
				lexicon_add_reversed(r->joined, f[0], (int32_t)kinds[k].joins);
			if (f[0].len > utf8_len(f[0].p[0])) /* single characters begin too many names */
				lexicon_add(r->common, f[0], 0);
		}
	}
}

static void read_endings(struct entity_rules *r)
{
	static const char *const columns[] = {"ending", "type", "min", "max", "need"};
	struct span f[5];
	struct tsv *t = file(r, tsv_own("name-endings.tsv"), columns, 5);

	while (tsv_row(t, f)) {
		int32_t *last;
		if (f[0].len == 0)
			tsv_bad(t, "no ending");
		if (r->ending_count == r->ending_room) {
			r->ending_room = r->ending_room ? 2 * r->ending_room : 2048;
			r->endings = xrealloc(r->endings, r->ending_room * sizeof *r->endings);
		}
		r->endings[r->ending_count] = (struct ending){
			.rule.text = f[0],
			.type = type_of(t, f[1]),
			.min = small(t, f[2]),
			.max = small(t, f[3]),
			.need = need_of(t, f[4]),
			.next = -1,
		};
		for (last = &word(r, f[0])->ending; *last >= 0;)
			last = &r->endings[*last].next;
		*last = (int32_t)r->ending_count++;
		if (f[0].len > utf8_len(f[0].p[0]))
			lexicon_add(r->common, f[0], 0);
	}
}

/* Lets each ending go on with the rows of the longest ending, of two characters or more, that it ends with itself:
 * 引才工程 with those of 工程. */
static void chain_endings(struct entity_rules *r)
{
	size_t rows = r->ending_count;

	for (size_t i = 0; i < rows; i++) {
		struct span s = r->endings[i].rule.text;
		if (r->endings[i].next >= 0)
			continue;
		for (size_t k = utf8_len(s.p[0]); k < s.len; k += utf8_len(s.p[k])) {
			int32_t at = lexicon_value(r->lexicon, (struct span){s.p + k, s.len - k});
			if (s.len - k > utf8_len(s.p[k]) && at != LEXICON_NONE && r->words[at].ending >= 0) {
				r->endings[i].next = r->words[at].ending;
				break;
			}
		}
	}
}

static void read_names(struct entity_rules *r, char *path)
{
	static const char *const columns[] = {"name", "type", "?id"};
	struct span f[3];
	struct tsv *t = file(r, path, columns, 3);

	lexicon_reserve(r->lexicon, tsv_rows(t));
	while (tsv_row(t, f)) {
		struct word *w;
		if (f[0].len == 0)
			tsv_bad(t, "no name");
		w = word(r, f[0]);
		w->is_name = true;
		w->name = type_of(t, f[1]);
		r->texts[w - r->words].id = f[2];
	}
}

/* The word of the other tables with this text, NULL when there is none. */
static const struct word *other_word(const struct entity_rules *r, struct span text)
{
	int32_t at = lexicon_value(r->lexicon, text);
	return at != LEXICON_NONE ? &r->words[at] : NULL;
}

/* Whether a common word begins with a word of the other tables that does not stand in it (制造 in 制造业), and does
 * not end with an ending: then it is a word of its own, that hides the other. */
static bool hides(const struct entity_rules *r, struct span text)
{
	const struct word *w;
	bool begins = false;

	for (size_t i = utf8_len(text.p[0]); i < text.len && !begins; i += utf8_len(text.p[i]))
		begins = (w = other_word(r, (struct span){text.p, i})) && (w->bound || w->ending >= 0);
	for (size_t i = utf8_len(text.p[0]); i < text.len && begins; i += utf8_len(text.p[i]))
		begins = !((w = other_word(r, (struct span){text.p + i, text.len - i})) && w->ending >= 0);
	return begins;
}

static void read_common(struct entity_rules *r)
{
	static const char *const columns[] = {"word"};
	struct span f[1];
	struct tsv *t = file(r, tsv_own("common.tsv"), columns, 1);

	while (tsv_row(t, f)) {
		if (!f[0].len)
			continue;
		lexicon_add(r->common, f[0], 0);
		if (hides(r, f[0]))
			word(r, f[0]);
	}
}

static void read_persons(struct entity_rules *r)
{
	static const char *const columns[] = {"word", "is"};
	struct span f[2];
	struct tsv *t = file(r, tsv_own("persons.tsv"), columns, 2);

	while (tsv_row(t, f)) {
		int32_t is = span_is(f[1], "surname") ? PERSON_SURNAME : PERSON_BEHIND, more = lexicon_value(r->persons, f[0]);
		if (is == PERSON_BEHIND && !span_is(f[1], "behind"))
			tsv_bad(t, "a word of persons is a surname or behind");
		lexicon_add(r->persons, f[0], more == LEXICON_NONE ? is : is | more);
	}
}

static void add_place(void *rules, struct span name, enum place_level level)
{
	struct entity_rules *r = rules;

	word(r, name)->is_place = true;
	if (level == PLACE_PROVINCE) {
		uint32_t c = utf8_at(name.p) & 0xffff;
		r->provinces[c / 64] |= (uint64_t)1 << c % 64;
	}
}

enum stop entity_stop(uint32_t bound)
{
	if (bound & (BOUND_HARD | BOUND_STOP | BOUND_FRAME | BOUND_AWARD | BOUND_OPEN))
		return STOP_HARD;
	if (bound & (BOUND_COUNT | BOUND_YEAR))
		return STOP_ASK;
	if (bound & BOUND_LIST)
		return STOP_LIST;
	if (bound & BOUND_JOINT)
		return STOP_JOINT;
	if (bound & BOUND_ADVERB)
		return STOP_SOFT;
	if (bound & BOUND_VERB)
		return STOP_ASK;
	return bound & BOUND_LEVEL ? STOP_PLACE : STOP_NONE;
}

/* Works out what the scanner asks of each token, once for each word. */
static void classify(struct entity_rules *r)
{
	for (size_t i = 0; i < r->word_count; i++) {
		struct word *w = &r->words[i];
		struct span text = r->texts[i].text;
		const char *last = utf8_prev(text.p, text.p + text.len);
		uint32_t c = utf8_at(last) & 0xffff;
		bool place = w->is_place && !w->is_name && !w->bound && w->ending < 0;
		w->stop = (uint8_t)entity_stop(w->bound);
		w->province = !w->is_place && last > text.p && r->provinces[c / 64] >> c % 64 & 1;
		w->acts = place || w->ending >= 0 || w->name != ENTITY_none ||
		          w->bound & (BOUND_VILLAGES | BOUND_PAIR | BOUND_OFFICE | BOUND_ETC | BOUND_CLOSE | BOUND_FLIP);
		w->asks = w->stop == STOP_ASK || w->bound & (BOUND_OPEN | BOUND_CLOSE | BOUND_FLIP);
		w->alone = !w->province && !place && !(w->bound == BOUND_COUNT && w->ending < 0) &&
		           !(w->name == ENTITY_org && text.len == 6);
	}
}

void entity_rules_read(struct entity_rules *r, char *const *dictionaries, size_t count)
{
	r->gazetteer = gazetteer_open();
	r->lexicon = lexicon_new();
	r->common = lexicon_new();
	r->joined = lexicon_new();
	r->persons = lexicon_new();
	r->files = xcalloc(count + 5, sizeof *r->files);
	r->paths = xcalloc(count + 5, sizeof *r->paths);
	lexicon_reserve(r->lexicon, WORDS);
	lexicon_reserve(r->common, WORDS);
	for (size_t i = 0; i < sizeof punctuation / sizeof *punctuation; i++)
		word(r, span_of(punctuation[i].text))->bound = punctuation[i].bound;
	read_bounds(r);
	read_endings(r);
	chain_endings(r);
	gazetteer_each(r->gazetteer, add_place, r);
	read_names(r, tsv_own("names.tsv"));
	for (size_t i = 0; i < count; i++)
		read_names(r, xstrndup(dictionaries[i], strlen(dictionaries[i])));
	read_common(r);
	read_persons(r);
	classify(r);
	lexicon_build(r->lexicon);
	lexicon_build(r->common);
	lexicon_build(r->joined);
	lexicon_build(r->persons);
}

void entity_rules_free(struct entity_rules *r)
{
	for (size_t i = 0; i < r->file_count; i++) {
		tsv_close(&r->files[i]);
		free(r->paths[i]);
	}
	free(r->files);
	free(r->paths);
	free(r->words);
	free(r->texts);
	free(r->endings);
	lexicon_free(r->lexicon);
	lexicon_free(r->common);
	lexicon_free(r->joined);
	lexicon_free(r->persons);
	gazetteer_free(r->gazetteer);
}
