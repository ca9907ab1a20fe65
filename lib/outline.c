#include "outline.h"

#include <stdint.h>
#include <stdlib.h>
#include <uchar.h>

#include "err.h"
#include "head.h"
#include "label.h"
#include "scan.h"
#include "utf8.h"

enum {
	MARKS = 16384,    /* headings and notes that are looked for in one piece; a report has a hundred */
	BARE_BYTES = 96,  /* a heading without number is no longer than that, */
	BARE_COMMAS = 1,  /* nor has it more of them */
	OPEN_BYTES = 120, /* a paragraph that was cut off is longer, a heading that was is not */
	LINE_CHARS = 50,  /* nor one that has its line for itself */
	PREDICATE_BYTES = 24, /* of a predicate on a line of its own */
	ITEM_CHARS = 36, /* the first sentence of one with Arabic digits */
	TERM_CHARS = 24, /* what a note without number explains */
	FUSED_CHARS = 30, /* a sentence that holds heading and body is longer */
	GLOSSARY_BYTES = 45, /* of the heading of a glossary */
	NEAR = 16,        /* headings within which a lost number is looked for */
	LEAD_BYTES = 240, /* of a paragraph of the review that say what it is for, */
	SENTENCE_BYTES = 90, /* of the first sentence of one in a report without headings */
	AIM_BYTES = 75,   /* and of one of the plan; also in front of a colon */
	FAR_AIM_BYTES = 600, /* in so much of it */
};

/* Where a heading or a note may begin. */
struct mark {
	struct label label; /* LABEL_NONE: a line that may be a heading without number */
	size_t line;
	const char *at, *text, *limit, *end; /* the label; what follows it; where that ends; where the heading ends */
	size_t next;    /* the next mark of its series, SIZE_MAX behind the last */
	bool follows;   /* it is not the first of its series */
	bool own_line;  /* it begins a line */
	bool dropped;
	bool note, bracketed;
	bool glossary;  /* the heading of one */
	unsigned level;
};

struct outline {
	struct cuts *cuts;
	struct parts *parts;
	struct mark *marks;
	size_t mark_count, mark_room;
	struct unit *units;
	size_t unit_count, unit_room;
	struct span *texts; /* of the siblings that are cut together */
	const char **ends;
	size_t *members;
	size_t sibling_room;
	const char *text;     /* that is held */
	const struct signs *signs;
	size_t sign;          /* the next one */
	const char **turns; /* sentences within lines that turn to something else */
	size_t turn_count, turn_room;
	uint64_t begins[0x10000 / 64]; /* the characters that labels, turns and what they stand behind begin with, as bits, */
	uint64_t leads[0x10000 / 64];  /* and their first two bytes */
	struct glossary *glossary;
	struct glossary_ref *refs;
	size_t ref_count, ref_room;
};

/* The characters that the heading of a glossary begins with where it ran into the text. */
static const char glossary_begins[] = "名注附政《";

static void set_bits(uint64_t *bits, const char *characters)
{
	for (const char *s = characters; *s; s += utf8_len(*s))
		bits[(utf8_at(s) & 0xffff) >> 6] |= (uint64_t)1 << (utf8_at(s) & 63);
}

/* The first two bytes of a character, or one of ASCII and what follows it, as a number. */
static inline unsigned lead_of(const char *s)
{
	return (unsigned)(unsigned char)s[0] << 8 | (unsigned char)s[1];
}

/* The first two bytes of the characters, which all are below U+10000. */
static void find_leads(const uint64_t *characters, uint64_t *leads)
{
	for (uint32_t c = 0; c < 0x10000; c += characters[c / 64] >> c % 64 > 1 ? 1 : 64 - c % 64) {
		char s[4] = {0};
		if (!(characters[c / 64] >> c % 64 & 1))
			continue;
		utf8_encode(c, s);
		for (unsigned second = 0; second < 0x100; second++) {
			s[1] = c < 0x80 ? (char)second : s[1];
			leads[lead_of(s) / 64] |= (uint64_t)1 << lead_of(s) % 64;
		}
	}
}

struct outline *outline_new(const struct gazetteer *g)
{
	struct outline *o = xcalloc(1, sizeof *o);
	o->cuts = cuts_new(g);
	o->parts = parts_new();
	memcpy(o->begins, parts_turns(o->parts), sizeof o->begins);
	set_bits(o->begins, label_begins);
	set_bits(o->begins, glossary_begins);
	set_bits(o->begins, " ”》）");
	find_leads(o->begins, o->leads);
	o->glossary = glossary_new();
	return o;
}

void outline_free(struct outline *o)
{
	cuts_free(o->cuts);
	parts_free(o->parts);
	glossary_free(o->glossary);
	free(o->refs);
	free(o->turns);
	free(o->marks);
	free(o->units);
	free(o->texts);
	free(o->ends);
	free(o->members);
	free(o);
}

/* Whether the text, in which begin is the start of a character, ends with one of these. */
static bool ends_with_any(const char *begin, const char *end, const char32_t *characters)
{
	uint32_t last = begin < end ? utf8_before(begin, end) : 0;

	for (; *characters; characters++)
		if (*characters == last)
			return true;
	return false;
}

static const char *spaces(const char *s, const char *end)
{
	while (s < end && *s == ' ')
		s++;
	return s;
}

static const char *spaces_back(const char *begin, const char *end)
{
	while (end > begin && end[-1] == ' ')
		end--;
	return end;
}

