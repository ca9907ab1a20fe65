#include "fact.h"

#include <stdlib.h>

#include "err.h"
#include "goal.h"
#include "json.h"
#include "utf8.h"

enum { RUN_MAX = 16, HISTORY = 16, YEAR_MAX = 9999, CODE_MAX = 999999 };

/* A subject that was said, to be carried on. */
struct said {
	struct subject subject;
	struct subject whole; /* of all that were said in one breath */
	size_t sentence; /* counted in the record */
	size_t token;    /* where its number stands */
	size_t run;      /* numbers said in one breath share it */
	int measure;
	enum what what;
	bool down;
	bool verb_first; /* 压减A 5%、B 10%: what follows in the chain is of the same kind */
	uint32_t place;
	bool agent;      /* its first piece is who did it */
};

struct binder {
	struct indicators *indicators;
	struct words *words;
	struct frames *frames;
	struct pairs *pairs;

	/* of the document */
	struct period period;
	uint32_t home; /* adcode, 0 when unknown */

	/* of the record */
	struct span text;
	struct figures numbers;
	struct places places;
	struct tokens tokens;
	struct said history[HISTORY];
	size_t said; /* ever; the last is history[(said - 1) % HISTORY] */
	size_t sentence, runs;
	struct fact *facts;
	size_t n, room;
	struct buf words_buf, scratch;
};

struct binder *binder_new(char *const *indicators, size_t n)
{
	struct binder *b = xcalloc(1, sizeof *b);
	b->indicators = indicators_load(indicators, n);
	b->words = words_load(b->indicators);
	b->frames = frames_load();
	b->pairs = pairs_load();
	return b;
}

void binder_free(struct binder *b)
{
	if (!b)
		return;
	pairs_free(b->pairs);
	frames_free(b->frames);
	words_free(b->words);
	indicators_free(b->indicators);
	figures_free(&b->numbers);
	places_free(&b->places);
	tokens_free(&b->tokens);
	free(b->facts);
	buf_free(&b->words_buf);
	buf_free(&b->scratch);
	free(b);
}

static bool is(const struct binder *b, size_t token, uint64_t classes)
{
	return (b->tokens.v[token].classes & classes) != 0;
}

static bool any(const struct binder *b, struct range r, uint64_t classes)
{
	for (size_t i = r.from; i < r.to; i++)
		if (is(b, i, classes))
			return true;
	return false;
}

static struct span between(const struct binder *b, struct range r)
{
	if (r.from >= r.to)
		return (struct span){"", 0};
	uint32_t at = b->tokens.v[r.from].at;
	return (struct span){b->text.p + at, b->tokens.v[r.to - 1].end - at};
}

static bool holds(struct span s, const char *word)
{
	return memmem(s.p, s.len, word, strlen(word)) != NULL;
}

static bool starts(struct span text, struct piece p, const char *word)
{
	size_t n = strlen(word);
	return p.end - p.at >= n && memcmp(text.p + p.at, word, n) == 0;
}

/* Areas and boxes are measured, not counted, though their units have no code but a classifier. */
static bool measured(struct span unit)
{
	static const char *const units[] = {"{亩}", "{标箱}", "{人次}", "{头}", "{只}", "{羽}"};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (span_is(unit, units[i]))
			return true;
	return false;
}

static bool currency(struct span unit)
{
	if (unit.len < 3 || (unit.len > 3 && unit.p[3] != '/'))
		return false;
	for (size_t i = 0; i < 3; i++)
		if (unit.p[i] < 'A' || unit.p[i] > 'Z')
			return false;
	return true;
}

static enum what what_of(const struct figure *n)
{
	switch (n->kind) {
	case KIND_PERCENT: return WHAT_PERCENT;
	case KIND_POINT: return WHAT_POINT;
	case KIND_RATIO: return WHAT_RATIO;
	case KIND_FRACTION: return WHAT_FRACTION;
	case KIND_MULTIPLE: return WHAT_MULTIPLE;
	case KIND_RANK: return WHAT_RANK;
	default: break;
	}
	if (n->unit.len == 0)
		return WHAT_BARE;
	if (currency(n->unit))
		return WHAT_MONEY;
	return *n->unit.p == '{' && !measured(n->unit) ? WHAT_COUNT : WHAT_AMOUNT;
}

static const struct figure *number_at(const struct binder *b, size_t token)
{
	return &b->numbers.v[b->tokens.v[token].ref];
}

static struct fact *new_fact(struct binder *b)
{
	if (b->n == b->room) {
		b->room = b->room ? 2 * b->room : 64;
		b->facts = xrealloc(b->facts, b->room * sizeof *b->facts);
	}
	struct fact *f = &b->facts[b->n++];
	*f = (struct fact){.number = -1};
	return f;
}

