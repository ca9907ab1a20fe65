/* period: which years headings and parts set. */
#include <stdio.h>

#include "part.h"
#include "period.h"

static int failed;
static struct headings headings;
static const struct words *words;
static struct parts *parts;

static void years(const char *what, struct years_span got, int first, int last)
{
	if (got.first != first || got.last != last) {
		fprintf(stderr, "period: %s: %d to %d, expected %d to %d\n", what, got.first, got.last, first, last);
		failed = 1;
	}
}

static void under(struct period *p, const char *path, const char *part)
{
	period_record(p, &headings, words, parts, span_of(path), span_of(part));
}

int main(void)
{
	struct indicators *x = indicators_load(NULL, 0);
	struct words *dictionary = words_load(x);
	struct period p;

	words = dictionary;
	parts = parts_new();

	period_document(&p, parts, 2022, false, span_of(""));
	under(&p, "[]", "review");
	years("a review is of the year before", period_of(&p, MEASURE_LEVEL, COURSE_NONE, true), 2021, 2021);
	under(&p, "[]", "goals");
	years("goals are of the year", period_of(&p, MEASURE_GROWTH, COURSE_NONE, false), 2022, 2022);
	under(&p, "[\"过去五年工作回顾\"]", "review");
	years("a count over a term", period_of(&p, MEASURE_COUNT, COURSE_NONE, true), 2017, 2021);
	years("a level at its end", period_of(&p, MEASURE_LEVEL, COURSE_NONE, false), 2021, 2021);
	years("but one that was added up over it", period_of(&p, MEASURE_LEVEL, COURSE_NONE, true), 2017, 2021);
	years("a start before it", period_start(&p, false, false), 2016, 2016);
	under(&p, "[\"过去四年的工作\"]", "review");
	years("a term of four years", period_of(&p, MEASURE_COUNT, COURSE_NONE, true), 2018, 2021);
	under(&p, "[\"今后五年的目标\"]", "goals");
	years("five years ahead", period_of(&p, MEASURE_GROWTH, COURSE_MEAN, false), 2022, 2026);
	under(&p, "[\"“十四五”时期主要目标\"]", "goals");
	years("a five-year plan", period_of(&p, MEASURE_GROWTH, COURSE_MEAN, false), 2021, 2025);
	under(&p, "[\"2021年工作和“十三五”时期成就\"]", "review");
	years("a heading that names a year is about it", period_of(&p, MEASURE_GROWTH, COURSE_NONE, false), 2021, 2021);
	years("but a mean is over the term beside it", period_of(&p, MEASURE_GROWTH, COURSE_MEAN, false), 2016, 2020);
	period_document(&p, parts, 0, false, span_of(""));
	under(&p, "[]", "review");
	years("no year, no period", period_of(&p, MEASURE_LEVEL, COURSE_NONE, true), 0, 0);
	under(&p, "[\"一九九七年回顾\",\"2001年工作安排\"]", "other");
	years("headings of a document without a head", period_of(&p, MEASURE_LEVEL, COURSE_NONE, true), 2001, 2001);
	if (!period_target(&p)) {
		fprintf(stderr, "period: what is planned is a target\n");
		failed = 1;
	}
	headings_free(&headings);
	parts_free(parts);
	words_free(dictionary);
	indicators_free(x);
	return failed;
}
