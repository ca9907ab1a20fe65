/* Numerals: in order, without overlap, at the borders of characters, and each with a value that is a decimal. */
#include "fuzz.h"
#include "number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct numbers *numbers;
	static struct buf buf;

	if (!numbers)
		numbers = numbers_new(NULL);
	fuzz_text(data, size, &buf);
	struct span text = {buf.p, buf.len};
	for (int all = 0; all < 2; all++) {
		size_t n, end = 0;
		const struct number *list = numbers_find(numbers, text, all, &n);
		for (size_t i = 0; i < n; i++) {
			FUZZ_CHECK(list[i].start >= end && list[i].end > list[i].start && list[i].rule.len);
			FUZZ_CHECK(fuzz_boundary(text, list[i].start) && fuzz_boundary(text, list[i].end));
			end = list[i].end;
			if (!list[i].taken)
				continue;
			struct span value = numbers_part(numbers, list[i].value);
			FUZZ_CHECK(value.len || list[i].min.len || list[i].max.len);
			for (size_t k = 0; k < value.len; k++)
				FUZZ_CHECK(strchr("0123456789.-/XT:", value.p[k]) && value.p[k]);
		}
	}
	return 0;
}
