#include "figure.h"

#include <stdlib.h>

#include "err.h"
#include "json.h"
#include "record.h"
#include "utf8.h"

enum { CODE_MIN = 100000, CODE_MAX = 999999 };

/* The names of the kinds, and what a number of each is: a quantity by its unit. */
static const struct {
	struct span name;
	enum what what;
} kinds[KIND_COUNT] = {
#define KIND(id, name, what) [KIND_##id] = {{name, sizeof name - 1}, WHAT_##what}
	KIND(QUANTITY, "quantity", BARE), KIND(PERCENT, "percent", PERCENT),    KIND(POINT, "point", POINT),
	KIND(RATIO, "ratio", RATIO),      KIND(FRACTION, "fraction", FRACTION), KIND(MULTIPLE, "multiple", MULTIPLE),
	KIND(RANK, "rank", RANK),         KIND(ORDINAL, "ordinal", BARE),       KIND(DATE, "date", BARE),
	KIND(DURATION, "duration", BARE),
#undef KIND
};

static bool kind_of(struct span v, enum figure_kind *kind)
{
	for (int i = 0; i < KIND_COUNT; i++) {
		if (v.len == kinds[i].name.len && memcmp(v.p, kinds[i].name.p, v.len) == 0) {
			*kind = (enum figure_kind)i;
			return true;
		}
	}
	return false;
}

/* Areas and boxes are measured, not counted, though their units have no code but a classifier. */
static bool measured(struct span unit)
{
	static const char *const units[] = {"{亩}", "{斤}", "{标箱}", "{人次}", "{头}", "{只}", "{羽}"};
	/* Of most only the last byte of their first character is compared, which tells them best. */
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (unit.len > 3 && unit.p[3] == units[i][3] && span_is(unit, units[i]))
			return true;
	return false;
}

static bool currency(struct span unit)
{
	if (unit.len < 3 || (unit.len > 3 && unit.p[3] != '/'))
		return false;
	for (size_t i = 0; i < 3; i++)
		if (unit.p[i] < 'A' || unit.p[i] > 'Z')
			return false;
	return true;
}

static enum what what_of(enum figure_kind kind, struct span unit)
{
	if (kinds[kind].what != WHAT_BARE || unit.len == 0)
		return kinds[kind].what;
	if (currency(unit))
		return WHAT_MONEY;
	return *unit.p == '{' && !measured(unit) ? WHAT_COUNT : WHAT_AMOUNT;
}

/* What stands between the quotes of a JSON string; empty for anything else. */
static struct span inner(struct span v)
{
	if (v.len < 2 || *v.p != '"')
		return (struct span){"", 0};
	return (struct span){v.p + 1, v.len - 2};
}

/* What is read of an array that is written as the filters write it. */
struct cursor {
	const char *p, *end;
};

static inline bool pass(struct cursor *c, const char *word)
{
	size_t n = strlen(word);
	if ((size_t)(c->end - c->p) < n || memcmp(c->p, word, n) != 0)
		return false;
	c->p += n;
	return true;
}

/* Reads a whole number of up to eight digits; false when there is none, or a longer one. How long it is cannot be foretold: no
 * branch for each digit. */
static inline bool pass_number(struct cursor *c, size_t *n)
{
	const char *p = c->p;

	if (c->end - p <= 8)
		return false;
	uint64_t digits = utf8_eight(p) ^ 0x3030303030303030, others = (digits + 0x7676767676767676) | digits;
	/* The high bit of each byte that is none. */
	others &= 0x8080808080808080;
	unsigned len = others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
	if (len == 0 || (*p == '0' && len > 1) || (unsigned char)(p[len] - '0') <= 9)
		return false;
	/* Zeros in front of them; then pairs, fours and all of the digits become one number. */
	digits <<= 64 - 8 * len;
	digits = digits * 10 + (digits >> 8);
	digits = ((digits & 0x000000ff000000ff) * 0x000f424000000064 + (digits >> 16 & 0x000000ff000000ff) * 0x0000271000000001) >> 32;
	*n = digits;
	c->p = p + len;
	return true;
}

/* Reads a string without escapes, of which the first quote was passed; out is what stands between its quotes. */
static inline bool pass_string(struct cursor *c, struct span *out)
{
	const char *p = json_plain(c->p, c->end);

	if (p == c->end || *p != '"')
		return false;
	*out = (struct span){c->p, (size_t)(p - c->p)};
	c->p = p + 1;
	return true;
}

