/* Records: members that are put in place of others, added or removed leave every other byte alone. */
#include "fuzz.h"

static struct edit edits[] = {{M_numbers, {"[1]", 3}}, {M_facts, {NULL, 0}}, {M_kind, {"\"x\"", 3}}};

static struct span write(const struct record *r, size_t n, struct buf *out)
{
	buf_clear(out);
	record_write(r, edits, n, out);
	FUZZ_CHECK(out->len && out->p[out->len - 1] == '\n');
	return (struct span){out->p, out->len - 1};
}

static bool edited(const struct record *r, struct span value)
{
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++)
		if (value.p == r->m[edits[i].member].p)
			return true;
	return false;
}

/* The next member that no edit is about. */
static bool other(const struct record *r, struct json_walk *w, struct span *key, struct span *value)
{
	bool more;
	while ((more = json_member(w, key, value)) && edited(r, *value))
		;
	return more;
}

static void check(struct span line)
{
	static struct record r, again;
	static struct buf once, twice;
	const char *why = NULL;
	struct span key, value, key2, value2;
	bool more, more2;

	if (!record_parse(&r, line, &why)) {
		FUZZ_CHECK(why);
		return;
	}
	FUZZ_CHECK(utf8_valid(r.text.p, r.text.len) == r.text.len);
	FUZZ_CHECK(fuzz_same(write(&r, 0, &once), r.line));
	FUZZ_CHECK(record_parse(&again, write(&r, 3, &once), &why));
	FUZZ_CHECK(span_is(again.m[M_numbers], "[1]") && !again.m[M_facts].p && span_is(again.m[M_kind], "\"x\""));
	FUZZ_CHECK(fuzz_same(again.text, r.text));
	struct json_walk a = json_walk(r.line), b = json_walk(again.line);
	do {
		more = other(&r, &a, &key, &value);
		more2 = other(&again, &b, &key2, &value2);
		FUZZ_CHECK(more == more2);
		FUZZ_CHECK(!more || (fuzz_same(key, key2) && fuzz_same(value, value2)));
	} while (more);
	FUZZ_CHECK(fuzz_same(write(&again, 3, &twice), again.line));
	/* A member that is written between two calls. */
	write(&r, 1, &once);
	buf_clear(&twice);
	record_before(&r, edits[0].member, &twice);
	buf_span(&twice, edits[0].value);
	record_behind(&r, edits[0].member, &twice);
	FUZZ_CHECK(fuzz_same(fuzz_span(&once), fuzz_span(&twice)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = {(const char *)data, size}, line;
	while (fuzz_line(&rest, &line))
		check(line);
	return 0;
}
