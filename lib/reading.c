#include "reading.h"

#include "gazetteer.h"

bool reading_any(const struct reading *rd, struct range r, uint64_t classes)
{
	for (size_t i = r.from; i < r.to; i++)
		if (reading_is(rd, i, classes))
			return true;
	return false;
}

bool reading_mean(const struct reading *rd, struct range r)
{
	for (size_t i = r.from; i < r.to; i++)
		/* 每千人口拥有 is a mean, too, but not over years. */
		if (reading_is(rd, i, W_AVG) && !reading_is(rd, i, W_NOUN))
			return true;
	return false;
}

struct span reading_text(const struct reading *rd, struct range r)
{
	if (r.from >= r.to)
		return (struct span){"", 0};
	uint32_t at = rd->tokens.v[r.from].at;
	return (struct span){rd->text.p + at, rd->tokens.v[r.to - 1].end - at};
}

bool reading_names_goal(const struct reading *rd, struct range r)
{
	static const char *const goals[] = {"目标", "任务", "计划", "预期", "指标"};
	struct span s = reading_text(rd, r);

	for (size_t i = 0; i < sizeof goals / sizeof *goals; i++)
		if (span_ends(s, goals[i]))
			return true;
	return false;
}

const struct figure *reading_number(const struct reading *rd, size_t token)
{
	return &rd->numbers.v[rd->tokens.v[token].ref];
}

/* The subject said nth before, 1 the last; NULL when there is none. */
const struct said *reading_said(const struct reading *rd, size_t nth)
{
	if (nth > rd->said || nth > HISTORY)
		return NULL;
	return &rd->history[(rd->said - nth) % HISTORY];
}

void reading_remember(struct reading *rd, const struct said *s)
{
	rd->history[rd->said++ % HISTORY] = *s;
}

bool reading_listed(const struct reading *rd, size_t n)
{
	const struct said *last = reading_said(rd, 1), *first = reading_said(rd, n), *before = reading_said(rd, n + 1);
	bool more = last && before && before->token == last->token && before->sentence == last->sentence;
	return n > 1 && first && first->token == last->token && !more && first->sentence == rd->sentence &&
	       last->sentence == rd->sentence;
}

/* The clause in front of token low, when it has no figure of its own: what it is about. */
static struct range topic(const struct reading *rd, size_t low)
{
	const struct tokens *t = &rd->tokens;

	while (low > 0 && reading_is(rd, low - 1, W_COMMA | W_SEMI)) {
		struct range r = {low - 1, low - 1}, head, object;
		while (r.from > 0 && !(t->v[r.from - 1].classes & (W_BREAK | W_NUM)))
			r.from--;
		if (r.from > 0 && reading_is(rd, r.from - 1, W_NUM))
			break;
		head = r;
		while (head.from < head.to && reading_is(rd, head.from, W_ADV | W_TIME | W_DATE | W_HERE | W_INCL | W_COMP))
			head.from++;
		head = phrase_after(t, head);
		object = phrase_before(t, r);
		/* … 三年行动: the object is what the plan is for. */
		for (size_t i = object.from + 1; i < object.to; i++)
			if (reading_is(rd, i, W_DURATION | W_ORDINAL) && reading_number(rd, i)->kind == KIND_DURATION)
				object.to = i;
		if (head.from < head.to && head.to < r.to)
			return head;
		if (object.from < object.to)
			return object;
		low = r.from;
	}
	return (struct range){0, 0};
}

/* Whether token i is a number that is no figure: 五大产业. */
static bool names_many(const struct reading *rd, size_t i)
{
	return span_ends(reading_text(rd, (struct range){i, i + 1}), "大");
}

/* 建筑业势头强劲，总产值增长8%; 钢铁、石化等五大产业做强，总产值…: the branch that a clause in front of token low opens with,
 * of which it has no figure. */
