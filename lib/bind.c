#include "bind.h"

#include <stdlib.h>

#include "err.h"
#include "goal.h"
#include "json.h"
#include "mood.h"
#include "part.h"
#include "reading.h"
#include "utf8.h"

enum { RUN_MAX = 16, YEAR_MAX = 9999, CODE_MAX = 999999, LINE_BYTES = 120 };

struct binder {
	struct indicators *indicators;
	struct words *words;
	struct frames *frames;
	struct pairs *pairs;
	struct parts *parts;
	struct moods *moods;
	struct period period; /* followed through the document */
	struct headings headings;
	struct reading r;
	struct piece hedge, list_hedge; /* in force; empty when there is none */
	bool tells;           /* the record may tell facts */
	fact_each *each;      /* is told them */
	void *self;
	struct buf words_buf, scratch;
};

struct binder *binder_new(char *const *indicators, size_t n)
{
	struct binder *b = xcalloc(1, sizeof *b);
	b->indicators = indicators_load(indicators, n);
	b->words = words_load(b->indicators);
	b->r.words = b->words;
	b->frames = frames_load();
	b->pairs = pairs_load();
	b->parts = parts_new();
	b->moods = moods_load();
	return b;
}

void binder_free(struct binder *b)
{
	if (!b)
		return;
	moods_free(b->moods);
	parts_free(b->parts);
	pairs_free(b->pairs);
	frames_free(b->frames);
	words_free(b->words);
	indicators_free(b->indicators);
	figures_free(&b->r.numbers);
	places_free(&b->r.places);
	tokens_free(&b->r.tokens);
	headings_free(&b->headings);
	buf_free(&b->words_buf);
	buf_free(&b->scratch);
	free(b);
}

static void tell(struct binder *b, const struct fact *f)
{
	b->each(b->self, f, &b->r.numbers);
}

static void unbound(struct binder *b, size_t token, const char *why)
{
	tell(b, &(struct fact){.number = b->r.tokens.v[token].ref, .at = b->r.tokens.v[token].at, .frame = span_of(why)});
}

static struct span indicator_of(struct binder *b, const struct subject *s, bool agent, bool added, enum what what,
                                enum measure measure)
{
	struct span id = {"", 0};
	static const char verb[] = "新增";

	/* 出口 … 占全国份额 is a share of 出口. */
	struct subject head = *s;
	if (s->n > 1 && reading_starts(b->r.text, s->v[s->n - 1], "占"))
		head.n--;
	subject_words(&head, b->r.text, &b->words_buf);
	if (added) {
		buf_clear(&b->scratch);
		buf_puts(&b->scratch, verb);
		buf_put(&b->scratch, b->words_buf.p, b->words_buf.len);
		id = indicators_find(b->indicators, (struct span){b->scratch.p, b->scratch.len}, what, measure);
	}
	if (id.len == 0)
		id = indicators_find(b->indicators, (struct span){b->words_buf.p, b->words_buf.len}, what, measure);
	/* 财政总收入（市口径） */
	const char *open = id.len ? NULL : span_find((struct span){b->words_buf.p, b->words_buf.len}, "（");
	if (open)
		id = indicators_find(b->indicators, (struct span){b->words_buf.p, (size_t)(open - b->words_buf.p)},
				     what, measure);
	/* 经济增长, 物价涨幅: names that hold the word for their growth. */
	static const char *const rates[] = {"增长", "涨幅"};
	size_t bare = b->words_buf.len;
	for (size_t i = 0; i < 2 && id.len == 0 && measure == MEASURE_GROWTH; i++) {
		b->words_buf.len = bare;
		buf_puts(&b->words_buf, rates[i]);
		id = indicators_find(b->indicators, (struct span){b->words_buf.p, b->words_buf.len}, what, measure);
	}
	/* 民生支出占一般公共预算支出比例: a share of its own subject. */
	b->words_buf.len = bare;
	bool share = id.len == 0 && (measure == MEASURE_SHARE || measure == MEASURE_FROM || measure == MEASURE_CHANGE);
	const char *part = share ? span_find((struct span){b->words_buf.p, bare}, "占") : NULL;
	if (part)
		id = indicators_find(b->indicators, (struct span){b->words_buf.p, (size_t)(part - b->words_buf.p)},
				     what, measure);
	size_t named = id.len ? 0 : reading_places(&b->r, s->v[0]);
	if (named) {
		struct subject own = *s;
		own.v[0].at += (uint32_t)named;
		id = indicator_of(b, &own, false, added, what, measure);
	}
	if (id.len == 0 && agent && s->n > 1) {
		struct subject done = *s;
		done.n--;
		memmove(done.v, done.v + 1, done.n * sizeof *done.v);
		id = indicator_of(b, &done, false, added, what, measure);
	}
	return id;
}

static struct span piece_text(const struct binder *b, struct piece p)
{
	return (struct span){b->r.text.p + p.at, p.end - p.at};
}

static bool ends_with(const struct binder *b, struct piece p, const char *word)
{
	return span_ends(piece_text(b, p), word);
}

/* Whether the subject names a share: its phrase ends with 比重, 占比 … */
static bool share_like(const struct binder *b, const struct subject *s)
{
	static const char *const ends[] = {"比重", "占比", "比例", "份额", "之比"};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (ends_with(b, s->v[s->n - 1], ends[i]))
			return true;
	return false;
}

/* Follows the words that hedge: one holds in its own part of the sentence, or, where it opens a list
 * (预期目标是：…；…), for the sentence. */
static void follow_hedge(struct binder *b, size_t i)
{
	static const char colon[] = "：";
	struct piece p = {b->r.tokens.v[i].at, b->r.tokens.v[i].end};

	if (reading_is(&b->r, i, W_STOP))
		b->hedge = b->list_hedge = (struct piece){0, 0};
	else if (reading_is(&b->r, i, W_SEMI))
		b->hedge = (struct piece){0, 0};
	else if (reading_is(&b->r, i, W_COMMA) &&
	         (reading_starts(b->r.text, p, colon) || reading_starts(b->r.text, p, ":")))
		b->list_hedge = b->hedge;
	else if (reading_is(&b->r, i, W_HEDGE) && !reading_is(&b->r, i, W_NOUN) &&
		 !period_names_plan(b->r.text, &b->r.tokens, i))
		b->hedge = p;
}

