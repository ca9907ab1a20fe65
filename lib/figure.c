#include "figure.h"

#include <stdlib.h>

#include "err.h"
#include "json.h"
#include "record.h"
#include "utf8.h"

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

static inline bool pass(const char **p, const char *end, const char *word)
{
	size_t n = strlen(word);
	if ((size_t)(end - *p) < n || memcmp(*p, word, n) != 0)
		return false;
	*p += n;
	return true;
}

/* Reads a whole number of up to eight digits; false when there is none, or a longer one. How long it is cannot be foretold: no
 * branch for each digit. */
static inline bool pass_number(const char **p, const char *end, size_t *n)
{
	if (end - *p < 8)
		return false;
	uint64_t digits = utf8_eight(*p) ^ 0x3030303030303030, others = (digits + 0x7676767676767676) | digits;
	/* The high bit of each byte that is none. */
	others &= 0x8080808080808080;
	unsigned len = others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
	if (len == 0 || (len == 8 && (unsigned char)((*p)[8] - '0') <= 9))
		return false;
	/* Zeros in front of them; then pairs, fours and all of the digits become one number. */
	digits <<= 64 - 8 * len;
	digits = digits * 10 + (digits >> 8);
	digits = ((digits & 0x000000ff000000ff) * 0x000f424000000064 + (digits >> 16 & 0x000000ff000000ff) * 0x0000271000000001) >> 32;
	*n = digits;
	*p += len;
	return true;
}

/* Passes over the members that the filters write first, without white space or escapes, and reads their offsets.
 * Where an object begins otherwise nothing is passed. */
static inline void head(struct json_walk *w, size_t *start, size_t *end)
{
	const char *p = w->at;
	size_t from, to;

	if (!pass(&p, w->end, "\"start\":") || !pass_number(&p, w->end, &from) || !pass(&p, w->end, ",\"end\":") ||
	    !pass_number(&p, w->end, &to) || !pass(&p, w->end, ",\"raw\":\""))
		return;
	p = json_plain(p, w->end);
	if (*p != '"')
		return;
	*start = from;
	*end = to;
	w->at = p + 1;
}

/* Passes over a member that is a string without escapes, where it stands next and is written as the filters do, name
 * being its comma, name and colon and the quote behind them; out is what stands between the quotes. */
static inline bool pass_string(struct json_walk *w, const char *name, struct span *out)
{
	const char *p = w->at, *q;

	if (!pass(&p, w->end, name) || *(q = json_plain(p, w->end)) != '"')
		return false;
	*out = (struct span){p, (size_t)(q - p)};
	w->at = q + 1;
	return true;
}

/* The next member, whoever wrote it. */
static inline bool member(struct json_walk *w, struct span *key, struct span *value)
{
	return *w->at != '}' && json_member(w, key, value);
}

/* Reads the number whose members w walks over. */
static bool figure_read(struct json_walk *w, struct points *points, struct figure *n)
{
	struct span key, value, unit = {"", 0};
	size_t start = SIZE_MAX, end = 0;
	bool kind = false;

	*n = (struct figure){.value = {"", 0}};
	head(w, &start, &end);
	if (pass_string(w, ",\"kind\":\"", &value))
		kind = kind_of(value, &n->kind);
	pass_string(w, ",\"value\":\"", &n->value);
	pass_string(w, ",\"unit\":\"", &unit);
	pass_string(w, ",\"bound\":\"", &value);
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
	n->what = what_of(n->kind, unit);
	n->first = (uint32_t)start;
	n->past = (uint32_t)end;
	n->at = (uint32_t)points_byte(points, start);
	n->end = (uint32_t)points_byte(points, end);
	return points->point == end;
}

bool figures_read(struct span array, struct span text, struct figures *out, const char **why)
{
	struct json_walk w, inner;
	struct points points = points_of(text);

	out->n = 0;
	if (!array.p)
		return true;
	*why = "\"numbers\" is not as extract-numbers writes it";
	if (*array.p != '[' || text.len > UINT32_MAX)
		return false;
	w = json_walk(array);
	while (json_enter(&w, &inner)) {
		if (inner.at[-1] != '{')
			return false;
		if (out->n == out->room) {
			out->room = out->room ? 2 * out->room : 64;
			out->v = xrealloc(out->v, out->room * sizeof *out->v);
		}
		struct figure *n = &out->v[out->n];
		if (!figure_read(&inner, &points, n) || (out->n && n->at < n[-1].end))
			return false;
		json_leave(&w, &inner);
		out->n++;
	}
	return w.at == w.end;
}

void figures_free(struct figures *n)
{
	free(n->v);
	*n = (struct figures){0};
}

/* The entity whose members w walks over; the code points of one that is no place go to *name. */
static bool place_read(struct json_walk *w, struct points *points, struct place_mark *p, bool *is_place, size_t name[2])
{
	struct span key, value;
	size_t start = SIZE_MAX, end = 0, code = 0;

	*is_place = false;
	head(w, &start, &end);
	if (pass_string(w, ",\"type\":\"", &value))
		*is_place = span_is(value, "place");
	if (pass_string(w, ",\"id\":\"", &value))
		json_size(value, 999999, &code);
	while (member(w, &key, &value)) {
		if (span_is(key, "start")) {
			if (!json_size(value, UINT32_MAX, &start))
				return false;
		} else if (span_is(key, "end")) {
			if (!json_size(value, UINT32_MAX, &end))
				return false;
		} else if (span_is(key, "type")) {
			*is_place = span_is(inner(value), "place");
		} else if (span_is(key, "id")) {
			json_size(inner(value), 999999, &code);
		}
	}
	if (start >= end)
		return false;
	name[0] = start;
	name[1] = *is_place ? start : end;
	*is_place = *is_place && code >= 100000;
	if (!*is_place)
		return true;
	*p = (struct place_mark){(uint32_t)points_byte(points, start), (uint32_t)points_byte(points, end), (uint32_t)code};
	return points->point == end;
}

bool places_read(struct span array, struct span text, struct figures *numbers, struct places *out, const char **why)
{
	struct json_walk w, inner;
	struct points points = points_of(text);
	size_t next = 0; /* the first number that no name has passed */

	out->n = 0;
	if (!array.p)
		return true;
	*why = "\"entities\" is not as tag-entities writes it";
	if (*array.p != '[')
		return false;
	w = json_walk(array);
	while (json_enter(&w, &inner)) {
		bool is_place;
		size_t name[2];
		if (inner.at[-1] != '{')
			return false;
		if (out->n == out->room) {
			out->room = out->room ? 2 * out->room : 64;
			out->v = xrealloc(out->v, out->room * sizeof *out->v);
		}
		struct place_mark *p = &out->v[out->n];
		if (!place_read(&inner, &points, p, &is_place, name) || (is_place && out->n && p->at < p[-1].end))
			return false;
		json_leave(&w, &inner);
		out->n += is_place;
		while (next < numbers->n && numbers->v[next].first < name[0])
			next++;
		for (; next < numbers->n && numbers->v[next].past <= name[1]; next++)
			numbers->v[next].named = true;
	}
	return w.at == w.end;
}

void places_free(struct places *p)
{
	free(p->v);
	*p = (struct places){0};
}
