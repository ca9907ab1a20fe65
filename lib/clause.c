#include "clause.h"

#include <stdlib.h>

#include "err.h"
#include "lexicon.h"
#include "numeral.h"
#include "scan.h"
#include "sieve.h"
#include "tsv.h"
#include "utf8.h"

/* Verbs that a suffix makes nouns of. */
#define VERBAL (W_MAKE | W_NOMV | W_REACH | W_UP | W_DOWN | W_DONE | W_COVER | W_RANKV | W_HERE)

/* From so many bytes on an aspect is a name by itself: 进出口总额, but not 出口. */
enum { LONG_ASPECT = 12 };

enum { NAME_MAX_BYTES = 120, REMARK_MAX_BYTES = 36, SECTOR_MAX_BYTES = 24 };

struct entry {
	uint64_t classes;
	int32_t ref;
	bool plain; /* neither with a bracket nor with a digit it begins: a token wherever it stands */
};

/* What a word of sectors.tsv is: no branch though it holds one, how the name of one ends, or one. */
enum sector { SECTOR_NONE, SECTOR_ENDING, SECTOR_WHOLE, SECTOR_N };

struct years {
	int first, last;
	bool open;
};

struct words {
	struct lexicon *lexicon, *aspects;
	struct lexicon *sectors; /* value: an enum sector */
	struct lexicon *cues; /* words that mean something in a sentence without a number, too: for TOKENS_GOALS, */
	struct sieve sieve;   /* and where they may begin, as they seldom do */
	struct entry *entries;
	size_t n, room;
	struct years *years;
	size_t year_rows;
	enum relation *relations;
	size_t relation_rows;
};

const char *const relation_names[RELATION_N] = {"", "sync_with", "above", "below", "delegated", "stable", "positive"};


static const char *const class_names[BIT_COUNT] = {
#define C(name) #name,
	WORD_CLASSES(C)
#undef C
};

bool words_classes(struct span list, char between, uint64_t *classes)
{
	*classes = 0;
	while (list.len) {
		const char *bar = memchr(list.p, between, list.len);
		struct span one = {list.p, bar ? (size_t)(bar - list.p) : list.len};
		size_t used = bar ? one.len + 1 : one.len;
		int i = 0;
		while (i < BIT_COUNT && !span_is(one, class_names[i]))
			i++;
		if (i == BIT_COUNT)
			return false;
		*classes |= (uint64_t)1 << i;
		list = (struct span){list.p + used, list.len - used};
	}
	return *classes != 0;
}

/* The bracket that closes the opening one c; 0 when c is none. */
static uint32_t closing(uint32_t c)
{
	switch (c) {
	case U'“': return U'”';
	case U'《': return U'》';
	case U'（': return U'）';
	case U'「': return U'」';
	default: return 0;
	}
}

static inline bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Adds a word, or gives more classes to one that is there. */
static void add(struct words *w, struct span word, uint64_t classes, int32_t ref)
{
	int32_t old;

	if (word.len == 0)
		return;
	if (lexicon_longest(w->lexicon, word.p, word.p + word.len, &old) == word.len) {
		w->entries[old].classes |= classes;
		if (ref >= 0)
			w->entries[old].ref = ref;
		return;
	}
	if (w->n == w->room) {
		w->room = w->room ? 2 * w->room : 1024;
		w->entries = xrealloc(w->entries, w->room * sizeof *w->entries);
	}
	w->entries[w->n] = (struct entry){classes, ref, !closing(utf8_at(word.p)) && !digit(*word.p)};
	lexicon_add(w->lexicon, word, (int32_t)w->n++);
}

/* The classes of the last word of a name. */
static uint64_t last_word(const struct words *w, struct span name)
{
	for (size_t i = utf8_len(*name.p); i < name.len; i += utf8_len(name.p[i])) {
		int32_t value;
		size_t len = lexicon_longest(w->lexicon, name.p + i, name.p + name.len, &value);
		if (len && len == name.len - i)
			return w->entries[value].classes;
	}
	return 0;
}

