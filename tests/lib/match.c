/* match: expressions find what Perl's would, hand out their groups, and never run away. */
#include "match.h"

#include <stdio.h>
#include <stdlib.h>

static int failed;

static void expect(bool good, const char *promise)
{
	if (good)
		return;
	fprintf(stderr, "match: broken: %s\n", promise);
	failed = 1;
}

static struct match *of(const char *expression, bool whole)
{
	char why[128];
	struct match *m = match_new(span_of(expression), whole, why, sizeof why);

	if (!m) {
		fprintf(stderr, "match: %s: %s\n", expression, why);
		exit(1);
	}
	return m;
}

static bool found(const char *expression, bool whole, const char *text, size_t from)
{
	struct match *m = of(expression, whole);
	bool yes = match_find(m, span_of(text), from, NULL);
	/* The second time the expression has been translated already. */
	expect(match_find(m, span_of(text), from, NULL) == yes, "twice the same answer");
	match_free(m);
	return yes;
}

int main(void)
{
	struct span groups[MATCH_GROUPS];
	char why[128] = "";

	expect(found("第.次", false, "在第三次会议上", 0), "a point is a character, not a byte");
	expect(!found("第.次", false, "在第十三次会议上", 0), "a point is one character");
	expect(!found("第.次", false, "第三次会议", 3), "a match begins at or behind from");
	expect(found("第.次", true, "第三次", 0) && !found("第.次", true, "第三次会议", 0) && !found("第.次", true, "在第三次", 0),
	       "whole is all of the text");
	expect(!found("次$", false, "第三次\n", 0), "a dollar is the end, not the last line break");

	expect(found("解读|图解|决议", false, "关于工作报告的决议", 0) && !found("解读|图解|决议", false, "关于工作报告的决定", 0) &&
		       !found("解读|图解", false, "图解工作报告", 3) && !found("解读|图解", false, "", 0),
	       "words between bars are found where they stand");
	expect(found("解读|", false, "工作", 0) && found("图.|决议", false, "图解", 0) && !found("解读|图解", true, "图解报告", 0),
	       "what is more than words is an expression");

	struct match *m = of("(第)(.)?(届)|(年)", false);
	const char *text = "2023年";
	expect(match_find(m, span_of(text), 0, groups) && groups[0].p == text + 4 && groups[0].len == 3 && groups[4].p == text + 4,
	       "groups lie in the text");
	expect(!groups[1].p && !groups[2].p && !groups[5].p && !groups[MATCH_GROUPS - 1].p, "a group without part is none");
	expect(match_find(m, span_of("第届"), 0, groups) && groups[1].len == 3 && !groups[2].p && groups[3].len == 3,
	       "a group in the middle may have no part");
	match_free(m);

	m = of("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)(m)(n)(o)(p)(q)(r)", false);
	expect(match_find(m, span_of("abcdefghijklmnopqr"), 0, groups) && groups[0].len == 18 &&
	               *groups[MATCH_GROUPS - 1].p == 'o',
	       "of more groups than are handed out the first come out");
	match_free(m);

	expect(!match_new(span_of("(第"), false, why, sizeof why) && strstr(why, "parenthes"), "what is no expression is explained");

	/* Each further character would double the time. */
	char many[2001];
	memset(many, 'a', sizeof many - 1);
	many[sizeof many - 2] = 'c';
	many[sizeof many - 1] = '\0';
	expect(!found("^(a+)+$", false, many, 0), "an expression that runs away counts as no match");
	match_free(NULL);
	return failed;
}
