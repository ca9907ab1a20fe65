/* One pass over the text. A bitmap of characters turns away everything that cannot begin a number; at each
 * candidate the rules are tried in the order of consider(), and the first that matches takes or refuses a stretch,
 * behind which the pass goes on. Whatever is looked at before or behind a candidate is bounded, so that no text
 * costs more than a constant for each of its characters.
 */
#include "number.h"

#include <stdlib.h>

#include "candidates.h"
#include "date.h"
#include "decimal.h"
#include "err.h"
#include "numeral.h"
#include "numwords.h"
#include "scan.h"
#include "units.h"
#include "utf8.h"

#define LITERAL(s) {s, sizeof s - 1}

const struct span number_kinds[] = {
	LITERAL("quantity"), LITERAL("percent"), LITERAL("point"),   LITERAL("ratio"), LITERAL("fraction"),
	LITERAL("multiple"), LITERAL("rank"),    LITERAL("ordinal"), LITERAL("date"),  LITERAL("duration")};
const struct span number_bounds[] = {LITERAL(""),   LITERAL("ge"), LITERAL("gt"),
                                     LITERAL("le"), LITERAL("lt"), LITERAL("approx")};

enum {
	QUOTE = 16,   /* characters of a quoted name; what is longer is a quoted sentence */
	TITLE = 60,   /* characters of a title in 《》 */
	RING = 10,    /* characters from 15分钟 to 圈 */
	CLAUSE = 24,  /* characters that a clause is searched back */
	CODE = 64,    /* characters of a code that are looked at in one go */
	BATCH = 2048, /* numbers that are told at a time, */
	KEPT = 1024,  /* and how many of them are kept back, as a unit said later may be theirs: so long can a list be */
};

struct numbers {
	struct units *units;
	struct numwords *words;
	struct candidates candidates;

	/* Of the text at hand. */
	const char *begin, *end;
	const char *quoted; /* up to here the text is a quoted name */
	bool all;           /* refused ones are wanted too */
	struct buf arena, scratch;
	const char *here;    /* the candidate, and the character in front of it */
	uint32_t front;
	const char *read_at; /* where the numeral read last begins, NULL before the first of a candidate */
	struct numeral read;
	const char *next;    /* where the search goes on */
	struct candidates_block block;
	struct number *list;
	size_t n, room;
	size_t told;         /* of the list */
};

/* In line, so that the length is known when the program is built. */
static inline struct span literal(const char *s)
{
	return span_of(s);
}

struct numbers *numbers_new(const char *user)
{
	static const uint32_t others[] = {U'半', U'首', U'翻', U'“', U'「', U'『', U'《', U'〔', U'"'};
	struct numbers *x = xcalloc(1, sizeof *x);

	x->units = units_new(user);
	x->words = numwords_new();
	buf_grow(&x->scratch, 1); /* never NULL */
	for (uint32_t c = '0'; c < 0x10000; c++)
		if (numeral_begins(c))
			candidates_add(&x->candidates, c);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		candidates_add(&x->candidates, others[i]);
	return x;
}

void numbers_free(struct numbers *x)
{
	if (!x)
		return;
	units_free(x->units);
	numwords_free(x->words);
	buf_free(&x->arena);
	buf_free(&x->scratch);
	free(x->list);
	free(x);
}

struct span numbers_part(const struct numbers *x, struct part p)
{
	return (struct span){x->arena.p + p.at, p.len};
}

/* ---- looking around ---- */

static uint32_t at(const struct numbers *x, const char *s)
{
	return s < x->end ? utf8_at(s) : 0;
}

static uint32_t before_any(const struct numbers *x, const char *s)
{
	return s > x->begin ? utf8_before(x->begin, s) : 0;
}

/* The character in front of s, 0 at the beginning: mostly of the candidate. */
static inline uint32_t before(const struct numbers *x, const char *s)
{
	if (s == x->here)
		return x->front;
	return before_any(x, s);
}

/* In line, so that the length of a literal is known. */
static inline bool starts(const struct numbers *x, const char *s, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(x->end - s) >= n && memcmp(s, word, n) == 0;
}

static inline bool ends(const struct numbers *x, const char *s, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(s - x->begin) >= n && memcmp(s - n, word, n) == 0;
}

static const char *over_space(const struct numbers *x, const char *s)
{
	while (s < x->end && *s == ' ')
		s++;
	return s;
}

static const char *back_over_space(const struct numbers *x, const char *s)
{
	while (s > x->begin && s[-1] == ' ')
		s--;
	return s;
}

static bool letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether s ends a sentence or a clause. */
static bool clause_mark(uint32_t c)
{
	switch (c) {
	case 0: case U'。': case U'；': case U'，': case U'！': case U'？': case U'：': case ';': case ',': case '!': case '?':
	case U'\n':
		return true;
	default:
		return false;
	}
}

/* Whether c ends a sentence; 0 is the beginning of the text. */
static bool sentence_mark(uint32_t c)
{
	return c == 0 || c == U'。' || c == U'；' || c == U'！';
}

static uint32_t cues_before(const struct numbers *x, const char *s)
{
	return numwords_cues_before(x->words, x->begin, back_over_space(x, s));
}

static uint32_t cues_after(const struct numbers *x, const char *s)
{
	return numwords_cues_behind(x->words, s, x->end);
}

static bool cue(uint32_t set, enum numwords_cue c)
{
	return set >> c & 1;
}

/* Whether a phrase ends at s: the text does, or a mark or a particle stands there. */
static bool phrase_end(const struct numbers *x, const char *s)
{
	s = over_space(x, s);
	return s == x->end || cue(cues_after(x, s), CUE_END);
}

/* Whether the clause in front of s holds a word with the cue; looks back CLAUSE characters at most. */
static bool clause_cue(const struct numbers *x, const char *s, enum numwords_cue c)
{
	for (int i = 0; i < CLAUSE && s > x->begin && !clause_mark(before(x, s)); i++) {
		if (cue(cues_before(x, s), c))
			return true;
		s = utf8_prev(x->begin, s);
	}
	return false;
}

/* ---- the list ---- */

static const struct span bare = LITERAL("bare figure");

static struct number *add(struct numbers *x, const char *start, const char *end, bool taken, struct span rule)
{
	if (x->n == x->room) {
		x->room = x->room ? 2 * x->room : 64;
		x->list = xrealloc(x->list, x->room * sizeof *x->list);
	}
	struct number *m = &x->list[x->n++];
	/* Field by field: to clear it as a whole would cost more than the rest. */
	m->start = (size_t)(start - x->begin);
	m->end = (size_t)(end - x->begin);
	m->taken = taken;
	m->kind = NUMBER_QUANTITY;
	m->bound = BOUND_NONE;
	m->value = m->min = m->max = m->per = m->unit = (struct part){0, 0};
	m->rule = rule;
	return m;
}

