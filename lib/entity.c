/* One pass of the lexicon over the text makes tokens: the words of the dictionaries, with gaps of other text between
 * them. Then each token that can end a name looks back over tokens and gaps for the place where the name begins. The
 * candidates come in the order of their ends; of those that overlap the longer stays. */
#include "entity.h"

#include <stdlib.h>

#include "entity_rules.h"
#include "err.h"
#include "utf8.h"

/* How a token bounds the name behind it. */
enum stop {
	STOP_NONE,
	STOP_PLACE, /* a name begins with it */
	STOP_JOINT, /* 和: a stop, but not for honours */
	STOP_SOFT,  /* a verb or adverb: a stop, but not for what a frame in front of it names */
	STOP_LIST,  /* 、 */
	STOP_HARD,
};

struct token {
	size_t start, end;
	const struct word *word;
	enum stop stop;
	int32_t partner;  /* of a bracket or quotation mark: the token that it goes with, -1 for none */
	size_t place_end; /* of the name of a place, nested names taken together; 0 for none */
	uint32_t bound;
};

struct entity_scanner {
	struct entity_rules rules;
	uint32_t home;
	struct span text;
	struct token *tokens;
	size_t token_count, token_room;
	struct entity *entities;
	size_t entity_count, entity_room;
	struct entity *refused;
	size_t refused_count, refused_room;
	bool explain;
};

/* Where a name that ends with some token may begin. */
struct reach {
	size_t start;       /* behind the first stop, or at the place or level word that begins it */
	size_t framed;      /* behind the frame, soft stops in front passed over; start when it is the same */
	size_t level;       /* at the level word or place, joints and soft stops in front passed over */
	const struct token *stop; /* what bounds start; NULL for the begin of the text */
	bool is_framed, is_level, is_awarded;
	bool listed;        /* start stands behind 、 or 和 */
};

static const struct span rule_quote = {"“…”", 9}, rule_work = {"《…》", 9}, rule_pair = {"places side by side", 19},
                         rule_list = {"…等N个", 10}, rule_place = {"gazetteer", 9};

/* Characters */

static bool chinese_digit(uint32_t c)
{
	switch (c) {
	case 0x4e00: case 0x4e8c: case 0x4e09: case 0x56db: case 0x4e94: case 0x516d: case 0x4e03: case 0x516b:
	case 0x4e5d: case 0x5341: case 0x767e: case 0x5343: case 0x4e07: case 0x4e24: case 0x3007: case 0x96f6:
	case 0x51e0: case 0x591a: case 0x4f59: case 0x6570: case 0x5404: /* 几 多 余 数 各 */
		return true;
	default:
		return false;
	}
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
	uint32_t c = before(e, at);
	return ascii_digit(c) || chinese_digit(c);
}

static bool year_before(const struct entity_scanner *e, size_t at)
{
	for (int i = 0; i < 4; i++) {
		uint32_t c = before(e, at);
		if (!ascii_digit(c) && !chinese_digit(c))
			return false;
		at -= utf8_encode(c, (char[4]){0});
	}
	return true;
}

static size_t chars(const struct entity_scanner *e, size_t start, size_t end)
{
	return utf8_count(e->text.p + start, end - start);
}

static bool is(const struct entity_scanner *e, size_t at, const char *s)
{
	size_t n = strlen(s);
	return e->text.len - at >= n && memcmp(e->text.p + at, s, n) == 0;
}

/* Tokens */

static enum stop stop_of(const struct entity_scanner *e, const struct token *t, uint32_t bound)
{
	const struct token *prev = t > e->tokens ? t - 1 : NULL;

	if (bound & (BOUND_HARD | BOUND_STOP | BOUND_FRAME | BOUND_AWARD | BOUND_OPEN))
		return STOP_HARD;
	if (bound & BOUND_COUNT && number_before(e, t->start))
		return STOP_HARD;
	if (bound & BOUND_YEAR && year_before(e, t->start))
		return STOP_HARD;
	if (bound & BOUND_LIST)
		return STOP_LIST;
	if (bound & BOUND_JOINT)
		return STOP_JOINT;
	if (bound & BOUND_ADVERB)
		return STOP_SOFT;
	if (bound & BOUND_VERB) {
		/* a verb at the begin of a clause, or behind another stop */
		if (t->start == 0 || (prev && prev->end == t->start && prev->stop >= STOP_JOINT))
			return STOP_SOFT;
		return STOP_NONE;
	}
	if (bound & BOUND_LEVEL || t->place_end)
		return STOP_PLACE;
	return STOP_NONE;
}

