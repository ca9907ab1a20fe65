#include "furniture.h"

#include <stdlib.h>

#include "err.h"
#include "match.h"
#include "tsv.h"
#include "utf8.h"

enum where { ANY, APART, BODY, CUT, EDGE, TAIL, RESUME, START, END, WHERES };

static const char *const where_names[WHERES] = {"any", "apart", "body", "cut", "edge", "tail", "resume", "start", "end"};

struct rule {
	char *name;
	enum where where;
	struct match *pattern;
};

/* A word with which lines of a rule begin (or end). */
struct clue {
	struct span word; /* owned */
	size_t rule;
	int next; /* the next clue in the same bucket, in the order of the rules; -1 at the end */
};

enum { BUCKETS = 2048 };

struct furniture {
	struct rule *rules;
	size_t n;
	struct clue *clues;
	size_t clued;
	/* By the low bits of the first character, whole lines and starts; by those of the last one, ends. */
	int lines[BUCKETS], starts[BUCKETS], ends[BUCKETS];
};

static unsigned bucket(const char *s)
{
	uint32_t c = utf8_at(s);
	return (c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c) % BUCKETS;
}

static void add_clue(struct furniture *f, struct span word)
{
	enum where where = f->rules[f->n - 1].where;
	const char *end = word.p + word.len;
	int *link = where == END     ? &f->ends[bucket(utf8_prev(word.p, end))]
	            : where == START ? &f->starts[bucket(word.p)]
	                             : &f->lines[bucket(word.p)];

	while (*link >= 0)
		link = &f->clues[*link].next;
	*link = (int)f->clued;
	f->clues = xrealloc(f->clues, (f->clued + 1) * sizeof *f->clues);
	f->clues[f->clued++] = (struct clue){{xstrndup(word.p, word.len), word.len}, f->n - 1, -1};
}

struct furniture *furniture_new(const char *path)
{
	static const char *const names[] = {"rule", "where", "clue", "pattern"};
	struct furniture *f = xcalloc(1, sizeof *f);
	struct buf pattern = {0};
	struct span row[4], word;
	char why[128];
	struct tsv t;

	for (int i = 0; i < BUCKETS; i++)
		f->lines[i] = f->starts[i] = f->ends[i] = -1;
	tsv_open(&t, path, names, 4);
	while (tsv_row(&t, row)) {
		struct rule r = {.where = ANY};
		while (r.where < WHERES && !span_is(row[1], where_names[r.where]))
			r.where++;
		if (r.where == WHERES)
			tsv_bad(&t, "\"where\" must be any, apart, body, cut, edge, tail, resume, start or end");
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
		f->rules = xrealloc(f->rules, (f->n + 1) * sizeof *f->rules);
		f->rules[f->n++] = r;
		while (tsv_part(&row[2], &word)) {
			if (word.len == 0)
				tsv_bad(&t, "an empty clue");
			add_clue(f, word);
		}
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
		match_free(f->rules[i].pattern);
	}
	for (size_t i = 0; i < f->clued; i++)
		free((char *)(uintptr_t)f->clues[i].word.p);
	free(f->clues);
	free(f->rules);
	free(f);
}

/* Whether folding may make another character of c, full-width ASCII apart. */
static bool is_unsettled(uint32_t c)
{
	return c >= 0x80 && (c < 0x4e00 || c > 0x9fff);
}

/* The first character of *s that is no white space, full-width ASCII made narrow, 0 at the end; *s goes behind it. */
static uint32_t next_char(struct span *s)
{
	while (s->len) {
		uint32_t c = utf8_at(s->p);
		size_t n = utf8_len(*s->p);
		s->p += n;
		s->len -= n;
		if (c > ' ' && c != 0x7f && c != 0x3000 && c != 0xa0 && !utf8_invisible(c))
			return c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c;
	}
	return 0;
}

bool furniture_may_be(const struct furniture *f, struct span line)
{
	struct span rest = line;
	uint32_t first = next_char(&rest);

	/* What folding may change is looked at when it is folded. */
	if (is_unsettled(first))
		return true;
	for (int i = f->lines[first % BUCKETS]; i >= 0; i = f->clues[i].next) {
		struct span word = f->clues[i].word, behind = rest;
		if (next_char(&word) != first)
			continue;
		bool same = true;
		while (same && word.len) {
			uint32_t c = next_char(&behind);
			if (is_unsettled(c))
				return true;
			same = next_char(&word) == c;
		}
		if (same)
			return true;
	}
	return false;
}

