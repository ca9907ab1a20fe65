#include "fact.h"

#include "json.h"
#include "record.h"
#include "tsv.h"

static void put_number(struct buf *out, const char *key, size_t n)
{
	buf_puts(out, key);
	buf_put_size(out, n);
}

static void put_word(struct buf *out, const char *key, struct span word)
{
	buf_puts(out, key);
	buf_put_json(out, word.p, word.len);
}

static struct span piece_text(struct span text, struct piece p)
{
	return (struct span){text.p + p.at, p.end - p.at};
}

/* A subject in one stretch is a string with two offsets; in several, three arrays of the same length. */
static void put_subject(const struct subject *s, struct span text, struct points *points, struct buf *out)
{
	/* Each piece has points of its own: first pieces lie near one another, and far from second ones. */
	bool many = s->n > 1;

	buf_puts(out, many ? "\"subject\":[" : "\"subject\":");
	for (unsigned i = 0; i < s->n; i++)
		put_word(out, i ? "," : "", piece_text(text, s->v[i]));
	buf_puts(out, many ? "],\"subject_start\":[" : ",\"subject_start\":");
	for (unsigned i = 0; i < s->n; i++)
		put_number(out, i ? "," : "", points_at(&points[i], s->v[i].at));
	buf_puts(out, many ? "],\"subject_end\":[" : ",\"subject_end\":");
	for (unsigned i = 0; i < s->n; i++)
		put_number(out, i ? "," : "", points_at(&points[i], s->v[i].end));
	if (many)
		buf_putc(out, ']');
}

static void put_fact(const struct fact *f, struct span text, struct points *points, struct buf *out)
{
	buf_putc(out, '{');
	if (f->number >= 0) {
		put_number(out, "\"number\":", (size_t)f->number);
		buf_putc(out, ',');
	}
	put_subject(&f->subject, text, points, out);
	if (f->part.end)
		put_word(out, ",\"part\":", piece_text(text, f->part));
	if (f->indicator.len)
		put_word(out, ",\"indicator\":", f->indicator);
	put_word(out, ",\"measure\":", span_of(measure_names[f->measure]));
	if (f->down)
		buf_puts(out, ",\"sign\":-1");
	buf_puts(out, f->target ? ",\"status\":\"target\"" : ",\"status\":\"actual\"");
	if (f->period.first) {
		put_number(out, ",\"period\":\"", (size_t)f->period.first);
		if (f->period.last != f->period.first)
			put_number(out, "/", (size_t)f->period.last);
		buf_putc(out, '"');
	}
	if (f->place) {
		put_number(out, ",\"place\":\"", f->place);
		buf_putc(out, '"');
	}
	if (f->relation)
		put_word(out, ",\"relation\":", span_of(relation_names[f->relation]));
	if (f->reference.end)
		put_word(out, ",\"reference\":", piece_text(text, f->reference));
	if (f->hedge.end)
		put_word(out, ",\"hedge\":", piece_text(text, f->hedge));
	if (f->stretch)
		buf_puts(out, ",\"stretch\":true");
	if (f->estimated)
		buf_puts(out, ",\"estimated\":true");
	buf_putc(out, '}');
}

void facts_write(const struct fact *facts, size_t n, struct span text, struct buf *out)
{
	struct points points[SUBJECT_PIECES];
	bool first = true;

	for (int i = 0; i < SUBJECT_PIECES; i++)
		points[i] = points_of(text);

	buf_putc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (facts[i].subject.n == 0)
			continue;
		if (!first)
			buf_putc(out, ',');
		first = false;
		put_fact(&facts[i], text, points, out);
	}
	buf_putc(out, ']');
}

void facts_explain(const struct fact *facts, size_t n, const struct figures *numbers, const struct record *r,
                   struct buf *scratch, struct buf *out)
{
	struct points points = points_of(r->text);
	struct span doc = {"", 0};

	record_string(r, M_doc, scratch, &doc);
	for (size_t i = 0; i < n; i++) {
		const struct fact *f = &facts[i];
		struct piece p = {f->at, f->at};
		if (f->number >= 0)
			p.end = numbers->v[f->number].end;
		tsv_put(out, doc);
		buf_putc(out, '\t');
		buf_span(out, r->m[M_seq].p ? r->m[M_seq] : (struct span){"", 0});
		put_number(out, "\t", points_at(&points, p.at));
		put_number(out, "\t", points_at(&points, p.end));
		buf_putc(out, '\t');
		tsv_put(out, piece_text(r->text, p));
		buf_puts(out, f->subject.n ? "\tbound\t" : "\tunbound\t");
		buf_span(out, f->frame);
		buf_putc(out, '\n');
	}
}
