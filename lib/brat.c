#include "brat.h"

#include <stdlib.h>

#include "err.h"
#include "utf8.h"

const char brat_conf[] =
	"[entities]\n"
	"place\norg\nperson\nevent\nproject\npolicy\nwork\ntitle\n"
	"quantity\npercent\npoint\nratio\nfraction\nmultiple\nrank\nordinal\ndate\nduration\n"
	"subject\nother\n\n"
	"[relations]\n"
	"actual\tArg1:<ENTITY>, Arg2:subject\n"
	"target\tArg1:<ENTITY>, Arg2:subject\n"
	"fact\tArg1:<ENTITY>, Arg2:subject\n\n"
	"[events]\n\n"
	"[attributes]\n";

void brat_free(struct brat *b)
{
	annotations_free(&b->found);
	free(b->ids);
	buf_free(&b->scratch);
}

/* Control characters as blanks; the length in code points stays. */
static void put_line(struct buf *out, struct span s)
{
	size_t at = out->len;

	buf_span(out, s);
	for (; at < out->len; at++)
		if ((unsigned char)out->p[at] < 0x20)
			out->p[at] = ' ';
}

/* What stands in front of the text in the record's line: writes it where out is not NULL, and returns its length in
 * code points. */
static size_t put_lead(struct brat *b, const struct record *r, struct buf *out)
{
	struct span label = {"", 0}, term = {"", 0};
	size_t points;

	record_string(r, M_label, &b->scratch, &label);
	points = utf8_count(label.p, label.len);
	if (out)
		put_line(out, label);
	record_string(r, M_term, &b->scratch, &term);
	if (term.len) {
		points += utf8_count(term.p, term.len) + 1;
		if (out) {
			put_line(out, term);
			buf_puts(out, "：");
		}
	}
	return points;
}

const char *brat_text(struct brat *b, const struct record *r, struct buf *out)
{
	const char *why = annotations_read(&b->found, r);

	if (why)
		return why;
	put_lead(b, r, out);
	put_line(out, r->text);
	buf_putc(out, '\n');
	return NULL;
}

/* Names of types may hold letters, digits, - and _ alone. */
static void put_type(struct buf *out, struct span type)
{
	for (size_t i = 0; i < type.len; i++)
		if (!(type.p[i] >= 'a' && type.p[i] <= 'z')) {
			type = span_of("other");
			break;
		}
	buf_span(out, type.len ? type : span_of("other"));
}

static void put_id(struct buf *out, char kind, size_t id)
{
	buf_putc(out, kind);
	buf_put_size(out, id);
}

/* T1<tab>place 0 3<tab>words, or, of n stretches, T1<tab>subject 0 3;7 9<tab>words words; returns its id. */
static size_t put_span(struct brat *b, const struct record *r, size_t lead, struct span type, const struct stretch *s,
                       size_t n, struct buf *out)
{
	put_id(out, 'T', ++b->spans);
	buf_putc(out, '\t');
	put_type(out, type);
	for (size_t i = 0; i < n; i++) {
		buf_putc(out, i ? ';' : ' ');
		buf_put_size(out, b->offset + lead + s[i].from);
		buf_putc(out, ' ');
		buf_put_size(out, b->offset + lead + s[i].to);
	}
	for (size_t i = 0; i < n; i++) {
		buf_putc(out, i ? ' ' : '\t');
		put_line(out, (struct span){r->text.p + s[i].start, s[i].end - s[i].start});
	}
	buf_putc(out, '\n');
	return b->spans;
}

/* brat knows no empty spans. */
static bool has_words(const struct stretch *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i].start == s[i].end)
			return false;
	return n > 0;
}

/* #1<tab>AnnotatorNotes T1<tab>value=5 unit=% ...: the members of a that are there. */
static void put_note(struct brat *b, char kind, size_t id, const struct annotation *a, const enum annotation_member *members,
                     size_t n, struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < n; i++) {
		struct span value = a->m[members[i]];
		if (!value.p)
			continue;
		if (first) {
			put_id(out, '#', ++b->notes);
			buf_puts(out, "\tAnnotatorNotes ");
			put_id(out, kind, id);
		}
		buf_putc(out, first ? '\t' : ' ');
		first = false;
		buf_puts(out, annotation_names[members[i]]);
		buf_putc(out, '=');
		put_line(out, *value.p == '"' ? annotation_string(a, members[i], &b->scratch) : value);
	}
	if (!first)
		buf_putc(out, '\n');
}