static inline const char *refuse(struct numbers *x, const char *start, const char *end, const char *rule)
{
	if (x->all)
		add(x, start, end, false, literal(rule));
	return end;
}

static struct part put_decimal(struct numbers *x, struct decimal d)
{
	struct part p = {x->arena.len, 0};
	decimal_put(&x->arena, d);
	p.len = x->arena.len - p.at;
	return p;
}

static struct part put_span(struct numbers *x, struct span s)
{
	struct part p = {x->arena.len, s.len};
	buf_span(&x->arena, s);
	return p;
}

/* The rules ask for the same numeral one after the other. */
static const struct numeral *read_numeral(struct numbers *x, const char *s)
{
	if (x->read_at != s) {
		x->read_at = s;
		x->read = numeral_read(s, x->end, &x->scratch, units_begin, x->units);
	}
	return &x->read;
}

static struct decimal value_of(const struct numbers *x, const struct numeral *m)
{
	return numeral_value(m, &x->scratch);
}

/* ---- bounds ---- */

static enum number_bound bound_before(const struct numbers *x, const char *s, bool lone)
{
	size_t n;
	return numwords_bound_before(x->words, x->begin, back_over_space(x, s), lone, &n);
}

/* The bound behind s; *n gets the length up to its end. */
static enum number_bound bound_after(const struct numbers *x, const char *s, bool small, size_t *n)
{
	const char *p = over_space(x, s);
	enum number_bound bound = numwords_bound_behind(x->words, p, x->end, small, n);

	*n += (size_t)(p - s);
	return bound;
}

/* 产值5000万元且税收200万元以下: a bound behind the second of two conditions holds for the first too. */
static void share_bound(struct numbers *x, const struct number *m)
{
	enum { NEAR = 120 }; /* bytes */
	size_t n = x->n - 1;

	/* What was refused between them is there only when it is asked for. */
	while (n > 0 && !x->list[n - 1].taken && x->list[n - 1].end + NEAR > m->start)
		n--;
	if (n == 0)
		return;
	struct number *first = &x->list[n - 1];
	const char *s = x->begin + first->end;
	if (first->taken && first->end + NEAR > m->start && first->bound == BOUND_NONE && first->kind == m->kind && starts(x, s, "且")) {
		for (; s < x->begin + m->start; s += utf8_len(*s))
			if (clause_mark(utf8_at(s)))
				return;
		first->bound = m->bound;
	}
}

/* Whether c stands between what is listed. */
static bool lists(uint32_t c)
{
	return c == U'、' || c == U'和' || c == U'与' || c == U'及' || c == U'或';
}

/* Whether the two are neighbours in a list: only 、, 和 or the like stands between them. */
static bool listed(const struct numbers *x, const struct number *a, size_t next)
{
	return next - a->end == 3 && lists(utf8_at(x->begin + a->end));
}

/* 分别控制在4.2%、3%以内: a ceiling behind the last is that of all. */
static void share_ceiling(struct numbers *x, const struct number *m)
{
	size_t n = x->n - 1, start = m->start; /* it is the last of the list */

	while (n > 0 && x->list[n - 1].taken && x->list[n - 1].bound == BOUND_NONE && listed(x, &x->list[n - 1], start))
		start = x->list[--n].start;
	if (ends(x, x->begin + start, "控制在"))
		for (; n + 1 < x->n; n++)
			x->list[n].bound = m->bound;
}

/* ---- one number ---- */

struct reading {
	const char *start, *end;   /* with unit */
	struct numeral a, b;       /* b in a range only */
	bool range;
	const struct unit *unit;   /* NULL when there is none */
	struct part code;
	size_t n;                  /* x->n before anything was added for it */
};

static struct part read_unit(struct numbers *x, const char **s, enum units_numeral front, const struct unit **unit)
{
	const char *p = over_space(x, *s);
	struct part code = {x->arena.len, 0};
	size_t n = units_read(x->units, p, x->end, front, unit, &x->arena);

	code.len = x->arena.len - code.at;
	if (n)
		*s = p + n;
	return code;
}

static bool same_code(const struct numbers *x, struct part a, struct part b)
{
	return a.len == b.len && memcmp(x->arena.p + a.at, x->arena.p + b.at, a.len) == 0;
}

/* 30—40亿: the multiplier said behind the second belongs to the first too, if that makes it the smaller. */
static void share_multiplier(const struct numbers *x, struct numeral *a, const struct numeral *b)
{
	if (a->multiplied || !b->tail)
		return;
	a->exp += b->tail;
	if (decimal_compare(value_of(x, a), value_of(x, b)) >= 0)
		a->exp -= b->tail;
	else
		a->tail = b->tail;
}

/* What the numeral m at s is to a unit behind it. */
static enum units_numeral front_of(const struct numbers *x, const char *s, const struct numeral *m)
{
	return before(x, back_over_space(x, s)) == U'第' ? UNITS_NTH : m->han ? UNITS_HAN : UNITS_ARABIC;
}

/* A numeral with its unit, or a range of two with the unit said once or twice. */
static bool read_measure(struct numbers *x, const char *s, struct reading *r)
{
	const struct numeral *first = read_numeral(x, s);
	if (!first->len)
		return false;
	/* Field by field: to clear b each time would cost more than the rest. */
	r->start = s;
	r->a = *first;
	r->range = false;
	r->n = x->n;
	r->end = s + r->a.len;
	r->code = read_unit(x, &r->end, front_of(x, s, &r->a), &r->unit);
	if (r->unit && r->unit->small && r->a.multiplied) {
		r->end = s + r->a.len;
		r->unit = NULL;
	}
	if (r->unit && r->unit->large.len && r->a.tail)
		r->code = put_span(x, r->unit->large);

	const char *p = over_space(x, r->end);
	size_t dash = date_dash(p, x->end);
	if (!dash)
		return true;
	p = over_space(x, p + dash);
	struct numeral b = *read_numeral(x, p);
	struct part unused = {x->arena.len, 0};
	if (!b.len || b.lone || date_read(p, x->end, &x->arena)) {
		x->arena.len = unused.at;
		return true;
	}
	const struct unit *unit;
	const char *end = p + b.len;
	struct part code = read_unit(x, &end, front_of(x, s, &b), &unit);
	if (!r->unit)
		share_multiplier(x, &r->a, &b);
	bool from = before(x, s) == U'从' || before(x, s) == U'由' || before(x, s) == U'自';
	bool fits = r->unit ? unit && same_code(x, r->code, code) &&
				      !(dash == 3 && from && (ends(x, p, "到") || ends(x, p, "至")))
			    : unit || b.multiplied || (r->a.fraction && b.fraction);
	if (!fits || decimal_compare(value_of(x, &r->a), value_of(x, &b)) >= 0)
		return true;
	r->b = b;
	r->range = true;
	r->end = end;
	r->unit = unit;
	r->code = code;
	return true;
}

