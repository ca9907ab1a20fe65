/* Numerals: in order, without overlap, at the borders of characters, each with a value that is a decimal or a date;
 * the same ones are taken whether the refused are asked for or not. */
#include "fuzz.h"
#include "number.h"

static struct number *kept;
static size_t kept_n, kept_room;

static void look(const struct numbers *numbers, struct span text, const struct number *m)
{
	FUZZ_CHECK(m->end > m->start && m->rule.len);
	FUZZ_CHECK(fuzz_boundary(text, m->start) && fuzz_boundary(text, m->end));
	if (!m->taken)
		return;
	struct part parts[] = {m->value, m->min, m->max, m->per};
	FUZZ_CHECK(parts[0].len || parts[1].len || parts[2].len);
	for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
		struct span value = numbers_part(numbers, parts[p]);
		for (size_t k = 0; k < value.len; k++)
			FUZZ_CHECK(value.p[k] && strchr("0123456789.-/XT:", value.p[k]));
	}
	struct span unit = numbers_part(numbers, m->unit);
	FUZZ_CHECK(utf8_valid(unit.p, unit.len) == unit.len);
}

/* With all what is taken is kept; else it must be what was kept. */
static void find(struct numbers *numbers, struct span text, bool all)
{
	const struct number *list;
	size_t n, end = 0, k = 0;

	numbers_find(numbers, text, all);
	while ((list = numbers_more(numbers, &n))) {
		for (size_t i = 0; i < n; i++) {
			const struct number *m = &list[i];
			FUZZ_CHECK(m->start >= end);
			end = m->end;
			look(numbers, text, m);
			if (!m->taken)
				continue;
			if (all && k == kept_room)
				kept = realloc(kept, (kept_room += 256) * sizeof *kept);
			if (all)
				kept[k] = *m;
			else
				FUZZ_CHECK(k < kept_n && kept[k].start == m->start && kept[k].end == end &&
				           kept[k].kind == m->kind && kept[k].bound == m->bound);
			k++;
		}
	}
	if (all)
		kept_n = k;
	FUZZ_CHECK(k == kept_n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct numbers *numbers;
	static struct buf buf;

	if (!numbers)
		numbers = numbers_new(NULL);
	struct span text = fuzz_text(data, size, &buf);
	find(numbers, text, true);
	find(numbers, text, false);
	return 0;
}
