/* Every figure comes back exact, however it is written: in Arabic digits, with separators, full-width, with 万 and
 * 亿, in Chinese of several styles, digit by digit, and mixed. Figures from 0 to 10^16: all small ones, those around
 * every power of ten and every multiple of one, and a random sample of all lengths.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "decimal.h"
#include "numeral.h"

static int bad;
static size_t checked;

static bool no_unit(const void *self, const char *s, const char *end)
{
	(void)self;
	(void)s;
	(void)end;
	return false;
}

static void check(const char *text, uint64_t value, const char *style)
{
	struct buf scratch = {0}, got = {0};
	char want[32];
	struct numeral m = numeral_read(text, text + strlen(text), &scratch, no_unit, NULL);

	checked++;
	snprintf(want, sizeof want, "%" PRIu64, value);
	if (m.len)
		decimal_put(&got, numeral_value(&m, &scratch));
	if (m.len != strlen(text) || got.len != strlen(want) || memcmp(got.p, want, got.len) != 0 || m.infix || m.n2) {
		if (bad++ < 20)
			printf("%s: %s: want %s, got %.*s in %zu of %zu bytes\n", style, text, want, (int)got.len,
			       got.p ? got.p : "", m.len, strlen(text));
	}
	buf_free(&scratch);
	buf_free(&got);
}

struct style {
	const char *name, *zero, *two_hundred; /* the zero between; 二 or 两 in front of 百, 千, 万, 亿 */
	bool ten;                              /* 十五 for 一十五 at the beginning */
};

static const char *const digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

/* A section of four places. more says that something stands in front of it. */
static void section(char *out, unsigned v, bool more, bool gap, const struct style *s)
{
	static const char *const powers[] = {"千", "百", "十", ""};
	static const unsigned ten[] = {1000, 100, 10, 1};
	bool zero = more && (v < 1000 || gap), any = false;

	for (int i = 0; i < 4; i++) {
		unsigned d = v / ten[i] % 10;
		if (d == 0) {
			zero |= any;
			continue;
		}
		if (zero)
			strcat(out, s->zero);
		zero = false;
		if (!(i == 2 && d == 1 && s->ten && !any && !more))
			strcat(out, d == 2 && i < 2 ? s->two_hundred : digits[d]);
		strcat(out, powers[i]);
		any = true;
	}
}

/* v below 10^8. */
static void group(char *out, uint64_t v, bool more, bool gap, const struct style *s)
{
	unsigned high = (unsigned)(v / 10000), low = (unsigned)(v % 10000);

	if (high) {
		if (high == 2 && !more)
			strcat(out, s->two_hundred);
		else
			section(out, high, more, gap, s);
		strcat(out, "万");
	}
	if (low)
		section(out, low, more || high, (gap && !high) || (high && high % 10 == 0), s);
}

static void chinese(char *out, uint64_t v, const struct style *s)
{
	uint64_t high = v / 100000000, low = v % 100000000;

	*out = '\0';
	if (v == 0)
		strcpy(out, "零");
	if (high) {
		if (high == 2)
			strcat(out, s->two_hundred);
		else if (high == 100000000)
			strcat(out, "一亿");
		else
			group(out, high, false, false, s);
		strcat(out, "亿");
	}
	if (low)
		group(out, low, high > 0, high && (low < 10000000 || high % 10 == 0), s);
}

/* 1,234,567 and １２３. */
static void separated(char *out, uint64_t v)
{
	char plain[32];
	int n = snprintf(plain, sizeof plain, "%" PRIu64, v), k = 0;

	for (int i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			out[k++] = ',';
		out[k++] = plain[i];
	}
	out[k] = '\0';
}

static void full_width(char *out, uint64_t v)
{
	char plain[32];

	snprintf(plain, sizeof plain, "%" PRIu64, v);
	for (const char *p = plain; *p; p++, out += 3) {
		memcpy(out, "\xef\xbc\x90", 3);
		out[2] = (char)(out[2] + (*p - '0'));
	}
	*out = '\0';
}

/* v over 10^power as a decimal with a multiplier: 1.31万. */
static void multiplied(char *out, uint64_t v, uint64_t unit, int power, const char *sign)
{
	int n = sprintf(out, "%" PRIu64, v / unit);
	if (v % unit) {
		n += sprintf(out + n, ".%0*" PRIu64, power, v % unit);
		while (out[n - 1] == '0')
			n--;
	}
	strcpy(out + n, sign);
}