static void tokenize(struct entity_scanner *e)
{
	const char *s = e->text.p, *end = s + e->text.len, *at = s;
	int32_t open[8], depth = 0, value;
	size_t len;
	bool flip = false;

	e->token_count = 0;
	while ((at = lexicon_search(e->rules.lexicon, at, end, &len, &value)) != NULL) {
		const struct word *w = &e->rules.words[value];
		struct token *t;
		uint32_t bound = w->bound;

		if (e->token_count == e->token_room) {
			e->token_room = e->token_room ? 2 * e->token_room : 1024;
			e->tokens = xrealloc(e->tokens, e->token_room * sizeof *e->tokens);
		}
		t = &e->tokens[e->token_count];
		*t = (struct token){.start = (size_t)(at - s), .end = (size_t)(at - s) + len, .word = w, .partner = -1};
		if (bound & BOUND_FLIP) {
			bound |= flip ? BOUND_CLOSE : BOUND_OPEN;
			flip = !flip;
		}
		if (bound & BOUND_OPEN) {
			if (depth == 8)
				memmove(open, open + 1, (size_t)--depth * sizeof *open);
			open[depth++] = (int32_t)e->token_count;
		}
		if (bound & BOUND_CLOSE && depth) {
			struct token *o = &e->tokens[open[--depth]];
			if (((o->bound ^ bound) & (BOUND_TITLE | BOUND_PAREN)) == 0) {
				t->partner = open[depth];
				o->partner = (int32_t)e->token_count;
			}
		}
		if (w->is_place && !w->is_name && !bound && w->ending < 0) {
			struct place p;
			if (gazetteer_find(e->rules.gazetteer, at, end, e->home, &p))
				t->place_end = t->start + p.len;
			if (p.len > len) {
				len = p.len;
				t->end = t->place_end;
			}
		}
		t->bound = bound;
		t->stop = stop_of(e, t, bound);
		e->token_count++;
		at += len;
	}
}

/* Candidates */

static void push(struct entity **list, size_t *count, size_t *room, const struct entity *c)
{
	if (*count == *room) {
		*room = *room ? 2 * *room : 256;
		*list = xrealloc(*list, *room * sizeof **list);
	}
	(*list)[(*count)++] = *c;
}

static void refuse(struct entity_scanner *e, const struct entity *c)
{
	if (e->explain && c->type != ENTITY_none)
		push(&e->refused, &e->refused_count, &e->refused_room, c);
}

/* Takes a candidate; those that it overlaps give way when they are shorter, else it does. */
static bool take(struct entity_scanner *e, struct entity c)
{
	size_t keep = e->entity_count;

	c.taken = true;
	while (keep && e->entities[keep - 1].end > c.start) {
		const struct entity *old = &e->entities[keep - 1];
		if (old->end - old->start >= c.end - c.start) {
			c.taken = false;
			refuse(e, &c);
			return false;
		}
		keep--;
	}
	while (e->entity_count > keep) {
		struct entity *old = &e->entities[--e->entity_count];
		old->taken = false;
		refuse(e, old);
	}
	push(&e->entities, &e->entity_count, &e->entity_room, &c);
	return true;
}

/* Looks back from at, the begin of token i (or the end of text behind token i - 1), for where a name begins. */
static struct reach look_back(const struct entity_scanner *e, size_t i, size_t at, size_t max_chars)
{
	struct reach r = {.start = at};
	size_t limit = max_chars * 4;
	bool settled = false; /* start is known; only a level word or a frame is still looked for */
	bool level_only = false;

