#include "body.h"

#include <stdlib.h>

#include "err.h"
#include "head.h"
#include "lexicon.h"
#include "tsv.h"
#include "utf8.h"

enum {
	WORDS = 64,      /* of the dictionary */
	KINDS = 16,      /* of places among them */
	SHORT = 150,     /* bytes: a line that may be a heading */
	BETWEEN = 60,    /* bytes between a year and its word */
	SPEAKS = 10,     /* 我代表市人民政府 counts as much as that many 我市 */
};

enum says { SAYS_REPORT, SAYS_BACK, SAYS_AHEAD, SAYS_PLAN, SAYS_REVIEW, SAYS_OWN, SAYS_SPEAKS, SAYS };

struct bodies {
	const struct gazetteer *gazetteer;
	struct lexicon *lexicon; /* value: the word's place in words */
	struct {
		unsigned says; /* a bit for each of enum says */
		size_t kind;   /* of own and speaks */
	} words[WORDS];
	uint32_t kinds[KINDS];
	size_t kind_count;
};

struct bodies *bodies_new(const struct gazetteer *g)
{
	static const char *const columns[] = {"word", "says"};
	static const char *const names[SAYS] = {"report", "back", "ahead", "plan", "review", "own", "speaks"};
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
			uint32_t last = utf8_at(utf8_prev(f[0].p, f[0].p + f[0].len));
			size_t k = 0;
			while (k < b->kind_count && b->kinds[k] != last)
				k++;
			if (k == KINDS)
				tsv_bad(&t, "too many kinds of places");
			if (k == b->kind_count)
				b->kinds[b->kind_count++] = last;
			b->words[count].kind = k;
		}
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

static unsigned later(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

struct body body_read(const struct bodies *b, const struct span *lines, size_t n)
{
	struct body body = {0};
	size_t counts[KINDS] = {0}, most = 0;
	unsigned plan = 0, review = 0;
	bool looks_back = false;

	for (size_t i = 0; i < n; i++) {
		const char *s = lines[i].p, *end = s + lines[i].len;
		uint64_t told = 0; /* the words of this line: a year counts with the first of each */
		unsigned said = 0;
		size_t len;
		int32_t word;
		for (; (s = lexicon_search(b->lexicon, s, end, &len, &word)) != NULL; s += utf8_len(*s)) {
			struct lexicon_state state = {0};
			while (lexicon_next(b->lexicon, s, end, &state, &word)) {
				unsigned says = b->words[word].says;
				said |= says;
				if (says & 1u << SAYS_OWN)
					counts[b->words[word].kind]++;
				if (says & 1u << SAYS_SPEAKS)
					counts[b->words[word].kind] += SPEAKS;
				if (says & (1u << SAYS_PLAN | 1u << SAYS_REVIEW) && !(told >> word & 1)) {
					unsigned year = year_before(lines[i].p, s);
					if (says & 1u << SAYS_PLAN)
						plan = later(plan, year);
					if (says & 1u << SAYS_REVIEW)
						review = later(review, year);
				}
				told |= (uint64_t)1 << word;
			}
		}
		looks_back = looks_back || said & 1u << SAYS_BACK;
		if (said & 1u << SAYS_REPORT || (looks_back && said & 1u << SAYS_AHEAD && lines[i].len <= SHORT))
			body.report = true;
	}
	body.year = plan ? plan : review ? review + 1 : 0;
	for (size_t k = 1; k < b->kind_count; k++)
		if (counts[k] > counts[most])
			most = k;
	body.kind = counts[most] ? b->kinds[most] : 0;
	return body;
}

static bool of_kind(struct span name, uint32_t kind)
{
	return !kind || (name.len > 3 && utf8_at(utf8_prev(name.p, name.p + name.len)) == kind);
}

/* Whether what stands at s says what kind of place was named in front of it. */
static bool has_kind(const char *s, const char *end)
{
	static const char *const kinds[] = {"省", "市", "县", "区", "州", "旗", "盟", NULL};
	for (const char *const *k = kinds; *k && end - s >= 3; k++)
		if (memcmp(s, *k, 3) == 0)
			return true;
	return false;
}

uint32_t body_place(const struct bodies *b, const struct span *lines, size_t n, uint32_t kind)
{
	enum { SEEN = 64, ENOUGH = 3 };
	struct {
		size_t count;
		uint32_t code;
		bool denied;
	} seen[SEEN] = {0};
	size_t used = 0, best = SEEN, second = 0;

	for (size_t i = 0; i < n; i++) {
		const char *s = lines[i].p, *end = s + lines[i].len;
		struct place p;
		while ((s = gazetteer_search(b->gazetteer, s, end, 0, &p)) != NULL) {
			s += p.len;
			size_t k = 0;
			while (k < used && seen[k].code != p.code)
				k++;
			if (k == used && used < SEEN && p.code && !p.word && p.len > 3)
				seen[used++].code = p.code;
			if (k == used)
				continue;
			seen[k].count++;
			/* Where there is a 岭东市 that nobody knows, 岭东 is not 岭东区. */
			seen[k].denied = seen[k].denied || (p.form == PLACE_SHORT && has_kind(s, end));
		}
	}
	for (size_t k = 0; k < used; k++) {
		if (!of_kind(gazetteer_full_name(b->gazetteer, seen[k].code), kind))
			continue;
		if (best == SEEN || seen[k].count > seen[best].count) {
			second = best == SEEN ? 0 : seen[best].count;
			best = k;
		} else if (seen[k].count > second)
			second = seen[k].count;
	}
	return best == SEEN || seen[best].denied || seen[best].count < ENOUGH || seen[best].count < 2 * second ? 0
	                                                                                                       : seen[best].code;
}