/* Whether the words compare a figure with that of the year before. */
static bool yearly(const struct binder *b, struct range words)
{
	static const char *const years[] = {"同比", "上年", "上一年", "去年"};

	for (size_t i = words.from; i < words.to; i++)
		for (size_t k = 0; k < sizeof years / sizeof *years && reading_is(&b->r, i, W_COMP); k++)
			if (span_find(reading_text(&b->r, (struct range){i, i + 1}), years[k]))
				return true;
	return false;
}

/* Whether the words say that it was, or is to be, so in every year: 保持在, 控制在, 一直; but 连续8年 tells its own years. */
static bool lasting(const struct binder *b, struct range words)
{
	static const char *const always[] = {"保持在", "稳定在", "控制在", "维持在", "一直", "始终", "连续多年", "连年"};
	struct span text = reading_text(&b->r, words);

	if (reading_any(&b->r, words, W_DURATION))
		return false;
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		if (span_find(text, always[i]))
			return true;
	return false;
}

/* Of a term of several years, what a figure speaks of: as its measure has it, how it is at the end, or all of it. */
enum extent { EXTENT_OWN, EXTENT_END, EXTENT_ALL };

/* Whether the words add something up: 累计完成8家, while 累计达到8家 are what there is at the end. */
static bool adds_up(const struct reading *rd, struct range words)
{
	for (size_t i = words.from; i < words.to; i++)
		if (reading_is(rd, i, W_ACCUM) && !reading_is(rd, i, W_LEVEL))
			return true;
	return false;
}

/* Whether what is told happens to people year after year: 城镇新增就业, 农村劳动力转移就业. */
static bool flows(struct span subject)
{
	return span_find(subject, "新增") || span_find(subject, "转移就业") || span_find(subject, "再就业");
}

/* Time, status and what hangs on them. */
static void place_in_time(struct binder *b, struct fact *f, size_t low, size_t token, enum extent extent)
{
	struct range words = {low, token};
	enum course course = reading_mean(&b->r, words) ? COURSE_MEAN : COURSE_NONE;

	/* 翻一番; 能耗累计下降8% */
	if (course == COURSE_NONE && f->number >= 0 &&
	    (b->r.numbers.v[f->number].kind == KIND_MULTIPLE ||
	     (f->measure == MEASURE_GROWTH && reading_any(&b->r, words, W_ACCUM))))
		course = COURSE_OVER;

	enum what what = f->number < 0 ? WHAT_PERCENT : b->r.numbers.v[f->number].what;
	bool sum = what == WHAT_MONEY || what == WHAT_COUNT || what == WHAT_AMOUNT || what == WHAT_BARE;

	/* 五年累计投资N亿元，里程达到N公里；出口达到N亿元: what is reached was not added up, nor a balance, but what is new was. */
	bool reached = reading_any(&b->r, words, W_LEVEL | W_TO);
	bool total = b->period.total &&
		     ((what == WHAT_MONEY && b->period.total_part && !reading_any(&b->r, words, W_TO)) ||
		      adds_up(&b->r, words) || !reached);
	bool new = reading_any(&b->r, words, W_NEW) || flows(piece_text(b, f->subject.v[0]));
	sum = sum && (total || new) && !ends_with(b, f->subject.v[f->subject.n - 1], "余额");
	/* 收入累计达到8亿元: said of a sum, that adds up, too; of a count it may be what there is now. */
	if (!sum && period_spans(&b->period))
		sum = extent == EXTENT_ALL || lasting(b, words) || (what == WHAT_MONEY && span_find(reading_text(&b->r, words), "累计"));
	f->target = period_target(&b->period);
	f->estimated = !f->target && b->period.estimated;
	f->period = period_of(&b->period, extent == EXTENT_END ? MEASURE_RANK : f->measure, course, sum);
	if (sum && what == WHAT_MONEY && adds_up(&b->r, words))
		f->period = period_summed(&b->period, f->period);
	/* 比上年增长6% is so in a term of years, too. */
	if ((f->measure == MEASURE_GROWTH || f->measure == MEASURE_CHANGE) && course == COURSE_NONE &&
	    f->period.first < f->period.last && yearly(b, words))
		f->period.first = f->period.last;
	if (f->measure == MEASURE_FROM)
		f->period = period_start(&b->period, span_find(reading_text(&b->r, words), "年初"), reading_any(&b->r, words, W_DATE | W_NAME));
	if (f->target) {
		f->hedge = b->hedge.end ? b->hedge : b->list_hedge;
		for (size_t i = token + 1;
		     i < b->r.tokens.n && !reading_is(&b->r, i, W_NUM | W_STOP | W_SEMI) && !f->stretch; i++)
			f->stretch = reading_is(&b->r, i, W_STRETCH);
	}
}

struct run {
	size_t token[RUN_MAX];
	size_t n;
};

/* The last letter of the word that the number at a token counts by. */
static uint32_t counts_by(const struct binder *b, size_t token)
{
	const struct figure *f = reading_number(&b->r, token);
	const char *text = b->r.text.p;

	return utf8_before(text, text + f->end);
}

/* Whether the numbers at two tokens count by different words: 8万人, 120个; but not 3万户、8万人. */
static bool counts_other(const struct binder *b, size_t one, size_t other)
{
	static const uint32_t household = 0x6237, persons[] = {0x4EBA, 0x540D, 0x53E3};

	if (reading_number(&b->r, one)->what != WHAT_COUNT || reading_number(&b->r, other)->what != WHAT_COUNT)
		return false;
	uint32_t by = counts_by(b, other);
	bool people = counts_by(b, one) == household && (by == persons[0] || by == persons[1] || by == persons[2]);
	return counts_by(b, one) != by && !people;
}

/* 新建铁路30公里，公路80公里: whether what the number at a token tells goes on from that before, in the same unit. */
static bool goes_on(const struct binder *b, const struct found *s, const struct said *last, size_t at)
{
	return !s->carried && last && last->sentence == b->r.sentence && last->what == WHAT_AMOUNT &&
	       last->measure == MEASURE_COUNT && s->phrase.from < s->phrase.to && s->phrase.to == at &&
	       s->phrase.from == last->token + 2 && reading_is(&b->r, last->token + 1, W_COMMA) &&
	       !reading_is(&b->r, at - 1, W_ASPECT | W_IND | W_REL | W_STOCK) &&
	       counts_by(b, last->token) == counts_by(b, at);
}

