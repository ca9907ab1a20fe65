#include "units.h"

#include <stdlib.h>

#include "err.h"
#include "lexicon.h"
#include "numeral.h"
#include "tsv.h"
#include "utf8.h"

/* A bit for each character, by the low bits of it, that begins what a unit must not stand in front of. */
struct firsts {
	uint64_t set[4];
};

struct units {
	struct tsv files[2];
	char *own;
	struct unit *rows;
	struct firsts *unless; /* of each row */
	size_t n;
	struct lexicon *forward, *backward;
};

static const struct {
	const char *name;
	enum unit_kind kind;
} kinds[] = {
	{"quantity", UNIT_QUANTITY}, {"percent", UNIT_PERCENT}, {"point", UNIT_POINT}, {"fraction", UNIT_FRACTION},
	{"multiple", UNIT_MULTIPLE}, {"duration", UNIT_DURATION}, {"ordinal", UNIT_ORDINAL}, {"name", UNIT_NAME},
};

static enum unit_kind kind_of(const struct tsv *t, struct span s)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (span_is(s, kinds[i].name))
			return kinds[i].kind;
	tsv_bad(t, "no such kind of unit");
}

static void add_first(struct firsts *f, uint32_t c)
{
	f->set[c >> 6 & 3] |= (uint64_t)1 << (c & 63);
}

static bool may_begin(const struct firsts *f, uint32_t c)
{
	return f->set[c >> 6 & 3] >> (c & 63) & 1;
}

static void load(struct units *u, struct tsv *t, const char *path)
{
	static const char *const columns[] = {"surface", "unit", "?kind", "?use", "?unless", "?unless_han"};
	struct span f[6], part;

	tsv_open(t, path, columns, 6);
	while (tsv_row(t, f)) {
		struct unit x = {.surface = f[0], .unless = f[4], .unless_han = f[5]};
		if (f[0].len == 0)
			tsv_bad(t, "no surface");
		if (tsv_part(&f[1], &x.code))
			tsv_part(&f[1], &x.large);
		if (f[2].len)
			x.kind = kind_of(t, f[2]);
		while (tsv_part(&f[3], &part)) {
			if (span_is(part, "one"))
				x.one = true;
			else if (span_is(part, "digits"))
				x.digits = true;
			else if (span_is(part, "nth"))
				x.nth = true;
			else if (span_is(part, "small"))
				x.small = true;
			else if (span_is(part, "half"))
				x.half = true;
			else if (span_is(part, "more"))
				x.more = true;
			else if (span_is(part, "per"))
				x.per = true;
			else
				tsv_bad(t, "no such use of a unit");
		}
		if ((u->n & (u->n - 1)) == 0) {
			u->rows = xrealloc(u->rows, (u->n ? 2 * u->n : 1) * sizeof *u->rows);
			u->unless = xrealloc(u->unless, (u->n ? 2 * u->n : 1) * sizeof *u->unless);
		}
		u->unless[u->n] = (struct firsts){0};
		for (int i = 4; i <= 5; i++)
			while (tsv_part(&f[i], &part))
				if (part.len)
					add_first(&u->unless[u->n], utf8_at(part.p));
		lexicon_add(u->forward, x.surface, (int32_t)u->n);
		lexicon_add_reversed(u->backward, x.surface, (int32_t)u->n);
		u->rows[u->n++] = x;
	}
}

struct units *units_new(const char *user)
{
	struct units *u = xcalloc(1, sizeof *u);

	u->forward = lexicon_new();
	u->backward = lexicon_new();
	u->own = tsv_own("units.tsv");
	load(u, &u->files[0], u->own);
	if (user)
		load(u, &u->files[1], user);
	lexicon_build(u->forward);
	lexicon_build(u->backward);
	return u;
}

void units_free(struct units *u)
{
	if (!u)
		return;
	for (int i = 0; i < 2; i++)
		tsv_close(&u->files[i]);
	lexicon_free(u->forward);
	lexicon_free(u->backward);
	free(u->rows);
	free(u->unless);
	free(u->own);
	free(u);
}

static bool latin(const char *s, const char *end)
{
	return s < end && ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9'));
}

