#include "date.h"

#include <stdbool.h>
#include <stdio.h>

#include "numeral.h"
#include "utf8.h"

static uint32_t at(const char *s, const char *end)
{
	return s < end ? utf8_at(s) : 0;
}

static bool starts(const char *s, const char *end, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(end - s) >= n && memcmp(s, word, n) == 0;
}

/* The Chinese number below a hundred, or the row of four digits, at s. */
static size_t han(const char *s, const char *end, int *value)
{
	const char *p = s;
	int d, v = 0, n = 0;

	while (n < 5 && (d = numeral_han(at(p, end))) >= 0) {
		v = 10 * v + d;
		p += 3;
		n++;
	}
	if (n == 4 || n == 2) {
		*value = v;
		return n == 4 ? (size_t)(p - s) : 0;
	}
	if (n > 1)
		return 0;
	if (at(p, end) == U'十') {
		v = 10 * (n ? v : 1);
		p += 3;
		if ((d = numeral_han(at(p, end))) > 0) {
			v += d;
			p += 3;
		}
	} else if (n == 0) {
		return 0;
	}
	*value = v;
	return (size_t)(p - s);
}

/* The whole number at s, of at most four digits; *digits gets how many were written, 0 for Chinese ones. */
static size_t integer(const char *s, const char *end, int *value, int *digits)
{
	const char *p = s;
	int d;

	*digits = 0;
	*value = 0;
	while ((d = numeral_arabic(at(p, end))) >= 0) {
		if (++*digits > 4)
			return 0;
		*value = 10 * *value + d;
		p += utf8_len(*p);
	}
	return *digits ? (size_t)(p - s) : han(s, end, value);
}

static const char *over_space(const char *s, const char *end)
{
	while (s < end && *s == ' ')
		s++;
	return s;
}

enum field { YEAR, MONTH, DAY, FIELDS };

struct point {
	int f[FIELDS];           /* -1 where nothing is said */
	enum field first, last;
};

static bool fits(enum field f, int v, int digits, size_t len)
{
	switch (f) {
	case YEAR: return v >= 1000 && v <= 2100 && (digits == 4 || len == 12);
	case MONTH: return v >= 1 && v <= 12 && digits <= 2;
	default: return v >= 1 && v <= 31 && digits <= 2;
	}
}

/* The sign of a field at s, in bytes. */
static size_t sign(const char *s, const char *end, enum field f)
{
	static const char *const words[] = {"年", "月", "日"};

	if (!starts(s, end, words[f]))
		return 0;
	/* 有1500年历史 says how long. */
	if (f == YEAR && (starts(s, end, "年历史") || starts(s, end, "年的历史") || starts(s, end, "年建城")))
		return 0;
	if (f == MONTH && starts(s, end, "月份"))
		return 6;
	if (f == MONTH && starts(s, end, "月龄"))
		return 0;
	return 3;
}

/* A value with its sign: 3月. */
static size_t item(const char *s, const char *end, enum field f, int *v)
{
	int digits;
	size_t n = integer(s, end, v, &digits);

	if (!n || !fits(f, *v, digits, n))
		return 0;
	const char *p = over_space(s + n, end);
	size_t k = sign(p, end, f);
	return k ? (size_t)(p - s) + k : 0;
}

/* As many fields as stand one behind the other, from year, month or day down. */
static size_t point(const char *s, const char *end, struct point *out)
{
	const char *p = s;

	*out = (struct point){{-1, -1, -1}, FIELDS, FIELDS};
	for (enum field f = YEAR; f < FIELDS; f++) {
		int v;
		const char *q = p == s ? p : over_space(p, end);
		size_t n = item(q, end, f, &v);
		if (!n) {
			if (p > s)
				break;
			continue;
		}
		out->f[f] = v;
		if (p == s)
			out->first = f;
		out->last = f;
		p = q + n;
	}
	return (size_t)(p - s);
}

/* The last digits of v, as many as asked for. */
static void put_digits(struct buf *out, int v, int digits)
{
	int ten = 1;

	while (--digits > 0)
		ten *= 10;
	for (; ten > 0; ten /= 10)
		buf_putc(out, (char)('0' + v / ten % 10));
}

static void put(struct buf *out, const struct point *t)
{
	if (t->f[YEAR] < 0)
		buf_puts(out, "XXXX");
	else
		put_digits(out, t->f[YEAR], 4);
	for (enum field f = MONTH; f <= t->last && f < FIELDS; f++) {
		buf_putc(out, '-');
		put_digits(out, t->f[f], 2);
	}
}

size_t date_dash(const char *s, const char *end)
{
	uint32_t c = at(s, end);
	size_t n;

	switch (c) {
	case U'—': case U'–': case '-':
		n = utf8_len(*s);
		return at(s + n, end) == c ? 2 * n : n;
	case U'至': case U'到': case U'～': case '~': case U'－': case U'―': case U'─': case U'−': case U'∼': case U'〜':
	case U'━':
		return utf8_len(*s);
	default:
		return 0;
	}
}

/* The other end of a range at s: q, with what it leaves unsaid taken from t. */
static size_t other_end(const char *s, const char *end, const struct point *t, struct point *q)
{
	const char *p = over_space(s, end);
	size_t dash = date_dash(p, end);
	if (!dash)
		return 0;
	p = over_space(p + dash, end);
	size_t n = point(p, end, q);
	if (!n || q->last != t->last)
		return 0;
	for (enum field f = YEAR; f < q->first; f++)
		q->f[f] = t->f[f];
	return (size_t)(p - s) + n;
}