static bool counted(const struct binder *b, size_t token)
{
	enum what what = reading_number(&b->r, token)->what;
	return what == WHAT_COUNT || what == WHAT_AMOUNT;
}

/* The numbers that begin at token at and are said in one breath: 64886元、36632元; 第1和第3位; and after 分别 also
 * 增长10%和下降5%. */
static struct run run_at(const struct binder *b, size_t at, bool shared)
{
	struct run run;
	size_t i = at + 1;

	run.token[0] = at;
	run.n = 1;
	while (run.n < RUN_MAX) {
		bool joined = false, moves = false;
		while (i < b->r.tokens.n &&
		       reading_is(&b->r, i,
				  W_BOUND | W_ENUM | W_AND | W_ACCUM | (shared ? W_UP | W_DOWN | W_COMMA : 0))) {
			joined = joined || reading_is(&b->r, i, W_ENUM | W_AND);
			moves = moves || reading_is(&b->r, i, W_UP | W_DOWN);
			i++;
		}
		/* 820户2600名贫困人口: the same, counted twice. */
		bool twice = i < b->r.tokens.n && i == run.token[run.n - 1] + 1;
		if (i == b->r.tokens.n || !reading_is(&b->r, i, W_NUM) || !(joined || twice))
			break;
		/* 分别达到6万元和3万元、增长5%和7%: what is reached, and how it grew. */
		if (moves && reading_number(&b->r, at)->what != WHAT_PERCENT &&
		    reading_number(&b->r, i)->what == WHAT_PERCENT)
			break;
		/* 公路30公里和5条220千伏线路 */
		if (!twice && !shared && reading_is(&b->r, i - 1, W_AND) && counted(b, at) && counted(b, i) &&
		    reading_number(&b->r, at)->what != reading_number(&b->r, i)->what)
			break;
		/* 41个、100亿元以上项目3个; 8万人、120个贫困村: another kind of figure, with a noun of its own. */
		struct range behind = phrase_after(&b->r.tokens, (struct range){i + 1, reading_clause_end(&b->r, i)});
		bool noun = behind.from < behind.to,
		     leads = noun && behind.to < b->r.tokens.n && reading_is(&b->r, behind.to, W_NUM);
		if ((leads && reading_number(&b->r, i)->what != reading_number(&b->r, at)->what) ||
		    (twice ? !noun || !counted(b, at) ||
				     !(counted(b, i) || reading_number(&b->r, i)->what == WHAT_BARE)
			   : noun && !reading_is(&b->r, i + 1, W_OF) && counts_other(b, at, i)))
			break;
		run.token[run.n++] = i++;
	}
	return run;
}

/* Whether the words from token i on say how what stands in front of them ranks: 连续多年居全省首位. */
static bool ranked(const struct binder *b, size_t i)
{
	while (i < b->r.tokens.n && reading_is(&b->r, i, W_ADV | W_EACH | W_DURATION))
		i++;
	return i < b->r.tokens.n && reading_is(&b->r, i, W_RANKV) && !reading_is(&b->r, i, W_AWARD);
}

/* Whether a sum of several years was spent or raised in them: 筹集资金8亿元; 五年来，完成投资9亿元; 项目80个、完成投资9亿元. */
static bool spent(const struct binder *b, const struct subject *s, const struct match *m, struct range words)
{
	bool term = b->period.said && b->period.sentence.first < b->period.sentence.last;
	size_t verb = words.from;

	if (m->start < b->r.tokens.n && reading_is(&b->r, m->start, W_MAKE) &&
	    !reading_is(&b->r, m->start, W_HAVE | W_REACH | W_NUM))
		return m->where == WHERE_GAP || m->where == WHERE_AFTER;
	/* 统筹8亿元支持…, 9亿元用于… */
	if (m->where == WHERE_AFTER && words.to + 1 < b->r.tokens.n && reading_is(&b->r, words.to + 1, W_MAKE | W_COVER))
		return true;
	/* 招商项目8个、到位资金9亿元 */
	if (s->n > 1 && ends_with(b, s->v[s->n - 1], "资金"))
		return true;
	/* 五年间，对教育的投入达8亿元 */
	if (term && ends_with(b, s->v[s->n - 1], "投入"))
		return true;
	if (!ends_with(b, s->v[s->n - 1], "投资"))
		return false;
	/* 完成投资近9亿元, but 投资完成后达到9亿元 */
	while (verb < words.to && !reading_is(&b->r, verb, W_REACH))
		verb++;
	bool ahead = verb < words.to && b->r.tokens.v[verb].end <= s->v[0].at;
	return s->n > 1 || ((term || (ahead && period_spans(&b->period))) && verb < words.to &&
			    !reading_any(&b->r, words, (ahead ? 0 : W_LEVEL) | W_TO | W_DIST));
}

/* Of which of the years the figure at a token speaks. */
static enum extent extent_of(const struct binder *b, const struct subject *s, size_t low, size_t token,
			     const struct match *m)
{
	const struct said *last = reading_said(&b->r, 1);

	/* 总投资8亿元的项目: one of those of all the years. */
	if (m->where == WHERE_HEAD)
		return EXTENT_ALL;
	/* A sum that was spent or raised in all of them. */
	if (reading_number(&b->r, token)->what == WHAT_MONEY && spent(b, s, m, (struct range){low, token}))
		return EXTENT_ALL;
	/* 11个指标居全省首位: how many they are at the end, not what was done. */
	if (m->where == WHERE_AFTER && ranked(b, m->behind.to))
		return EXTENT_END;
	/* 引进项目8个，到位资金3亿元: what went into all that were counted over the years. */
	if (last && last->sentence == b->r.sentence && last->measure == MEASURE_COUNT && !last->held &&
	    reading_number(&b->r, token)->what == WHAT_MONEY && reading_any(&b->r, (struct range){low, token}, W_ASPECT) &&
	    (ends_with(b, s->v[s->n - 1], "资金") || ends_with(b, s->v[s->n - 1], "投资额") || ends_with(b, s->v[s->n - 1], "金额") || (ends_with(b, s->v[s->n - 1], "投资") && reading_any(&b->r, (struct range){low, token}, W_REACH))))
		return EXTENT_ALL;
	/* 7个乡镇财政收入超过千万元 */
	if (m->where == WHERE_AFTER && m->behind.to < b->r.tokens.n && reading_is(&b->r, m->behind.to, W_LEVEL) &&
	    !reading_any(&b->r, (struct range){m->start, token}, W_MAKE | W_NEW | W_REACH) &&
	    reading_is(&b->r, m->behind.to - 1, W_ASPECT | W_IND))
		return EXTENT_END;
	/* 收入均超过8亿元，其中超10亿元的3家，超5亿元的9家: some of those that are. */
	if (last && last->sentence == b->r.sentence &&
	    ((last->held && m->start == token) ||
	     (last->measure == MEASURE_LEVEL && reading_any(&b->r, (struct range){low, token}, W_INCL))))
		return EXTENT_END;
	return EXTENT_OWN;
}

