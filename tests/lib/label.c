/* label: numberings of every style are read with their number and length; figures, dates and words are none. */
#include <stdio.h>
#include <string.h>

#include "glossary.h"
#include "label.h"

static const struct {
	const char *text;
	enum label_style style; /* LABEL_NONE: no label */
	unsigned number;
	const char *label;
} cases[] = {
	{"一、回顾", LABEL_HAN, 1, "一、"},
	{"十一、其他", LABEL_HAN, 11, "十一、"},
	{"二十三.其他", LABEL_HAN, 23, "二十三."},
	{"（十）民生", LABEL_HAN_PAREN, 10, "（十）"},
	{"(三)民生", LABEL_HAN_PAREN, 3, "(三)"},
	{"（二）、民生", LABEL_HAN_PAREN, 2, "（二）、"},
	{"（12）民生", LABEL_DIGIT_PAREN, 12, "（12）"},
	{"3）民生", LABEL_DIGIT_PAREN, 3, "3）"},
	{"1.农业", LABEL_DIGIT, 1, "1."},
	{"12、农业", LABEL_DIGIT, 12, "12、"},
	{"3．工业", LABEL_DIGIT, 3, "3．"},
	{"第一部分 回顾", LABEL_SECTION, 1, "第一部分"},
	{"第二章：任务", LABEL_SECTION, 2, "第二章："},
	{"④科技", LABEL_CIRCLED, 4, "④"},
	{"1.5亿元", LABEL_NONE, 0, ""},
	{"2019.", LABEL_NONE, 0, ""},
	{"0.农业", LABEL_NONE, 0, ""},
	{"一是农业", LABEL_NONE, 0, ""},
	{"一批、二批", LABEL_NONE, 0, ""},
	{"第一产业", LABEL_NONE, 0, ""},
	{"（市）、", LABEL_NONE, 0, ""},
	{"一", LABEL_NONE, 0, ""},
	{"（一", LABEL_NONE, 0, ""},
	{"", LABEL_NONE, 0, ""},
};

static const struct {
	const char *text, *label;
	unsigned number;
} notes[] = {
	{"[1]术语", "[1]", 1}, {"〔12〕术语", "〔12〕", 12}, {"【3】术语", "【3】", 3}, {"注4：术语", "注4：", 4},
	{"（注5）术语", "（注5）", 5}, {"［6］术语", "［6］", 6}, {"注释7：术语", "注释7：", 7}, {"注8.术语", "注8.", 8}, {"[0]零", NULL, 0}, {"[1", NULL, 0}, {"[12]", "[12]", 12}, {"注9术语", NULL, 0}, {"[甲]", NULL, 0}, {"注意：", NULL, 0}, {"[", NULL, 0}, {"", NULL, 0},
};

int main(void)
{
	int failed = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct label l = {0};
		const char *s = cases[i].text;
		bool found = label_at(s, s + strlen(s), &l);
		if (found == (cases[i].style != LABEL_NONE) &&
		    (!found || (l.style == cases[i].style && l.number == cases[i].number && l.len == strlen(cases[i].label))))
			continue;
		fprintf(stderr, "label: %s: style %d, number %u, %zu bytes\n", s, found ? (int)l.style : 0, l.number, l.len);
		failed = 1;
	}
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
		struct label l = {0};
		const char *s = notes[i].text;
		bool found = glossary_label(s, s + strlen(s), &l);
		if (found == (notes[i].label != NULL) && (!found || (l.number == notes[i].number && l.len == strlen(notes[i].label))))
			continue;
		fprintf(stderr, "label: note %s: number %u, %zu bytes\n", s, l.number, l.len);
		failed = 1;
	}
	return failed;
}