static void unbound(struct binder *b, size_t token, const char *why)
{
	struct fact *f = new_fact(b);
	f->number = b->tokens.v[token].ref;
	f->at = b->tokens.v[token].at;
	f->frame = span_of(why);
}

/* The subject said nth before, 1 the last; NULL when there is none. */
static struct said *said_before(struct binder *b, size_t nth)
{
	if (nth > b->said || nth > HISTORY)
		return NULL;
	return &b->history[(b->said - nth) % HISTORY];
}

static void remember(struct binder *b, const struct subject *s, const struct subject *whole, size_t token, int measure,
                     enum what what, const struct match *m, uint32_t place, bool agent)
{
	struct said *v = &b->history[b->said++ % HISTORY];
	*v = (struct said){*s, *whole, b->sentence, token, b->runs, measure, what, m->down,
	                   m->where == WHERE_GAP, place, agent};
}

/* The clause in front of token low, when it has no figure of its own: what it is about. */
static struct range topic(const struct binder *b, size_t low)
{
	const struct tokens *t = &b->tokens;

	while (low > 0 && is(b, low - 1, W_COMMA | W_SEMI)) {
		struct range r = {low - 1, low - 1}, head, object;
		while (r.from > 0 && !(t->v[r.from - 1].classes & (W_BREAK | W_NUM)))
			r.from--;
		if (r.from > 0 && is(b, r.from - 1, W_NUM))
			break;
		head = r;
		while (head.from < head.to && is(b, head.from, W_ADV | W_TIME | W_DATE | W_HERE | W_INCL | W_COMP))
			head.from++;
		head = phrase_after(t, head);
		object = phrase_before(t, r);
		/* … 三年行动: the object is what the plan is for. */
		for (size_t i = object.from + 1; i < object.to; i++)
			if (is(b, i, W_DURATION))
				object.to = i;
		if (head.from < head.to && head.to < r.to)
			return head;
		if (object.from < object.to)
			return object;
		low = r.from;
	}
	return (struct range){0, 0};
}

/* Puts one more stretch to the end of a subject, without saying what its end says already:
 * 城乡居民收入 and 收入比 make 城乡居民 and 收入比. */
static void append(const struct binder *b, struct subject *s, struct piece p)
{
	struct piece *last = &s->v[s->n - 1];
	uint32_t overlap = p.end - p.at < last->end - last->at ? p.end - p.at : last->end - last->at;

	for (; overlap > 3; overlap--)
		if (memcmp(b->text.p + last->end - overlap, b->text.p + p.at, overlap) == 0)
			break;
	if (overlap > 3 && last->end - overlap > last->at)
		last->end -= overlap;
	if (s->n < SUBJECT_PIECES)
		s->v[s->n++] = p;
}

/* Whether r only names an aspect of something that was named before. */
static bool relational(const struct binder *b, struct range r, uint64_t classes)
{
	if (r.from < r.to && is(b, r.from, W_SHARE))
		return true;
	for (size_t i = r.from; i < r.to; i++)
		if (!is(b, i, classes | W_OF) || is(b, i, W_IND) || (is(b, i, W_NOUN) && !is(b, i, W_REL)))
			return false;
	return r.from < r.to;
}

struct found {
	struct subject subject;
	struct subject whole; /* what was said for all of a run that it was carried from; else the same */
	struct range phrase;  /* the tokens it was made of, empty when it was carried */
	bool agent, carried;
	uint32_t place;
};

enum { NATION = 100000 };

/* The code of 全国, 全省 or 全市 as somebody at home says it. A county-level city calls itself 市. */
static uint32_t wider(uint32_t home, uint64_t classes)
{
	bool county = home % 100 != 0, city = home % 100 > 80;

	if (classes & W_NATION)
		return NATION;
	if (home == 0 || home == NATION)
		return home;
	if (classes & W_PROVINCE)
		return home / 10000 * 10000;
	return classes & W_CITY && county && !city ? home / 100 * 100 : home;
}

/* A short name far from home (惠民, 和平) is too often a word to say whose figure it is. */
static bool trusted(const struct binder *b, const struct place_mark *p)
{
	static const char *const ends[] = {"省", "市", "县", "区", "旗", "州", "盟"};
	if (p->code / 10000 == b->home / 10000)
		return true;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (memcmp(b->text.p + p->end - 3, ends[i], 3) == 0)
			return true;
	return b->home % 10000 == 0 || p->code % 10000 == 0;
}