static enum number_kind kind_of(const struct unit *unit)
{
	if (!unit)
		return NUMBER_QUANTITY;
	switch (unit->kind) {
	case UNIT_PERCENT: return NUMBER_PERCENT;
	case UNIT_POINT: return NUMBER_POINT;
	case UNIT_FRACTION: return NUMBER_FRACTION;
	case UNIT_MULTIPLE: return NUMBER_MULTIPLE;
	case UNIT_DURATION: return NUMBER_DURATION;
	case UNIT_ORDINAL: return NUMBER_ORDINAL;
	default: return NUMBER_QUANTITY;
	}
}

static void put_values(struct numbers *x, struct number *m, const struct reading *r)
{
	if (r->range) {
		m->min = put_decimal(x, value_of(x, &r->a));
		m->max = put_decimal(x, value_of(x, &r->b));
	} else if (r->a.n2) {
		struct numeral second = r->a;
		second.at = r->a.at2;
		second.n = r->a.n2;
		m->min = put_decimal(x, value_of(x, &r->a));
		m->max = put_decimal(x, value_of(x, &second));
	} else {
		m->value = put_decimal(x, value_of(x, &r->a));
	}
}

/* 九成 is 9/10, 八成五 is 85/100: the terms of a fraction are whole numbers. */
static void over_ten(struct numbers *x, struct part *p)
{
	size_t from = x->arena.len;

	if (!p->len)
		return;
	buf_grow(&x->arena, p->len + 5);
	for (size_t i = 0; i < p->len; i++)
		if (x->arena.p[p->at + i] != '.')
			buf_putc(&x->arena, x->arena.p[p->at + i]);
	buf_puts(&x->arena, x->arena.len - from == p->len ? "/10" : "/100");
	*p = (struct part){from, x->arena.len - from};
}

/* 前三, 前10名 in front; the numeral is at s. */
static bool first_few(const struct numbers *x, const char *s)
{
	return before(x, s) == U'前';
}

/* A percentage, or a time of less than a month. */
static bool short_time(const struct numbers *x, const struct number *m)
{
	struct span unit = numbers_part(x, m->unit);

	return m->kind == NUMBER_PERCENT ||
	       (m->kind == NUMBER_DURATION && !span_is(unit, "a") && !span_is(unit, "mo") && !span_is(unit, "wk"));
}

/* 百, 千万, 十亿: a numeral at s that says no more than how large something is, and names a size as often as it
 * counts. */
static bool order_of_size(const struct numbers *x, const char *s, const struct numeral *m)
{
	return !m->infix && (m->lone || (m->tail && m->characters == 2 && starts(x, s, "十")));
}

static void settle_bound(struct numbers *x, struct number *m, const struct reading *r)
{
	size_t n;
	const char *start = x->begin + m->start, *end = x->begin + m->end;
	enum number_bound front = bound_before(x, start, order_of_size(x, start, &r->a)),
			  behind = bound_after(x, end, short_time(x, m), &n);

	/* 近三年 are the last three years, unless something lasted that long. */
	if (m->kind == NUMBER_DURATION && front == BOUND_LT && ends(x, start, "近") &&
	    !cue(cues_before(x, start - 3), CUE_LASTED))
		front = BOUND_NONE;
	m->bound = front ? front : r->a.about ? BOUND_APPROX : r->a.infix ? BOUND_GT : behind;
	if (behind == BOUND_APPROX && !front && !r->a.infix)
		m->bound = BOUND_APPROX;
	if (m->bound == BOUND_NONE && m->kind == NUMBER_RANK && first_few(x, start + 3))
		m->bound = BOUND_LE;
	if (behind && behind == m->bound)
		share_bound(x, m);
	if (behind == BOUND_LE && m->bound == BOUND_LE)
		share_ceiling(x, m);
}

/* Takes a figure whose unit was said later. */
static void take_bare(struct numbers *x, struct number *p, const struct numeral *a, enum number_kind kind)
{
	p->taken = true;
	p->kind = kind;
	p->value = put_decimal(x, value_of(x, a));
	p->rule = literal("unit said later");
}

/* 2018、2019年: the bare year in front is one too. */
static void share_year(struct numbers *x, const struct number *m)
{
	for (size_t i = x->n - 1, next = m->start; i-- > 0; next = x->list[i].start) {
		struct number *p = &x->list[i];
		if (p->taken || p->rule.p != bare.p || !listed(x, p, next))
			return;
		const struct numeral *a = read_numeral(x, x->begin + p->start);
		if (a->characters != 4 || a->n != 4 || a->fraction)
			return;
		take_bare(x, p, a, NUMBER_DATE);
	}
}

/* Whether p, in front of a number of that kind, may take its unit: a bare figure, 22万 without a unit, or 1.2个
 * in front of 0.8个百分点. */
static bool shares(const struct numbers *x, const struct number *p, enum number_kind kind)
{
	if (!p->taken)
		return p->rule.p == bare.p;
	if (p->kind != NUMBER_QUANTITY || !p->value.len)
		return false;
	return p->unit.len == 0 || (kind == NUMBER_POINT && span_is(numbers_part(x, p->unit), "{个}"));
}

/* Bare figures in front that share the unit just read: 15.2、35.9万人, 64886、36632元. */
static void share_unit(struct numbers *x, const struct reading *r, const struct number *m)
{
	struct part unit = m->unit;
	enum number_kind kind = m->kind;
	size_t next = m->start;

	if (r->range ||
	    (kind != NUMBER_QUANTITY && kind != NUMBER_PERCENT && kind != NUMBER_POINT && kind != NUMBER_DURATION))
		return;
	for (size_t i = r->n; i-- > 0;) {
		struct number *p = &x->list[i];
		if (!listed(x, p, next))
			return;
		if (!shares(x, p, kind))
			return;
		next = p->start;
		struct numeral a = *read_numeral(x, x->begin + p->start);
		if (!a.len)
			return;
		if (!a.multiplied && r->a.tail) {
			/* 8000、1.2万: a figure that would be far greater with the multiplier has none. */
			struct numeral ten_times = r->a;
			a.exp += r->a.tail;
			ten_times.exp += 2;
			if (decimal_compare(value_of(x, &a), value_of(x, &ten_times)) > 0)
				a.exp -= r->a.tail;
		}
		p->unit = unit;
		take_bare(x, p, &a, kind);
	}
}

static const char *take(struct numbers *x, const struct reading *r, enum number_kind kind, struct span rule)
{
	struct number *m = add(x, r->start, r->end, true, rule);

	m->kind = kind;
	m->unit = r->code;
	put_values(x, m, r);
	if (kind == NUMBER_FRACTION) {
		over_ten(x, &m->value);
		over_ten(x, &m->min);
		over_ten(x, &m->max);
	}
	settle_bound(x, m, r);
	if (r->unit)
		share_unit(x, r, m);
	return r->end;
}

/* ---- the rules, each of which returns the end of what it took or refused, or NULL ---- */