/* Whether what stands at s, behind the unit, makes it another word. */
static bool spoiled(const struct units *u, size_t row, const char *s, const char *end, enum units_numeral front)
{
	const struct unit *x = &u->rows[row];

	return s < end && front != UNITS_NTH && may_begin(&u->unless[row], utf8_at(s)) &&
	       (tsv_part_at(x->unless, s, end) || (front == UNITS_HAN && tsv_part_at(x->unless_han, s, end)));
}

/* Whether the unit of a row, found at s and n bytes long, may stand there. */
static bool fits(const struct units *u, int32_t row, const char *s, size_t n, const char *end, enum units_numeral front,
                 bool per)
{
	const struct unit *x = &u->rows[row];

	return !((x->per && !per) || (front == UNITS_NTH && !x->nth) || (latin(s + n - 1, end) && latin(s + n, end)) ||
	         spoiled(u, (size_t)row, s + n, end, front));
}

/* The longest unit at s that may stand there. */
static const struct unit *longest(const struct units *u, const char *s, const char *end, enum units_numeral front,
                                  bool per, size_t *len)
{
	int32_t row, found = LEXICON_NONE;
	size_t n = lexicon_longest(u->forward, s, end, &row);

	/* Nearly always it is the longest of all, or there is none. */
	if (!n || fits(u, row, s, n, end, front, per)) {
		*len = n;
		return n ? &u->rows[row] : NULL;
	}
	struct lexicon_state state = {0};
	while ((n = lexicon_next(u->forward, s, end, &state, &row))) {
		if (fits(u, row, s, n, end, front, per)) {
			found = row;
			*len = n;
		}
	}
	return found == LEXICON_NONE ? NULL : &u->rows[found];
}

/* What joins the parts of a compound unit; 0 when nothing does. */
static size_t joint(const char *s, const char *end, bool *per)
{
	uint32_t c = s < end ? utf8_at(s) : 0;

	*per = c == '/' || c == U'／' || c == U'每';
	return *per || c == U'·' || c == U'•' || c == U'・' ? utf8_len(*s) : 0;
}

size_t units_read(const struct units *u, const char *s, const char *end, enum units_numeral front,
                  const struct unit **first, struct buf *code)
{
	size_t n = 0, k, begin = code->len;
	bool per = false, below = false;

	*first = longest(u, s, end, front, false, &n);
	if (!*first)
		return 0;
	buf_span(code, (*first)->code);
	while ((*first)->kind != UNIT_NAME && (k = joint(s + n, end, &per)) != 0) {
		size_t len = 0, man = 0;
		const char *p = s + n + k;
		if ((size_t)(end - p) >= 3 && memcmp(p, "万", 3) == 0)
			man = 3;
		const struct unit *x = longest(u, p + man, end, UNITS_ARABIC, true, &len);
		if (!x || x->kind == UNIT_NAME || (!per && !below))
			break;
		/* More than one thing below the line goes into brackets: CNY/({人}.mo). */
		if (below && !per) {
			char *slash = memrchr(code->p + begin, '/', code->len - begin);
			size_t at = (size_t)(slash - code->p) + 1;
			buf_putc(code, ' ');
			memmove(code->p + at + 1, code->p + at, code->len - 1 - at);
			code->p[at] = '(';
			buf_putc(code, '.');
			buf_span(code, x->code);
			buf_putc(code, ')');
		} else {
			bool brackets = man || (x->code.len && memchr(x->code.p, '.', x->code.len));
			buf_puts(code, brackets ? "/(" : "/");
			if (man)
				buf_puts(code, "10*4.");
			buf_span(code, x->code);
			if (brackets)
				buf_putc(code, ')');
		}
		below |= per;
		n += k + man + len;
	}
	return n;
}

bool units_begin(const void *units, const char *s, const char *end)
{
	const struct units *u = units;
	size_t n;

	return longest(u, s, end, UNITS_ARABIC, false, &n) != NULL;
}

const struct unit *units_before(const struct units *u, const char *begin, const char *s, size_t *len)
{
	int32_t value;

	*len = lexicon_longest_before(u->backward, begin, s, &value);
	return *len ? &u->rows[value] : NULL;
}

bool units_physical(const struct unit *x)
{
	return x->code.len && x->code.p[0] != '{' && x->kind == UNIT_QUANTITY &&
	       !(x->code.len == 3 && x->code.p[0] >= 'A' && x->code.p[2] <= 'Z' && x->code.p[2] >= 'A');
}