/* Whether the text has more characters than that. */
static bool longer(const char *s, const char *end, size_t chars)
{
	return (size_t)(end - s) > chars && ((size_t)(end - s) > chars * 4 || utf8_count(s, (size_t)(end - s)) > chars);
}

/* The end of the first sentence, behind its full stop, or end. */
static const char *sentence_end(const char *s, const char *end)
{
	for (;;) {
		s = scan_stop(s, end);
		if (s == end)
			return end;
		if (memcmp(s, "：", 3) != 0 && memcmp(s, "（", 3) != 0)
			return s + 3;
		s += 3;
	}
}

static const char32_t full_stops[] = U"。！；？：，、;:,";

/* Whether the line is a paragraph that was cut off before its sentence ended. */
static bool cut_off(struct span line)
{
	return line.len > OPEN_BYTES && !ends_with_any(line.p, line.p + line.len, full_stops) &&
	       !span_ends(line, "”");
}

size_t outline_mend(const struct outline *o, struct span *lines, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		struct span *before = kept ? &lines[kept - 1] : NULL;
		struct label l;
		if (before && lines[i].len <= PREDICATE_BYTES && before->len <= OPEN_BYTES &&
		    label_at(before->p, before->p + before->len, &l) &&
		    !ends_with_any(before->p, before->p + before->len, full_stops) && cuts_predicate(o->cuts, lines[i])) {
			memmove((char *)before->p + before->len, lines[i].p, lines[i].len);
			before->len += lines[i].len;
		} else
			lines[kept++] = lines[i];
	}
	return kept;
}

/* ---- Finding the places ---- */

static struct mark *add_mark(struct outline *o, size_t line, const char *at, const char *limit)
{
	if (o->mark_count == MARKS)
		return NULL;
	if (o->mark_count == o->mark_room) {
		o->mark_room = o->mark_room ? o->mark_room * 2 : 128;
		o->marks = xrealloc(o->marks, o->mark_room * sizeof *o->marks);
	}
	struct mark *m = &o->marks[o->mark_count++];
	*m = (struct mark){.line = line, .at = at, .text = at, .limit = limit, .next = SIZE_MAX};
	return m;
}

static bool closing_quote(const char *s)
{
	return memcmp(s, "”", 3) == 0 || memcmp(s, "》", 3) == 0;
}

static struct mark *add_labelled(struct outline *o, size_t line, const char *at, const struct label *l, const char *limit)
{
	struct mark *m = add_mark(o, line, at, limit);
	if (m) {
		m->label = *l;
		m->text = spaces(at + l->len, limit);
	}
	return m;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether a line may be a heading without number: short, of Chinese words, and no sentence, no piece of one that a
 * column broke and no row of a table. */
static bool bare(struct span line)
{
	static const char *const never[] = {"——", "•", "·", "第", NULL};
	const char *end = line.p + line.len;
	size_t han = 0, commas = 0;
	unsigned number;
	int quotes = 0;

	if (line.len > BARE_BYTES || line.len < 12 || ends_with_any(line.p, end, full_stops))
		return false;
	for (const char *const *w = never; *w; w++)
		if (line.len >= strlen(*w) && memcmp(line.p, *w, strlen(*w)) == 0)
			return false;
	size_t numeral = label_numeral(line.p, end, &number); /* 一是 … */
	if (numeral && memcmp(line.p + numeral, "是", strlen("是")) == 0)
		return false;
	for (const char *s = line.p; s < end; s += utf8_len(*s)) {
		uint32_t c = utf8_at(s);
		bool decimal = c == '.' && s > line.p && digit(s[-1]) && s + 1 < end && digit(s[1]);
		if (c == U'。' || c == U'！' || c == U'；' || c == U'：' || c == '%' || c == '|' || decimal)
			return false;
		quotes += (c == U'“' || c == U'《') - (c == U'”' || c == U'》');
		commas += c == U'，';
		han += utf8_han(c);
	}
	return han >= 4 && commas <= BARE_COMMAS && quotes == 0 && !memmem(line.p, line.len, "我代表", strlen("我代表"));
}

/* A label at at, behind a sentence or a parenthesized one. */
static void add_run_in(struct outline *o, size_t line, const char *at, const char *end, bool parenthesis)
{
	struct label l;

	if (!label_at(at, end, &l) || (parenthesis && l.style != LABEL_HAN_PAREN))
		return;
	struct mark *before = o->mark_count ? &o->marks[o->mark_count - 1] : NULL;
	if (before && before->line == line)
		before->limit = spaces_back(before->text, at);
	add_labelled(o, line, at, &l, end);
}

static void add_turn(struct outline *o, const char *at)
{
	if (o->turn_count == MARKS)
		return;
	if (o->turn_count == o->turn_room) {
		o->turn_room = o->turn_room ? o->turn_room * 2 : 64;
		o->turns = xrealloc(o->turns, o->turn_room * sizeof *o->turns);
	}
	o->turns[o->turn_count++] = at;
}

/* What find_run_in looks behind, by the last byte of a sign: 。 and ！, ： and ；, （. */
enum { NO_STOP, SENTENCE, STOP, PARENTHESIS };
static const unsigned char stop_kinds[256] = {
	[0x82] = SENTENCE, [0x81] = SENTENCE, [0x9a] = STOP, [0x9b] = STOP, [0x88] = PARENTHESIS,
};

void outline_sift(const struct outline *o, const char *text, size_t from, size_t len, const size_t *found, size_t n,
                  struct signs *signs)
{
	const char *begin = text + from, *end = begin + len;

