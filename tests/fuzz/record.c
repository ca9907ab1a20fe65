/* Records: members that are put in place of others, added or removed leave every other byte alone. */
#include "fuzz.h"

static void write(const struct record *r, const struct edit *edits, size_t n, struct buf *out)
{
	buf_clear(out);
	record_write(r, edits, n, out);
	FUZZ_CHECK(out->len && out->p[out->len - 1] == '\n');
	out->len--;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record r, again;
	static struct buf once, twice;
	const char *why = NULL;
	struct edit edits[] = {{M_numbers, span_of("[1]")}, {M_facts, {NULL, 0}}, {M_kind, span_of("\"x\"")}};

	if (!record_parse(&r, (struct span){(const char *)data, size}, &why)) {
		FUZZ_CHECK(why);
		return 0;
	}
	FUZZ_CHECK(utf8_valid(r.text.p, r.text.len) == r.text.len);
	write(&r, NULL, 0, &once);
	FUZZ_CHECK(once.len == r.line.len && memcmp(once.p, r.line.p, once.len) == 0);
	write(&r, edits, 3, &once);
	FUZZ_CHECK(record_parse(&again, (struct span){once.p, once.len}, &why));
	FUZZ_CHECK(span_is(again.m[M_numbers], "[1]") && !again.m[M_facts].p && span_is(again.m[M_kind], "\"x\""));
	FUZZ_CHECK(again.text.len == r.text.len && (r.text.len == 0 || memcmp(again.text.p, r.text.p, r.text.len) == 0));
	for (int m = 0; m < M_COUNT; m++)
		if (m != M_numbers && m != M_facts && m != M_kind)
			FUZZ_CHECK(r.m[m].len == again.m[m].len && !memcmp(r.m[m].p ? r.m[m].p : "", again.m[m].p ? again.m[m].p : "", r.m[m].len));
	write(&again, edits, 3, &twice);
	FUZZ_CHECK(once.len == twice.len && memcmp(once.p, twice.p, once.len) == 0);
	return 0;
}