/* A name of the dictionary that holds the numeral at s. */
static const char *rule_name(struct numbers *x, const char *s)
{
	struct span name;
	size_t before_s;
	size_t n = numwords_name(x->words, x->begin, s, x->end, x->front, &name, &before_s);

	if (n && x->all) {
		/* 1PM2.5: the digit in front was a candidate itself. */
		const char *start = s - before_s, *done = x->n ? x->begin + x->list[x->n - 1].end : x->begin;
		add(x, start < done ? done : start, s + n, false, name);
	}
	return n ? s + n : NULL;
}

static bool digit_or_letter(uint32_t c)
{
	return numeral_arabic(c) >= 0 || letter(c);
}

/* Whether s is a sign inside a code: 2.5 in PM2.5, COVID-19. */
static bool code_sign(const struct numbers *x, const char *s)
{
	switch (at(x, s)) {
	case '.': case '+': case '-': case '*': case '/': case '_': case '{': case '}':
		return digit_or_letter(at(x, s + 1));
	default:
		return false;
	}
}

/* The end of the run of digits, letters and signs that the code around s makes. */
static const char *code_end(const struct numbers *x, const char *s)
{
	for (int i = 0; i < CODE && (digit_or_letter(at(x, s)) || code_sign(x, s)); i++)
		s += utf8_len(*s);
	return s;
}

static bool sign_of_sum(uint32_t c)
{
	return c == '+' || c == U'＋' || c == U'×' || c == '*';
}

/* Whether the figure at s, behind the character front, touches letters or signs: turns most figures away. */
static bool may_be_code(const struct numbers *x, const char *s, uint32_t front)
{
	if (numeral_arabic(at(x, s)) < 0)
		return false;
	if ((front && front < 0x80 && front != ' ') || sign_of_sum(front))
		return true;
	s = scan_digits(s, x->end);
	while (s < x->end && *s == '.')
		s = scan_digits(s + 1, x->end);
	uint32_t c = at(x, s);
	return letter(c) || sign_of_sum(c) || numeral_arabic(c) >= 0 || c == '_';
}

/* 5G, PM2.5, G60, 345+1.5, 7×24小时, COVID-19: figures that touch letters or signs of arithmetic. */
static const char *rule_code(struct numbers *x, const char *s)
{
	uint32_t c = before(x, s);

	if (numeral_arabic(at(x, s)) < 0)
		return NULL;
	const char *p = code_end(x, s);
	if (sign_of_sum(c) || sign_of_sum(at(x, p))) {
		while (sign_of_sum(at(x, p)) && candidates_has(&x->candidates, at(x, p + utf8_len(*p))))
			p = code_end(x, p + utf8_len(*p));
		return refuse(x, s, p > s ? p : s + 1, "formula");
	}
	if (c == '_' || c == '{' || (c == '-' && s - x->begin > 1 && letter(before(x, s - 1))))
		return refuse(x, s, p, "code");
	const char *digits = s;
	while (numeral_arabic(at(x, digits)) >= 0)
		digits += utf8_len(*digits);
	if (!letter(c)) {
		struct reading plain;
		size_t arena = x->arena.len;
		bool code = letter(at(x, digits)) && read_measure(x, s, &plain) && !plain.unit;
		x->arena.len = arena;
		return code ? refuse(x, s, p, "code") : NULL;
	}
	/* GDP1000亿元 is a figure behind an abbreviation: it has a multiplier or a unit. */
	const char *word = s;
	while (word > x->begin && letter(before(x, word)))
		word--;
	struct reading r;
	size_t arena = x->arena.len;
	bool figure = s - word >= 2 && read_measure(x, s, &r) &&
		      (r.a.multiplied || (r.unit && r.unit->kind != UNIT_NAME));
	x->arena.len = arena;
	return figure ? NULL : refuse(x, s, p, "code");
}

static const char *rule_date(struct numbers *x, const char *s)
{
	struct part edtf = {x->arena.len, 0};
	const char *start = s;

	if ((before(x, s) == U'前' || before(x, s) == U'第'))
		start -= 3;
	size_t n = date_read(start, x->end, &x->arena);
	if (!n && start != s) {
		start = s;
		n = date_read(s, x->end, &x->arena);
	}
	if (!n)
		return NULL;
	edtf.len = x->arena.len - edtf.at;
	if (before(x, start) == U'每')
		return refuse(x, start, start + n, "basis of a rate");
	struct number *m = add(x, start, start + n, true, literal("date"));
	m->kind = NUMBER_DATE;
	m->value = edtf;
	if (edtf.len == 4)
		share_year(x, m);
	return start + n;
}

/* 百分之八点三, 千分之五, 三分之一. */
static const char *rule_fraction(struct numbers *x, const char *s)
{
	struct numeral of = *read_numeral(x, s);
	const char *p = s + of.len;

	if (!of.len || !starts(x, p, "分之"))
		return NULL;
	struct reading r = {.start = s, .n = x->n};
	r.a = *read_numeral(x, p + 6);
	if (!r.a.len)
		return NULL;
	r.end = p + 6 + r.a.len;
	bool hundred = of.lone && starts(x, s, "百"), thousand = of.lone && starts(x, s, "千");
	if (!hundred && !thousand) {
		struct number *m = add(x, r.start, r.end, true, literal("fraction"));
		m->kind = NUMBER_FRACTION;
		m->value = put_decimal(x, value_of(x, &r.a));
		buf_putc(&x->arena, '/');
		put_decimal(x, value_of(x, &of));
		m->value.len = x->arena.len - m->value.at;
		settle_bound(x, m, &r);
		return r.end;
	}
	size_t dash = date_dash(r.end, x->end);
	if (dash) {
		const char *q = r.end + dash;
		if (starts(x, q, hundred ? "百分之" : "千分之"))
			q += 9;
		r.b = *read_numeral(x, q);
		if (r.b.len && decimal_compare(value_of(x, &r.a), value_of(x, &r.b)) < 0) {
			r.range = true;
			r.end = q + r.b.len;
		}
	}
	r.code = put_span(x, literal(hundred ? "%" : "[ppth]"));
	return take(x, &r, NUMBER_PERCENT, literal(hundred ? "百分之" : "千分之"));
}

/* 1/10, a proper fraction of small numbers; 8.6/10万, a rate. */
static const char *rule_slash(struct numbers *x, const char *s)
{
	struct numeral a = *read_numeral(x, s);
	const char *p = s + a.len;

	if (!a.len || a.han || a.exp || (at(x, p) != '/' && at(x, p) != U'⁄'))
		return NULL;
	p += utf8_len(*p);
	struct numeral of = *read_numeral(x, p);
	struct reading r = {.start = s, .end = p + of.len, .a = a};
	if (!of.len || of.han || of.fraction || of.infix)
		return NULL;
	if (of.exp) {
		r.code.at = x->arena.len;
		buf_putc(&x->arena, '/');
		decimal_put(&x->arena, value_of(x, &of));
		r.code.len = x->arena.len - r.code.at;
		return take(x, &r, NUMBER_QUANTITY, literal("rate"));
	}
	if (a.n > 2 || of.n > 3 || a.fraction || decimal_compare(value_of(x, &a), value_of(x, &of)) >= 0)
		return NULL;
	struct number *m = add(x, s, r.end, true, literal("fraction"));
	m->kind = NUMBER_FRACTION;
	m->value = put_decimal(x, value_of(x, &a));
	buf_putc(&x->arena, '/');
	put_decimal(x, value_of(x, &of));
	m->value.len = x->arena.len - m->value.at;
	settle_bound(x, m, &r);
	return r.end;
}

