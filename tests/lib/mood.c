/* The mood of paragraphs: plans are told in the imperative, reviews with what came of it. */
#include "mood.h"

#include <stdio.h>
#include <stdlib.h>

static const struct moods *moods;

static void reads(struct mood_count *count, const char *text, enum mood want)
{
	enum mood got = moods_read(moods, count, span_of(text));

	if (got != want) {
		fprintf(stderr, "%s: %d, not %d (plan %zu, past %zu)\n", text, (int)got, (int)want, count->plan, count->past);
		exit(1);
	}
}

int main(void)
{
	struct moods *m = moods_load();
	struct mood_count count = {0};

	moods = m;
	reads(&count, "新建学校8所。", MOOD_NONE);
	reads(&count, "大力发展旅游，着力改善环境，加快建设景区，力争开园。", MOOD_PLAN);
	/* What was read before counts half. */
	reads(&count, "新建学校8所。", MOOD_NONE);
	reads(&count, "完成了9个项目，其中3个已竣工投产。", MOOD_PAST);
	reads(&count, "大力发展旅游，着力改善环境，加快建设景区，力争开园。", MOOD_PAST);
	/* Words that hold one of the others are neither. */
	count = (struct mood_count){0};
	reads(&count, "重要的是了解需要，共同推进公共事业。", MOOD_NONE);
	moods_free(m);
	moods_free(NULL);
	return 0;
}