/* The same for a member that may be there, name being its comma, name and colon and the first quote. */
static inline bool pass_member(struct cursor *c, const char *name, struct span *out)
{
	return !pass(c, name) || pass_string(c, out);
}

/* Where an annotation stands, which is what all of them begin with. */
static inline bool pass_place(struct cursor *c, size_t *start, size_t *end)
{
	struct span raw;

	return pass(c, "{\"start\":") && pass_number(c, start) && pass(c, ",\"end\":") && pass_number(c, end) &&
	       pass(c, ",\"raw\":\"") && pass_string(c, &raw) && *start < *end;
}

static inline bool pass_figure(struct cursor *c, struct figure *n)
{
	struct span kind, unit = {"", 0}, other;
	size_t start, end;

	*n = (struct figure){.value = unit};
	if (!pass_place(c, &start, &end) || !pass(c, ",\"kind\":\"") || !pass_string(c, &kind) || !kind_of(kind, &n->kind) ||
	    !pass_member(c, ",\"value\":\"", &n->value) || !pass_member(c, ",\"min\":\"", &other) ||
	    !pass_member(c, ",\"max\":\"", &other) || !pass_member(c, ",\"per\":\"", &other) ||
	    !pass_member(c, ",\"unit\":\"", &unit) || !pass_member(c, ",\"bound\":\"", &other))
		return false;
	n->first = (uint32_t)start;
	n->past = (uint32_t)end;
	n->what = what_of(n->kind, unit);
	return pass(c, "}");
}

/* The next member, whoever wrote it. */
static inline bool member(struct json_walk *w, struct span *key, struct span *value)
{
	return *w->at != '}' && json_member(w, key, value);
}

/* Reads the number whose members w walks over. */
static bool figure_read(struct json_walk *w, struct figure *n)
{
	struct span key, value, unit = {"", 0};
	size_t start = SIZE_MAX, end = 0;
	bool kind = false;

	*n = (struct figure){.value = {"", 0}};
	while (member(w, &key, &value)) {
		if (span_is(key, "start")) {
			if (!json_size(value, UINT32_MAX, &start))
				return false;
		} else if (span_is(key, "end")) {
			if (!json_size(value, UINT32_MAX, &end))
				return false;
		} else if (span_is(key, "kind")) {
			kind = kind_of(inner(value), &n->kind);
		} else if (span_is(key, "value")) {
			n->value = inner(value);
		} else if (span_is(key, "unit")) {
			unit = inner(value);
		}
	}
	if (!kind || start >= end)
		return false;
	n->first = (uint32_t)start;
	n->past = (uint32_t)end;
	n->what = what_of(n->kind, unit);
	return true;
}

/* Room for one more. */
static inline void figures_room(struct figures *f)
{
	if (f->n == f->room) {
		f->room = f->room ? 2 * f->room : 64;
		f->v = xrealloc(f->v, f->room * sizeof *f->v);
	}
}

const char *figures_pass(struct figures *out, const char *s, const char *end)
{
	struct cursor c = {s, end};

	out->n = 0;
	out->passed = NULL;
	if (!pass(&c, "["))
		return NULL;
	for (bool more = !pass(&c, "]"); more; out->n++) {
		figures_room(out);
		if (!pass_figure(&c, &out->v[out->n]))
			return NULL;
		more = pass(&c, ",");
		if (!more && !pass(&c, "]"))
			return NULL;
	}
	out->passed = s;
	return c.p;
}

/* Reads an array of any writer. */
static bool figures_walk(struct span array, struct figures *out)
{
	struct json_walk w = json_walk(array), inner;

	out->n = 0;
	while (json_enter(&w, &inner)) {
		figures_room(out);
		if (inner.at[-1] != '{' || !figure_read(&inner, &out->v[out->n]))
			return false;
		json_leave(&w, &inner);
		out->n++;
	}
	return w.at == w.end;
}

bool figures_read(struct span array, struct span text, struct figures *out, const char **why)
{
	struct points points = points_of(text);

	*why = "\"numbers\" is not as extract-numbers writes it";
	if (!array.p)
		out->n = 0;
	else if (*array.p != '[' || text.len > UINT32_MAX || (out->passed != array.p && !figures_walk(array, out)))
		return false;
	out->passed = NULL;
	for (size_t i = 0; i < out->n; i++) {
		struct figure *n = &out->v[i];
		n->at = (uint32_t)points_byte(&points, n->first);
		n->end = (uint32_t)points_byte(&points, n->past);
		if (points.point != n->past || (i && n->at < n[-1].end))
			return false;
	}
	return true;
}

