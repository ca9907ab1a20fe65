#include "period.h"

#include <string.h>

#include "json.h"
#include "part.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200, PLAN_YEARS = 5, SIXTH_PLAN = 1981, HAN = 3 };

/* “十四五” and the like: the number of a five-year plan, 0 when s holds none. */
static int plan_of(struct span s)
{
	static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
	static const char ten[] = "十", five[] = "五", open[] = "“";
	const char *p = s.p, *end = s.p + s.len;
	int n = 0;

	if (s.len < sizeof open - 1 || memcmp(p, open, sizeof open - 1) != 0)
		return 0;
	p += sizeof open - 1;
	if (end - p > 3 && memcmp(p, ten, 3) == 0) {
		n = 10;
		p += 3;
	}
	for (int i = 0; i < 9 && end - p >= 6; i++) {
		if (memcmp(p, digits[i], 3) == 0 && memcmp(p + 3, five, 3) == 0)
			return n + i + 1;
	}
	return n && end - p >= 3 && memcmp(p, five, 3) == 0 ? n : 0;
}

static struct years_span plan_years(int plan)
{
	int first = SIXTH_PLAN + (plan - 6) * PLAN_YEARS;
	return (struct years_span){first, first + PLAN_YEARS - 1};
}

/* The first plan that s names, 0 when it names none. */
static int plan_in(struct span s)
{
	const char *end = s.p + s.len, *q = span_find(s, "“");
	int plan = 0;

	for (; q && !plan; q = memmem(q + 3, (size_t)(end - q - 3), "“", 3))
		plan = plan_of((struct span){q, (size_t)(end - q)});
	return plan;
}

static bool names_year(struct span s)
{
	const char *year = span_find(s, "年");
	for (int i = 1; year && i <= 4; i++)
		if (year - s.p < i || year[-i] < '0' || year[-i] > '9')
			return false;
	return year != NULL;
}

/* Whether a heading that names a term and a year begins with the term: “十四五”时期和2025年, 过去五年和2025年. */
static bool term_leads(struct span heading)
{
	const char *year = span_find(heading, "年");
	struct span ahead = {heading.p, (size_t)(year - heading.p)};
	return span_find(ahead, "五") || span_find(ahead, "届");
}

/* Whether a heading, a JSON string, is about all of the plan that it begins with: “十一五”发展目标. 完成“十一五”目标 is about
 * what is left of it. */
static bool heads_plan(struct span heading)
{
	static const char *const about[] = {"目标", "任务", "思路", "回顾", "成就", "总结", "计划", "规划"};

	if (!plan_of((struct span){heading.p + 1, heading.len - 1}) || names_year(heading) || span_find(heading, "开局"))
		return false;
	for (size_t i = 0; i < sizeof about / sizeof *about; i++)
		if (span_find(heading, about[i]))
			return true;
	return false;
}

/* The term of years that headings name: some years back or ahead. */
static struct years_span term_of(const struct period *p, const struct words *w, struct span heading)
{
	/* Most headings name none: what does holds one of these. */
	bool year = span_find(heading, "年"), office = span_find(heading, "届"), five = span_find(heading, "五");
	struct years_span term;

	/* 本届政府开局之年 is one year of a term. */
	if (year && (span_find(heading, "之年") || span_find(heading, "第一年") || span_find(heading, "首年")))
		return (struct years_span){0};
	int plan = five ? plan_in(heading) : 0;
	if (plan && (span_find(heading, "时期") || span_find(heading, "期间") || span_find(heading, "五年") || heads_plan(heading)))
		return plan_years(plan);
	bool plain = five && span_find(heading, "期");
	if (!(year || office || plain) || !words_term(w, heading, &term.first, &term.last))
		return (struct years_span){0};
	if (term.first >= FIRST_YEAR)
		return term;
	if (!p->year || !(year || office))
		return (struct years_span){0};
	return (struct years_span){p->year + term.first, p->year + term.last};
}

/* The report's year, once it is known. */
static void learn(struct period *p, int year)
{
	p->year = year;
	p->about = (struct years_span){0};
}

/* The year in front of 年 in a heading that names one; 0 when it cannot be. */
static int year_in(struct span heading)
{
	const char *year = span_find(heading, "年");
	int n = 0;

	for (int i = 4; i > 0; i--)
		n = n * 10 + (year[-i] - '0');
	return n >= FIRST_YEAR && n <= LAST_YEAR ? n : 0;
}

