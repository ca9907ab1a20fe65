/* The scanner of JSON: what it finds good it walks to the same end, whole or element by element. */
#include "fuzz.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *why = NULL;
	size_t n = json_check((const char *)data, size, NULL, NULL, &why);

	FUZZ_CHECK(n <= size && (n || why));
	if (n && utf8_valid((const char *)data, n) == n)
		walk((struct span){(const char *)data, n}, 8);
	return 0;
}