static bool below_hundred(const struct figure *n)
{
	const char *point = memchr(n->value.p, '.', n->value.len);
	return (point ? (size_t)(point - n->value.p) : n->value.len) <= strlen("99");
}

/* item is the one of those in subject that the indicator is of, or NULL for all of it. */
static void emit(struct binder *b, size_t token, size_t low, const struct match *m, const struct found *s,
                 const struct subject *subject, int measure, const struct subject *item)
{
	struct fact told = {.number = b->r.tokens.v[token].ref, .at = b->r.tokens.v[token].at}, *f = &told;
	enum what what = reading_number(&b->r, token)->what;
	bool added = reading_is(&b->r, m->start, W_NEW) || reading_any(&b->r, (struct range){m->start, m->gap.from}, W_NEW);

	f->subject = *subject;
	if (item)
		f->part = item->v[0];
	f->measure = (enum measure)measure;
	if (f->measure == MEASURE_LEVEL && (what == WHAT_PERCENT || what == WHAT_FRACTION) && share_like(b, subject))
		f->measure = MEASURE_SHARE;
	/* 增量8亿斤 */
	if (f->measure == MEASURE_LEVEL && (what == WHAT_MONEY || what == WHAT_AMOUNT || what == WHAT_COUNT) &&
	    (ends_with(b, subject->v[subject->n - 1], "增量") || ends_with(b, subject->v[subject->n - 1], "增加额")))
		f->measure = MEASURE_CHANGE;
	f->down = m->down;
	f->frame = m->name;
	/* 500万元以上固定资产投资: which of it is meant, not how much it is. */
	bool which = m->where == WHERE_AFTER && what == WHAT_MONEY && token + 1 < b->r.tokens.n &&
		     reading_is(&b->r, token + 1, W_BOUND);
	if (!which)
		f->indicator = indicator_of(b, item ? item : subject, s->agent, added, what, f->measure);
	/* 居民消费价格控制在3%以内: by so much it may rise; but 指数103% is a level. */
	if (f->measure == MEASURE_LEVEL && what == WHAT_PERCENT && f->indicator.len &&
	    below_hundred(reading_number(&b->r, token)) && indicators_grows(b->indicators, f->indicator))
		f->measure = MEASURE_GROWTH;
	f->place = reading_subject_place(&b->r, subject, s->place);
	place_in_time(b, f, low, token, extent_of(b, &f->subject, low, token, m));
	tell(b, f);
}

/* 均增长8%: one number for several indicators makes a fact for each, when the dictionary has them all. */
static bool emit_each(struct binder *b, size_t token, size_t low, const struct match *m, const struct found *s,
                      int measure)
{
	struct subject items[RUN_MAX];
	enum what what = reading_number(&b->r, token)->what;
	size_t n = phrase_items(&b->r.tokens, s->phrase, RUN_MAX);

	if (n < 2 || n > RUN_MAX || !phrase_split(&b->r.tokens, b->r.words, b->r.text, b->pairs, s->phrase, n, items))
		return false;
	for (size_t i = 0; i < n; i++)
		if (indicator_of(b, &items[i], false, false, what, (enum measure)measure).len == 0)
			return false;
	for (size_t i = 0; i < n; i++)
		emit(b, token, low, m, s, &s->subject, measure, &items[i]);
	return true;
}

/* How many figures of a kind were said last in this sentence, each of a subject of its own. */
static size_t said_alike(const struct binder *b)
{
	const struct said *last = reading_said(&b->r, 1), *s;
	size_t n = 0;

	for (; (s = reading_said(&b->r, n + 1)) && s->sentence == b->r.sentence && s->what == last->what &&
	       s->measure == last->measure;
	     n++)
		if (n > 0 && s->subject.v[0].at >= reading_said(&b->r, n)->subject.v[0].at)
			break;
	return n;
}

/* 收入分别为9万元和3万元，均增长8%: one number for all that was said before makes a fact for each. */
static bool emit_said(struct binder *b, size_t token, size_t low, const struct match *m, const struct found *s, int measure)
{
	size_t n = said_alike(b);
	bool listed = reading_listed(&b->r, n);

	if (n < 2)
		return false;
	for (; n > 0; n--) {
		const struct said *one = reading_said(&b->r, n);
		emit(b, token, low, m, s, listed ? &one->whole : &one->subject, measure, listed ? &one->subject : NULL);
	}
	return true;
}

/* The measure of a figure that goes on a chain: A 5家、B 3家. */
static enum measure inherited(struct binder *b, enum what what, bool *down)
{
	const struct said *last = reading_said(&b->r, 1);
	bool here = last && last->sentence == b->r.sentence;
	bool counts = here && (last->what == WHAT_COUNT || last->what == WHAT_AMOUNT);

	if (here && last->verb_first && last->what == what && last->measure == MEASURE_CHANGE) {
		*down = last->down;
		return MEASURE_CHANGE;
	}
	if (what == WHAT_PERCENT) {
		if (!here || last->what != what || !last->verb_first)
			return MEASURE_LEVEL;
		*down = last->down;
		return (enum measure)last->measure;
	}
	return counts && last->measure == MEASURE_LEVEL ? MEASURE_LEVEL : MEASURE_COUNT;
}

/* 面积161平方公里、城镇化率59%，分别增加81平方公里和11个百分点: whether each figure of the run fits one that was said. */
static bool like_said(const struct binder *b, const struct run *run)
{
	for (size_t i = 0; i < run->n; i++) {
		const struct said *s = reading_said(&b->r, run->n - i);
		enum what what = reading_number(&b->r, run->token[i])->what;
		if (!s || s->sentence != b->r.sentence ||
		    (s->what != what && !(s->what == WHAT_PERCENT && what == WHAT_POINT)))
			return false;
	}
	return true;
}