/* 一半, the fraction; s is at 一. */
static const char *rule_one_half(struct numbers *x, const char *s)
{
	if (!starts(x, s, "一半"))
		return NULL;
	struct reading r = {.start = s, .end = s + 6};
	struct number *m = add(x, s, s + 6, true, literal("一半"));
	m->kind = NUMBER_FRACTION;
	m->value = put_span(x, literal("1/2"));
	settle_bound(x, m, &r);
	return s + 6;
}

/* The sign of a ratio at s, 0 when there is none. */
static size_t ratio_sign(const struct numbers *x, const char *s)
{
	uint32_t c = at(x, s);
	return c == ':' ? 1 : c == U'：' || c == U'∶' || c == U'︰' || c == U'比' ? 3 : 0;
}

/* Whether a date stands in front of s. */
static bool dated(const struct numbers *x, const char *s)
{
	const struct number *last = x->n ? &x->list[x->n - 1] : NULL;
	return last && last->kind == NUMBER_DATE && x->begin + last->end == back_over_space(x, s);
}

/* 1.77:1, 3∶2∶1, 3比1; a time of day is none. */
static const char *rule_ratio(struct numbers *x, const char *s)
{
	struct reading r = {.start = s, .n = x->n};
	r.a = *read_numeral(x, s);
	const char *p = over_space(x, s + r.a.len);
	size_t k;

	if (!r.a.len || r.a.infix || r.a.lone || !(k = ratio_sign(x, p)) ||
	    !candidates_has(&x->candidates, at(x, over_space(x, p + k))))
		return NULL;
	struct buf *t = &x->scratch;
	size_t terms = 0, first = 0, mark_end = 0;
	const char *end = p;
	struct part parts = {x->arena.len, 0};
	uint32_t sign = at(x, p);
	while (ratio_sign(x, end) && at(x, end) == sign) {
		const char *q = over_space(x, end + ratio_sign(x, end));
		struct numeral m = numeral_read(q, x->end, t, units_begin, x->units);
		const struct unit *unit;
		if (!m.len || m.infix)
			break;
		size_t arena = x->arena.len;
		bool other = date_read(q, x->end, &x->arena) ||
			     units_read(x->units, q + m.len, x->end, UNITS_ARABIC, &unit, &x->arena);
		x->arena.len = arena;
		/* 14:05分 */
		if (other && !terms && sign != U'比' && m.characters == 2 && r.a.characters <= 2 &&
		    (starts(x, q + m.len, "分") || starts(x, q + m.len, "时")) && !starts(x, q + m.len, "分之"))
			return refuse(x, s, q + m.len + 3, "time of day");
		if (other)
			break;
		if (terms++)
			buf_putc(&x->arena, ':');
		else
			first = m.characters;
		decimal_put(&x->arena, numeral_value(&m, t));
		end = q + m.len;
		mark_end = x->arena.len;
	}
	if (!terms) {
		x->arena.len = parts.at;
		return NULL;
	}
	parts.len = mark_end - parts.at;
	/* 2021-07-23 10:07:15 */
	if (terms == 2 && first == 2 && r.a.characters == 2 && dated(x, s))
		return refuse(x, s, end, "time of day");
	/* 9:30, 24:00. */
	if (terms == 1 && first == 2 && sign != U'比' && !r.a.fraction && r.a.characters <= 2 &&
	    decimal_compare(value_of(x, &r.a), (struct decimal){literal("25"), 0}) < 0 &&
	    !clause_cue(x, s, CUE_RATIO))
		return refuse(x, s, end, "time of day");
	struct number *m = add(x, s, end, true, literal("ratio"));
	m->kind = NUMBER_RATIO;
	m->value = put_decimal(x, value_of(x, &r.a));
	if (!(parts.len == 1 && x->arena.p[parts.at] == '1'))
		m->per = parts;
	settle_bound(x, m, &r);
	return end;
}

/* 第12位, 第一 (rank); 第10次 (ordinal); 第一产业 (name). The numeral is at s, 第 in front of it. */
static const char *rule_nth(struct numbers *x, const char *s)
{
	const char *start = s - 3;
	struct reading r;

	if (!read_measure(x, s, &r))
		return NULL;
	r.start = start;
	enum number_kind kind;
	struct span rule;
	const char *p = s + r.a.len;
	if (r.unit && (span_is(r.unit->surface, "位") || span_is(r.unit->surface, "名"))) {
		kind = NUMBER_RANK;
		rule = literal("第…位");
	} else if (r.unit && r.unit->nth) {
		kind = NUMBER_ORDINAL;
		rule = r.unit->surface;
	} else if (sentence_mark(before(x, back_over_space(x, start))) &&
		   (at(x, p) == U'，' || at(x, p) == U'、')) {
		return refuse(x, start, p, "label of a list");
	} else if (phrase_end(x, p) || cue(cues_before(x, start), CUE_RANK)) {
		if (!phrase_end(x, p) && utf8_han(at(x, p)))
			return refuse(x, start, p, "第 in a name");
		kind = NUMBER_RANK;
		rule = literal("第");
		r.end = p;
	} else {
		return refuse(x, start, p, "第 in a name");
	}
	r.code.len = 0;
	r.unit = NULL;
	return take(x, &r, kind, rule);
}

/* 前三, 前10名, 前三位. */
static const char *rule_first_few(struct numbers *x, const char *s)
{
	struct reading r;

	if (!read_measure(x, s, &r) || r.a.fraction)
		return NULL;
	const char *p = s + r.a.len;
	if (r.unit &&
	    (span_is(r.unit->surface, "位") || span_is(r.unit->surface, "名") || span_is(r.unit->surface, "强")))
		p = r.end;
	else if (r.unit || !phrase_end(x, p))
		return NULL;
	r.start = s - 3;
	r.end = p;
	r.code.len = 0;
	r.unit = NULL;
	return take(x, &r, NUMBER_RANK, literal("前…位"));
}

