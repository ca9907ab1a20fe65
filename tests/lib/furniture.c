/* furniture: what rules name whole lines, and tokens at their beginnings and ends; nothing inside a sentence. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "furniture.h"

static const char rules[] =
	"rule\twhere\tclue\tpattern\n"
	"counter\tany\t浏览|ABC\t(?:浏览次数|ABC)[0-9]*\n"
	"share\tapart\t分享\t分享到.*\n"
	"page\tedge\t第\t第[0-9]+页\n"
	"byline\tbody\t责编\t责编：.*\n"
	"jump\tcut\t下转\t下转.*\n"
	"links\ttail\t相关\t相关链接\n"
	"next\tresume\t\t正文.*\n"
	"lead\tstart\t本报讯\t本报讯 *\n"
	"done\tend\t完）\t（[^（]*完）\n"
	"mark\tend\t▲\t▲*\n";

static int failed;

static void expect(bool good, const char *promise)
{
	if (good)
		return;
	fprintf(stderr, "furniture: broken: %s\n", promise);
	failed = 1;
}

static bool is(const char *rule, const char *name)
{
	return name ? rule && strcmp(rule, name) == 0 : !rule;
}

int main(void)
{
	char path[] = "/tmp/furniture.XXXXXX";
	int fd = mkstemp(path);
	if (fd < 0 || write(fd, rules, sizeof rules - 1) != (ssize_t)sizeof rules - 1)
		return 1;
	close(fd);
	struct furniture *f = furniture_new(path);
	unlink(path);

	static const struct {
		const char *line;
		struct furniture_place place;
		const char *rule;
	} lines[] = {
		{"", {0}, NULL},
		{"浏览次数12", {0}, "counter"},
		{"浏览次数12次以上的文章", {0}, NULL},
		{"ABC7", {0}, "counter"},
		{"分享到朋友", {0}, "share"},
		{"分享到朋友", {.cut = true}, NULL},
		{"第3页", {.edge = true}, "page"},
		{"第3页", {0}, NULL},
		{"责编：甲", {.started = true}, "byline"},
		{"责编：甲", {0}, NULL},
		{"责编：甲", {.started = true, .cut = true}, NULL},
		{"下转第2版", {.cut = true}, "jump"},
		{"下转第2版", {0}, NULL},
		{"随便什么", {.tail = true}, "tail"},
		{"正文开始", {.tail = true}, NULL},
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct furniture_place place = lines[i].place;
		expect(is(furniture_line(f, span_of(lines[i].line), &place), lines[i].rule), lines[i].line);
	}
	struct furniture_place place = {0};
	expect(is(furniture_line(f, span_of("相关链接"), &place), "links") && !place.tail, "in front of the text it is a line");
	place.started = true;
	expect(is(furniture_line(f, span_of("相关链接"), &place), "links") && place.tail, "the tail begins");
	expect(is(furniture_line(f, span_of("别的文章"), &place), "tail"), "the tail goes on");
	expect(!furniture_line(f, span_of("正文继续"), &place) && !place.tail, "the tail ends where a text resumes");

	expect(furniture_may_be(f, span_of("浏览次数")) && furniture_may_be(f, span_of(" 浏\u3000览\t次数")),
	       "white space hides no clue");
	expect(furniture_may_be(f, span_of("ＡＢＣ７")) && furniture_may_be(f, span_of("\u200bA\u00a0BC")),
	       "nor do other widths, or what shows nothing");
	expect(!furniture_may_be(f, span_of("浏")) && !furniture_may_be(f, span_of(" ")) &&
	               !furniture_may_be(f, span_of("AB")) && !furniture_may_be(f, span_of("全县经济")),
	       "most lines are turned away");

	const char *rule;
	expect(furniture_start(f, span_of("本报讯 全县"), &rule) == strlen("本报讯 ") && is(rule, "lead"), "a token at the start");
	expect(furniture_start(f, span_of("全县本报讯"), &rule) == 0 && is(rule, NULL), "and nowhere else");
	expect(furniture_start(f, span_of(""), &rule) == 0 && furniture_end(f, span_of(""), &rule) == 0, "an empty line has none");
	expect(furniture_end(f, span_of("（甲完）再来（乙完）"), &rule) == strlen("（乙完）") && is(rule, "done"),
	       "of several tokens the one at the end");
	expect(furniture_end(f, span_of("（甲完）了"), &rule) == 0 && is(rule, NULL), "a token inside is part of the sentence");
	expect(furniture_end(f, span_of("未完）"), &rule) == 0, "a clue without its pattern is none");
	expect(furniture_end(f, span_of("好▲▲"), &rule) == strlen("▲▲") && is(rule, "mark"), "signs at the end");
	char longer[1000] = "";
	for (int i = 0; i < 60; i++)
		strcat(longer, i % 2 ? "长a" : "句");
	strcat(longer, "（完）");
	expect(furniture_end(f, span_of(longer), &rule) == strlen("（完）"), "behind a long line, too");
	furniture_free(f);
	return failed;
}