static void put_numbers(struct brat *b, const struct record *r, size_t lead, struct buf *out)
{
	static const enum annotation_member said[] = {A_value, A_min, A_max, A_per, A_unit, A_bound};

	if (b->ids_cap < b->found.numbers.n) {
		b->ids_cap = b->found.numbers.n * 2;
		b->ids = xrealloc(b->ids, b->ids_cap * sizeof *b->ids);
	}
	for (size_t i = 0; i < b->found.numbers.n; i++) {
		const struct annotation *a = &b->found.numbers.a[i];
		b->ids[i] = 0;
		if (!has_words(&a->at, 1))
			continue;
		b->ids[i] = put_span(b, r, lead, annotation_string(a, A_kind, &b->scratch), &a->at, 1, out);
		put_note(b, 'T', b->ids[i], a, said, sizeof said / sizeof *said, out);
	}
}

/* N1<tab>Reference T1 GB2260:330200<tab>words */
static void put_entities(struct brat *b, const struct record *r, size_t lead, struct buf *out)
{
	for (size_t i = 0; i < b->found.entities.n; i++) {
		const struct annotation *a = &b->found.entities.a[i];
		if (!has_words(&a->at, 1))
			continue;
		put_span(b, r, lead, annotation_string(a, A_type, &b->scratch), &a->at, 1, out);
		struct span id = annotation_string(a, A_id, &b->scratch);
		if (!id.len || memchr(id.p, ' ', id.len))
			continue;
		put_id(out, 'N', ++b->references);
		buf_puts(out, "\tReference ");
		put_id(out, 'T', b->spans);
		buf_puts(out, " GB2260:");
		put_line(out, id);
		buf_putc(out, '\t');
		put_line(out, (struct span){r->text.p + a->at.start, a->at.end - a->at.start});
		buf_putc(out, '\n');
	}
}

/* A fact that has a number and a subject is a relation between them; else it is said of the one that there is. */
static void put_facts(struct brat *b, const struct record *r, size_t lead, struct buf *out)
{
	static const enum annotation_member said[] = {A_indicator, A_measure, A_sign, A_status, A_period, A_place,
		A_estimated, A_hedge, A_stretch, A_relation, A_reference};

	for (size_t i = 0; i < b->found.facts.n; i++) {
		const struct annotation *a = &b->found.facts.a[i];
		size_t number = a->number == ANNOTATION_NONE ? 0 : b->ids[a->number], subject = 0, id = number;
		const struct stretch *stretches = a->subjects ? b->found.subjects + a->subject : NULL;
		char kind = 'T';
		if (has_words(stretches, a->subjects))
			id = subject = put_span(b, r, lead, span_of("subject"), stretches, a->subjects, out);
		if (number && subject) {
			struct span status = annotation_string(a, A_status, &b->scratch);
			kind = 'R';
			id = ++b->facts;
			put_id(out, kind, id);
			buf_putc(out, '\t');
			put_type(out, status.len ? status : span_of("fact"));
			buf_puts(out, " Arg1:");
			put_id(out, 'T', number);
			buf_puts(out, " Arg2:");
			put_id(out, 'T', subject);
			buf_putc(out, '\n');
		}
		if (id)
			put_note(b, kind, id, a, said, sizeof said / sizeof *said, out);
	}
}

const char *brat_annotations(struct brat *b, const struct record *r, struct buf *out)
{
	const char *why = annotations_read(&b->found, r);

	if (why)
		return why;
	size_t lead = put_lead(b, r, NULL);
	put_numbers(b, r, lead, out);
	put_entities(b, r, lead, out);
	put_facts(b, r, lead, out);
	b->offset += lead + utf8_count(r->text.p, r->text.len) + 1;
	return NULL;
}