/* Whose figure it is: the place that r, the words in front of the subject, begins with. */
static uint32_t place_in(const struct binder *b, struct range r, uint32_t place)
{
	while (r.from < r.to && is(b, r.from, W_ADV | W_TIME | W_DATE | W_EST | W_INCL | W_ENUM | W_BOUND | W_MODAL))
		r.from++;
	if (r.from == r.to)
		return place;
	const struct token *v = &b->tokens.v[r.from];
	bool many = r.from + 1 < b->tokens.n && is(b, r.from + 1, W_ENUM | W_AND);
	if (v->classes & W_PLACE && v->ref >= 0 && !many && trusted(b, &b->places.v[v->ref]))
		return b->places.v[v->ref].code;
	return v->classes & (W_NATION | W_PROVINCE | W_CITY) ? wider(b->home, v->classes) : place;
}

/* The place that a subject begins with (杭州 and 跨境电商交易额), else the one given. */
static uint32_t place_of(const struct binder *b, const struct subject *s, uint32_t place)
{
	size_t low = 0, high = b->places.n;

	/* They are in the order of the text. */
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (b->places.v[mid].at < s->v[0].at)
			low = mid + 1;
		else
			high = mid;
	}
	const struct place_mark *p = &b->places.v[low];
	if (low < b->places.n && p->at == s->v[0].at && s->v[0].end >= p->end && trusted(b, p) &&
	    (low + 1 == b->places.n || p[1].at > p->end) &&
	    !starts(b->text, (struct piece){p->end, s->v[0].end}, "、"))
		return p->code;
	return place;
}

static struct subject one(const struct binder *b, struct range r)
{
	struct subject s = {.n = 1};
	s.v[0] = phrase_piece(&b->tokens, b->text, r);
	return s;
}

static bool carried(struct binder *b, size_t low, bool counts, struct found *out)
{
	const struct said *last = said_before(b, 1);
	struct range r = topic(b, low);
	bool here = last && last->sentence == b->sentence;

	if (r.from < r.to && (!here || (counts && b->tokens.v[r.from].at > b->tokens.v[last->token].at))) {
		out->subject = one(b, r);
		out->phrase = r;
		out->carried = true;
		return true;
	}
	if (!last || (counts && !here))
		return false;
	out->subject = last->subject;
	out->whole = last->whole;
	out->agent = last->agent;
	out->place = last->place;
	out->carried = true;
	return true;
}

/* 民营经济增加值 …、出口 …: the head of what was said before also is that of a bare aspect, unless it was bare, too. */
static void attach_aspect(const struct binder *b, const struct subject *before, struct found *out)
{
	struct subject s = *before;
	struct piece *tail = &s.v[s.n - 1];
	bool bare = words_aspect(b->words, b->text.p + tail->at, b->text.p + tail->end) == tail->end - tail->at;

	if (s.n == SUBJECT_PIECES || (bare && s.n == 1))
		return;
	subject_aspect(b->words, b->text, tail);
	append(b, &s, out->subject.v[0]);
	out->subject = s;
}

/* The subject that a match points to. */
static bool find_subject(struct binder *b, size_t low, size_t at, const struct match *m, struct found *out)
{
	const struct tokens *t = &b->tokens;
	const struct said *last = said_before(b, 1);
	struct range r = {low, m->start};
	bool counts = m->measure == MEASURE_COUNT || m->measure == MEASURE_INHERITED;
	size_t joint = low;
	while (joint < at && is(b, joint, W_BOUND))
		joint++;
	bool chained = is(b, joint, W_ENUM | W_AND) && last && last->token + 1 == low;

	*out = (struct found){.subject.n = 0};
	out->place = b->home;
	if (m->where == WHERE_AFTER || m->where == WHERE_HEAD)
		r = m->behind;
	else if (m->where == WHERE_GAP)
		r = phrase_object(t, m->gap);
	else if (m->where == WHERE_BEFORE)
		r = phrase_before(t, r);
	else if (m->where == WHERE_WHOLE)
		r = phrase_before(t, (struct range){low, at});
	else
		r.from = r.to;
	if (r.from == r.to)
		return carried(b, low, counts || b->numbers.v[t->v[at].ref].kind == KIND_QUANTITY, out);
	out->phrase = r;
	out->subject = one(b, r);
	out->place = place_in(b, (struct range){low, r.from > low ? r.from : low}, b->home);
	if (m->where == WHERE_HEAD) {
		/* 总投资N亿元的项目: 项目, 总投资 */
		struct range own = phrase_before(t, (struct range){low, at});
		if (own.from < own.to)
			append(b, &out->subject, phrase_piece(t, b->text, own));
		return true;
	}
	if (m->where == WHERE_AFTER) {
		size_t i = r.to;
		while (i < t->n && is(b, i, W_ADV))
			i++;
		if (i < t->n && is(b, i, W_AWARD)) {
			size_t end = ++i;
			while (end < t->n && !is(b, end, W_BREAK | W_NUM))
				end++;
			struct range honour = phrase_after(t, (struct range){i, end});
			if (honour.from < honour.to)
				append(b, &out->subject, phrase_piece(t, b->text, honour));
		}
		return true;
	}
	/* 宁波舟山港完成货物吞吐量 …: who did it belongs to the subject. */
	if (is(b, m->start, W_REACH)) {
		struct range who = phrase_before(t, (struct range){low, m->start});
		if (who.from < who.to && !relational(b, who, W_REL | W_ASPECT)) {
			struct subject s = one(b, who);
			append(b, &s, out->subject.v[0]);
			out->subject = s;
			out->agent = true;
		}
	}
	if (!last || last->sentence != b->sentence) {
		struct range about = topic(b, low);
		bool reached = is(b, m->start, W_REACH) && relational(b, r, W_ASPECT) && !out->agent;
		if ((reached || relational(b, r, W_REL | W_RATE | W_PORTION)) && about.from < about.to) {
			struct subject s = one(b, about);
			append(b, &s, out->subject.v[0]);
			out->subject = s;
		}
		return true;
	}
	if (chained && last->agent && !out->agent) {
		struct subject s = {.n = 1};
		s.v[0] = last->subject.v[0];
		append(b, &s, out->subject.v[0]);
		out->subject = s;
		out->agent = true;
	} else if (relational(b, r, W_REL | W_RATE | W_PORTION)) {
		struct subject s = last->whole;
		if (s.n < SUBJECT_PIECES) {
			append(b, &s, out->subject.v[0]);
			out->subject = s;
			out->place = last->place;
		}
	} else if (!out->agent && relational(b, r, W_ASPECT) &&
	           (chained || (is(b, m->start, W_REACH) && (last->what == WHAT_COUNT || last->what == WHAT_AMOUNT)))) {
		attach_aspect(b, &last->subject, out);
	}
	return true;
}