/* 收入由2亿元增加到4亿元，支出由3亿元增加到8亿元，年均分别增长5%和6%: the last n subjects of this sentence, each told by any
 * number of figures; false when there are not so many. */
static bool said_each(const struct binder *b, size_t n, struct subject *out)
{
	const struct said *s;
	size_t left = n;

	for (size_t i = 1; left > 0 && (s = reading_said(&b->r, i)) && s->sentence == b->r.sentence; i++)
		if (left == n || s->subject.n != out[left].n ||
		    memcmp(s->subject.v, out[left].v, s->subject.n * sizeof *s->subject.v) != 0)
			out[--left] = s->subject;
	return left == 0;
}

/* 生产总值8亿元，工农业总产值9亿元，分别增长5%和6%: whether each of the last n figures had a subject of its own. */
static bool said_apart(const struct binder *b, size_t n)
{
	const struct said *last = reading_said(&b->r, 1), *first = reading_said(&b->r, n);

	return first && first->sentence == last->sentence && first->what == last->what && first->token != last->token;
}

/* 纺织业、造纸业分别实现产值2亿元、3亿元: n times who did it, each with what was done. */
static bool split_agent(struct binder *b, const struct found *s, size_t n, struct subject *items)
{
	if (s->who.from == s->who.to || s->subject.n < 2 ||
	    !phrase_split(&b->r.tokens, b->r.words, b->r.text, b->pairs, s->who, n, items))
		return false;
	for (size_t i = 0; i < n; i++)
		if (items[i].n < SUBJECT_PIECES)
			items[i].v[items[i].n++] = s->subject.v[s->subject.n - 1];
	return true;
}

/* 企业149家、比上年增加89家: whether behind the number at token i another tells by how many that stock has changed. */
static bool changes(const struct binder *b, size_t i)
{
	const struct tokens *t = &b->r.tokens;
	bool moves = false;

	for (i++; i < t->n && reading_is(&b->r, i, W_BOUND); i++)
		;
	if (i == t->n || !reading_is(&b->r, i, W_ENUM | W_COMMA))
		return false;
	for (i++;
	     i < t->n && reading_is(&b->r, i, W_ADV | W_COMP | W_THAN | W_NAME | W_DATE | W_TIME | W_UP | W_DOWN) &&
	     !reading_is(&b->r, i, W_NOUN | W_IND);
	     i++)
		moves = reading_is(&b->r, i, W_UP | W_DOWN);
	return moves && i < t->n && reading_is(&b->r, i, W_NUM) && reading_number(&b->r, i)->what == WHAT_COUNT;
}

/* 产值亿元以上的企业12家, 超5000万元的镇4个: whether the figure at token i only says which of those are meant that the next
 * one counts. */
static bool threshold(const struct binder *b, size_t low, size_t i)
{
	const struct tokens *t = &b->r.tokens;
	enum what what = reading_number(&b->r, i)->what;
	bool bound = i > low && reading_is(&b->r, i - 1, W_LEVEL), noun = false;

	if (what != WHAT_MONEY && what != WHAT_AMOUNT && what != WHAT_PERCENT)
		return false;
	for (i++; i < t->n && reading_is(&b->r, i, W_BOUND | W_OF); i++)
		bound = true;
	for (; i < t->n && !reading_is(&b->r, i, W_NUM); i++) {
		if (reading_is(&b->r, i, W_BREAK | W_ENUM | W_DATE | W_MODAL) ||
		    (reading_is(&b->r, i, W_MAKE | W_REACH) &&
		     !reading_is(&b->r, i, W_NOUN | W_IND | W_NOMV | W_NEW)))
			return false;
		noun = noun || t->v[i].classes == 0 || reading_is(&b->r, i, W_NOUN | W_IND | W_NOMV);
	}
	return bound && noun && i < t->n && reading_number(&b->r, i)->what == WHAT_COUNT;
}

/* Which head a bare aspect has, where more than one may be meant: 旅游业升温，接待游客8万人次，收入3亿元. */
static void choose_head(struct binder *b, struct found *s, enum what what, enum measure measure)
{
	struct subject bare = {.v[0] = s->subject.v[s->subject.n - 1], .n = 1};
	struct subject branch = {.v = {s->branch, bare.v[0]}, .n = 2};

	if (!s->branch.end && !s->headed)
		return;
	/* 引进项目8个，到位资金3亿元: an aspect that is an indicator by itself needs none. */
	bool known = indicator_of(b, &bare, false, false, what, measure).len;
	if (s->branch.end && (indicator_of(b, &branch, false, false, what, measure).len || (s->subject.n == 1 && !known)))
		s->subject = branch;
	else if (s->headed && known && indicator_of(b, &s->subject, false, false, what, measure).len == 0)
		s->subject = bare;
}

/* 甲产值8亿元、乙产值5亿元，占比分别提高到30%和20%: what was said of each, with what the two share. */
static bool split_related(const struct binder *b, const struct subject *s, size_t n, struct subject *items)
{
	for (size_t i = 0; i < n; i++) {
		const struct said *one = reading_said(&b->r, n - i);
		if (!one || one->sentence != b->r.sentence || one->subject.n == SUBJECT_PIECES)
			return false;
		items[i] = one->subject;
		items[i].v[items[i].n++] = s->v[s->n - 1];
	}
	return true;
}

/* 分别增长34%和1.3倍, 分别占三分之二和90% */
static bool rates(enum what what)
{
	return what == WHAT_PERCENT || what == WHAT_FRACTION || what == WHAT_MULTIPLE;
}

/* 前移2个位次: how far a rank moved, and no count of what stands behind. */
static bool moves_places(const struct binder *b, size_t token)
{
	static const char *const places[] = {"位次", "名次"};
	struct piece rest = {b->r.tokens.v[token].end, (uint32_t)b->r.text.len};

	return reading_number(&b->r, token)->what == WHAT_COUNT &&
	       (reading_starts(b->r.text, rest, places[0]) || reading_starts(b->r.text, rest, places[1]));
}

