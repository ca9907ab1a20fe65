#include "indicator.h"

#include <stdlib.h>

#include "err.h"
#include "lexicon.h"
#include "tsv.h"

const char *const measure_names[MEASURE_N] = {"level", "growth", "change", "share", "rank", "count", "from"};

struct row {
	struct span id;
	unsigned whats;    /* bits of enum what that a level may be */
	unsigned measures; /* bits of enum measure that the dictionary expects */
};

struct name {
	struct span text;
	uint32_t row;
	bool context;
};

/* A name with words in between. */
struct gap {
	struct span head, tail;
	uint32_t row;
};

/* They are kept by the last byte of their tails, so that a phrase is compared with few; one without a tail is among all. */
enum { GAP_LISTS = 64 };
struct gaps {
	struct gap *v;
	size_t n;
};

struct indicators {
	struct tsv *files; /* hold the bytes that the spans point into */
	size_t file_count;
	struct row *rows;
	size_t row_count;
	struct name *names;
	size_t name_count;
	struct gaps gaps[GAP_LISTS];
	struct lexicon *lexicon;  /* of names: index into names, the first of those that are spelt alike */
	struct lexicon *prefixes, *suffixes;
	struct tsv affixes;
};

static void *more(void *v, size_t n, size_t size)
{
	/* Grows at powers of two. */
	if (n && (n & (n - 1)))
		return v;
	return xrealloc(v, (n ? 2 * n : 1) * size);
}

static bool has(struct span list, const char *word)
{
	struct span part;
	while (tsv_part(&list, &part))
		if (span_is(part, word))
			return true;
	return false;
}

static unsigned whats_of(struct span unit)
{
	static const char *const physical[] = {"公里", "米", "吨", "瓦", "公顷", "亩", "克", "斤"};
	static const char money[] = "元";
	if (unit.len == 0)
		return ~0u;
	if (span_is(unit, "%") || span_is(unit, "‰"))
		return 1u << WHAT_PERCENT | 1u << WHAT_POINT | 1u << WHAT_FRACTION;
	if (span_is(unit, "1"))
		return 1u << WHAT_RATIO | 1u << WHAT_BARE | 1u << WHAT_MULTIPLE;
	if (memmem(unit.p, unit.len, money, sizeof money - 1) && !memmem(unit.p, unit.len, "/万元", strlen("/万元")))
		return 1u << WHAT_MONEY;
	if (memmem(unit.p, unit.len, "美元", strlen("美元")))
		return 1u << WHAT_MONEY;
	/* 40条高速公路 is not its length. */
	for (size_t i = 0; i < sizeof physical / sizeof *physical; i++)
		if (memmem(unit.p, unit.len, physical[i], strlen(physical[i])))
			return 1u << WHAT_AMOUNT | 1u << WHAT_BARE;
	return 1u << WHAT_COUNT | 1u << WHAT_AMOUNT | 1u << WHAT_BARE;
}

/* The list of what ends in front of end. */
static size_t gap_list(const char *end)
{
	return (unsigned char)end[-1] % GAP_LISTS;
}

static void add_gap(struct indicators *x, const struct gap *gap)
{
	size_t first = 0, last = GAP_LISTS - 1;

	if (gap->tail.len)
		first = last = gap_list(gap->tail.p + gap->tail.len);
	for (size_t i = first; i <= last; i++) {
		struct gaps *to = &x->gaps[i];
		to->v = more(to->v, to->n, sizeof *to->v);
		to->v[to->n++] = *gap;
	}
}

static void add_name(struct indicators *x, struct span text, uint32_t row, bool context)
{
	static const char ellipsis[] = "…";
	const char *gap = memmem(text.p, text.len, ellipsis, sizeof ellipsis - 1);

	if (text.len == 0)
		return;
	if (gap) {
		const char *tail = gap + sizeof ellipsis - 1;
		add_gap(x, &(struct gap){{text.p, (size_t)(gap - text.p)}, {tail, (size_t)(text.p + text.len - tail)}, row});
		return;
	}
	x->names = more(x->names, x->name_count, sizeof *x->names);
	x->names[x->name_count++] = (struct name){text, row, context};
}

static void load(struct indicators *x, struct tsv *t, const char *path)
{
	static const char *const columns[] = {"id", "name_zh", "variants_zh", "?context_variants_zh", "?unit", "?forms"};
	struct span f[6], part;

	tsv_open(t, path, columns, 6);
	while (tsv_row(t, f)) {
		if (f[0].len == 0 || f[1].len == 0)
			tsv_bad(t, "an indicator without id or name");
		for (size_t i = 0; i < x->name_count; i++) {
			struct span old = x->rows[x->names[i].row].id;
			if (old.len == f[0].len && memcmp(old.p, f[0].p, old.len) == 0)
				x->names[i].text.len = 0;
		}
		uint32_t row = (uint32_t)x->row_count;
		x->rows = more(x->rows, x->row_count, sizeof *x->rows);
		x->rows[x->row_count++] = (struct row){
			f[0], whats_of(f[4]),
			(f[5].len == 0 || has(f[5], "level") ? 1u << MEASURE_LEVEL | 1u << MEASURE_COUNT : 0) |
			(f[5].len == 0 || has(f[5], "growth") ? 1u << MEASURE_GROWTH : 0) |
			(f[5].len == 0 || has(f[5], "share") ? 1u << MEASURE_SHARE : 0)};
		add_name(x, f[1], row, false);
		while (tsv_part(&f[2], &part))
			add_name(x, part, row, false);
		while (tsv_part(&f[3], &part))
			add_name(x, part, row, true);
	}
}