static struct span indicator_of(struct binder *b, const struct subject *s, bool agent, bool added, enum what what,
                                enum measure measure)
{
	struct span id = {"", 0};
	static const char verb[] = "新增";

	/* 出口 … 占全国份额 is a share of 出口. */
	struct subject head = *s;
	if (s->n > 1 && starts(b->text, s->v[s->n - 1], "占"))
		head.n--;
	subject_words(&head, b->text, &b->words_buf);
	if (added) {
		buf_clear(&b->scratch);
		buf_puts(&b->scratch, verb);
		buf_put(&b->scratch, b->words_buf.p, b->words_buf.len);
		id = indicators_find(b->indicators, (struct span){b->scratch.p, b->scratch.len}, what, measure);
	}
	if (id.len == 0)
		id = indicators_find(b->indicators, (struct span){b->words_buf.p, b->words_buf.len}, what, measure);
	/* 经济增长, 物价涨幅: names that hold the word for their growth. */
	static const char *const rates[] = {"增长", "涨幅"};
	size_t bare = b->words_buf.len;
	for (size_t i = 0; i < 2 && id.len == 0 && measure == MEASURE_GROWTH; i++) {
		b->words_buf.len = bare;
		buf_puts(&b->words_buf, rates[i]);
		id = indicators_find(b->indicators, (struct span){b->words_buf.p, b->words_buf.len}, what, measure);
	}
	if (id.len == 0 && agent && s->n > 1) {
		struct subject done = *s;
		done.n--;
		memmove(done.v, done.v + 1, done.n * sizeof *done.v);
		id = indicator_of(b, &done, false, added, what, measure);
	}
	return id;
}

/* Whether the subject names a share: its phrase ends with 比重, 占比 … */
static bool share_like(const struct binder *b, const struct subject *s)
{
	static const char *const ends[] = {"比重", "占比", "比例", "份额", "之比"};
	struct piece p = s->v[s->n - 1];

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t n = strlen(ends[i]);
		if (p.end - p.at >= n && memcmp(b->text.p + p.end - n, ends[i], n) == 0)
			return true;
	}
	return false;
}

/* The word that hedges the figure at token: in its own part of the sentence, else one that opens a list
 * (预期目标是：…；…). */
static struct piece hedge_of(const struct binder *b, size_t token)
{
	static const char colon[] = "：";
	bool near = true, opens = false;

	for (size_t i = token; i-- > 0 && !is(b, i, W_STOP);) {
		struct piece p = {b->tokens.v[i].at, b->tokens.v[i].end};
		if (is(b, i, W_SEMI))
			near = false;
		if (is(b, i, W_COMMA))
			opens = starts(b->text, p, colon) || starts(b->text, p, ":");
		if (is(b, i, W_HEDGE) && !is(b, i, W_NOUN) && (near || opens))
			return p;
	}
	return (struct piece){0, 0};
}