	signs->count -= signs->first;
	if (signs->room < signs->count + n) {
		size_t *more = xmalloc((signs->count + n) * 2 * sizeof *more);
		signs->room = (signs->count + n) * 2;
		if (signs->count)
			memcpy(more, signs->at + signs->first, signs->count * sizeof *more);
		free(signs->at);
		signs->at = more;
	} else if (signs->first)
		memmove(signs->at, signs->at + signs->first, signs->count * sizeof *signs->at);
	signs->first = 0;
	/* Most are turned away, without a branch that cannot be foretold. */
	for (size_t i = 0; i < n; i++) {
		const char *next = begin + found[i] + 1;
		unsigned lead = lead_of(end - next >= 2 ? next : "  ");
		signs->at[signs->count] = signs->dropped + from + found[i] - 2;
		signs->count += o->leads[lead / 64] >> lead % 64 & 1;
	}
}

void signs_drop(struct signs *signs, size_t n)
{
	signs->dropped += n;
	while (signs->first < signs->count && signs->at[signs->first] < signs->dropped)
		signs->first++;
}

/* Whether the line is the heading of a glossary. */
static bool glossary_heading(const struct outline *o, struct span line)
{
	static const char32_t sentence[] = U"。；，";
	bool named = line.len <= 2 * GLOSSARY_BYTES && memmem(line.p, line.len, "名词", strlen("名词"));

	if (span_is(line, "注：") || span_is(line, "注"))
		return true;
	return (line.len <= GLOSSARY_BYTES || named) && !ends_with_any(line.p, line.p + line.len, sentence) &&
	       parts_find(o->parts, PART_HEADING, line) == PART_NOTES;
}

/* The first note of a glossary whose heading stands at s (名词解释 1.…), NULL when none does. */
static const char *run_in_glossary(const struct outline *o, const char *s, const char *end)
{
	const char *near = (size_t)(end - s) > GLOSSARY_BYTES ? s + GLOSSARY_BYTES : end;
	struct label l;

	switch (near - s < 3 ? 0 : utf8_at(s)) {
	case U'名': case U'注': case U'附': case U'政': case U'《': break;
	default: return NULL;
	}
	if (!memmem(s, (size_t)(near - s), "名词", strlen("名词")) && !memmem(s, (size_t)(near - s), "注释", strlen("注释")))
		return NULL;
	for (const char *at = s; at < near; at += utf8_len(*at))
		if ((label_at(at, end, &l) || glossary_label(at, end, &l)) && l.number == 1)
			return at > s && glossary_heading(o, (struct span){s, (size_t)(at - s)}) ? at : NULL;
	return NULL;
}

/* Labels behind the end of a sentence, and the parenthesized ones wherever they stand; and the sentences that turn to
 * something else. Returns where a glossary begins, NULL if none does. */
static const char *find_run_in(struct outline *o, size_t line, const char *s, const char *end)
{
	for (; o->sign < o->signs->count; o->sign++) {
		const char *at = o->text + (o->signs->at[o->sign] - o->signs->dropped);
		if (at < s)
			continue;
		if (at >= end)
			break;
		unsigned char kind =
			at[1] == (*at == '\xe3' ? '\x80' : '\xbc') ? stop_kinds[(unsigned char)at[2]] : NO_STOP;
		uint32_t c = at + 3 < end ? utf8_at(at + 3) & 0xffff : 0;
		if (kind == NO_STOP || !(o->begins[c / 64] >> c % 64 & 1))
			continue;
		if (kind == PARENTHESIS) {
			if (at > s)
				add_run_in(o, line, at, end, true);
			continue;
		}
		at += 3;
		while (end - at >= 3 && (closing_quote(at) || memcmp(at, "）", 3) == 0))
			at += 3;
		at = spaces(at, end);
		if (at >= end || (unsigned char)*at == 0xef)
			continue;
		if (kind == SENTENCE && run_in_glossary(o, at, end))
			return at;
		add_run_in(o, line, at, end, false);
		if (kind == SENTENCE && parts_turn(o->parts, at, end))
			add_turn(o, at);
	}
	return NULL;
}

/* Whether the line is a note without a number: a term and what it means, in a glossary that numbers nothing. */
static bool explains(const struct outline *o, const char *s, const char *end)
{
	const struct mark *last = o->mark_count ? &o->marks[o->mark_count - 1] : NULL;
	struct span term = glossary_term((struct span){s, (size_t)(end - s)});

	return last && (last->glossary || (last->note && last->label.style == LABEL_NONE && !last->bracketed)) &&
	       term.len && !longer(term.p, term.p + term.len, TERM_CHARS) && term.p + term.len < end &&
	       !span_begins((struct span){term.p + term.len, (size_t)(end - term.p) - term.len}, "。");
}

/* The notes of a glossary that ran into a line, which begin with label l at s and count on: [1]甲：… [2]乙：… */
static void add_bracketed(struct outline *o, size_t line, const char *s, const struct label *l, const char *end)
{
	const char *at = s;
	struct label next = *l;

	for (unsigned number = l->number; at; number++) {
		const char *opens = at;
		struct mark *m = add_labelled(o, line, at, &next, end);
		if (!m)
			return;
		m->note = m->bracketed = true;
		do
			at = memmem(at + 1, (size_t)(end - at) - 1, s, utf8_len(*s));
		while (at && !(glossary_label(at, end, &next) && next.number == number + 1));
		m->limit = spaces_back(opens, at ? at : end);
	}
}

/* A number without any sign in front of a term, which counts on from the note before: 1“三变”改革 */
static bool bare_number(const struct outline *o, const char *s, const char *end, struct label *l)
{
	const struct mark *last = o->mark_count ? &o->marks[o->mark_count - 1] : NULL;
	unsigned number = 0;
	const char *t = s;

	for (; t < end && t - s < 3 && *t >= '0' && *t <= '9'; t++)
		number = number * 10 + (unsigned)(*t - '0');
	bool next = last && (last->glossary ? number == 1 : last->note && number == last->label.number + 1);
	*l = (struct label){LABEL_DIGIT, number, (size_t)(t - s)};
	return next && t > s && t < end && (unsigned char)*t >= 0x80 &&
	       glossary_term((struct span){t, (size_t)(end - t)}).len;
}

/* A line of the glossary, or what is left of one: a note, or several, or what goes on from the last one. */
static void find_notes(struct outline *o, size_t line, const char *s, const char *end, bool own_line)
{
	struct label l;
	struct mark *m = NULL;

	if (!own_line && glossary_label(s, end, &l)) {
		add_bracketed(o, line, s, &l, end);
		return;
	}
	if (label_at(s, end, &l) || bare_number(o, s, end, &l))
		m = add_labelled(o, line, s, &l, end);
	else if (explains(o, s, end))
		m = add_mark(o, line, s, end);
	if (m) {
		m->note = true;
		m->own_line = own_line;
	}
	size_t from = o->mark_count;
	find_run_in(o, line, s, end);
	/* Numbers within a note's text are its own, unless they count on behind a full stop. */
	size_t kept = from;
	for (size_t i = from; i < o->mark_count; i++) {
		const struct mark *inner = &o->marks[i];
		const char *at = spaces_back(s, inner->at);
		if (kept == 0 || !o->marks[kept - 1].note || inner->label.style != o->marks[kept - 1].label.style ||
		    inner->label.number != o->marks[kept - 1].label.number + 1 ||
		    !span_ends((struct span){s, (size_t)(at - s)}, "。"))
			continue;
		o->marks[kept] = *inner;
		o->marks[kept++].note = true;
	}
	o->mark_count = kept;
}

/* A glossary that ran into a line: its heading and its notes. */
static bool begin_glossary(struct outline *o, size_t line, const char *s, const char *end, bool own_line)
{
	struct mark *before = o->mark_count ? &o->marks[o->mark_count - 1] : NULL;
	const char *first = run_in_glossary(o, s, end);

	if (before && before->line == line)
		before->limit = spaces_back(before->text, s);
	struct mark *m = add_mark(o, line, s, end);
	if (!m || !first)
		return false;
	m->glossary = true;
	m->own_line = own_line;
	find_notes(o, line, first, end, false);
	return true;
}

static void find_marks(struct outline *o, const struct span *lines, size_t n, bool notes)
{
	o->mark_count = o->turn_count = 0;
	o->sign = o->signs->first;
	for (size_t i = 0; i < n; i++) {
		const char *s = lines[i].p, *end = s + lines[i].len;
		struct label l;
		if (glossary_label(s, end, &l)) {
			struct mark *m = add_labelled(o, i, s, &l, end);
			if (m)
				m->own_line = m->note = m->bracketed = true;
			continue;
		}
		if (notes) {
			find_notes(o, i, s, end, true);
			continue;
		}
		const char *glossary = run_in_glossary(o, s, end) ? s : NULL;
		bool labelled = label_at(s, end, &l);
		notes = glossary_heading(o, lines[i]);
		bool may_be_bare = notes || (!labelled && lines[i].len <= BARE_BYTES && bare(lines[i]));
		struct mark *m = labelled ? add_labelled(o, i, s, &l, end) : may_be_bare ? add_mark(o, i, s, end) : NULL;
		if (m) {
			m->own_line = true;
			m->glossary = notes;
		}
		if (!may_be_bare && !glossary)
			glossary = find_run_in(o, i, labelled ? s + l.len : s, end);
		if (glossary)
			notes = begin_glossary(o, i, glossary, end, glossary == s);
	}
}

/* ---- Series ---- */

static bool behind_sentence(const struct mark *m, const struct span *lines)
{
	static const char32_t closers[] = U"。！；：？”）》";
	const char *begin = lines[m->line].p, *at = spaces_back(begin, m->at);
	return at == begin || ends_with_any(begin, at, closers);
}

/* Libraries of documents number the pieces that they cut a text into: 按不变价格计 | 2、算的增幅. */
static bool numbers_piece(const struct mark *m, const struct span *lines)
{
	const struct span *before = m->line ? &lines[m->line - 1] : NULL;
	struct label l;

	return m->own_line && m->label.style == LABEL_DIGIT && before && cut_off(*before) &&
	       (!label_at(before->p, before->p + before->len, &l) || memmem(before->p, before->len, "。", strlen("。")));
}

/* A list item is a sentence that nothing follows, or that gives figures; a heading introduces something. */
static bool introduces(const struct outline *o, size_t i, const struct span *lines, size_t n)
{
	const struct mark *m = &o->marks[i], *next = i + 1 < o->mark_count ? m + 1 : NULL;
	static const char32_t stop[] = U"。；！";
	const char *end = sentence_end(m->text, m->limit);
	bool to_line_end = m->limit == lines[m->line].p + lines[m->line].len;

	if (m->text == m->limit)
		return false;
	if (m->label.style >= LABEL_DIGIT) {
		if (longer(m->text, end, ITEM_CHARS))
			return false;
		for (const char *s = m->text; s < end; s++)
			if (*s >= '0' && *s <= '9' && (s + 1 == end || (s[1] < '0' || s[1] > '9')) &&
			    (end - s < 4 || memcmp(s + 1, "年", 3) != 0))
				return false;
	}
	if (end < m->limit)
		return end - m->text < LINE_CHARS * 3 || m->label.style < LABEL_DIGIT;
	if (!ends_with_any(m->text, m->limit, stop))
		return !to_line_end || !longer(m->text, m->limit, LINE_CHARS);
	/* A long sentence may be a heading that runs into its body. */
	if (m->label.style < LABEL_DIGIT && longer(m->text, m->limit, FUSED_CHARS))
		return true;
	/* A whole sentence: it introduces what follows, if that is not the next item. */
	if (!to_line_end)
		return next && next->line == m->line && next->label.style > m->label.style;
	return m->line + 1 < n && !(next && next->line == m->line + 1 && next->label.style == m->label.style);
}

/* Puts the marks into series and drops those that are no headings. */
static void find_series(struct outline *o, const struct span *lines, size_t n)
{
	size_t open[LABEL_STYLES]; /* the last mark of each open series, or SIZE_MAX */

	for (size_t k = 0; k < LABEL_STYLES; k++)
		open[k] = SIZE_MAX;
	for (size_t i = 0; i < o->mark_count; i++) {
		struct mark *m = &o->marks[i];
		enum label_style style = m->label.style;
		if (style == LABEL_NONE || m->note || m->glossary)
			continue;
		struct mark *before = open[style] == SIZE_MAX ? NULL : &o->marks[open[style]], *above = i ? m - 1 : NULL;
		bool counts_on = before && m->label.number == before->label.number + 1;
		bool later = m->own_line && before && m->label.number > before->label.number;
		bool firm = m->own_line || behind_sentence(m, lines);
		bool under = above && above->line == m->line && m->at - above->text <= LINE_CHARS * 3; /* right behind a heading */
		bool first = m->label.number == 1 && (firm || under);
		bool inside = firm && !before && (m->own_line || style == LABEL_HAN_PAREN); /* the text begins in the middle */
		if ((!(counts_on && firm) && !later && !first && !inside) || numbers_piece(m, lines)) {
			m->dropped = true;
			continue;
		}
		if (counts_on || later) {
			m->follows = true;
			before->next = i;
		}
		open[style] = i;
		for (size_t k = style + 1; k < LABEL_STYLES; k++)
			open[k] = SIZE_MAX;
	}
	/* Series whose members are items of a list. */
	for (size_t i = 0; i < o->mark_count; i++) {
		const struct mark *m = &o->marks[i];
		size_t good = 0, all = 0;
		if (m->dropped || m->follows || m->note || m->glossary || m->label.style == LABEL_NONE)
			continue;
		for (size_t k = i; k != SIZE_MAX; k = o->marks[k].next, all++)
			good += introduces(o, k, lines, n);
		for (size_t k = i; k != SIZE_MAX && good * 2 <= all; k = o->marks[k].next)
			o->marks[k].dropped = true;
	}
}

/* What was dropped gives its text back to the mark in front of it in the line. */
static void close_gaps(struct outline *o, const struct span *lines)
{
	const char *limit = NULL;
	size_t line = SIZE_MAX;

	for (size_t i = o->mark_count; i-- > 0;) {
		struct mark *m = &o->marks[i];
		if (m->line != line) {
			line = m->line;
			limit = lines[line].p + lines[line].len;
		}
		m->limit = limit;
		if (!m->dropped)
			limit = spaces_back(lines[line].p, m->at);
	}
}

/* ---- Where headings end ---- */

static void reserve_siblings(struct outline *o, size_t n)
{
	if (n <= o->sibling_room)
		return;
	o->sibling_room = n * 2;
	o->texts = xrealloc(o->texts, o->sibling_room * sizeof *o->texts);
	o->ends = xrealloc(o->ends, o->sibling_room * sizeof *o->ends);
	o->members = xrealloc(o->members, o->sibling_room * sizeof *o->members);
}

/* A line of its own, or the whole of what stands before the next label: but a long sentence only if a text follows that
 * it can be the heading of. */
static bool alone(const struct outline *o, size_t i, const struct span *lines, size_t n)
{
	const struct mark *m = &o->marks[i];
	static const char32_t full_stop[] = U"。！";
	size_t k = i + 1;

	if (longer(m->text, m->limit, LINE_CHARS) || sentence_end(m->text, m->limit) != m->limit)
		return false;
	if (!longer(m->text, m->limit, FUSED_CHARS) || !ends_with_any(m->text, m->limit, full_stop))
		return true;
	while (k < o->mark_count && o->marks[k].dropped)
		k++;
	return m->limit == lines[m->line].p + lines[m->line].len && m->line + 1 < n &&
	       !(k < o->mark_count && o->marks[k].line == m->line + 1);
}

static void find_ends(struct outline *o, const struct span *lines, size_t n_lines)
{
	for (size_t i = 0; i < o->mark_count; i++) {
		struct mark *first = &o->marks[i];
		size_t n = 0, known = 0;
		if (first->dropped || first->follows)
			continue;
		if (first->note || first->glossary || first->label.style == LABEL_NONE) {
			first->end = first->limit;
			continue;
		}
		for (size_t k = i; k != SIZE_MAX; k = o->marks[k].next, n++) {
			const struct mark *m = &o->marks[k];
			reserve_siblings(o, n + 1);
			o->members[n] = k;
			o->ends[n] = alone(o, k, lines, n_lines) ? m->limit : NULL;
			o->texts[n] = (struct span){m->text, (size_t)(m->limit - m->text)};
			known += o->ends[n] != NULL;
		}
		if (known < n)
			cuts_find(o->cuts, o->texts, n, o->ends);
		for (size_t k = 0; k < n; k++) {
			struct mark *m = &o->marks[o->members[k]];
			m->end = o->ends[k];
			m->dropped = !m->end;
		}
	}
}

/* Lets the dropped marks go. */
static void sweep(struct outline *o)
{
	size_t kept = 0;
	for (size_t i = 0; i < o->mark_count; i++)
		if (!o->marks[i].dropped)
			o->marks[kept++] = o->marks[i];
	o->mark_count = kept;
}

/* ---- Headings without number ---- */

/* Drops the short lines that are no headings: behind an open sentence, in front of nothing, or one of many. */
static void check_bare(struct outline *o, const struct span *lines, size_t n, bool last)
{
	static const char32_t open_sentence[] = U"，、；,";
	size_t bares = 0;

	for (size_t i = 0; i < o->mark_count; i++)
		bares += o->marks[i].label.style == LABEL_NONE && !o->marks[i].note;
	for (size_t i = 0; i < o->mark_count; i++) {
		struct mark *m = &o->marks[i];
		if (m->label.style != LABEL_NONE || m->note || m->glossary)
			continue;
		const struct span *before = m->line ? &lines[m->line - 1] : NULL;
		bool open = before && ends_with_any(before->p, before->p + before->len, open_sentence);
		bool at_end = m->line + 1 == n && last;
		m->dropped = (before && cut_off(*before)) || open || at_end || bares * 2 > n;
	}
}

/* The style of the series in which mark i, which lost its number, stands between three 、 and five 、; LABEL_NONE when it
 * stands in none. */
static enum label_style gap(const struct outline *o, size_t i)
{
	const struct mark *m = &o->marks[i];