/* A dictionary of rows "classes, words"; without a column of classes all have those given. */
static void load_words(struct words *w, const char *name, uint64_t classes)
{
	static const char *const columns[] = {"words", "classes"};
	char *path = tsv_own(name);
	struct span f[2], part;
	struct tsv t;

	tsv_open(&t, path, columns, classes ? 1 : 2);
	while (tsv_row(&t, f)) {
		uint64_t c = classes;
		if (!c && !words_classes(f[1], '+', &c))
			tsv_bad(&t, "a class of words that there is not");
		while (tsv_part(&f[0], &part)) {
			/* 种植面积 is an aspect as 面积 is. */
			uint64_t lent = c == W_NOUN && part.len ? last_word(w, part) & (W_ASPECT | W_PORTION | W_STOCK) : 0;
			add(w, part, c | lent, -1);
			if (part.len && c & (W_ASPECT | W_REL | W_RATE | W_DROP))
				lexicon_add_reversed(w->aspects, part, 0);
		}
	}
	tsv_close(&t);
	free(path);
}

static void add_cue(struct words *w, struct span word)
{
	lexicon_add(w->cues, word, 0);
	sieve_add(&w->sieve, word);
}

static int year_of(const struct tsv *t, struct span s)
{
	size_t i = s.len && *s.p == '-';
	int n = 0;

	if (s.len == i || (s.len > i + 2 && s.len != 4))
		tsv_bad(t, "years are whole numbers from -99 to 99, or have four digits");
	for (size_t k = i; k < s.len; k++) {
		if (s.p[k] < '0' || s.p[k] > '9')
			tsv_bad(t, "years are whole numbers from -99 to 99, or have four digits");
		n = n * 10 + (s.p[k] - '0');
	}
	return i ? -n : n;
}

static void load_times(struct words *w)
{
	static const char *const columns[] = {"words", "first", "last"};
	char *path = tsv_own("times.tsv");
	struct span f[3], part;
	struct tsv t;

	tsv_open(&t, path, columns, 3);
	while (tsv_row(&t, f)) {
		w->years = xrealloc(w->years, (w->year_rows + 1) * sizeof *w->years);
		struct years *y = &w->years[w->year_rows++];
		*y = (struct years){.open = f[1].len == 0};
		if (!y->open) {
			y->first = year_of(&t, f[1]);
			y->last = year_of(&t, f[2]);
		}
		while (tsv_part(&f[0], &part)) {
			/* 五年累计 adds up. */
			add(w, part, W_TIME | (part.len ? last_word(w, part) & W_ACCUM : 0), (int32_t)w->year_rows - 1);
			if (part.len && y->first != y->last)
				add_cue(w, part);
		}
	}
	tsv_close(&t);
	free(path);
}

/* “十三五” and the like: the plans, whose years hold beyond their sentence. */
static void add_plans(struct words *w)
{
	static const char *const tens[] = {"", "十"}, *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", ""};
	struct buf plan = {0};

	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < 10; k++) {
			buf_clear(&plan);
			buf_puts(&plan, "“");
			buf_puts(&plan, tens[i]);
			buf_puts(&plan, digits[k]);
			buf_puts(&plan, "五");
			if (*tens[i] || *digits[k])
				add_cue(w, (struct span){plan.p, plan.len});
		}
	buf_free(&plan);
}

