/* Encodings: whatever comes in, UTF-8 comes out, the same however the bytes are cut, faults at the same offsets. */
#include "encoding.h"
#include "fuzz.h"

static void decode(const char *name, struct span bytes, size_t cut, struct buf *out)
{
	struct decoder *d = decoder_new(name);
	FUZZ_CHECK(d);
	buf_clear(out);
	for (size_t i = 0; i <= bytes.len; i += cut) {
		bool last = i + cut > bytes.len;
		struct span piece = {bytes.p + i, last ? bytes.len - i : cut};
		struct decoder_fault fault;
		while (!decoder_feed(d, &piece, last, out, &fault)) {
			FUZZ_CHECK(fault.at <= bytes.len && fault.why);
			buf_putc(out, '!');
			buf_put_size(out, fault.at);
		}
	}
	decoder_free(d);
	FUZZ_CHECK(utf8_valid(out->p, out->len) == out->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"UTF-8", "GB18030", "BIG5", "UTF-16LE", "UTF-16BE"};
	static struct buf whole, cut;

	if (size < 2)
		return 0;
	struct span bytes = {(const char *)data + 2, size - 2};
	const char *name = names[data[0] % 5];
	decode(name, bytes, bytes.len + 1, &whole);
	decode(name, bytes, 1 + data[1] % 7, &cut);
	FUZZ_CHECK(whole.len == cut.len && (whole.len == 0 || memcmp(whole.p, cut.p, whole.len) == 0));
	encoding_guess(bytes.p, bytes.len, true);
	return 0;
}
