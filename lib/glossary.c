#include "glossary.h"

#include <stdlib.h>

#include "err.h"
#include "scan.h"
#include "utf8.h"

enum {
	NUMBERS = 1000,    /* notes are numbered below that */
	TERM_BYTES = 150,  /* a term is no longer */
	BEHIND_TERM = 2,   /* characters that may stand between a term and its marker (三张清单制度8) */
	DIGITS = 8,        /* of a marker and a figure that stand together */
};

struct glossary {
	struct glossary_note notes[NUMBERS]; /* by number */
	struct {
		size_t at, len; /* in bare */
		uint32_t last;  /* its last character */
		uint64_t has;   /* its characters, each a bit that it shares with others */
	} terms[NUMBERS]; /* their terms without silent signs */
	bool digits;      /* some term ends with a digit */
	bool known[NUMBERS], used[NUMBERS];
	bool open[NUMBERS]; /* known by a bare number, and not used */
	bool any, bracketed; /* notes; such with bracketed labels */
	struct glossary_ref *refs;
	size_t count, room;
	struct buf bare;
};

struct glossary *glossary_new(void)
{
	return xcalloc(1, sizeof(struct glossary));
}

void glossary_free(struct glossary *g)
{
	free(g->refs);
	buf_free(&g->bare);
	free(g);
}

void glossary_clear(struct glossary *g)
{
	if (!g->any)
		return;
	memset(g->known, 0, sizeof g->known);
	memset(g->used, 0, sizeof g->used);
	memset(g->open, 0, sizeof g->open);
	g->any = g->bracketed = g->digits = false;
	buf_clear(&g->bare);
}

/* Signs that terms are written with and without. */
static bool silent(uint32_t c)
{
	return c == ' ' || c == '"' || (c >= 0x2018 && c <= 0x201d) || c == 0x300a || c == 0x300b;
}

/* Puts text without silent signs. */
static void put_bare(struct buf *b, struct span text)
{
	const char *end = text.p + text.len;
	for (const char *s = text.p; s < end; s += utf8_len(*s))
		if (!silent(utf8_at(s)))
			buf_put(b, s, utf8_len(*s));
}

static bool punctuates(uint32_t c)
{
	return c == 0xff0c || c == 0x3001 || c == 0x3002 || c == 0xff1b || c == 0xff1a || c == 0xff01;
}

static uint64_t bit_of(uint32_t c)
{
	return (uint64_t)1 << (c & 63);
}

void glossary_add(struct glossary *g, const struct glossary_note *note)
{
	if (note->number == 0 || note->number >= NUMBERS || g->known[note->number] || (!note->term.len && !note->bracketed))
		return;
	g->notes[note->number] = *note;
	g->terms[note->number].at = g->bare.len;
	put_bare(&g->bare, note->term);
	size_t at = g->terms[note->number].at;
	g->terms[note->number].len = g->bare.len - at;
	g->terms[note->number].has = 0;
	while (at < g->bare.len) {
		uint32_t c = utf8_at(g->bare.p + at);
		g->terms[note->number].has |= bit_of(c);
		g->terms[note->number].last = c;
		at += utf8_len(g->bare.p[at]);
	}
	if (g->terms[note->number].len)
		g->digits = g->digits || (g->terms[note->number].last >= '0' && g->terms[note->number].last <= '9');
	g->known[note->number] = g->any = true;
	g->bracketed = g->bracketed || note->bracketed;
	g->open[note->number] = !note->bracketed;
}

static bool begins(const char *s, const char *end, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(end - s) >= n && memcmp(s, word, n) == 0;
}

static size_t number_at(const char *s, const char *end, unsigned *number)
{
	size_t n = 0;
	for (*number = 0; n < 3 && s + n < end && s[n] >= '0' && s[n] <= '9'; n++)
		*number = *number * 10 + (unsigned)(s[n] - '0');
	return *number ? n : 0;
}

bool glossary_label(const char *s, const char *end, struct label *label)
{
	static const char *const pairs[][2] = {{"[", "]"}, {"〔", "〕"}, {"【", "】"}, {"［", "］"}, {"[注", "]"}, {"〔注", "〕"}, {"注释", "："}, {"注", "："}, {"注", "."},
	                                       {"（注", "）"}};

	/* Most text is turned away by its first two bytes. */
	if (end - s < 3 || !(*s == '[' || (*s == '\xe3' && s[1] == '\x80') || (*s == '\xe6' && s[1] == '\xb3') || *s == '\xef'))
		return false;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		const char *t = s;
		if (!begins(t, end, pairs[i][0]))
			continue;
		t += strlen(pairs[i][0]);
		size_t n = number_at(t, end, &label->number);
		if (n && begins(t + n, end, pairs[i][1])) {
			label->style = LABEL_NONE;
			label->len = (size_t)(t + n - s) + strlen(pairs[i][1]);
			return true;
		}
	}
	return false;
}

