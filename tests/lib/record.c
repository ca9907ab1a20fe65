/* record: members are found, put in place, appended and taken out, and everything else passes byte for byte. */
#include "record.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "err.h"
#include "json.h"
#include "utf8.h"

static int failed;

static void expect(bool good, const char *promise, struct span s)
{
	if (good)
		return;
	fprintf(stderr, "record: broken: %s: %.*s\n", promise, (int)s.len, s.p);
	if (++failed > 20)
		exit(1);
}

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(random_state >> 8) * n >> 24);
}

static void refusals(void)
{
	static const struct { const char *line, *why; } cases[] = {
		{"{\"text\":\"\"}", NULL},
		{" {\"text\":\"\"} \t\r", NULL},
		{"{\"t\\u0065xt\":\"a\"}", NULL},
		{"{\"text\":\"a\",\"x\":1,\"x\":1}", NULL},
		{"{\"text\":\"a\",\"x\":\"\\ud800\",\"\\ud800\":1}", NULL},
		{"{}", "no string \"text\""},
		{"{\"text\":1}", "\"text\" is not a string of Unicode"},
		{"{\"text\":\"\\ud800\"}", "\"text\" is not a string of Unicode"},
		{"{\"text\":\"a\",\"t\\u0065xt\":\"b\"}", "member \"text\" twice"},
		{"{\"text\":\"a\",\"seq\":1,\"seq\":1}", "member \"seq\" twice"},
		{"[{\"text\":\"a\"}]", "not a JSON object"},
		{"{\"text\":\"a\"}{", "something behind the JSON value"},
		{"{\"text\":\"a\xff\"}", "not UTF-8"},
		{"{\"text\":\"a\"", "an object or array that does not end"},
		{"\xef\xbb\xbf{\"text\":\"a\"}", "not a JSON value"},
	};
	struct record r = {0};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *why = NULL;
		bool good = record_parse(&r, span_of(cases[i].line), &why);
		expect(good == !cases[i].why && (good || strcmp(why, cases[i].why) == 0), "records are judged",
		       span_of(cases[i].line));
	}
	record_free(&r);
}

static void every_member(void)
{
	struct buf line = {0};
	struct record r = {0};
	const char *why;

	buf_putc(&line, '{');
	for (int m = 0; m < M_COUNT; m++) {
		buf_puts(&line, m ? ",\"" : "\"");
		buf_puts(&line, member_names[m]);
		buf_puts(&line, "\":");
		if (m == M_text)
			buf_puts(&line, "\"t\"");
		else
			buf_put_size(&line, (size_t)m);
		buf_puts(&line, ",\"x");
		buf_puts(&line, member_names[m]);
		buf_puts(&line, "\":0");
	}
	buf_putc(&line, '}');
	struct span s = {line.p, line.len};
	expect(record_parse(&r, s, &why), "all members may be there", s);
	for (size_t m = 0; m < M_COUNT; m++) {
		size_t n = SIZE_MAX;
		expect(m == M_text || (json_size(r.m[m], 99, &n) && n == m), "each member is found by its name",
		       span_of(member_names[m]));
	}
	record_free(&r);
	buf_free(&line);
}

/* A list of members is the model: edits are done to the list and to the line, and the line must say the list. */
struct model {
	struct { const char *name, *value; } m[16];
	size_t n;
};

static const char *const names[] = {"doc", "seq", "text", "numbers", "entities", "facts", "more", "", "number\\u0073"};
static const char *const values[] = {"\"a\"", "1.10", "[]", "{\"facts\":[1 , 2]}", "[ {\"a\":\"},{\"} ]", "null"};

static void put_space(struct buf *b)
{
	while (random_below(4) == 0)
		buf_putc(b, " \t\r"[random_below(3)]);
}

static void write_model(const struct model *x, struct buf *b)
{
	put_space(b);
	buf_putc(b, '{');
	put_space(b);
	for (size_t i = 0; i < x->n; i++) {
		buf_puts(b, i ? ",\"" : "\"");
		buf_puts(b, x->m[i].name);
		buf_putc(b, '"');
		put_space(b);
		buf_putc(b, ':');
		put_space(b);
		buf_puts(b, x->m[i].value);
		put_space(b);
	}
	buf_putc(b, '}');
	put_space(b);
}

static bool says(struct span line, const struct model *x)
{
	struct json_walk w = json_walk(line);
	struct span name, value;
	size_t n = 0;

	for (; json_member(&w, &name, &value); n++)
		if (n == x->n || !span_is(name, x->m[n].name) || !span_is(value, x->m[n].value))
			return false;
	return n == x->n;
}

