#include "cut.h"

#include <stdint.h>
#include <stdlib.h>

#include "err.h"
#include "lexicon.h"
#include "tsv.h"
#include "utf8.h"

enum {
	REACH = 60,      /* characters that are looked at */
	LONGEST = 45,    /* of a heading */
	SHORTEST = 3,
	UNKNOWN = -2,    /* the weight of what the dictionary does not have */
	SPACE = 12,      /* a space where Chinese text has none is a break that somebody lost */
	FULL_STOP = 6,   /* what a 。 counts, against the two words at a cut without one */
	NONE = -100,
	CLAUSE = 3,      /* the price of one clause more or less than the siblings have */
	ALIKE = 2,       /* the worth of ending with the same character */
};

/* A place where the heading may end. */
struct spot {
	size_t at; /* bytes from the text's start */
	int score;
	int clause; /* commas before it */
	int length; /* characters since the last of them */
	uint32_t last; /* the character before it */
};

struct sibling {
	size_t first, count; /* its spots */
	size_t stop;         /* behind its first 。, 0 when that is too far */
	size_t best;
};

struct cuts {
	struct lexicon *ends, *starts;
	struct spot *spots;
	size_t spot_count, spot_room;
	struct sibling *siblings;
	size_t sibling_room;
};

struct cuts *cuts_new(void)
{
	static const char *const columns[] = {"word", "end", "start"};
	struct cuts *c = xcalloc(1, sizeof *c);
	struct span f[3];
	struct tsv t;
	char *path = tsv_own("heading.tsv");

	c->ends = lexicon_new();
	c->starts = lexicon_new();
	tsv_open(&t, path, columns, 3);
	while (tsv_row(&t, f)) {
		for (size_t i = 1; i < 3; i++)
			if (f[i].len != 1 || *f[i].p < '0' || *f[i].p > '5')
				tsv_bad(&t, "a weight is a digit from 0 to 5");
		if (f[0].len == 0)
			tsv_bad(&t, "empty word");
		if (*f[1].p > '0')
			lexicon_add_reversed(c->ends, f[0], *f[1].p - '0');
		if (*f[2].p > '0')
			lexicon_add(c->starts, f[0], *f[2].p - '0');
	}
	lexicon_build(c->ends);
	lexicon_build(c->starts);
	tsv_close(&t);
	free(path);
	return c;
}

void cuts_free(struct cuts *c)
{
	lexicon_free(c->ends);
	lexicon_free(c->starts);
	free(c->spots);
	free(c->siblings);
	free(c);
}

static bool comma(uint32_t c)
{
	return c == 0xff0c || c == ',';
}

static bool full_stop(uint32_t c)
{
	return c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0xff1b;
}

/* What cannot stand on either side of a cut: punctuation, but for quotes that open behind it or close before it. */
static bool punctuation(uint32_t c)
{
	return comma(c) || full_stop(c) || c == 0x3001 || c == 0xff1a || c == ':' || c == ';' || c == '.' || c == 0x2014 ||
	       c == '-' || c == '+' || c == '/';
}

static bool opens(uint32_t c)
{
	return c == 0x201c || c == 0x2018 || c == 0x300a || c == 0xff08 || c == '(' || c == 0x3010;
}

static bool closes(uint32_t c)
{
	return c == 0x201d || c == 0x2019 || c == 0x300b || c == 0xff09 || c == ')' || c == 0x3011;
}

static bool latin(uint32_t c)
{
	return c < 0x80 && c > ' ';
}

/* The text's first characters, where they begin, and where its first 。 stands. */
struct reach {
	uint32_t c[REACH + 1];
	size_t at[REACH + 2];
	size_t count; /* characters up to the first 。 or REACH of them */
	bool stopped; /* by a 。, which is c[count] */
};

static void reach_of(struct reach *r, struct span text)
{
	size_t at = 0;

	r->count = 0;
	r->stopped = false;
	while (r->count < REACH && at < text.len) {
		uint32_t c = utf8_at(text.p + at);
		r->c[r->count] = c;
		r->at[r->count] = at;
		at += utf8_len(text.p[at]);
		if (full_stop(c)) {
			r->stopped = true;
			break;
		}
		r->count++;
	}
	if (!r->stopped)
		r->at[r->count] = at;
	r->at[r->count + 1] = at;
}

/* How well a heading may end in front of character i. */
static int weigh(const struct cuts *c, const struct reach *r, size_t i, struct span text, size_t clause, size_t rest,
                 bool rest_stops)
{
	const char *at = text.p + r->at[i], *end = text.p + text.len;
	uint32_t before = r->c[i - 1], behind = r->c[i];
	int32_t start = UNKNOWN, close = UNKNOWN;

	if (behind == ' ')
		return SPACE;
	if (punctuation(before) || opens(before) || before == ' ' || punctuation(behind) || closes(behind) ||
	    (latin(before) && latin(behind)))
		return NONE;
	if (behind >= '0' && behind <= '9')
		start = i + 4 < r->count && r->c[i + 4] == 0x5e74 ? 5 : 1; /* 2019年 */
	else if (opens(behind))
		start = 3;
	else
		lexicon_longest(c->starts, at, end, &start);
	if (start <= 0)
		return NONE;
	lexicon_longest_before(c->ends, text.p + r->at[clause], at, &close);
	if (close <= 0)
		close = closes(before) ? 2 : UNKNOWN;
	int score = start + close;
	/* 过去一年的主要工作 | 过去一年, … */
	if (i + 4 < r->count)
		for (size_t k = 0; k + 4 <= i; k++)
			if (memcmp(r->c + k, r->c + i, 4 * sizeof *r->c) == 0)
				score += 3;
	/* What is left must be able to stand as a clause. */
	if (rest < 2 || (rest < 6 && rest_stops))
		score -= 5;
	return score;
}