/* Binds a run whose words begin at token low; the first token that may say what the next figure is. */
static size_t bind_run(struct binder *b, size_t low, const struct run *run)
{
	const struct tokens *t = &b->r.tokens;
	struct subject items[RUN_MAX];
	struct match m;
	struct found s;
	size_t at = run->token[0], last_token = run->token[run->n - 1];
	enum what what = reading_number(&b->r, at)->what;

	size_t behind = moves_places(b, last_token) ? last_token + 1 : reading_clause_end(&b->r, last_token);
	if (!frames_find(b->frames, t, low, at, last_token, behind, what, &m)) {
		for (size_t i = 0; i < run->n; i++)
			unbound(b, run->token[i], "no frame");
		return last_token + 1;
	}
	int measure = m.measure;
	if (measure == MEASURE_INHERITED)
		measure = inherited(b, what, &m.down);
	if (measure == MEASURE_COUNT && m.start == at && m.where == WHERE_BEFORE && changes(b, last_token))
		measure = MEASURE_LEVEL;
	bool bound = reading_subject(&b->r, low, at, &m, &s) && subject_names(&s.subject);
	if (bound)
		choose_head(b, &s, what, (enum measure)measure);
	size_t next = s.phrase.to + 1;
	if (bound && m.where == WHERE_AFTER && s.subject.n == 1 && run->n == 1 && next < t->n &&
	    reading_is(&b->r, next, W_NUM) && counts_by(b, at) == counts_by(b, next))
		phrase_share_next(t, b->r.text, b->pairs, s.phrase, &s.subject);
	if (s.whole.n == 0)
		s.whole = s.subject;
	if (!bound) {
		for (size_t i = 0; i < run->n; i++)
			unbound(b, run->token[i], "no subject");
		return last_token + 1;
	}
	const struct said *last = reading_said(&b->r, 1);
	/* 新建道路8条120公里: the same roads, told in another unit. */
	if (s.carried && low == at && measure == MEASURE_LEVEL && what == WHAT_AMOUNT && last && last->token + 1 == at &&
	    last->what == WHAT_COUNT)
		measure = last->measure;
	/* 退耕还林2万亩，荒山造林1万亩; 退耕还草已完成3万亩: what is done has its verb behind. */
	if (!s.carried && measure == MEASURE_LEVEL && what == WHAT_AMOUNT && s.phrase.from < s.phrase.to &&
	    reading_is(&b->r, s.phrase.to - 1, W_MAKE | W_NOMV) &&
	    !reading_is(&b->r, s.phrase.to - 1, W_ASPECT | W_IND) &&
	    (reading_any(&b->r, (struct range){s.phrase.to, at}, W_REACH) ||
	     (m.start == at && last && last->sentence == b->r.sentence && last->what == what &&
	      last->measure == MEASURE_COUNT)))
		measure = MEASURE_COUNT;
	/* 开工保障房8万套: what is named is counted as it is done, too. */
	if (!s.carried && measure == MEASURE_LEVEL && what == WHAT_COUNT && m.where == WHERE_WHOLE && s.phrase.from > low &&
	    reading_is(&b->r, s.phrase.from - 1, W_DONE) && !reading_is(&b->r, s.phrase.from - 1, W_NOUN | W_IND) &&
	    !reading_any(&b->r, (struct range){s.phrase.to, at}, W_LEVEL | W_TO))
		measure = MEASURE_COUNT;
	if (measure == MEASURE_LEVEL && what == WHAT_AMOUNT && m.start == at && goes_on(b, &s, last, at))
		measure = MEASURE_COUNT;
	/* 增长4%，力争达到5%: what is reached is the growth. */
	if (s.carried && measure == MEASURE_LEVEL && what == WHAT_PERCENT && last && last->sentence == b->r.sentence &&
	    last->measure == MEASURE_GROWTH && last->what == what) {
		measure = MEASURE_GROWTH;
		m.down = last->down;
	}
	/* 工业增加值增速由负转正，达到5%: nor is it a level of the rate. */
	bool rate = s.carried && measure == MEASURE_LEVEL && what == WHAT_PERCENT && s.phrase.to > s.phrase.from + 1 &&
	            reading_is(&b->r, s.phrase.to - 1, W_RATE | W_DROP);
	if (rate) {
		measure = MEASURE_GROWTH;
		m.down = reading_is(&b->r, --s.phrase.to, W_DROP);
		s.subject = s.whole = reading_phrase(&b->r, s.phrase);
	}
	bool alike = true;
	for (size_t i = 1; i < run->n; i++)
		alike = alike && (reading_number(&b->r, run->token[i])->what == what ||
				  (rates(what) && rates(reading_number(&b->r, run->token[i])->what)));
	struct range list;
	bool split = false, each = reading_any(&b->r, (struct range){low, at}, W_DIST);
	if (run->n > 1 && (alike || (s.carried && each && like_said(b, run)))) {
		if (s.phrase.from < s.phrase.to) {
			split = phrase_split(t, b->r.words, b->r.text, b->pairs, s.phrase, run->n, items) ||
			        split_agent(b, &s, run->n, items);
		} else if (s.carried && each && last && last->sentence == b->r.sentence && !said_apart(b, run->n) &&
		           phrase_split(t, b->r.words, b->r.text, b->pairs, last->phrase, run->n, items)) {
			/* 甲和乙均实现翻番，分别达到5亿元和8亿元 */
			split = true;
		} else if (s.carried && reading_said(&b->r, run->n) &&
			   (reading_listed(&b->r, run->n) || measure == MEASURE_GROWTH || measure == MEASURE_RANK ||
			    measure == MEASURE_CHANGE || each)) {
			split = true;
			if (!said_each(b, run->n, items))
				for (size_t i = 0; i < run->n; i++)
					items[i] = reading_said(&b->r, run->n - i)->subject;
		}
		if (!split && each && s.related)
			split = split_related(b, &s.subject, run->n, items);
	}
	/* 甲、乙和丙跃上新台阶，分别为5亿元、6亿元和8亿元 */
	if (!split && run->n > 1 && s.carried && each && reading_list(&b->r, low, run->n, &list))
		split = phrase_split(t, b->r.words, b->r.text, b->pairs, list, run->n, items);
	size_t n = run->n;
	for (size_t i = 0; i < n; i++) {
		struct match mine = m;
		int my_measure = measure;
		if (i > 0) {
			enum what w = reading_number(&b->r, run->token[i])->what;
			struct match other;
			bool twice = run->token[i] == run->token[i - 1] + 1;
			if ((w != what && !twice) ||
			    reading_any(&b->r, (struct range){run->token[i - 1] + 1, run->token[i]},
					W_UP | W_DOWN)) {
				bool own = reading_any(&b->r, (struct range){run->token[i - 1] + 1, run->token[i]},
						       W_UP | W_DOWN);
				size_t from = own ? run->token[i - 1] + 1 : low;
				size_t where = own ? run->token[i] : at;
				if (frames_find(b->frames, t, from, where, own ? where : last_token,
						reading_clause_end(&b->r, last_token), w, &other)) {
					mine.measure = other.measure;
					mine.down = other.down;
					mine.name = other.name;
					my_measure = other.measure == MEASURE_INHERITED ? measure : other.measure;
				}
			}
		}
		const struct subject *subject = split ? &items[i] : &s.subject;
		bool of_each = reading_any(&b->r, (struct range){low, at}, W_EACH);
		if (n == 1 && s.phrase.from < s.phrase.to && (of_each || my_measure == MEASURE_GROWTH) &&
		    emit_each(b, run->token[i], low, &mine, &s, my_measure))
			continue;
		if (n == 1 && of_each && s.carried && s.phrase.from == s.phrase.to &&
		    emit_said(b, run->token[i], low, &mine, &s, my_measure))
			continue;
		emit(b, run->token[i], low, &mine, &s, subject, my_measure, NULL);
	}
	if (n == 1 && threshold(b, low, at))
		return low;
	bool held = measure == MEASURE_COUNT && extent_of(b, &s.subject, low, at, &m) == EXTENT_END;
	for (size_t i = 0; i < n; i++) {
		struct said said = {split ? items[i] : s.subject, s.whole, b->r.sentence, run->token[n - 1], measure, what,
		                    m.down, m.where == WHERE_GAP, s.place, s.agent, held, s.phrase};
		reading_remember(&b->r, &said);
	}
	return s.past ? s.past : last_token + 1;
}