/* Whether a word that ends a term may begin with the character. */
static bool may_stop(uint32_t c)
{
	switch (c) {
	case 0x3002: case 0xff1a: case ':': case 0x2014: case 0x662f: case 0x6307: case 0x7cfb: case 0x5373: return true;
	default: return false;
	}
}

struct span glossary_term(struct span text)
{
	static const char *const none[] = {NULL};
	static const char *const stops[] = {"。", "：", "——", "是指", "指的是", "系指", "指", "即", ":", NULL};
	static const char *const marks[] = {"•", "·", "●", "◆", "■", "★", "※", "*", " ", NULL};

	for (const char *const *w = marks; *w; w++)
		while (begins(text.p, text.p + text.len, *w)) {
			text = (struct span){text.p + strlen(*w), text.len - strlen(*w)};
			w = marks;
		}
	const char *end = text.p + (text.len < TERM_BYTES ? text.len : TERM_BYTES);
	/* 【河长制】由各级… */
	const char *close = begins(text.p, end, "【") ? memmem(text.p, (size_t)(end - text.p), "】", 3) : NULL;
	if (close)
		return (struct span){text.p + strlen("【"), (size_t)(close - text.p) - strlen("【")};
	for (const char *s = text.p; s < end; s += utf8_len(*s))
		for (const char *const *w = may_stop(utf8_at(s)) ? stops : none; *w; w++)
			if (s > text.p && begins(s, text.p + text.len, *w)) {
				struct span term = {text.p, (size_t)(s - text.p)};
				while (term.len && (term.p[term.len - 1] == ' '))
					term.len--;
				if (term.len > 3 && begins(term.p + term.len - 3, term.p + term.len, "，"))
					term.len -= 3;
				if (term.len > 6 && begins(term.p, term.p + term.len, "“")) {
					const char *quote = memmem(term.p, term.len, "”", 3);
					if (quote && quote + 3 == term.p + term.len)
						term = (struct span){term.p + 3, term.len - 6};
				}
				return term;
			}
	return (struct span){0};
}

/* Goes back over silent signs. */
static const char *heard_back(const char *begin, const char *s)
{
	while (s > begin && silent(utf8_before(begin, s)))
		s = utf8_prev(begin, s);
	return s;
}

/* Whether the text in front of at, silent signs apart, ends with the first n bytes of the term. */
static bool ends_with(struct span text, const char *at, struct span term, size_t n)
{
	const char *t = term.p + n;

	while (t > term.p) {
		at = heard_back(text.p, at);
		if (at == text.p || at[-1] != t[-1])
			return false;
		at--;
		t--;
	}
	return true;
}

/* Whether the text at at goes on with the term from byte n. */
static bool goes_on(struct span text, const char *at, struct span term, size_t n)
{
	const char *end = text.p + text.len;

	while (n < term.len) {
		while (at < end && silent(utf8_at(at)))
			at += utf8_len(*at);
		if (at == end || *at != term.p[n])
			return false;
		at++;
		n++;
	}
	return true;
}

/* The characters in front of a place, the nearest first, as far as a term may end there; silent signs left out. */
struct before {
	uint32_t c[BEHIND_TERM + 1];
	size_t count;
};

static void look_back(struct before *b, struct span text, const char *at)
{
	b->count = 0;
	while (at > text.p && b->count <= BEHIND_TERM) {
		at = utf8_prev(text.p, at);
		uint32_t c = utf8_at(at);
		if (punctuates(c))
			break;
		if (!silent(c))
			b->c[b->count++] = c;
	}
}

/* Whether the note's term may stand in front of a marker or around it: turns most numbers away. */
static bool may_fit(const struct glossary *g, unsigned number, const struct before *b)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->c[i] == g->terms[number].last)
			return true;
	return b->count && g->terms[number].has & bit_of(b->c[0]);
}

