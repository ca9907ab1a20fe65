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
};

int main(void)
{
	struct glossary *g = glossary_new();
	static const char *const notes[] = {"“双链”融合", "TOD", "PCT", "M0", "“甲乙”与“丙丁”体系", "三张清单"};
	int failed = 0;

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		struct span term = glossary_term(span_of(terms[i].text));
		if (!span_is(term, terms[i].term)) {
			fprintf(stderr, "glossary: %s: term %.*s\n", terms[i].text, (int)term.len, term.p ? term.p : "");
			failed = 1;
		}
	}
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char got[200] = "";
		const struct glossary_ref *refs;
		const char *s = texts[i].text;
		glossary_clear(g);
		for (unsigned k = 0; k < sizeof notes / sizeof *notes; k++)
			glossary_add(g, &(struct glossary_note){k + 1, false, span_of("x"), span_of(notes[k])});
		size_t n = glossary_find(g, span_of(s), &refs);
		for (size_t k = 0; k < n; k++) {
			snprintf(got + strlen(got), sizeof got - strlen(got), "%.*s<%.*s>", (int)(refs[k].at - s), s, (int)refs[k].len, refs[k].at);
			s = refs[k].at + refs[k].len;
		}
		snprintf(got + strlen(got), sizeof got - strlen(got), "%s", s);
		if (strcmp(got, texts[i].marked) != 0) {
			fprintf(stderr, "glossary: %s, expected %s\n", got, texts[i].marked);
			failed = 1;
		}
	}
	glossary_free(g);
	return failed;
}
