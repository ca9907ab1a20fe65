/* Layout: laid out twice is laid out once, however the text is cut, and every Han character is kept or dropped by name. */
#include <stdlib.h>

#include "fold.h"
#include "furniture.h"
#include "fuzz.h"
#include "layout.h"
#include "tsv.h"

static size_t dropped;

static void drop(void *self, uint64_t line, const char *rule, struct span text)
{
	(void)self;
	(void)line;
	FUZZ_CHECK(rule);
	dropped += fuzz_han(text);
}

/* One layout takes all texts, as one does all files; a form feed stands between what it makes of them. */
static void lay(struct span text, size_t cut, struct buf *out)
{
	static struct furniture *furniture;
	static struct layout *l;
	static struct fold *fold;
	static struct buf pending, all;

	if (!l) {
		char *rules = tsv_own("furniture.tsv"), *joins = tsv_own("joins.tsv"), *folds = tsv_own("fold.tsv");
		furniture = furniture_new(rules);
		fold = fold_new(folds);
		l = layout_new(fold, furniture, joins, &all, drop, NULL);
		free(rules);
		free(joins);
		free(folds);
	}
	buf_clear(&all);
	buf_clear(&pending);
	layout_file(l);
	for (size_t i = 0; i <= text.len; i += cut) {
		bool last = i + cut > text.len;
		buf_put(&pending, text.p + i, last ? text.len - i : cut);
		size_t used = layout_feed(l, (struct span){pending.p, pending.len}, last);
		FUZZ_CHECK(used <= pending.len && (!last || used == pending.len));
		if (used)
			memmove(pending.p, pending.p + used, pending.len - used);
		pending.len -= used;
	}
	layout_document(l);
	struct span laid = fuzz_span(&all);
	if (laid.len >= 2 && memcmp(laid.p, "\f\n", 2) == 0)
		laid = (struct span){laid.p + 2, laid.len - 2};
	buf_clear(out);
	buf_grow(out, 1);
	buf_span(out, laid);
	FUZZ_CHECK(utf8_valid(out->p, out->len) == out->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct buf text, once, cut, twice;

	if (size < 1)
		return 0;
	buf_clear(&text);
	for (size_t i = 1; i < size;) {
		uint32_t c;
		size_t n = utf8_decode((const char *)data + i, size - i, &c);
		if (n && c)
			buf_put(&text, (const char *)data + i, n);
		i += n ? n : 1;
	}
	dropped = 0;
	struct span in = fuzz_span(&text);
	lay(in, in.len + 1, &once);
	FUZZ_CHECK(fuzz_han(fuzz_span(&once)) + dropped >= fuzz_han(in));
	lay(in, 1 + data[0] % 11, &cut);
	FUZZ_CHECK(fuzz_same(fuzz_span(&once), fuzz_span(&cut)));
	lay(fuzz_span(&once), once.len + 1, &twice);
	FUZZ_CHECK(fuzz_same(fuzz_span(&once), fuzz_span(&twice)));
	return 0;
}