/* 翻番, 翻一番, 翻了两番; s is at 翻. Twice for each 番. */
static const char *rule_double(struct numbers *x, const char *s)
{
	const char *p = s + 3;
	size_t times = 1;
	bool half = false;
	enum number_bound inner = BOUND_NONE;

	if (starts(x, p, "了"))
		p += 3;
	/* 翻了近一番 */
	for (size_t n = 3, len; n <= 6 && (size_t)(x->end - p) > n; n += 3) {
		inner = numwords_bound_before(x->words, p, p + n, false, &len);
		if (inner && len == n) {
			p += n;
			break;
		}
		inner = BOUND_NONE;
	}
	if (!starts(x, p, "番")) {
		struct numeral m = *read_numeral(x, p);
		struct decimal d = value_of(x, &m);
		if (!m.len || d.exp || d.mantissa.len != 1 || !starts(x, p + m.len, "番"))
			return NULL;
		times = (size_t)(d.mantissa.p[0] - '0');
		p += m.len;
	}
	p += 3;
	if (starts(x, p, "半")) {
		half = true;
		p += 3;
	}
	struct reading r = {.start = s};
	if (starts(x, p, "多")) {
		r.a.infix = true;
		p += 3;
	}
	r.end = p;
	struct number *m = add(x, s, p, true, literal("番"));
	m->kind = NUMBER_MULTIPLE;
	m->value.at = x->arena.len;
	/* Half a doubling, as it is commonly meant: half of the way to the next one. */
	buf_put_size(&x->arena, ((size_t)1 << times) + (half ? (size_t)1 << (times - 1) : 0));
	m->value.len = x->arena.len - m->value.at;
	settle_bound(x, m, &r);
	if (inner)
		m->bound = inner;
	return p;
}

/* 首位 is a rank, 首批 and 首届 are ordinals; s is at 首. */
static const char *rule_head(struct numbers *x, const char *s)
{
	static const char *const words[] = {"首位", "首批", "首届"};

	for (int i = 0; i < 3; i++) {
		if (!starts(x, s, words[i]) || (i == 0 && starts(x, s, "首位度")))
			continue;
		struct number *m = add(x, s, s + 6, true, literal(words[i]));
		m->kind = i == 0 ? NUMBER_RANK : NUMBER_ORDINAL;
		m->value = put_span(x, literal("1"));
		return s + 6;
	}
	return NULL;
}

/* 半年, 半个月, 半小时, 半数; s is at 半. */
static const char *rule_half(struct numbers *x, const char *s)
{
	static const struct {
		const char *word, *unit;
	} words[] = {{"半年", "a"}, {"半个月", "mo"}, {"半个小时", "h"}, {"半小时", "h"}, {"半天", "d"}};
	uint32_t c = before(x, s);

	if (c == U'上' || c == U'下' || c == U'大')
		return refuse(x, s, s + 3, "half of the year");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i].word);
		if (!starts(x, s, words[i].word) || starts(x, s + n, "径"))
			continue;
		struct number *m = add(x, s, s + n, true, literal("半"));
		struct reading r = {.start = s, .end = s + n};
		m->kind = NUMBER_DURATION;
		m->value = put_span(x, literal("0.5"));
		m->unit = put_span(x, literal(words[i].unit));
		settle_bound(x, m, &r);
		return s + n;
	}
	return refuse(x, s, s + 3, "half of a word");
}

/* 8点30分, 上午9时: a time of day. The digits are at s and are a hour. */
static const char *rule_clock(struct numbers *x, const char *s)
{
	struct numeral m = *read_numeral(x, s);
	const char *p = s + m.len;

	if (!m.len || m.multiplied || m.fraction || m.infix || m.characters > 3 ||
	    !(starts(x, p, "时") || starts(x, p, "点")) || starts(x, p, "时代") || starts(x, p, "时期") ||
	    (m.han && starts(x, p, "时") && before(x, s) != U'午') || (m.han && numeral_han(at(x, p + 3)) >= 0))
		return NULL;
	p += 3;
	m = *read_numeral(x, p);
	if (m.len && starts(x, p + m.len, "分"))
		p += m.len + 3;
	return refuse(x, s, p, "time of day");
}

/* Whether a label of a list stands at s up to end: 一、 at the beginning of a sentence, （三）, 二是. */
static bool label(const struct numbers *x, const char *s, const char *end)
{
	uint32_t c = before(x, back_over_space(x, s)), d = at(x, end);

	if ((c == U'（' || c == '(') && (d == U'）' || d == ')'))
		return true;
	if (d == U'是' || d == U'要')
		return c == 0 || clause_mark(c);
	return d == U'、' && sentence_mark(c);
}

/* 15分钟社区生活圈: a ring of so many minutes is a name. */
static bool ring(const struct numbers *x, const char *s)
{
	for (int i = 0; i < RING && s < x->end && !clause_mark(utf8_at(s)); i++) {
		if (utf8_at(s) == U'圈')
			return true;
		s += utf8_len(*s);
	}
	return false;
}

/* Why the measure is a name; empty when it is none. */
static struct span named(const struct numbers *x, const struct reading *r)
{
	const struct unit *u = r->unit;
	size_t n;
	bool single = r->a.characters == 1 && r->a.han && !r->range;

	if (before(x, r->start) == U'每')
		return literal("basis of a rate");
	if (u->kind == UNIT_NAME)
		return literal("name with a number");
	if (r->a.lone && !r->a.infix && !bound_before(x, r->start, true) && !bound_after(x, r->end, false, &n) &&
	    (u->kind == UNIT_DURATION || !cue(cues_before(x, r->start), CUE_VALUE)))
		return literal("multiplier alone");
	if (r->a.row && !r->range && !r->a.n2)
		return literal("digits in a row");
	if (u->digits && r->a.han && (single || r->a.n2))
		return literal("name with a numeral");
	if (single && numeral_han(utf8_at(r->start)) == 0)
		return literal("零 in a word");
	if (single && numeral_han(utf8_at(r->start)) == 1 && !u->one)
		return literal("一 as an article");
	if (single && utf8_at(r->start) == U'二' && !u->one && u->kind != UNIT_ORDINAL)
		return literal("二 in a name");
	if (u->kind == UNIT_DURATION && (span_is(u->code, "min") || span_is(u->code, "h")) && ring(x, r->end))
		return literal("ring of so many minutes");
	return (struct span){0};
}

/* Half of one more: 两年半 is 2.5. False when the numeral is not a plain whole number. */
static bool add_half(struct numbers *x, struct numeral *m)
{
	size_t from = m->at;

	if (m->fraction || m->exp || m->n2)
		return false;
	m->at = x->scratch.len;
	buf_grow(&x->scratch, m->n + 2);
	buf_put(&x->scratch, x->scratch.p + from, m->n);
	buf_puts(&x->scratch, ".5");
	m->n += 2;
	m->fraction = true;
	return true;
}

/* The five of 八成五. */
static void read_tenths(struct numbers *x, struct reading *r)
{
	int d = numeral_han(at(x, r->end));

	if (d <= 0 || !r->a.han || r->a.fraction || r->a.n != 1)
		return;
	char digit = x->scratch.p[r->a.at];
	r->a.at = x->scratch.len;
	r->a.n = 3;
	buf_putc(&x->scratch, digit);
	buf_putc(&x->scratch, '.');
	buf_putc(&x->scratch, (char)('0' + d));
	r->end += 3;
}