	for (;;) {
		const struct token *t = i ? &e->tokens[i - 1] : NULL;
		size_t edge = t ? t->end : 0;

		if (r.level == 0 && !settled)
			r.start = edge;
		if (edge + limit < at && !settled) {
			r.stop = NULL;
			r.start = at; /* too far */
			return r;
		}
		if (edge + limit < at)
			return r;
		if (!t) {
			if (!settled)
				r.start = 0;
			return r;
		}
		if (t->bound & BOUND_CLOSE) {
			bool paren = t->bound & BOUND_PAREN;
			const struct token *o = t->partner >= 0 ? &e->tokens[t->partner] : NULL;
			/* （…） belongs to a name only behind a place or level: 中国（浙江）… */
			bool inside = o && !(t->bound & BOUND_TITLE) &&
			              (!paren || (t->partner > 0 && e->tokens[t->partner - 1].end == o->start &&
			                          e->tokens[t->partner - 1].stop == STOP_PLACE));
			if (inside) {
				i = (size_t)t->partner;
				if (!settled)
					r.start = o->start;
				continue;
			}
			if (!settled) {
				r.stop = t;
				r.start = t->end;
			}
			return r;
		}
		switch (t->stop) {
		case STOP_NONE:
			break;
		case STOP_PLACE:
			if (!r.is_level) {
				r.level = t->start;
				r.is_level = true;
			}
			if (!settled) {
				/* 国家级, 浙江省 in front of another such word, or behind the end of another name, goes on */
				const struct token *p = i > 1 ? t - 1 : NULL;
				r.start = t->start;
				if (p && p->end == t->start && (p->stop == STOP_PLACE || p->word->ending >= 0 ||
				                                 p->word->is_name || p->bound & BOUND_CLOSE) &&
				    !(t->bound & BOUND_LEVEL)) {
					r.is_level = false;
					i--;
					continue;
				}
				if (p && p->end == t->start && p->stop == STOP_PLACE) {
					r.is_level = false;
					i--;
					continue;
				}
				settled = true;
				r.stop = p && p->end == t->start ? p : NULL;
				r.is_awarded = r.stop && r.stop->bound & BOUND_AWARD;
				r.is_framed = r.stop && r.stop->bound & BOUND_FRAME;
				r.framed = r.start;
			}
			return r;
		case STOP_JOINT:
			if (!settled) {
				r.start = t->end;
				r.stop = t;
				r.listed = true;
				settled = true;
			}
			level_only = true;
			break;
		case STOP_SOFT:
			if (!settled) {
				r.start = t->end;
				r.stop = t;
				settled = true;
			}
			break;
		case STOP_LIST:
			if (!settled) {
				r.start = t->end;
				r.stop = t;
				r.listed = true;
			}
			return r;
		case STOP_HARD:
			if (!settled) {
				r.start = t->end;
				r.stop = t;
				r.is_awarded = t->bound & BOUND_AWARD;
			}
			if (t->bound & BOUND_FRAME && !level_only) {
				r.is_framed = true;
				r.framed = t->end;
			}
			return r;
		}
		i--;
	}
}

/* What a stretch is made of. */
struct stuff {
	bool place;    /* the name of a place */
	bool quoted;   /* quotation marks */
	bool marked;   /* digits or letters, or quotation marks */
	bool name;     /* a name of the dictionaries */
	bool line;     /* ends with the ending of a project */
	size_t unknown; /* Chinese characters in no common word, numerals not counted */
};

static struct stuff stuff_of(const struct entity_scanner *e, size_t i, size_t start, size_t end)
{
	struct stuff s = {0};
	const char *p = e->text.p + start, *stop = e->text.p + end;
	bool any = true;

	while (i && e->tokens[i - 1].start >= start)
		i--;
	for (; i < e->token_count && e->tokens[i].end <= end; i++) {
		const struct token *t = &e->tokens[i];
		s.place |= t->place_end != 0;
		s.quoted |= (t->bound & (BOUND_OPEN | BOUND_PAREN | BOUND_TITLE)) == BOUND_OPEN;
		s.name |= t->word->is_name && t->word->name != ENTITY_none;
		if (t->end == end)
			for (int32_t k = t->word->ending; k >= 0; k = e->rules.endings[k].next)
				s.line |= e->rules.endings[k].type == ENTITY_project;
	}
	s.marked = s.quoted;
	while (p < stop) {
		int32_t value;
		uint32_t c = utf8_at(p);
		size_t len = any ? lexicon_longest(e->rules.common, p, stop, &value) : 0;
		if (!len) {
			len = utf8_len(*p);
			if (ascii_digit(c) || letter(c))
				s.marked = true;
			else if (utf8_han(c) && !chinese_digit(c))
				s.unknown++;
		}
		p += len;
	}
	return s;
}

