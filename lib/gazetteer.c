/* The rows of the dictionaries become one list of (name, division); a lexicon leads from a name to the first of its
 * rows, and that to the others. */
#include "gazetteer.h"

#include <stdlib.h>

#include "err.h"
#include "lexicon.h"
#include "tsv.h"
#include "utf8.h"

struct division {
	uint32_t code, parent;
	uint8_t level;
	bool former;
	struct span name;
};

struct name {
	struct span text;
	uint32_t code;
	uint8_t level, form; /* enum place_level, enum place_form */
	bool former;         /* a name of before, full or short */
	bool word;
	bool first;          /* of those with the same text, which are in the order of their codes */
	int32_t next;        /* index of the next one, or -1 */
};

struct abbreviation {
	uint32_t c, code;
};

struct gazetteer {
	struct tsv places, more, words; /* hold the bytes that the spans lie in */
	char *paths[3];
	struct division *divisions; /* by code, today's before former ones */
	size_t division_count, division_room;
	bool unsorted;
	struct name *names; /* in the order of the dictionaries */
	size_t name_count, name_room;
	struct abbreviation abbreviations[128]; /* in the order of the dictionary */
	size_t abbreviation_count;
	struct lexicon *lexicon; /* name to index into names */
};

static uint32_t code_of(const struct tsv *t, struct span s)
{
	uint32_t code = 0;

	if (s.len != 6)
		tsv_bad(t, "a code has six digits");
	for (size_t i = 0; i < 6; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			tsv_bad(t, "a code has six digits");
		code = code * 10 + (uint32_t)(s.p[i] - '0');
	}
	return code;
}

static enum place_level level_of(uint32_t code)
{
	return code % 10000 == 0 ? PLACE_PROVINCE : code % 100 == 0 ? PLACE_PREFECTURE : PLACE_COUNTY;
}

static void add_name(struct gazetteer *g, struct span text, uint32_t code, enum place_form form, bool former)
{
	if (g->name_count == g->name_room) {
		g->name_room = g->name_room ? g->name_room * 2 : 8192;
		g->names = xrealloc(g->names, g->name_room * sizeof *g->names);
	}
	g->names[g->name_count++] = (struct name){
		.text = text,
		.code = code,
		.level = (uint8_t)level_of(code),
		.form = (uint8_t)form,
		.former = former,
	};
}

/* Keeps the divisions in the order of by_code, if the dictionary is in that of the codes; a sort puts right what is not. */
static void add_division(struct gazetteer *g, struct division d)
{
	size_t i = g->division_count;

	if (i == g->division_room) {
		g->division_room = i ? i * 2 : 4096;
		g->divisions = xrealloc(g->divisions, g->division_room * sizeof *g->divisions);
	}
	for (; i > 0 && g->divisions[i - 1].code == d.code && g->divisions[i - 1].former && !d.former; i--)
		g->divisions[i] = g->divisions[i - 1];
	g->unsorted = g->unsorted || (i > 0 && g->divisions[i - 1].code > d.code);
	g->divisions[i] = d;
	g->division_count++;
}

static void read_places(struct gazetteer *g)
{
	static const char *const columns[] = {"code", "name", "short", "level", "parent", "until"};
	struct span f[6], part;

	tsv_open(&g->places, g->paths[0] = tsv_own("places.tsv"), columns, 6);
	while (tsv_row(&g->places, f)) {
		uint32_t code = code_of(&g->places, f[0]);
		bool former = f[5].len != 0;
		if (f[1].len == 0)
			tsv_bad(&g->places, "no name");
		add_division(g, (struct division){
			.code = code,
			.parent = f[4].len ? code_of(&g->places, f[4]) : 0,
			.level = (uint8_t)level_of(code),
			.former = former,
			.name = f[1],
		});
		add_name(g, f[1], code, former ? PLACE_FORMER : PLACE_FULL, former);
		while (tsv_part(&f[2], &part))
			add_name(g, part, code, PLACE_SHORT, former);
	}
}