static void load_relations(struct words *w)
{
	static const char *const columns[] = {"relation", "words"};
	char *path = tsv_own("relations.tsv");
	struct span f[2], part;
	struct tsv t;

	tsv_open(&t, path, columns, 2);
	while (tsv_row(&t, f)) {
		int i = 1;
		while (i < RELATION_N && !span_is(f[0], relation_names[i]))
			i++;
		if (i == RELATION_N)
			tsv_bad(&t, "a relation that there is not");
		w->relations = xrealloc(w->relations, (w->relation_rows + 1) * sizeof *w->relations);
		w->relations[w->relation_rows++] = (enum relation)i;
		while (tsv_part(&f[1], &part)) {
			add(w, part, W_RELATION, (int32_t)w->relation_rows - 1);
			if (part.len)
				add_cue(w, part);
		}
	}
	tsv_close(&t);
	free(path);
}

static void load_sectors(struct words *w)
{
	static const char *const columns[] = {"words", "sector"};
	char *path = tsv_own("sectors.tsv");
	static const char *const names[SECTOR_N] = {"none", "ending", "whole"};
	struct span f[2], part;
	struct tsv t;

	tsv_open(&t, path, columns, 2);
	while (tsv_row(&t, f)) {
		int i = 0;
		while (i < SECTOR_N && !span_is(f[1], names[i]))
			i++;
		if (i == SECTOR_N)
			tsv_bad(&t, "a sector is none, ending or whole");
		while (tsv_part(&f[0], &part))
			if (part.len)
				lexicon_add(w->sectors, part, i);
	}
	tsv_close(&t);
	free(path);
}

static void load_indicators(struct words *w, const struct indicators *x)
{
	struct span name;
	size_t at = 0;
	int32_t value;

	while (indicators_name(x, &at, &name)) {
		/* 新增发明专利 is 发明专利 that were added, and the verb must be seen; so must the rate of 价格涨幅. */
		size_t len = lexicon_longest(w->lexicon, name.p, name.p + name.len, &value);
		/* A name of two (城镇、农村…) is for phrase_split to take apart. */
		if (memmem(name.p, name.len, "、", 3))
			continue;
		uint64_t verb = len ? w->entries[value].classes : 0;
		if (len == name.len && (verb & W_NOUN || (verb & W_ASPECT && len >= LONG_ASPECT)))
			w->entries[value].classes |= W_IND;
		if (len == name.len || verb & (W_NEW | W_REACH | W_FROM) || (verb & W_MAKE && !(verb & W_NOUN)) ||
		    last_word(w, name) & (W_RATE | W_DROP))
			continue;
		/* 贷款余额 is a stock, and a share a share, wherever it stands. */
		add(w, name, W_IND | (last_word(w, name) & (W_ASPECT | W_PORTION | W_STOCK)), -1);
	}
}

struct words *words_load(const struct indicators *x)
{
	struct words *w = xcalloc(1, sizeof *w);

	w->lexicon = lexicon_new();
	w->aspects = lexicon_new();
	w->sectors = lexicon_new();
	w->cues = lexicon_new();
	load_words(w, "words.tsv", 0);
	load_words(w, "verbs.tsv", 0);
	load_words(w, "hedges.tsv", 0);
	load_words(w, "nouns.tsv", W_NOUN);
	load_times(w);
	load_relations(w);
	load_sectors(w);
	add_plans(w);
	load_indicators(w, x);
	lexicon_build(w->lexicon);
	lexicon_build(w->aspects);
	lexicon_build(w->sectors);
	lexicon_build(w->cues);
	return w;
}

void words_free(struct words *w)
{
	if (!w)
		return;
	lexicon_free(w->lexicon);
	lexicon_free(w->aspects);
	lexicon_free(w->sectors);
	lexicon_free(w->cues);
	free(w->entries);
	free(w->years);
	free(w->relations);
	free(w);
}

bool words_years(const struct words *w, int32_t ref, int *first, int *last)
{
	const struct years *y = &w->years[ref];
	*first = y->first;
	*last = y->last;
	return !y->open;
}

/* Whether a number goes on at s: 4年工作 in 2024年工作, 三年 in 二〇二三年 and 第三年. */
static bool in_number(const char *begin, const char *s)
{
	uint32_t c = s > begin ? utf8_before(begin, s) : 0;

	return numeral_arabic(c) >= 0 || numeral_han(c) >= 0 || c == U'十' || c == U'第';
}

