/* Entities: in order, without overlap, at the borders of characters; the same ones each time, and those that are told
 * with the refused. */
#include "entity.h"
#include "fuzz.h"

static struct entity *kept;
static size_t kept_n, kept_room;

/* What is taken of the list must be what was kept; or is kept, when first. */
static void check(struct span text, const struct entity *list, size_t n, bool first)
{
	size_t end = 0, k = 0;
	if (first && kept_room < n)
		kept = realloc(kept, (kept_room = n) * sizeof *kept);
	for (size_t i = 0; i < n; i++) {
		FUZZ_CHECK(list[i].start < list[i].end);
		FUZZ_CHECK(fuzz_boundary(text, list[i].start) && fuzz_boundary(text, list[i].end));
		if (!list[i].taken)
			continue;
		FUZZ_CHECK(list[i].start >= end);
		end = list[i].end;
		if (first)
			kept[k] = list[i];
		else
			FUZZ_CHECK(k < kept_n && kept[k].start == list[i].start && kept[k].end == end &&
			           kept[k].type == list[i].type && kept[k].code == list[i].code);
		k++;
	}
	if (first)
		kept_n = k;
	FUZZ_CHECK(k == kept_n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct entity_scanner *scanner;
	static struct buf buf;
	char *none[] = {NULL};
	uint32_t home = size % 2 ? 330200 : 0;
	size_t n;

	if (!scanner)
		scanner = entity_open(none, 0);
	struct span text = fuzz_text(data, size, &buf);
	for (int again = 0; again < 2; again++) {
		entity_document(scanner, home);
		const struct entity *list = entity_scan(scanner, text, &n);
		for (size_t i = 0; i < n; i++)
			FUZZ_CHECK(list[i].taken);
		check(text, list, n, !again);
	}
	entity_document(scanner, home);
	const struct entity *list = entity_explain(scanner, text, &n);
	check(text, list, n, false);
	return 0;
}