static bool sector(const struct reading *rd, size_t low, struct piece *out, bool *next)
{
	const struct tokens *t = &rd->tokens;

	*next = true;
	for (int clauses = 0; clauses < 3 && low > 0 && reading_is(rd, low - 1, W_COMMA); clauses++, *next = false) {
		size_t end = low - 1, from = end;
		bool figure = false;
		for (; from > 0 && !reading_is(rd, from - 1, W_BREAK); from--)
			figure = figure || (reading_is(rd, from - 1, W_NUM) && !names_many(rd, from - 1));
		low = from;
		/* 钢铁、铝业等支柱产业: the examples are not what it is about. */
		for (size_t i = from; i + 1 < end; i++)
			from = reading_is(rd, i, W_SUCH) ? i + 1 : from;
		while (from < end && reading_is(rd, from, W_ADV | W_TIME | W_DATE | W_HERE | W_NUM | W_MAKE) &&
		       !reading_is(rd, from, W_NOUN | W_IND))
			from++;
		if (figure || from == end)
			continue;
		size_t len = words_sector(rd->words, rd->text.p + t->v[from].at, rd->text.p + t->v[end - 1].end);
		if (len) {
			*out = (struct piece){t->v[from].at, t->v[from].at + (uint32_t)len};
			return out->end < t->v[end - 1].end;
		}
	}
	return false;
}

bool reading_list(const struct reading *rd, size_t low, size_t n, struct range *list)
{
	const struct tokens *t = &rd->tokens;
	size_t end = low > 0 ? low - 1 : 0, from = end, items = 1;

	if (low == 0 || !reading_is(rd, end, W_COMMA))
		return false;
	for (; from > 0 && !reading_is(rd, from - 1, W_BREAK); from--)
		if (reading_is(rd, from - 1, W_NUM))
			return false;
	while (from < end && reading_is(rd, from, W_ADV | W_TIME | W_DATE | W_HERE | W_INCL | W_COMP))
		from++;
	*list = phrase_after(t, (struct range){from, end});
	while (list->to < end && reading_is(rd, list->to, W_ENUM | W_AND)) {
		struct range item = phrase_after(t, (struct range){list->to + 1, end});
		if (item.from == item.to)
			return false;
		list->to = item.to;
		items++;
	}
	return list->from < list->to && items <= n && phrase_items(t, *list, n + 1) == n;
}

/* Puts one more stretch to the end of a subject, without saying what its end says already:
 * 城乡居民收入 and 收入比 make 城乡居民 and 收入比. */
static void append(const struct reading *rd, struct subject *s, struct piece p)
{
	struct piece *last = &s->v[s->n - 1];
	uint32_t overlap = p.end - p.at < last->end - last->at ? p.end - p.at : last->end - last->at;

	if (overlap > SUBJECT_MAX)
		overlap = SUBJECT_MAX;
	for (; overlap > 3; overlap--)
		if (memcmp(rd->text.p + last->end - overlap, rd->text.p + p.at, overlap) == 0)
			break;
	if (overlap > 3 && last->end - overlap > last->at)
		last->end -= overlap;
	if (s->n < SUBJECT_PIECES)
		s->v[s->n++] = p;
}

/* Whether r only names an aspect of something that was named before. */
static bool relational(const struct reading *rd, struct range r, uint64_t classes)
{
	if (r.from < r.to && reading_is(rd, r.from, W_SHARE))
		return true;
	for (size_t i = r.from; i < r.to; i++)
		if (!reading_is(rd, i, classes | W_OF | W_AND) || reading_is(rd, i, W_IND) ||
		    (reading_is(rd, i, W_NOUN) && !reading_is(rd, i, W_REL)))
			return false;
	return r.from < r.to;
}

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
static bool trusted(const struct reading *rd, const struct place_mark *p)
{
	const char *end = rd->text.p + p->end;

	if (p->code / 10000 == rd->home / 10000 || (p->end - p->at > 3 && gazetteer_kind_at(end - 3, end)))
		return true;
	return rd->home % 10000 == 0 || p->code % 10000 == 0;
}

/* Whose figure it is: the place that r, the words in front of the subject, begins with. */
uint32_t reading_place(const struct reading *rd, struct range r, uint32_t place)
{
	while (r.from < r.to &&
	       reading_is(rd, r.from, W_ADV | W_TIME | W_DATE | W_EST | W_INCL | W_ENUM | W_BOUND | W_MODAL))
		r.from++;
	if (r.from == r.to)
		return place;
	const struct token *v = &rd->tokens.v[r.from];
	bool many = r.from + 1 < rd->tokens.n && reading_is(rd, r.from + 1, W_ENUM | W_AND);
	if (v->classes & W_PLACE && v->ref >= 0 && !many && trusted(rd, &rd->places.v[v->ref]))
		return rd->places.v[v->ref].code;
	return v->classes & (W_NATION | W_PROVINCE | W_CITY) ? wider(rd->home, v->classes) : place;
}

