/* indicator: which indicator a phrase names. */
#include <stdio.h>

#include "indicator.h"

static int failed;

static void names(const struct indicators *x, const char *phrase, enum what what, enum measure measure, const char *id)
{
	struct span got = indicators_find(x, span_of(phrase), what, measure);
	if (!span_is(got, id)) {
		fprintf(stderr, "indicator: %s is \"%.*s\", expected \"%s\"\n", phrase, (int)got.len, got.p, id);
		failed = 1;
	}
}

int main(void)
{
	struct indicators *x = indicators_load(NULL, 0);

	/* Near neighbours are not merged. */
	names(x, "城镇登记失业率", WHAT_PERCENT, MEASURE_LEVEL, "unemployment_registered");
	names(x, "城镇调查失业率", WHAT_PERCENT, MEASURE_LEVEL, "unemployment_surveyed");
	names(x, "财政总收入", WHAT_MONEY, MEASURE_LEVEL, "total_fiscal_revenue");
	names(x, "地方一般公共预算收入", WHAT_MONEY, MEASURE_LEVEL, "general_public_budget_revenue");
	names(x, "规上工业总产值", WHAT_PERCENT, MEASURE_GROWTH, "industrial_output_above_scale");
	names(x, "规上工业增加值", WHAT_PERCENT, MEASURE_GROWTH, "industrial_value_added_above_scale");
	names(x, "户籍人口", WHAT_COUNT, MEASURE_LEVEL, "population_registered");
	names(x, "年末常住人口", WHAT_COUNT, MEASURE_LEVEL, "population_resident");
	/* What is around a name must make no other thing of it. */
	names(x, "集成电路产业规上工业总产值", WHAT_PERCENT, MEASURE_GROWTH, "");
	names(x, "服务业增加值占地区生产总值比重", WHAT_PERCENT, MEASURE_SHARE, "value_added_tertiary");
	names(x, "全社会研发经费支出占生产总值比重", WHAT_PERCENT, MEASURE_SHARE, "rd_intensity");
	names(x, "全社会研发经费支出", WHAT_MONEY, MEASURE_LEVEL, "rd_expenditure");
	/* The unit of a level must fit. */
	names(x, "地区生产总值", WHAT_PERCENT, MEASURE_LEVEL, "");
	names(x, "地区生产总值", WHAT_PERCENT, MEASURE_GROWTH, "gdp");
	/* No phrase, no indicator. */
	names(x, "", WHAT_MONEY, MEASURE_LEVEL, "");
	names(x, "甲", WHAT_MONEY, MEASURE_LEVEL, "");
	indicators_free(x);
	return failed;
}
