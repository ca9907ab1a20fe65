/* figure: numbers and places read back from their arrays. */
#include <stdio.h>

#include "figure.h"
#include "json.h"
#include "utf8.h"

static int failed;

static void check(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "figure: %s\n", what);
		failed = 1;
	}
}

static bool same_figures(const struct figures *a, const struct figures *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = a->v[i].at == b->v[i].at && a->v[i].end == b->v[i].end && a->v[i].kind == b->v[i].kind &&
		       a->v[i].what == b->v[i].what && a->v[i].named == b->v[i].named && a->v[i].value.len == b->v[i].value.len &&
		       memcmp(a->v[i].value.p, b->v[i].value.p, a->v[i].value.len) == 0;
	return same;
}

static bool same_places(const struct places *a, const struct places *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = a->v[i].at == b->v[i].at && a->v[i].end == b->v[i].end && a->v[i].code == b->v[i].code;
	return same;
}

/* What is passed over as the filters write it is good JSON, and says what it says to those who read any. */
static size_t passed(struct span line, bool numbers)
{
	struct figures f = {0}, g = {0};
	struct places p = {0}, q = {0};
	struct span text = span_of("增长7%和8%、12345678901234567890123456789012345678901234567890");
	const char *why = NULL, *end = line.p + line.len;
	const char *behind = numbers ? figures_pass(&f, line.p, end) : places_pass(&p, line.p, end);
	struct span array = {line.p, behind ? (size_t)(behind - line.p) : 0};
	uint64_t marks[UTF8_MARKS(1024)];
	bool plain;

	if (behind && utf8_marks(array.p, array.len, marks, &plain)) {
		check(json_check(array.p, array.len, marks, NULL, NULL, NULL, &why) == array.len, "what was passed is no JSON");
		struct span all = numbers ? array : span_of("[{\"start\":2,\"end\":4,\"kind\":\"percent\"},{\"start\":10,\"end\":12,\"kind\":\"rank\"}]");
		check(figures_read(all, text, &f, &why) == figures_read(all, text, &g, &why) && same_figures(&f, &g), "numbers passed");
		check(numbers || (places_read(array, text, &f, &p, &why) == places_read(array, text, &g, &q, &why) &&
		                  same_places(&p, &q) && same_figures(&f, &g)), "places passed");
	}
	figures_free(&f);
	figures_free(&g);
	places_free(&p);
	places_free(&q);
	return array.len;
}

/* The same of arrays in which bytes were changed. */
static void passes(void)
{
	static const char *const arrays[] = {
		"[]", "[{\"start\":2,\"end\":4,\"raw\":\"7%\",\"kind\":\"percent\",\"value\":\"7\",\"unit\":\"%\"},"
		"{\"start\":5,\"end\":7,\"raw\":\"8%\",\"kind\":\"percent\",\"value\":\"8\",\"unit\":\"%\",\"bound\":\"ge\"},"
		"{\"start\":10,\"end\":12,\"raw\":\"34\",\"kind\":\"ratio\",\"min\":\"7\",\"max\":\"8\",\"per\":\"2\"}]",
		"[{\"start\":0,\"end\":1,\"raw\":\"增\",\"type\":\"place\",\"id\":\"330200\"},{\"start\":1,\"end\":4,\"raw\":\"长7%\",\"type\":\"org\"},"
		"{\"start\":10,\"end\":22,\"raw\":\"增\",\"type\":\"place\",\"id\":\"330203\"}]"};
	static const char bytes[] = "\"\\{}[],: 0123456789ea\n\xe5";
	uint32_t random = 1;

	for (size_t i = 0; i < 3; i++) {
		size_t len = strlen(arrays[i]);
		for (int turn = 0; turn < 20000; turn++) {
			char line[1024] = {0};
			memcpy(line, arrays[i], len);
			for (int k = turn % 4; k > 0; k--) {
				random = random * 1664525u + 1013904223u;
				size_t at = (random >> 8) % len;
				random = random * 1664525u + 1013904223u;
				line[at] = bytes[(random >> 8) % (sizeof bytes - 1)];
			}
			/* Up to each end, and with something behind. */
			size_t shown = turn % 8 == 4 ? len - random % 40 % len : len + (size_t)(turn % 3);
			size_t whole = passed((struct span){line, shown}, i < 2);
			passed((struct span){line, shown}, i != 1);
			if (turn % 8 == 0 && failed == 0)
				check(whole == len, "what the filters write is passed over");
		}
	}
}

