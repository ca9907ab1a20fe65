#include "body.h"

#include <stdlib.h>

#include "err.h"
#include "head.h"
#include "lexicon.h"
#include "sieve.h"
#include "tsv.h"
#include "utf8.h"

enum {
	WORDS = 64,      /* of the dictionary */
	KINDS = 16,      /* of places among them */
	SHORT = 150,     /* bytes: a line that may be a heading */
	BETWEEN = 60,    /* bytes between a year and its word */
	SPEAKS = 10,     /* 我代表市人民政府 counts as much as that many 我市 */
	PLACES = 64,     /* that are counted */
	ENOUGH = 3,      /* times that the report's own place is named at least */
};

enum says { SAYS_REPORT, SAYS_BACK, SAYS_AHEAD, SAYS_PLAN, SAYS_REVIEW, SAYS_ESTIMATE, SAYS_OWN, SAYS_SPEAKS, SAYS };

struct bodies {
	const struct gazetteer *gazetteer;
	struct lexicon *lexicon; /* value: the word's place in words */
	struct {
		unsigned says; /* a bit for each of enum says */
		size_t kind;   /* of own and speaks */
	} words[WORDS];
	uint32_t kinds[KINDS];
	size_t kind_count;
	struct sieve sieve; /* for the words and, */
	bool has_places;    /* once a body is to be read, all names of places */
};

struct bodies *bodies_new(const struct gazetteer *g)
{
	static const char *const columns[] = {"word", "says"};
	static const char *const names[SAYS] = {"report", "back", "ahead", "plan", "review", "estimate", "own", "speaks"};
	struct bodies *b = xcalloc(1, sizeof *b);
	struct span f[2], part;
	struct tsv t;
	int32_t count = 0;
	char *path = tsv_own("body.tsv");

	b->gazetteer = g;
	b->lexicon = lexicon_new();
	tsv_open(&t, path, columns, 2);
	while (tsv_row(&t, f)) {
		if (f[0].len == 0 || count == WORDS)
			tsv_bad(&t, f[0].len ? "too many words" : "empty word");
		while (tsv_part(&f[1], &part)) {
			size_t says = 0;
			while (says < SAYS && !span_is(part, names[says]))
				says++;
			if (says == SAYS)
				tsv_bad(&t, "unknown thing to say");
			b->words[count].says |= 1u << says;
		}
		if (b->words[count].says & (1u << SAYS_OWN | 1u << SAYS_SPEAKS)) {
			uint32_t last = utf8_before(f[0].p, f[0].p + f[0].len);
			size_t k = 0;
			while (k < b->kind_count && b->kinds[k] != last)
				k++;
			if (k == KINDS)
				tsv_bad(&t, "too many kinds of places");
			if (k == b->kind_count)
				b->kinds[b->kind_count++] = last;
			b->words[count].kind = k;
		}
		sieve_add(&b->sieve, f[0]);
		lexicon_add(b->lexicon, f[0], count++);
	}
	lexicon_build(b->lexicon);
	tsv_close(&t);
	free(path);
	return b;
}

void bodies_free(struct bodies *b)
{
	lexicon_free(b->lexicon);
	free(b);
}

/* The year in front of at, with no punctuation between: 2023年主要目标任务. */
static unsigned year_before(const char *begin, const char *at)
{
	const char *from = at - begin > BETWEEN ? at - BETWEEN : begin;

	for (const char *s = from; s < at; s++)
		if ((unsigned char)*s == 0xef || memcmp(s, "。", 3) == 0 || memcmp(s, "、", 3) == 0)
			from = s + 3;
	return from < at ? head_year((struct span){from, (size_t)(at - from)}) : 0;
}

/* Whether s begins to tell of the whole place or of its output: 2023年全市…, but not 2023年建成. */
static bool of_whole(const char *s, const char *end)
{
	static const char *const whole[] = {"全", "实现", "完成", "地区生产", "生产总值", "国内生产", "我"};

	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
		if ((size_t)(end - s) >= strlen(whole[i]) && memcmp(s, whole[i], strlen(whole[i])) == 0)
			return true;
	return false;
}

/* The year right beside the word s of len bytes in a line: 预计2023年全市…; 2023年预计完成…. */
static unsigned year_beside(struct span line, const char *s, size_t len)
{
	static const char comma[] = "，", year[] = "年";
	enum { DIGITS = 4, YEAR = DIGITS + sizeof year - 1 };
	const char *end = line.p + line.len, *behind = s + len;

	if (s - line.p >= YEAR && memcmp(s - (sizeof year - 1), year, sizeof year - 1) == 0)
		return of_whole(behind, end) ? head_year((struct span){s - YEAR, YEAR}) : 0;
	if ((size_t)(end - behind) > sizeof comma - 1 && memcmp(behind, comma, sizeof comma - 1) == 0)
		behind += sizeof comma - 1;
	if (end - behind < YEAR || memcmp(behind + DIGITS, year, sizeof year - 1) != 0 || !of_whole(behind + YEAR, end))
		return 0;
	return head_year((struct span){behind, YEAR});
}

