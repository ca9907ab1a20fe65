/* Frames: numbers of a text, or of a hostile record, are bound to stretches of it; what is written is a good record. */
#include "bind.h"
#include "fact.h"
#include "fuzz.h"
#include "number.h"

static void bind(struct binder *binder, struct span line)
{
	static struct record r;
	static struct buf json, out;
	const struct fact *facts;
	const char *why = NULL;
	size_t n;

	if (!record_parse(&r, line, &why) || binder_bind(binder, &r, &facts, &n))
		return;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < facts[i].subject.n; k++)
			FUZZ_CHECK(facts[i].at <= r.text.len);
	buf_clear(&json);
	facts_write(facts, n, r.text, &json);
	buf_clear(&out);
	record_write(&r, &(struct edit){M_facts, {json.p, json.len}}, 1, &out);
	FUZZ_CHECK(fuzz_records((struct span){out.p, out.len}) == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct binder *binder;
	static struct numbers *numbers;
	static struct buf text, line;
	size_t n;

	if (!binder) {
		binder = binder_new(NULL, 0);
		numbers = numbers_new(NULL);
	}
	bind(binder, span_of("{\"doc\":\"d\",\"seq\":0,\"type\":\"document\",\"text\":\"\",\"year\":2020,\"adcode\":\"330200\"}"));
	if (size && data[0] == '{') {
		bind(binder, (struct span){(const char *)data, size});
		return 0;
	}
	fuzz_text(data, size, &text);
	struct span s = {text.p, text.len};
	struct points at = points_of(s);
	const struct number *list = numbers_find(numbers, s, false, &n);
	buf_clear(&line);
	buf_puts(&line, size % 2 ? "{\"doc\":\"d\",\"seq\":1,\"type\":\"paragraph\",\"part\":\"goals\",\"text\":"
	                         : "{\"doc\":\"d\",\"seq\":1,\"type\":\"paragraph\",\"part\":\"review\",\"text\":");
	buf_put_json(&line, s.p, s.len);
	buf_puts(&line, ",\"numbers\":[");
	for (size_t i = 0, k = 0; i < n; i++) {
		if (!list[i].taken)
			continue;
		buf_puts(&line, k++ ? ",{\"start\":" : "{\"start\":");
		buf_put_size(&line, points_at(&at, list[i].start));
		buf_puts(&line, ",\"end\":");
		buf_put_size(&line, points_at(&at, list[i].end));
		buf_puts(&line, ",\"kind\":");
		buf_put_json(&line, number_kinds[list[i].kind].p, number_kinds[list[i].kind].len);
		buf_puts(&line, ",\"value\":");
		struct span value = numbers_part(numbers, list[i].value);
		buf_put_json(&line, value.p, value.len);
		buf_putc(&line, '}');
	}
	buf_puts(&line, "]}");
	bind(binder, (struct span){line.p, line.len});
	return 0;
}