/* Whether a heading of a document without parts, or a line that is as good as one, looks back or ahead, and from which
 * year. */
static void read_heading(struct period *p, const struct parts *parts, struct span heading, bool line)
{
	bool title = span_find(heading, "工作报告");
	enum part part = title ? PART_NONE : parts_find(parts, PART_HEADING, heading);

	if (part != PART_NONE && part != PART_NOTES) {
		p->section_target = part != PART_REVIEW && part != PART_PROBLEMS;
		p->section_known = true;
	}
	if (p->year || !names_year(heading) || (line && part == PART_NONE && !title))
		return;
	int year = year_in(heading);
	learn(p, year && !title && !p->section_target ? year + 1 : year);
}

void period_document(struct period *p, const struct parts *parts, int year, bool last, struct span title)
{
	int plan = year ? 0 : plan_in(title);

	*p = (struct period){.year = year, .now = last ? year - 1 : 0};
	if (plan)
		p->about = plan_years(plan);
	if (!year)
		read_heading(p, parts, title, true);
}

void period_line(struct period *p, const struct parts *parts, struct span text)
{
	if (p->open)
		read_heading(p, parts, text, true);
}

static bool same(struct years_span a, struct years_span b)
{
	return a.first == b.first && a.last == b.last;
}

/* What the words of a heading at this depth of the path say. */
static const struct heading *heading_at(struct headings *h, int depth, struct span words, const struct period *p,
                                        const struct words *w, const struct parts *parts)
{
	struct heading *v = &h->v[depth < HEADINGS ? depth : HEADINGS - 1];

	v->changed = v->words.len != words.len || memcmp(v->words.p, words.p, words.len) != 0;
	if (v->changed || v->year != p->year) {
		buf_clear(&v->words);
		buf_span(&v->words, words);
		v->year = p->year;
		v->term = term_of(p, w, words);
		v->names_year = names_year(words);
		v->asked = v->tells = false;
	}
	/* Once a heading of the document has told, nobody asks the others. */
	if (!p->headed && !v->asked) {
		v->tells = parts_find(parts, PART_HEADING, words) != PART_NONE;
		v->asked = true;
	}
	return v;
}

void period_record(struct period *p, struct headings *h, const struct words *w, const struct parts *parts, struct span path,
                   struct span part)
{
	struct json_walk walk;
	struct span heading = {NULL, 0};
	int depth = 0;
	struct period before = *p;
	bool dated = false, same_section;

	*p = (struct period){.year = p->year, .now = p->now, .section_target = p->section_target,
	                     .section_known = p->section_known, .about = p->about, .prior = p->prior, .opening = true,
	                     .headed = p->headed, .planned = p->planned, .moods = p->moods};
	p->target = span_is(part, "goals") || span_is(part, "tasks") || span_is(part, "governance") || span_is(part, "closing");
	p->current = p->target || span_is(part, "front");
	p->open = part.len == 0 || span_is(part, "other");
	walk = json_walk(path.p ? path : span_of("[]"));
	while (json_element(&walk, &heading)) {
		const struct heading *v = heading_at(h, depth++, heading, p, w, parts);
		/* Behind a line that is as good as a heading (回顾) what is above it says no more. */
		if (p->open && (v->changed || !p->section_known))
			read_heading(p, parts, heading, false);
		p->headed = p->headed || v->tells;
		struct years_span s = v->term;
		dated = dated || s.first || v->names_year;
		/* 2025年工作和“十四五”时期成就 is first of all about a year. */
		if (s.first && v->names_year) {
			p->mixed = s;
			/* What is to be done is first of all that of the year. */
			if (!p->target)
				p->topic = same(s, before.mixed) ? before.topic
					   : term_leads(heading) ? s
								 : (struct years_span){0};
		} else if (s.first) {
			p->section = s;
		}
	}
	same_section = (before.target && !before.planned) == p->target && before.current == p->current &&
		       before.open == p->open && (depth == 0 ? before.top : !h->v[0].changed);
	p->top = depth == 0;
	p->timed = dated;
	if (!dated) {
		p->timed = same_section && before.timed;
		p->told = p->mixed = same_section ? before.told : (struct years_span){0};
		p->topic = p->told.first ? before.topic : (struct years_span){0};
	}
	/* What says nothing of its own goes on as the section before. */
	if (p->open && p->section_known)
		p->target = p->section_target;
}

