#include "numwords.h"

#include <stdlib.h>

#include "err.h"
#include "lexicon.h"
#include "numeral.h"
#include "tsv.h"
#include "utf8.h"

/* What stands of a name from its first numeral on is in the lexicon; the rest is compared. */
struct name {
	struct span word, before, tail, unless, only;
	uint32_t last;  /* the last character of before, or 0 */
	uint32_t alike; /* of the first row of several with the same tail: how many they are, */
	uint64_t lasts; /* and a bit for the low bits of each last of them; all when one of them has no before */
};

struct bound {
	enum number_bound bound;
	bool lone;  /* only in front of a multiplier without a digit */
	bool small; /* only behind a percentage or a time of less than a month */
};

enum { NAMES, BOUNDS, CUE_WORDS, FILES };

struct numwords {
	struct tsv files[FILES];
	char *paths[FILES];
	struct lexicon *names; /* the value is the first of the rows with the same tail, which lie side by side */
	struct name *rows;
	size_t row_count;
	struct lexicon *bounds_before, *bounds_behind;
	struct bound *bounds;
	size_t bound_count;
	struct lexicon *cues_before, *cues_behind; /* the value is the set */
};

/* Makes room for one more row where their number, n, is a power of two or nothing. */
static void *room(void *rows, size_t n, size_t size)
{
	return n & (n - 1) ? rows : xrealloc(rows, (n ? 2 * n : 1) * size);
}

static struct tsv *open_own(struct numwords *w, int i, const char *name, const char *const *columns, size_t n)
{
	w->paths[i] = tsv_own(name);
	tsv_open(&w->files[i], w->paths[i], columns, n);
	return &w->files[i];
}

static void side(struct tsv *t, struct span s, struct span word, struct lexicon *before, struct lexicon *behind,
                 int32_t value)
{
	if (word.len == 0)
		tsv_bad(t, "no word");
	if (span_is(s, "before"))
		lexicon_add_reversed(before, word, value);
	else if (span_is(s, "after"))
		lexicon_add(behind, word, value);
	else
		tsv_bad(t, "side is neither before nor after");
}

static bool numeral_at(const char *s)
{
	uint32_t c = utf8_at(s);
	return numeral_begins(c) || c == U'半' || c == U'首' || c == U'翻';
}

static int by_tail(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	size_t n = x->tail.len < y->tail.len ? x->tail.len : y->tail.len;
	int order = memcmp(x->tail.p, y->tail.p, n);

	return order ? order : (x->tail.len > y->tail.len) - (x->tail.len < y->tail.len);
}

static void load_names(struct numwords *w)
{
	static const char *const columns[] = {"name", "?unless", "?only"};
	struct span f[3];
	struct tsv *t = open_own(w, NAMES, "number-names.tsv", columns, 3);

	while (tsv_row(t, f)) {
		const char *p = f[0].p, *end = p + f[0].len;
		while (p < end && !numeral_at(p))
			p += utf8_len(*p);
		if (p == end)
			tsv_bad(t, "no numeral in the name");
		w->rows = room(w->rows, w->row_count, sizeof *w->rows);
		w->rows[w->row_count++] = (struct name){f[0],
							{f[0].p, (size_t)(p - f[0].p)},
							{p, (size_t)(end - p)},
							f[1],
							f[2],
							p > f[0].p ? utf8_before(f[0].p, p) : 0,
							0,
							0};
	}
	qsort(w->rows, w->row_count, sizeof *w->rows, by_tail);
	w->names = lexicon_new();
	for (size_t i = 0, first = 0; i < w->row_count; i++) {
		if (by_tail(&w->rows[first], &w->rows[i]) != 0)
			first = i;
		uint32_t last = w->rows[i].last;
		w->rows[first].lasts |= last ? (uint64_t)1 << (last & 63) : ~(uint64_t)0;
		if (w->rows[first].alike++ == 0)
			lexicon_add(w->names, w->rows[first].tail, (int32_t)first);
	}
	lexicon_build(w->names);
}

static enum number_bound bound_named(struct tsv *t, struct span s)
{
	if (span_is(s, "none"))
		return BOUND_NONE;
	for (int i = BOUND_GE; i <= BOUND_APPROX; i++)
		if (s.len == number_bounds[i].len && memcmp(s.p, number_bounds[i].p, s.len) == 0)
			return (enum number_bound)i;
	tsv_bad(t, "no such bound");
}

static void load_bounds(struct numwords *w)
{
	static const char *const columns[] = {"word", "side", "bound", "?when"};
	struct span f[4];
	struct tsv *t = open_own(w, BOUNDS, "bounds.tsv", columns, 4);

	w->bounds_before = lexicon_new();
	w->bounds_behind = lexicon_new();
	while (tsv_row(t, f)) {
		struct bound b = {bound_named(t, f[2]), span_is(f[3], "lone"), span_is(f[3], "short")};
		if (f[3].len && !b.lone && !b.small)
			tsv_bad(t, "no such condition");
		side(t, f[1], f[0], w->bounds_before, w->bounds_behind, (int32_t)w->bound_count);
		w->bounds = room(w->bounds, w->bound_count, sizeof *w->bounds);
		w->bounds[w->bound_count++] = b;
	}
	lexicon_build(w->bounds_before);
	lexicon_build(w->bounds_behind);
}

