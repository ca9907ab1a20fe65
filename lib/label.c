#include "label.h"

#include <stdint.h>
#include <string.h>
#include <uchar.h>

#include "buf.h"
#include "utf8.h"

const char label_begins[] = "一二三四五六七八九十第（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳0123456789";

static bool begins(const char *s, const char *end, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(end - s) >= n && memcmp(s, word, n) == 0;
}

/* 1 to 10 for a Chinese numeral, else 0. */
static unsigned digit(const char *s, const char *end)
{
	if (end - s < 3)
		return 0;
	switch ((unsigned)(unsigned char)s[0] << 16 | (unsigned)(unsigned char)s[1] << 8 | (unsigned char)s[2]) {
	case 0xe4b880: return 1;  /* 一 */
	case 0xe4ba8c: return 2;  /* 二 */
	case 0xe4b889: return 3;  /* 三 */
	case 0xe59b9b: return 4;  /* 四 */
	case 0xe4ba94: return 5;  /* 五 */
	case 0xe585ad: return 6;  /* 六 */
	case 0xe4b883: return 7;  /* 七 */
	case 0xe585ab: return 8;  /* 八 */
	case 0xe4b99d: return 9;  /* 九 */
	case 0xe58d81: return 10; /* 十 */
	default: return 0;
	}
}

size_t label_numeral(const char *s, const char *end, unsigned *number)
{
	unsigned a = digit(s, end), b = a ? digit(s + 3, end) : 0, c;

	if (a == 0)
		return 0;
	if (a == 10) { /* 十, 十一 */
		*number = b > 0 && b < 10 ? 10 + b : 10;
		return b > 0 && b < 10 ? 6 : 3;
	}
	if (b == 10) { /* 二十, 二十一 */
		c = digit(s + 6, end);
		*number = a * 10 + (c < 10 ? c : 0);
		return c > 0 && c < 10 ? 9 : 6;
	}
	*number = a;
	return 3;
}

static size_t arabic(const char *s, const char *end, unsigned *number)
{
	size_t n = 0;
	*number = 0;
	while (n < 3 && s + n < end && s[n] >= '0' && s[n] <= '9')
		*number = *number * 10 + (unsigned)(s[n++] - '0');
	return n > 2 || *number == 0 ? 0 : n;
}

/* The length of the character at s if it is one of these, else 0. */
static size_t one_of(const char *s, const char *end, const char32_t *characters)
{
	uint32_t c = s < end ? utf8_at(s) : 0;

	for (; *characters; characters++)
		if (*characters == c)
			return utf8_len(*s);
	return 0;
}

static bool parenthesized(const char *s, const char *end, struct label *l)
{
	const char *t = s + (*s == '(' ? 1 : 3);
	size_t n = label_numeral(t, end, &l->number), closing;

	l->style = LABEL_HAN_PAREN;
	if (n == 0) {
		n = arabic(t, end, &l->number);
		l->style = LABEL_DIGIT_PAREN;
	}
	if (n == 0 || (closing = one_of(t + n, end, U"）)")) == 0)
		return false;
	t += n + closing;
	if (begins(t, end, "、"))
		t += strlen("、");
	l->len = (size_t)(t - s);
	return true;
}

static bool section(const char *s, const char *end, struct label *l)
{
	const char *t = s + strlen("第");
	size_t n = label_numeral(t, end, &l->number), unit;

	if (n == 0 || (unit = begins(t + n, end, "部分") ? strlen("部分") : one_of(t + n, end, U"章")) == 0)
		return false;
	t += n + unit;
	t += one_of(t, end, U"、：:，");
	l->style = LABEL_SECTION;
	l->len = (size_t)(t - s);
	return true;
}

/* Whether numerals are counted up in front of what they tell of, of which the first only looks like a label: 一、二、三产业 */
static bool counted_up(const char *s, const char *end)
{
	unsigned number;
	size_t n = label_numeral(s, end, &number);
	return n && one_of(s + n, end, U"、产线级类期号批");
}

bool label_at(const char *s, const char *end, struct label *l)
{
	size_t n, stop;

	if (s == end)
		return false;
	switch ((unsigned char)*s) {
	case 0xe4: case 0xe5:
		n = label_numeral(s, end, &l->number);
		/* The stroke 丶 is a misprint of the comma. */
		if (n == 0 || (stop = one_of(s + n, end, U"、丶．.")) == 0 || counted_up(s + n + stop, end))
			return false;
		*l = (struct label){LABEL_HAN, l->number, n + stop};
		return true;
	case 0xe7:
		return begins(s, end, "第") && section(s, end, l);
	case 0xef:
		return begins(s, end, "（") && parenthesized(s, end, l);
	case '(':
		return parenthesized(s, end, l);
	case 0xe2: { /* ① to ⑳ */
		if (end - s < 3)
			return false;
		uint32_t c = utf8_at(s);
		if (c < 0x2460 || c > 0x2473)
			return false;
		*l = (struct label){LABEL_CIRCLED, c - 0x2460 + 1, 3};
		return true;
	}
	default:
		if (*s < '0' || *s > '9' || (n = arabic(s, end, &l->number)) == 0)
			return false;
		if ((stop = one_of(s + n, end, U"）)")) != 0) {
			*l = (struct label){LABEL_DIGIT_PAREN, l->number, n + stop};
			return true;
		}
		stop = one_of(s + n, end, U"、．.");
		/* 1.5, 2019. and 1.1 are no labels. */
		if (stop == 0 || (s + n + stop < end && s[n + stop] >= '0' && s[n + stop] <= '9' && s[n] == '.'))
			return false;
		*l = (struct label){LABEL_DIGIT, l->number, n + stop};
		return true;
	}
}
