/* recall: names that were introduced are found again, the longest where several begin, and forgotten when asked. */
#include <stdio.h>

#include "recall.h"

static int failed;

static void is(const char *what, long got, long want)
{
	if (got == want)
		return;
	fprintf(stderr, "recall: %s: got %ld, expected %ld\n", what, got, want);
	failed = 1;
}

int main(void)
{
	struct recall r = {0};
	const char *s = "深化五水共治示范", *end = s + strlen(s);
	size_t len = 0;
	int type = 0;

	is("nothing is known", recall_search(&r, s, end, &len, &type) != NULL, 0);
	recall_add(&r, span_of("五水"), 1);
	recall_add(&r, span_of("五水共治"), 2);
	recall_add(&r, span_of("五水共治"), 3);
	recall_add(&r, span_of("水"), 4);
	is("not in its own text", recall_search(&r, s, end, &len, &type) != NULL, 0);
	recall_text(&r);
	is("where", recall_search(&r, s, end, &len, &type) - s, 6);
	is("the longest", (long)len, 12);
	is("the first type", type, 2);
	is("within the end", recall_search(&r, s, s + 12, &len, &type) - s, 6);
	is("the shorter one then", (long)len, 6);
	is("too late", recall_search(&r, s + 9, end, &len, &type) != NULL, 0);
	for (int i = 0; i < 2000; i++) {
		char name[32];
		snprintf(name, sizeof name, "name %d", i);
		recall_add(&r, span_of(name), 5);
	}
	is("no more than there is room for", (long)r.count, RECALL_NAMES);
	is("those before are still there", recall_search(&r, s, end, &len, &type) != NULL, 1);
	recall_clear(&r);
	is("forgotten", recall_search(&r, s, end, &len, &type) != NULL, 0);
	recall_free(&r);
	return failed;
}
