#include "fact.h"

#include "json.h"
#include "record.h"
#include "tsv.h"

/* Length and place of a literal are known when this is compiled. */
#define PUT(out, literal) buf_put(out, literal, sizeof(literal) - 1)

static struct span piece_text(struct span text, struct piece p)
{
	return (struct span){text.p + p.at, p.end - p.at};
}

static void put_piece(struct buf *out, struct span text, struct piece p)
{
	buf_put_json(out, text.p + p.at, p.end - p.at);
}

/* A subject in one stretch is a string with two offsets. */
static void put_stretch(struct piece p, struct span text, struct points *points, struct buf *out)
{
	PUT(out, "\"subject\":");
	put_piece(out, text, p);
	PUT(out, ",\"subject_start\":");
	buf_put_size(out, points_at(points, p.at));
	PUT(out, ",\"subject_end\":");
	buf_put_size(out, points_at(points, p.end));
}

/* In several, three arrays of the same length. */
static void put_stretches(const struct subject *s, struct span text, struct points *points, struct buf *out)
{
	static const char comma[] = ",";

	PUT(out, "\"subject\":[");
	for (unsigned i = 0; i < s->n; i++) {
		buf_put(out, comma, i > 0);
		put_piece(out, text, s->v[i]);
	}
	PUT(out, "],\"subject_start\":[");
	for (unsigned i = 0; i < s->n; i++) {
		buf_put(out, comma, i > 0);
		buf_put_size(out, points_at(&points[i], s->v[i].at));
	}
	PUT(out, "],\"subject_end\":[");
	for (unsigned i = 0; i < s->n; i++) {
		buf_put(out, comma, i > 0);
		buf_put_size(out, points_at(&points[i], s->v[i].end));
	}
	buf_putc(out, ']');
}

static void put_fact(const struct fact *f, struct span text, struct points *points, struct buf *out)
{
	buf_putc(out, '{');
	if (f->number >= 0) {
		PUT(out, "\"number\":");
		buf_put_size(out, (size_t)f->number);
		buf_putc(out, ',');
	}
	if (f->subject.n == 1)
		put_stretch(f->subject.v[0], text, points, out);
	else
		put_stretches(&f->subject, text, points, out);
	if (f->part.end) {
		PUT(out, ",\"part\":");
		put_piece(out, text, f->part);
	}
	if (f->indicator.len) {
		PUT(out, ",\"indicator\":");
		buf_put_json(out, f->indicator.p, f->indicator.len);
	}
	PUT(out, ",\"measure\":\"");
	buf_puts(out, measure_names[f->measure]);
	if (f->down)
		PUT(out, "\",\"sign\":-1,\"status\":\"");
	else
		PUT(out, "\",\"status\":\"");
	if (f->target)
		PUT(out, "target\"");
	else
		PUT(out, "actual\"");
	if (f->period.first) {
		PUT(out, ",\"period\":\"");
		buf_put_size(out, (size_t)f->period.first);
		if (f->period.last != f->period.first) {
			buf_putc(out, '/');
			buf_put_size(out, (size_t)f->period.last);
		}
		buf_putc(out, '"');
	}
	if (f->place) {
		PUT(out, ",\"place\":\"");
		buf_put_size(out, f->place);
		buf_putc(out, '"');
	}
	if (f->relation) {
		PUT(out, ",\"relation\":\"");
		buf_puts(out, relation_names[f->relation]);
		buf_putc(out, '"');
	}
	if (f->reference.end) {
		PUT(out, ",\"reference\":");
		put_piece(out, text, f->reference);
	}
	if (f->hedge.end) {
		PUT(out, ",\"hedge\":");
		put_piece(out, text, f->hedge);
	}
	if (f->stretch)
		PUT(out, ",\"stretch\":true");
	if (f->estimated)
		PUT(out, ",\"estimated\":true");
	buf_putc(out, '}');
}

void facts_begin(struct facts *w, struct span text, struct buf *out)
{
	*w = (struct facts){.text = text, .out = out};
	for (int i = 0; i < SUBJECT_PIECES; i++)
		w->points[i] = points_of(text);
	buf_putc(out, '[');
}

void facts_put(void *self, const struct fact *f, const struct figures *numbers)
{
	struct facts *w = self;

	(void)numbers;
	if (f->subject.n == 0)
		return;
	if (w->any)
		buf_putc(w->out, ',');
	w->any = true;
	put_fact(f, w->text, w->points, w->out);
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
