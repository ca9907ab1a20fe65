#include "fact.h"

#include "json.h"
#include "record.h"
#include "tsv.h"

static struct span piece_text(struct span text, struct piece p)
{
	return (struct span){text.p + p.at, p.end - p.at};
}

/* Makes room for n bytes, which are written from the place returned on, and their end said to end_room. */
static inline char *room(struct buf *b, size_t n)
{
	if (b->cap - b->len < n)
		buf_grow(b, n);
	return b->p + b->len;
}

static inline void end_room(struct buf *b, const char *p)
{
	b->len = (size_t)(p - b->p);
}

/* Copies s to p; returns the end of the copy. In line, so that the length of a literal is known. */
static inline char *put(char *p, const char *s)
{
	return mempcpy(p, s, strlen(s));
}

static void put_piece(const struct facts *w, struct piece p)
{
	struct span s = piece_text(w->text, p);

	if (!w->plain) {
		buf_put_json(w->out, s.p, s.len);
		return;
	}
	char *q = room(w->out, s.len + 2);
	*q++ = '"';
	memcpy(q, s.p, s.len);
	q += s.len;
	*q++ = '"';
	end_room(w->out, q);
}

/* More than all names of members with their marks, measures and relations. */
enum { NAMES = 300 };

/* A subject in one stretch is a string with two offsets. */
static void put_stretch(struct facts *w, struct piece p)
{
	buf_puts(w->out, "\"subject\":");
	put_piece(w, p);
	char *q = put(room(w->out, NAMES + 2 * BUF_DIGITS), ",\"subject_start\":");
	q = put(buf_size(q, points_at(w->points, p.at)), ",\"subject_end\":");
	end_room(w->out, buf_size(q, points_at(w->points, p.end)));
}

/* In several, three arrays of the same length. */
static void put_stretches(struct facts *w, const struct subject *s)
{
	static const char comma[] = ",";

	buf_puts(w->out, "\"subject\":[");
	for (unsigned i = 0; i < s->n; i++) {
		buf_put(w->out, comma, i > 0);
		put_piece(w, s->v[i]);
	}
	buf_puts(w->out, "],\"subject_start\":[");
	for (unsigned i = 0; i < s->n; i++) {
		buf_put(w->out, comma, i > 0);
		buf_put_size(w->out, points_at(&w->points[i], s->v[i].at));
	}
	buf_puts(w->out, "],\"subject_end\":[");
	for (unsigned i = 0; i < s->n; i++) {
		buf_put(w->out, comma, i > 0);
		buf_put_size(w->out, points_at(&w->points[i], s->v[i].end));
	}
	buf_putc(w->out, ']');
}

static void put_fact(struct facts *w, const struct fact *f)
{
	struct buf *out = w->out;
	char *p = room(out, NAMES + BUF_DIGITS);

	if (w->any)
		*p++ = ',';
	*p++ = '{';
	if (f->number >= 0) {
		p = buf_size(put(p, "\"number\":"), (size_t)f->number);
		*p++ = ',';
	}
	end_room(out, p);
	if (f->subject.n == 1)
		put_stretch(w, f->subject.v[0]);
	else
		put_stretches(w, &f->subject);
	if (f->part.end) {
		buf_puts(out, ",\"part\":");
		put_piece(w, f->part);
	}
	if (f->indicator.len) {
		buf_puts(out, ",\"indicator\":");
		buf_put_json(out, f->indicator.p, f->indicator.len);
	}
	p = put(room(out, NAMES + 3 * BUF_DIGITS), ",\"measure\":\"");
	p = put(p, measure_names[f->measure]);
	p = put(p, f->down ? "\",\"sign\":-1,\"status\":\"" : "\",\"status\":\"");
	p = put(p, f->target ? "target\"" : "actual\"");
	if (f->period.first) {
		p = buf_size(put(p, ",\"period\":\""), (size_t)f->period.first);
		if (f->period.last != f->period.first) {
			*p++ = '/';
			p = buf_size(p, (size_t)f->period.last);
		}
		*p++ = '"';
	}
	if (f->place) {
		p = buf_size(put(p, ",\"place\":\""), f->place);
		*p++ = '"';
	}
	if (f->relation) {
		p = put(put(p, ",\"relation\":\""), relation_names[f->relation]);
		*p++ = '"';
	}
	end_room(out, p);
	if (f->reference.end) {
		buf_puts(out, ",\"reference\":");
		put_piece(w, f->reference);
	}
	if (f->hedge.end) {
		buf_puts(out, ",\"hedge\":");
		put_piece(w, f->hedge);
	}
	if (f->stretch)
		buf_puts(out, ",\"stretch\":true");
	if (f->estimated)
		buf_puts(out, ",\"estimated\":true");
	buf_putc(out, '}');
}

void facts_begin(struct facts *w, const struct record *r, struct buf *out)
{
	/* What is read from the line itself needed no escapes there, and needs none here. */
	*w = (struct facts){.text = r->text, .plain = r->text.p != r->scratch.p, .out = out};
	for (int i = 0; i < SUBJECT_PIECES; i++)
		w->points[i] = points_of(r->text);
	buf_putc(out, '[');
}

void facts_put(void *self, const struct fact *f, const struct figures *numbers)
{
	struct facts *w = self;

	(void)numbers;
	if (f->subject.n == 0)
		return;
	put_fact(w, f);
	w->any = true;
	buf_turn(w->out);
}

void facts_end(struct facts *w)
{
	buf_putc(w->out, ']');
}

void fact_rows_begin(struct fact_rows *w, const struct record *r, struct buf *scratch, struct buf *out)
{
	*w = (struct fact_rows){r, {"", 0}, points_of(r->text), out};
	record_string(r, M_doc, scratch, &w->doc);
}

void fact_rows_put(void *self, const struct fact *f, const struct figures *numbers)
{
	struct fact_rows *w = self;
	const struct record *r = w->record;
	struct piece p = {f->at, f->number >= 0 ? numbers->v[f->number].end : f->at};

	tsv_put(w->out, w->doc);
	buf_putc(w->out, '\t');
	buf_span(w->out, r->m[M_seq].p ? r->m[M_seq] : (struct span){"", 0});
	buf_putc(w->out, '\t');
	buf_put_size(w->out, points_at(&w->points, p.at));
	buf_putc(w->out, '\t');
	buf_put_size(w->out, points_at(&w->points, p.end));
	buf_putc(w->out, '\t');
	tsv_put(w->out, piece_text(r->text, p));
	buf_puts(w->out, f->subject.n ? "\tbound\t" : "\tunbound\t");
	buf_span(w->out, f->frame);
	buf_putc(w->out, '\n');
	buf_turn(w->out);
}