bool words_term(const struct words *w, struct span text, int *first, int *last)
{
	const char *s = text.p, *end = text.p + text.len;
	int32_t value;
	size_t len;

	for (; (s = lexicon_search(w->lexicon, s, end, &len, &value)) != NULL; s += utf8_len(*s)) {
		const struct entry *e = &w->entries[value];
		if (e->classes & W_TIME && words_years(w, e->ref, first, last) && *first != *last && !in_number(text.p, s))
			return true;
	}
	return false;
}

size_t words_aspect(const struct words *w, const char *begin, const char *s)
{
	int32_t value;
	return lexicon_longest_before(w->aspects, begin, s, &value);
}

size_t words_sector(const struct words *w, const char *s, const char *end)
{
	const char *begin = s;
	size_t len = 0;
	int32_t sector = SECTOR_NONE;

	if (end - s > SECTOR_MAX_BYTES)
		end = s + SECTOR_MAX_BYTES;
	while (s < end && (len = lexicon_longest(w->sectors, s, end, &sector)) == 0)
		s += utf8_len(*s);
	if (len == 0 || sector == SECTOR_NONE || (sector == SECTOR_ENDING && s == begin))
		return 0;
	/* 工业|经济, 旅游|业 */
	for (; len && sector != SECTOR_NONE; len = lexicon_longest(w->sectors, s, end, &sector))
		s += len;
	return (size_t)(s - begin);
}

enum relation words_relation(const struct words *w, int32_t ref)
{
	return w->relations[ref];
}

static inline void put(struct tokens *t, uint64_t classes, size_t at, size_t end, int32_t ref)
{
	if (t->n == t->room) {
		t->room = t->room ? 2 * t->room : 256;
		t->v = xrealloc(t->v, t->room * sizeof *t->v);
	}
	t->v[t->n++] = (struct token){classes, (uint32_t)at, (uint32_t)end, ref};
}

/* An unknown stretch, which may go on one. */
static inline void put_unknown(struct tokens *t, size_t at, size_t end)
{
	struct token *last = t->n ? &t->v[t->n - 1] : NULL;

	if (last && last->classes == 0 && last->end == at)
		last->end = (uint32_t)end;
	else
		put(t, 0, at, end, -1);
}

/* 清欠 is a verb, 清欠率 a noun. */
static bool makes_noun(const char *s, const char *end)
{
	if (end - s < 3)
		return false;
	switch (utf8_at(s)) {
	case U'率': case U'量': case U'者': case U'性': case U'型': case U'式': return true;
	default: return false;
	}
}

static bool begins(const char *s, const char *end, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(end - s) >= n && memcmp(s, word, n) == 0;
}

/* 3岁以下婴幼儿: an age that says who is meant, and measures nothing. */
static bool qualifies(const struct figure *n, struct span text)
{
	static const char age[] = "岁", *const bounds[] = {"以上", "以下", "及以上", "及以下", "以内"}, *const breaks[] = {"，", "。", "；", "、", "的"};
	const char *s = text.p + n->end, *end = text.p + text.len;

	if (n->end - n->at < sizeof age - 1 || memcmp(s - (sizeof age - 1), age, sizeof age - 1) != 0)
		return false;
	for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
		if (!begins(s, end, bounds[i]))
			continue;
		s += strlen(bounds[i]);
		for (size_t k = 0; k < sizeof breaks / sizeof *breaks; k++)
			if (begins(s, end, breaks[k]))
				return false;
		return s < end;
	}
	return false;
}

/* 五大支柱产业: a name for those that matter, no count of them. */
static bool names_main(const struct figure *n, struct span text)
{
	static const char main[] = "大";
	return n->end - n->at >= sizeof main - 1 && memcmp(text.p + n->end - (sizeof main - 1), main, sizeof main - 1) == 0;
}