	if (i == 0 || i + 1 == o->mark_count || m->label.style != LABEL_NONE || m->note)
		return LABEL_NONE;
	/* Deeper headings may stand between, but few enough that a look costs little. */
	for (size_t b = i, n = 0; b-- > 0 && n < NEAR && o->marks[b].label.style != LABEL_NONE; n++)
		for (size_t a = i + 1, k = 0;
		     a < o->mark_count && k < NEAR && o->marks[a].label.style != LABEL_NONE; a++, k++)
			if (o->marks[a].label.style == o->marks[b].label.style && !o->marks[a].note && !o->marks[b].note)  {
				if (o->marks[a].label.number == o->marks[b].label.number + 2)
					return o->marks[b].label.style;
				break;
			}
	return LABEL_NONE;
}

/* Whether a heading without number names a part of the report, and not what was done in it. */
static bool names_section(const struct outline *o, const struct mark *m)
{
	struct span text = {m->text, (size_t)(m->end - m->text)};
	enum part part = parts_find(o->parts, PART_HEADING, text);

	return part != PART_NONE && (part != PART_TASKS || head_year(text) || memmem(text.p, text.len, "今", strlen("今")));
}

static void find_levels(struct outline *o)
{
	/* The styles whose headings are open. A text that begins in the middle lies under all that it has. */
	bool open[LABEL_STYLES] = {false}, used = false, seen = false, section = false;
	enum label_style top = LABEL_STYLES;
	size_t inside = 0, above = 0;
	unsigned level = 0;

	for (size_t i = 0; i < o->mark_count; i++) {
		const struct mark *m = &o->marks[i];
		if (m->note || m->glossary)
			continue;
		if (m->label.style == LABEL_NONE)
			used = true;
		else if (m->label.style < top)
			top = m->label.style;
		open[m->label.style] = true;
	}
	/* A line without number is above the numbers that begin anew behind it, and below those that go on. */
	for (size_t i = 0; used && i < o->mark_count; i++) {
		const struct mark *m = &o->marks[i];
		if (m->note || m->glossary)
			continue;
		if (m->label.style == LABEL_NONE)
			seen = seen || gap(o, i) == LABEL_NONE;
		else if (m->label.style == top && seen) {
			*(m->label.number == 1 ? &above : &inside) += 1;
			seen = false;
		}
	}
	bool outer = used && (top == LABEL_STYLES || above > inside);
	for (size_t i = 0; i < o->mark_count; i++) {
		struct mark *m = &o->marks[i];
		enum label_style style = m->label.style != LABEL_NONE ? m->label.style : gap(o, i);
		if (m->note)
			continue;
		if (m->glossary)
			m->level = 1;
		else if (style == LABEL_NONE) {
			/* Where no heading has one, those that name a part are above the rest. */
			section = section || (top == LABEL_STYLES && names_section(o, m));
			m->level = !outer ? level + 1 : section && !names_section(o, m) ? 2 : 1;
			for (enum label_style s = LABEL_SECTION; outer && s < LABEL_STYLES; s++)
				open[s] = false;
		} else {
			m->level = 1 + outer;
			for (enum label_style s = LABEL_SECTION; s < style; s++)
				m->level += open[s];
			level = m->level;
			open[style] = true;
			for (enum label_style s = style + 1; s < LABEL_STYLES; s++)
				open[s] = false;
		}
	}
}

/* ---- Units ---- */

static struct unit *add_unit(struct outline *o, enum unit_type type, const char *s, const char *end)
{
	if (o->unit_count == o->unit_room) {
		o->unit_room = o->unit_room ? o->unit_room * 2 : 256;
		o->units = xrealloc(o->units, o->unit_room * sizeof *o->units);
	}
	struct unit *u = &o->units[o->unit_count++];
	*u = (struct unit){.type = type, .text = {s, (size_t)(end - s)}};
	return u;
}

static void add_paragraph(struct outline *o, const char *s, const char *end)
{
	s = spaces(s, end);
	end = spaces_back(s, end);
	if (s < end)
		add_unit(o, UNIT_PARAGRAPH, s, end);
}

/* In a line that headings ran into paragraphs have run together, too: those that another part begins with are told by
 * their first words. turn is the next of them, and goes on. */
static void add_passages(struct outline *o, const char *s, const char *end, size_t *turn)
{
	while (*turn < o->turn_count && o->turns[*turn] <= s)
		++*turn;
	for (; *turn < o->turn_count && o->turns[*turn] < end; ++*turn) {
		add_paragraph(o, s, o->turns[*turn]);
		s = o->turns[*turn];
	}
	add_paragraph(o, s, end);
}

static void add_note(struct outline *o, const struct mark *m)
{
	struct unit *u = add_unit(o, UNIT_NOTE, m->text, spaces_back(m->text, m->end));

	u->label = (struct span){m->at, m->label.len};
	u->term = glossary_term(u->text);
	/* A term on a line of its own, over what it means. */
	if (!u->term.len && !longer(u->text.p, u->text.p + u->text.len, TERM_CHARS))
		u->term = u->text;
	u->part = PART_NOTES;
	glossary_add(o->glossary,
		     &(struct glossary_note){m->label.number, m->bracketed || m->label.style == LABEL_CIRCLED,
					     u->label, u->term});
}

static void make_units(struct outline *o, const struct span *lines, size_t n)
{
	size_t k = 0, turn = 0;

	o->unit_count = 0;
	glossary_clear(o->glossary);
	for (size_t i = 0; i < n; i++) {
		const char *s = lines[i].p, *end = s + lines[i].len;
		bool run_in = false;
		for (; k < o->mark_count && o->marks[k].line == i; k++) {
			const struct mark *m = &o->marks[k];
			add_passages(o, s, m->at, &turn);
			run_in = run_in || !m->own_line;
			s = m->end;
			if (m->note) {
				add_note(o, m);
				continue;
			}
			struct unit *u = add_unit(o, UNIT_HEADING, m->text, m->end);
			u->label = (struct span){m->at, m->label.len};
			u->level = m->level;
			u->part = m->glossary ? PART_NOTES : PART_NONE;
		}
		if (run_in)
			add_passages(o, s, end, &turn);
		else
			add_paragraph(o, s, end);
	}
}

/* Finds the footnote markers, when the notes that say which numbers are some are known. */
static void find_refs(struct outline *o)
{
	o->ref_count = 0;
	for (size_t i = 0; i < o->unit_count; i++) {
		struct unit *u = &o->units[i];
		const struct glossary_ref *refs;
		u->first_ref = o->ref_count;
		u->refs = u->type == UNIT_NOTE ? 0 : glossary_find(o->glossary, u->text, &refs);
		if (o->ref_count + u->refs > o->ref_room) {
			o->ref_room = (o->ref_count + u->refs) * 2;
			o->refs = xrealloc(o->refs, o->ref_room * sizeof *o->refs);
		}
		if (u->refs)
			memcpy(o->refs + o->ref_count, refs, u->refs * sizeof *refs);
		o->ref_count += u->refs;
	}
}

const struct glossary_ref *outline_refs(const struct outline *o, const struct unit *u)
{
	return u->refs ? o->refs + u->first_ref : NULL;
}

/* The text's first bytes. */
static struct span lead(struct span text, size_t n)
{
	n = text.len < n ? text.len : n;
	while (n < text.len && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n--;
	return (struct span){text.p, n};
}

/* The text behind a salutation that opens a paragraph. */
static struct span addressed(struct span text, bool *salutation)
{
	static const char *const whom[] = {"各位代表", "同志们", NULL};
	*salutation = false;
	/* Both begin with the same two bytes, which turn most text away. */
	for (const char *const *w = whom; *w && span_begins(text, "\xe5\x90"); w++)
		if (span_begins(text, *w)) {
			size_t n = strlen(*w);
			if (n < text.len)
				n += utf8_len(text.p[n]);
			*salutation = true;
			return (struct span){text.p + n, text.len - n};
		}
	return text;
}

static enum part heading_part(struct outline *o, struct outline_state *st, const struct unit *u)
{
	enum part part;

