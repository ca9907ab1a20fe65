#include "document.h"

#include <stdlib.h>

#include "err.h"
#include "head.h"
#include "outline.h"
#include "utf8.h"

enum {
	LEVELS = 16,
	LONG_LINE = 240,   /* bytes: one that is text */
	HEAD_BYTES = 1500, /* a head is not as long as that */
};

/* A line that is held: its place in what in_more gave, without spaces around it. */
struct line {
	size_t at, len;
	size_t end; /* behind its line break */
	bool plain; /* nothing in it is escaped in JSON */
};

struct documents {
	struct gazetteer *gazetteer;
	struct heads *heads;
	struct outline *outline;
	struct line *lines;
	size_t line_count, line_room;
	uint64_t *marks; /* of the bytes that are cut into lines, and the signs in them, see utf8_marks_signs */
	size_t *found;
	size_t mark_room;
	struct signs signs; /* of what is held */
	bool plain; /* all lines of the piece are */
	struct span *spans; /* the lines as the readers of a document want them */
	size_t span_room;

	struct out *out;
	struct span name;
	struct outline_state state;
	size_t number; /* of the document in its operand, 1 for the first; 0 before it */
	size_t seq;
	bool open;     /* the document's first piece was written */
	struct buf front; /* of its records, up to the number */
	struct buf path; /* the headings above, as the inside of a JSON array */
	size_t depth[LEVELS + 1]; /* bytes of path up to each level */
	unsigned level;
	struct buf middle; /* what begin_paragraph put together; empty when the path has changed */
	enum part middle_part;
	struct buf scratch;
};

struct documents *documents_new(void)
{
	struct documents *d = xcalloc(1, sizeof *d);
	d->gazetteer = gazetteer_open();
	d->heads = heads_new(d->gazetteer);
	d->outline = outline_new(d->gazetteer);
	return d;
}

void documents_free(struct documents *d)
{
	heads_free(d->heads);
	outline_free(d->outline);
	gazetteer_free(d->gazetteer);
	free(d->lines);
	free(d->marks);
	free(d->found);
	free(d->signs.at);
	free(d->spans);
	buf_free(&d->front);
	buf_free(&d->middle);
	buf_free(&d->path);
	buf_free(&d->scratch);
	free(d);
}

/* ---- Records ---- */

/* Text of the piece as JSON; as a rule nothing in it is escaped. */
static void put_json(const struct documents *d, struct buf *b, struct span text)
{
	if (!d->plain) {
		buf_put_json(b, text.p, text.len);
		return;
	}
	buf_putc(b, '"');
	buf_span(b, text);
	buf_putc(b, '"');
}

static void put_part(const struct documents *d, const char *name, struct span text)
{
	struct buf *b = &d->out->b;

	if (!text.len)
		return;
	buf_puts(b, name);
	put_json(d, b, text);
}

static void put_member(struct buf *b, const char *name, struct span value)
{
	if (!value.len)
		return;
	buf_puts(b, ",\"");
	buf_puts(b, name);
	buf_puts(b, "\":");
	buf_put_json(b, value.p, value.len);
}

static void begin_record(struct documents *d, const char *type, const char *part)
{
	struct buf *b = &d->out->b;
	buf_put(b, d->front.p, d->front.len);
	buf_put_size(b, d->seq++);
	buf_puts(b, ",\"type\":\"");
	buf_puts(b, type);
	buf_puts(b, "\",\"path\":[");
	buf_put(b, d->path.p, d->path.len);
	buf_puts(b, "],\"part\":\"");
	buf_puts(b, part);
	buf_putc(b, '"');
}

static void end_record(struct documents *d)
{
	buf_puts(&d->out->b, "}\n");
	out_turn(d->out);
}

static void put_number(struct buf *b, const char *name, size_t n)
{
	if (!n)
		return;
	buf_puts(b, ",\"");
	buf_puts(b, name);
	buf_puts(b, "\":");
	buf_put_size(b, n);
}

static void put_adcode(struct buf *b, uint32_t code)
{
	if (!code)
		return;
	buf_puts(b, ",\"adcode\":\"");
	buf_put_size(b, code);
	buf_putc(b, '"');
}

