/* The whole pipe: any bytes become records that hold to the contract, and tables of as many fields as their header. */
#include <sys/mman.h>
#include <unistd.h>

#include "annotate.h"
#include "annotations.h"
#include "document.h"
#include "encoding.h"
#include "err.h"
#include "entity.h"
#include "bind.h"
#include "fact.h"
#include "fold.h"
#include "furniture.h"
#include "fuzz.h"
#include "layout.h"
#include "table.h"
#include "tsv.h"

static char *rules, *joins, *folds;
static struct fold *table;
static struct furniture *furniture;
static struct documents *documents;
static struct numbers *numbers;
static struct entity_scanner *entities;
static struct binder *binder;

static void open_all(void)
{
	char *none[] = {NULL};
	table = fold_new(folds = tsv_own("fold.tsv"));
	furniture = furniture_new(rules = tsv_own("furniture.tsv"));
	joins = tsv_own("joins.tsv");
	documents = documents_new();
	numbers = numbers_new(NULL);
	entities = entity_open(none, 0);
	binder = binder_new(NULL, 0);
}

/* bytes → text; false when they are no text. */
static bool normalize(struct span bytes, struct buf *text)
{
	static struct buf utf8;
	struct encoding_guess guess = encoding_guess(bytes.p, bytes.len, true);
	if (!guess.name)
		return false;
	struct decoder *d = decoder_new(guess.name);
	struct decoder_fault fault;
	struct span rest = {bytes.p + guess.mark, bytes.len - guess.mark};
	buf_clear(&utf8);
	while (!decoder_feed(d, &rest, true, &utf8, &fault))
		buf_puts(&utf8, "\xef\xbf\xbd");
	decoder_free(d);
	struct fold *fold = fold_beside(table);
	struct layout *l = layout_new(fold, furniture, joins, text, NULL, NULL);
	buf_clear(text);
	layout_file(l);
	layout_feed(l, (struct span){utf8.p, utf8.len}, true);
	layout_document(l);
	layout_free(l);
	fold_free(fold);
	return true;
}

/* text → records, by way of files in memory. */
static void split(struct span text, struct buf *records)
{
	int from = memfd_create("text", 0), to = memfd_create("records", 0);
	char name[64], *paths[] = {name, NULL};
	struct in in;
	struct out out;

	FUZZ_CHECK(from >= 0 && to >= 0 && write(from, text.p, text.len) == (ssize_t)text.len);
	snprintf(name, sizeof name, "/proc/self/fd/%d", from);
	out_open(&out, dup(to), "records");
	in_open(&in, paths, &out);
	FUZZ_CHECK(in_next(&in) && documents_read(documents, &in, &out, span_of("case")) == RC_OK);
	in_close(&in);
	out_close(&out);
	buf_clear(records);
	off_t size = lseek(to, 0, SEEK_END);
	buf_grow(records, (size_t)size + 1);
	FUZZ_CHECK(pread(to, records->p, (size_t)size, 0) == size);
	records->len = (size_t)size;
	close(from);
	close(to);
}

struct names {
	struct points at;
	struct buf json;
};

static void put_name(void *self, const struct entity *e)
{
	struct names *w = self;

	buf_putc(&w->json, w->json.len ? ',' : '[');
	fuzz_put_place(&w->json, w->at.text, &w->at, e->start, e->end);
	fuzz_put_member(&w->json, ",\"type\":", span_of(entity_types[e->type]));
	buf_putc(&w->json, '}');
}

/* record → record with numbers and entities → record with facts → rows. */
static void annotate(struct span line)
{
	static struct record r, marked;
	static struct annotations back;
	static struct table *tables[TABLE_COUNT];
	static struct names names;
	static struct buf list, json, out, bound, rows, header;
	const char *why = NULL;

	FUZZ_CHECK(record_parse(&r, line, &why));
	buf_clear(&list);
	fuzz_put_numbers(numbers, r.text, &list);
	names.at = points_of(r.text);
	buf_clear(&names.json);
	entity_scan(entities, r.text, put_name, &names);
	buf_puts(&names.json, names.json.len ? "]" : "[]");
	buf_clear(&out);
	record_write(&r, (struct edit[]){{M_numbers, fuzz_span(&list)}, {M_entities, fuzz_span(&names.json)}}, 2, &out);
	FUZZ_CHECK(record_parse(&marked, (struct span){out.p, out.len - 1}, &why));
	struct facts facts;
	buf_clear(&json);
	facts_begin(&facts, &marked, &json);
	FUZZ_CHECK(!binder_read(binder, &marked));
	binder_bind(binder, facts_put, &facts);
	facts_end(&facts);
	buf_clear(&bound);
	record_write(&marked, &(struct edit){M_facts, {json.p, json.len}}, 1, &bound);
	FUZZ_CHECK(record_parse(&r, (struct span){bound.p, bound.len - 1}, &why));
	FUZZ_CHECK(!annotations_read(&back, &r));
	for (int t = 0; t < TABLE_COUNT; t++) {
		if (!tables[t])
			tables[t] = table_new((enum table_name)t, false);
		buf_clear(&header);
		buf_clear(&rows);
		table_header(tables[t], false, &header);
		FUZZ_CHECK(!table_rows(tables[t], &r, &rows));
		fuzz_rows(fuzz_span(&header), fuzz_span(&rows));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct buf text, records;

	if (!table)
		open_all();
	if (!normalize((struct span){(const char *)data, size}, &text))
		return 0;
	split(fuzz_span(&text), &records);
	fuzz_records(fuzz_span(&records));
	for (struct span rest = fuzz_span(&records), line; fuzz_line(&rest, &line);)
		annotate(line);
	return 0;
}