/* The first place that does not stand before at: they are in the order of the text. */
static size_t first_place(const struct reading *rd, uint32_t at)
{
	size_t low = 0, high = rd->places.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (rd->places.v[mid].at < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The length of what joins names at the beginning of p, 0 when nothing does. */
static uint32_t joint_at(const struct reading *rd, struct piece p)
{
	static const char *const joints[] = {"、", "和", "与", "及"};

	for (size_t k = 0; k < sizeof joints / sizeof *joints; k++)
		if (reading_starts(rd->text, p, joints[k]))
			return (uint32_t)strlen(joints[k]);
	return 0;
}

size_t reading_places(const struct reading *rd, struct piece p)
{
	uint32_t at = p.at;

	for (size_t i = first_place(rd, at);
	     i < rd->places.n && rd->places.v[i].at == at && rd->places.v[i].end < p.end; i++) {
		at = rd->places.v[i].end;
		uint32_t joint = joint_at(rd, (struct piece){at, p.end});
		if (joint && i + 1 < rd->places.n && rd->places.v[i + 1].at == at + joint)
			at = rd->places.v[i + 1].at;
	}
	return at - p.at;
}

/* The place that a subject begins with (杭州 and 跨境电商交易额), else the one given. */
uint32_t reading_subject_place(const struct reading *rd, const struct subject *s, uint32_t place)
{
	size_t low = first_place(rd, s->v[0].at);
	const struct place_mark *p = low < rd->places.n ? &rd->places.v[low] : NULL;

	if (p && p->at == s->v[0].at && s->v[0].end >= p->end && trusted(rd, p) &&
	    (low + 1 == rd->places.n || p[1].at > p->end) && !joint_at(rd, (struct piece){p->end, s->v[0].end}))
		return p->code;
	return place;
}

/* 服务业2015年增加值: when it was is no part of what. But 2015年底前 begins with a year, and 3月底前 with none. */
static bool plain_year(const struct reading *rd, size_t i)
{
	static const char *const within[] = {"底", "末", "初", "前", "以"};
	struct piece behind = {rd->tokens.v[i].end, (uint32_t)rd->text.len};

	for (size_t k = 0; k < sizeof within / sizeof *within; k++)
		if (reading_starts(rd->text, behind, within[k]))
			return false;
	return reading_number(rd, i)->value.len == strlen("2015");
}

struct subject reading_phrase(const struct reading *rd, struct range r)
{
	struct subject s = {.n = 1};

	for (size_t i = r.from + 1; i + 1 < r.to; i++)
		if (reading_is(rd, i, W_DATE) && plain_year(rd, i)) {
			s.v[0] = phrase_piece(&rd->tokens, rd->text, (struct range){r.from, i});
			s.v[s.n++] = phrase_piece(&rd->tokens, rd->text, (struct range){i + 1, r.to});
			return s;
		}
	s.v[0] = phrase_piece(&rd->tokens, rd->text, r);
	return s;
}

static bool carried(const struct reading *rd, size_t low, bool counts, enum what what, struct found *out)
{
	const struct said *last = reading_said(rd, 1);
	struct range r = topic(rd, low);
	bool here = last && last->sentence == rd->sentence;

	/* 财政收入增幅，高于全市2个百分点: a clause that is no more than a name. */
	bool later = here && r.from < r.to && rd->tokens.v[r.from].at > rd->tokens.v[last->token].at;
	bool name = later && reading_is(rd, r.from - 1, W_BREAK) && reading_is(rd, r.to, W_COMMA) &&
	            reading_is(rd, r.to - 1, W_RATE | W_DROP | W_PORTION | W_IND);

	if (r.from < r.to && (!here || (counts && later) || name)) {
		out->subject = reading_phrase(rd, r);
		out->phrase = r;
		out->carried = true;
		return true;
	}
	if (!last || (counts && !here))
		return false;
	/* 项目N个，投资N亿元，新开工N个: what is counted is what was counted before. */
	for (size_t n = 1; counts && what == WHAT_COUNT && last->what == WHAT_MONEY; n++) {
		const struct said *s = reading_said(rd, n);
		if (!s || s->sentence != rd->sentence)
			break;
		if (s->what == WHAT_COUNT) {
			last = s;
			break;
		}
	}
	out->subject = last->subject;
	out->whole = last->whole;
	out->agent = last->agent;
	out->place = last->place;
	out->carried = true;
	return true;
}

/* 民营经济增加值 …、出口 …: the head of what was said before also is that of a bare aspect, unless it was bare, too. */
static void attach_aspect(const struct reading *rd, const struct subject *before, struct found *out)
{
	static const char added[] = "新增";
	struct subject s = *before;
	struct piece *tail = &s.v[s.n - 1];
	bool bare = words_aspect(rd->words, rd->text.p + tail->at, rd->text.p + tail->end) == tail->end - tail->at;

	if (s.n == SUBJECT_PIECES || (bare && s.n == 1))
		return;
	if (bare)
		s.n--;
	else
		subject_aspect(rd->words, rd->text, tail);
	/* 新增就业 is no head of 投资. */
	if (reading_starts(rd->text, *tail, added) && tail->end - tail->at == sizeof added - 1)
		return;
	append(rd, &s, out->subject.v[0]);
	out->subject = s;
}

/* 为29个省份供应煤炭35亿吨: where the verb is behind whose figure r is, when that has a figure of its own; else 0. */
static size_t verb_behind(const struct reading *rd, const struct match *m, struct range r)
{
	size_t end = r.to;

	if (!reading_is(rd, m->start, W_PREP))
		return 0;
	while (end < rd->tokens.n && !reading_is(rd, end, W_BREAK | W_ENUM | W_NUM))
		end++;
	if (end == rd->tokens.n || !reading_is(rd, end, W_NUM))
		return 0;
	for (size_t i = r.from + 1; i < r.to; i++)
		if (reading_is(rd, i, W_NOMV | W_MAKE) && !reading_is(rd, i, W_IND))
			return i;
	return 0;
}

/* 等8种产品产量全国第一, 7个乡镇财政收入过千万元: a phrase that leads to the next figure, without what only that one
 * measures. */
static struct range before_aspect(const struct reading *rd, struct range r)
{
	size_t to = r.to, next = r.to;

	while (next < rd->tokens.n && reading_is(rd, next, W_LEVEL | W_EACH | W_ADV))
		next++;
	if (next == rd->tokens.n || !(reading_is(rd, next, W_NUM) || (next == r.to && reading_is(rd, next, W_SHARE))))
		return r;
	while (to > r.from && reading_is(rd, to - 1, W_SCOPE | W_HERE | W_RANKV))
		to--;
	while (to > r.from && reading_is(rd, to - 1, W_ASPECT | (next > r.to ? W_IND : 0)))
		to--;
	if (to > r.from)
		r.to = to;
	return r;
}

/* 8个产值超千亿元的集群; 8个产值超千亿元、2个超百亿元的集群: what stands behind a figure that only says which of them are
 * meant; r itself where none does. */
static struct range behind_attribute(const struct reading *rd, struct range r)
{
	size_t i = r.to, end;

	for (;;) {
		while (i < rd->tokens.n && reading_is(rd, i, W_LEVEL | W_BOUND | W_UP | W_DOWN | W_ADV))
			i++;
		if (i == rd->tokens.n || !reading_is(rd, i, W_NUM))
			return r;
		for (i++; i < rd->tokens.n && reading_is(rd, i, W_BOUND); i++)
			;
		if (i + 2 >= rd->tokens.n || !reading_is(rd, i, W_ENUM | W_AND) || !reading_is(rd, i + 1, W_NUM) ||
		    reading_number(rd, i + 1)->what != WHAT_COUNT)
			break;
		for (i += 2;
		     i < rd->tokens.n && (rd->tokens.v[i].classes == 0 || reading_is(rd, i, W_ASPECT | W_NOUN));
		     i++)
			;
	}
	if (i == rd->tokens.n || !reading_is(rd, i, W_OF))
		return r;
	for (end = ++i; end < rd->tokens.n && !reading_is(rd, end, W_BREAK | W_NUM); end++)
		;
	struct range named = phrase_after(&rd->tokens, (struct range){i, end});
	return named.from < named.to ? named : r;
}

/* The end of the clause that token i lies in, or of its words where a figure follows. */
static size_t words_end(const struct reading *rd, size_t i)
{
	while (i < rd->tokens.n && !reading_is(rd, i, W_BREAK | W_ENUM | W_NUM | W_SUCH))
		i++;
	return i;
}

/* 投资8亿元的甲、乙、丙等工程: what the sum went into is what the list ends with, or all of it. */
static struct range listed_works(const struct reading *rd, struct range r)
{
	const struct tokens *t = &rd->tokens;
	struct range item = r;

	while (item.to < t->n && reading_is(rd, item.to, W_ENUM)) {
		item = phrase_after(t, (struct range){item.to + 1, words_end(rd, item.to + 1)});
		/* 总投资5亿元的 …: the next work has a sum of its own. */
		if (item.from == item.to ||
		    (item.to < t->n && reading_is(rd, item.to, W_NUM) && reading_is(rd, item.to - 1, W_ASPECT)))
			return r;
		r.to = item.to;
	}
	if (r.to + 1 >= t->n || r.to == item.from)
		return r;
	if (reading_is(rd, r.to, W_SUCH | W_NUM)) {
		item = phrase_after(t, (struct range){r.to + 1, words_end(rd, r.to + 1)});
		if (item.from < item.to)
			return item;
	}
	return r;
}

/* 产值超亿元的企业达到8家: the figure in front of what is counted says which are meant. */
static void widen(const struct reading *rd, size_t low, struct range r, struct piece *p)
{
	const struct said *last = reading_said(rd, 1);

	if (!last || last->sentence != rd->sentence || last->token + 1 != low || r.from + 1 < low)
		return;
	for (size_t i = low; i < r.from; i++)
		if (!reading_is(rd, i, W_OF | W_BOUND))
			return;
	struct piece own = last->subject.v[last->subject.n - 1];
	bool counts = last->what == WHAT_MONEY || last->what == WHAT_AMOUNT || last->what == WHAT_PERCENT;
	if (counts && own.end <= rd->tokens.v[low - 1].at && own.at < p->at && last->measure == MEASURE_LEVEL)
		p->at = own.at;
}

/* Whether a subject ends with the words of p, and has more. */
static bool says_end(const struct reading *rd, const struct subject *s, struct piece p)
{
	struct piece tail = s->v[s->n - 1];
	uint32_t n = p.end - p.at;

	return tail.end - tail.at > n && memcmp(rd->text.p + tail.end - n, rd->text.p + p.at, n) == 0;
}

/* 地区生产总值…，人均6万元: a mean of what was said before. */
static bool mean_of_said(const struct reading *rd, const struct said *last, enum what what, struct found *out)
{
	static const char mean[] = "人均";
	struct piece own = out->subject.v[0];

	if (!last || last->sentence != rd->sentence || what != WHAT_MONEY || last->subject.n > 1 ||
	    own.end - own.at != sizeof mean - 1 || !reading_starts(rd->text, own, mean) ||
	    reading_starts(rd->text, last->subject.v[0], mean))
		return false;
	out->subject.v[out->subject.n++] = last->whole.v[0];
	out->place = last->place;
	return true;
}

/* 投资8亿元，新建学校5所; 投资3亿元建成桥南4公里道路: the work that the sum at token at went into, behind it; empty for none. */
static struct range work_behind(const struct reading *rd, size_t at)
{
	const struct tokens *t = &rd->tokens;
	size_t i = at + 1, end, number;

	while (i < t->n && reading_is(rd, i, W_BOUND | W_COMMA))
		i++;
	while (i < t->n && reading_is(rd, i, W_ADV))
		i++;
	if (i == t->n || !reading_is(rd, i, W_MAKE | W_REACH | W_NOMV) || reading_is(rd, i, W_NOUN | W_IND | W_HAVE))
		return (struct range){0, 0};
	for (end = ++i; end < t->n && !reading_is(rd, end, W_BREAK | W_ENUM); end++)
		;
	for (number = i; number < end && !reading_is(rd, number, W_NUM); number++)
		;
	struct range named = number < end ? phrase_after(t, (struct range){number + 1, end})
					  : phrase_after(t, (struct range){i, end});
	/* 完成园区新建泵站工程: a name goes over the verb in it. */
	if (number == end && named.from < named.to && named.to + 1 < end && reading_is(rd, named.to, W_MAKE | W_NOMV)) {
		struct range rest = phrase_after(t, (struct range){named.to + 1, end});
		if (rest.from == named.to + 1 && rest.to == end)
			named.to = end;
	}
	return named.from < named.to || number == end ? named : phrase_before(t, (struct range){i, number});
}

/* Whether r is a sum that is told without what it was spent on: 投资, 总投资. */
static bool bare_sum(const struct reading *rd, struct range r)
{
	return r.from + 1 == r.to && span_ends(reading_text(rd, r), "投资") &&
	       reading_is(rd, r.from, W_ASPECT | W_REL) && !reading_is(rd, r.from, W_IND) &&
	       (r.from == 0 || reading_is(rd, r.from - 1, W_BREAK | W_ACCUM));
}

static bool ends_with(const struct reading *rd, struct piece p, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_ends((struct span){rd->text.p + p.at, p.end - p.at}, words[i]))
			return true;
	return false;
}

/* Whether r is the share of an aspect: 增加值占工业增加值比重. */
static bool aspect_share(const struct reading *rd, struct range r)
{
	return r.to > r.from + 2 && reading_is(rd, r.from, W_ASPECT) && !reading_is(rd, r.from, W_IND | W_NOUN) &&
	       reading_is(rd, r.from + 1, W_SHARE) && reading_is(rd, r.to - 1, W_PORTION);
}

/* 纺织业销售收入8亿元，利税1亿元: what was earned by who earned the sum before. */
static bool earned(const struct reading *rd, const struct said *last, struct piece aspect)
{
	static const char *const sums[] = {"产值", "销售收入", "营业收入", "业务收入", "销售额", "营收", "增加值"}, *const gains[] = {"利税", "利润", "利润总额", "税金"};

	return (last->what == WHAT_MONEY || last->what == WHAT_PERCENT) &&
	       ends_with(rd, last->subject.v[last->subject.n - 1], sums, sizeof sums / sizeof *sums) &&
	       ends_with(rd, aspect, gains, sizeof gains / sizeof *gains);
}

/* Whether p ends with a word for what ranks those who take part. */
static bool contest(const struct reading *rd, struct piece p)
{
	static const char *const words[] = {"考核", "考评", "评价", "评比", "测评", "评估", "评选", "排名", "竞赛", "大赛", "比赛", "活动", "调查", "督查"};

	return ends_with(rd, p, words, sizeof words / sizeof *words);
}

/* 保持综合考核第一; 在百强城市评价中列第7名: the contest that a rank in a match was won in, where nothing else is named that
 * ranks. */
static bool ranked_in(const struct reading *rd, size_t low, const struct match *m, struct piece *out)
{
	static const char in[] = "中";
	const struct tokens *t = &rd->tokens;
	struct range r = phrase_before(t, m->gap);

	if (r.from < r.to) {
		*out = phrase_piece(t, rd->text, r);
		return contest(rd, *out);
	}
	for (size_t end = m->start, i; end-- > low;) {
		uint32_t close = t->v[end].end - (uint32_t)(sizeof in - 1);
		if (!reading_is(rd, end, W_PREPEND) || memcmp(rd->text.p + close, in, sizeof in - 1) != 0)
			continue;
		for (i = end; i > low && !reading_is(rd, i - 1, W_PREP); i--)
			;
		*out = (struct piece){t->v[i].at, close};
		return i > low && contest(rd, *out);
	}
	return false;
}

/* The subject that a match points to. */
bool reading_subject(const struct reading *rd, size_t low, size_t at, const struct match *m, struct found *out)
{
	const struct tokens *t = &rd->tokens;
	const struct said *last = reading_said(rd, 1);
	struct range r = {low, m->start};
	bool counts = m->measure == MEASURE_COUNT || m->measure == MEASURE_INHERITED;
	size_t joint = low;
	while (joint < at && reading_is(rd, joint, W_BOUND))
		joint++;
	bool chained = reading_is(rd, joint, W_ENUM | W_AND) && last && last->sentence == rd->sentence &&
		       last->token + 1 == low;

	*out = (struct found){.subject.n = 0};
	out->place = rd->home;
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
	/* 赤字率拟按3%安排: a rate whose verb has no object is what stands before the verb. */
	if (m->where == WHERE_GAP && r.from == r.to && rd->numbers.v[t->v[at].ref].kind == KIND_PERCENT)
		r = phrase_before(t, (struct range){low, m->start});
	/* 超额完成省定目标2个百分点: what was to change by less is what was said before. */
	if (reading_number(rd, at)->what == WHAT_POINT && reading_names_goal(rd, r))
		r.from = r.to;
	if (m->where == WHERE_AFTER) {
		size_t verb = verb_behind(rd, m, r);
		if (verb) {
			r.to = verb;
			/* A verb that also is a noun would be taken for the beginning of the next phrase. */
			out->past = verb + (!reading_is(rd, verb, W_MAKE) && verb + 1 < m->behind.to);
		} else {
			struct range named = behind_attribute(rd, r);
			r = named.from == r.from ? before_aspect(rd, r) : named;
		}
	}
	if (reading_number(rd, at)->what == WHAT_RANK &&
	    (r.from == r.to || (r.to == r.from + 1 && r.from > low && reading_is(rd, r.from, W_PLACE) &&
				reading_is(rd, r.from - 1, W_PREP))) &&
	    ranked_in(rd, low, m, &out->subject.v[0])) {
		out->subject.n = 1;
		return true;
	}
	if (r.from == r.to) {
		enum what what = reading_number(rd, at)->what;
		if (!carried(rd, low, counts || rd->numbers.v[t->v[at].ref].kind == KIND_QUANTITY, what, out))
			return false;
		/* 全市增长6%，全省增长5%: the same of another place, but among the whole province is how it ranks. */
		if (what != WHAT_RANK && what != WHAT_POINT)
			out->place = reading_place(rd, (struct range){low, at}, out->place);
		return true;
	}
	if (m->where == WHERE_HEAD)
		r = listed_works(rd, r);
	out->phrase = r;
	out->subject = reading_phrase(rd, r);
	out->place = reading_place(rd, (struct range){low, r.from > low ? r.from : low}, rd->home);
	if ((m->where == WHERE_BEFORE || m->where == WHERE_WHOLE) && reading_number(rd, at)->what == WHAT_COUNT)
		widen(rd, low, r, &out->subject.v[0]);
	if (bare_sum(rd, r) && reading_number(rd, at)->what == WHAT_MONEY) {
		struct range work = work_behind(rd, at);
		if (work.from < work.to) {
			out->subject = reading_phrase(rd, work);
			append(rd, &out->subject, phrase_piece(t, rd->text, r));
			return true;
		}
	}
	if (mean_of_said(rd, last, reading_number(rd, at)->what, out))
		return true;
	if (m->where == WHERE_HEAD) {
		/* 总投资N亿元的项目: 项目, 总投资 */
		struct range own = phrase_before(t, (struct range){low, at});
		/* 7条道路和投资N亿元的 …: the roads were told. */
		if (own.from + 2 < own.to && reading_is(rd, own.to - 2, W_AND | W_ENUM) &&
		    !reading_is(rd, own.to - 3, W_ASPECT))
			own.from = own.to - 1;
		/* 推进总投资8亿元的 …, but 计划总投资 */
		if (own.from + 2 == own.to && reading_is(rd, own.from, W_MAKE) &&
		    !reading_is(rd, own.from, W_NOUN | W_IND | W_NOMV | W_MODAL | W_HEDGE))
			own.from++;
		if (own.from < own.to)
			append(rd, &out->subject, phrase_piece(t, rd->text, own));
		return true;
	}
	if (m->where == WHERE_AFTER) {
		size_t i = r.to;
		while (i < t->n && reading_is(rd, i, W_ADV))
			i++;
		if (i < t->n && reading_is(rd, i, W_AWARD)) {
			size_t end = ++i;
			while (end < t->n && !reading_is(rd, end, W_BREAK | W_NUM))
				end++;
			struct range honour = phrase_after(t, (struct range){i, end});
			/* 企业获得贷款18亿元: what was got has a figure of its own. */
			if (honour.from < honour.to && !(honour.to < t->n && reading_is(rd, honour.to, W_NUM)))
				append(rd, &out->subject, phrase_piece(t, rd->text, honour));
		}
		return true;
	}
	/* 宁波舟山港完成货物吞吐量 …, 重点项目完成投资达到 …: who did it belongs to the subject. */
	bool reaches = m->where == WHERE_BEFORE && r.from > low && reading_is(rd, r.from - 1, W_REACH) &&
		       relational(rd, r, W_ASPECT);
	if (reaches || reading_is(rd, m->start, W_REACH)) {
		struct range who = phrase_before(t, (struct range){low, reaches ? r.from - 1 : m->start});
		if (who.from < who.to && !relational(rd, who, W_REL | W_ASPECT)) {
			struct subject s = reading_phrase(rd, who);
			append(rd, &s, out->subject.v[0]);
			out->subject = s;
			out->agent = true;
			out->who = who;
		}
	}
	bool next;
	if (!out->agent && !chained && !reading_is(rd, r.from, W_SHARE | W_REL) && relational(rd, r, W_ASPECT) &&
	    sector(rd, low, &out->branch, &next) && next) {
		struct subject s = {.v[0] = out->branch, .n = 1};
		append(rd, &s, out->subject.v[0]);
		out->subject = s;
		out->headed = true;
		return true;
	}
	if (!last || last->sentence != rd->sentence) {
		struct range about = topic(rd, low);
		bool reached = reading_is(rd, m->start, W_REACH) && relational(rd, r, W_ASPECT) && !out->agent;
		if ((reached || relational(rd, r, W_REL | W_RATE | W_DROP | W_PORTION)) && about.from < about.to) {
			struct subject s = reading_phrase(rd, about);
			append(rd, &s, out->subject.v[0]);
			out->subject = s;
		}
		return true;
	}
	/* 固定资产投资增长8%，累计完成投资9亿元 */
	if (!out->agent && !chained && relational(rd, r, W_ASPECT) && says_end(rd, &last->subject, out->subject.v[0])) {
		out->subject = last->subject;
		out->place = last->place;
		return true;
	}
	/* 企业完成总产值8亿元、利税1亿元; 企业完成总产值8亿元，实现利税1亿元 */
	bool goes_on = chained || (reading_is(rd, m->start, W_REACH) && relational(rd, r, W_ASPECT));
	if (goes_on && last->agent && !out->agent) {
		struct subject s = {.n = 1};
		s.v[0] = last->subject.v[0];
		append(rd, &s, out->subject.v[0]);
		out->subject = s;
		out->agent = true;
	} else if (relational(rd, r, W_REL | W_RATE | W_DROP | W_PORTION)) {
		struct subject s = last->whole;
		if (s.n < SUBJECT_PIECES) {
			append(rd, &s, out->subject.v[0]);
			out->subject = s;
			out->place = last->place;
			out->related = true;
		}
	} else if (!out->agent && relational(rd, r, W_ASPECT) &&
	           (chained || ((m->where != WHERE_GAP || reading_is(rd, m->start, W_REACH)) &&
	                        (last->what == WHAT_COUNT || last->what == WHAT_AMOUNT)) ||
	            earned(rd, last, out->subject.v[0]))) {
		attach_aspect(rd, &last->subject, out);
		out->headed = !chained && !reading_is(rd, m->start, W_REACH);
	} else if (!out->agent && aspect_share(rd, r) &&
		   subject_aspect(rd->words, rd->text,
				  &(struct piece){last->subject.v[last->subject.n - 1].at,
						  last->subject.v[last->subject.n - 1].end})) {
		attach_aspect(rd, &last->subject, out);
	}
	return true;
}

size_t reading_clause_end(const struct reading *rd, size_t token)
{
	size_t i = token + 1;
	/* 100个亿元以上项目 */
	if (i + 1 < rd->tokens.n && reading_is(rd, i, W_NUM) && reading_is(rd, i + 1, W_BOUND))
		i += 2;
	while (i < rd->tokens.n && !reading_is(rd, i, W_BREAK | W_NUM))
		i++;
	return i;
}
