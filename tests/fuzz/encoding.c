/* Encodings: whatever comes in, UTF-8 comes out, the same however the bytes are cut, faults at the same offsets; what
 * has none is what iconv says. */
#include <iconv.h>

#include "encoding.h"
#include "fuzz.h"

/* Decodes pieces of cut bytes; true when there was no fault. */
static bool decode(const char *name, struct span bytes, size_t cut, struct buf *out)
{
	struct decoder *d = decoder_new(name);
	bool good = true;
	FUZZ_CHECK(d);
	buf_clear(out);
	for (size_t i = 0; i <= bytes.len; i += cut) {
		bool last = i + cut > bytes.len;
		struct span piece = {bytes.p + i, last ? bytes.len - i : cut};
		struct decoder_fault fault;
		if (cut <= bytes.len)
			buf_span(out, decoder_plain(d, &piece, out));
		while (!decoder_feed(d, &piece, last, out, &fault)) {
			FUZZ_CHECK(fault.at <= bytes.len && fault.why);
			buf_putc(out, '!');
			buf_put_size(out, fault.at);
			good = false;
		}
	}
	decoder_free(d);
	FUZZ_CHECK(utf8_valid(out->p, out->len) == out->len);
	return good;
}

static void compare(const char *name, struct span bytes, struct span text)
{
	static struct buf out;
	char *from = (char *)(uintptr_t)bytes.p;
	size_t left = bytes.len;
	iconv_t cd = iconv_open("UTF-8", name);

	buf_clear(&out);
	buf_grow(&out, 4 * bytes.len + 4);
	char *to = out.p;
	size_t room = out.cap;
	FUZZ_CHECK(iconv(cd, &from, &left, &to, &room) != (size_t)-1 && iconv(cd, NULL, NULL, &to, &room) != (size_t)-1);
	iconv_close(cd);
	out.len = (size_t)(to - out.p);
	FUZZ_CHECK(fuzz_same(fuzz_span(&out), text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = {"UTF-8", "GB18030", "BIG5", "UTF-16LE", "UTF-16BE"};
	static struct buf whole, cut;

	if (size < 2)
		return 0;
	struct span bytes = {(const char *)data + 2, size - 2};
	const char *name = names[data[0] % 5];
	if (decode(name, bytes, bytes.len + 1, &whole))
		compare(name, bytes, fuzz_span(&whole));
	decode(name, bytes, 1 + data[1] % 7, &cut);
	FUZZ_CHECK(fuzz_same(fuzz_span(&whole), fuzz_span(&cut)));
	encoding_guess(bytes.p, bytes.len, true);
	return 0;
}
