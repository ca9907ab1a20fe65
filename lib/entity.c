/* One pass of the lexicon over the text makes tokens: the words of the dictionaries, with gaps of other text between
 * them. Then each token that can end a name looks back over tokens and gaps for the place where the name begins. The
 * candidates come in the order of their ends; of those that overlap the longer stays. Tokens are held some thousands at
 * a time, for a text can be as long as it likes, but nothing looks back so far; the names far in front of them are handed
 * over. */
#include "entity.h"

#include <stdlib.h>

#include "entity_rules.h"
#include "err.h"
#include "recall.h"
#include "utf8.h"

struct token {
	uint32_t start, end;
	uint32_t word;    /* of the rules */
	uint32_t bound;
	int32_t ending;   /* the word's */
	int32_t partner;  /* of a bracket or quotation mark: the token that it goes with, -1 for none */
	uint32_t code;    /* of a place */
	uint8_t stop;     /* enum stop */
	uint8_t name;     /* enum entity_type, ENTITY_none for none */
	bool is_place;
};

/* Held at a time; what stands AHEAD of one is looked at; DEPTH brackets or quotation marks are open at most; so many bytes
 * in front of an ending its name begins. */
enum { TOKENS = 16384, AHEAD = 16, DEPTH = 8, REACH = 28 * 4 };

/* Sets of characters. */
enum chars { CHARS_numeral, CHARS_counting, CHARS_power, CHARS_suffix, CHARS_other, CHARS_COUNT };

struct entities {
	struct entity *list;
	size_t n, room;
};

struct entity_scanner {
	struct entity_rules rules;
	uint32_t home;
	struct span text;
	struct token tokens[TOKENS];
	size_t token_count;
	uint16_t asking[TOKENS];  /* those that are to be settled */
	uint16_t acting[TOKENS];  /* those that names may stand at */
	size_t asking_count, acting_count;
	const char *next;         /* where in the text the next one is looked for */
	int32_t open[DEPTH];      /* tokens that opened, -1 for one that was forgotten */
	int depth;
	bool flip;                /* a " is open */
	struct entities taken, refused;
	size_t handed;            /* the end of the last one that was handed over; no name begins before */
	entity_each *each;        /* who is handed them */
	void *self;
	struct recall recall;
	uint64_t sets[CHARS_COUNT][0x10000 / 64]; /* bitmaps: a chain of comparisons cannot be foretold */
	bool explain;
};

/* Where a name that ends with some token may begin. */
struct reach {
	size_t start;  /* behind the first stop, or at the place or level word that begins it */
	size_t framed; /* behind the frame, which soft stops may follow */
	size_t level;  /* at the level word or place, with joints and soft stops in between */
	size_t hosted; /* behind the word that frames events, or their ordinal, with joints and places in between */
	size_t seat;   /* at the place in front of the joint that start follows */
	const struct token *stop; /* what bounds start; NULL for the begin of the text or of a place */
	bool is_framed, is_level, is_awarded, is_hosted, is_seat;
	bool is_ranked; /* it is a word that stands at level: 国家, not a place */
	const struct token *list; /* 、 or 和 with nothing but soft stops between it and start; NULL for none */
};

static const struct entity_rule rule_quote = {{"“…”", 9}, {"", 0}}, rule_work = {{"《…》", 9}, {"", 0}},
                                rule_pair = {{"places side by side", 19}, {"", 0}},
                                rule_list = {{"…等N个", 10}, {"", 0}}, rule_items = {{"…等", 6}, {"", 0}},
                                rule_place = {{"gazetteer", 9}, {"", 0}},
                                rule_office = {{"office", 6}, {"", 0}}, rule_recall = {{"named before", 12}, {"", 0}};

/* Characters */

static const char *const sets[CHARS_COUNT] = {
	[CHARS_numeral] = "0123456789一二三四五六七八九十百千万两〇零几多余数各",
	/* what counts in 八美八化, but is no piece of a name by itself */
	[CHARS_counting] = "一二三四五六七八九十百千两〇零几",
	[CHARS_power] = "百千万亿",
	[CHARS_suffix] = "性化型者率力度员式权费",
	[CHARS_other] = "路街道桥村镇乡寨屯族剧帮江河湖湾山岛峡岸菜话派商",
};

static inline bool is_of(const struct entity_scanner *e, enum chars set, uint32_t c)
{
	return c < 0x10000 && e->sets[set][c / 64] >> c % 64 & 1;
}

