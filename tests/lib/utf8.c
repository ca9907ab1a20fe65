/* utf8: the fast ways give the answers of the plain ones, and the plain ones those of the standard. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "utf8.h"

static int failed;

static void expect(bool good, const char *promise, unsigned long at)
{
	if (good)
		return;
	fprintf(stderr, "utf8: broken: %s (%#lx)\n", promise, at);
	if (++failed > 20)
		exit(1);
}

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(random_state >> 8) * n >> 24);
}

/* Unicode 15, table 3-7, as written there: the number of bytes of a well-formed sequence, or 0. */
static size_t table_3_7(const unsigned char *u, size_t len)
{
	static const unsigned char rows[][9] = {
		{1, 0x00, 0x7f},
		{2, 0xc2, 0xdf, 0x80, 0xbf},
		{3, 0xe0, 0xe0, 0xa0, 0xbf, 0x80, 0xbf},
		{3, 0xe1, 0xec, 0x80, 0xbf, 0x80, 0xbf},
		{3, 0xed, 0xed, 0x80, 0x9f, 0x80, 0xbf},
		{3, 0xee, 0xef, 0x80, 0xbf, 0x80, 0xbf},
		{4, 0xf0, 0xf0, 0x90, 0xbf, 0x80, 0xbf, 0x80, 0xbf},
		{4, 0xf1, 0xf3, 0x80, 0xbf, 0x80, 0xbf, 0x80, 0xbf},
		{4, 0xf4, 0xf4, 0x80, 0x8f, 0x80, 0xbf, 0x80, 0xbf},
	};
	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		size_t n = rows[r][0], i = 0;
		while (i < n && i < len && u[i] >= rows[r][1 + 2 * i] && u[i] <= rows[r][2 + 2 * i])
			i++;
		if (i == n)
			return n;
	}
	return 0;
}

static void every_code_point(void)
{
	for (uint32_t c = 0; c < 0x110000; c++) {
		char s[4];
		uint32_t d = 0;
		if (c >= 0xd800 && c < 0xe000)
			continue;
		size_t n = utf8_encode(c, s);
		expect(utf8_decode(s, n, &d) == n && d == c && utf8_at(s) == c && utf8_len(*s) == n,
		       "a code point comes back as it was", c);
		expect(utf8_decode(s, n - 1, &d) == 0, "a sequence that is cut off is none", c);
	}
}

/* All starts of three bytes, and all of four behind the lead bytes that have four. */
static void every_sequence(void)
{
	for (uint32_t n = 0; n < 1u << 24; n++) {
		unsigned char u[3] = {(unsigned char)(n >> 16), (unsigned char)(n >> 8), (unsigned char)n};
		uint32_t c;
		size_t want = table_3_7(u, 3);
		if (utf8_decode((const char *)u, 3, &c) != want)
			expect(false, "decoding follows table 3-7", n);
		if (u[0] < 0xe0)
			n |= 0xff;
	}
	for (uint32_t lead = 0xee; lead < 0x100; lead++)
		for (uint32_t second = 0; second < 0x100; second++)
			for (uint32_t rest = 0; rest < 25; rest++) {
				static const unsigned char edge[] = {0x41, 0x80, 0xbf, 0xc0, 0xff};
				unsigned char u[4] = {(unsigned char)lead, (unsigned char)second, edge[rest / 5],
				                      edge[rest % 5]};
				uint32_t c;
				if (utf8_decode((const char *)u, 4, &c) != table_3_7(u, 4))
					expect(false, "decoding follows table 3-7", lead << 8 | second);
			}
}

