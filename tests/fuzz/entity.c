/* Entities: in order, without overlap, at the borders of characters. */
#include "entity.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct entity_scanner *scanner;
	static struct buf buf;
	char *none[] = {NULL};
	size_t n, end = 0;

	if (!scanner)
		scanner = entity_open(none, 0);
	fuzz_text(data, size, &buf);
	struct span text = {buf.p, buf.len};
	entity_document(scanner, size % 2 ? 330200 : 0);
	const struct entity *list = entity_scan(scanner, text, &n);
	for (size_t i = 0; i < n; i++) {
		FUZZ_CHECK(list[i].taken && list[i].start >= end && list[i].end > list[i].start);
		FUZZ_CHECK(fuzz_boundary(text, list[i].start) && fuzz_boundary(text, list[i].end));
		end = list[i].end;
	}
	entity_explain(scanner, text, &n);
	return 0;
}