/* 一般公共预算收入、城乡居民收入与经济增长同步: a fact for each. */
static void find_goal(struct binder *b, struct range clause)
{
	struct subject items[RUN_MAX];
	struct goal goal;

	if (!period_target(&b->period) || !goal_find(&b->r.tokens, b->r.words, clause, &goal))
		return;
	enum relation relation = words_relation(b->r.words, b->r.tokens.v[goal.mark].ref);
	size_t n = phrase_items(&b->r.tokens, goal.subjects, RUN_MAX);
	if (n > RUN_MAX || !phrase_split(&b->r.tokens, b->r.words, b->r.text, b->pairs, goal.subjects, n, items)) {
		n = 1;
		items[0] = reading_phrase(&b->r, goal.subjects);
	}
	struct span told = reading_text(&b->r, clause);
	bool growth = relation == RELATION_SYNC_WITH || relation == RELATION_POSITIVE || span_find(told, "增速") ||
	              span_find(told, "增长") || span_find(told, "增幅");
	for (size_t i = 0; i < n; i++) {
		enum measure measure = growth ? MEASURE_GROWTH : MEASURE_LEVEL;
		if (!subject_names(&items[i]))
			continue;
		struct span id = indicator_of(b, &items[i], false, false, WHAT_PERCENT, growth ? measure : MEASURE_CHANGE);
		/* Much is to be stable that nobody measures. */
		if (id.len == 0 && relation != RELATION_SYNC_WITH && relation != RELATION_DELEGATED)
			continue;
		struct fact fact = {.number = -1, .at = b->r.tokens.v[goal.mark].at}, *f = &fact;
		f->subject = items[i];
		f->indicator = id;
		f->measure = measure;
		f->relation = relation;
		f->frame = span_of(relation_names[relation]);
		f->place = reading_place(&b->r, (struct range){clause.from, goal.subjects.from}, b->r.home);
		if (goal.reference.from < goal.reference.to)
			f->reference = phrase_piece(&b->r.tokens, b->r.text, goal.reference);
		place_in_time(b, f, clause.from, goal.mark, EXTENT_OWN);
		tell(b, f);
	}
}

/* Whether the duration at token i is itself measured: 缩短2天, 达到10.5年, but not 连续10年. */
static bool lasts(const struct binder *b, size_t i)
{
	size_t end = i + 1;

	while (i > 0 && reading_is(&b->r, i - 1, W_BOUND))
		i--;
	/* 从2020年的9.6年 */
	if (i > 2 && reading_is(&b->r, i - 1, W_OF) && reading_is(&b->r, i - 2, W_DATE))
		i -= 2;
	if (i == 0)
		return false;
	const struct token *v = &b->r.tokens.v[i - 1];
	if (v->classes & (W_IND | W_ASPECT) && end <= b->r.tokens.n &&
	    (end == b->r.tokens.n || reading_is(&b->r, end, W_BREAK | W_ENUM | W_BOUND)))
		return true;
	if (v->classes & W_FROM && end < b->r.tokens.n && reading_is(&b->r, end, W_TO | W_UP | W_DOWN))
		return true;
	if (end < b->r.tokens.n && !reading_is(&b->r, end, W_BREAK | W_ENUM | W_AND | W_BOUND))
		return false;
	return v->classes & (W_LEVEL | W_TO | W_UP | W_DOWN) && !(v->classes & W_RANKV) && v->end - v->at > 3;
}

/* Whether the figure at token i is the goal that the next one is measured by: 比计划目标8亿元超过2亿元, 高于12%的预期目标2个百分点. */
static bool measured_by(const struct binder *b, size_t low, size_t i)
{
	size_t end = i + 1;

	if (!reading_any(&b->r, (struct range){low, i}, W_THAN | W_OVER | W_UNDER))
		return false;
	while (end < b->r.tokens.n && !reading_is(&b->r, end, W_BREAK | W_NUM | W_ENUM))
		end++;
	if (end == b->r.tokens.n || !reading_is(&b->r, end, W_NUM))
		return false;
	return reading_names_goal(&b->r, (struct range){low, i}) ||
	       (reading_is(&b->r, i + 1, W_OF) && reading_names_goal(&b->r, (struct range){i + 1, end}));
}