static void read_more(struct gazetteer *g)
{
	static const char *const columns[] = {"code", "name", "form"};
	struct span f[3];

	tsv_open(&g->more, g->paths[1] = tsv_own("places-more.tsv"), columns, 3);
	while (tsv_row(&g->more, f)) {
		uint32_t code = code_of(&g->more, f[0]);
		if (f[1].len == 0)
			tsv_bad(&g->more, "no name");
		if (span_is(f[2], "abbr")) {
			if (g->abbreviation_count == sizeof g->abbreviations / sizeof *g->abbreviations)
				tsv_bad(&g->more, "too many abbreviations");
			g->abbreviations[g->abbreviation_count++] = (struct abbreviation){utf8_at(f[1].p), code};
		} else if (span_is(f[2], "full")) {
			add_name(g, f[1], code, PLACE_FULL, false);
		} else if (span_is(f[2], "short")) {
			add_name(g, f[1], code, PLACE_SHORT, false);
		} else if (span_is(f[2], "former")) {
			add_name(g, f[1], code, PLACE_FORMER, true);
		} else {
			tsv_bad(&g->more, "form is full, short, former or abbr");
		}
	}
}

static int by_code(const void *a, const void *b)
{
	const struct division *x = a, *y = b;
	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	return x->former - y->former;
}

/* The names of one text in the order of their codes: as those of today mostly come in that order, from the last on each
 * is the first of its text. */
static void index_names(struct gazetteer *g)
{
	g->lexicon = lexicon_new();
	lexicon_reserve(g->lexicon, g->name_count);
	for (size_t i = g->name_count; i-- > 0;) {
		struct name *n = &g->names[i];
		int32_t first = lexicon_add(g->lexicon, n->text, (int32_t)i), at = first, before = -1;
		for (; at >= 0 && g->names[at].code < n->code; at = g->names[at].next)
			before = at;
		n->next = at;
		n->first = before < 0;
		if (before >= 0) {
			g->names[before].next = (int32_t)i;
			lexicon_add(g->lexicon, n->text, first);
		} else if (at >= 0)
			g->names[at].first = false;
	}
	lexicon_build(g->lexicon);
}

static void read_words(struct gazetteer *g)
{
	static const char *const columns[] = {"name"};
	struct span f[1];
	int32_t at;

	tsv_open(&g->words, g->paths[2] = tsv_own("places-words.tsv"), columns, 1);
	while (tsv_row(&g->words, f)) {
		if (lexicon_longest(g->lexicon, f[0].p, f[0].p + f[0].len, &at) != f[0].len)
			tsv_bad(&g->words, "no name of a place");
		for (; at >= 0; at = g->names[at].next)
			g->names[at].word = true;
	}
}

struct gazetteer *gazetteer_open(void)
{
	struct gazetteer *g = xcalloc(1, sizeof *g);

	read_places(g);
	read_more(g);
	if (g->unsorted)
		qsort(g->divisions, g->division_count, sizeof *g->divisions, by_code);
	index_names(g);
	read_words(g);
	return g;
}

void gazetteer_free(struct gazetteer *g)
{
	if (!g)
		return;
	tsv_close(&g->places);
	tsv_close(&g->more);
	tsv_close(&g->words);
	for (size_t i = 0; i < 3; i++)
		free(g->paths[i]);
	free(g->divisions);
	free(g->names);
	lexicon_free(g->lexicon);
	free(g);
}

/* The first division with the code; NULL when there is none. */
static const struct division *division(const struct gazetteer *g, uint32_t code)
{
	size_t low = 0, high = g->division_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (g->divisions[mid].code < code)
			low = mid + 1;
		else
			high = mid;
	}
	return low < g->division_count && g->divisions[low].code == code ? &g->divisions[low] : NULL;
}

bool gazetteer_kind_at(const char *s, const char *end)
{
	static const char kinds[] = "省市县区州旗盟";

	for (const char *k = kinds; *k && end - s >= 3; k += 3)
		if (memcmp(s, k, 3) == 0)
			return true;
	return false;
}

enum place_level gazetteer_level(const struct gazetteer *g, uint32_t code)
{
	const struct division *d = division(g, code);
	return d ? d->level : PLACE_NOWHERE;
}

uint32_t gazetteer_parent(const struct gazetteer *g, uint32_t code)
{
	const struct division *d = division(g, code);
	return d ? d->parent : 0;
}

struct span gazetteer_full_name(const struct gazetteer *g, uint32_t code)
{
	const struct division *d = division(g, code);
	return d ? d->name : (struct span){"", 0};
}

/* 北京, 天津, 上海, 重庆: what lies right below them is counties. */
static bool municipality(uint32_t code)
{
	uint32_t province = code / 10000;
	return province == 11 || province == 12 || province == 31 || province == 50;
}

