/* Numerals: in order, without overlap, at the borders of characters, each with a value that is a decimal or a date;
 * the same ones are taken whether the refused are asked for or not. */
#include "fuzz.h"
#include "number.h"

/* Returns where the last one ends. */
static size_t check(const struct numbers *numbers, struct span text, const struct number *list, size_t n, size_t end)
{
	for (size_t i = 0; i < n; i++) {
		FUZZ_CHECK(list[i].start >= end && list[i].end > list[i].start && list[i].rule.len);
		FUZZ_CHECK(fuzz_boundary(text, list[i].start) && fuzz_boundary(text, list[i].end));
		end = list[i].end;
		if (!list[i].taken)
			continue;
		struct part parts[] = {list[i].value, list[i].min, list[i].max, list[i].per};
		FUZZ_CHECK(parts[0].len || parts[1].len || parts[2].len);
		for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
			struct span value = numbers_part(numbers, parts[p]);
			for (size_t k = 0; k < value.len; k++)
				FUZZ_CHECK(value.p[k] && strchr("0123456789.-/XT:", value.p[k]));
		}
		struct span unit = numbers_part(numbers, list[i].unit);
		FUZZ_CHECK(utf8_valid(unit.p, unit.len) == unit.len);
	}
	return end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct numbers *numbers;
	static struct buf buf;
	static struct number *taken;
	static size_t room;
	const struct number *list;
	size_t n, count = 0, end = 0, k = 0;

	if (!numbers)
		numbers = numbers_new(NULL);
	struct span text = fuzz_text(data, size, &buf);
	numbers_find(numbers, text, true);
	while ((list = numbers_more(numbers, &n))) {
		end = check(numbers, text, list, n, end);
		if (room < count + n)
			taken = realloc(taken, (room = count + n) * sizeof *taken);
		for (size_t i = 0; i < n; i++)
			if (list[i].taken)
				taken[count++] = list[i];
	}
	numbers_find(numbers, text, false);
	end = 0;
	while ((list = numbers_more(numbers, &n))) {
		end = check(numbers, text, list, n, end);
		for (size_t i = 0; i < n; i++) {
			if (!list[i].taken)
				continue;
			FUZZ_CHECK(k < count && taken[k].start == list[i].start && taken[k].end == list[i].end &&
			           taken[k].kind == list[i].kind && taken[k].bound == list[i].bound);
			k++;
		}
	}
	FUZZ_CHECK(k == count);
	return 0;
}