static void write_head(struct documents *d, const struct head *h)
{
	static const char *const inferred[] = {"place", "adcode", "year"};
	struct buf *b = &d->out->b;

	begin_record(d, "document", h->report ? "front" : "other");
	put_member(b, "title", h->title);
	put_member(b, "place", h->place);
	put_adcode(b, h->adcode);
	put_number(b, "year", h->year);
	put_member(b, "date", h->date);
	put_member(b, "session", h->session);
	put_member(b, "office", h->office);
	put_member(b, "speaker", h->speaker);
	put_member(b, "kind", span_of(h->report ? "report" : "other"));
	buf_puts(b, ",\"inferred\":[");
	for (unsigned i = 0, n = 0; i < 3; i++)
		if (h->inferred & 1u << i) {
			buf_puts(b, n++ ? ",\"" : "\"");
			buf_puts(b, inferred[i]);
			buf_putc(b, '"');
		}
	buf_puts(b, "],\"text\":");
	buf_put_json(b, h->text.p, h->text.len);
	end_record(d);
}

/* A heading's name in paths: without the full stop that closes it. */
static struct span path_name(struct span text)
{
	static const char *const stops[] = {"。", "：", "；", NULL};
	for (const char *const *s = stops; *s; s++)
		if (text.len > 3 && memcmp(text.p + text.len - 3, *s, 3) == 0)
			text.len -= 3;
	return text;
}

static void climb(struct documents *d, unsigned level)
{
	if (level < d->level)
		d->level = level;
	d->path.len = d->depth[d->level];
	buf_clear(&d->middle);
}

static void descend(struct documents *d, struct span text)
{
	if (d->level == LEVELS)
		return;
	if (d->path.len)
		buf_putc(&d->path, ',');
	put_json(d, &d->path, path_name(text));
	d->depth[++d->level] = d->path.len;
	buf_clear(&d->middle);
}

/* The text as JSON, without its markers. */
static void put_text(struct documents *d, const struct unit *u, const struct glossary_ref *refs)
{
	struct buf *scratch = &d->scratch;
	const char *s = u->text.p;

	if (!u->refs) {
		put_json(d, &d->out->b, u->text);
		return;
	}
	buf_clear(scratch);
	for (size_t i = 0; i < u->refs; i++) {
		buf_put(scratch, s, (size_t)(refs[i].at - s));
		s = refs[i].at + refs[i].len;
	}
	buf_put(scratch, s, (size_t)(u->text.p + u->text.len - s));
	put_json(d, &d->out->b, (struct span){scratch->p, scratch->len});
}

static void put_refs(struct buf *b, const struct unit *u, const struct glossary_ref *refs)
{
	const char *s = u->text.p;
	size_t point = 0;

	for (size_t i = 0; i < u->refs; i++) {
		point += utf8_count(s, (size_t)(refs[i].at - s));
		s = refs[i].at + refs[i].len;
		buf_puts(b, i ? ",{\"at\":" : ",\"note_refs\":[{\"at\":");
		buf_put_size(b, point);
		put_member(b, "label", refs[i].label);
		buf_putc(b, '}');
	}
	if (u->refs)
		buf_putc(b, ']');
}

/* A paragraph's record up to its text, put together once for all paragraphs of a section and part. */
static void begin_paragraph(struct documents *d, enum part part)
{
	struct buf *b = &d->out->b;

	if (!d->middle.len || d->middle_part != part) {
		buf_clear(&d->middle);
		buf_puts(&d->middle, ",\"type\":\"paragraph\",\"path\":[");
		buf_put(&d->middle, d->path.p, d->path.len);
		buf_puts(&d->middle, "],\"part\":\"");
		buf_puts(&d->middle, part_names[part]);
		buf_puts(&d->middle, "\",\"text\":");
		d->middle_part = part;
	}
	buf_put(b, d->front.p, d->front.len);
	buf_put_size(b, d->seq++);
	buf_put(b, d->middle.p, d->middle.len);
}

