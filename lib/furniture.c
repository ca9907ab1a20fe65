#include "furniture.h"

#include <stdlib.h>

#include "err.h"
#include "match.h"
#include "tsv.h"
#include "utf8.h"

enum where { ANY, APART, BODY, CUT, TAIL, RESUME, START, END, WHERES };

static const char *const where_names[WHERES] = {"any", "apart", "body", "cut", "tail", "resume", "start", "end"};

struct rule {
	char *name;
	enum where where;
	char *clues; /* separated by |; empty when the rule looks at every line */
	struct match *pattern;
};

enum { FIRSTS = 1024 };

struct furniture {
	struct rule *rules;
	size_t n;
	/* Which rules a line's first character (by its low bits) or last byte leaves: a bit for each, that of rule number
	 * i being bit i % 64. */
	uint64_t by_first[FIRSTS], by_last[256];
	unsigned char first[0x10000 / 8]; /* characters of the BMP with which a clue of a whole line begins */
};

static void add_first(struct furniture *f, struct span clues)
{
	struct span clue;

	while (tsv_part(&clues, &clue)) {
		uint32_t c = clue.len ? utf8_at(clue.p) & 0xffff : 0;
		f->first[c / 8] |= (unsigned char)(1u << c % 8);
	}
}

/* Enters rule number i, where its clues lead to it. */
static void index_rule(struct furniture *f, size_t i)
{
	const struct rule *r = &f->rules[i];
	struct span clues = span_of(r->clues), clue;
	uint64_t bit = (uint64_t)1 << i % 64;

	if (clues.len == 0)
		for (size_t k = 0; k < FIRSTS; k++)
			f->by_first[k] |= bit;
	while (tsv_part(&clues, &clue)) {
		if (clue.len && r->where == END)
			f->by_last[(unsigned char)clue.p[clue.len - 1]] |= bit;
		else if (clue.len)
			f->by_first[utf8_at(clue.p) % FIRSTS] |= bit;
	}
}

/* The first rule at or behind number i that rules leaves. */
static size_t next_rule(const struct furniture *f, uint64_t rules, size_t i)
{
	while (i < f->n && !(rules >> i % 64 & 1))
		i = rules >> i % 64 ? i + 1 : i + 64 - i % 64;
	return i < f->n ? i : f->n;
}

struct furniture *furniture_new(const char *path)
{
	static const char *const names[] = {"rule", "where", "clue", "pattern"};
	struct furniture *f = xcalloc(1, sizeof *f);
	struct buf pattern = {0};
	struct span row[4];
	char why[128];
	struct tsv t;

	tsv_open(&t, path, names, 4);
	while (tsv_row(&t, row)) {
		struct rule r = {.where = ANY};
		while (r.where < WHERES && !span_is(row[1], where_names[r.where]))
			r.where++;
		if (r.where == WHERES)
			tsv_bad(&t, "\"where\" must be any, apart, body, cut, tail, resume, start or end");
		if (row[0].len == 0 || (row[2].len == 0 && r.where != RESUME))
			tsv_bad(&t, "a rule needs a name and a clue");
		/* A token at the line's start is not looked for anywhere else. */
		buf_clear(&pattern);
		buf_puts(&pattern, r.where == START ? "\\A(?:" : "(?:");
		buf_span(&pattern, row[3]);
		buf_putc(&pattern, ')');
		r.pattern = match_new((struct span){pattern.p, pattern.len}, r.where < START, why, sizeof why);
		if (!r.pattern)
			tsv_bad(&t, why);
		r.name = xstrndup(row[0].p, row[0].len);
		r.clues = xstrndup(row[2].p, row[2].len);
		if (r.where < RESUME)
			add_first(f, row[2]);
		f->rules = xrealloc(f->rules, (f->n + 1) * sizeof *f->rules);
		f->rules[f->n++] = r;
		index_rule(f, f->n - 1);
	}
	tsv_close(&t);
	buf_free(&pattern);
	return f;
}

void furniture_free(struct furniture *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->n; i++) {
		free(f->rules[i].name);
		free(f->rules[i].clues);
		match_free(f->rules[i].pattern);
	}
	free(f->rules);
	free(f);
}

bool furniture_may_begin(const struct furniture *f, uint32_t c)
{
	return c < 0x10000 && f->first[c / 8] >> c % 8 & 1;
}

/* Whether a clue of the rule stands at the line's beginning. */
static bool begins_with_clue(const struct rule *r, struct span line)
{
	return !*r->clues || tsv_part_at(span_of(r->clues), line.p, line.p + line.len);
}

/* Whether one stands at its end. */
static bool ends_with_clue(const struct rule *r, struct span line)
{
	struct span list = span_of(r->clues), clue;

	while (tsv_part(&list, &clue))
		if (clue.len <= line.len && memcmp(line.p + line.len - clue.len, clue.p, clue.len) == 0)
			return true;
	return false;
}

static bool applies(enum where where, const struct furniture_place *place)
{
	switch (where) {
	case ANY: case TAIL: return true;
	case APART: return !place->cut;
	case BODY: return place->started && !place->cut;
	case CUT: return place->cut;
	default: return false;
	}
}

const char *furniture_line(const struct furniture *f, struct span line, struct furniture_place *place)
{
	uint64_t rules = line.len ? f->by_first[utf8_at(line.p) % FIRSTS] : 0;

	for (size_t i = next_rule(f, rules, 0); i < f->n; i = next_rule(f, rules, i + 1)) {
		const struct rule *r = &f->rules[i];
		if (place->tail ? r->where != RESUME : !applies(r->where, place))
			continue;
		if (!begins_with_clue(r, line) || !match_find(r->pattern, line, 0, NULL))
			continue;
		place->tail = r->where == TAIL;
		if (r->where != RESUME)
			return r->name;
	}
	return place->tail ? "tail" : NULL;
}

size_t furniture_start(const struct furniture *f, struct span line, const char **rule)
{
	uint64_t rules = f->by_first[utf8_at(line.p) % FIRSTS];
	struct span groups[MATCH_GROUPS];

	*rule = NULL;
	for (size_t i = next_rule(f, rules, 0); i < f->n; i = next_rule(f, rules, i + 1)) {
		const struct rule *r = &f->rules[i];
		if (r->where != START || !begins_with_clue(r, line) || !match_find(r->pattern, line, 0, groups) ||
		    groups[0].p != line.p)
			continue;
		*rule = r->name;
		return groups[0].len;
	}
	return 0;
}

size_t furniture_end(const struct furniture *f, struct span line, const char **rule)
{
	enum { LONGEST = 120 };
	struct span groups[MATCH_GROUPS], end = line;

	*rule = NULL;
	if (end.len > LONGEST) {
		end.p += end.len - LONGEST;
		end.len = LONGEST;
		while (end.len && ((unsigned char)*end.p & 0xc0) == 0x80) {
			end.p++;
			end.len--;
		}
	}
	uint64_t rules = f->by_last[(unsigned char)line.p[line.len - 1]];
	for (size_t i = next_rule(f, rules, 0); i < f->n; i = next_rule(f, rules, i + 1)) {
		const struct rule *r = &f->rules[i];
		if (r->where != END || !ends_with_clue(r, end))
			continue;
		for (size_t from = 0; match_find(r->pattern, end, from, groups);) {
			if (groups[0].p + groups[0].len == end.p + end.len && groups[0].len) {
				*rule = r->name;
				return groups[0].len;
			}
			from = (size_t)(groups[0].p - end.p) + utf8_len(*groups[0].p);
			if (from > end.len)
				break;
		}
	}
	return 0;
}