void period_mood(struct period *p, const struct moods *m, struct span text)
{
	/* Under no heading all is front, and under one that says nothing all is review; any other part was told. */
	bool unsure = p->open ? !p->section_known : p->top ? p->current : !p->current;
	p->headed = p->headed || p->target || !unsure;
	p->planned = p->planned && !p->headed;
	if (p->headed)
		return;
	enum mood mood = moods_read(m, &p->moods, text);
	if (mood != MOOD_NONE)
		p->planned = mood == MOOD_PLAN;
	if (p->planned)
		p->target = p->current = true;
	else if (mood == MOOD_PAST)
		p->current = false;
}

void headings_free(struct headings *h)
{
	for (int i = 0; i < HEADINGS; i++)
		buf_free(&h->v[i].words);
}

int period_year(const struct figure *n)
{
	const char *s = n->value.p, *end = s + n->value.len;
	const char *slash = memchr(s, '/', n->value.len);
	int year = 0;

	if (slash && end - slash > 4)
		s = slash + 1;
	if (end - s < 4)
		return 0;
	for (int i = 0; i < 4; i++) {
		if (s[i] < '0' || s[i] > '9')
			return 0;
		year = year * 10 + (s[i] - '0');
	}
	return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

/* 2020年，生产总值…，比2015年增长40%: told from the year before the term, the paragraph is about the term. */
static void turn_to_term(struct period *p, int start)
{
	if (!p->turned.first || start != p->turned.first - 1)
		return;
	p->paragraph = p->turned;
	if (p->told.first)
		p->topic = p->told;
	p->turned = (struct years_span){0};
	p->ended = true;
}

static void say(struct period *p, struct years_span s)
{
	/* Of a section whose headings name no years, what its text opens with tells. */
	if (p->opening && p->year && !p->timed && !p->section.first) {
		if (!p->mixed.first && s.first < s.last && (p->target ? s.first == p->year : s.last == p->year - 1))
			p->told = p->mixed = s;
		p->timed = true;
	}
	/* 刚刚过去的2025年, …: until another paragraph opens with the term; but 2025年新建学校8所 among what was done in it is not. */
	bool last = p->topic.first < p->topic.last && s.first == s.last && s.last == p->topic.last;
	if (p->opening && p->mixed.first && !(last && !p->apart) && (!p->target || p->told.first) &&
	    (same(s, p->mixed) || (s.first == s.last && s.last == (p->target ? p->year : p->year - 1))))
		p->topic = s;
	p->sentence = s;
	p->said = p->said_part = true;
	p->plain_year = p->range = false;
	p->past = p->year && s.last < p->year;
	/* From 2020年 to 2025年 is the term that the headings name. */
	if (s.first < s.last && s.last == p->mixed.last && !p->paragraph.first)
		p->paragraph = p->mixed;
	if (p->opening && !p->year && !same(s, p->about)) {
		p->prior = p->about;
		p->about = s;
	}
	/* The year that opens a paragraph holds for all of it, unless what it is compared with tells of the term that it ends. */
	if (p->opening && !p->paragraph.first && !(last && p->within)) {
		struct years_span term = p->section.first                 ? p->section
					 : p->topic.first < p->topic.last ? p->topic
									  : p->told;
		p->paragraph = s;
		if (s.first == s.last && term.first < s.last && s.last == term.last)
			p->turned = term;
		if (p->start)
			turn_to_term(p, p->start);
	}
}

/* Whether token i is the topic that its sentence opens with: 特别是去年，…; 刚刚过去的2012年，… */
static bool leads(const struct tokens *t, size_t i)
{
	while (i > t->from && t->v[i - 1].classes & (W_ADV | W_TIME | W_OF | W_AND) && !(t->v[i - 1].classes & W_BREAK))
		i--;
	return i == t->from;
}

/* 五年来，…。去年，…: behind a sentence that opens with the last year of the term the paragraph goes on with that. */
static void turn_to_year(struct period *p, int year)
{
	if (p->opening || p->paragraph.first == p->paragraph.last || year != p->paragraph.last)
		return;
	p->turned = p->paragraph;
	p->paragraph = (struct years_span){year, year};
}

/* 2023年，增长6%。2024年，力争 …: the year that is planned behind the one that was told of is the report's. */
static void plan_follows(struct period *p)
{
	struct years_span told = same(p->sentence, p->about) ? p->prior : p->about;

	if (!p->year && p->said && told.first && told.first == told.last && p->sentence.first == p->sentence.last &&
	    p->sentence.first == told.last + 1)
		learn(p, p->sentence.first);
}

/* Whether what is told on a day is a report, or the congress that hears it. */
static bool tells_report(struct span sentence)
{
	return span_find(sentence, "工作报告") || span_find(sentence, "人民代表大会") || span_find(sentence, "人代会") || span_find(sentence, "人大");
}

/* 初步核算，2015年全省…; 2015年预计完成…: the year that is told of, for which the figures of the whole place are not
 * known for sure. */
static bool estimated_year(const struct tokens *t, size_t i)
{
	size_t ahead = i && t->v[i - 1].classes & W_COMMA ? i - 1 : i;
	if (i + 2 < t->n && t->v[i + 1].classes & W_EST && t->v[i + 2].classes & (W_HERE | W_IND | W_REACH))
		return true;
	return ahead && t->v[ahead - 1].classes & W_EST && i + 1 < t->n && t->v[i + 1].classes & (W_HERE | W_IND);
}

/* What a date in a document without a year says of that: 在2015年2月3日的政府工作报告中; 2015年预期目标; 初步核算，2015年全省…;
 * 2015年是… */
static void learn_year(struct period *p, struct span text, const struct tokens *t, size_t i, const struct figure *n)
{
	static const char is[] = "是", goal[] = "目标";
	const struct token *next = i + 1 < t->n ? &t->v[i + 1] : NULL;
	struct span word = next ? (struct span){text.p + next->at, next->end - next->at} : (struct span){"", 0};
	struct span sentence = {text.p + t->v[t->from].at, t->v[t->n - 1].end - t->v[t->from].at};
	int year = period_year(n);

	if ((n->value.len == strlen("2015-02-03") && tells_report(sentence)) || (next && next->classes & W_HEDGE && span_find(word, goal)))
		learn(p, year);
	else if (!p->target && estimated_year(t, i))
		learn(p, year + 1);
	else if (n->value.len == strlen("2015") && span_is(word, is))
		p->named = year;
}

static void say_date(struct period *p, const struct figure *n)
{
	struct figure first = *n;
	const char *slash = memchr(n->value.p, '/', n->value.len);
	int last = period_year(n);

	if (slash)
		first.value.len = (size_t)(slash - n->value.p);
	int from = period_year(&first);
	/* A day without a year, in a part that looks ahead or in the opening, is of the report's own. */
	if (!last && p->year && p->current && n->value.len > 4 && memcmp(n->value.p, "XXXX", 4) == 0)
		from = last = p->year;
	if (!last)
		return;
	say(p, (struct years_span){from ? from : last, last});
	p->range = slash != NULL;
}

static bool next_is(const struct tokens *t, size_t i, uint64_t classes)
{
	return i < t->n && t->v[i].classes & classes;
}

/* Whether a word of time ends with 内: 五年内, 三年内. */
static bool within(struct span text, const struct token *v)
{
	static const char in[] = "内";
	return v->end - v->at > HAN && memcmp(text.p + v->end - HAN, in, HAN) == 0;
}

/* 五年分别增加, 三年完成投资, 五年年均增长: the years that what is told right behind them was done in; 0 for none. */
static int years_done(const struct tokens *t, size_t i, const struct figures *numbers, struct span text)
{
	static const char year[] = "年";
	const struct token *v = &t->v[i];
	const struct span value = numbers->v[v->ref].value;
	uint64_t ahead = i ? t->v[i - 1].classes : W_BREAK;

	if (value.len != 1 || *value.p < '2' || *value.p > '9')
		return 0;
	/* 力争三年内建成 */
	if (within(text, v) && v->end - v->at > sizeof year - 1 &&
	    ahead & (W_BREAK | W_HERE | W_MODAL | W_HEDGE | W_PREP | W_TIME))
		return memcmp(text.p + v->end - (sizeof year - 1) - HAN, year, sizeof year - 1) == 0 ? *value.p - '0' : 0;
	if (v->end - v->at < sizeof year - 1 || memcmp(text.p + v->end - (sizeof year - 1), year, sizeof year - 1) != 0)
		return 0;
	/* 实现两年翻番 */
	if (next_is(t, i + 1, W_NUM) && numbers->v[t->v[i + 1].ref].what == WHAT_MULTIPLE && ahead & (W_BREAK | W_REACH))
		return *value.p - '0';
	if (i + 1 == t->n || !(t->v[i + 1].classes & (W_DIST | W_UP | W_DOWN | W_NEW | W_REACH | W_ACCUM | W_AVG)) ||
	    !(ahead == 0 || ahead & (W_BREAK | W_HERE | W_NOUN | W_IND | W_ASPECT | W_REL)))
		return 0;
	return *value.p - '0';
}

/* 在2015年基础上 */
static bool starts_basis(struct span text, const struct tokens *t, size_t i)
{
	return next_is(t, i, W_PREPEND) && span_find((struct span){text.p + t->v[i].at, t->v[i].end - t->v[i].at}, "基础");
}

/* 1990年不变价, 按2010年可比价格计算, 以2015年为基期: the year of the prices. */
static bool of_prices(struct span text, const struct token *date)
{
	static const char *const words[] = {"不变价", "可比价", "价格", "为基期", "为基年"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_begins((struct span){text.p + date->end, text.len - date->end}, words[i]))
			return true;
	return false;
}

bool period_names_plan(struct span text, const struct tokens *t, size_t i)
{
	const struct token *name = i > 0 ? &t->v[i - 1] : NULL;
	return name && name->classes & W_NAME && plan_of((struct span){text.p + name->at, name->end - name->at});
}

/* 2012年以来 */
static bool since(struct span text, const struct token *date)
{
	return span_begins((struct span){text.p + date->end, text.len - date->end}, "以来");
}

/* 主要预期目标是：, 预期目标： */
static bool states_goal(struct span text, const struct tokens *t, size_t i)
{
	const struct token *v = &t->v[i];
	return span_find((struct span){text.p + v->at, v->end - v->at}, "目标") && next_is(t, i + 1, W_LEVEL | W_COMMA);
}

void period_token(struct period *p, const struct words *w, struct span text, const struct tokens *t, size_t i,
                  const struct figures *numbers)
{
	const struct token *v = &t->v[i];
	uint64_t ahead = i ? t->v[i - 1].classes : 0;

	if (v->classes & W_STOP) {
		p->said = p->said_part = p->modal = p->plain_year = p->total = p->total_part = p->estimated =
			p->past = p->range = false;
		p->start = 0;
		/* 各位代表！ is not yet what the paragraph opens with. */
		if (v->end > SALUTATION)
			p->opening = false;
		return;
	}
	if (v->classes & W_SEMI) {
		p->total_part = p->said_part = false;
		return;
	}
	if (v->classes & (W_MODAL | W_HEDGE) && !period_names_plan(text, t, i)) {
		p->modal = true;
		plan_follows(p);
	}
	if (p->opening && v->classes & W_HEDGE && !p->year && states_goal(text, t, i))
		p->section_target = p->section_known = true;
	if (v->classes & W_ACCUM)
		p->total = p->total_part = true;
	if (v->classes & W_EST)
		p->estimated = true;
	/* 比2015年增长8倍，比上年增长6% */
	if (v->classes & W_COMP && v->classes & W_THAN)
		p->start = 0;
	if (v->classes & W_AVG && !(v->classes & W_NOUN) && p->turned.first)
		turn_to_term(p, p->turned.first - 1);
	/* 年均, 累计, and from which year on, tell that a passage of such a section is about the term. */
	if (v->classes & (W_AVG | W_ACCUM) && !(v->classes & W_NOUN) && p->mixed.first && !p->said && !p->paragraph.first)
		p->paragraph = p->mixed;
	if (v->classes & W_DATE && of_prices(text, v))
		return;
	if (v->classes & W_DATE && !p->year)
		learn_year(p, text, t, i, &numbers->v[v->ref]);
	/* 比2015年, 从2016年的, 是2018年的4倍, 在2015年8亿元的基础上: not the figure's own time. */
	bool base = (v->classes & W_DATE && ahead & W_LEVEL &&
		     (next_is(t, i + 1, W_OF) || (next_is(t, i + 1, W_NUM) && next_is(t, i + 2, W_OF)))) ||
		    (v->classes & W_DATE &&
		     (starts_basis(text, t, i + 1) || (next_is(t, i + 1, W_OF) && starts_basis(text, t, i + 2)))) ||
		    (v->classes & W_NAME && ahead & W_LEVEL);
	if (base || ahead & (W_THAN | W_FROM)) {
		int plan = v->classes & W_NAME ? plan_of((struct span){text.p + v->at, v->end - v->at}) : 0;
		if (v->classes & W_DATE)
			p->start = period_year(&numbers->v[v->ref]);
		else if (plan && !next_is(t, i + 1, W_HEDGE))
			p->start = plan_years(plan).last;
		if (p->start && p->start == p->mixed.first - 1 && !p->said && !p->paragraph.first)
			p->paragraph = p->mixed;
		turn_to_term(p, p->start);
		return;
	}
	if (v->classes & W_DURATION) {
		int n = p->year && v->ref >= 0 ? years_done(t, i, numbers, text) : 0;
		/* 五年完成税收8亿元 */
		if (n && next_is(t, i + 1, W_REACH) && !next_is(t, i + 1, W_LEVEL))
			p->total = true;
		if (n)
			say(p, (struct years_span){p->target ? p->year : p->year - n,
						   p->target ? p->year + n - 1 : p->year - 1});
	} else if (v->classes & W_DATE && p->year && period_year(&numbers->v[v->ref]) && since(text, v)) {
		say(p, (struct years_span){period_year(&numbers->v[v->ref]), p->year - 1});
	} else if (v->classes & W_DATE) {
		p->apart = next_is(t, i + 1, W_COMMA | W_LEVEL) || ahead & W_OF;
		p->within = false;
		for (size_t k = i; k > t->from + 1 && !p->within; k--)
			p->within = t->v[k - 1].classes & W_COMMA;
		say_date(p, &numbers->v[v->ref]);
		if (leads(t, i) && !p->range && next_is(t, i + 1, W_COMMA))
			turn_to_year(p, p->sentence.last);
	} else if (v->classes & W_TIME) {
		int first, last;
		if (!words_years(w, v->ref, &first, &last)) {
			/* 2012年全年 */
			if (ahead & W_DATE && p->said)
				return;
			p->said = p->plain_year = true;
			p->sentence = (struct years_span){0};
		} else if (first >= FIRST_YEAR) {
			say(p, (struct years_span){first, last});
			if (first != last)
				p->paragraph = p->sentence;
		} else if (!p->year && !(p->named && first == 0 && last == 0)) {
			/* Which year that was is not known, but that it was before this one; 五年来 are those that are told of. */
			p->said = p->past = last < 0;
			p->sentence = p->about.last - p->about.first == last - first ? p->about : (struct years_span){0};
		} else {
			learn(p, p->year ? p->year : p->named);
			/* At the end of a year 明年 is that of the plan, and so is 今年 where plans are told. */
			int now = p->now && first >= 0 && last <= 1 && !(p->target && last == 0) ? p->now : p->year;
			struct years_span s = {now + first, now + last};
			/* 五年累计 looks ahead where the section does. */
			if (v->classes & W_ACCUM && p->target)
				s = (struct years_span){p->year, p->year + last - first};
			/* 创近五年新高, 为近五年最高 are not about five years, but 在五年中 is. */
			if (first != last && i > 0 &&
			    (!(ahead & (W_BREAK | W_HERE | W_PREP | W_ADV | W_EST | W_MODAL | W_HEDGE)) ||
			     (ahead & W_LEVEL && !(ahead & W_COVER))) &&
			    !(v->classes & W_ACCUM))
				return;
			say(p, s);
			if (first != last)
				p->paragraph = s;
			else if (leads(t, i))
				turn_to_year(p, s.last);
		}
	} else if (v->classes & W_NAME) {
		int plan = plan_of((struct span){text.p + v->at, v->end - v->at});
		struct span rest = {text.p + v->end, text.len - v->end};
		static const char *const during[] = {"期间", "时期", "以来", "五年", "这五年"};
		if (!plan)
			return;
		struct years_span s = plan_years(plan);
		if (span_begins(rest, "末"))
			say(p, (struct years_span){s.last, s.last});
		/* 回望“十四五” as a line of its own */
		if (!p->year && p->opening && rest.len == 0)
			say(p, s);
		for (size_t k = 0; k < sizeof during / sizeof *during; k++)
			if (span_begins(rest, during[k])) {
				say(p, s);
				p->paragraph = s;
			}
	}
}

bool period_target(const struct period *p)
{
	bool ahead = p->said && p->sentence.first && p->year && p->sentence.last >= p->year;

	if (p->said && p->past && !p->modal)
		return false;
	if (p->target)
		return true;
	if (p->open && ahead)
		return true;
	/* In front of all parts nothing else tells. */
	return p->modal && (ahead || p->open || p->current);
}

/* The term of several years that the paragraph, else the section, speaks of. */
static struct years_span term_at(const struct period *p)
{
	if (p->paragraph.first < p->paragraph.last)
		return p->paragraph;
	if (p->paragraph.first || !p->topic.first)
		return p->section.first || p->paragraph.first ? p->section : p->about;
	return p->topic.first < p->topic.last ? p->topic : (struct years_span){0};
}

/* What the passage is about where the sentence does not say. */
static struct years_span around(const struct period *p)
{
	return p->paragraph.first ? p->paragraph : p->topic.first ? p->topic : p->section.first ? p->section : p->about;
}

bool period_spans(const struct period *p)
{
	struct years_span s = p->said ? p->sentence : around(p);
	return s.first < s.last;
}

struct years_span period_of(const struct period *p, enum measure measure, enum course course, bool sum)
{
	struct years_span s = p->said ? p->sentence : around(p), term = term_at(p);
	struct years_span named = term.first ? term : p->mixed;
	bool target = period_target(p);

	if (course == COURSE_MEAN && named.first && s.first == s.last)
		s = named;
	/* 到2030年，年均增长6% */
	if (course == COURSE_MEAN && p->year && s.first == s.last && s.last > p->year)
		s.first = p->year;
	if (course == COURSE_OVER && term.first && s.first == s.last)
		s = term;
	/* 由2010年的…提高到2015年的…，累计投资8亿元 */
	if (sum && p->start && p->start == named.first - 1 && s.first == s.last && s.last == named.last)
		s = named;
	/* 较2020年提高: what has changed since that year, from the year before the term on. */
	if ((measure == MEASURE_CHANGE || measure == MEASURE_GROWTH) && p->start && named.first &&
	    p->start >= named.first - 1 && p->start < named.last) {
		/* 2018年，较2015年提高 is told of neither more nor less. */
		bool own = p->said && p->sentence.first == p->sentence.last && p->sentence.last > p->start &&
			   p->sentence.last < named.last;
		s = (struct years_span){p->start + 1, own ? p->sentence.last : named.last};
	}
	if (!s.first && p->year)
		s.first = s.last = target ? p->year : p->year - 1;
	if ((measure == MEASURE_CHANGE || measure == MEASURE_GROWTH) && p->start && s.first == s.last && p->start < s.last)
		s.first = p->start + 1;
	/* 2020年，生产总值…，比2015年…。投资9亿元、增长8%: that year's growth. */
	if (measure == MEASURE_GROWTH && course == COURSE_NONE && p->ended && !p->start && same(s, p->paragraph))
		s.first = s.last;
	/* What holds at the end of a term, unless it was added up over it. */
	bool held = measure == MEASURE_LEVEL || measure == MEASURE_SHARE || measure == MEASURE_RANK;
	if (held && course != COURSE_MEAN && !sum)
		s.first = s.last;
	return s;
}

struct years_span period_summed(const struct period *p, struct years_span s)
{
	struct years_span term = term_at(p);
	return p->said && !p->said_part && s.first == s.last && s.last == term.last ? term : s;
}

struct years_span period_start(const struct period *p, bool beginning, bool own)
{
	struct years_span term = term_at(p);
	struct years_span s = period_of(p, MEASURE_FROM, COURSE_OVER, false);

	/* 是2010年的3倍；由8万元增加到9万元: of a term that starts with another year. */
	if (p->start && (own || term.first == term.last))
		return (struct years_span){p->start, p->start};
	if (beginning)
		return (struct years_span){s.last, s.last};
	/* 2020年到2025年: the year itself, unless a plan begins with it. */
	if (p->said && p->range && p->sentence.first % PLAN_YEARS != SIXTH_PLAN % PLAN_YEARS)
		return (struct years_span){p->sentence.first, p->sentence.first};
	if (term.first && s.last == term.last)
		s = term;
	/* 到2030年由A提高到B: from what it is now. */
	if (p->year && s.first > p->year)
		s.first = p->year;
	s.last = s.first = s.first ? s.first - 1 : 0;
	return s;
}