/* Whether a marker at `at`, len bytes long, would stand behind the note's term or within it. */
static bool fits(const struct glossary *g, unsigned number, struct span text, const char *at, size_t len)
{
	struct span term = {g->bare.p + g->terms[number].at, g->terms[number].len}, written = g->notes[number].term;
	const char *s = at;

	if (!term.len)
		return false;
	for (size_t n = 0; n <= BEHIND_TERM; n++) {
		if (ends_with(text, s, term, term.len))
			return true;
		s = heard_back(text.p, s);
		if (s == text.p || punctuates(utf8_before(text.p, s)))
			break;
		s = utf8_prev(text.p, s);
	}
	const char *before = heard_back(text.p, at);
	for (size_t n = 1; before > text.p && n < term.len; n++)
		if (term.p[n - 1] == before[-1] && ends_with(text, at, term, n) && goes_on(text, at + len, term, n))
			return true;
	/* “千项万亿”5 for a note on “千项万亿”工程 that is worded otherwise */
	if (before == at || at - text.p < 9 || !begins(at - 3, at, "”"))
		return false;
	const char *open = at - 3;
	while (open > text.p && at - open < TERM_BYTES && utf8_before(text.p, open) != 0x201c)
		open = utf8_prev(text.p, open);
	return at - 3 - open >= 6 && memmem(written.p, written.len, open, (size_t)(at - 3 - open));
}

static void add_ref(struct glossary *g, const char *at, size_t len, unsigned number)
{
	if (g->count == g->room) {
		g->room = g->room ? g->room * 2 : 16;
		g->refs = xrealloc(g->refs, g->room * sizeof *g->refs);
	}
	g->refs[g->count++] = (struct glossary_ref){at, len, g->notes[number].label};
	g->used[number] = true;
	g->open[number] = false;
}

/* Takes the marker out of the run of digits at s, if there is one; a term may end with digits itself (M0, marker 14:
 * M014). */
static void in_digits(struct glossary *g, struct span text, const char *s, const char *run_end)
{
	const char *last = !g->digits ? s + 1 : run_end - s < DIGITS ? run_end : s + DIGITS;

	for (const char *at = s; at < last; at++) {
		struct before before;
		bool looked = false;
		unsigned number = 0;
		if (*at == '0')
			continue;
		for (size_t len = 1; len <= 3 && at + len <= run_end; len++) {
			number = number * 10 + (unsigned)(at[len - 1] - '0');
			if (!g->open[number])
				continue;
			if (!looked)
				look_back(&before, text, at);
			looked = true;
			if (!may_fit(g, number, &before) || !fits(g, number, text, at, len))
				continue;
			/* Its parentheses go with it. */
			bool enclosed = at - text.p >= 3 && begins(at - 3, at, "（") && begins(at + len, text.p + text.len, "）");
			add_ref(g, enclosed ? at - 3 : at, enclosed ? len + 6 : len, number);
			return;
		}
	}
}

/* The bytes that markers begin with: digits, and those that sign knows. */
static const bool may_mark[256] = {['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true,  ['4'] = true,
                                   ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true,  ['9'] = true,
                                   ['['] = true, [0xe2] = true, [0xe3] = true, [0xe6] = true, [0xef] = true};

/* A marker that is no bare number: [1] or ①. */
static bool sign(const char *s, const char *end, struct label *l)
{
	switch ((unsigned char)*s) {
	case '[': case 0xe3: case 0xe6: case 0xef: return glossary_label(s, end, l);
	case 0xe2: return label_at(s, end, l);
	default: return false;
	}
}

size_t glossary_find(struct glossary *g, struct span text, const struct glossary_ref **refs)
{
	const char *end = text.p + text.len;

	g->count = 0;
	*refs = g->refs;
	if (!g->any)
		return 0;
	for (const char *s = text.p; s < end;) {
		struct label l;
		if (!g->bracketed && (s = scan_digit(s, end)) == end)
			break;
		if (!may_mark[(unsigned char)*s])
			s++;
		else if (*s >= '0' && *s <= '9') {
			const char *run = s;
			s = scan_digits(run, end);
			/* Behind a point or a sign it is part of a figure. */
			/* A space in front of it is one that Latin text keeps: TOD 3 */
			const char *before = run - text.p > 1 && run[-1] == ' ' && !(run[-2] & 0x80) ? run - 1 : run;
			if (before > text.p && (before[-1] & 0x80 || (before[-1] | 32) >= 'a'))
				in_digits(g, text, run, s);
		} else if (sign(s, end, &l)) {
			if (l.number < NUMBERS && g->known[l.number] && !g->used[l.number] && g->notes[l.number].bracketed &&
			    (*s == '\xe2') == (*g->notes[l.number].label.p == '\xe2')) /* ① or [1] */
				add_ref(g, s, l.len, l.number);
			s += l.len;
		} else
			s++;
	}
	*refs = g->refs;
	return g->count;
}