/* Time, status and what hangs on them. */
static void place_in_time(struct binder *b, struct fact *f, size_t low, size_t token)
{
	struct range words = {low, token};
	bool mean = any(b, words, W_AVG) || (f->number >= 0 && b->numbers.v[f->number].kind == KIND_MULTIPLE);

	enum what what = f->number < 0 ? WHAT_PERCENT : what_of(&b->numbers.v[f->number]);
	bool sum = what == WHAT_MONEY || what == WHAT_COUNT || what == WHAT_AMOUNT || what == WHAT_BARE;

	f->target = period_target(&b->period);
	f->estimated = !f->target && b->period.estimated;
	f->period = period_of(&b->period, f->measure, mean, sum);
	if (f->measure == MEASURE_FROM)
		f->period = period_start(&b->period, holds(between(b, words), "年初"));
	if (f->target) {
		f->hedge = hedge_of(b, token);
		for (size_t i = token + 1; i < b->tokens.n && !is(b, i, W_NUM | W_STOP | W_SEMI) && !f->stretch; i++)
			f->stretch = is(b, i, W_STRETCH);
	}
}

struct run {
	size_t token[RUN_MAX];
	size_t n;
};

static size_t clause_end(const struct binder *b, size_t token)
{
	size_t i = token + 1;
	/* 100个亿元以上项目 */
	if (i + 1 < b->tokens.n && is(b, i, W_NUM) && is(b, i + 1, W_BOUND))
		i += 2;
	while (i < b->tokens.n && !is(b, i, W_BREAK | W_NUM))
		i++;
	return i;
}

/* The numbers that begin at token at and are said in one breath: 64886元、36632元; 第1和第3位; and after 分别 also
 * 增长10%和下降5%. */
static struct run run_at(const struct binder *b, size_t at, bool shared)
{
	struct run run = {{at}, 1};
	size_t i = at + 1;

	while (run.n < RUN_MAX) {
		bool joined = false;
		while (i < b->tokens.n && is(b, i, W_BOUND | W_ENUM | W_AND | W_ACCUM | (shared ? W_UP | W_DOWN | W_COMMA : 0))) {
			joined = joined || is(b, i, W_ENUM | W_AND);
			i++;
		}
		if (i == b->tokens.n || !is(b, i, W_NUM) || !joined)
			break;
		/* 41个、100亿元以上项目3个: another kind of figure, with a noun of its own. */
		struct range behind = phrase_after(&b->tokens, (struct range){i + 1, clause_end(b, i)});
		if (what_of(number_at(b, i)) != what_of(number_at(b, at)) && behind.from < behind.to)
			break;
		run.token[run.n++] = i++;
	}
	return run;
}

/* item is the one of those in subject that the indicator is of, or NULL for all of it. */
static void emit(struct binder *b, size_t token, size_t low, const struct match *m, const struct found *s,
                 const struct subject *subject, int measure, const struct subject *item)
{
	struct fact *f = new_fact(b);
	enum what what = what_of(number_at(b, token));
	bool added = is(b, m->start, W_NEW);

	f->number = b->tokens.v[token].ref;
	f->at = b->tokens.v[token].at;
	f->subject = *subject;
	if (item)
		f->part = item->v[0];
	f->measure = (enum measure)measure;
	if (f->measure == MEASURE_LEVEL && (what == WHAT_PERCENT || what == WHAT_FRACTION) && share_like(b, subject))
		f->measure = MEASURE_SHARE;
	f->down = m->down;
	f->frame = m->name;
	f->indicator = indicator_of(b, item ? item : subject, s->agent, added, what, f->measure);
	f->place = place_of(b, subject, s->place);
	place_in_time(b, f, low, token);
}

/* 均增长8%: one number for several indicators makes a fact for each, when the dictionary has them all. */
static bool emit_each(struct binder *b, size_t token, size_t low, const struct match *m, const struct found *s,
                      int measure)
{
	struct subject items[RUN_MAX];
	enum what what = what_of(number_at(b, token));
	size_t n = phrase_items(&b->tokens, s->phrase, RUN_MAX);

	if (n < 2 || n > RUN_MAX || !phrase_split(&b->tokens, b->words, b->text, b->pairs, s->phrase, n, items))
		return false;
	for (size_t i = 0; i < n; i++)
		if (indicator_of(b, &items[i], false, false, what, (enum measure)measure).len == 0)
			return false;
	for (size_t i = 0; i < n; i++)
		emit(b, token, low, m, s, &s->subject, measure, &items[i]);
	return true;
}

/* The measure of a figure that goes on a chain: A 5家、B 3家. */
static enum measure inherited(struct binder *b, enum what what, bool *down)
{
	const struct said *last = said_before(b, 1);
	bool here = last && last->sentence == b->sentence;
	bool counts = here && (last->what == WHAT_COUNT || last->what == WHAT_AMOUNT);

