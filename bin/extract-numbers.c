/* extract-numbers: finds every number of a record's text, with its exact value, unit and bound. */
#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

#include "buf.h"
#include "err.h"
#include "number.h"
#include "record.h"
#include "tool.h"
#include "tsv.h"

static const char help[] =
	"usage: extract-numbers [-u FILE] [--explain] [FILE ...]\n"
	"Adds \"numbers\" to JSON Lines records: what their \"text\" measures, counts, ranks or dates.\n"
	"  -u, --units FILE  further units, in the columns of units.tsv\n"
	"      --explain     a table of all candidates instead of records, each with the rule that decided\n"
	"  -h, --help        this text\n"
	"  -V, --version     the version\n";

/* Copies s to p; returns the end of the copy. In line, so that the length of a literal is known. */
static inline char *put(char *p, struct span s)
{
	memcpy(p, s.p, s.len);
	return p + s.len;
}

static inline char *member(char *p, const char *key, struct span value)
{
	if (!value.len)
		return p;
	p = put(put(p, span_of(key)), value);
	*p = '"';
	return p + 1;
}

/* The same for a part of a number. Most have less than 16 bytes: to copy so many takes no branch on their length. */
static inline char *part(char *p, const char *key, struct span value)
{
	if (!value.len)
		return p;
	p = put(p, span_of(key));
	for (size_t i = 0; i < value.len; i += NUMBERS_SLACK)
		memcpy(p + i, value.p + i, NUMBERS_SLACK);
	p += value.len;
	*p = '"';
	return p + 1;
}

static void put_number(const struct numbers *x, const struct number *m, const struct record *r, struct points *at,
                       struct buf *b)
{
	/* More than the names of all members with their marks, and than all kinds and bounds, and the slack. */
	enum { NAMES = 160 + NUMBERS_SLACK };
	struct span raw = {r->text.p + m->start, m->end - m->start};
	size_t start = points_at(at, m->start), end = points_at(at, m->end);

	buf_puts(b, "{\"start\":");
	buf_put_size(b, start);
	buf_puts(b, ",\"end\":");
	buf_put_size(b, end);
	buf_puts(b, ",\"raw\":");
	/* What is read from the line itself needed no escapes there, and needs none here. */
	bool plain = r->text.p != r->scratch.p;
	if (!plain)
		buf_put_json(b, raw.p, raw.len);

	/* A dozen short pieces: the room for them is made once. */
	size_t room = NAMES + raw.len + m->value.len + m->min.len + m->max.len + m->per.len + m->unit.len;
	if (b->cap - b->len < room)
		buf_grow(b, room);
	char *p = b->p + b->len;
	if (plain)
		p = member(p, "\"", raw);
	p = member(p, ",\"kind\":\"", number_kinds[m->kind]);
	p = part(p, ",\"value\":\"", numbers_part(x, m->value));
	p = part(p, ",\"min\":\"", numbers_part(x, m->min));
	p = part(p, ",\"max\":\"", numbers_part(x, m->max));
	p = part(p, ",\"per\":\"", numbers_part(x, m->per));
	p = part(p, ",\"unit\":\"", numbers_part(x, m->unit));
	p = member(p, ",\"bound\":\"", number_bounds[m->bound]);
	*p++ = '}';
	b->len = (size_t)(p - b->p);
}

static const char *extract(void *self, struct record *r, struct buf *out)
{
	struct numbers *x = self;
	struct points at = points_of(r->text);
	const struct number *list;
	char mark = '[';
	size_t n;

	record_before(r, M_numbers, out);
	numbers_find(x, r->text, false);
	while ((list = numbers_more(x, &n))) {
		for (size_t i = 0; i < n; i++) {
			if (!list[i].taken)
				continue;
			buf_putc(out, mark);
			mark = ',';
			put_number(x, &list[i], r, &at, out);
		}
		buf_turn(out);
	}
	buf_puts(out, mark == '[' ? "[]" : "]");
	record_behind(r, M_numbers, out);
	return NULL;
}

static void field(struct buf *out, struct span s)
{
	tsv_put(out, s);
	buf_putc(out, '\t');
}

static const char *explain(void *self, struct record *r, struct buf *out)
{
	struct numbers *x = self;
	struct points at = points_of(r->text);
	struct span doc = {"", 0};
	struct buf scratch = {0};
	const struct number *m;
	size_t n;

	record_string(r, M_doc, &scratch, &doc);
	numbers_find(x, r->text, true);
	while ((m = numbers_more(x, &n))) {
		for (; n > 0; n--, m++) {
			field(out, doc);
			field(out, r->m[M_seq]);
			buf_put_size(out, points_at(&at, m->start));
			buf_putc(out, '\t');
			buf_put_size(out, points_at(&at, m->end));
			buf_putc(out, '\t');
			field(out, (struct span){r->text.p + m->start, m->end - m->start});
			buf_puts(out, m->taken ? "taken\t" : "refused\t");
			buf_span(out, m->rule);
			buf_putc(out, '\n');
			buf_turn(out);
		}
	}
	buf_free(&scratch);
	return NULL;
}

int main(int argc, char *argv[])
{
	static const struct option options[] = {
		{"units", required_argument, 0, 'u'}, {"explain", no_argument, 0, 'e'}, TOOL_OPTIONS};
	struct numbers *x;
	const char *user = NULL;
	record_work *work = extract;
	int c, rc;

	err_program(argv[0]);
	while ((c = getopt_long(argc, argv, "u:hV", options, NULL)) != -1) {
		switch (c) {
		case 'u': user = optarg; break;
		case 'e': work = explain; break;
		case 'h': tool_help(help);
		case 'V': tool_version();
		default: tool_usage(help);
		}
	}
	x = numbers_new(user);
	if (work == explain)
		tool_print(span_of("doc\tseq\tstart\tend\traw\tdecision\trule\n"));
	rc = record_each(argv + optind, work, x);
	numbers_free(x);
	return rc;
}
