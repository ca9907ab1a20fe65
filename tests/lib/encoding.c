/* encoding: any cut of the bytes decodes to the same text, with the same faults at the same places, and every
 * encoding to the same text. */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encoding.h"
#include "err.h"
#include "utf8.h"

static uint32_t random_state = 3;

static uint32_t random_below(uint32_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(random_state >> 8) * n >> 24);
}

static void fail(const char *promise, const char *encoding)
{
	fprintf(stderr, "encoding: broken: %s (%s)\n", promise, encoding);
	exit(1);
}

/* Decodes bytes in pieces of random length up to longest, 0 for all at once; places of faults go to faults as text. */
static void decode(const char *encoding, struct span bytes, uint32_t longest, struct buf *out, struct buf *faults)
{
	struct decoder *d = decoder_new(encoding);
	struct decoder_fault fault;

	buf_clear(out);
	buf_clear(faults);
	while (bytes.len || !longest) {
		size_t n = longest ? 1 + random_below(longest) : bytes.len;
		struct span piece = {bytes.p, n < bytes.len ? n : bytes.len};
		bytes.p += piece.len;
		bytes.len -= piece.len;
		while (!decoder_feed(d, &piece, bytes.len == 0, out, &fault)) {
			buf_puts(out, "\xef\xbf\xbd");
			buf_put_size(faults, fault.at);
			buf_putc(faults, ' ');
		}
		if (bytes.len == 0)
			break;
	}
	decoder_free(d);
}

static bool same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->p, b->p, a->len) == 0);
}

static void convert(const char *encoding, struct span text, struct buf *out)
{
	iconv_t cd = iconv_open(encoding, "UTF-8");
	char *from = (char *)(uintptr_t)text.p;
	size_t left = text.len;

	buf_clear(out);
	buf_grow(out, text.len * 4 + 16);
	char *to = out->p;
	size_t room = out->cap;
	if (cd == (iconv_t)-1 || iconv(cd, &from, &left, &to, &room) == (size_t)-1)
		fail("the test's own conversion", encoding);
	out->len = (size_t)(to - out->p);
	iconv_close(cd);
}

