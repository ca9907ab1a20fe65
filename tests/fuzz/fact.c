/* Frames: numbers of a text, or of a hostile record, are bound to stretches of it; what is written is a good record,
 * whose offsets hold, and the same when it is bound again. */
#include "annotate.h"
#include "annotations.h"
#include "bind.h"
#include "fuzz.h"

static const char document[] =
	"{\"doc\":\"d\",\"seq\":0,\"type\":\"document\",\"text\":\"\",\"year\":2020,\"adcode\":\"330200\"}";

static void ignore(void *self, const struct fact *fact, const struct figures *numbers)
{
	(void)self;
	(void)fact;
	(void)numbers;
}

/* Binds the record in line, right behind the head of its document, its arrays being read while it is checked or later;
 * false when it is refused, or has annotations that are none. */
static bool bind(struct binder *binder, struct span line, record_array *array, struct buf *out)
{
	static struct record head, r;
	static struct annotations given;
	struct facts facts;
	const char *why = NULL;

	FUZZ_CHECK(record_parse(&head, span_of(document), &why) && !binder_read(binder, &head));
	binder_bind(binder, ignore, NULL);
	r.array = array;
	r.self = binder;
	bool good = record_parse(&r, line, &why);
	r.array = NULL;
	if (!good)
		return false;
	r.m[M_facts].p = NULL;
	if (annotations_read(&given, &r) || binder_read(binder, &r))
		return false;
	FUZZ_CHECK(record_parse(&r, line, &why));
	buf_clear(out);
	record_before(&r, M_facts, out);
	facts_begin(&facts, &r, out);
	binder_bind(binder, facts_put, &facts);
	facts_end(&facts);
	record_behind(&r, M_facts, out);
	out->len--;
	return true;
}

/* Words of a subject stand where its offsets say. */
static void check(struct span line)
{
	static struct record r;
	static struct annotations back;
	static struct buf joined, scratch, words;
	const char *why = NULL;

	FUZZ_CHECK(record_parse(&r, line, &why) && !annotations_read(&back, &r));
	for (size_t i = 0; i < back.facts.n; i++) {
		const struct annotation *fact = &back.facts.a[i];
		buf_clear(&words);
		for (size_t k = 0; k < fact->subjects; k++) {
			struct stretch s = back.subjects[fact->subject + k];
			buf_puts(&words, k ? " … " : "");
			buf_put(&words, r.text.p + s.start, s.end - s.start);
		}
		FUZZ_CHECK(fuzz_same(annotation_subject(fact, &joined, &scratch), fuzz_span(&words)));
	}
}

static void twice(struct binder *binder, struct span line)
{
	static struct buf once, again;
	bool good = bind(binder, line, NULL, &once);

	FUZZ_CHECK(bind(binder, line, binder_array, &again) == good);
	if (!good)
		return;
	FUZZ_CHECK(fuzz_same(fuzz_span(&once), fuzz_span(&again)));
	check(fuzz_span(&once));
	FUZZ_CHECK(bind(binder, fuzz_span(&once), NULL, &again) && fuzz_same(fuzz_span(&once), fuzz_span(&again)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct binder *binder;
	static struct numbers *numbers;
	static struct buf buf, line;
	struct span rest = {(const char *)data, size}, text;

	if (!binder) {
		binder = binder_new(NULL, 0);
		numbers = numbers_new(NULL);
	}
	while (size && data[0] == '{' && fuzz_line(&rest, &text))
		twice(binder, text);
	if (size && data[0] == '{')
		return 0;
	text = fuzz_text(data, size, &buf);
	buf_clear(&line);
	buf_puts(&line, size % 2 ? "{\"doc\":\"d\",\"seq\":1,\"type\":\"paragraph\",\"part\":\"goals\",\"text\":"
	                         : "{\"doc\":\"d\",\"seq\":1,\"type\":\"paragraph\",\"part\":\"review\",\"text\":");
	buf_put_json(&line, text.p, text.len);
	buf_puts(&line, ",\"numbers\":");
	fuzz_put_numbers(numbers, text, &line);
	buf_putc(&line, '}');
	twice(binder, fuzz_span(&line));
	return 0;
}