static void same(const char *s, size_t len)
{
	/* A copy of that very size, so that a sanitizer sees a byte read too much. */
	char *exact = xmalloc(len);
	memcpy(exact, s, len);
	expect(utf8_valid(exact, len) == utf8_valid_plain(exact, len), "blocks judge as characters do", len);
	uint64_t *fast = xmalloc(UTF8_MARKS(len) * sizeof *fast), *slow = xmalloc(UTF8_MARKS(len) * sizeof *slow);
	bool plain, plainly, valid = utf8_marks(exact, len, fast, &plain);
	expect(valid == utf8_marks_plain(exact, len, slow, &plainly), "bytes are marked in what is UTF-8", len);
	expect(plain == plainly && memcmp(fast, slow, UTF8_MARKS(len) * sizeof *fast) == 0,
	       "blocks mark what bytes do", len);
	size_t *signs = xmalloc(UTF8_SIGNS(len) * sizeof *signs), *slow_signs = xmalloc(UTF8_SIGNS(len) * sizeof *slow_signs), n, slow_n;
	expect(utf8_marks_signs(exact, len, fast, signs, &n) == valid &&
		       utf8_marks_signs_plain(exact, len, slow, slow_signs, &slow_n) == valid &&
		       memcmp(fast, slow, UTF8_MARKS(len) * sizeof *fast) == 0,
	       "bytes are marked alike where signs are found too", len);
	expect(n == slow_n && memcmp(signs, slow_signs, n * sizeof *signs) == 0, "blocks find the signs that bytes do", len);
	free(fast);
	free(slow);
	free(signs);
	free(slow_signs);
	free(exact);
}

/* Text of all kinds with one fault or none, at each place of a block. */
static void blocks(void)
{
	static const char *const good[] = {"a", "\"", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xe4\xb8\xad", "\xed\x9f\xbf",
	                                   "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "。", "，", "：", "、"};
	char s[256];

	for (uint32_t lead = 0x80; lead < 0x100; lead++) {
		for (size_t at = 0; at < 100; at++) {
			size_t len = 100 + random_below(8);
			memset(s, 'x', sizeof s);
			/* The fault is a lead byte with random or edge bytes behind it. */
			s[at] = (char)lead;
			for (size_t k = 1; k < 4; k++)
				if (random_below(4))
					s[at + k] = (char)(random_below(3) ? 0x80 + random_below(0x40) : random_below(0x100));
			same(s, len);
			same(s, at + 1 + random_below(4));
		}
	}
	for (int round = 0; round < 200000; round++) {
		size_t len = 0, want = random_below(200);
		while (len < want) {
			const char *c = good[random_below(sizeof good / sizeof *good)];
			if (random_below(8) == 0)
				c = good[5];
			memcpy(s + len, c, strlen(c));
			len += strlen(c);
		}
		same(s, len);
		if (len && random_below(2))
			s[random_below((uint32_t)len)] = (char)(random_below(4) ? random_below(0x100) : '\\');
		same(s, len - (len ? random_below(3) % len : 0));
	}
}

static void counting(void)
{
	static char s[20000];
	size_t len = 0, points = 0, start[20000];

	while (len + 4 < sizeof s) {
		static const uint32_t top[] = {0x80, 0x800, 0xd800, 0x10ffff};
		start[points++] = len;
		len += utf8_encode(random_below(top[random_below(4)]) % 0xd800, s + len);
	}
	expect(utf8_count(s, len) == points, "characters are counted", points);
	for (int round = 0; round < 20000; round++) {
		size_t a = random_below((uint32_t)points), b = a + random_below((uint32_t)(points - a));
		size_t left = b - a;
		size_t room = random_below(100) + start[b], end = room < len ? room : len;
		expect(utf8_count(s + start[a], start[b] - start[a]) == b - a, "characters are counted", a);
		expect(utf8_count_within(s + start[a], start[b] - start[a], s + end) == b - a, "characters are counted", a);
		expect(utf8_offset(s + start[a], len - start[a], &left) == start[b] - start[a] && left == 0,
		       "the byte of a character is found", b);
		left = points - a + 7;
		expect(utf8_offset(s + start[a], len - start[a], &left) == len - start[a] && left == 7,
		       "characters that are not there are said to be missing", a);
	}
	/* More blocks than a counter of one byte holds. */
	memset(s, 'x', sizeof s);
	expect(utf8_count(s, sizeof s) == sizeof s, "characters are counted", 0);
}

int main(void)
{
	every_code_point();
	every_sequence();
	blocks();
	counting();
	return failed != 0;
}