static bool specific(const struct stuff *s)
{
	return s->place || s->quoted || s->name || s->unknown >= 2 || (s->unknown && s->marked);
}

/* 省 市 县 区 州 at the begin of a body: 市投资促进委员会. */
static bool own_level(const struct entity_scanner *e, size_t start, size_t end)
{
	static const char *const levels[] = {"省", "市", "县", "区", "州", "旗", "盟"};

	if (end - start < 6)
		return false;
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		if (is(e, start, levels[i]))
			return true;
	return false;
}

/* Numerals, 第 届 次 、 and the levels, back from at: what names a session. */
static size_t session_back(const struct entity_scanner *e, size_t at)
{
	static const char *const pieces[] = {"第", "届", "中", "次", "、", "省", "市", "县", "区", "州", "党的", "人大", "政协",
	                                     "全国", "人民代表大会", "委员会", "中共", "常委会", "全会", "中央", "和", "常务委员会"};
	for (;;) {
		size_t left = at;
		uint32_t c = before(e, at);
		if (chinese_digit(c) || ascii_digit(c)) {
			left -= utf8_encode(c, (char[4]){0});
		} else {
			for (size_t i = 0; i < sizeof pieces / sizeof *pieces && left == at; i++) {
				size_t n = strlen(pieces[i]);
				if (n <= at && is(e, at - n, pieces[i]))
					left = at - n;
			}
		}
		if (left == at)
			break;
		at = left;
	}
	while (is(e, at, "、") || is(e, at, "和") || is(e, at, "次") || is(e, at, "中、"))
		at += 3;
	return at;
}

static bool taken_before(const struct entity_scanner *e, const struct reach *r, enum entity_type type)
{
	if (!r->listed || !r->stop || !e->entity_count)
		return false;
	const struct entity *last = &e->entities[e->entity_count - 1];
	size_t end = last->end;
	if (is(e, end, "”") || is(e, end, "》"))
		end += 3;
	return last->type == type && end == r->stop->start;
}

/* Whether the ending at token i makes a name by the row; *c says which. */
static bool fits(struct entity_scanner *e, size_t i, const struct ending *row, const struct reach *r, struct entity *c)
{
	const struct token *t = &e->tokens[i];
	bool framed = r->is_framed || taken_before(e, r, ENTITY_policy);
	bool awarded = r->is_awarded || taken_before(e, r, ENTITY_title);
	size_t start = r->start, n;
	struct stuff s;

	switch (row->need) {
	case NEED_framed:
	case NEED_framed_marked:
		start = r->is_framed && r->framed < start ? r->framed : start;
		break;
	case NEED_level:
		if (!r->is_level)
			return false;
		start = r->level;
		break;
	case NEED_session:
		start = session_back(e, t->start);
		break;
	default:
		break;
	}
	*c = (struct entity){.start = start, .end = t->end, .type = row->type, .rule = row->text};
	n = chars(e, start, t->start);
	if (n < row->min || n > row->max)
		return false;
	s = stuff_of(e, i, start, t->start);
	switch (row->need) {
	case NEED_specific:
		return specific(&s) || (row->type == ENTITY_org && own_level(e, start, t->start));
	case NEED_framed:
		return framed;
	case NEED_marked:
		return s.marked || s.name;
	case NEED_framed_marked:
		return framed && (s.marked || s.name || number_before(e, t->start));
	case NEED_level:
		return true;
	case NEED_awarded:
		return awarded;
	case NEED_prize:
		return (awarded || s.unknown >= 2 || (r->stop && r->stop->bound & BOUND_OPEN)) && r->stop;
	case NEED_line:
		return s.line && specific(&s);
	case NEED_road:
		return s.unknown >= 2 || s.place || (s.unknown && s.marked);
	case NEED_village:
		return s.unknown >= 1 && s.unknown == n && r->stop;
	case NEED_session:
		return s.marked || number_before(e, t->start) || s.unknown || n >= 2;
	case NEED_list:
		return number_before(e, t->start);
	case NEED_version:
		return ascii_digit(before(e, t->start)) && framed;
	case NEED_articles:
		return ascii_digit(before(e, t->start)) && framed && !ascii_digit(utf8_at(e->text.p + start));
	case NEED_bounded:
		return r->stop != NULL;
	default:
		return false;
	}
}