void figures_free(struct figures *n)
{
	free(n->v);
	*n = (struct figures){0};
}

/* An entity in code points: its code as a place, else NO_CODE for a place without one, NO_PLACE for what is none. */
enum { NO_PLACE, NO_CODE };
static inline struct place_mark mark_of(size_t start, size_t end, bool is_place, size_t code)
{
	return (struct place_mark){(uint32_t)start, (uint32_t)end, !is_place ? NO_PLACE : code < CODE_MIN ? NO_CODE : (uint32_t)code};
}

static inline bool pass_mark(struct cursor *c, struct place_mark *p)
{
	struct span type = {"", 0}, id = type;
	size_t start, end, code = 0;

	if (!pass_place(c, &start, &end) || !pass_member(c, ",\"type\":\"", &type) || !pass_member(c, ",\"id\":\"", &id))
		return false;
	bool is_place = span_is(type, "place");
	if (is_place)
		json_size(id, CODE_MAX, &code);
	*p = mark_of(start, end, is_place, code);
	return pass(c, "}");
}

static bool mark_read(struct json_walk *w, struct place_mark *p)
{
	struct span key, value;
	size_t start = SIZE_MAX, end = 0, code = 0;
	bool is_place = false;

	while (member(w, &key, &value)) {
		if (span_is(key, "start")) {
			if (!json_size(value, UINT32_MAX, &start))
				return false;
		} else if (span_is(key, "end")) {
			if (!json_size(value, UINT32_MAX, &end))
				return false;
		} else if (span_is(key, "type")) {
			is_place = span_is(inner(value), "place");
		} else if (span_is(key, "id")) {
			json_size(inner(value), CODE_MAX, &code);
		}
	}
	*p = mark_of(start, end, is_place, code);
	return start < end;
}

static inline void places_room(struct places *p)
{
	if (p->n == p->room) {
		p->room = p->room ? 2 * p->room : 64;
		p->v = xrealloc(p->v, p->room * sizeof *p->v);
	}
}

const char *places_pass(struct places *out, const char *s, const char *end)
{
	struct cursor c = {s, end};

	out->n = 0;
	out->passed = NULL;
	if (!pass(&c, "["))
		return NULL;
	for (bool more = !pass(&c, "]"); more; out->n++) {
		places_room(out);
		if (!pass_mark(&c, &out->v[out->n]))
			return NULL;
		more = pass(&c, ",");
		if (!more && !pass(&c, "]"))
			return NULL;
	}
	out->passed = s;
	return c.p;
}

static bool places_walk(struct span array, struct places *out)
{
	struct json_walk w = json_walk(array), inner;

	out->n = 0;
	while (json_enter(&w, &inner)) {
		places_room(out);
		if (inner.at[-1] != '{' || !mark_read(&inner, &out->v[out->n]))
			return false;
		json_leave(&w, &inner);
		out->n++;
	}
	return w.at == w.end;
}

bool places_read(struct span array, struct span text, struct figures *numbers, struct places *out, const char **why)
{
	struct points points = points_of(text);
	size_t entities, next = 0; /* the first number that no name has passed */

	*why = "\"entities\" is not as tag-entities writes it";
	if (!array.p)
		out->n = 0;
	else if (*array.p != '[' || (out->passed != array.p && !places_walk(array, out)))
		return false;
	out->passed = NULL;
	entities = out->n;
	out->n = 0;
	for (size_t i = 0; i < entities; i++) {
		struct place_mark m = out->v[i], *p = &out->v[out->n];
		while (next < numbers->n && numbers->v[next].first < m.at)
			next++;
		for (; m.code == NO_PLACE && next < numbers->n && numbers->v[next].past <= m.end; next++)
			numbers->v[next].named = true;
		if (m.code < CODE_MIN)
			continue;
		*p = (struct place_mark){(uint32_t)points_byte(&points, m.at), (uint32_t)points_byte(&points, m.end), m.code};
		if (points.point != m.end || (out->n && p->at < p[-1].end))
			return false;
		out->n++;
	}
	return true;
}

void places_free(struct places *p)
{
	free(p->v);
	*p = (struct places){0};
}