/* Whether what stands in front of s brings a place in an order: 由369位, 列第. */
static bool brings_place(const struct numbers *x, const char *s)
{
	uint32_t set = cues_before(x, s);
	return !cue(set, CUE_STEP) && (cue(set, CUE_FROM) || cue(set, CUE_VALUE) || cue(set, CUE_RANK));
}

/* Whether the reading is a day of an unnamed month: 26日上午. */
static bool day_of_month(const struct numbers *x, const struct reading *r)
{
	static const char *const words[] = {"上午", "下午", "晚", "凌晨", "清晨", "中午", "夜", "电", "讯"};

	if (!span_is(r->unit->surface, "日") || r->range || r->a.infix || r->a.characters > 2 || numeral_arabic(at(x, r->start)) < 0 ||
	    decimal_compare(value_of(x, &r->a), (struct decimal){literal("32"), 0}) >= 0)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (starts(x, r->end, words[i]))
			return true;
	return false;
}

/* The next whole figure of a list at *p, which stands behind a figure; *p becomes its end. */
static const struct numeral *next_listed(struct numbers *x, const char **p)
{
	if (!lists(at(x, *p)))
		return NULL;
	const struct numeral *a = read_numeral(x, *p + 3);
	if (!a->len || a->fraction || a->infix || a->n2)
		return NULL;
	*p += 3 + a->len;
	return a;
}

/* 第3、4、5位, 第三、四、五位: whether the figure up to end goes on a list of ranks; then those before it are ranks as well. */
static bool goes_on_ranks(struct numbers *x, const char *end)
{
	enum { NEAR = 60 }; /* bytes */
	const struct numeral *a;
	size_t n = x->n;

	while (n > 0 && !x->list[n - 1].taken && x->begin + x->list[n - 1].end + NEAR > end)
		n--;
	if (n == 0 || !x->list[n - 1].taken || x->list[n - 1].kind != NUMBER_RANK)
		return false;
	const char *const first = x->begin + x->list[n - 1].end, *p = first;
	while (p < end && end - p < NEAR && next_listed(x, &p))
		;
	if (p != end)
		return false;
	x->n = n;
	for (p = first; (a = next_listed(x, &p)) && p < end;)
		take_bare(x, add(x, p - a->len, p, true, bare), a, NUMBER_RANK);
	return true;
}

static const char *take_rank(struct numbers *x, struct reading *r)
{
	r->code.len = 0;
	r->unit = NULL;
	return take(x, r, NUMBER_RANK, literal("排名…位"));
}

/* Everything with a unit, and bare figures. */
static const char *rule_measure(struct numbers *x, const char *s)
{
	struct reading r;
	struct span why;

	if (!read_measure(x, s, &r))
		return NULL;
	const char *p = s + r.a.len;
	if (label(x, s, p) && r.a.characters <= 3)
		return refuse(x, s, p, "label of a list");
	if (r.unit) {
		bool place = span_is(r.unit->surface, "位");
		if ((place || span_is(r.unit->surface, "名")) && goes_on_ranks(x, s + r.a.len))
			return take_rank(x, &r);
		if ((why = named(x, &r)).len) {
			if (x->all)
				add(x, s, r.end, false, why);
			return r.end;
		}
		if (r.unit->half && !add_half(x, &r.a))
			return refuse(x, s, r.end, "half of a fraction");
		r.a.infix |= r.unit->more;
		enum number_kind kind = kind_of(r.unit);
		/* 26日上午: a day of the month. */
		if (kind == NUMBER_DURATION && day_of_month(x, &r)) {
			struct number *m = add(x, s, r.end, true, literal("日"));
			m->kind = NUMBER_DATE;
			m->value.at = x->arena.len;
			buf_puts(&x->arena, r.a.n < 2 ? "XXXX-XX-0" : "XXXX-XX-");
			buf_put(&x->arena, x->scratch.p + r.a.at, r.a.n);
			m->value.len = x->arena.len - m->value.at;
			return r.end;
		}
		/* 举办3届 says how many they were, 十四届 which. */
		if (kind == NUMBER_ORDINAL && numeral_arabic(at(x, s)) >= 0 && r.code.len && numeral_arabic(at(x, r.end)) < 0)
			kind = NUMBER_QUANTITY;
		else if (kind == NUMBER_ORDINAL)
			r.code.len = 0;
		if (place && brings_place(x, s) && clause_cue(x, s, CUE_ORDER))
			return take_rank(x, &r);
		if (kind == NUMBER_FRACTION && !r.range)
			read_tenths(x, &r);
		/* 六个100%: as much a slogan as 六个百分百. */
		if (span_is(r.unit->surface, "个") && numeral_arabic(at(x, r.end)) >= 0) {
			struct reading of;
			if (read_measure(x, r.end, &of) && of.unit && of.unit->kind == UNIT_PERCENT)
				return refuse(x, s, of.end, "so many percentages");
		}
		/* 每立方米31微克. */
		size_t len;
		const struct unit *per = units_physical(r.unit)
						 ? units_before(x->units, x->begin, back_over_space(x, s), &len)
						 : NULL;
		if (per && units_physical(per) && before(x, back_over_space(x, s) - len) == U'每') {
			struct span code = numbers_part(x, r.code);
			struct part whole = {x->arena.len, 0};
			buf_grow(&x->arena, code.len + per->code.len + 1);
			buf_span(&x->arena, numbers_part(x, r.code));
			buf_putc(&x->arena, '/');
			buf_span(&x->arena, per->code);
			whole.len = x->arena.len - whole.at;
			r.code = whole;
		}
		return take(x, &r, kind, r.unit->surface);
	}
	if (order_of_size(x, s, &r.a) && !r.range) {
		bool reached = bound_before(x, s, true) && (phrase_end(x, p) || starts(x, p, "大关"));
		return reached && r.a.tail ? take(x, &r, NUMBER_QUANTITY, literal("multiplier"))
		                           : refuse(x, s, p, "multiplier alone");
	}
	if (before(x, s) == U'每')
		return refuse(x, s, p, "basis of a rate");
	if (r.range || (r.a.multiplied && r.a.tail))
		return take(x, &r, NUMBER_QUANTITY, literal("multiplier"));
	if (r.a.infix && (!r.a.han || r.a.multiplied))
		return take(x, &r, NUMBER_QUANTITY, literal("figure with 多"));
	size_t n;
	uint32_t set = cues_before(x, s);
	bool bounded = bound_before(x, s, false) || bound_after(x, p, false, &n);
	bool open = (cue(set, CUE_VALUE) && phrase_end(x, p)) || bounded ||
	            (cue(set, CUE_FROM) && cue(cues_after(x, p), CUE_CHANGE));
	if (open && (!r.a.han || r.a.multiplied || r.a.fraction))
		return take(x, &r, clause_cue(x, s, CUE_RATIO) ? NUMBER_RATIO : NUMBER_QUANTITY,
			    literal("figure after a verb"));
	if (r.a.han)
		return refuse(x, s, p, "numeral in a word");
	/* Not settled yet: a unit may be said behind a later one. */
	add(x, s, p, false, bare);
	return p;
}