static uint64_t number_class(const struct figure *n, struct span text)
{
	if (n->named)
		return W_ORDINAL | W_NOUN;
	switch (n->kind) {
	case KIND_DATE: return W_DATE;
	case KIND_DURATION: return W_DURATION;
	case KIND_ORDINAL: return W_ORDINAL;
	default: return qualifies(n, text) ? W_DURATION : names_main(n, text) ? W_ORDINAL | W_NOUN : W_NUM;
	}
}

/* The bytes of 末, 底 or 初 behind a year (2011年末), and of 内 or 间 behind a duration (3年内). */
static uint32_t time_end(uint64_t class, const char *s, const char *end)
{
	static const char *const years[] = {"末", "底", "初"}, *const spans[] = {"内", "间"};
	const char *const *words = class == W_DATE ? years : spans;
	size_t n = class == W_DATE ? 3 : class == W_DURATION ? 2 : 0;

	for (size_t i = 0; i < n; i++)
		if (begins(s, end, words[i]) && !begins(s, end, "初步"))
			return 3;
	return 0;
}

/* Whether the character at s is the 过 that stands alone between what is measured and its figure: 利税过千万元. */
static bool goes_over(const struct tokens *t, const char *s, size_t len)
{
	static const char over[] = "过";
	return len == sizeof over - 1 && memcmp(s, over, len) == 0 && t->n > t->from &&
	       t->v[t->n - 1].classes & (W_ASPECT | W_REL | W_STOCK | W_IND | W_DURATION | W_EACH);
}

/* Whether a list goes on at s. */
static bool listed_on(const char *s, const char *end)
{
	uint32_t c = s < end ? utf8_at(s) : 0;
	return c == U'、' || c == U'和' || c == U'与' || c == U'及';
}

/* The length of what stands between the opening bracket at s and its closing one, both included, when it fits
 * into max bytes and before end; else 0. Brackets of the same kind may not nest. */
static size_t enclosed(const char *s, const char *end, size_t max)
{
	uint32_t open = utf8_at(s), close = closing(open);

	if ((size_t)(end - s) > max)
		end = s + max;
	for (const char *p = s + 3; end - p >= 3; p += utf8_len(*p)) {
		uint32_t c = utf8_at(p);
		if (c == close)
			return (size_t)(p - s) + 3;
		if (c == open)
			return 0;
	}
	return 0;
}

/* Whether a name that begins at or behind p may go on at s. */
static bool within_name(const char *p, const char *s)
{
	p = s - p > NAME_MAX_BYTES ? s - NAME_MAX_BYTES : p;
	for (; (p = scan_opening(p, s)) < s; p++)
		if (!enclosed(p, s, NAME_MAX_BYTES))
			return true;
	return false;
}

/* Where the sentence that end lies in begins, not before p, which is where one begins; when whole, no name is cut. */
static const char *last_sentence(const char *p, const char *end, bool whole)
{
	static const char stop[] = "。";
	const char *s = end;

	while ((s = memrchr(p, stop[2], (size_t)(s - p))))
		if (s - p >= 2 && memcmp(s - 2, stop, 3) == 0 && !(whole && within_name(p, s + 1)))
			return s + 1;
	return p;
}

/* The first cue between s and end; NULL when there is none. */
static const char *find_cue(const struct words *w, const char *s, const char *end)
{
	const char *places[64];
	int32_t value;

	while (s < end) {
		size_t n = sieve_places(&w->sieve, s, end, places, sizeof places / sizeof *places, &s);
		for (size_t i = 0; i < n; i++)
			if (lexicon_longest(w->cues, places[i], end, &value))
				return places[i];
	}
	return NULL;
}