static void add_spot(struct cuts *c, struct spot s)
{
	if (c->spot_count == c->spot_room) {
		c->spot_room = c->spot_room ? c->spot_room * 2 : 256;
		c->spots = xrealloc(c->spots, c->spot_room * sizeof *c->spots);
	}
	c->spots[c->spot_count++] = s;
}

static void find_spots(struct cuts *c, struct sibling *s, struct span text)
{
	struct reach r;
	int depth = 0, clauses = 0;
	size_t clause = 0, mark = 0; /* where the clause begins; the next punctuation at or behind i */

	reach_of(&r, text);
	*s = (struct sibling){.first = c->spot_count};
	if (r.stopped && r.count <= LONGEST)
		s->stop = r.at[r.count + 1];
	for (size_t i = 0; i < r.count && i <= LONGEST; i++) {
		if (i > mark || i == 0)
			for (mark = i; mark < r.count && !punctuation(r.c[mark]); mark++)
				;
		if (i >= SHORTEST && depth == 0) {
			bool stops = mark == r.count && r.stopped;
			int score = weigh(c, &r, i, text, clause, mark - i, stops);
			if (score > 0)
				add_spot(c, (struct spot){r.at[i], score, clauses, (int)(i - clause), r.c[i - 1]});
		}
		if (opens(r.c[i]))
			depth++;
		else if (closes(r.c[i]) && depth > 0)
			depth--;
		else if (comma(r.c[i]) && depth == 0) {
			clauses++;
			clause = i + 1;
		}
	}
	s->count = c->spot_count - s->first;
	s->best = s->first;
	for (size_t i = s->first; i < c->spot_count; i++)
		if (c->spots[i].score > c->spots[s->best].score)
			s->best = i;
}

static int descending(const void *a, const void *b)
{
	return *(const int *)b - *(const int *)a;
}

/* The median of what the best spots have; values is room for n. */
static int median(const struct cuts *c, size_t n, int *values, bool of_length)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++) {
		const struct sibling *s = &c->siblings[i];
		if (s->count)
			values[count++] = of_length ? c->spots[s->best].length : c->spots[s->best].clause;
	}
	qsort(values, count, sizeof *values, descending);
	return count ? values[count / 2] : 0;
}

/* The character that more than half of the best spots stand behind, 0 when there is none. */
static uint32_t majority(const struct cuts *c, size_t n)
{
	uint32_t last = 0;
	size_t votes = 0, count = 0, all = 0;

	for (size_t i = 0; i < n; i++) {
		const struct sibling *s = &c->siblings[i];
		if (!s->count)
			continue;
		all++;
		if (votes == 0)
			last = c->spots[s->best].last;
		votes += c->spots[s->best].last == last ? 1 : (size_t)-1;
	}
	for (size_t i = 0; i < n; i++)
		count += c->siblings[i].count && c->spots[c->siblings[i].best].last == last;
	return all >= 3 && count * 2 > all ? last : 0;
}

/* Chooses each sibling's spot again, now with an eye to what the others look like. */
static void agree(struct cuts *c, size_t n)
{
	int *values = xmalloc(n * sizeof *values);
	int clauses = median(c, n, values, false), length = median(c, n, values, true);
	uint32_t last = majority(c, n);

	free(values);
	for (size_t i = 0; i < n; i++) {
		struct sibling *s = &c->siblings[i];
		int best = NONE;
		for (size_t k = s->first; k < s->first + s->count; k++) {
			const struct spot *p = &c->spots[k];
			int score = p->score - CLAUSE * abs(p->clause - clauses) - abs(p->length - length) / 3;
			if (p->last == last)
				score += ALIKE;
			if (score > best) {
				best = score;
				s->best = k;
			}
		}
	}
}

void cuts_find(struct cuts *c, const struct span *texts, size_t n, const char **ends)
{
	int stopped = 0, fused = 0;

	if (n > c->sibling_room) {
		c->sibling_room = n * 2;
		c->siblings = xrealloc(c->siblings, c->sibling_room * sizeof *c->siblings);
	}
	c->spot_count = 0;
	for (size_t i = 0; i < n; i++) {
		struct sibling *s = &c->siblings[i];
		find_spots(c, s, texts[i]);
		stopped += s->stop ? FULL_STOP : -FULL_STOP;
		fused += s->count ? c->spots[s->best].score : -FULL_STOP;
	}
	if (fused > stopped && n > 2)
		agree(c, n);
	for (size_t i = 0; i < n; i++) {
		const struct sibling *s = &c->siblings[i];
		bool by_stop = s->stop && (stopped >= fused || s->count == 0);
		ends[i] = by_stop ? texts[i].p + s->stop : s->count ? texts[i].p + c->spots[s->best].at : NULL;
	}
}