	if (u->part == PART_NOTES)
		return PART_NOTES;
	if (!st->report)
		return PART_OTHER;
	if (u->level > 1) {
		part = parts_find(o->parts, PART_TOPIC, u->text);
		if (st->section == PART_REVIEW)
			return part == PART_PROBLEMS ? part : PART_REVIEW;
		return part != PART_NONE ? part : st->section == PART_GOALS ? PART_TASKS : st->section;
	}
	part = parts_find(o->parts, PART_HEADING, u->text);
	unsigned year = part == PART_TASKS || part == PART_NONE ? head_year(u->text) : 0;
	if (year && year < st->year)
		return PART_REVIEW;
	if (part == PART_NONE)
		part = st->section == PART_FRONT ? PART_REVIEW : st->section == PART_PROBLEMS ? PART_TASKS :
		       st->section == PART_REVIEW || st->section == PART_GOALS ? PART_TASKS : st->section;
	return part;
}

/* What a paragraph of the review turns to with its first words, or with a sentence soon behind the salutation. */
static enum part turned(const struct outline *o, struct span text, bool salutation)
{
	const char *s = text.p, *end = s + text.len, *near = s + (text.len < LEAD_BYTES ? text.len : LEAD_BYTES);

	do {
		if (parts_turn(o->parts, s, end))
			return parts_find(o->parts, PART_LEAD, lead((struct span){s, (size_t)(end - s)}, LEAD_BYTES));
		s = sentence_end(s, end);
	} while (salutation && s < near);
	return PART_NONE;
}

/* What a paragraph of the plan is for: aims stand in its first words, or in front of a colon (综合考虑…主要预期目标是：). */
static enum part aim(const struct outline *o, struct span text)
{
	enum part part = parts_find(o->parts, PART_AIM, lead(text, AIM_BYTES));
	const char *end = text.p + (text.len < FAR_AIM_BYTES ? text.len : FAR_AIM_BYTES), *colon = text.p;