bool words_cued(const struct words *w, struct span text, bool first)
{
	static const char stop[] = "。";
	const char *end = text.p + text.len, *s = text.p;

	while (first && (s = span_find((struct span){s, (size_t)(end - s)}, stop))) {
		s += sizeof stop - 1;
		if (!within_name(text.p, s))
			end = s;
	}
	return find_cue(w, text.p, end) != NULL;
}

/* Goes to the next word that begins at or behind p; to the end when there is none. */
static void find_word(struct cutter *c, const char *p)
{
	const char *end = c->text.p + c->text.len;
	const char *found = lexicon_search(c->words->lexicon, p, end, &c->word_len, &c->word_value);
	c->word = found ? found : end;
}

void cutter_start(struct cutter *c, const struct words *w, struct span text, const struct figures *numbers,
                  const struct places *places, uint32_t home, enum tokens_of what)
{
	*c = (struct cutter){.words = w, .text = text, .numbers = numbers, .places = places, .home = home, .what = what};
	c->at = c->past = c->wanted = text.p;
	c->sentence_of = SIZE_MAX;
	find_word(c, text.p);
	c->bracket = scan_opening(text.p, text.p + text.len);
}

/* Where a sentence begins that is to be cut, at p or behind it, where one ended. */
static const char *next_sentence(struct cutter *c, const char *p)
{
	const char *end = c->text.p + c->text.len;
	const char *number = c->next < c->numbers->n ? c->text.p + c->numbers->v[c->next].at : end, *cue;
	bool goals = c->what == TOKENS_GOALS;

	/* What was gone for is still ahead: going once for each of them keeps this linear. */
	if (c->what == TOKENS_ALL || p <= c->wanted || (goals && p - c->text.p <= SALUTATION))
		return p;
	if (c->sentence_of != c->next) {
		c->sentence_of = c->next;
		c->sentence = number == end ? end : last_sentence(p, number, goals);
	}
	if (c->sentence < p)
		c->sentence = p;
	cue = goals ? find_cue(c->words, p, c->sentence) : NULL;
	c->wanted = cue ? cue : number;
	return cue ? last_sentence(p, cue, goals) : c->sentence;
}