static unsigned later(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static bool of_kind(struct span name, uint32_t kind)
{
	return !kind || (name.len > 3 && utf8_before(name.p, name.p + name.len) == kind);
}

/* The places that are named, and how often. */
struct named {
	struct {
		size_t count;
		uint32_t code;
		bool denied;
	} places[PLACES];
	size_t count;
};

static void add_place(struct named *named, const struct place *p, const char *behind, const char *end)
{
	size_t k = 0;

	while (k < named->count && named->places[k].code != p->code)
		k++;
	if (k == named->count && k < PLACES && p->code && !p->word && p->len > 3)
		named->places[named->count++].code = p->code;
	if (k == named->count)
		return;
	named->places[k].count++;
	/* Where there is a 岭东市 that nobody knows, 岭东 is not 岭东区. */
	named->places[k].denied = named->places[k].denied || (p->form == PLACE_SHORT && gazetteer_kind_at(behind, end));
}

/* The code of the place of that kind that is named most; 0 if another comes near. */
static uint32_t choose_place(const struct bodies *b, const struct named *named, uint32_t kind)
{
	size_t best = PLACES, second = 0;

	for (size_t k = 0; k < named->count; k++) {
		if (!of_kind(gazetteer_full_name(b->gazetteer, named->places[k].code), kind))
			continue;
		if (best == PLACES || named->places[k].count > named->places[best].count) {
			second = best == PLACES ? 0 : named->places[best].count;
			best = k;
		} else if (named->places[k].count > second)
			second = named->places[k].count;
	}
	if (best == PLACES || named->places[best].denied || named->places[best].count < ENOUGH ||
	    named->places[best].count < 2 * second)
		return 0;
	return named->places[best].code;
}

/* What the words say. */
struct words {
	size_t own[KINDS];
	unsigned plan, review, estimate; /* years */
	bool looks_back, report;
};

/* What those of a line say. */
struct said {
	unsigned says;
	uint64_t words; /* a year counts with the first of each */
};

static void add_words(const struct bodies *b, struct words *w, struct said *said, struct span line, const char *s)
{
	struct lexicon_state state = {0};
	int32_t word;
	size_t len;

	while ((len = lexicon_next(b->lexicon, s, line.p + line.len, &state, &word)) != 0) {
		unsigned says = b->words[word].says;
		if (says & 1u << SAYS_OWN)
			w->own[b->words[word].kind]++;
		if (says & 1u << SAYS_SPEAKS)
			w->own[b->words[word].kind] += SPEAKS;
		if (says & (1u << SAYS_PLAN | 1u << SAYS_REVIEW) && !(said->words >> word & 1)) {
			unsigned year = year_before(line.p, s);
			if (says & 1u << SAYS_PLAN)
				w->plan = later(w->plan, year);
			if (says & 1u << SAYS_REVIEW)
				w->review = later(w->review, year);
		}
		if (says & 1u << SAYS_ESTIMATE)
			w->estimate = later(w->estimate, year_beside(line, s, len));
		said->says |= says;
		said->words |= (uint64_t)1 << word;
	}
}

static void add_to_sieve(void *self, struct span name, enum place_level level)
{
	(void)level;
	sieve_add(self, name);
}

struct body body_read(struct bodies *b, const struct span *lines, size_t n)
{
	const char *places[256];
	struct words words = {0};
	struct named named = {0};
	size_t most = 0;

	if (!b->has_places)
		gazetteer_each(b->gazetteer, add_to_sieve, &b->sieve);
	b->has_places = true;
	for (size_t i = 0; i < n; i++) {
		const char *s = lines[i].p, *end = s + lines[i].len, *behind = s;
		struct said said = {0};
		while (s < end) {
			size_t count = sieve_places(&b->sieve, s, end, places, sizeof places / sizeof *places, &s);
			for (size_t k = 0; k < count; k++) {
				struct place p;
				add_words(b, &words, &said, lines[i], places[k]);
				if (places[k] >= behind && gazetteer_find(b->gazetteer, places[k], end, 0, &p)) {
					behind = places[k] + p.len;
					add_place(&named, &p, behind, end);
				}
			}
		}
		words.looks_back = words.looks_back || said.says & 1u << SAYS_BACK;
		if (said.says & 1u << SAYS_REPORT || (words.looks_back && said.says & 1u << SAYS_AHEAD && lines[i].len <= SHORT))
			words.report = true;
	}
	for (size_t k = 1; k < b->kind_count; k++)
		if (words.own[k] > words.own[most])
			most = k;
	uint32_t kind = words.own[most] ? b->kinds[most] : 0;
	return (struct body){
		.report = words.report,
		.year = words.plan ? words.plan : words.review ? words.review + 1 : words.estimate ? words.estimate + 1 : 0,
		.kind = kind,
		.place = choose_place(b, &named, kind),
	};
}