	for (; part == PART_NONE && (colon = scan_stop(colon, end)) != end; colon += 3) {
		if (memcmp(colon, "：", 3) != 0)
			continue;
		const char *from = (size_t)(colon - text.p) > AIM_BYTES ? colon - AIM_BYTES : text.p;
		while (((unsigned char)*from & 0xc0) == 0x80)
			from++;
		part = parts_find(o->parts, PART_AIM, (struct span){from, (size_t)(colon - from)});
	}
	return part;
}

static enum part paragraph_part(struct outline *o, struct outline_state *st, const struct unit *u)
{
	bool salutation;
	struct span text = addressed(u->text, &salutation);
	enum part part;

	if (st->section == PART_NOTES)
		return PART_NOTES;
	if (!st->report)
		return PART_OTHER;
	if (st->section == PART_REVIEW) {
		part = turned(o, text, salutation);
		if (part != PART_NONE)
			return part;
	}
	if ((st->section == PART_GOALS || st->section == PART_TASKS) && st->level <= 1) {
		part = aim(o, text);
		if (part != PART_NONE)
			return part;
	}
	return st->part;
}

/* What a report that begins in the middle begins with: what comes in front of its first section, else its first words. */
static enum part first_part(struct outline *o)
{
	for (size_t i = 0; i < o->unit_count; i++) {
		const struct unit *u = &o->units[i];
		enum part part = u->type == UNIT_HEADING && u->level == 1
					 ? parts_find(o->parts, PART_HEADING, u->text)
					 : PART_NONE;
		if (part == PART_GOALS || part == PART_TASKS)
			return PART_REVIEW;
		if (part == PART_GOVERNANCE)
			return PART_TASKS;
		if (u->type == UNIT_HEADING && u->level == 1)
			return PART_FRONT;
	}
	return PART_FRONT;
}

/* A report without headings says in the first sentences of its paragraphs where it is. */
static enum part unheaded_part(struct outline *o, const struct outline_state *st, const struct unit *u)
{
	bool salutation;
	struct span text = addressed(u->text, &salutation);
	const char *end = text.p + text.len;
	struct span sentence = {text.p, (size_t)(sentence_end(text.p, end) - text.p)};
	enum part part = parts_find(o->parts, PART_OPENING, lead(sentence, SENTENCE_BYTES));