/* A range whose first end has no sign of its own: 2017—2021年, 1至9月; known holds the fields above it. */
static size_t short_range(const char *s, const char *end, const struct point *known, struct point *t, struct point *q)
{
	int v, digits;
	size_t n = integer(s, end, &v, &digits);
	if (!n)
		return 0;
	const char *p = over_space(s + n, end);
	size_t dash = date_dash(p, end);
	if (!dash)
		return 0;
	p = over_space(p + dash, end);
	size_t k = point(p, end, q);
	if (!k || !fits(q->first, v, digits, n) || (known && q->first != known->last + 1) ||
	    (!known && q->first == DAY))
		return 0;
	*t = known ? *known : (struct point){{-1, -1, -1}, q->first, q->first};
	t->f[q->first] = v;
	t->last = q->first;
	for (enum field f = YEAR; f < q->first; f++)
		q->f[f] = t->f[f];
	return (size_t)(p - s) + k;
}

/* 90年代, 九十年代, 1990年代, with 20世纪 in front or without, and a century alone. */
static size_t decade(const char *s, const char *end, struct buf *out)
{
	int v, century = 0, digits;
	const char *p = s;
	size_t n = integer(p, end, &v, &digits);

	if (n && v >= 10 && v <= 29 && starts(p + n, end, "世纪")) {
		century = v;
		p += n + 6;
		n = integer(p, end, &v, &digits);
	}
	if (n && starts(p + n, end, "年代") && v % 10 == 0 && (v < 100 || (v >= 1000 && v <= 2999))) {
		if (v < 100)
			v += century ? 100 * (century - 1) : v >= 30 ? 1900 : 2000;
		put_digits(out, v / 10, 3);
		buf_putc(out, 'X');
		return (size_t)(p + n + 6 - s);
	}
	if (!century)
		return 0;
	put_digits(out, century - 1, 2);
	buf_puts(out, "XX");
	return (size_t)(p - s);
}

/* 一季度, 第二季度, 前三季度; EDTF numbers the quarters 33 to 36. */
static size_t quarter(const char *s, const char *end, int year, struct buf *out)
{
	const char *p = s;
	char text[48], y[8] = "XXXX";
	int v, digits;
	bool up_to = starts(p, end, "前");

	if (up_to || starts(p, end, "第"))
		p += 3;
	size_t n = integer(p, end, &v, &digits);
	if (!n || v < 1 || v > 4 || !starts(p + n, end, "季度"))
		return 0;
	if (year >= 0)
		snprintf(y, sizeof y, "%04d", year % 10000);
	if (up_to)
		snprintf(text, sizeof text, "%s-33/%s-%d", y, y, 32 + v);
	else
		snprintf(text, sizeof text, "%s-%d", y, 32 + v);
	buf_puts(out, text);
	return (size_t)(p + n + 6 - s);
}

/* 2020-04-27, 2020.4.27, 2020/4/27. */
static size_t numeric(const char *s, const char *end, struct buf *out)
{
	struct point t = {{-1, -1, -1}, YEAR, DAY};
	const char *p = s;
	char separator = 0;
	int digits;

	for (enum field f = YEAR; f < FIELDS; f++) {
		size_t n = integer(p, end, &t.f[f], &digits);
		if (!n || !digits || !fits(f, t.f[f], digits, n))
			return 0;
		p += n;
		if (f == DAY)
			break;
		if (p == end || !strchr("-./", *p) || (separator && *p != separator))
			return 0;
		separator = *p++;
	}
	if (numeral_arabic(at(p, end)) >= 0)
		return 0;
	put(out, &t);
	return (size_t)(p - s);
}

/* What makes a date of the number at s: the character behind it, or 前 or 第 in front; 0 when it can be none, which
 * turns most numbers away. */
static uint32_t mark(const char *s, const char *end)
{
	int v, digits;
	uint32_t c = at(s, end);

	if (c == U'前' || c == U'第')
		return c;
	size_t n = integer(s, end, &v, &digits);
	if (!n)
		return 0;
	const char *p = over_space(s + n, end);
	c = at(p, end);
	switch (c) {
	case U'年': case U'月': case U'日': case U'世': case U'季':
		return c;
	case '.': case '/':
		return digits == 4 ? c : 0;
	default:
		return date_dash(p, end) ? c : 0;
	}
}

size_t date_read(const char *s, const char *end, struct buf *out)
{
	struct point t, q;
	size_t n, k;

	switch (mark(s, end)) {
	case 0: return 0;
	case U'年': case U'世': n = decade(s, end, out); break;
	case U'季': case U'前': case U'第': n = quarter(s, end, -1, out); break;
	case '.': case '/': case '-': n = numeric(s, end, out); break;
	default: n = 0;
	}
	if (n)
		return n;
	n = point(s, end, &t);
	if (n && t.first != DAY) {
		if ((k = other_end(s + n, end, &t, &q)) || (k = short_range(s + n, end, &t, &t, &q))) {
			put(out, &t);
			buf_putc(out, '/');
			put(out, &q);
			return n + k;
		}
		if (t.last == YEAR && (k = quarter(s + n, end, t.f[YEAR], out)))
			return n + k;
		put(out, &t);
		return n;
	}
	if ((n = short_range(s, end, NULL, &t, &q))) {
		put(out, &t);
		buf_putc(out, '/');
		put(out, &q);
	}
	return n;
}