static void load_affixes(struct indicators *x)
{
	static const char *const columns[] = {"where", "words"};
	char *path = tsv_own("affixes.tsv");
	struct span f[2], part;

	x->prefixes = lexicon_new();
	x->suffixes = lexicon_new();
	tsv_open(&x->affixes, path, columns, 2);
	while (tsv_row(&x->affixes, f)) {
		struct lexicon *to = span_is(f[0], "before") ? x->prefixes : span_is(f[0], "after") ? x->suffixes : NULL;
		if (!to)
			tsv_bad(&x->affixes, "an affix that is neither before nor after");
		while (tsv_part(&f[1], &part))
			if (part.len)
				lexicon_add(to, part, 0);
	}
	lexicon_build(x->prefixes);
	lexicon_build(x->suffixes);
	free(path);
}

struct indicators *indicators_load(char *const *extra, size_t n)
{
	struct indicators *x = xcalloc(1, sizeof *x);
	char *own = tsv_own("indicators.tsv");

	x->file_count = n + 1;
	x->files = xcalloc(x->file_count, sizeof *x->files);
	load(x, &x->files[0], own);
	for (size_t i = 0; i < n; i++)
		load(x, &x->files[i + 1], extra[i]);
	free(own);
	x->lexicon = lexicon_new();
	/* Backwards, so that of names spelt alike the first counts, and a full one before a context one. */
	for (int context = 1; context >= 0; context--)
		for (size_t i = x->name_count; i-- > 0;)
			if (x->names[i].text.len && x->names[i].context == (context == 1))
				lexicon_add(x->lexicon, x->names[i].text, (int32_t)i);
	lexicon_build(x->lexicon);
	load_affixes(x);
	return x;
}

void indicators_free(struct indicators *x)
{
	if (!x)
		return;
	for (size_t i = 0; i < x->file_count; i++)
		tsv_close(&x->files[i]);
	tsv_close(&x->affixes);
	lexicon_free(x->lexicon);
	lexicon_free(x->prefixes);
	lexicon_free(x->suffixes);
	free(x->files);
	free(x->rows);
	free(x->names);
	for (size_t i = 0; i < GAP_LISTS; i++)
		free(x->gaps[i].v);
	free(x);
}

/* Whether s to end is nothing but suffixes. */
static bool only_suffixes(const struct indicators *x, const char *s, const char *end)
{
	int32_t value;
	while (s < end) {
		size_t len = lexicon_longest(x->suffixes, s, end, &value);
		if (len == 0)
			return false;
		s += len;
	}
	return true;
}

static bool fits(const struct row *r, bool context, enum what what, enum measure measure)
{
	if (measure == MEASURE_RANK || measure == MEASURE_CHANGE || measure == MEASURE_FROM || measure == MEASURE_SHARE)
		return true;
	if (measure == MEASURE_GROWTH)
		return !context || r->measures >> MEASURE_GROWTH & 1;
	return r->whats >> what & 1;
}

/* The row of a name with words in between (研发经费…比重) that s to end is, or -1. */
static int32_t find_gap(const struct indicators *x, const char *s, const char *end)
{
	size_t n = (size_t)(end - s);
	const struct gaps *gaps = &x->gaps[gap_list(end)];

	for (size_t i = 0; i < gaps->n; i++) {
		const struct gap *g = &gaps->v[i];
		if (n > g->head.len + g->tail.len && memcmp(s, g->head.p, g->head.len) == 0 &&
		    memcmp(end - g->tail.len, g->tail.p, g->tail.len) == 0)
			return (int32_t)g->row;
	}
	return -1;
}

/* The row of the longest name that s to end is but for suffixes, or -1. */
static int32_t find_name(const struct indicators *x, const char *s, const char *end, enum what what,
                         enum measure measure)
{
	struct lexicon_state state = {0};
	int32_t value, best = -1;
	size_t len;

	while ((len = lexicon_next(x->lexicon, s, end, &state, &value)) != 0) {
		const struct name *n = &x->names[value];
		if (only_suffixes(x, s + len, end) && fits(&x->rows[n->row], n->context, what, measure))
			best = (int32_t)n->row;
	}
	return best;
}

struct span indicators_find(const struct indicators *x, struct span phrase, enum what what, enum measure measure)
{
	const char *end = phrase.p + phrase.len;
	int32_t value, row = -1;

	/* Behind any prefixes. Names with words in between first: 研发投入占生产总值比重 is not 研发投入 with a suffix. */
	for (const char *s = phrase.p; s < end;) {
		int32_t gap = find_gap(x, s, end);
		if (gap >= 0)
			return x->rows[gap].id;
		if (row < 0)
			row = find_name(x, s, end, what, measure);
		size_t len = lexicon_longest(x->prefixes, s, end, &value);
		if (len == 0)
			break;
		s += len;
	}
	return row >= 0 ? x->rows[row].id : (struct span){"", 0};
}

bool indicators_grows(const struct indicators *x, struct span id)
{
	for (size_t i = 0; i < x->row_count; i++)
		if (x->rows[i].id.p == id.p)
			return x->rows[i].measures == 1u << MEASURE_GROWTH;
	return false;
}

bool indicators_name(const struct indicators *x, size_t *at, struct span *name)
{
	while (*at < x->name_count) {
		const struct name *n = &x->names[(*at)++];
		if (!n->context && n->text.len) {
			*name = n->text;
			return true;
		}
	}
	return false;
}