static bool may_be_token(const int *links, const char *s)
{
	uint32_t c = utf8_at(s);
	bool punctuation = (c >= 0x3000 && c < 0x3040) || c >= 0xff00;
	return links[bucket(s)] >= 0 || (is_unsettled(c) && !punctuation);
}

bool furniture_may_start(const struct furniture *f, struct span line)
{
	return line.len && may_be_token(f->starts, line.p);
}

bool furniture_may_end(const struct furniture *f, struct span line)
{
	return line.len && may_be_token(f->ends, utf8_prev(line.p, line.p + line.len));
}

static bool begins(struct span line, struct span word)
{
	return word.len <= line.len && memcmp(line.p, word.p, word.len) == 0;
}

static bool applies(enum where where, const struct furniture_place *place)
{
	switch (where) {
	case ANY: case TAIL: return true;
	case APART: return !place->cut;
	case BODY: return place->started && !place->cut;
	case CUT: return place->cut;
	case EDGE: return place->edge;
	default: return false;
	}
}

const char *furniture_line(const struct furniture *f, struct span line, struct furniture_place *place)
{
	if (line.len == 0)
		return NULL;
	for (size_t i = 0; i < f->n && place->tail; i++)
		if (f->rules[i].where == RESUME && match_find(f->rules[i].pattern, line, 0, NULL))
			place->tail = false;
	if (place->tail)
		return "tail";
	for (int i = f->lines[bucket(line.p)]; i >= 0; i = f->clues[i].next) {
		const struct rule *r = &f->rules[f->clues[i].rule];
		if (!applies(r->where, place) || !begins(line, f->clues[i].word) ||
		    !match_find(r->pattern, line, 0, NULL))
			continue;
		/* In front of the text it is no more than a line of the page's menu. */
		place->tail = r->where == TAIL && place->started;
		return r->name;
	}
	return NULL;
}

size_t furniture_start(const struct furniture *f, struct span line, const char **rule)
{
	struct span groups[MATCH_GROUPS];

	for (int i = line.len ? f->starts[bucket(line.p)] : -1; i >= 0; i = f->clues[i].next) {
		const struct rule *r = &f->rules[f->clues[i].rule];
		if (!begins(line, f->clues[i].word) || !match_find(r->pattern, line, 0, groups))
			continue;
		*rule = r->name;
		return groups[0].len;
	}
	*rule = NULL;
	return 0;
}

/* Tokens at the end are short: the match that ends with the line, if there is one. */
static size_t match_end(struct match *pattern, struct span line)
{
	struct span groups[MATCH_GROUPS];

	for (size_t from = 0; match_find(pattern, line, from, groups);) {
		if (groups[0].len && groups[0].p + groups[0].len == line.p + line.len)
			return groups[0].len;
		if (groups[0].p == line.p + line.len)
			break;
		from = (size_t)(groups[0].p - line.p) + utf8_len(*groups[0].p);
	}
	return 0;
}

size_t furniture_end(const struct furniture *f, struct span line, const char **rule)
{
	*rule = NULL;
	if (line.len > FURNITURE_TOKEN) {
		line.p += line.len - FURNITURE_TOKEN;
		line.len = FURNITURE_TOKEN;
		while (line.len && ((unsigned char)*line.p & 0xc0) == 0x80) {
			line.p++;
			line.len--;
		}
	}
	if (line.len == 0)
		return 0;
	for (int i = f->ends[bucket(utf8_prev(line.p, line.p + line.len))]; i >= 0; i = f->clues[i].next) {
		const struct rule *r = &f->rules[f->clues[i].rule];
		struct span word = f->clues[i].word;
		if (word.len > line.len || memcmp(line.p + line.len - word.len, word.p, word.len) != 0)
			continue;
		size_t n = match_end(r->pattern, line);
		if (n) {
			*rule = r->name;
			return n;
		}
	}
	return 0;
}