	if (what == WHAT_PERCENT) {
		if (!here || last->what != what || !last->verb_first)
			return MEASURE_LEVEL;
		*down = last->down;
		return (enum measure)last->measure;
	}
	return counts && last->measure == MEASURE_LEVEL ? MEASURE_LEVEL : MEASURE_COUNT;
}

static void bind_run(struct binder *b, size_t low, const struct run *run)
{
	const struct tokens *t = &b->tokens;
	struct subject items[RUN_MAX];
	struct match m;
	struct found s;
	size_t at = run->token[0], last_token = run->token[run->n - 1];
	enum what what = what_of(number_at(b, at));

	if (!frames_find(b->frames, t, low, at, last_token, clause_end(b, last_token), what, &m)) {
		for (size_t i = 0; i < run->n; i++)
			unbound(b, run->token[i], "no frame");
		return;
	}
	int measure = m.measure;
	if (measure == MEASURE_INHERITED)
		measure = inherited(b, what, &m.down);
	bool bound = find_subject(b, low, at, &m, &s);
	if (s.whole.n == 0)
		s.whole = s.subject;
	if (!bound) {
		for (size_t i = 0; i < run->n; i++)
			unbound(b, run->token[i], "no subject");
		return;
	}
	/* 增长4%，力争达到5%: what is reached is the growth. */
	const struct said *last = said_before(b, 1);
	if (s.carried && measure == MEASURE_LEVEL && what == WHAT_PERCENT && last && last->sentence == b->sentence &&
	    last->measure == MEASURE_GROWTH && last->what == what) {
		measure = MEASURE_GROWTH;
		m.down = last->down;
	}
	bool alike = true;
	for (size_t i = 1; i < run->n; i++)
		alike = alike && what_of(number_at(b, run->token[i])) == what;
	bool split = false;
	if (run->n > 1 && alike) {
		if (s.phrase.from < s.phrase.to) {
			split = phrase_split(t, b->words, b->text, b->pairs, s.phrase, run->n, items);
		} else if (s.carried && said_before(b, run->n) &&
		           (measure == MEASURE_GROWTH || measure == MEASURE_RANK || measure == MEASURE_CHANGE ||
		            any(b, (struct range){low, at}, W_DIST))) {
			split = true;
			for (size_t i = 0; i < run->n; i++)
				items[i] = said_before(b, run->n - i)->subject;
		}
	}
	size_t n = run->n;
	size_t first = b->said;
	(void)first;
	for (size_t i = 0; i < n; i++) {
		struct match mine = m;
		int my_measure = measure;
		if (i > 0) {
			enum what w = what_of(number_at(b, run->token[i]));
			struct match other;
			if (w != what || any(b, (struct range){run->token[i - 1] + 1, run->token[i]}, W_UP | W_DOWN)) {
				bool own = any(b, (struct range){run->token[i - 1] + 1, run->token[i]}, W_UP | W_DOWN);
				size_t from = own ? run->token[i - 1] + 1 : low;
				size_t where = own ? run->token[i] : at;
				if (frames_find(b->frames, t, from, where, own ? where : last_token, clause_end(b, last_token), w, &other)) {
					mine.measure = other.measure;
					mine.down = other.down;
					mine.name = other.name;
					my_measure = other.measure == MEASURE_INHERITED ? measure : other.measure;
				}
			}
		}
		const struct subject *subject = split ? &items[i] : &s.subject;
		struct range ahead = {low, at};
		if (n == 1 && (any(b, ahead, W_EACH) || my_measure == MEASURE_GROWTH) && s.phrase.from < s.phrase.to &&
		    emit_each(b, run->token[i], low, &mine, &s, my_measure)) {
			continue;
		}
		emit(b, run->token[i], low, &mine, &s, subject, my_measure, NULL);
	}
	for (size_t i = 0; i < n; i++)
		remember(b, split ? &items[i] : &s.subject, &s.whole, run->token[n - 1], measure, what, &m, s.place, s.agent);
	b->runs++;
}

