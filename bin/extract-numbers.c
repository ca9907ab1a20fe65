/* extract-numbers: finds every number of a record's text, with its exact value, unit and bound. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "buf.h"
#include "err.h"
#include "number.h"
#include "record.h"
#include "tool.h"

static const char help[] =
	"usage: extract-numbers [-u FILE] [--explain] [FILE ...]\n"
	"Adds \"numbers\" to JSON Lines records: what their \"text\" measures, counts, ranks or dates.\n"
	"  -u, --units FILE  further units, in the columns of units.tsv\n"
	"      --explain     a table of all candidates instead of records, each with the rule that decided\n"
	"  -h, --help        this text\n"
	"  -V, --version     the version\n";

struct work {
	struct numbers *numbers;
	struct buf json;
};

static inline void member(struct buf *b, const char *key, struct span value)
{
	if (!value.len)
		return;
	buf_puts(b, key);
	buf_span(b, value);
	buf_putc(b, '"');
}

static void put_number(struct work *w, const struct number *m, const struct record *r, struct points *at)
{
	struct buf *b = &w->json;
	struct span raw = {r->text.p + m->start, m->end - m->start};
	size_t start = points_at(at, m->start), end = start;

	for (size_t i = 0; i < raw.len; i++)
		end += ((unsigned char)raw.p[i] & 0xc0) != 0x80;

	buf_puts(b, "{\"start\":");
	buf_put_size(b, start);
	buf_puts(b, ",\"end\":");
	buf_put_size(b, end);
	/* What is read from the line itself needed no escapes there, and needs none here. */
	if (r->text.p == r->scratch.p) {
		buf_puts(b, ",\"raw\":");
		buf_put_json(b, raw.p, raw.len);
	} else {
		member(b, ",\"raw\":\"", raw);
	}
	member(b, ",\"kind\":\"", number_kinds[m->kind]);
	member(b, ",\"value\":\"", numbers_part(w->numbers, m->value));
	member(b, ",\"min\":\"", numbers_part(w->numbers, m->min));
	member(b, ",\"max\":\"", numbers_part(w->numbers, m->max));
	member(b, ",\"per\":\"", numbers_part(w->numbers, m->per));
	member(b, ",\"unit\":\"", numbers_part(w->numbers, m->unit));
	member(b, ",\"bound\":\"", number_bounds[m->bound]);
	buf_putc(b, '}');
}

static const char *extract(void *self, struct record *r, struct buf *out)
{
	struct work *w = self;
	struct points at = points_of(r->text);
	size_t n;
	const struct number *list = numbers_find(w->numbers, r->text, false, &n);

	buf_clear(&w->json);
	buf_putc(&w->json, '[');
	for (size_t i = 0; i < n; i++) {
		if (!list[i].taken)
			continue;
		if (w->json.len > 1)
			buf_putc(&w->json, ',');
		put_number(w, &list[i], r, &at);
	}
	buf_putc(&w->json, ']');
	record_write(r, &(struct edit){M_numbers, {w->json.p, w->json.len}}, 1, out);
	return NULL;
}

/* A field of the table: tab, line break and backslash are written as escapes. */
static void field(struct buf *out, struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		const char *escape = s.p[i] == '\t' ? "\\t" : s.p[i] == '\n' ? "\\n" : s.p[i] == '\\' ? "\\\\" : NULL;
		if (escape)
			buf_puts(out, escape);
		else
			buf_putc(out, s.p[i]);
	}
	buf_putc(out, '\t');
}

static const char *explain(void *self, struct record *r, struct buf *out)
{
	struct work *w = self;
	struct points at = points_of(r->text);
	struct span doc = {"", 0};
	struct buf scratch = {0};
	size_t n;
	const struct number *list = numbers_find(w->numbers, r->text, true, &n);

	record_string(r, M_doc, &scratch, &doc);
	for (size_t i = 0; i < n; i++) {
		const struct number *m = &list[i];
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
	}
	buf_free(&scratch);
	return NULL;
}

int main(int argc, char *argv[])
{
	static const struct option options[] = {
		{"units", required_argument, 0, 'u'}, {"explain", no_argument, 0, 'e'}, TOOL_OPTIONS};
	struct work w = {0};
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
	w.numbers = numbers_new(user);
	if (work == explain) {
		fputs("doc\tseq\tstart\tend\traw\tdecision\trule\n", stdout);
		fflush(stdout);
	}
	rc = record_each(argv + optind, work, &w);
	numbers_free(w.numbers);
	buf_free(&w.json);
	return rc;
}
