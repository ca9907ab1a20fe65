/* glossary: terms end where they end, and markers are known by the terms in front of them or around them. */
#include <stdio.h>
#include <string.h>

#include "glossary.h"

static const struct {
	const char *text, *term;
} terms[] = {
	{"双链融合。指创新链和产业链融合。", "双链融合"},
	{"“双链”：指两条链。", "双链"},
	{"“双链”融合：指两条链。", "“双链”融合"},
	{"河长制是指由负责人担任河长。", "河长制"},
	{"KPI，是指关键绩效指标。", "KPI"},
	{"三清单一承诺——三张清单", "三清单一承诺"},
	{"零直排即不直接排放。", "零直排"},
	{"没有终点的话", ""},
	{"云仓 ：集中存放的仓库。", "云仓"},
	{"GEP: 生态产品总值。", "GEP"},
	{"数治指的是用数据治理。", "数治"},
	{"“三进”“三促”：进园区、进乡村。", "“三进”“三促”"},
};

static const struct {
	const char *text;
	const char *marked; /* the text, with < > around the markers that are found */
} texts[] = {
	{"开展“双链”融合1试点", "开展“双链”融合<1>试点"},
	{"进入TOD2开发阶段", "进入TOD<2>开发阶段"},
	{"申请PCT330件", "申请PCT<3>30件"},
	{"探索M04用地", "探索M0<4>用地"},
	{"“甲乙”5与“丙丁”体系", "“甲乙”<5>与“丙丁”体系"},
	{"三张清单制度6落地", "三张清单制度<6>落地"},
	{"新建学校1所、改造2条", "新建学校1所、改造2条"},
	{"TOD2.5模式", "TOD<2>.5模式"},
	{"增长3.6%，三张清单，6项", "增长3.6%，三张清单，6项"},
	{"1双链融合", "1双链融合"},
	{"双链 1融合深入，三张“清单”，6", "双链 1融合深入，三张“清单”，6"},
	{"“甲乙”5”落地", "“甲乙”<5>”落地"},
	{"“甲丁”5与", "“甲丁”5与"},
	{"TOD02模式", "TOD0<2>模式"},
	{"TOD9模式，TOD12345678", "TOD9模式，TOD1<2>345678"},
	{"PCT3，PCT3", "PCT<3>，PCT3"},
	{"", ""},
};

/* The same for notes whose numbers stand in brackets or circles: 1 [1], 2 ②, 3 〔3〕, 4 plain. */
static const struct {
	const char *text, *marked;
} signs[] = {
	{"云仓[1]、数治②、链长〔3〕", "云仓<[1]>、数治<②>、链长<〔3〕>"},
	{"云仓[1]又[1]", "云仓<[1]>又[1]"},
	{"云仓①数治[2]", "云仓①数治[2]"},
	{"云仓［1］数治【3】", "云仓<［1］>数治<【3】>"},
	{"没有[9]、[99999]、[甲]、[", "没有[9]、[99999]、[甲]、["},
	{"云仓4平台", "云仓<4>平台"},
	{"见注1：", "见<注1：>"},
};

static int failed;

static void check(struct glossary *g, const char *text, const char *marked)
{
	const struct glossary_ref *refs;
	const char *s = text;
	char got[300] = "";
	size_t n = glossary_find(g, span_of(s), &refs);

	for (size_t k = 0; k < n; k++) {
		snprintf(got + strlen(got), sizeof got - strlen(got), "%.*s<%.*s>", (int)(refs[k].at - s), s, (int)refs[k].len, refs[k].at);
		s = refs[k].at + refs[k].len;
	}
	snprintf(got + strlen(got), sizeof got - strlen(got), "%s", s);
	if (strcmp(got, marked) != 0) {
		fprintf(stderr, "glossary: %s, expected %s\n", got, marked);
		failed = 1;
	}
}

int main(void)
{
	struct glossary *g = glossary_new();
	static const char *const notes[] = {"“双链”融合", "TOD", "PCT", "M0", "“甲乙”与“丙丁”体系", "三张清单"};

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		struct span term = glossary_term(span_of(terms[i].text));
		if (!span_is(term, terms[i].term)) {
			fprintf(stderr, "glossary: %s: term %.*s\n", terms[i].text, (int)term.len, term.p ? term.p : "");
			failed = 1;
		}
	}
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		glossary_clear(g);
		for (unsigned k = 0; k < sizeof notes / sizeof *notes; k++)
			glossary_add(g, &(struct glossary_note){k + 1, false, span_of("x"), span_of(notes[k])});
		check(g, texts[i].text, texts[i].marked);
	}
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		glossary_clear(g);
		glossary_add(g, &(struct glossary_note){1, true, span_of("[1]"), span_of("云仓")});
		glossary_add(g, &(struct glossary_note){2, true, span_of("②"), span_of("数治")});
		glossary_add(g, &(struct glossary_note){3, true, span_of("〔3〕"), {"", 0}});
		glossary_add(g, &(struct glossary_note){4, false, span_of("4."), span_of("云仓")});
		/* None of these is a note that markers can be known by. */
		glossary_add(g, &(struct glossary_note){4, true, span_of("[4]"), span_of("后来的")});
		glossary_add(g, &(struct glossary_note){0, true, span_of("[0]"), span_of("零")});
		glossary_add(g, &(struct glossary_note){1000, true, span_of("[1000]"), span_of("千")});
		glossary_add(g, &(struct glossary_note){5, false, span_of("5."), {"", 0}});
		check(g, signs[i].text, signs[i].marked);
	}
	glossary_clear(g);
	check(g, "云仓[1]", "云仓[1]");
	glossary_free(g);
	return failed;
}