static void edits(void)
{
	static const enum member may[] = {M_numbers, M_entities, M_facts, M_doc, M_text};
	enum { MAY = sizeof may / sizeof *may };
	struct record r = {0};
	struct buf line = {0}, pieces = {0}, out = {0};
	const char *why = NULL;

	for (int round = 0; round < 200000; round++) {
		struct model x = {0};
		struct edit e[MAY];
		size_t n = 0;
		bool escaped = random_below(8) == 0;
		unsigned used = 0;
		for (size_t want = random_below(7); x.n < want || !(used & 4);) {
			unsigned k = random_below(sizeof names / sizeof *names);
			if (used & 1u << k || (k == 3 && escaped) || (k == 8 && !escaped))
				continue;
			used |= 1u << k;
			x.m[x.n].name = names[k];
			x.m[x.n++].value = values[k == 2 ? 0 : random_below(sizeof values / sizeof *values)];
		}
		buf_clear(&line);
		write_model(&x, &line);
		buf_clear(&out);
		buf_puts(&out, "kept, \n");
		size_t kept = out.len;
		if (!record_parse(&r, (struct span){line.p, line.len}, &why)) {
			expect(false, why, (struct span){line.p, line.len});
			continue;
		}
		for (unsigned k = 0; k < MAY; k++) {
			size_t at = random_below((uint32_t)n + 1);
			if (random_below(2))
				continue;
			memmove(e + at + 1, e + at, (n - at) * sizeof *e);
			e[at] = (struct edit){may[k], random_below(3) ? span_of(values[random_below(6)]) : (struct span){0}};
			n++;
		}
		for (size_t i = 0; i < n; i++) {
			size_t k = 0;
			const char *name = member_names[e[i].member];
			while (k < x.n && strcmp(x.m[k].name, name) != 0 &&
			       !(e[i].member == M_numbers && strcmp(x.m[k].name, names[8]) == 0))
				k++;
			if (!e[i].value.p) {
				if (k < x.n)
					memmove(x.m + k, x.m + k + 1, (--x.n - k) * sizeof *x.m);
				continue;
			}
			if (k == x.n) {
				x.m[k].name = name;
				x.n++;
			}
			x.m[k].value = e[i].value.p;
		}
		record_write(&r, e, n, &out);
		struct span got = {out.p + kept, out.len - kept - 1};
		expect(memcmp(out.p, "kept, \n", kept) == 0, "what was written before stays", (struct span){out.p, kept});
		uint64_t marks[UTF8_MARKS(4096)];
		bool plain;
		expect(got.len <= 4096 && utf8_marks(got.p, got.len, marks, &plain), "what is written is UTF-8", got);
		expect(out.p[out.len - 1] == '\n' && json_check(got.p, got.len, marks, NULL, NULL, NULL, &why) == got.len,
		       "what is written is JSON", got);
		expect(says(got, &x), "edits do what they say, and nothing else", got);
		if (n == 1 && e[0].value.p) {
			buf_clear(&pieces);
			record_before(&r, e[0].member, &pieces);
			buf_span(&pieces, e[0].value);
			record_behind(&r, e[0].member, &pieces);
			expect(pieces.len == got.len + 1 && memcmp(pieces.p, got.p, pieces.len) == 0,
			       "a value written piece by piece stands where record_write puts it", got);
		}
		/* Done again, they change nothing. */
		bool gone = false;
		for (size_t i = 0; i < n; i++)
			gone |= e[i].member == M_text;
		if (gone || !record_parse(&r, got, &why))
			continue;
		buf_clear(&line);
		record_write(&r, e, n, &line);
		struct span again = {line.p, line.len - 1};
		expect(again.len == got.len && memcmp(again.p, got.p, got.len) == 0, "edits done twice are done once",
		       again);
	}
	record_free(&r);
	buf_free(&line);
	buf_free(&pieces);
	buf_free(&out);
}

static void points(void)
{
	char text[3000];
	size_t len = 0, n = 0, start[3000];

	while (len + 4 < sizeof text) {
		static const uint32_t some[] = {'a', 0xe9, 0x4e2d, 0x1f600};
		start[n++] = len;
		len += utf8_encode(some[random_below(4)], text + len);
	}
	start[n] = len;
	struct points p = points_of((struct span){text, len});
	for (int round = 0; round < 10000; round++) {
		size_t k = random_below((uint32_t)n + 1);
		bool good = random_below(2) ? points_at(&p, start[k]) == k : points_byte(&p, k) == start[k];
		expect(good, "offsets in bytes and in code points agree", span_of("any order"));
	}
	expect(points_byte(&p, n + 5) == len && points_at(&p, len) == n && points_byte(&p, 1) == start[1],
	       "the text's end is as far as it goes", span_of("beyond"));
}

int main(void)
{
	refusals();
	every_member();
	edits();
	points();
	return failed != 0;
}