static bool ascii_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool letter(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The character that ends before at; 0 at the begin of the text. */
static uint32_t before(const struct entity_scanner *e, size_t at)
{
	return at ? utf8_at(utf8_prev(e->text.p, e->text.p + at)) : 0;
}

static bool number_before(const struct entity_scanner *e, size_t at)
{
	return is_of(e, CHARS_numeral, before(e, at));
}

static bool number_at(const struct entity_scanner *e, size_t at)
{
	return at < e->text.len && is_of(e, CHARS_numeral, utf8_at(e->text.p + at));
}

static bool year_before(const struct entity_scanner *e, size_t at)
{
	for (int i = 0; i < 4; i++) {
		uint32_t c = before(e, at);
		if (!is_of(e, CHARS_numeral, c))
			return false;
		at -= utf8_encode(c, (char[4]){0});
	}
	return true;
}

static size_t chars(const struct entity_scanner *e, size_t start, size_t end)
{
	return utf8_count(e->text.p + start, end - start);
}

/* Whether s stands at byte at, which may lie outside the text. */
static bool is(const struct entity_scanner *e, size_t at, const char *s)
{
	size_t n = strlen(s);
	return at <= e->text.len && e->text.len - at >= n && memcmp(e->text.p + at, s, n) == 0;
}

/* Whether s stands right before byte at. */
static bool is_before(const struct entity_scanner *e, size_t at, const char *s)
{
	size_t n = strlen(s);
	return at >= n && is(e, at - n, s);
}

/* Tokens */

/* Whether the token is a body or ends one: it is the subject of a verb behind it. */
static bool ends_body(const struct entity_scanner *e, const struct token *t)
{
	return t->name == ENTITY_org || (t->ending >= 0 && e->rules.endings[t->ending].type == ENTITY_org);
}

/* 支撑性, 创新型: the character behind a verb makes it something else. */
static bool suffixed(const struct entity_scanner *e, size_t end)
{
	return end < e->text.len && is_of(e, CHARS_suffix, utf8_at(e->text.p + end));
}

static enum stop stop_of(const struct entity_scanner *e, const struct token *t)
{
	const struct token *prev = t > e->tokens ? t - 1 : NULL;
	uint32_t bound = t->bound;
	enum stop stop;

	if ((bound & BOUND_COUNT && number_before(e, t->start)) || (bound & BOUND_YEAR && year_before(e, t->start)))
		return STOP_HARD;
	stop = entity_stop(bound &= ~(uint32_t)(BOUND_COUNT | BOUND_YEAR));
	if (stop == STOP_ASK && suffixed(e, t->end))
		stop = entity_stop(bound & ~(uint32_t)BOUND_VERB);
	else if (stop == STOP_ASK) /* a verb at the begin of a clause, or behind another stop */
		return t->start == 0 || (prev && prev->end == t->start &&
					 (prev->stop >= STOP_JOINT || ends_body(e, prev)))
			       ? STOP_SOFT
			       : STOP_NONE;
	return stop;
}

/* Whether the text goes on behind end with a token or a common word, and is not in the middle of another one. */
static bool cut_behind(const struct entity_scanner *e, size_t end)
{
	const char *p = e->text.p + end, *stop = e->text.p + e->text.len;
	int32_t value;

	return p == stop || lexicon_longest(e->rules.lexicon, p, stop, &value) ||
	       lexicon_longest(e->rules.common, p, stop, &value);
}

/* 甲、乙、丙3县: the end of the number of divisions that stands behind the last place of a list; end when there is none. */
static size_t counted_places(const struct entity_scanner *e, size_t end)
{
	size_t at = end;

	while (at < e->text.len &&
	       (ascii_digit(utf8_at(e->text.p + at)) || is_of(e, CHARS_counting, utf8_at(e->text.p + at))))
		at += utf8_len(e->text.p[at]);
	if (at == end)
		return end;
	if (is(e, at, "个"))
		at += 3;
	return gazetteer_kind_at(e->text.p + at, e->text.p + e->text.len) ? at + 3 : end;
}

/* Whether a list of places goes on or is counted at end. */
static bool listed(const struct entity_scanner *e, size_t end)
{
	return is(e, end, "、") || is(e, end, "等") || counted_places(e, end) > end;
}

/* How well what stands from start to end is cut off from the text around it: 0 to 2 sides, which the tokens so far
 * and the text behind say; 3 within a list of places. */
static int cut_sides(const struct entity_scanner *e, size_t start, size_t end)
{
	const struct token *prev = e->token_count ? &e->tokens[e->token_count - 1] : NULL;
	bool left = start == 0 || (prev && prev->end == start);

	bool counted = counted_places(e, end) > end;
	const char *p = e->text.p;
	struct place next;
	int32_t value;

	if (left && prev && prev > e->tokens && prev->bound & BOUND_LIST && prev[-1].end == prev->start &&
	    prev[-1].is_place)
		return listed(e, end) ? 3 : 2;
	if (left && is(e, end, "、") && gazetteer_find(e->rules.gazetteer, p + end + 3, p + e->text.len, e->home, &next) &&
	    !next.word && listed(e, end + 3 + next.len) &&
	    lexicon_longest(e->rules.lexicon, p + end + 3, p + e->text.len, &value) && !e->rules.words[value].is_name)
		return 3; /* the first of one */
	return left + (counted || cut_behind(e, end));
}

/* 南昌路, 宁波帮: what the next character makes of a place's short name. */
static bool other_name(const struct entity_scanner *e, size_t end)
{
	return end < e->text.len && is_of(e, CHARS_other, utf8_at(e->text.p + end));
}

/* Whether another word goes over the place's end (四平 in 四平台), and none goes on behind it. */
static bool crossed(const struct entity_scanner *e, size_t end)
{
	const char *p = e->text.p + end, *stop = e->text.p + e->text.len, *last = utf8_prev(e->text.p, p);
	int32_t value;

	if (is(e, end, "等") && number_at(e, end + 3)) /* 昭平等10个县 */
		return false;
	return lexicon_longest(e->rules.common, last, stop, &value) > (size_t)(p - last) &&
	       lexicon_longest(e->rules.common, p, stop, &value) == 0;
}

/* How many sides must be cut off so that a name means the place: the more, the easier other words spell it. */
static int sides_needed(const struct place *p)
{
	if (p->word)
		return p->near >= PLACE_NEIGHBOUR ? 2 : 3;
	if (p->form == PLACE_SHORT && p->level == PLACE_COUNTY)
		return p->near >= PLACE_NEIGHBOUR ? 0 : p->near == PLACE_PROVINCIAL ? 1 : 2;
	if (p->form == PLACE_SHORT)
		return p->near >= PLACE_BELOW ? 0 : 1;
	return p->len <= 6 && p->near < PLACE_NEIGHBOUR ? 2 : 0; /* 户县, 单县 */
}

/* Makes t, which begins the name of a place, that name, nested names taken together; false when the text does not
 * mean the place. */
static bool place_at(const struct entity_scanner *e, struct token *t)
{
	const char *p = e->text.p;
	struct place place;
	int32_t value;
	size_t end;

	if (!gazetteer_find(e->rules.gazetteer, p + t->start, p + e->text.len, e->home, &place))
		return false;
	end = t->start + place.len;
	/* 浙江省委 is 浙江 and 省委 */
	if (place.form == PLACE_FULL && is(e, end, "委") && place.len > 6)
		end -= 3;
	else if (place.form == PLACE_SHORT &&
		 (other_name(e, end) ||
		  lexicon_longest(e->rules.common, p + t->start, p + e->text.len, &value) > place.len))
		return false;
	if (!place.nested && (cut_sides(e, t->start, end) < sides_needed(&place) ||
	                      (place.form == PLACE_SHORT && place.near < PLACE_BELOW && crossed(e, end))))
		return false;
	t->end = (uint32_t)end;
	t->code = place.code;
	t->is_place = true;
	return true;
}

/* The length of the word at at, which is len long, when the name of a province that begins with its last character
 * goes on behind it (年内 in 年内蒙古): without that character. Else len. */
static size_t before_province(const struct entity_scanner *e, const char *at, size_t len)
{
	const char *end = e->text.p + e->text.len, *last = utf8_prev(at, at + len);
	struct place place;
	int32_t value;

	if (lexicon_longest(e->rules.lexicon, last, end, &value) <= (size_t)(at + len - last) + 3 ||
	    !e->rules.words[value].is_place || !gazetteer_find(e->rules.gazetteer, last, end, e->home, &place) ||
	    place.level != PLACE_PROVINCE)
		return len;
	return (size_t)(last - at);
}

/* Sees to the partners of brackets and quotation marks: t is one, and those in front of it were seen to. */
static void pair_up(struct entity_scanner *e, struct token *t)
{
	if (t->bound & BOUND_FLIP) {
		t->bound |= e->flip ? BOUND_CLOSE : BOUND_OPEN;
		e->flip = !e->flip;
	}
	if (t->bound & BOUND_OPEN) {
		if (e->depth == DEPTH)
			memmove(e->open, e->open + 1, (size_t)--e->depth * sizeof *e->open);
		e->open[e->depth++] = (int32_t)(t - e->tokens);
	} else if (e->depth) {
		int32_t open = e->open[--e->depth];
		if (open >= 0 && ((e->tokens[open].bound ^ t->bound) & (BOUND_TITLE | BOUND_PAREN)) == 0)
			t->partner = open;
	}
}

/* Goes on from e->next, for TOKENS of them at most; false at the end of the text. */
static bool tokenize(struct entity_scanner *e)
{
	const char *s = e->text.p, *end = s + e->text.len, *at = e->next;
	int32_t value;
	size_t len;

	for (; e->token_count < TOKENS; at += len) {
		const struct word *w;
		struct token *t = &e->tokens[e->token_count];

		if (!(at = lexicon_search(e->rules.lexicon, at, end, &len, &value)))
			return false;
		w = &e->rules.words[value];
		if (w->province) {
			size_t shorter = before_province(e, at, len);
			if (shorter < len && !(len = lexicon_longest(e->rules.lexicon, at, at + shorter, &value))) {
				len = shorter;
				continue;
			}
			w = &e->rules.words[value];
		}
		*t = (struct token){
			.start = (uint32_t)(at - s),
			.end = (uint32_t)((size_t)(at - s) + len),
			.word = (uint32_t)value,
			.bound = w->bound,
			.ending = w->ending,
			.partner = -1,
			.stop = w->stop,
			.name = w->name,
		};
		if (!w->alone) {
			if (w->bound == BOUND_COUNT && w->ending < 0 && !number_before(e, t->start))
				continue;
			if (w->is_place && !w->is_name && !w->bound && w->ending < 0) {
				if (!place_at(e, t)) {
					/* words that only spell the name where they meet: go on within them */
					len = utf8_len(*at);
					continue;
				}
				len = t->end - t->start;
				t->stop = STOP_PLACE;
			} else if (len == 6 && w->name == ENTITY_org && crossed(e, t->end)) {
				len = utf8_len(*at); /* 中建 in 其中建设 */
				continue;
			}
		}
		/* Which ones are picked cannot be foretold: no branch. */
		e->asking[e->asking_count] = e->acting[e->acting_count] = (uint16_t)e->token_count++;
		e->asking_count += w->asks;
		e->acting_count += w->acts;
	}
	e->next = at;
	return true;
}

/* Settles what the tokens that ask for it are by those around them. */
static void settle_tokens(struct entity_scanner *e)
{
	for (size_t k = 0; k < e->asking_count; k++) {
		struct token *t = &e->tokens[e->asking[k]];
		if (t->bound & (BOUND_FLIP | BOUND_OPEN | BOUND_CLOSE))
			pair_up(e, t);
		t->stop = (uint8_t)stop_of(e, t);
	}
	e->asking_count = 0;
}

/* Forgets the first half of the tokens, which is far behind of what any rule looks back at. What was opened there stays
 * open. */
static void forget(struct entity_scanner *e)
{
	enum { HALF = TOKENS / 2 };

	e->token_count -= HALF;
	memmove(e->tokens, e->tokens + HALF, e->token_count * sizeof *e->tokens);
	for (size_t i = 0; i < e->token_count; i++)
		e->tokens[i].partner = e->tokens[i].partner < HALF ? -1 : e->tokens[i].partner - HALF;
	for (int i = 0; i < e->depth; i++)
		e->open[i] = e->open[i] < HALF ? -1 : e->open[i] - HALF;
	for (size_t i = 0; i < e->acting_count; i++)
		e->acting[i] = (uint16_t)(e->acting[i] - HALF);
}

/* Candidates */

static void push(struct entities *x, const struct entity *c)
{
	if (x->n == x->room) {
		x->room = x->room ? 2 * x->room : 256;
		x->list = xrealloc(x->list, x->room * sizeof *x->list);
	}
	x->list[x->n++] = *c;
}

static void refuse(struct entity_scanner *e, const struct entity *c)
{
	if (e->explain && c->type != ENTITY_none)
		push(&e->refused, c);
}

/* 第二届, 首届, 2023 in front of an event. */
static size_t ordinal_before(const struct entity_scanner *e, size_t start)
{
	size_t at = start;

	if (at < 6 || !is(e, at - 3, "届"))
		return start;
	at -= 3;
	if (is(e, at - 3, "首"))
		return at - 3;
	while (at && number_before(e, at))
		at -= utf8_encode(before(e, at), (char[4]){0});
	if (at >= 3 && is(e, at - 3, "第"))
		return at - 3;
	/* 举办3届, 连办四届: how many they were. */
	return at + 6 >= start || (unsigned char)e->text.p[at] < 0x80 ? start : at;
}

/* Whether 第二届 or 首届 stands at or in front of start. */
static bool numbered(const struct entity_scanner *e, size_t start)
{
	enum { LONG = 6 * 3 };
	size_t at = start;

	while (at < e->text.len && at < start + LONG && !is(e, at, "届"))
		at += utf8_len(e->text.p[at]);
	return ordinal_before(e, start) < start || (is(e, at, "届") && ordinal_before(e, at + 3) == start);
}

/* The end of （…段） behind the name of a road, river or park, which is part of it; end when there is none. */
static size_t section_end(const struct entity_scanner *e, size_t end)
{
	enum { LONG = 8 };
	size_t at = end + 3;

	if (!is(e, end, "（"))
		return end;
	for (int n = 0; n < LONG && at < e->text.len && utf8_han(utf8_at(e->text.p + at)); n++)
		at += utf8_len(e->text.p[at]);
	return is_before(e, at, "段") && is(e, at, "）") ? at + 3 : end;
}

/* The end of （县） or （市、区） behind an honour, which is part of it; end when there is none. */
static size_t levels_end(const struct entity_scanner *e, size_t end)
{
	size_t at = end + 3;

	if (!is(e, end, "（"))
		return end;
	while (at < e->text.len && (gazetteer_kind_at(e->text.p + at, e->text.p + e->text.len) || is(e, at, "、")))
		at += 3;
	return at > end + 3 && is(e, at, "）") ? at + 3 : end;
}

/* Takes a candidate; those that it overlaps give way when they are shorter and not handed over, else it does. */
static void take(struct entity_scanner *e, struct entity c)
{
	size_t keep = e->taken.n;

	c.taken = true;
	if (c.type == ENTITY_event) {
		size_t start = ordinal_before(e, c.start);
		const struct entity *last = keep ? &e->taken.list[keep - 1] : NULL;
		/* 某市第九届…运动会 */
		c.start = start < c.start && last && last->type == ENTITY_place && last->end == start
				  ? last->start
				  : (uint32_t)start;
	}
	if (c.type == ENTITY_project)
		c.end = (uint32_t)section_end(e, c.end);
	if (c.type == ENTITY_title)
		c.end = (uint32_t)levels_end(e, c.end);
	bool stays = c.start >= e->handed;
	for (; stays && keep && e->taken.list[keep - 1].end > c.start; keep--) {
		size_t was = e->taken.list[keep - 1].end - e->taken.list[keep - 1].start, is_now = c.end - c.start;
		/* a quotation is judged as a whole, also when its words would be something else by themselves */
		stays = was < is_now || (was == is_now && c.rule == &rule_quote);
	}
	if (!stays) {
		c.taken = false;
		refuse(e, &c);
		return;
	}
	while (e->taken.n > keep) {
		struct entity *old = &e->taken.list[--e->taken.n];
		old->taken = false;
		refuse(e, old);
	}
	push(&e->taken, &c);
}

/* Settles where a name begins: behind the stop t. */
static void settle(const struct entity_scanner *e, struct reach *r, const struct token *t, size_t start)
{
	r->start = start;
	r->stop = t;
	/* 入选全国首批…: the award stands in front of 首批 */
	while (t && t > e->tokens && t->bound & (BOUND_FIRST | BOUND_LEVEL) && t[-1].end == t->start)
		t--;
	r->is_awarded = t && t->bound & BOUND_AWARD;
}

/* Whether a name goes over the bracket or quotation that token i - 1 closes: a quotation, or （…） behind a place
 * or level word or around a place: 中国（浙江）…. */
static const struct token *opening(const struct entity_scanner *e, size_t i)
{
	const struct token *t = &e->tokens[i - 1], *o;

	if (t->partner < 0 || t->bound & BOUND_TITLE)
		return NULL;
	o = &e->tokens[t->partner];
	if (t->bound & BOUND_PAREN &&
	    !(o > e->tokens && o[-1].end == o->start && (o[-1].is_place || o[-1].bound & BOUND_LEVEL)) &&
	    !(o + 2 == t && o[1].is_place && o[1].start == o->end && o[1].end == t->start))
		return NULL;
	return o;
}

/* A verb or stop that follows a frame at once belongs to what the frame names: 实施优化…行动, 实施千万吨…计划; 新一轮 does
 * not. The token behind which the name begins; NULL when there is no frame. */
static const struct token *frame_before(const struct entity_scanner *e, const struct token *t)
{
	while (!(t->bound & BOUND_FRAME)) {
		size_t start = t->start;
		while (t->bound & BOUND_COUNT && is_of(e, CHARS_power, before(e, start)))
			start -= 3;
		if (t == e->tokens || t[-1].end != start)
			return NULL;
		if (t->bound & BOUND_FIRST && t[-1].bound & BOUND_FRAME)
			return t;
		if (start == t->start && !(t->bound & (BOUND_VERB | BOUND_ADVERB)))
			return NULL;
		t--;
	}
	return t;
}

/* Whether a word for such things stands in front of the joint. */
static bool joins(const struct entity_scanner *e, const struct token *joint, enum joins what)
{
	int32_t is;

	return lexicon_longest_before(e->rules.joined, e->text.p, e->text.p + joint->start, &is) && is == (int32_t)what;
}

/* Whether an event stands in front of the joint, which then joins two of them. */
static bool joins_events(const struct entity_scanner *e, const struct token *joint)
{
	const struct token *prev = joint > e->tokens && joint[-1].end == joint->start ? joint - 1 : NULL;

	return joins(e, joint, JOINS_EVENTS) ||
	       (prev && (prev->name == ENTITY_event ||
	                 (prev->ending >= 0 && e->rules.endings[prev->ending].type == ENTITY_event)));
}

/* Whether the verb or adverb t, or the ones in front of it, follow a joint at once: 和高质量发展. */
static bool follows_joint(const struct entity_scanner *e, const struct token *t)
{
	while (t > e->tokens && t->stop == STOP_SOFT && t[-1].end == t->start)
		t--;
	return t->stop == STOP_JOINT;
}

/* Whether a place, a body or a kind of them stands in front of the joint, which then joins two of them. */
static bool joins_bodies(const struct entity_scanner *e, const struct token *joint)
{
	const struct token *prev = joint > e->tokens && joint[-1].end == joint->start ? joint - 1 : NULL;

	return joins(e, joint, JOINS_BODIES) || (prev && (prev->is_place || ends_body(e, prev)));
}

/* Looks back over tokens and gaps from at, the begin of token i, for where a name begins. */
static struct reach look_back(const struct entity_scanner *e, size_t i, size_t at)
{
	struct reach r = {.start = at};
	bool settled = false; /* start is known; only a level word or a frame is looked for */
	bool joint = false, apart = false; /* no event goes over what was met */

	for (;; i--) {
		const struct token *t = i ? &e->tokens[i - 1] : NULL, *o, *frame;
		size_t edge = t ? t->end : 0;

		if (edge + REACH < at || !t) {
			if (!settled)
				r.start = t ? at : 0;
			return r;
		}
		if (t->bound & BOUND_CLOSE) {
			if (!(o = opening(e, i))) {
				if (!settled)
					settle(e, &r, t, edge);
				return r;
			}
			i = (size_t)(o - e->tokens) + 1;
			continue;
		}
		switch (t->stop) {
		case STOP_NONE:
			break;
		case STOP_PLACE: {
			const struct token *p = i > 1 && t[-1].end == t->start ? t - 1 : NULL;
			size_t start = t->start, counted = t->is_place ? counted_places(e, edge) : edge;
			if (counted > edge && counted <= at) {
				if (!settled)
					settle(e, &r, t, counted);
				return r;
			}
			if (t->is_place && r.list && r.start == r.list->end && !r.is_seat && !joins_bodies(e, r.list)) {
				r.is_seat = true;
				r.seat = start;
			}
			if (p && p->bound & BOUND_CLOSE && (o = opening(e, i - 1)) != NULL)
				start = o->start; /* “…”全国基地 */
			if (!joint || t->bound & BOUND_LEVEL) {
				r.is_level = true;
				r.is_ranked = t->bound & BOUND_LEVEL && !t->is_place;
				r.level = start;
			}
			/* goes on behind another place or name, a level word behind unknown text, 甲至乙, 甲—乙 */
			if (t->is_place && (is_before(e, start, "至") || is_before(e, start, "到") || is_before(e, start, "—")))
				break;
			if (p ? p->stop == STOP_PLACE || p->ending >= 0 || e->rules.words[p->word].is_name ||
			        start != t->start
			      : t->bound & BOUND_LEVEL && i > 1)
				break;
			if (!settled) {
				settled = true;
				settle(e, &r, p, start);
			}
			break;
		}
		case STOP_JOINT:
			joint = true;
			apart |= joins_events(e, t);
			if (!settled) {
				settled = true;
				r.list = t;
				settle(e, &r, t, edge);
			}
			break;
		case STOP_SOFT:
			apart |= !follows_joint(e, t);
			if (!settled) {
				settled = true;
				settle(e, &r, t, edge);
			}
			break;
		case STOP_LIST:
			if (!settled)
				settle(e, &r, t, edge);
			if (!joint)
				r.list = t;
			return r;
		case STOP_HARD:
			if (!settled)
				settle(e, &r, t, edge);
			if (!apart && (t->bound & BOUND_HOST || ordinal_before(e, edge) < edge)) {
				r.is_hosted = true;
				r.hosted = edge;
			}
			if (!joint && (frame = frame_before(e, t)) != NULL) {
				r.is_framed = true;
				r.framed = frame->end;
			}
			return r;
		}
	}
}

/* What a stretch is made of. */
struct stuff {
	bool place;    /* the name of a place */
	bool quoted;   /* quotation marks */
	bool marked;   /* digits or letters, or quotation marks */
	bool name;     /* a name of the dictionaries */
	bool line;     /* holds the ending of a project */
	bool letters;
	bool class;    /* holds a word for a class of things: 重点 */
	size_t unknown; /* Chinese characters in no common word, numerals not counted */
	bool numeral;   /* there is one among them: 二滩 */
	bool read;      /* letters, unknown and numeral are known, and all that is marked */
};

/* What the tokens say of it, which costs little. */
static struct stuff tokens_of(const struct entity_scanner *e, size_t i, size_t start, size_t end)
{
	struct stuff s = {0};

	while (i && e->tokens[i - 1].start >= start)
		i--;
	for (; i < e->token_count && e->tokens[i].end <= end; i++) {
		const struct token *t = &e->tokens[i];
		s.place |= t->is_place;
		s.class |= (t->bound & BOUND_CLASS) != 0;
		s.quoted |= (t->bound & (BOUND_OPEN | BOUND_PAREN | BOUND_TITLE)) == BOUND_OPEN;
		s.name |= t->name != ENTITY_none && t->name != ENTITY_person;
		for (int32_t k = t->ending; k >= 0; k = e->rules.endings[k].next)
			s.line |= e->rules.endings[k].type == ENTITY_project;
		s.line |= t->name == ENTITY_project;
	}
	s.marked = s.quoted;
	return s;
}

/* Adds what its characters and common words say. */
static void read_words(const struct entity_scanner *e, struct stuff *s, size_t start, size_t end)
{
	const char *p = e->text.p + start, *stop = e->text.p + end;

	while (p < stop) {
		int32_t value;
		uint32_t c = utf8_at(p);
		size_t len = lexicon_longest(e->rules.common, p, stop, &value);
		if (!len) {
			len = utf8_len(*p);
			s->letters |= letter(c);
			if (ascii_digit(c) || letter(c))
				s->marked = true;
			else if (is_of(e, CHARS_counting, c))
				s->numeral = true;
			else if (utf8_han(c) && !suffixed(e, (size_t)(p - e->text.p)))
				s->unknown++;
		}
		p += len;
	}
	s->read = true;
}

/* 省 市 县 区 州 旗 盟 at the begin of a body: 市投资促进委员会. */
static bool own_level(const struct entity_scanner *e, size_t start, size_t end)
{
	return start < end && gazetteer_kind_at(e->text.p + start, e->text.p + end);
}

/* Numerals, 第 届 次 、 and the levels, back from at, the begin of token i: what names a session. */
static size_t session_back(const struct entity_scanner *e, size_t nth, size_t at)
{
	static const char *const pieces[] = {"第", "届", "中", "次", "、", "自治区", "自治州", "自治县", "自治旗", "省", "市", "县", "区", "州", "旗", "党的", "人大", "政协",
	                                     "全国", "人民代表大会", "委员会", "中共", "常委会", "全会", "中央", "和", "常务委员会",
	                                     "省委", "市委", "县委", "区委", "州委", "旗委"};
	size_t end = at, limit = at > 4 * 32 ? at - 4 * 32 : 0;

	while (at > limit) {
		size_t left = at;
		uint32_t c = before(e, at);
		const struct token *t;
		while (nth && e->tokens[nth].start >= at)
			nth--;
		t = &e->tokens[nth];
		if (t->is_place && t->start < at && t->end >= at) /* 清河县 in front of 第三届 */
			return is_before(e, t->start, "中共") ? t->start - 6 : t->start;
		if (is_of(e, CHARS_numeral, c)) {
			left -= utf8_encode(c, (char[4]){0});
		} else {
			for (size_t i = 0; i < sizeof pieces / sizeof *pieces && left == at; i++)
				if (is_before(e, at, pieces[i]))
					left = at - strlen(pieces[i]);
		}
		if (left == at || (is(e, left, "和") && is_before(e, left, "会"))) /* …全会和省委…全会 */
			break;
		at = left;
	}
	/* the name of a county that no dictionary knows */
	if (own_level(e, at, end) && e->tokens[nth].end < at && e->tokens[nth].stop >= STOP_JOINT &&
	    chars(e, e->tokens[nth].end, at) <= 3 && utf8_han(utf8_at(e->text.p + e->tokens[nth].end)))
		return e->tokens[nth].end;
	while (at + 3 <= end && (is(e, at, "、") || is(e, at, "和") || is(e, at, "次") || is(e, at, "中、")))
		at += 3;
	return at;
}

/* Whether a list goes on here whose last item was taken as of the type. */
static bool taken_before(const struct entity_scanner *e, const struct reach *r, enum entity_type type)
{
	size_t n = e->taken.n, end;

	if (!r->list)
		return false;
	while (n && e->taken.list[n - 1].start >= r->list->start)
		n--;
	if (!n || e->taken.list[n - 1].type != type)
		return false;
	end = e->taken.list[n - 1].end;
	return end == r->list->start || ((is(e, end, "”") || is(e, end, "》")) && end + 3 == r->list->start);
}

/* The number, plus one, of the stop in front of the item of a list that ends in front of token i: verbs and numbers
 * stand within an item. 0 for the begin of the text. */
static size_t item_stop(const struct entity_scanner *e, size_t i)
{
	for (; i; i--) {
		const struct token *t = &e->tokens[i - 1];
		if (t->bound & BOUND_CLOSE && t->partner >= 0 && !(t->bound & BOUND_TITLE))
			i = (size_t)t->partner + 1;
		else if (entity_stop(t->bound & ~(uint32_t)(BOUND_COUNT | BOUND_YEAR | BOUND_VERB)) >= STOP_JOINT)
			break;
	}
	return i;
}

/* 垃圾、污水、厕所三大革命: as many items as the numeral in front of the ending says. */
static size_t list_start(const struct entity_scanner *e, const struct reach *r, size_t at)
{
	static const char *const numerals[] = {"二", "三", "四", "五", "六", "七", "八"};
	size_t n = 0, i, start = r->start;

	for (size_t k = 0; k < sizeof numerals / sizeof *numerals; k++)
		if (at >= 3 && is(e, at - 3, numerals[k]))
			n = k + 1;
	if (!n || start + 3 >= at || !r->stop || !(r->stop->bound & (BOUND_LIST | BOUND_JOINT)))
		return n && is(e, at, "大攻坚战") ? at - 3 : start; /* 三大攻坚战 is known by itself */
	for (i = (size_t)(r->stop - e->tokens); n--; i--) {
		size_t left = item_stop(e, i);
		if (!left || !(e->tokens[left - 1].bound & (BOUND_LIST | BOUND_JOINT)))
			return look_back(e, i, e->tokens[i].start).start;
		start = e->tokens[left - 1].end;
		i = left;
	}
	return start;
}

/* A class of things, not one with a name: counted in front (8个…电站) or behind (…机场5个). */
static bool class_of_things(const struct entity_scanner *e, const struct reach *r, size_t end)
{
	/* not so 总投资8亿元甲项目 */
	return (r->stop && r->stop->bound & (BOUND_CLASS | BOUND_COUNT) && !is_before(e, r->start, "元")) ||
	       (end < e->text.len && ascii_digit(utf8_at(e->text.p + end)));
}

/* What the rows of one ending share. */
struct trial {
	size_t i; /* the token */
	struct reach reach;
	bool framed, awarded;
	struct stuff stuff;  /* of what stands from known to the ending */
	size_t known;
};

/* What stands from start to the ending, as far as the tokens say. */
static const struct stuff *tokens_before(const struct entity_scanner *e, struct trial *trial, size_t start)
{
	const struct token *t = &e->tokens[trial->i];

	if (trial->known != start) {
		trial->stuff = tokens_of(e, trial->i, start, t->start);
		trial->known = start;
	}
	return &trial->stuff;
}

/* All of it. */
static const struct stuff *stuff_before(const struct entity_scanner *e, struct trial *trial, size_t start)
{
	if (!tokens_before(e, trial, start)->read)
		read_words(e, &trial->stuff, start, e->tokens[trial->i].start);
	return &trial->stuff;
}

static bool specific(const struct entity_scanner *e, struct trial *trial, size_t start)
{
	const struct stuff *s = tokens_before(e, trial, start);

	if (s->place || s->quoted || s->name)
		return true;
	s = stuff_before(e, trial, start);
	return s->letters || s->unknown >= 2 || (s->unknown && s->numeral);
}

static bool marked(const struct entity_scanner *e, struct trial *trial, size_t start)
{
	return tokens_before(e, trial, start)->quoted || stuff_before(e, trial, start)->marked;
}

/* Whether so many of the characters are in no common word. */
static bool unknown(const struct entity_scanner *e, struct trial *trial, size_t start, size_t n)
{
	return stuff_before(e, trial, start)->unknown >= n;
}

/* Where the name would begin by the row; the text's length when it cannot. */
static size_t start_by(const struct entity_scanner *e, const struct ending *row, const struct trial *trial)
{
	const struct token *t = &e->tokens[trial->i];
	const struct reach *r = &trial->reach;
	size_t start = r->start, none = e->text.len;

	switch (row->need) {
	case NEED_level:
		if (r->is_level && (row->type != ENTITY_org || r->level == r->start))
			return r->level;
		return r->stop && r->stop->stop == STOP_HARD && own_level(e, start, t->start) ? start : none;
	case NEED_awarded:
		if (!trial->awarded && !is(e, t->end, "创建") && !is(e, t->end, "称号") && !is(e, t->end, "验收"))
			return none;
		return r->is_level ? r->level : start;
	case NEED_granted:
		return trial->awarded && r->is_ranked ? r->level : none; /* 获批国家…基地, but 获批某市…基地 */
	case NEED_list:
		if (!r->is_framed)
			return list_start(e, r, t->start);
		break;
	case NEED_session:
		return session_back(e, trial->i, t->start);
	case NEED_framed:
	case NEED_framed_marked:
	case NEED_held:
	case NEED_version:
	case NEED_articles:
		if (!trial->framed)
			return none;
		break;
	case NEED_founded:
		return r->stop && r->stop->bound & BOUND_FOUND ? start : none;
	case NEED_seat:
		return trial->i && t[-1].is_place && t[-1].end == t->start ? start : none;
	default:
		break;
	}
	if (row->type == ENTITY_event && r->is_hosted)
		return r->hosted;
	if (row->type == ENTITY_policy) {
		if (r->is_framed)
			start = r->framed;
		else if (trial->framed && r->list)
			start = r->list->end;
		if (own_level(e, start, t->start) && is(e, start + 3, "“"))
			start += 3; /* 省“…”工程 */
	}
	return start;
}

/* 三大平台, 南山三大基地: whether a number of great ones stands between. */
static bool ranked(const struct entity_scanner *e, size_t start, size_t end)
{
	for (size_t at = start; at < end; at += utf8_len(e->text.p[at]))
		if (is(e, at, "大") && is_of(e, CHARS_counting, before(e, at)))
			return true;
	return false;
}

/* Whether the name from start to the ending meets what the row asks for. */
static bool fits(const struct entity_scanner *e, const struct ending *row, struct trial *trial, size_t start)
{
	const struct token *t = &e->tokens[trial->i];
	const struct token *next = trial->i + 1 < e->token_count && t[1].start == t->end ? t + 1 : NULL;
	const struct reach *r = &trial->reach;
	const struct stuff *s;
	/* the row of a policy or an event may be of a shorter ending */
	bool stem = row->type == ENTITY_policy || row->type == ENTITY_event;
	size_t n = chars(e, start, stem ? t->end - row->rule.text.len : t->start);

	if (n < row->min || n > row->max)
		return false;
	if (row->type == ENTITY_project && ranked(e, start, t->start))
		return false;
	if (row->type == ENTITY_policy && next && next->bound & BOUND_OPEN)
		return false; /* 新政“…”: the quotation is the name */
	/* what the text around says, which is cheap, before what the name is made of */
	switch (row->need) {
	case NEED_awarded:
		return (r->is_level || !class_of_things(e, r, t->end)) &&
		       !(t > e->tokens && t[-1].end == t->start && t[-1].bound & BOUND_CLOSE && is(e, t->start, "试点"));
	case NEED_list:
		return number_before(e, t->start);
	case NEED_version:
		return ascii_digit(before(e, t->start));
	case NEED_articles:
		return ascii_digit(before(e, t->start)) && !ascii_digit(utf8_at(e->text.p + start));
	case NEED_bounded:
		return r->stop != NULL;
	case NEED_ordinal: /* 第七届某博会, behind a 届 alone */
		return r->is_hosted && is_before(e, r->hosted, "届") && cut_behind(e, t->end);
	case NEED_done:
		if ((r->stop && r->stop->stop != STOP_HARD) || !next || !(next->bound & BOUND_DONE) ||
		    (trial->i && t[-1].end == t->start && ends_body(e, &t[-1]))) /* 某集团改革 */
			return false;
		break;
	case NEED_coded:
		if (!ascii_digit(before(e, t->start)) || ascii_digit(utf8_at(e->text.p + start)))
			return false;
		break;
	case NEED_built:
		if ((r->stop && r->stop->stop < STOP_JOINT) ||
		    (t->end < e->text.len && !(next && (next->stop >= STOP_JOINT ||
		                                        next->bound & (BOUND_VERB | BOUND_DONE | BOUND_CUE)))))
			return false;
		break;
	case NEED_route:
		if (!r->stop && start > 0)
			return false;
		break;
	case NEED_prize:
	case NEED_placed:
		if (!r->stop)
			return false;
		break;
	default:
		break;
	}
	s = tokens_before(e, trial, start);
	if ((row->type == ENTITY_project || row->type == ENTITY_org) && !s->place && class_of_things(e, r, t->end))
		return false;
	if (row->type == ENTITY_project && !s->place && r->stop && r->stop->bound & BOUND_FIRST)
		return false; /* 首个双跑道机场 */
	switch (row->need) {
	case NEED_rare:
		/* 实施…提升工程: a policy, when nothing says where it is built */
		if (trial->framed && !s->place && !s->line && !s->quoted && !s->name && is(e, t->end - 6, "工程") &&
		    chars(e, start, t->end - 6) >= 4)
			return false;
		return !s->class && (s->place || s->quoted || s->name || unknown(e, trial, start, s->line ? 2 : 3) ||
		                     s->letters);
	case NEED_specific:
		return (row->type == ENTITY_org && own_level(e, start, t->start)) ||
		       (row->type == ENTITY_event && numbered(e, start)) || specific(e, trial, start);
	case NEED_framed:
		/* 实施…水库除险加固工程 is no policy */
		if (span_is(row->rule.text, "工程") && !s->quoted &&
		    (s->class || s->place || (s->line && unknown(e, trial, start, 1))))
			return false;
		return n >= 4 || unknown(e, trial, start, 2) || s->marked;
	case NEED_held: /* 开展“…”活动; what is 深化 has the name of the quotation alone */
		return s->quoted && !is_before(e, r->framed, "深化");
	case NEED_marked:
	case NEED_framed_marked:
		return s->name || number_before(e, t->start) || marked(e, trial, start);
	case NEED_quoted:
		return s->quoted;
	case NEED_level:
		/* “…”试点 that is carried out is a policy */
		return row->type != ENTITY_title || !(s->quoted && r->stop && r->stop->bound & BOUND_FRAME);
	case NEED_prize:
		return trial->awarded || (r->stop && r->stop->bound & BOUND_OPEN) || unknown(e, trial, start, 2);
	case NEED_line:
		return s->line && (specific(e, trial, start) || marked(e, trial, start));
	case NEED_road:
		return (s->place || unknown(e, trial, start, 2)) && cut_behind(e, t->end);
	case NEED_village:
		return (r->stop || start == 0) && stuff_before(e, trial, start)->unknown == n && cut_behind(e, t->end);
	case NEED_session:
		return n >= 2 || number_before(e, t->start) || marked(e, trial, start) || unknown(e, trial, start, 1);
	case NEED_done:
		return !s->class && !(s->line && span_is(row->rule.text, "工程"));
	case NEED_coded:
		return marked(e, trial, start);
	case NEED_route: {
		const char *p = e->text.p;
		int32_t value; /* 西十高铁, but not 城际高铁 */
		return !s->class && lexicon_longest(e->rules.common, p + start, p + t->start, &value) < t->start - start;
	}
	case NEED_placed:
		return s->place && (r->stop && r->stop->bound & BOUND_OPEN);
	default:
		return true;
	}
}

static void end_here(struct entity_scanner *e, size_t i)
{
	const struct token *t = &e->tokens[i];
	struct trial trial = {.i = i, .reach = look_back(e, i, t->start), .known = e->text.len};

	trial.framed = trial.reach.is_framed || taken_before(e, &trial.reach, ENTITY_policy);
	trial.awarded = trial.reach.is_awarded || taken_before(e, &trial.reach, ENTITY_title);
	for (int32_t k = t->ending; k >= 0; k = e->rules.endings[k].next) {
		const struct ending *row = &e->rules.endings[k];
		size_t start = start_by(e, row, &trial);
		struct entity c = {.start = (uint32_t)start, .end = t->end, .type = row->type, .rule = &row->rule};
		if (start < e->text.len && fits(e, row, &trial, start)) {
			take(e, c);
			return;
		}
		/* 甲市信息与医学研究院, but not 甲市与研究院 */
		if (row->type == ENTITY_org && trial.reach.is_seat && chars(e, trial.reach.list->end, t->start) >= 2 &&
		    fits(e, row, &trial, trial.reach.seat)) {
			c.start = (uint32_t)trial.reach.seat;
			take(e, c);
			return;
		}
		if (start < t->start)
			refuse(e, &c);
	}
}

/* 沪甬合作, 川渝两地: places by their abbreviations in front of token i. */
static void pair_here(struct entity_scanner *e, size_t i)
{
	const struct token *t = &e->tokens[i];
	size_t begin = i ? t[-1].end : 0, at = t->start, n = 0;
	uint32_t codes[8];

	while (at > begin && n < 8) {
		size_t left = (size_t)(utf8_prev(e->text.p, e->text.p + at) - e->text.p);
		if (!(codes[n] = gazetteer_abbreviation(e->rules.gazetteer, e->text.p + left, e->home)))
			break;
		at = left;
		n++;
	}
	if (n < 2 || at != begin)
		return;
	while (n--) {
		size_t len = utf8_len(e->text.p[at]);
		take(e, (struct entity){.start = (uint32_t)at, .end = (uint32_t)(at + len), .code = codes[n],
		                        .type = ENTITY_place, .rule = &rule_pair});
		at += len;
	}
}

/* 甲、乙等3个乡镇: places without code. Token i is the 乡镇. */
static void list_here(struct entity_scanner *e, size_t i)
{
	enum { ITEMS = 16 };
	const struct token *t = &e->tokens[i];
	size_t at, n = 0, starts[ITEMS], ends[ITEMS];

	if (i < 2 || t[-1].end != t->start || !(t[-1].bound & BOUND_COUNT) || !number_before(e, t[-1].start))
		return;
	for (at = t[-1].start; at && number_before(e, at);)
		at -= utf8_encode(before(e, at), (char[4]){0});
	if (at < 3 || !is(e, at - 3, "等"))
		return;
	at -= 3;
	for (const struct token *p = t - 1; n < ITEMS; p--) {
		bool begin = p == e->tokens;
		if (!begin && (p[-1].end > at || p[-1].stop == STOP_NONE || p[-1].is_place))
			continue;
		size_t edge = begin ? 0 : p[-1].end, gap = chars(e, edge, at);
		if (gap < 2 || gap > 4)
			break;
		starts[n] = edge;
		ends[n++] = at;
		if (begin || p[-1].stop != STOP_LIST)
			break;
		at = p[-1].start;
	}
	while (n && e->taken.n && e->taken.list[e->taken.n - 1].start >= starts[n - 1])
		e->taken.n--;
	while (n--)
		take(e, (struct entity){.start = (uint32_t)starts[n], .end = (uint32_t)ends[n],
		                        .type = ENTITY_place, .rule = &rule_list});
}

/* What the items of a list are whose 等 is token i: the class that is named behind it says so, or the token itself, the
 * 上市 of firms; ENTITY_none for nothing. */
static enum entity_type class_behind(const struct entity_scanner *e, size_t i)
{
	enum { REACHES = 12 * 3 };
	const struct token *t = &e->tokens[i], *end = e->tokens + e->token_count;
	const size_t limit = t->end + REACHES;

	if (t->bound & BOUND_FIRMS)
		return ENTITY_org;
	while (++t < end && t->start < limit && !(t->bound & (BOUND_HARD | BOUND_LIST | BOUND_ETC)))
		if (t->bound & (BOUND_WORKS | BOUND_FIRMS)) {
			if (t->bound & BOUND_CUE && t[-1].bound & BOUND_CLOSE)
				return ENTITY_none; /* 甲、乙等“…”工程: they are in it */
			while (t + 1 < end && t[1].start == t->end && t[1].bound & (BOUND_WORKS | BOUND_FIRMS))
				t++; /* 企业项目 */
			return t->bound & BOUND_WORKS ? ENTITY_project : ENTITY_org;
		}
	return ENTITY_none;
}

/* Whether it is what it is in any list: not so 甲纱厂, which is a project among projects. */
static bool settled_type(const struct entity_scanner *e, const struct entity *c)
{
	int32_t at = lexicon_value(e->rules.lexicon, c->rule->text);

	return at == LEXICON_NONE || e->rules.words[at].ending < 0 ||
	       e->rules.endings[e->rules.words[at].ending].need != NEED_road;
}

/* 甲、乙、丙等3个重大项目: the items of the list in front of token i, the 等, are of the class behind it. Few of them tell
 * so by themselves; but when most of them are no common words, they are names. */
static void items_here(struct entity_scanner *e, size_t i)
{
	enum { ITEMS = 32, INNER = 2 * ITEMS, LONG = 20 };
	enum entity_type type = class_behind(e, i);
	size_t n = 0, names = 0, inner, k, at = e->tokens[i].start;
	struct entity items[ITEMS], old[INNER];
	bool first = false, floated = e->tokens[i].bound & BOUND_FIRMS;

	if (type == ENTITY_none)
		return;
	while (n < ITEMS && !first) {
		size_t start, length, j = item_stop(e, i);
		const struct token *t = j ? &e->tokens[j - 1] : NULL;
		struct stuff s;
		first = !t || !(t->bound & (BOUND_LIST | BOUND_JOINT));
		start = t ? t->end : 0;
		if (first) {
			struct reach r = look_back(e, i, at);
			/* 支持甲上市, but not 大闸蟹上市 */
			if (floated &&
			    !(r.stop && (r.stop->stop == STOP_SOFT || r.stop->bound & (BOUND_STOP | BOUND_FRAME))))
				return;
			start = r.start;
		}
		length = chars(e, start, at);
		if (length > LONG)
			return;
		s = tokens_of(e, i, start, at);
		read_words(e, &s, start, at);
		names += s.place || s.name || s.letters || s.unknown >= 2;
		items[n++] = (struct entity){.start = (uint32_t)start,
					     .end = (uint32_t)at,
					     .type = (uint8_t)type,
					     .rule = &rule_items,
					     .taken = !s.quoted && !s.class && (s.letters || s.unknown >= 2)};
		if (!first) {
			i = j - 1;
			at = t->start;
		}
	}
	if (2 * names < n)
		return;
	for (k = e->taken.n; k && e->taken.list[k - 1].start >= items[n - 1].start; k--)
		;
	inner = e->taken.n - k;
	if (inner > INNER || (k && e->taken.list[k - 1].end > items[n - 1].start))
		return;
	memcpy(old, e->taken.list + k, inner * sizeof *old);
	e->taken.n = k;
	for (size_t count = n + (k = 0); n--;) {
		const struct entity *item = &items[n];
		bool named = k < inner && old[k].start == item->start && old[k].end == item->end &&
		             (old[k].type != ENTITY_org || settled_type(e, &old[k]));
		if (item->taken && !named && (2 * names > count || chars(e, item->start, item->end) > 2))
			take(e, *item);
		for (; k < inner && old[k].start < item->end; k++)
			take(e, old[k]);
	}
}

/* Whether the name of a person may end at at: the text or a stop follows, or a word that follows names. */
static bool person_ends(const struct entity_scanner *e, size_t at, size_t edge)
{
	int32_t is;

	return at == edge || (lexicon_longest(e->rules.persons, e->text.p + at, e->text.p + e->text.len, &is) &&
			      is & PERSON_BEHIND);
}

/* Where the name of a person behind token i ends: one or two characters behind the surname, or parts with dots between
 * (…·…); 0 when there is none. */
static size_t person_end(const struct entity_scanner *e, size_t i)
{
	enum { PART = 8, LONG = 24 * 3 };
	const size_t start = e->tokens[i].end;
	const char *text = e->text.p + start;
	size_t at = start, edge;
	int32_t is;
	/* Surnames and what follows them are characters of three bytes. */
	size_t surname = lexicon_longest(e->rules.persons, text, e->text.p + e->text.len, &is);
	bool dotted = false, known = surname && is & PERSON_SURNAME;

	while (++i < e->token_count && e->tokens[i].stop < STOP_JOINT && e->tokens[i].start < start + LONG)
		;
	edge = i < e->token_count ? e->tokens[i].start : e->text.len;
	for (int n = 0; n <= PART; n++) {
		bool whole = dotted ? n > 0 : known && at > start + surname && at <= start + surname + 6;
		if (whole && person_ends(e, at, edge))
			return at;
		if (at >= edge)
			return 0;
		uint32_t c = utf8_at(e->text.p + at);
		if (c == 0xb7 && n > 0) {
			dotted = true;
			n = -1;
		} else if (!utf8_han(c)) {
			return 0;
		}
		at += utf8_len(e->text.p[at]);
	}
	return 0;
}

/* 县长某某某: a name behind the office. */
static void person_here(struct entity_scanner *e, size_t i)
{
	size_t start = e->tokens[i].end, end = person_end(e, i);
	int32_t value;

	if (end && lexicon_longest(e->rules.common, e->text.p + start, e->text.p + end, &value) != end - start)
		take(e, (struct entity){.start = (uint32_t)start, .end = (uint32_t)end,
		                        .type = ENTITY_person, .rule = &rule_office});
}

/* “47条”, “新十条”: a number of articles. */
static bool articles(const struct entity_scanner *e, size_t start, size_t end)
{
	if (end - start < 4 || !is(e, end - 3, "条") || !number_before(e, end - 3))
		return false;
	for (end -= 3; end > start && number_before(e, end);)
		end -= utf8_encode(before(e, end), (char[4]){0});
	return end == start || (end == start + 3 && is(e, start, "新"));
}

/* Whether a policy ending stands at the end of the quotation that token t closes. */
static bool ends_as_policy(const struct entity_scanner *e, const struct token *t)
{
	if (t == e->tokens || t[-1].end != t->start)
		return false;
	for (int32_t k = t[-1].ending; k >= 0; k = e->rules.endings[k].next)
		if (e->rules.endings[k].type == ENTITY_policy)
			return true;
	return false;
}

/* “千村提升工程”, “十五”: a policy or a five-year plan whatever stands around the quotation from o to t. */
static bool policy_by_itself(const struct entity_scanner *e, const struct token *o, const struct token *t)
{
	size_t at = o->end;

	if (t[-1].end == t->start && t[-1].start > o->end)
		for (int32_t k = t[-1].ending; k >= 0; k = e->rules.endings[k].next)
			if (e->rules.endings[k].type == ENTITY_policy && e->rules.endings[k].need == NEED_framed)
				return true;
	while (at < t->start && is_of(e, CHARS_counting, utf8_at(e->text.p + at)))
		at += 3;
	return at == t->start && is_before(e, at, "五");
}

/* The quotation in front of token o with nothing or 、 和 between: the token that closes it, NULL for none. */
static const struct token *quotation_before(const struct entity_scanner *e, const struct token *o)
{
	if (o > e->tokens && o[-1].end == o->start && o[-1].bound & (BOUND_LIST | BOUND_JOINT))
		o--;
	if (o > e->tokens && o[-1].end == o->start && o[-1].bound & BOUND_CLOSE && !(o[-1].bound & BOUND_PAREN) &&
	    o[-1].partner >= 0)
		return o - 1;
	return NULL;
}

/* Whether what is quoted can be a name, and not a sentence or an idiom. */
static bool name_like(const struct entity_scanner *e, const struct token *o, const struct token *t)
{
	size_t n = chars(e, o->end, t->start);

	if (n < 2 || n > 16)
		return false;
	for (const struct token *k = o + 1; k < t; k++)
		if (k->bound & (BOUND_HARD | BOUND_OPEN) ||
		    (k->start == o->end && k->end == t->start && e->rules.words[k->word].is_name))
			return false;
	return true;
}

/* The name that was taken for the quotation that o opens, or over it; NULL for none. */
static const struct entity *taken_at(const struct entity_scanner *e, const struct token *o)
{
	size_t n = e->taken.n;

	while (n && e->taken.list[n - 1].start > o->end)
		n--;
	return n && e->taken.list[n - 1].end > o->end && e->taken.list[n - 1].start <= o->end
		       ? &e->taken.list[n - 1]
		       : NULL;
}

enum { QUOTATIONS = 16 }; /* side by side that are looked at together */

/* Takes the quotation that t closes, and up to depth quotations in front of it, side by side, that were not taken for
 * themselves. */
static void take_quotation(struct entity_scanner *e, const struct token *t, uint8_t type, int depth)
{
	const struct token *o = &e->tokens[t->partner], *other = quotation_before(e, o);

	while (e->taken.n && e->taken.list[e->taken.n - 1].start >= o->start)
		e->taken.n--;
	if (depth && other && name_like(e, &e->tokens[other->partner], other) && !taken_at(e, &e->tokens[other->partner]))
		take_quotation(e, other, type, depth - 1);
	take(e, (struct entity){.start = o->end, .end = t->start, .type = type, .rule = &rule_quote});
}

/* “甲、乙、丙”服务: a list of words is no slogan. */
static bool enumeration(const struct token *o, const struct token *t)
{
	while (++o < t)
		if (o->bound & BOUND_LIST)
			return true;
	return false;
}

/* “两横一纵”: whether the short slogan between o and t holds another one, which means nothing in it. */
static bool holds_policy(const struct entity_scanner *e, const struct token *o, const struct token *t)
{
	enum { LONG = 6 };
	const struct entity *last = e->taken.n ? &e->taken.list[e->taken.n - 1] : NULL;

	return last && last->type == ENTITY_policy && last->start >= o->end && last->end <= t->start &&
	       chars(e, o->end, t->start) <= LONG;
}

/* A quotation that is a name by itself, or the end of one; token i closes it. */
static void quote_here(struct entity_scanner *e, size_t i)
{
	const struct token *t = &e->tokens[i], *o = &e->tokens[t->partner], *prev, *next, *other;
	struct entity c = {.start = o->end, .end = t->start, .type = ENTITY_policy, .rule = &rule_quote};
	const struct entity *last;
	struct reach r;

	if (t->bound & BOUND_TITLE) {
		c.type = ENTITY_work;
		c.rule = &rule_work;
		if (c.end > c.start + 3)
			take(e, c);
		return;
	}
	if (!name_like(e, o, t))
		return;
	prev = o > e->tokens && o[-1].end == o->start ? o - 1 : NULL;
	if (prev && prev->bound & BOUND_STORM) {
		take(e, (struct entity){.start = prev->start, .end = t->end, .type = ENTITY_event, .rule = &rule_quote});
		return;
	}
	next = i + 1 < e->token_count && t[1].start == t->end ? t + 1 : NULL;
	r = look_back(e, (size_t)(o - e->tokens), o->start);
	if ((articles(e, c.start, c.end) || (ends_as_policy(e, t) && !is(e, c.end - 3, "条"))) &&
	    (r.is_framed || taken_before(e, &r, ENTITY_policy))) {
		size_t start = r.is_framed ? r.framed : r.list ? r.list->end : o->start;
		if (start < o->start) { /* 数字经济“一号工程”, 稳经济“16条” */
			c.start = (uint32_t)start;
			c.end = t->end;
		}
		take(e, c);
		return;
	}
	while (prev && prev->stop == STOP_SOFT && prev > e->tokens && prev[-1].end == prev->start)
		prev--;
	other = quotation_before(e, o);
	if (next && next->bound & BOUND_HONOUR)
		take_quotation(e, t, ENTITY_title, QUOTATIONS);
	else if (prev && prev->bound & BOUND_LEVEL && !(next && next->bound & BOUND_CUE) && !ends_as_policy(e, t) &&
	         is(e, prev->end - 3, "级"))
		take_quotation(e, t, ENTITY_title, QUOTATIONS);
	else if (prev && prev->bound & BOUND_AWARD && !(prev->bound & BOUND_FRAME))
		take_quotation(e, t, ENTITY_title, QUOTATIONS);
	else if ((prev && prev->bound & BOUND_FRAME) || (next && next->bound & BOUND_CUE && !enumeration(o, t)) ||
	         is(e, c.end - 3, "条") || policy_by_itself(e, o, t))
		take_quotation(e, t, ENTITY_policy, QUOTATIONS);
	else if (other && (last = taken_at(e, &e->tokens[other->partner])) != NULL && last->end == other->start)
		take_quotation(e, t, last->type, QUOTATIONS);
	else if (holds_policy(e, o, t))
		take_quotation(e, t, ENTITY_policy, 0);
	else
		refuse(e, &c);
}

/* Hands over the names that the document had in quotation marks before and that stand without up to end. */
static void recall_names(struct entity_scanner *e, size_t end)
{
	const char *p = e->text.p, *hit = p + e->handed;
	size_t len;
	int type;

	for (; (hit = recall_search(&e->recall, hit, p + end, &len, &type)) != NULL; hit += len)
		e->each(e->self, &(struct entity){.start = (uint32_t)(hit - p), .end = (uint32_t)((size_t)(hit - p) + len),
		                                  .type = (uint8_t)type, .rule = &rule_recall, .taken = true});
}

/* Hands over the first n that were taken, with what is recalled in front of each; and keeps the quoted names among them
 * for the texts that follow. */
static void hand_over(struct entity_scanner *e, size_t n)
{
	enum { SHORTEST = 4 * 3 }; /* shorter ones are too often words as well */

	for (size_t i = 0; i < n; i++) {
		const struct entity *c = &e->taken.list[i];
		recall_names(e, c->start);
		e->each(e->self, c);
		e->handed = c->end;
		if (c->rule == &rule_quote && c->end - c->start >= SHORTEST && !is(e, c->start, "“"))
			recall_add(&e->recall, (struct span){e->text.p + c->start, c->end - c->start}, (int)c->type);
	}
	e->taken.n -= n;
	if (e->taken.n)
		memmove(e->taken.list, e->taken.list + n, e->taken.n * sizeof *e->taken.list);
}

/* Takes what stands at, in front of or behind token i. */
static void act(struct entity_scanner *e, size_t i)
{
	const struct token *t = &e->tokens[i];

	if (t->is_place)
		take(e, (struct entity){.start = t->start, .end = t->end, .code = t->code,
		                        .type = ENTITY_place, .rule = &rule_place});
	if (t->name != ENTITY_none) {
		struct entity c = {.start = t->start, .end = t->end, .type = t->name, .rule = &e->rules.texts[t->word]};
		/* 国家级…小巨人, 第五届中国进博会 */
		if ((t->name == ENTITY_title || t->name == ENTITY_event) && i && t[-1].end == t->start &&
		    t[-1].bound & BOUND_LEVEL && !is(e, t[-1].start, "全"))
			c.start = t[-1].start;
		if (t->name == ENTITY_project && i && t[-1].end == t->start && t[-1].is_place)
			c.start = t[-1].start; /* 浙江自贸试验区 */
		take(e, c);
	}
	if (t->bound & BOUND_VILLAGES)
		list_here(e, i);
	if (t->bound & BOUND_ETC)
		items_here(e, i);
	if (t->ending >= 0)
		end_here(e, i);
	if (t->bound & BOUND_PAIR)
		pair_here(e, i);
	if (t->bound & BOUND_OFFICE)
		person_here(e, i);
	if (t->bound & BOUND_CLOSE && !(t->bound & BOUND_PAREN) && t->partner >= 0)
		quote_here(e, i);
}

/* How many of those that were taken lie so far in front of the tokens that no other one can take their place. */
static size_t settled(const struct entity_scanner *e)
{
	size_t n = e->taken.n;

	while (n && e->taken.list[n - 1].end + REACH > e->tokens->start)
		n--;
	return n;
}

static void scan(struct entity_scanner *e, struct span text, entity_each *each, void *self)
{
	bool more;

	e->text = text;
	e->each = each;
	e->self = self;
	e->taken.n = e->refused.n = e->token_count = e->asking_count = e->acting_count = e->handed = 0;
	e->next = text.p;
	e->depth = 0;
	e->flip = false;
	recall_text(&e->recall);
	do {
		size_t n = 0;
		more = tokenize(e);
		settle_tokens(e);
		for (size_t ready = more ? TOKENS - AHEAD : TOKENS; n < e->acting_count && e->acting[n] < ready; n++)
			act(e, e->acting[n]);
		if (more) {
			e->acting_count -= n;
			memmove(e->acting, e->acting + n, e->acting_count * sizeof *e->acting);
			forget(e);
			hand_over(e, settled(e));
		}
	} while (more);
	hand_over(e, e->taken.n);
	recall_names(e, text.len);
}

void entity_scan(struct entity_scanner *e, struct span text, entity_each *each, void *self)
{
	e->explain = false;
	scan(e, text, each, self);
}

static int by_start(const void *a, const void *b)
{
	const struct entity *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end > y->end) - (x->end < y->end);
}

