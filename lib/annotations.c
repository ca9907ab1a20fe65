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

static bool stretch_read(const struct annotations *a, const struct record *r, struct span start, struct span end,
                         struct stretch *s)
{
	if (!json_size(start, a->points, &s->from) || !json_size(end, a->points, &s->to) || s->from > s->to)
		return false;
	s->start = annotations_byte(a, r, s->from);
	s->end = annotations_byte(a, r, s->to);
	return true;
}

static bool add_subject(struct annotations *a, const struct record *r, struct annotation *fact, struct span start,
                        struct span end)
{
	struct stretch s;

	if (!stretch_read(a, r, start, end, &s))
		return false;
	if (a->subjects_n == a->subjects_cap) {
		a->subjects_cap = a->subjects_cap ? a->subjects_cap * 2 : 16;
		a->subjects = xrealloc(a->subjects, a->subjects_cap * sizeof *a->subjects);
	}
	a->subjects[a->subjects_n++] = s;
	fact->subjects++;
	return true;
}

/* Where the subject stands: one offset and one end, or an array of each. */
static bool subject_read(struct annotations *a, const struct record *r, struct annotation *fact)
{
	struct span start = fact->m[A_subject_start], end = fact->m[A_subject_end], from, to;

	fact->subject = a->subjects_n;
	if (!start.p && !end.p)
		return true;
	if (!start.p || !end.p)
		return false;
	if (*start.p != '[')
		return add_subject(a, r, fact, start, end);
	struct json_walk starts = json_walk(start), ends = json_walk(end);
	while (json_element(&starts, &from))
		if (!json_element(&ends, &to) || !add_subject(a, r, fact, from, to))
			return false;
	return !json_element(&ends, &to);
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

static bool all_read(struct annotations *a, const struct record *r, struct annotation_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (!stretch_read(a, r, l->a[i].m[A_start], l->a[i].m[A_end], &l->a[i].at))
			return false;
	return true;
}

const char *annotations_read(struct annotations *a, const struct record *r)
{
	size_t number;

	if (!elements(&a->numbers, r, M_numbers) || !elements(&a->entities, r, M_entities) ||
	    !elements(&a->facts, r, M_facts))
		return "numbers, entities or facts are not an array of objects";
	measure(a, r->text);
	if (!all_read(a, r, &a->numbers))
		return "a number that does not lie in the text";
	if (!all_read(a, r, &a->entities))
		return "an entity that does not lie in the text";
	a->subjects_n = 0;
	for (size_t i = 0; i < a->facts.n; i++) {
		struct annotation *f = &a->facts.a[i];
		if (!subject_read(a, r, f))
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
	free(a->subjects);
	free(a->marks);
}

struct span annotation_string(const struct annotation *a, enum annotation_member m, struct buf *scratch)
{
	struct span s = {"", 0};

	if (a->m[m].p)
		json_string(a->m[m], scratch, &s);
	return s;
}

struct span annotation_subject(const struct annotation *fact, struct buf *joined, struct buf *scratch)
{
	struct json_walk w;
	struct span part, words;

	if (!fact->m[A_subject].p || *fact->m[A_subject].p != '[')
		return annotation_string(fact, A_subject, scratch);
	buf_clear(joined);
	w = json_walk(fact->m[A_subject]);
	while (json_element(&w, &part)) {
		if (!json_string(part, scratch, &words))
			continue;
		if (joined->len)
			buf_puts(joined, " … ");
		buf_span(joined, words);
	}
	return (struct span){joined->p, joined->len};
}
