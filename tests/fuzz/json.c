/* The scanner of JSON: what it finds good it walks to the same end, whole or element by element; what is written as
 * a string is read as the same characters. */
#include "err.h"
#include "fuzz.h"

static size_t check(const char *s, size_t len, const char **why)
{
	uint64_t *marks = xmalloc(UTF8_MARKS(len) * sizeof *marks);
	bool plain;

	utf8_marks(s, len, marks, &plain);
	size_t n = json_check(s, len, marks, NULL, NULL, NULL, why);
	free(marks);
	return n;
}

static void walk(struct span v, int depth)
{
	struct json_walk w = json_walk(v);
	struct span key, value;
	static struct buf scratch;

	FUZZ_CHECK(json_skip(v.p, v.p + v.len) == v.len);
	if (depth == 0)
		return;
	while (*v.p == '{' ? json_member(&w, &key, &value) : json_element(&w, &value)) {
		FUZZ_CHECK(value.p >= v.p && value.len && value.p + value.len < v.p + v.len);
		if (json_string(value, &scratch, &key))
			FUZZ_CHECK(utf8_valid(key.p, key.len) == key.len);
		walk(value, depth - 1);
	}
}

static void round_trip(struct span s)
{
	static struct buf json, scratch;
	struct span back;
	const char *why = NULL;

	buf_clear(&json);
	buf_put_json(&json, s.p, s.len);
	FUZZ_CHECK(check(json.p, json.len, &why) == json.len);
	FUZZ_CHECK(json_string(fuzz_span(&json), &scratch, &back) && fuzz_same(s, back));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span s = {(const char *)data, size};
	const char *why = NULL;
	size_t n = check(s.p, size, &why);

	FUZZ_CHECK(n <= size && (n || why));
	if (n && utf8_valid(s.p, n) == n)
		walk((struct span){s.p, n}, 8);
	if (size && utf8_valid(s.p, size) == size)
		round_trip(s);
	return 0;
}