static void write_unit(struct documents *d, const struct unit *u)
{
	static const char *const types[] = {"paragraph", "heading", "note"};
	const struct glossary_ref *refs = outline_refs(d->outline, u);
	struct buf *b = &d->out->b;

	if (u->type == UNIT_PARAGRAPH)
		begin_paragraph(d, u->part);
	else {
		if (u->type == UNIT_HEADING)
			climb(d, u->level - 1);
		begin_record(d, types[u->type], part_names[u->part]);
		put_number(b, "level", u->level);
		put_part(d, ",\"label\":", u->label);
		put_part(d, ",\"term\":", u->term);
		buf_puts(b, ",\"text\":");
	}
	put_text(d, u, refs);
	put_refs(b, u, refs);
	end_record(d);
	if (u->type == UNIT_HEADING)
		descend(d, u->refs ? (struct span){d->scratch.p, d->scratch.len} : u->text);
}

/* ---- Documents ---- */

static void open_document(struct documents *d, const struct span *lines, size_t n, bool one_of_many, size_t *head_lines)
{
	bool titled = head_listed_title(lines[0]).len != 0;
	const struct head *h = heads_read(d->heads, lines, n, titled);
	struct buf name = {0};

	d->open = true;
	d->seq = 0;
	d->level = 0;
	d->number++;
	buf_clear(&d->path);
	d->state = (struct outline_state){.year = h->year, .report = h->report, .headless = !h->lines && !h->bytes};
	buf_span(&name, d->name);
	if (one_of_many || d->number > 1) {
		buf_putc(&name, '#');
		buf_put_size(&name, d->number);
	}
	buf_clear(&d->front);
	buf_puts(&d->front, "{\"doc\":");
	buf_put_json(&d->front, name.p, name.len);
	buf_puts(&d->front, ",\"seq\":");
	buf_clear(&d->middle);
	buf_free(&name);
	write_head(d, h);
	*head_lines = h->lines;
	if (h->bytes && h->lines < n) {
		struct span *rest = (struct span *)&lines[h->lines];
		size_t bytes = h->bytes;
		while (bytes < rest->len && rest->p[bytes] == ' ')
			bytes++;
		*rest = (struct span){rest->p + bytes, rest->len - bytes};
	}
}

/* Writes the first n lines that are held; last says that the document ends with them. */
static void write_piece(struct documents *d, const char *held, size_t n, bool last, bool one_of_many)
{
	size_t from = 0, count;

	if (n > d->span_room) {
		d->span_room = n * 2;
		d->spans = xrealloc(d->spans, d->span_room * sizeof *d->spans);
	}
	d->plain = true;
	for (size_t i = 0; i < n; i++) {
		d->spans[i] = (struct span){held + d->lines[i].at, d->lines[i].len};
		d->plain = d->plain && d->lines[i].plain;
	}
	if (n && !d->open)
		open_document(d, d->spans, n, one_of_many, &from);
	n = from + outline_mend(d->outline, d->spans + from, n - from);
	const struct unit *units =
		outline_read(d->outline, &d->state, d->spans + from, n - from, held, &d->signs, last, &count);
	for (size_t i = 0; i < count; i++)
		write_unit(d, &units[i]);
	if (last)
		d->open = false;
}

/* Forgets the first n lines and all bytes up to them. */
static void forget(struct documents *d, struct in *in, size_t n, size_t *seen)
{
	size_t bytes = n < d->line_count ? d->lines[n].at : n ? d->lines[n - 1].end : 0;

	in_drop(in, bytes);
	*seen -= bytes;
	d->line_count -= n;
	memmove(d->lines, d->lines + n, d->line_count * sizeof *d->lines);
	for (size_t i = 0; i < d->line_count; i++) {
		d->lines[i].at -= bytes;
		d->lines[i].end -= bytes;
	}
	signs_drop(&d->signs, bytes);
}

/* Whether there is text in front of a line that is held. */
static bool has_text(const struct documents *d, const struct line *line)
{
	bool text = d->open;

	for (size_t i = 0; !text && &d->lines[i] < line; i++)
		text = d->lines[i].len > LONG_LINE;
	return text;
}

/* Whether a document begins with the line before the last: a title of a list over text, or of a report over its head. */
static bool begins_document(const struct documents *d, const char *held)
{
	if (d->line_count < 3)
		return false;
	const struct line *a = &d->lines[d->line_count - 2], *b = a + 1;
	struct span title = {held + a->at, a->len}, below = {held + b->at, b->len};
	if (a->len > 200)
		return false;
	/* The head of a report may have lines above its title, also a table of contents, but no text. */
	if ((d->open || a->at >= HEAD_BYTES) && heads_report_title(d->heads, title) && head_follows_title(below) &&
	    has_text(d, a))
		return true;
	return head_listed_title(title).len && (b->len > LONG_LINE || head_follows_title(below)) &&
	       (a->at >= HEAD_BYTES || has_text(d, a));
}