/* 3万4000, 2亿3000万, 12亿345万6789. */
static void mixed(char *out, uint64_t v)
{
	uint64_t yi = v / 100000000, wan = v / 10000 % 10000, low = v % 10000;
	*out = '\0';
	if (yi)
		out += sprintf(out, "%" PRIu64 "亿", yi);
	if (wan)
		out += sprintf(out, "%" PRIu64 "万", wan);
	if (low || (!yi && !wan))
		sprintf(out, "%" PRIu64, low);
}

static void figure(uint64_t v)
{
	static const struct style styles[] = {
		{"零, 二, 十五", "零", "二", true},
		{"零, 两, 一十五", "零", "两", false},
		{"〇, 两, 十五", "〇", "两", true},
	};
	char text[512];

	snprintf(text, sizeof text, "%" PRIu64, v);
	check(text, v, "Arabic");
	separated(text, v);
	check(text, v, "with separators");
	full_width(text, v);
	check(text, v, "full-width");
	if (v >= 10000) {
		multiplied(text, v, 10000, 4, "万");
		check(text, v, "with 万");
		mixed(text, v);
		check(text, v, "mixed");
	}
	if (v >= 100000000) {
		multiplied(text, v, 100000000, 8, "亿");
		check(text, v, "with 亿");
		multiplied(text, v, UINT64_C(1000000000000), 12, "万亿");
		check(text, v, "with 万亿");
	}
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
		chinese(text, v, &styles[i]);
		check(text, v, styles[i].name);
	}
	/* Digit by digit, as years are written; two digits that rise say a range (七八). */
	if (v >= 100) {
		char plain[32], *out = text;
		snprintf(plain, sizeof plain, "%" PRIu64, v);
		for (const char *p = plain; *p; p++, out += 3)
			memcpy(out, *p == '0' ? "〇" : digits[*p - '0'], 3);
		*out = '\0';
		check(text, v, "digit by digit");
	}
}

/* A text that says no plain figure: what comes out is written as min[..max][+], where + is an infix. */
static void special(const char *text, size_t len, const char *want)
{
	struct buf scratch = {0}, got = {0};
	struct numeral m = numeral_read(text, text + strlen(text), &scratch, no_unit, NULL);

	if (m.len) {
		decimal_put(&got, numeral_value(&m, &scratch));
		if (m.n2) {
			struct numeral second = m;
			second.at = m.at2;
			second.n = m.n2;
			buf_puts(&got, "..");
			decimal_put(&got, numeral_value(&second, &scratch));
		}
		if (m.infix)
			buf_putc(&got, '+');
	}
	if (m.len != len || got.len != strlen(want) || memcmp(got.p ? got.p : "", want, got.len) != 0) {
		bad++;
		printf("%s: want %s in %zu, got %.*s in %zu\n", text, want, len, (int)got.len, got.p ? got.p : "", m.len);
	}
	buf_free(&scratch);
	buf_free(&got);
}

int main(void)
{
	const uint64_t last = UINT64_C(10000000000000000);
	uint64_t seed = 20260101;

	for (uint64_t v = 0; v <= 12000; v++)
		figure(v);
	for (uint64_t p = 10; p <= last; p *= 10)
		for (uint64_t d = 1; d <= 9 && d * p <= last; d++)
			for (int k = -2; k <= 2; k++)
				figure(d * p + (uint64_t)k);
	for (uint64_t p = 10; p <= last; p *= 10)
		for (int i = 0; i < 400; i++) {
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			figure((seed >> 8) % p);
		}
	special("十几", 6, "10+");
	special("十几万", 9, "100000+");
	special("几十", 6, "10+");
	special("数千", 6, "1000+");
	special("数", 0, "");
	special("三十多亿", 12, "3000000000+");
	special("20多万", 8, "200000+");
	special("3000多", 7, "3000+");
	special("三四十", 9, "30..40");
	special("七八", 6, "7..8");
	special("三五百万", 12, "3000000..5000000");
	special("十三点五亿", 15, "1350000000");
	special("零点六", 9, "0.6");
	special("1,23", 1, "1");
	special("1,2345", 1, "1");
	special("1.", 1, "1");
	special("两亿多", 9, "200000000+");
	special("亿万", 3, "100000000");
	printf("%zu figures\n", checked);
	return bad != 0;
}