bool cutter_sentence(struct cutter *c, struct tokens *t)
{
	const struct entry *entries = c->words->entries;
	const char *begin = c->text.p, *end = begin + c->text.len, *p = c->at;
	const struct place_mark *place = c->places->v + c->next_place, *places_end = c->places->v + c->places->n;
	const char *number = c->next < c->numbers->n ? begin + c->numbers->v[c->next].at : end;
	const char *spot = place < places_end ? begin + place->at : end; /* where place stands */
	bool ended = false;

	t->from = t->n && t->v[t->n - 1].classes & W_STOP;
	if (t->from)
		t->v[0] = t->v[t->n - 1];
	t->n = t->from;
	while (p < end && !ended && t->n < SENTENCE_TOKENS) {
		size_t at = (size_t)(p - begin);
		while (spot < p)
			spot = ++place < places_end ? begin + place->at : end;
		if (c->word < p)
			find_word(c, p);
		if (c->bracket < p)
			c->bracket = scan_opening(p, end);
		const char *stop = spot < number ? spot : number;
		size_t len = c->word == p ? c->word_len : 0;
		int32_t value = c->word_value;
		/* Most tokens are words in front of the next number and place; at others more has to be asked. */
		if (len == 0 || p + len > stop || !entries[value].plain) {
			size_t over = len;
			stop = number;
			/* 这五年, 五年来, 比五年前: a word of time may hold a number, which is a token all the same. */
			if (p + over > stop && entries[value].classes & (W_TIME | W_COMP)) {
				put(t, entries[value].classes, at, (size_t)(stop - begin), entries[value].ref);
				c->past = p + over;
				p = stop;
			}
			if (p == stop) {
				const struct figure *n = &c->numbers->v[c->next];
				uint64_t class = number_class(n, c->text);
				number = c->next + 1 < c->numbers->n ? begin + n[1].at : end;
				uint32_t behind = time_end(class, begin + n->end, number);
				put(t, class, n->at, n->end + behind, (int32_t)c->next++);
				p = begin + n->end + behind;
				if (p < c->past)
					p = c->past < number ? c->past : number;
				continue;
			}
			if (spot < stop) {
				/* 新建 is a district, and a verb. */
				bool verb = spot == p && over && p + over == begin + place->end &&
					    entries[value].classes & W_MAKE;
				if (spot == p && !verb && begin + place->end <= stop) {
					put(t, place->code == c->home ? W_HERE : W_PLACE, at, place->end,
					    (int32_t)(place - c->places->v));
					p = begin + place->end;
					continue;
				}
				if (!verb && p + over <= spot)
					stop = spot;
			}
			/* 3. at the head of a sentence is a label. */
			if (digit(*p) && (t->n == 0 || t->v[t->n - 1].classes & W_STOP)) {
				size_t n = 0;
				while (p + n < stop && digit(p[n]))
					n++;
				if (p + n < stop && p[n] == '.') {
					put(t, W_COMMA, at, at + n + 1, -1);
					p += n + 1;
					continue;
				}
			}
			if (p == c->bracket) {
				bool remark = (unsigned char)*p == 0xef;
				len = enclosed(p, stop, remark ? REMARK_MAX_BYTES : NAME_MAX_BYTES);
				if (len) {
					/* 30条（段）, 淘汰（含转出）, 下降（同口径）: a remark on what is no noun is passed over; so is （预计，下同）. */
					bool noun = t->n && !(t->v[t->n - 1].classes &
							      (W_NUM | W_MAKE | W_REACH | W_BOUND | W_UP | W_DOWN));
					bool guess = remark && !listed_on(p + len, stop) &&
						     lexicon_longest(c->words->lexicon, p + 3, p + len, &value) &&
						     c->words->entries[value].classes & W_EST;
					if (remark && noun && !guess)
						put_unknown(t, at, at + len);
					else
						put(t, guess ? W_EST : remark ? W_BOUND : W_NAME, at, at + len, -1);
					p += len;
					continue;
				}
			}
			if (over == 0) {
				/* No word begins here: nor does one up to the next, but what is in brackets may. */
				const char *q = c->word < stop ? c->word : stop;
				if (c->bracket == p)
					c->bracket = scan_opening(p + 3, end);
				if (c->bracket < q)
					q = c->bracket;
				if (q == p) /* a place begins here, and goes on in a number */
					q += utf8_len(*p);
				if (q == number && goes_over(t, p, (size_t)(q - p)))
					put(t, W_LEVEL, at, (size_t)(q - begin), -1);
				else
					put_unknown(t, at, (size_t)(q - begin));
				p = q;
				continue;
			}
			len = p + over <= stop ? over : lexicon_longest(c->words->lexicon, p, stop, &value);
			if (len == 0) {
				put_unknown(t, at, at + utf8_len(*p));
				p += utf8_len(*p);
				continue;
			}
		}
		uint64_t classes = entries[value].classes;
		if (len > 3 && classes & VERBAL && makes_noun(p + len, stop)) {
			classes = W_NOUN;
			len += 3;
		}
		/* 获得了, 达到了; but not 做大了解 … */
		if (classes & (W_MAKE | W_REACH | W_LEVEL | W_UP | W_DOWN | W_TO) && begins(p + len, stop, "了") && !begins(p + len, stop, "了解"))
			len += strlen("了");
		put(t, classes, at, at + len, entries[value].ref);
		p += len;
		ended = classes & W_STOP;
	}
	c->at = ended ? next_sentence(c, p) : p;
	c->next_place = (size_t)(place - c->places->v);
	return t->n > t->from;
}

void tokens_free(struct tokens *t)
{
	free(t->v);
	*t = (struct tokens){0};
}