/* 一般公共预算收入、城乡居民收入与经济增长同步: a fact for each. */
static void find_goal(struct binder *b, struct range clause)
{
	struct subject items[RUN_MAX];
	struct goal goal;

	if (!period_target(&b->period) || !goal_find(&b->tokens, b->words, clause, &goal))
		return;
	enum relation relation = words_relation(b->words, b->tokens.v[goal.mark].ref);
	size_t n = phrase_items(&b->tokens, goal.subjects, RUN_MAX);
	if (n > RUN_MAX || !phrase_split(&b->tokens, b->words, b->text, b->pairs, goal.subjects, n, items)) {
		n = 1;
		items[0] = one(b, goal.subjects);
	}
	struct span told = between(b, clause);
	bool growth = relation == RELATION_SYNC_WITH || relation == RELATION_POSITIVE || holds(told, "增速") ||
	              holds(told, "增长") || holds(told, "增幅");
	for (size_t i = 0; i < n; i++) {
		enum measure measure = growth ? MEASURE_GROWTH : MEASURE_LEVEL;
		struct span id = indicator_of(b, &items[i], false, false, WHAT_PERCENT, growth ? measure : MEASURE_CHANGE);
		/* Much is to be stable that nobody measures. */
		if (id.len == 0 && relation != RELATION_SYNC_WITH && relation != RELATION_DELEGATED)
			continue;
		struct fact *f = new_fact(b);
		f->at = b->tokens.v[goal.mark].at;
		f->subject = items[i];
		f->indicator = id;
		f->measure = measure;
		f->relation = relation;
		f->frame = span_of(relation_names[relation]);
		f->place = place_in(b, (struct range){clause.from, goal.subjects.from}, b->home);
		if (goal.reference.from < goal.reference.to)
			f->reference = phrase_piece(&b->tokens, b->text, goal.reference);
		place_in_time(b, f, clause.from, goal.mark);
	}
}

/* Whether the duration at token i is itself measured: 缩短2天, 达到10.5年, but not 连续10年. */
static bool lasts(const struct binder *b, size_t i)
{
	size_t end = i + 1;

	while (i > 0 && is(b, i - 1, W_BOUND))
		i--;
	if (i == 0)
		return false;
	const struct token *v = &b->tokens.v[i - 1];
	if (v->classes & (W_IND | W_ASPECT) && end <= b->tokens.n && (end == b->tokens.n || is(b, end, W_BREAK | W_ENUM | W_BOUND)))
		return true;
	if (v->classes & W_FROM && end < b->tokens.n && is(b, end, W_TO | W_UP | W_DOWN))
		return true;
	if (end < b->tokens.n && !is(b, end, W_BREAK | W_ENUM | W_AND | W_BOUND))
		return false;
	return v->classes & (W_LEVEL | W_TO | W_UP | W_DOWN) && !(v->classes & W_RANKV) && v->end - v->at > 3;
}

static void walk(struct binder *b)
{
	const struct tokens *t = &b->tokens;
	size_t low = 0, clause = 0; /* where the words of the next number, and the clause, begin */
	bool figure = false;        /* the clause has one */

	for (size_t i = 0; i < t->n; i++) {
		if (is(b, i, W_BREAK)) {
			if (!figure)
				find_goal(b, (struct range){clause, i});
			figure = false;
			low = clause = i + 1;
			b->sentence += is(b, i, W_STOP);
		} else if (is(b, i, W_DATE | W_ORDINAL) || (is(b, i, W_DURATION) && !lasts(b, i))) {
			unbound(b, i, is(b, i, W_DATE) ? "date" : is(b, i, W_DURATION) ? "duration" : "ordinal");
		} else if (is(b, i, W_NUM | W_DURATION)) {
			struct run run = run_at(b, i, any(b, (struct range){low, i}, W_DIST));
			bind_run(b, low, &run);
			i = run.token[run.n - 1];
			low = i + 1;
			figure = true;
		}
		if (is(b, i, PERIOD_CLASSES))
			period_token(&b->period, b->words, b->text, t, i, &b->numbers);
	}
	if (!figure)
		find_goal(b, (struct range){clause, t->n});
}

static void document(struct binder *b, const struct record *r)
{
	size_t year = 0, home = 0;

	if (r->m[M_year].p)
		json_size(r->m[M_year], YEAR_MAX, &year);
	period_document(&b->period, (int)year);
	struct span adcode = r->m[M_adcode];
	if (adcode.p && adcode.len > 2 && *adcode.p == '"')
		json_size((struct span){adcode.p + 1, adcode.len - 2}, CODE_MAX, &home);
	b->home = (uint32_t)home;
}

const char *binder_bind(struct binder *b, const struct record *r, const struct fact **facts, size_t *n)
{
	const char *why = NULL;
	struct span type = {"", 0}, part = {"", 0};

	b->n = b->said = b->sentence = 0;
	b->text = r->text;
	b->numbers.n = 0;
	*facts = b->facts;
	*n = 0;
	record_string(r, M_type, &b->scratch, &type);
	if (span_is(type, "document")) {
		document(b, r);
		return NULL;
	}
	if (!figures_read(r->m[M_numbers], r->text, &b->numbers, &why) ||
	    !places_read(r->m[M_entities], r->text, &b->places, &why))
		return why;
	record_string(r, M_part, &b->scratch, &part);
	period_record(&b->period, r->m[M_path], part);
	if (!span_is(type, "note")) {
		tokens_cut(b->words, r->text, &b->numbers, &b->places, b->home, !b->period.target, &b->tokens);
		walk(b);
	}
	*facts = b->facts;
	*n = b->n;
	return NULL;
}

