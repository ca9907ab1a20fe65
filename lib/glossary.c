#include "glossary.h"

#include <stdlib.h>

#include "err.h"
#include "utf8.h"

enum {
	NUMBERS = 1000,    /* notes are numbered below that */
	TERM_BYTES = 150,  /* a term is no longer */
	BEHIND_TERM = 12,  /* bytes of the term's phrase that may stand between it and its marker (三张清单制度8) */
	DIGITS = 8,        /* of a marker and a figure that stand together */
};

struct glossary {
	struct glossary_note notes[NUMBERS]; /* by number */
	bool known[NUMBERS], used[NUMBERS];
	bool any;
	struct glossary_ref *refs;
	size_t count, room;
	struct buf left, term;
};

struct glossary *glossary_new(void)
{
	return xcalloc(1, sizeof(struct glossary));
}

void glossary_free(struct glossary *g)
{
	free(g->refs);
	buf_free(&g->left);
	buf_free(&g->term);
	free(g);
}

void glossary_clear(struct glossary *g)
{
	if (!g->any)
		return;
	memset(g->known, 0, sizeof g->known);
	memset(g->used, 0, sizeof g->used);
	g->any = false;
}

void glossary_add(struct glossary *g, const struct glossary_note *note)
{
	if (note->number == 0 || note->number >= NUMBERS || g->known[note->number] || (!note->term.len && !note->bracketed))
		return;
	g->notes[note->number] = *note;
	g->known[note->number] = g->any = true;
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
	static const char *const pairs[][2] = {{"[", "]"}, {"〔", "〕"}, {"【", "】"}, {"［", "］"}, {"注释", "："}, {"注", "："}, {"注", "."},
	                                       {"（注", "）"}};

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

struct span glossary_term(struct span text)
{
	static const char *const stops[] = {"。", "：", "——", "是指", "指的是", "系指", "指", "即", ":", NULL};
	const char *end = text.p + (text.len < TERM_BYTES ? text.len : TERM_BYTES);

	for (const char *s = text.p; s < end; s += utf8_len(*s))
		for (const char *const *w = stops; *w; w++)
			if (s > text.p && begins(s, text.p + text.len, *w)) {
				struct span term = {text.p, (size_t)(s - text.p)};
				while (term.len && (term.p[term.len - 1] == ' '))
					term.len--;
				if (term.len > 3 && begins(term.p + term.len - 3, term.p + term.len, "，"))
					term.len -= 3;
				if (term.len > 6 && begins(term.p, term.p + term.len, "“")) {
					const char *close = memmem(term.p, term.len, "”", 3);
					if (close && close + 3 == term.p + term.len)
						term = (struct span){term.p + 3, term.len - 6};
				}
				return term;
			}
	return (struct span){0};
}

static bool quote(const char *s, const char *end)
{
	return begins(s, end, "“") || begins(s, end, "”") || begins(s, end, "‘") || begins(s, end, "’") || begins(s, end, "《") ||
	       begins(s, end, "》");
}

/* Puts text without quotes and spaces. */
static void put_bare(struct buf *b, struct span text)
{
	const char *end = text.p + text.len;
	for (const char *s = text.p; s < end; s += utf8_len(*s))
		if (*s != ' ' && *s != '"' && !quote(s, end))
			buf_put(b, s, utf8_len(*s));
}

static bool punctuated(const char *s, size_t n)
{
	static const char *const marks[] = {"，", "。", "；", "：", "、", "！", NULL};
	for (const char *const *m = marks; *m; m++)
		if (memmem(s, n, *m, strlen(*m)))
			return true;
	return false;
}

/* Up to n bytes in front of at, cut at the start of a character; and behind it. */
static struct span window_before(struct span text, const char *at, size_t n)
{
	const char *from = (size_t)(at - text.p) > n ? at - n : text.p;
	while (from < at && ((unsigned char)*from & 0xc0) == 0x80)
		from++;
	return (struct span){from, (size_t)(at - from)};
}

static struct span window_behind(struct span text, const char *at, size_t n)
{
	const char *end = text.p + text.len, *to = (size_t)(end - at) > n ? at + n : end;
	while (to < end && ((unsigned char)*to & 0xc0) == 0x80)
		to--;
	return (struct span){at, (size_t)(to - at)};
}

/* Whether a marker at `at`, len bytes long, would stand behind the note's term or within it. */
static bool fits(struct glossary *g, const struct glossary_note *note, struct span text, const char *at, size_t len)
{
	size_t reach = note->term.len + 24;

	buf_clear(&g->term);
	put_bare(&g->term, note->term);
	buf_clear(&g->left);
	put_bare(&g->left, window_before(text, at, reach + BEHIND_TERM));
	size_t before = g->left.len;
	put_bare(&g->left, window_behind(text, at + len, reach));
	if (g->term.len == 0 || before == 0)
		return false;
	/* The last place at which the term begins in front of the marker. */
	size_t room = g->left.len;
	for (size_t from = before; from-- > 0;) {
		if (from + g->term.len > room || memcmp(g->left.p + from, g->term.p, g->term.len) != 0)
			continue;
		size_t end = from + g->term.len;
		return end >= before || (before - end <= BEHIND_TERM && !punctuated(g->left.p + end, before - end));
	}
	/* “千项万亿”5 for a note on “千项万亿”工程 that is worded otherwise */
	if (at - text.p < 9 || !begins(at - 3, at, "”"))
		return false;
	struct span near = window_before(text, at, TERM_BYTES);
	const char *open = NULL;
	for (const char *s = near.p; s < at; s += utf8_len(*s))
		if (begins(s, at, "“"))
			open = s + 3;
	return open && at - 3 - open >= 6 && memmem(note->term.p, note->term.len, open, (size_t)(at - 3 - open));
}

static void add_ref(struct glossary *g, const char *at, size_t len, unsigned number)
{
	if (g->count == g->room) {
		g->room = g->room ? g->room * 2 : 16;
		g->refs = xrealloc(g->refs, g->room * sizeof *g->refs);
	}
	g->refs[g->count++] = (struct glossary_ref){at, len, g->notes[number].label};
	g->used[number] = true;
}

/* The marker within the run of digits at s, as a term may end with digits itself (M0, marker 14: M014); returns where to
 * go on. */
static const char *in_digits(struct glossary *g, struct span text, const char *s, const char *run_end)
{
	for (const char *at = s; at < run_end && at < s + DIGITS; at++)
		for (size_t len = 1; len <= 3 && at + len <= run_end; len++) {
			unsigned number;
			if (number_at(at, at + len, &number) != len || *at == '0' || !g->known[number] || g->used[number] ||
			    g->notes[number].bracketed || !fits(g, &g->notes[number], text, at, len))
				continue;
			add_ref(g, at, len, number);
			return run_end;
		}
	return run_end;
}

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
		if (*s >= '0' && *s <= '9') {
			const char *run = s;
			while (s < end && *s >= '0' && *s <= '9')
				s++;
			if (run > text.p)
				s = in_digits(g, text, run, s);
		} else if (sign(s, end, &l)) {
			if (l.number < NUMBERS && g->known[l.number] && !g->used[l.number] && g->notes[l.number].bracketed)
				add_ref(g, s, l.len, l.number);
			s += l.len;
		} else
			s += utf8_len(*s);
	}
	*refs = g->refs;
	return g->count;
}