/* Takes the sign in front of s, which is a hyphen, a minus or 负, into the number taken last if it begins at s and
 * the text means a negative figure. */
static void put_minus(struct numbers *x, const char *s)
{
	struct number *m = x->n ? &x->list[x->n - 1] : NULL;
	const char *sign = utf8_prev(x->begin, s);

	if (!m || !m->taken || m->start != (size_t)(s - x->begin) || !m->value.len)
		return;
	if (!cue(cues_before(x, sign), CUE_SIGNED) && (starts(x, sign, "负") || !clause_mark(before(x, sign))))
		return;
	struct part value = m->value;
	m->start = (size_t)(sign - x->begin);
	m->value = (struct part){x->arena.len, value.len + 1};
	buf_grow(&x->arena, value.len + 1);
	buf_putc(&x->arena, '-');
	buf_put(&x->arena, x->arena.p + value.at, value.len);
}

/* A quotation that opens at s: what follows up to its end is a name when it is short. Returns where to go on: behind
 * the name, unless what it holds is to be accounted for. */
static const char *open_quote(struct numbers *x, const char *s)
{
	static const struct {
		uint32_t open;
		const char *close;
		size_t limit;
	} pairs[] = {{U'“', "”", QUOTE}, {U'「', "」", QUOTE}, {U'『', "』", QUOTE},
	             {U'《', "》", TITLE}, {U'〔', "〕", QUOTE}, {'"', "\"", QUOTE}};
	const char *p = s + utf8_len(*s), *q = p, *end = x->end;
	size_t i = 0;

	while (pairs[i].open != utf8_at(s))
		i++;
	/* By its first byte, which few other characters have; a character has four bytes at most. */
	if ((size_t)(end - p) > 4 * (pairs[i].limit + 1))
		end = p + 4 * (pairs[i].limit + 1);
	while ((q = memchr(q, pairs[i].close[0], (size_t)(end - q))) && !starts(x, q, pairs[i].close))
		q++;
	if (!q || ((size_t)(q - p) > pairs[i].limit && utf8_count(p, (size_t)(q - p)) > pairs[i].limit))
		return p;
	x->quoted = q + strlen(pairs[i].close);
	return x->all ? p : x->quoted;
}

/* Takes or refuses what stands at s; returns where to go on. */
static const char *consider(struct numbers *x, const char *s)
{
	uint32_t c = utf8_at(s);
	const char *next = s + utf8_len(*s), *end;

	x->scratch.len = 0;
	x->read_at = NULL;
	x->front = before_any(x, s);
	x->here = s;
	switch (c) {
	case U'“': case U'「': case U'『': case U'《': case U'〔': case '"':
		return s < x->quoted ? next : open_quote(x, s);
	case U'首':
		return s < x->quoted || !((end = rule_name(x, s)) || (end = rule_head(x, s))) ? next : end;
	case U'翻':
		return s < x->quoted || !(end = rule_double(x, s)) ? next : end;
	default:
		break;
	}
	if (s < x->quoted) {
		size_t len = read_numeral(x, s)->len;
		return len ? refuse(x, s, s + len, "quoted name") : next;
	}
	if ((end = rule_name(x, s)))
		return end;
	if (c == U'半')
		return rule_half(x, s);
	uint32_t front = x->front;
	if (may_be_code(x, s, front) && (end = rule_code(x, s)))
		return end;
	switch (at(x, over_space(x, s + read_numeral(x, s)->len))) {
	case U'年': case U'月': case U'日': case U'世': case U'季':
	case '.': case '-': case U'—': case U'–': case U'－': case U'―': case U'─': case U'−': case U'━': case '~':
	case U'～': case U'∼': case U'〜': case U'至': case U'到':
		end = rule_date(x, s);
		break;
	case '/': case U'⁄':
		end = rule_date(x, s);
		if (!end)
			end = rule_slash(x, s);
		break;
	case U'分':
		end = rule_fraction(x, s);
		break;
	case U'半':
		end = rule_one_half(x, s);
		break;
	case ':': case U'：': case U'∶': case U'︰': case U'比':
		end = rule_ratio(x, s);
		break;
	case U'时': case U'点':
		end = rule_clock(x, s);
		break;
	default:
		end = NULL;
	}
	if (end || (front == U'第' && (end = rule_nth(x, s))) || (front == U'前' && (end = rule_first_few(x, s))))
		return end;
	if (!(end = rule_measure(x, s)))
		return next;
	if (front == '-' || front == U'−' || front == U'－' || front == U'负')
		put_minus(x, s);
	return end;
}

void numbers_find(struct numbers *x, struct span text, bool all)
{
	x->begin = x->next = text.p;
	x->end = text.p + text.len;
	x->block = candidates_begin(text.p);
	x->quoted = x->here = NULL;
	x->all = all;
	x->n = x->told = 0;
	x->arena.len = 0;
}

/* Says where a part is now that the first bytes of the arena are forgotten. */
static void move_part(struct part *p, size_t from)
{
	if (p->len)
		p->at -= from;
}

/* Forgets the numbers that were told, with their parts. */
static void forget(struct numbers *x)
{
	size_t from = x->arena.len;

	x->n -= x->told;
	memmove(x->list, x->list + x->told, x->n * sizeof *x->list);
	x->told = 0;
	for (size_t i = 0; i < x->n; i++) {
		const struct number *m = &x->list[i];
		const struct part parts[] = {m->value, m->min, m->max, m->per, m->unit};
		for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
			if (parts[k].len && parts[k].at < from)
				from = parts[k].at;
	}
	for (size_t i = 0; i < x->n; i++) {
		struct number *m = &x->list[i];
		move_part(&m->value, from);
		move_part(&m->min, from);
		move_part(&m->max, from);
		move_part(&m->per, from);
		move_part(&m->unit, from);
	}
	x->arena.len -= from;
	if (x->arena.len)
		memmove(x->arena.p, x->arena.p + from, x->arena.len);
}

const struct number *numbers_more(struct numbers *x, size_t *n)
{
	if (x->told)
		forget(x);
	while (x->n < BATCH && (x->next = candidates_next(&x->candidates, &x->block, x->next, x->end)) < x->end)
		x->next = consider(x, x->next);
	if (x->arena.cap - x->arena.len < NUMBERS_SLACK)
		buf_grow(&x->arena, NUMBERS_SLACK);
	x->told = x->n < BATCH ? x->n : x->n - KEPT;
	*n = x->told;
	return x->told ? x->list : NULL;
}
