#include "goal.h"

static bool is(const struct tokens *t, size_t i, uint64_t classes)
{
	return (t->v[i].classes & classes) != 0;
}

/* The last token of the classes in r; r.to when there is none. */
static size_t last(const struct tokens *t, struct range r, uint64_t classes)
{
	for (size_t i = r.to; i-- > r.from;)
		if (is(t, i, classes))
			return i;
	return r.to;
}

bool goal_find(const struct tokens *t, const struct words *w, struct range clause, struct goal *goal)
{
	size_t mark = clause.from, verb;

	while (mark < clause.to && !is(t, mark, W_RELATION))
		mark++;
	if (mark == clause.to)
		return false;
	struct range ahead = {clause.from, mark}, behind = {mark + 1, clause.to};
	*goal = (struct goal){.mark = mark};
	switch (words_relation(w, t->v[mark].ref)) {
	case RELATION_SYNC_WITH:
		/* A 与 B 同步 */
		verb = last(t, ahead, W_WITH);
		if (verb == ahead.to)
			return false;
		goal->reference = (struct range){verb + 1, ahead.to};
		while (goal->reference.to > goal->reference.from && is(t, goal->reference.to - 1, W_ADV | W_EACH))
			goal->reference.to--;
		ahead.to = verb;
		break;
	case RELATION_DELEGATED:
		/* A 完成省下达的任务 */
		verb = last(t, ahead, W_REACH | W_LEVEL);
		if (verb == ahead.to)
			return false;
		ahead.to = verb;
		break;
	case RELATION_ABOVE:
	case RELATION_BELOW:
		goal->reference = phrase_after(t, behind);
		if (goal->reference.from == goal->reference.to)
			return false;
		break;
	default:
		break;
	}
	goal->subjects = phrase_before(t, ahead);
	return goal->subjects.from < goal->subjects.to;
}
