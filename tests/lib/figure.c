/* figure: numbers and places read back from their arrays. */
#include <stdio.h>

#include "figure.h"

static int failed;

static void check(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "figure: %s\n", what);
		failed = 1;
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
	return failed;
}