static void load_cues(struct numwords *w)
{
	static const char *const columns[] = {"word", "side", "cue"};
	static const char *const cues[CUES] = {"value", "rank",   "ratio", "signed", "lasted",
					       "from",  "change", "order", "step", "end"};
	struct span f[3], part;
	struct tsv *t = open_own(w, CUE_WORDS, "cues.tsv", columns, 3);

	w->cues_before = lexicon_new();
	w->cues_behind = lexicon_new();
	while (tsv_row(t, f)) {
		int32_t set = 0;
		while (tsv_part(&f[2], &part)) {
			int c = 0;
			while (c < CUES && !span_is(part, cues[c]))
				c++;
			if (c == CUES)
				tsv_bad(t, "no such cue");
			set |= 1 << c;
		}
		side(t, f[1], f[0], w->cues_before, w->cues_behind, set);
	}
	lexicon_build(w->cues_before);
	lexicon_build(w->cues_behind);
}

struct numwords *numwords_new(void)
{
	struct numwords *w = xcalloc(1, sizeof *w);

	load_names(w);
	load_bounds(w);
	load_cues(w);
	return w;
}

void numwords_free(struct numwords *w)
{
	if (!w)
		return;
	for (int i = 0; i < FILES; i++) {
		tsv_close(&w->files[i]);
		free(w->paths[i]);
	}
	lexicon_free(w->names);
	lexicon_free(w->bounds_before);
	lexicon_free(w->bounds_behind);
	lexicon_free(w->cues_before);
	lexicon_free(w->cues_behind);
	free(w->rows);
	free(w->bounds);
	free(w);
}

static bool ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether the name may stand with its tail from s to tail_end. */
static bool stands(const struct name *n, const char *begin, const char *s, const char *tail_end, const char *end,
                   uint32_t front)
{
	if (n->last && (n->last != front || (size_t)(s - begin) < n->before.len ||
	                memcmp(s - n->before.len, n->before.p, n->before.len) != 0))
		return false;
	return !tsv_part_at(n->unless, tail_end, end) &&
	       (n->only.len == 0 || tail_end == end || tsv_part_at(n->only, tail_end, end));
}

/* The first of the rows with the same tail, n bytes long at s, that may stand there; NULL when none may. */
static const struct name *standing(const struct name *row, const char *begin, const char *s, size_t n, const char *end,
                                   uint32_t front)
{
	if (!(row->lasts >> (front & 63) & 1))
		return NULL;
	/* 12345 is no part of 123456 or 12345.6. */
	if (ascii_digit(s[n - 1]) && s + n < end && (ascii_digit(s[n]) || s[n] == '.'))
		return NULL;
	for (uint32_t i = row->alike; i > 0; i--, row++)
		if (stands(row, begin, s, s + n, end, front))
			return row;
	return NULL;
}

size_t numwords_name(const struct numwords *w, const char *begin, const char *s, const char *end, uint32_t front,
                     struct span *name, size_t *before)
{
	int32_t first;
	size_t n = lexicon_longest(w->names, s, end, &first), found = n;

	if (!n)
		return 0;
	/* Mostly it is the longest of all, or there is only one. */
	const struct name *best = standing(&w->rows[first], begin, s, n, end, front);
	if (!best && n > utf8_len(*s)) {
		struct lexicon_state state = {0};
		while ((n = lexicon_next(w->names, s, end, &state, &first))) {
			const struct name *row = standing(&w->rows[first], begin, s, n, end, front);
			if (row) {
				best = row;
				found = n;
			}
		}
	}
	if (!best)
		return 0;
	*name = best->word;
	*before = best->before.len;
	return found;
}

enum number_bound numwords_bound_before(const struct numwords *w, const char *begin, const char *s, bool lone,
                                        size_t *len)
{
	int32_t i;

	*len = lexicon_longest_before(w->bounds_before, begin, s, &i);
	return *len == 0 || (w->bounds[i].lone && !lone) ? BOUND_NONE : w->bounds[i].bound;
}

enum number_bound numwords_bound_behind(const struct numwords *w, const char *s, const char *end, bool small,
                                        size_t *len)
{
	int32_t i;

	*len = lexicon_longest(w->bounds_behind, s, end, &i);
	return *len == 0 || (w->bounds[i].small && !small) ? BOUND_NONE : w->bounds[i].bound;
}

uint32_t numwords_cues_before(const struct numwords *w, const char *begin, const char *s)
{
	int32_t set;
	return lexicon_longest_before(w->cues_before, begin, s, &set) ? (uint32_t)set : 0;
}

uint32_t numwords_cues_behind(const struct numwords *w, const char *s, const char *end)
{
	int32_t set;
	return lexicon_longest(w->cues_behind, s, end, &set) ? (uint32_t)set : 0;
}