static void keep(void *list, const struct entity *c)
{
	push(list, c);
}

void entity_explain(struct entity_scanner *e, struct span text, entity_each *each, void *self)
{
	struct entities all = {0};

	e->explain = true;
	scan(e, text, keep, &all);
	for (size_t i = 0; i < e->refused.n; i++)
		push(&all, &e->refused.list[i]);
	if (all.n)
		qsort(all.list, all.n, sizeof *all.list, by_start);
	for (size_t i = 0; i < all.n; i++)
		each(self, &all.list[i]);
	free(all.list);
}

struct entity_scanner *entity_open(char *const *dictionaries, size_t count)
{
	struct entity_scanner *e = xcalloc(1, sizeof *e);

	for (size_t i = 0; i < CHARS_COUNT; i++)
		for (const char *s = sets[i]; *s; s += utf8_len(*s))
			e->sets[i][utf8_at(s) / 64] |= (uint64_t)1 << utf8_at(s) % 64;
	entity_rules_read(&e->rules, dictionaries, count);
	return e;
}

void entity_free(struct entity_scanner *e)
{
	if (!e)
		return;
	entity_rules_free(&e->rules);
	free(e->taken.list);
	free(e->refused.list);
	recall_free(&e->recall);
	free(e);
}

void entity_document(struct entity_scanner *e, uint32_t home)
{
	e->home = home;
	recall_clear(&e->recall);
}