static void end_here(struct entity_scanner *e, size_t i)
{
	const struct token *t = &e->tokens[i];
	struct reach r = look_back(e, i, t->start, 28);
	struct entity c;

	for (int32_t k = t->word->ending; k >= 0; k = e->rules.endings[k].next) {
		if (fits(e, i, &e->rules.endings[k], &r, &c)) {
			take(e, c);
			return;
		}
		refuse(e, &c);
	}
}

/* Whether the place's name stands by itself here, and not in the middle of other words. */
static bool stands_alone(const struct entity_scanner *e, size_t i, size_t end)
{
	const struct token *t = &e->tokens[i];
	int32_t value;
	bool left = t->start == 0 || (i && t[-1].end == t->start);
	bool right = end == e->text.len || (i + 1 < e->token_count && t[1].start == end) ||
	             lexicon_longest(e->rules.common, e->text.p + end, e->text.p + e->text.len, &value);

	return left && right;
}

/* 南昌路, 宁波帮, 泰山… : what the next character makes of a place's short name. */
static bool other_name(const struct entity_scanner *e, size_t end)
{
	static const char *const next[] = {"路", "街", "道", "桥", "村", "镇", "乡", "寨", "屯", "族", "剧", "帮", "江", "河",
	                                   "湖", "湾", "山", "岛", "峡", "站", "菜", "话", "派", "商"};
	for (size_t i = 0; i < sizeof next / sizeof *next; i++)
		if (is(e, end, next[i]))
			return true;
	return false;
}

static void place_here(struct entity_scanner *e, size_t i)
{
	const struct token *t = &e->tokens[i];
	struct entity c = {.start = t->start, .end = t->end, .type = ENTITY_place, .rule = rule_place};
	struct place p;
	bool good;

	if (!gazetteer_find(e->rules.gazetteer, e->text.p + t->start, e->text.p + t->end, e->home, &p))
		return;
	c.code = p.code;
	if (p.nested)
		good = true;
	else if (p.word)
		good = p.near >= PLACE_NEIGHBOUR && stands_alone(e, i, t->end);
	else if (p.form == PLACE_SHORT && p.level == PLACE_COUNTY)
		good = p.near >= PLACE_NEIGHBOUR || stands_alone(e, i, t->end);
	else
		good = true;
	if (good && p.form == PLACE_SHORT && other_name(e, t->end))
		good = false;
	if (good)
		take(e, c);
	else
		refuse(e, &c);
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
		take(e, (struct entity){at, at + len, ENTITY_place, codes[n], {"", 0}, rule_pair, true});
		at += len;
	}
}

/* 甲、乙等3个乡镇: places without code. Token i is the 乡镇. */
static void list_here(struct entity_scanner *e, size_t i)
{
	const struct token *t = &e->tokens[i];
	size_t at, k = i - 1;

	if (i < 3 || t[-1].end != t->start || !(t[-1].bound & BOUND_COUNT) || !number_before(e, t[-1].start))
		return;
	for (at = t[-1].start; at && number_before(e, at);)
		at -= utf8_encode(before(e, at), (char[4]){0});
	if (at < 3 || !is(e, at - 3, "等"))
		return;
	while (k && e->tokens[k].start > at - 3)
		k--;
	at -= 3;
	/* items, the last one first; taken in order of the text */
	size_t first = k;
	while (first && e->tokens[first - 1].end < e->tokens[first].start) {
		size_t gap = chars(e, e->tokens[first - 1].end, e->tokens[first].start);
		if (gap < 2 || gap > 4)
			break;
		first--;
		if (e->tokens[first].stop != STOP_LIST)
			break;
	}
	for (; first < k; first++) {
		struct entity c = {.start = e->tokens[first].end, .end = e->tokens[first + 1].start, .type = ENTITY_place,
		                   .rule = rule_list};
		take(e, c);
	}
}