/* Whether the count at token i is of those among whom something ranks: 居全省11个地市第2位. */
static bool ranked_among(const struct binder *b, size_t i)
{
	size_t end = i + 1;

	if (reading_number(&b->r, i)->what != WHAT_COUNT || i == 0 || !reading_is(&b->r, i - 1, W_SCOPE | W_HERE))
		return false;
	while (end < b->r.tokens.n && !reading_is(&b->r, end, W_BREAK | W_NUM | W_ENUM | W_AND))
		end++;
	return end < b->r.tokens.n && reading_is(&b->r, end, W_NUM) && reading_number(&b->r, end)->what == WHAT_RANK;
}

/* The classes at which something happens. */
#define HEEDED (W_BREAK | W_DATE | W_ORDINAL | W_DURATION | W_NUM | W_HEDGE | W_RELATION | PERIOD_CLASSES)

static void walk_sentence(struct binder *b)
{
	const struct tokens *t = &b->r.tokens;
	size_t low = t->from, clause = low; /* where the words of the next number, and the clause, begin */
	bool figure = false, relation = false; /* the clause has one */

	for (size_t i = low; i < t->n; i++) {
		if (!reading_is(&b->r, i, HEEDED))
			continue;
		if (reading_is(&b->r, i, W_BREAK)) {
			if (relation && !figure)
				find_goal(b, (struct range){clause, i});
			figure = relation = false;
			low = clause = i + 1;
		} else if (reading_is(&b->r, i, W_DATE | W_ORDINAL) || (reading_is(&b->r, i, W_DURATION) && !lasts(b, i))) {
			unbound(b, i, reading_is(&b->r, i, W_DATE) ? "date" : reading_is(&b->r, i, W_DURATION) ? "duration" : reading_number(&b->r, i)->named ? "name" : "ordinal");
		} else if (reading_is(&b->r, i, W_NUM) && measured_by(b, low, i)) {
			unbound(b, i, "goal to measure by");
			b->period.start = 0;
			figure = true;
		} else if (reading_is(&b->r, i, W_NUM) && ranked_among(b, i)) {
			unbound(b, i, "those that are ranked");
		} else if (reading_is(&b->r, i, W_NUM | W_DURATION)) {
			struct run run = run_at(b, i, reading_any(&b->r, (struct range){low, i}, W_DIST));
			low = bind_run(b, low, &run);
			i = run.token[run.n - 1];
			figure = true;
		}
		if (reading_is(&b->r, i, W_RELATION))
			relation = true;
		if (reading_is(&b->r, i, W_HEDGE | W_BREAK))
			follow_hedge(b, i);
		if (reading_is(&b->r, i, PERIOD_CLASSES))
			period_token(&b->period, b->r.words, b->r.text, t, i, &b->r.numbers);
	}
	if (relation && !figure)
		find_goal(b, (struct range){clause, t->n});
	b->r.sentence++;
}

static void document(struct binder *b, const struct record *r)
{
	size_t year = 0, given = 0, home = 0;

	if (r->m[M_year].p)
		json_size(r->m[M_year], YEAR_MAX, &year);
	struct span date = r->m[M_date];
	bool last = false;
	if (year && date.p && date.len > 8 && json_size((struct span){date.p + 1, 4}, YEAR_MAX, &given)) {
		/* One of November or December plans for the next year. */
		last = date.p[6] == '1' && date.p[7] > '0';
		/* 2011年政府工作报告 of January 2012 is called after the year that it looks back on. */
		if (given == year + 1 || (given == year && last))
			year = given + last;
	}
	period_document(&b->period, b->parts, (int)year, last && given + 1 == year, r->text);
	struct span adcode = r->m[M_adcode];
	if (adcode.p && adcode.len > 2 && *adcode.p == '"')
		json_size((struct span){adcode.p + 1, adcode.len - 2}, CODE_MAX, &home);
	b->r.home = (uint32_t)home;
}

static bool dates_only(const struct figures *numbers)
{
	for (size_t i = 0; i < numbers->n; i++)
		if (numbers->v[i].kind != KIND_DATE)
			return false;
	return true;
}

const char *binder_array(void *self, enum member m, const char *s, const char *end)
{
	struct binder *b = self;

	return m == M_numbers    ? figures_pass(&b->r.numbers, s, end)
	       : m == M_entities ? places_pass(&b->r.places, s, end)
				 : NULL;
}

const char *binder_read(struct binder *b, const struct record *r)
{
	struct span type = {"", 0}, part = {"", 0};
	const char *why = NULL;

	b->tells = false;
	b->r.said = b->r.sentence = b->r.tokens.n = 0;
	b->r.text = r->text;
	record_string(r, M_type, &b->scratch, &type);
	if (span_is(type, "document")) {
		document(b, r);
		return NULL;
	}
	if (!figures_read(r->m[M_numbers], r->text, &b->r.numbers, &why) ||
	    !places_read(r->m[M_entities], r->text, &b->r.numbers, &b->r.places, &why))
		return why;
	b->tells = !span_is(type, "note");
	record_string(r, M_part, &b->scratch, &part);
	period_record(&b->period, &b->headings, b->words, b->parts, r->m[M_path], part);
	if (!span_is(type, "heading"))
		period_mood(&b->period, b->moods, r->text);
	if (r->text.len <= LINE_BYTES && dates_only(&b->r.numbers))
		period_line(&b->period, b->parts, r->text);
	return NULL;
}

void binder_bind(struct binder *b, fact_each *each, void *self)
{
	struct cutter cutter;
	bool mixed = b->period.mixed.first, goals = b->period.target;

	/* Without a number or a cue nothing is told; where headings name a year and a term, and after a line of a document
	 * without a year, the next record may hang on what this one opens with. */
	bool line = b->period.year == 0 && b->r.text.len <= LINE_BYTES;
	if (!b->tells || (b->r.numbers.n == 0 && !mixed && !line && !words_cued(b->words, b->r.text, !goals)))
		return;
	b->each = each;
	b->self = self;
	b->hedge = b->list_hedge = (struct piece){0, 0};
	/* There, any word for a mean or a sum says which of them is meant. */
	cutter_start(&cutter, b->words, b->r.text, &b->r.numbers, &b->r.places, b->r.home,
	             goals && mixed ? TOKENS_ALL : goals || mixed ? TOKENS_GOALS : TOKENS_FIGURES);
	while (cutter_sentence(&cutter, &b->r.tokens))
		walk_sentence(b);
}
