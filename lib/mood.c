#include "mood.h"

#include <stdlib.h>

#include "err.h"
#include "lexicon.h"
#include "tsv.h"

/* So many words at least, and so many times as many as of the other mood: reviews, too, say 加快 and 推进. */
enum { PLAN_LEAST = 4, PLAN_TIMES = 4, PAST_LEAST = 2 };

struct moods {
	struct lexicon *words; /* value: an enum mood; MOOD_NONE for words that only hold one of the others */
};

struct moods *moods_load(void)
{
	static const char *const columns[] = {"words", "mood"};
	static const char *const names[] = {"none", "plan", "past"};
	struct moods *m = xcalloc(1, sizeof *m);
	char *path = tsv_own("moods.tsv");
	struct span f[2], part;
	struct tsv t;

	m->words = lexicon_new();
	tsv_open(&t, path, columns, 2);
	while (tsv_row(&t, f)) {
		int mood = 0;
		while (mood < 3 && !span_is(f[1], names[mood]))
			mood++;
		if (mood == 3)
			tsv_bad(&t, "a mood that there is not");
		while (tsv_part(&f[0], &part))
			if (part.len)
				lexicon_add(m->words, part, mood);
	}
	lexicon_build(m->words);
	tsv_close(&t);
	free(path);
	return m;
}

void moods_free(struct moods *m)
{
	if (!m)
		return;
	lexicon_free(m->words);
	free(m);
}

enum mood moods_read(const struct moods *m, struct mood_count *count, struct span text)
{
	const char *s = text.p, *end = text.p + text.len;
	size_t read[3] = {0}, len;
	int32_t mood;

	for (; (s = lexicon_search(m->words, s, end, &len, &mood)) != NULL; s += len)
		read[mood]++;
	count->plan = count->plan / 2 + read[MOOD_PLAN] * MOOD_UNIT;
	count->past = count->past / 2 + read[MOOD_PAST] * MOOD_UNIT;
	if (count->plan >= PLAN_TIMES * count->past)
		return count->plan >= PLAN_LEAST * MOOD_UNIT ? MOOD_PLAN : MOOD_NONE;
	return count->past >= PAST_LEAST * MOOD_UNIT ? MOOD_PAST : MOOD_NONE;
}