int main(void)
{
	static const char text[] = "增长7%和8%";
	static const char good[] = "[{\"start\":2,\"end\":4,\"kind\":\"percent\",\"value\":\"7\",\"x\":{}},"
	                           "{\"start\":5,\"end\":7,\"kind\":\"percent\"}]";
	static const char places[] = "[{\"start\":0,\"end\":1,\"type\":\"place\",\"id\":\"330200\"},"
	                             "{\"start\":0,\"end\":4,\"type\":\"org\"},{\"start\":1,\"end\":2,\"type\":\"place\"}]";
	static const char *const bad[] = {"7", "[7]", "[{}]", "[{\"start\":4,\"end\":4,\"kind\":\"rank\"}]",
	                                  "[{\"start\":0,\"end\":99,\"kind\":\"rank\"}]",
	                                  "[{\"start\":0,\"end\":2,\"kind\":\"rank\"},{\"start\":1,\"end\":3,\"kind\":\"rank\"}]",
	                                  "[{\"start\":-1,\"end\":2,\"kind\":\"rank\"}]",
	                                  "[[]]", "[{\"start\":1,\"end\":99999999999,\"kind\":\"rank\"}]",
	                                  "[{\"start\":0,\"end\":1,\"kind\":7}]", "[{\"start\":0,\"end\":1,\"kind\":\"colour\"}]",
	                                  "[{\"start\":0,\"end\":1,\"kind\":\"rank\"},7]"};
	struct figures n = {0};
	struct places p = {0};
	static const char *const bad_places[] = {
		"7", "[7]", "[[]]", "[{}]", "[{\"start\":1,\"end\":1,\"type\":\"org\"}]", "[{\"start\":\"1\",\"end\":2}]",
		"[{\"start\":1,\"end\":1.5}]", "[{\"start\":0,\"end\":99,\"type\":\"place\",\"id\":\"330200\"}]",
		"[{\"start\":0,\"end\":2,\"type\":\"place\",\"id\":\"330200\"},{\"start\":1,\"end\":2,\"type\":\"place\",\"id\":\"330200\"}]"};
	const char *why;

	check(figures_read(span_of(good), span_of(text), &n, &why) && n.n == 2, "two numbers");
	check(n.v[0].at == 6 && n.v[0].end == 8 && n.v[1].at == 11 && n.v[1].end == 13, "their bytes");
	check(n.v[0].kind == KIND_PERCENT && span_is(n.v[0].value, "7") && n.v[1].value.len == 0, "their members");
	check(figures_read((struct span){0}, span_of(text), &n, &why) && n.n == 0, "no array, no numbers");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check(!figures_read(span_of(bad[i]), span_of(text), &n, &why), bad[i]);
	for (size_t i = 0; i < sizeof bad_places / sizeof *bad_places; i++)
		check(!places_read(span_of(bad_places[i]), span_of(text), &n, &p, &why), bad_places[i]);
	check(places_read((struct span){0}, span_of(text), &n, &p, &why) && p.n == 0, "no array, no places");
	/* More than are room for at first. */
	struct buf many = {0}, long_text = {0};
	for (size_t i = 0; i < 200; i++) {
		buf_puts(&many, i ? ",{\"start\":" : "[{\"start\":");
		buf_put_size(&many, i);
		buf_puts(&many, ",\"end\":");
		buf_put_size(&many, i + 1);
		buf_puts(&many, ",\"type\":\"place\",\"kind\":\"rank\",\"id\":\"330200\"}");
		buf_puts(&long_text, "甲");
	}
	buf_putc(&many, ']');
	struct span array = {many.p, many.len}, in = {long_text.p, long_text.len};
	check(places_read(array, in, &n, &p, &why) && p.n == 200 && p.v[199].end == 600, "many places");
	check(figures_read(array, in, &n, &why) && n.n == 200 && n.v[199].end == 600, "many numbers");
	buf_free(&many);
	buf_free(&long_text);
	check(places_read(span_of(places), span_of(text), &n, &p, &why) && p.n == 1 && p.v[0].code == 330200 && p.v[0].end == 3,
	      "the places that have a code");
	check(figures_read(span_of(good), span_of(text), &n, &why) && !n.v[0].named &&
	      places_read(span_of("[{\"start\":0,\"end\":4,\"type\":\"policy\"}]"), span_of(text), &n, &p, &why) && n.v[0].named && !n.v[1].named,
	      "a number in a name");
	figures_free(&n);
	places_free(&p);
	passes();
	return failed;
}