static void put_number(struct buf *out, const char *key, size_t n)
{
	buf_puts(out, key);
	buf_put_size(out, n);
}

static void put_word(struct buf *out, const char *key, struct span word)
{
	buf_puts(out, key);
	buf_put_json(out, word.p, word.len);
}

static struct span piece_text(struct span text, struct piece p)
{
	return (struct span){text.p + p.at, p.end - p.at};
}

/* A subject in one stretch is a string with two offsets; in several, three arrays of the same length. */
static void put_subject(const struct subject *s, struct span text, struct points *points, struct buf *out)
{
	bool many = s->n > 1;

	buf_puts(out, many ? "\"subject\":[" : "\"subject\":");
	for (unsigned i = 0; i < s->n; i++)
		put_word(out, i ? "," : "", piece_text(text, s->v[i]));
	buf_puts(out, many ? "],\"subject_start\":[" : ",\"subject_start\":");
	for (unsigned i = 0; i < s->n; i++)
		put_number(out, i ? "," : "", points_at(points, s->v[i].at));
	buf_puts(out, many ? "],\"subject_end\":[" : ",\"subject_end\":");
	for (unsigned i = 0; i < s->n; i++)
		put_number(out, i ? "," : "", points_at(points, s->v[i].end));
	if (many)
		buf_putc(out, ']');
}

static void put_fact(const struct fact *f, struct span text, struct points *points, struct buf *out)
{
	buf_putc(out, '{');
	if (f->number >= 0) {
		put_number(out, "\"number\":", (size_t)f->number);
		buf_putc(out, ',');
	}
	put_subject(&f->subject, text, points, out);
	if (f->part.end)
		put_word(out, ",\"part\":", piece_text(text, f->part));
	if (f->indicator.len)
		put_word(out, ",\"indicator\":", f->indicator);
	put_word(out, ",\"measure\":", span_of(measure_names[f->measure]));
	if (f->down)
		buf_puts(out, ",\"sign\":-1");
	buf_puts(out, f->target ? ",\"status\":\"target\"" : ",\"status\":\"actual\"");
	if (f->period.first) {
		put_number(out, ",\"period\":\"", (size_t)f->period.first);
		if (f->period.last != f->period.first)
			put_number(out, "/", (size_t)f->period.last);
		buf_putc(out, '"');
	}
	if (f->place) {
		put_number(out, ",\"place\":\"", f->place);
		buf_putc(out, '"');
	}
	if (f->relation)
		put_word(out, ",\"relation\":", span_of(relation_names[f->relation]));
	if (f->reference.end)
		put_word(out, ",\"reference\":", piece_text(text, f->reference));
	if (f->hedge.end)
		put_word(out, ",\"hedge\":", piece_text(text, f->hedge));
	if (f->stretch)
		buf_puts(out, ",\"stretch\":true");
	if (f->estimated)
		buf_puts(out, ",\"estimated\":true");
	buf_putc(out, '}');
}

void facts_write(const struct fact *facts, size_t n, struct span text, struct buf *out)
{
	struct points points = points_of(text);
	bool first = true;

	buf_putc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (facts[i].subject.n == 0)
			continue;
		if (!first)
			buf_putc(out, ',');
		first = false;
		put_fact(&facts[i], text, &points, out);
	}
	buf_putc(out, ']');
}

static void put_field(struct buf *out, struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		const char *escape = s.p[i] == '\t' ? "\\t" : s.p[i] == '\n' ? "\\n" : s.p[i] == '\\' ? "\\\\" : NULL;
		if (escape)
			buf_puts(out, escape);
		else
			buf_putc(out, s.p[i]);
	}
}

void facts_explain(const struct binder *b, const struct record *r, struct buf *scratch, struct buf *out)
{
	struct points points = points_of(r->text);
	struct span doc = {"", 0};

	record_string(r, M_doc, scratch, &doc);
	for (size_t i = 0; i < b->n; i++) {
		const struct fact *f = &b->facts[i];
		struct piece p = {f->at, f->at};
		if (f->number >= 0)
			p.end = b->numbers.v[f->number].end;
		put_field(out, doc);
		buf_putc(out, '\t');
		buf_span(out, r->m[M_seq].p ? r->m[M_seq] : (struct span){"", 0});
		put_number(out, "\t", points_at(&points, p.at));
		put_number(out, "\t", points_at(&points, p.end));
		buf_putc(out, '\t');
		put_field(out, piece_text(r->text, p));
		buf_puts(out, f->subject.n ? "\tbound\t" : "\tunbound\t");
		buf_span(out, f->frame);
		buf_putc(out, '\n');
	}
}