int main(int argc, char *argv[])
{
	static const char *const encodings[] = {"UTF-8", "GB18030", "GBK", "BIG5", "UTF-16LE", "UTF-16BE", "UTF-32LE"};
	static const char text[] = "全市生产總值增長6.5%，其中：工業「增加值」十億元。ABC、0123456789 經濟。\n";
	struct buf bytes = {0}, all = {0}, cut = {0}, faults = {0}, cut_faults = {0};

	(void)argc;
	err_program(argv[0]);
	for (size_t e = 0; e < sizeof encodings / sizeof *encodings; e++) {
		const char *name = encodings[e];
		/* 产 is not of Big5. */
		struct span own = span_of(strcmp(name, "BIG5") == 0 ? text + strlen("全市生产") : text);
		convert(name, own, &bytes);
		decode(name, (struct span){bytes.p, bytes.len}, 0, &all, &faults);
		if (faults.len || all.len != own.len || memcmp(all.p, own.p, own.len) != 0)
			fail("what iconv wrote comes back", name);
		for (int i = 0; i < 500; i++) {
			/* Damage some bytes. */
			convert(name, own, &bytes);
			for (uint32_t k = random_below(4); k; k--)
				bytes.p[random_below((uint32_t)bytes.len)] = (char)random_below(256);
			bytes.len -= random_below(4);
			struct span s = {bytes.p, bytes.len};
			decode(name, s, 0, &all, &faults);
			decode(name, s, 1 + random_below(9), &cut, &cut_faults);
			if (!same(&all, &cut))
				fail("any cut gives the same text", name);
			if (!same(&faults, &cut_faults))
				fail("any cut gives the same faults", name);
			if (utf8_valid(all.p, all.len) != all.len || (all.len && memchr(all.p, '\0', all.len)))
				fail("what comes out is UTF-8 without NUL", name);
		}
	}
	/* All of GB18030's pairs and the ends of its four-byte ranges are what iconv says. */
	struct decoder_fault fault;
	for (unsigned c = 0x8140; c <= 0xfefe; c++) {
		char pair[2] = {(char)(c >> 8), (char)c}, utf8[8], *from = pair, *to = utf8;
		size_t left = 2, room = sizeof utf8;
		static struct decoder *d;
		static iconv_t cd;
		if (!d) {
			d = decoder_new("gb18030");
			cd = iconv_open("UTF-8", "GB18030");
		}
		if ((c & 0xff) < 0x40 || (c & 0xff) == 0x7f || (c & 0xff) == 0xff)
			continue;
		bool known = iconv(cd, &from, &left, &to, &room) != (size_t)-1;
		iconv(cd, NULL, NULL, NULL, NULL);
		buf_clear(&all);
		struct span s = {pair, 2};
		bool mine = decoder_feed(d, &s, true, &all, &fault);
		if (known != mine || (known && (all.len != (size_t)(to - utf8) || memcmp(all.p, utf8, all.len) != 0)))
			fail("a pair is what iconv says", "GB18030");
		if (c == 0xfefe) {
			decoder_free(d);
			iconv_close(cd);
		}
	}
	/* What decodes to nothing, and how much of it is passed over. */
	static const struct {
		const char *encoding, *bytes;
		size_t n;
		const char *text, *faults;
	} broken[] = {
		{"GB18030", "\xd6\xd0\x80\xb9\xfa\xff", 6, "中\xef\xbf\xbd国\xef\xbf\xbd", "2 5 "},
		{"GB18030", "A\xfe\xff\xd6\xd0", 5, "A\xef\xbf\xbd\xef\xbf\xbd中", "1 2 "},
		{"GB18030", "\x81\x30\x20\x30\xd6\xd0", 6, "\xef\xbf\xbd" "0 0中", "0 "},
		{"GB18030", "\x81\x30\x81\x20\xd6\xd0", 6, "\xef\xbf\xbd" "0\xef\xbf\xbd 中", "0 2 "},
		{"GB18030", "\xe3\x32\x9a\x36\xd6\xd0", 6, "\xef\xbf\xbd" "2\xef\xbf\xbd" "6中", "0 2 "},
		{"GB18030", "\x81\x30\x81", 3, "\xef\xbf\xbd", "0 "},
		{"GB18030", "\xd6\x00\xd6\xd0", 4, "\xef\xbf\xbd\xef\xbf\xbd中", "0 1 "},
		{"UTF-16LE", "\x2d\x4e\x00\x00\xfd\x56", 6, "中\xef\xbf\xbd国", "2 "},
		{"UTF-16LE", "\x00\xdc\x2d\x4e", 4, "\xef\xbf\xbd中", "0 "},
		{"UTF-16BE", "\x4e\x2d\xd8\x40\xdc\x0b", 6, "中\xf0\xa0\x80\x8b", ""},
		{"UTF-32LE", "\x2d\x4e\0\0\0\0\0\0\xfd\x56\0\0", 12, "中\xef\xbf\xbd国", "4 "},
		{"BIG5", "\xa4\xa4\x00\xff\xb0\xea", 6, "中\xef\xbf\xbd\xef\xbf\xbd國", "2 3 "},
		{"UTF-8", "\xe4\xb8\xad\xf5\x80\xed\xa0\x80\xf4\x90\xc0\xaf", 11, "中", NULL},
	};
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct span s = {broken[i].bytes, broken[i].n};
		decode(broken[i].encoding, s, 0, &all, &faults);
		buf_putc(&all, '\0');
		buf_putc(&faults, '\0');
		if (broken[i].faults && (strcmp(all.p, broken[i].text) != 0 || strcmp(faults.p, broken[i].faults) != 0)) {
			fprintf(stderr, "number %zu: %s, at %s\n", i, all.p, faults.p);
			fail("faults are named where they are", broken[i].encoding);
		}
		decode(broken[i].encoding, s, 1, &cut, &cut_faults);
		buf_putc(&cut, '\0');
		buf_putc(&cut_faults, '\0');
		if (!same(&all, &cut) || !same(&faults, &cut_faults))
			fail("any cut gives the same faults", broken[i].encoding);
	}
	if (decoder_new("no-such-encoding") || decoder_new("UTF-8//IGNORE") || decoder_new(""))
		fail("unknown names are refused", "");
	buf_free(&bytes);
	buf_free(&all);
	buf_free(&cut);
	buf_free(&faults);
	buf_free(&cut_faults);
	return 0;
}
