/* Entities: in order, without overlap, at the borders of characters; the same ones each time, and those that are told
 * with the refused. */
#include "entity.h"
#include "fuzz.h"

static struct entity *list, *kept;
static size_t list_n, list_room, kept_n, kept_room;

static void keep(void *self, const struct entity *e)
{
	(void)self;
	if (list_n == list_room)
		list = realloc(list, (list_room = 2 * list_room + 64) * sizeof *list);
	list[list_n++] = *e;
}

/* What is taken of the list must be what was kept; or is kept, when first. */
static void check(struct span text, bool first)
{
	size_t end = 0, k = 0, n = list_n;
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

	if (!scanner)
		scanner = entity_open(none, 0);
	struct span text = fuzz_text(data, size, &buf);
	for (int again = 0; again < 2; again++) {
		entity_document(scanner, home);
		list_n = 0;
		entity_scan(scanner, text, keep, NULL);
		for (size_t i = 0; i < list_n; i++)
			FUZZ_CHECK(list[i].taken);
		check(text, !again);
	}
	entity_document(scanner, home);
	list_n = 0;
	entity_explain(scanner, text, keep, NULL);
	check(text, false);
	return 0;
}