static enum place_near nearness(uint32_t code, uint32_t home)
{
	if (home == 0 || code / 10000 != home / 10000)
		return PLACE_FAR;
	if (gazetteer_within(home, code))
		return PLACE_HOME;
	switch (level_of(home)) {
	case PLACE_PROVINCE:
		return code % 100 == 0 || municipality(code) ? PLACE_BELOW : PLACE_PROVINCIAL;
	case PLACE_PREFECTURE:
		if (code / 100 == home / 100)
			return PLACE_BELOW;
		return code % 100 == 0 ? PLACE_NEIGHBOUR : PLACE_PROVINCIAL;
	default:
		return code / 100 == home / 100 || municipality(code) ? PLACE_NEIGHBOUR : PLACE_PROVINCIAL;
	}
}

/* How much speaks for a reading: being near, then being of a high level, then the province, then today's name. */
static unsigned weight(const struct name *n, enum place_near near)
{
	unsigned high = (unsigned)PLACE_COUNTY - n->level;

	return (near >= PLACE_NEIGHBOUR ? near : 0u) << 4 | high << 2 | (near >= PLACE_PROVINCIAL) << 1 | !n->former;
}

/* The reading of the names from at on that home decides for, within the place above if that is not 0; NULL when
 * there is none within it. *decided is false when others are as good. */
static const struct name *choose(const struct gazetteer *g, int32_t at, uint32_t home, uint32_t above, bool *decided)
{
	const struct name *best = NULL;
	unsigned heaviest = 0;

	for (; at >= 0; at = g->names[at].next) {
		const struct name *n = &g->names[at];
		if (!above || (n->code != above && gazetteer_within(n->code, above))) {
			unsigned w = weight(n, nearness(n->code, home));
			if (!best || w > heaviest) {
				best = n;
				heaviest = w;
				*decided = true;
			} else if (w == heaviest && n->code != best->code) {
				*decided = false;
			}
		}
	}
	return best;
}

bool gazetteer_find(const struct gazetteer *g, const char *s, const char *end, uint32_t home, struct place *p)
{
	bool decided = false;
	int32_t at;
	size_t len = lexicon_longest(g->lexicon, s, end, &at);

	if (at < 0)
		return false;
	const struct name *n = choose(g, at, home, 0, &decided);

	*p = (struct place){
		.len = len,
		.code = decided ? n->code : 0,
		.level = n->level,
		.form = n->form,
		.near = nearness(n->code, home),
		.word = n->word,
	};
	/* 宁波市北仑区, 河北唐山: the second names a place within the first, which also says which one. */
	while ((len = lexicon_longest(g->lexicon, s + p->len, end, &at)) != 0) {
		const struct name *inner = NULL;
		/* Any reading of the outer name will do. */
		for (int32_t i = (int32_t)(n - g->names); i >= 0 && !inner; i = g->names[i].next)
			inner = choose(g, at, home, g->names[i].code, &decided);
		if (!inner || !decided || inner->word)
			break;
		n = inner;
		p->len += len;
		p->code = n->code;
		p->level = n->level;
		p->form = n->form;
		p->near = nearness(n->code, home);
		p->word = false;
		p->nested = true;
	}
	return true;
}

void gazetteer_each(const struct gazetteer *g, void (*each)(void *self, struct span name, enum place_level level),
                    void *self)
{
	for (size_t i = 0; i < g->name_count; i++) {
		enum place_level level = PLACE_COUNTY;
		if (!g->names[i].first)
			continue;
		for (int32_t k = (int32_t)i; k >= 0; k = g->names[k].next)
			if (g->names[k].level < level)
				level = g->names[k].level;
		each(self, g->names[i].text, level);
	}
}

uint32_t gazetteer_name(const struct gazetteer *g, struct span name, uint32_t home)
{
	struct place p;

	if (name.len == 0 || !gazetteer_find(g, name.p, name.p + name.len, home, &p) || p.len != name.len)
		return 0;
	return p.code;
}

uint32_t gazetteer_abbreviation(const struct gazetteer *g, const char *s, uint32_t home)
{
	const struct abbreviation *best = NULL;
	uint32_t c = utf8_at(s);

	for (size_t i = 0; i < g->abbreviation_count; i++) {
		const struct abbreviation *a = &g->abbreviations[i];
		if (a->c == c && (!best || nearness(a->code, home) > nearness(best->code, home)))
			best = a;
	}
	return best ? best->code : 0;
}