/* A quotation that is a name by itself; token i closes it. */
static void quote_here(struct entity_scanner *e, size_t i)
{
	const struct token *t = &e->tokens[i], *o = &e->tokens[t->partner];
	size_t n = chars(e, o->end, t->start);
	struct entity c = {.start = o->end, .end = t->start, .type = ENTITY_policy, .rule = rule_quote};
	const struct token *prev = o > e->tokens && o[-1].end == o->start ? o - 1 : NULL;
	const struct token *next = i + 1 < e->token_count && t[1].start == t->end ? t + 1 : NULL;
	bool framed, awarded, cue;

	if (t->bound & BOUND_TITLE) {
		c.type = ENTITY_work;
		c.rule = rule_work;
		if (n >= 2)
			take(e, c);
		return;
	}
	if (n < 2 || n > 16)
		return;
	for (const struct token *k = o + 1; k < t; k++) {
		if (k->bound & (BOUND_HARD | BOUND_OPEN))
			return;
		/* one word that fills the quotes and is a name, or is known as none */
		if (k->start == o->end && k->end == t->start && k->word->is_name)
			return;
	}
	while (prev && prev->stop == STOP_SOFT && prev > e->tokens && prev[-1].end == prev->start)
		prev--;
	awarded = prev && prev->bound & BOUND_AWARD && !(prev->bound & BOUND_FRAME);
	framed = prev && prev->bound & BOUND_FRAME;
	if (e->entity_count && e->entities[e->entity_count - 1].rule.p == rule_quote.p) {
		/* “…”“…”, “…”、“…” */
		size_t end = e->entities[e->entity_count - 1].end + 3;
		if (end == o->start || (is(e, end, "、") && end + 3 == o->start) || (is(e, end, "和") && end + 3 == o->start)) {
			framed = true;
			c.type = e->entities[e->entity_count - 1].type;
		}
	}
	cue = next && next->bound & BOUND_CUE;
	if (awarded)
		c.type = ENTITY_title;
	if (framed || awarded || cue)
		take(e, c);
	else
		refuse(e, &c);
}

static void scan(struct entity_scanner *e, struct span text)
{
	e->text = text;
	e->entity_count = e->refused_count = 0;
	tokenize(e);
	for (size_t i = 0; i < e->token_count; i++) {
		const struct token *t = &e->tokens[i];
		const struct word *w = t->word;
		if (t->place_end)
			place_here(e, i);
		if (w->is_name && w->name != ENTITY_none)
			take(e, (struct entity){t->start, t->end, w->name, 0, w->id, w->text, true});
		if (w->ending >= 0) {
			list_here(e, i);
			end_here(e, i);
		}
		if (t->bound & BOUND_PAIR)
			pair_here(e, i);
		if (t->bound & BOUND_CLOSE && !(t->bound & BOUND_PAREN) && t->partner >= 0)
			quote_here(e, i);
	}
}

const struct entity *entity_scan(struct entity_scanner *e, struct span text, size_t *count)
{
	e->explain = false;
	scan(e, text);
	*count = e->entity_count;
	return e->entities;
}

static int by_start(const void *a, const void *b)
{
	const struct entity *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end > y->end) - (x->end < y->end);
}

const struct entity *entity_explain(struct entity_scanner *e, struct span text, size_t *count)
{
	e->explain = true;
	scan(e, text);
	for (size_t i = 0; i < e->refused_count; i++)
		push(&e->entities, &e->entity_count, &e->entity_room, &e->refused[i]);
	qsort(e->entities, e->entity_count, sizeof *e->entities, by_start);
	*count = e->entity_count;
	return e->entities;
}

struct entity_scanner *entity_open(char *const *dictionaries, size_t count)
{
	struct entity_scanner *e = xcalloc(1, sizeof *e);

	entity_rules_read(&e->rules, dictionaries, count);
	return e;
}

void entity_free(struct entity_scanner *e)
{
	if (!e)
		return;
	entity_rules_free(&e->rules);
	free(e->tokens);
	free(e->entities);
	free(e->refused);
	free(e);
}

void entity_document(struct entity_scanner *e, uint32_t home)
{
	e->home = home;
}
