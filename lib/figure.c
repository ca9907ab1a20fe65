#include "figure.h"

#include <stdlib.h>

#include "err.h"
#include "json.h"
#include "record.h"

static const char *const kind_names[KIND_COUNT] = {"quantity", "percent", "point", "ratio", "fraction", "multiple",
                                                   "rank", "ordinal", "date", "duration"};

static bool kind_of(struct span v, enum figure_kind *kind)
{
	for (int i = 0; i < KIND_COUNT; i++) {
		if (span_is(v, kind_names[i])) {
			*kind = (enum figure_kind)i;
			return true;
		}
	}
	return false;
}

/* What stands between the quotes of a JSON string; empty for anything else. */
static struct span inner(struct span v)
{
	if (v.len < 2 || *v.p != '"')
		return (struct span){"", 0};
	return (struct span){v.p + 1, v.len - 2};
}

/* Reads the number whose members w walks over. */
static bool figure_read(struct json_walk *w, struct points *points, struct figure *n)
{
	struct span key, value;
	size_t start = SIZE_MAX, end = 0;
	bool kind = false;

	*n = (struct figure){0};
	while (json_member(w, &key, &value)) {
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
			n->unit = inner(value);
		} else if (span_is(key, "bound")) {
			n->bound = inner(value);
		}
	}
	if (!kind || start >= end)
		return false;
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

static bool place_read(struct json_walk *w, struct points *points, struct place_mark *p, bool *is_place)
{
	struct span key, value;
	size_t start = SIZE_MAX, end = 0, code = 0;

	*is_place = false;
	while (json_member(w, &key, &value)) {
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
	*is_place = *is_place && code >= 100000;
	if (!*is_place)
		return true;
	*p = (struct place_mark){(uint32_t)points_byte(points, start), (uint32_t)points_byte(points, end), (uint32_t)code};
	return points->point == end;
}

bool places_read(struct span array, struct span text, struct places *out, const char **why)
{
	struct json_walk w, inner;
	struct points points = points_of(text);

	out->n = 0;
	if (!array.p)
		return true;
	*why = "\"entities\" is not as tag-entities writes it";
	if (*array.p != '[')
		return false;
	w = json_walk(array);
	while (json_enter(&w, &inner)) {
		bool is_place;
		if (inner.at[-1] != '{')
			return false;
		if (out->n == out->room) {
			out->room = out->room ? 2 * out->room : 64;
			out->v = xrealloc(out->v, out->room * sizeof *out->v);
		}
		struct place_mark *p = &out->v[out->n];
		if (!place_read(&inner, &points, p, &is_place) || (is_place && out->n && p->at < p[-1].end))
			return false;
		json_leave(&w, &inner);
		out->n += is_place;
	}
	return w.at == w.end;
}

void places_free(struct places *p)
{
	free(p->v);
	*p = (struct places){0};
}