	return part != PART_NONE && part > st->section ? part : PART_NONE;
}

static void find_parts(struct outline *o, struct outline_state *st, bool last)
{
	size_t end = o->unit_count;
	bool headings = false;

	for (size_t i = 0; i < o->unit_count && !headings; i++)
		headings = o->units[i].type == UNIT_HEADING && o->units[i].part != PART_NOTES;
	if (st->headless)
		st->section = st->part = st->report ? first_part(o) : PART_OTHER;
	st->headless = false;

	for (size_t i = 0; i < o->unit_count; i++) {
		struct unit *u = &o->units[i];
		if (u->type == UNIT_HEADING) {
			u->part = heading_part(o, st, u);
			if (u->level == 1) {
				st->section = u->part;
			}
			st->part = u->part;
			st->level = u->level;
		} else if (u->type == UNIT_PARAGRAPH) {
			enum part part = headings || !st->report || st->section == PART_NOTES
						 ? PART_NONE
						 : unheaded_part(o, st, u);
			if (part != PART_NONE)
				st->section = st->part = part;
			u->part = part == PART_NONE ? paragraph_part(o, st, u) : part;
		}
	}
	while (end > 0 && o->units[end - 1].part == PART_NOTES)
		end--;
	for (size_t i = end; last && st->report && i-- > 0 && i + 3 >= end;) {
		struct unit *u = &o->units[i];
		bool salutation;
		addressed(u->text, &salutation);
		if (u->type != UNIT_PARAGRAPH || u->part == PART_FRONT)
			break;
		if (salutation || span_begins(u->text, "让我们")) {
			for (size_t k = i; k < end; k++)
				o->units[k].part = PART_CLOSING;
			break;
		}
	}
}

const struct unit *outline_read(struct outline *o, struct outline_state *st, const struct span *lines, size_t n,
                                const char *text, const struct signs *signs, bool last, size_t *count)
{
	o->text = text;
	o->signs = signs;
	find_marks(o, lines, n, st->section == PART_NOTES);
	find_series(o, lines, n);
	close_gaps(o, lines);
	find_ends(o, lines, n);
	sweep(o);
	check_bare(o, lines, n, last);
	sweep(o);
	find_levels(o);
	make_units(o, lines, n);
	find_refs(o);
	find_parts(o, st, last);
	*count = o->unit_count;
	return o->units;
}
