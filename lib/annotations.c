#include "annotations.h"

#include <stdint.h>
#include <stdlib.h>

#include "err.h"
#include "json.h"
#include "utf8.h"

enum { MARK = 64 };

const char *const annotation_names[A_COUNT] = {
#define ANNOTATION(name) #name,
	ANNOTATION_MEMBERS(ANNOTATION)
#undef ANNOTATION
};

static void measure(struct annotations *a, struct span text)
{
	size_t need = text.len / MARK + 1;

	if (a->cap < need) {
		a->cap = need * 2;
		a->marks = xrealloc(a->marks, a->cap * sizeof *a->marks);
	}
	a->points = 0;
	for (size_t at = 0; at < text.len; at += utf8_len(text.p[at])) {
		if (a->points % MARK == 0)
			a->marks[a->points / MARK] = at;
		a->points++;
	}
	if (a->points % MARK == 0)
		a->marks[a->points / MARK] = text.len;
}

size_t annotations_byte(const struct annotations *a, const struct record *r, size_t point)
{
	size_t at = a->marks[point / MARK];

	for (point %= MARK; point; point--)
		at += utf8_len(r->text.p[at]);
	return at;
}

static void members(struct annotation *a, struct span object)
{
	struct json_walk w = json_walk(object);
	struct span key, value;

	while (json_member(&w, &key, &value))
		for (int i = 0; i < A_COUNT; i++)
			if (span_is(key, annotation_names[i])) {
				a->m[i] = value;
				break;
			}
}

static bool between(struct annotations *all, const struct record *r, struct annotation *a, enum annotation_member start,
                    enum annotation_member end)
{
	if (!json_size(a->m[start], all->points, &a->from) || !json_size(a->m[end], all->points, &a->to) ||
	    a->from > a->to)
		return false;
	a->start = annotations_byte(all, r, a->from);
	a->end = annotations_byte(all, r, a->to);
	return true;
}

/* Reads the array which into l; false, when it is no array of objects. */
static bool elements(struct annotation_list *l, const struct record *r, enum member which)
{
	struct span value;

	l->n = 0;
	if (!r->m[which].p)
		return true;
	if (*r->m[which].p != '[')
		return false;
	struct json_walk w = json_walk(r->m[which]);
	while (json_element(&w, &value)) {
		if (*value.p != '{')
			return false;
		if (l->n == l->cap) {
			l->cap = l->cap ? l->cap * 2 : 16;
			l->a = xrealloc(l->a, l->cap * sizeof *l->a);
		}
		l->a[l->n] = (struct annotation){.number = ANNOTATION_NONE};
		members(&l->a[l->n++], value);
	}
	return true;
}

const char *annotations_read(struct annotations *a, const struct record *r)
{
	size_t number;

	if (!elements(&a->numbers, r, M_numbers) || !elements(&a->entities, r, M_entities) ||
	    !elements(&a->facts, r, M_facts))
		return "numbers, entities or facts are not an array of objects";
	measure(a, r->text);
	for (size_t i = 0; i < a->numbers.n; i++)
		if (!between(a, r, &a->numbers.a[i], A_start, A_end))
			return "a number that does not lie in the text";
	for (size_t i = 0; i < a->entities.n; i++)
		if (!between(a, r, &a->entities.a[i], A_start, A_end))
			return "an entity that does not lie in the text";
	for (size_t i = 0; i < a->facts.n; i++) {
		struct annotation *f = &a->facts.a[i];
		if (f->m[A_subject_start].p && !between(a, r, f, A_subject_start, A_subject_end))
			return "a subject that does not lie in the text";
		if (!f->m[A_number].p)
			continue;
		if (!json_size(f->m[A_number], SIZE_MAX, &number) || number >= a->numbers.n)
			return "a fact whose number is not there";
		f->number = (long)number;
	}
	return NULL;
}

void annotations_free(struct annotations *a)
{
	free(a->numbers.a);
	free(a->entities.a);
	free(a->facts.a);
	free(a->marks);
}

struct span annotation_string(const struct annotation *a, enum annotation_member m, struct buf *scratch)
{
	struct span s = {"", 0};

	if (a->m[m].p)
		json_string(a->m[m], scratch, &s);
	return s;
}