/* Marks what is held from byte from up to byte to, that is to be cut into lines; false if it is not UTF-8. */
static bool mark(struct documents *d, struct span held, size_t from, size_t to)
{
	size_t len = to - from, n;

	if (!d->marks || d->mark_room < len) {
		d->mark_room = len * 2;
		free(d->marks);
		free(d->found);
		d->marks = xmalloc(UTF8_MARKS(d->mark_room) * sizeof *d->marks);
		d->found = xmalloc(UTF8_SIGNS(d->mark_room) * sizeof *d->found);
	}
	bool valid = utf8_marks_signs(held.p + from, len, d->marks, d->found, &n);
	outline_sift(d->outline, held.p, from, len, d->found, n, &d->signs);
	return valid;
}

/* The line break of the line that begins at byte at of what was marked, NULL if there is none, and whether nothing else in the
 * line is marked. */
static const char *line_break(const struct documents *d, struct span bytes, size_t at, bool *plain)
{
	*plain = true;
	for (; (at = utf8_mark(d->marks, at)) < bytes.len; at++) {
		if (bytes.p[at] == '\n')
			return bytes.p + at;
		*plain = false;
	}
	return NULL;
}

int documents_read(struct documents *d, struct in *in, struct out *out, struct span name)
{
	struct span held = {"", 0};
	size_t seen = 0, number = 0; /* bytes that were cut into lines; lines read */
	bool breaks = false, more = true;
	int rc = RC_OK;

	d->out = out;
	d->name = name;
	d->number = 0;
	d->open = false;
	d->line_count = 0;
	d->signs.first = d->signs.count = d->signs.dropped = 0;
	while (more) {
		more = in_more(in, &held);
		const char *last = held.len > seen ? memrchr(held.p + seen, '\n', held.len - seen) : NULL;
		/* Up to here the lines are complete. */
		size_t whole_lines = !more ? held.len : last ? (size_t)(last - held.p) + 1 : seen;
		struct span bytes = {held.p + seen, whole_lines - seen};
		bool valid = mark(d, held, seen, whole_lines), plain;
		while (seen < held.len) {
			const char *s = held.p + seen, *lf = line_break(d, bytes, (size_t)(s - bytes.p), &plain);
			const char *end = lf ? lf : held.p + held.len;
			if (!lf && more)
				break;
			size_t next = (size_t)(end - held.p) + (lf != NULL);
			number++;
			seen = next;
			for (; s < end && *s == '\f'; s++)
				breaks = true;
			while (s < end && (*s == ' ' || *s == '\t'))
				s++;
			while (end > s && (end[-1] == ' ' || end[-1] == '\r' || end[-1] == '\t'))
				end--;
			if (s == end)
				continue;
			if (!valid && utf8_valid(s, (size_t)(end - s)) != (size_t)(end - s)) {
				complain("%s: line %zu: not UTF-8", in->path, number);
				rc = RC_REFUSED;
				continue;
			}
			if (d->line_count == d->line_room) {
				d->line_room = d->line_room ? d->line_room * 2 : 256;
				d->lines = xrealloc(d->lines, d->line_room * sizeof *d->lines);
			}
			struct line *line = &d->lines[d->line_count++];
			*line = (struct line){(size_t)(s - held.p), (size_t)(end - s), next, plain};
			size_t whole = breaks ? d->line_count - 1 : begins_document(d, held.p) ? d->line_count - 2 : 0;
			if (breaks && (whole || d->open))
				write_piece(d, held.p, whole, true, true);
			else if (whole)
				write_piece(d, held.p, whole, true, true);
			else if (line->at + line->len >= DOCUMENT_BYTES || d->line_count >= DOCUMENT_LINES)
				write_piece(d, held.p, whole = d->line_count, false, false);
			breaks = false;
			if (whole) {
				size_t before = seen;
				forget(d, in, whole, &seen);
				held.p += before - seen;
				held.len -= before - seen;
			}
		}
	}
	if (d->line_count || d->open)
		write_piece(d, held.p, d->line_count, true, false);
	in_drop(in, held.len);
	return rc;
}
