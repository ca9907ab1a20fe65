/* cut: headings that run into their bodies end where their words and their siblings say. */
#include <stdio.h>
#include <string.h>

#include "cut.h"

/* Series, a | where the heading ends; NULL ends a series. */
static const char *const series[] = {
	/* predicates behind their subjects */
	"特色农业提质增效|蔬菜产量稳步增长。建成基地十个。", "工业经济持续壮大|龙头企业实力增强。产值过百亿。",
	"城乡面貌明显改善|交通路网加快完善。新修公路百里。", "民生保障更加有力|教育质量不断提高。新建学校五所。", NULL,
	/* orders */
	"突出项目带动，增强经济发展后劲|实施招商引资攻坚行动。引进项目百个。",
	"突出产业升级，构建现代产业体系|做强装备制造业。培育龙头企业。",
	"突出乡村振兴，建设宜居宜业乡村|稳定粮食播种面积。推广良种。", NULL,
	/* a full stop */
	"坚定不移抓改革，发展动力不断增强。|国企改革全面完成，民企活力迸发。",
	"坚定不移抓环保，生态环境持续向好。|空气质量优良天数三百天。", NULL,
	/* time words and repetition */
	"过去五年工作回顾|过去五年，是极不平凡的五年。", "今后五年的主要任务|今后五年，我们要砥砺前行。", NULL,
	"2021年主要目标任务|2021年是建党一百周年。", NULL,
	/* a space that was kept */
	"培育壮大特色产业集群 县域经济因此走上快车道，企业数量大增。", NULL,
	/* no word to go by */
	"甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", NULL,
};

int main(void)
{
	struct gazetteer *g = gazetteer_open();
	struct cuts *cuts = cuts_new(g);
	int failed = 0;

	for (size_t i = 0; i < sizeof series / sizeof *series;) {
		char text[8][300];
		struct span texts[8];
		const char *ends[8] = {NULL};
		size_t want[8], n = 0;
		for (; series[i]; i++, n++) {
			size_t len = strcspn(series[i], "|");
			const char *space = strchr(series[i], ' ');
			want[n] = series[i][len] ? len : space ? (size_t)(space - series[i]) : 0;
			snprintf(text[n], sizeof text[n], "%.*s%s", (int)len, series[i], series[i][len] ? series[i] + len + 1 : "");
			texts[n] = span_of(text[n]);
		}
		i++;
		cuts_find(cuts, texts, n, ends);
		for (size_t k = 0; k < n; k++) {
			size_t got = ends[k] ? (size_t)(ends[k] - text[k]) : 0;
			if (got == want[k])
				continue;
			fprintf(stderr, "cut: %.*s|%s\n", (int)got, text[k], text[k] + got);
			failed = 1;
		}
	}
	cuts_free(cuts);
	gazetteer_free(g);
	return failed;
}
