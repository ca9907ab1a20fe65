#include "layout.h"

#include <stdlib.h>
#if defined __SSE2__
#include <emmintrin.h>
#endif

#include "err.h"
#include "match.h"
#include "tsv.h"
#include "utf8.h"

/* Sources break lines in three ways: not at all within paragraphs (web pages), only where a page ended (texts out of
 * page images), or wherever a column's edge was (newspapers, PDF). What a line shows decides:
 *
 *   - The rules of belongs() need the end of the paragraph so far and the beginning of the next line alone.
 *   - The rules of fills_column() compare a line's width with those of a dozen lines around, and only ever join.
 *     Where columns were run together with spaces for line breaks, pieces between such spaces count as rows.
 *
 * Laying out what was laid out changes nothing, for two reasons. What speaks for a column or a page's edge is such as
 * no result has: a line that is broken inside a sentence with its rest in the next line, a space beside a Chinese
 * character, an empty line, a form feed. And the other rules, which look at folded text alone, hold for the result:
 * what they say of a line is asked again when a paragraph's beginning grows (join()), and a line that would change
 * the answer is not joined.
 *
 * Widths are in half-widths: a Han character has two. */

enum {
	AHEAD = 12,       /* rows that are looked at before and behind a row */
	SENTENCE = 48,    /* rows that one sentence may fill */
	WIDEST = 120,     /* of a column */
	NARROWEST = 20,
	ROW_BYTES = 540,  /* a longer line is no row of a column */
	TAIL = 60,        /* bytes of a paragraph's end that are looked at */
	HEAD = 48,        /* and of a line's beginning */
	HEADING_HAN = 40, /* a heading without a label has no more Han characters */
	LABELLED_HAN = 60,
};

struct row {
	struct buf text; /* without white space around it */
	uint64_t line;
	int width, indent;
	bool blank; /* an empty line stood before it */
	bool page;  /* a new page began before it */
	bool soft;  /* only white space stood before it */
};

struct ending {
	bool known;
	bool final;      /* a sentence, or what announces a list, ends */
	bool open;       /* more must come: a comma, an opening quote */
	bool ordinal;    /* 第, in front of its numeral */
	bool unfinished; /* it is running text that goes on, whatever comes */
};

/* The paragraph so far. Its text is the fold's; the rest decides whether it goes on. */
struct paragraph {
	bool open;
	uint64_t line;     /* of its beginning */
	bool labelled;
	bool stop;         /* a sentence ended in the first counted bytes of its text, which is all that is said of them */
	size_t han;        /* Han characters in them, as far as they matter */
	size_t counted;
	size_t rows;
	int width, indent; /* of the last row */
	bool set_off;      /* the first row was indented, or an empty line stood before it */
	bool subscript;    /* the last row was one */
	struct ending ending;
};

/* The paragraph before: why it does not go on with this one must stay true when this one grows. */
struct above {
	struct buf tail; /* its end, where the table of joins decided; empty where nothing can change the answer */
	bool cut, final; /* it is not finished; it ends as sentences do */
	bool started;    /* a sentence ended in front of it */
};

struct layout {
	struct fold *fold;
	struct furniture *furniture;
	struct match *joins;  /* NULL when there are none */
	bool join_clues[256]; /* by the low byte of the character with which a line ends that they may join to the next */
	struct buf *out;
	layout_drop *drop;
	void *self;

	uint64_t line;
	bool blank, page;
	bool written;      /* some paragraph was */
	bool separate;     /* a form feed is due */
	struct furniture_place place;

	struct row rows[AHEAD + 1]; /* a ring */
	size_t head, n;
	unsigned char widths[2 * AHEAD + 1], ends[2 * AHEAD + 1]; /* of the rows around, a ring too */
	size_t around, oldest;
	unsigned char histogram[WIDEST + 1];
	unsigned char width_of_byte[256];
	unsigned cut_rows;  /* rows that end inside a sentence which goes on in the next row, and in which another ended */
	unsigned open_rows; /* all that end inside a sentence */
	unsigned since_cut; /* rows since the last of the first, as far as it matters */
	bool broken;        /* the last row is one of the first, if the next row goes on */

	bool inside;        /* the last piece did not end its line */
	bool skipping;      /* the line that comes in pieces is furniture */
	bool lone;          /* a form feed stands at the beginning of this line */
	size_t searched;    /* bytes of what was left that hold no line break */
	struct paragraph now;
	struct above above;
	struct buf raw;     /* what fold_feed left */
	struct fold *key;   /* folds lines, or their beginnings, for a look at them */
	struct buf end, scratch, kept, whole;
};

/* --- what characters say --- */

/* Up to n bytes from the start of s, to the end of a character. */
static struct span first_bytes(struct span s, size_t n)
{
	if (s.len > n) {
		s.len = n;
		while (((unsigned char)s.p[s.len] & 0xc0) == 0x80)
			s.len--;
	}
	return s;
}

/* The character at s, 0 at the end; *s is moved behind it. */
static uint32_t take_char(const char **s, const char *end)
{
	if (*s == end)
		return 0;
	uint32_t c = utf8_at(*s);
	*s += utf8_len(**s);
	return c;
}

/* The character as the rules know it: a line is read as it will be written, and punctuation as if it were ASCII. */
static uint32_t known(const struct layout *l, uint32_t c)
{
	return c < 0x80 ? c : fold_form(l->fold, c);
}

static bool is_numeral(uint32_t c)
{
	switch (c) {
	case 0x4e00: case 0x4e8c: case 0x4e09: case 0x56db: case 0x4e94: case 0x516d: case 0x4e03: case 0x516b: case 0x4e5d:
	case 0x5341: case 0x767e: /* 一二三四五六七八九十百 */
		return true;
	}
	return false;
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* Whether folded text begins as headings and items of lists do: 一、 （一） 1. （1） 1、 第一章 ① • and the like. No more than
 * HEAD bytes are looked at, however many there are. */
static bool begins_item(const struct layout *l, struct span s)
{
	const char *p = s.p, *end = s.p + first_bytes(s, HEAD).len;
	uint32_t c = known(l, take_char(&p, end));
	size_t n = 0;

	switch (c) {
	case 0x2022: case 0x25cf: case 0x25a0: case 0x25c6: case 0x2605: case 0x203b: case 0x25b2: case 0x25ba: /* •●■◆★※▲► */
	case 0x3010: case 0x25cb: case 0x25a1: case 0x25c7: case 0x2606: /* 【○□◇☆ */
		return true;
	case 0x7b2c: /* 第 */
		while (is_numeral(c = take_char(&p, end)) || is_digit(c))
			n++;
		return n && (c == 0x7ae0 || c == 0x8282 || c == 0x7bc7 || c == 0x90e8); /* 章节篇部 */
	case '(':
		while (is_numeral(c = known(l, take_char(&p, end))) || is_digit(c))
			n++;
		return n && n < 4 && c == ')';
	}
	if ((c >= 0x2460 && c <= 0x2473) || (c >= 0x2776 && c <= 0x277f))
		return true;
	bool numerals = is_numeral(c);
	if (!numerals && !is_digit(c))
		return false;
	do {
		n++;
		c = known(l, take_char(&p, end));
	} while (numerals ? is_numeral(c) : is_digit(c));
	uint32_t after = take_char(&p, end);
	/* 二、三产业 and 3、4月 are no labels, nor is 1.5亿. */
	if (is_numeral(after) || is_digit(after))
		return false;
	return n < 4 && (c == 0x3001 || c == '.' || (!numerals && c == ')'));
}

/* Whether it begins with an address to those present, as paragraphs do; with final, a sentence ended in front of it, else a
 * comma behind it tells of words within one (向奋战在一线的|同志们，表示敬意). */
static bool begins_address(const struct layout *l, struct span s, bool final)
{
	static const char *const words[] = {"各位代表", "各位委员", "各位领导", "同志们", NULL};

	for (const char *const *w = words; *w; w++) {
		/* The last byte of the first character tells most lines from these. */
		if (s.len < 3 || s.p[2] != (*w)[2])
			continue;
		size_t n = strlen(*w);
		if (s.len <= n || memcmp(s.p, *w, n) != 0)
			continue;
		uint32_t c = known(l, utf8_at(s.p + n));
		return c == ':' || c == '!' || (c == ',' && final);
	}
	return false;
}

/* Whether it begins with a dash, as what stands under a title does. */
static bool begins_dash(struct span s)
{
	return s.len >= 3 && (memcmp(s.p, "—", 3) == 0 || memcmp(s.p, "─", 3) == 0);
}

/* Whether it begins with punctuation with which no paragraph does. */
static bool begins_inside(const struct layout *l, struct span s)
{
	const char *p = s.p;
	uint32_t c = known(l, take_char(&p, s.p + s.len));

	switch (c) {
	case ',': case ';': case ':': case '!': case '?': case ')': case '%':
	case 0x3001: case 0x3002: case 0x300b: case 0x3011: case 0x2030: /* 、。》】‰ */
		return true;
	}
	return false;
}

/* The last character that is no closing quote or bracket; *p is moved to where it begins. */
static uint32_t last_char(const struct layout *l, struct span s, const char **p)
{
	const char *end = s.p + s.len;

	while (end > s.p) {
		end = utf8_prev(s.p, end);
		uint32_t c = known(l, utf8_at(end));
		switch (c) {
		case '"': case '\'': case ')': case 0x201d: case 0x2019: case 0x300b: case 0x3011: /* ”’》】 */
			continue;
		}
		*p = end;
		return c;
	}
	*p = s.p;
	return 0;
}

/* Whether a sentence, or what announces a list, ends here. */
static bool is_final(const struct layout *l, struct span s)
{
	const char *p;

	switch (last_char(l, s, &p)) {
	case 0x3002: case '!': case '?': case ';': case ':': case 0x2026: case 0x2236: /* 。…∶ */
		return true;
	case '.':
		return p == s.p || !is_digit(utf8_before(s.p, p));
	}
	return false;
}

/* Whether more must come: a comma, an opening quote. */
static bool is_open_ended(const struct layout *l, struct span s)
{
	if (s.len == 0)
		return false;
	switch (known(l, utf8_before(s.p, s.p + s.len))) {
	case ',': case '(': case '-': case 0x3001: case 0x201c: case 0x2018: case 0x300a: case 0x2014: /* 、“‘《— */
		return true;
	}
	return false;
}

static size_t count_han(struct span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += (unsigned char)s.p[i] >= 0xe4 && (unsigned char)s.p[i] <= 0xe9;
	return n;
}

/* The first 。, or NULL. */
static const char *find_stop(struct span s)
{
	return span_find(s, "。");
}

/* What each byte adds to the width of a row. Punctuation is full-width in print, whatever it is in the source. */
static void set_widths(unsigned char *of_byte)
{
	for (unsigned b = 0; b < 256; b++)
		of_byte[b] = b >= 0xe2 || (b && b < 0x80 && strchr("!\"(),:;", (int)b)) ? 2 : b < 0x80 || b >= 0xc0;
}

static int width_of(const struct layout *l, struct span s)
{
	size_t i = 0;
	int w = 0;

#if defined __SSE2__
	for (; i + 16 <= s.len; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.p + i)),
			odd = _mm_or_si128(v, _mm_set1_epi8(1));
		__m128i starts = _mm_cmpgt_epi8(v, _mm_set1_epi8((char)0xbf));
		__m128i marks = _mm_or_si128(_mm_cmpeq_epi8(odd, _mm_set1_epi8(')')),
					     _mm_cmpeq_epi8(odd, _mm_set1_epi8(';')));
		__m128i quotes = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('!')), _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
		__m128i twice = _mm_or_si128(_mm_cmpeq_epi8(_mm_max_epu8(v, _mm_set1_epi8((char)0xe2)), v),
		                             _mm_cmpeq_epi8(v, _mm_set1_epi8(',')));
		twice = _mm_or_si128(twice, _mm_or_si128(marks, quotes));
		__m128i sum = _mm_sad_epu8(_mm_sub_epi8(_mm_setzero_si128(), _mm_add_epi8(starts, twice)),
					   _mm_setzero_si128());
		w += _mm_cvtsi128_si32(sum) + _mm_extract_epi16(sum, 4);
	}
#endif
	for (; i < s.len; i++)
		w += l->width_of_byte[(unsigned char)s.p[i]];
	return w;
}

/* --- the rows around --- */

/* How a row ends. */
enum { ENDED, OPEN, CUT };

static void count_end(struct layout *l, unsigned char end, int by)
{
	l->open_rows += (unsigned)(end != ENDED ? by : 0);
	l->cut_rows += (unsigned)(end == CUT ? by : 0);
}

/* How many of the rows around are from to upto wide. */
static unsigned rows_between(const struct layout *l, int from, int upto)
{
	unsigned n = 0;
	for (int w = from < 0 ? 0 : from; w <= upto && w <= WIDEST; w++)
		n += l->histogram[w];
	return n;
}

/* Whether the rows around are those of a column: most end inside a sentence, and some of these, or some before a long
 * sentence, behind the end of another, as neither lists nor whole paragraphs do. */
static bool in_column(const struct layout *l)
{
	return l->around >= 5 && (l->cut_rows >= 1 || l->since_cut < SENTENCE) && l->open_rows * 2 >= l->around;
}

/* Whether a row of that width is cut by the edge of a column: many rows are as wide, few wider. */
static bool is_full(const struct layout *l, int width)
{
	if (width < NARROWEST || width > WIDEST || !in_column(l))
		return false;
	return rows_between(l, width - 4, width + 2) * 5 >= l->around * 2 &&
	       rows_between(l, width + 3, WIDEST) * 4 <= l->around;
}

/* Whether it is clearly narrower than the column that it stands in. */
static bool is_short(const struct layout *l, int width)
{
	return in_column(l) && rows_between(l, width + 8, WIDEST - 1) * 5 >= l->around * 3;
}

/* --- what belongs together --- */

/* The last bytes of s, from the start of a character, TAIL at most. */
static struct span last_bytes(struct span s)
{
	size_t cut = s.len > TAIL ? s.len - TAIL : 0;
	if (s.len == 0)
		return s;
	while (cut < s.len && ((unsigned char)s.p[cut] & 0xc0) == 0x80)
		cut++;
	return (struct span){s.p + cut, s.len - cut};
}

/* How the paragraph would end if it ended here; good until it goes on. */
static struct span tail_of(struct layout *l)
{
	const struct buf *done = fold_text(l->fold);

	if (l->raw.len == 0)
		return last_bytes((struct span){done->p, done->len});
	fold_try(l->fold);
	fold_feed(l->fold, (struct span){l->raw.p, l->raw.len}, true);
	buf_clear(&l->end);
	buf_span(&l->end, last_bytes((struct span){done->p, done->len}));
	fold_back(l->fold);
	return (struct span){l->end.p, l->end.len};
}

static void count_text(struct layout *l)
{
	struct paragraph *p = &l->now;
	const struct buf *done = fold_text(l->fold);

	if (done->len == p->counted)
		return;
	if (p->counted < HEAD)
		p->labelled = begins_item(l, (struct span){done->p, done->len});
	if (!p->stop && p->han <= LABELLED_HAN) {
		struct span rest = {done->p + p->counted, done->len - p->counted};
		p->han += count_han(rest);
		p->stop = find_stop(rest) != NULL;
	}
	p->counted = done->len;
}

/* How the paragraph so far ends, which is looked at once for each row. */
static const struct ending *ending(struct layout *l)
{
	struct paragraph *p = &l->now;
	struct ending *e = &p->ending;

	if (e->known || !p->open)
		return e;
	struct span tail = tail_of(l);
	e->known = true;
	e->final = is_final(l, tail);
	e->open = is_open_ended(l, tail);
	e->ordinal = tail.len > 3 && memcmp(tail.p + tail.len - 3, "第", 3) == 0;
	e->unfinished = !e->final && e->open;
	if (!e->final && !e->open) {
		count_text(l);
		e->unfinished = p->stop || p->han > (p->labelled ? LABELLED_HAN : HEADING_HAN);
	}
	return e;
}

/* The line folded, or as much of it as makes n bytes; good until the next call. */
static struct span folded(struct layout *l, struct span text, size_t n)
{
	struct buf *key = fold_text(l->key);
	size_t from = 0, upto = 0;

	buf_clear(key);
	while (upto < text.len && key->len <= n) {
		upto += first_bytes((struct span){text.p + upto, text.len - upto}, n + 1).len;
		from += fold_feed(l->key, (struct span){text.p + from, upto - from}, upto == text.len);
	}
	if (upto < text.len)
		fold_feed(l->key, (struct span){"", 0}, true);
	return (struct span){key->p, key->len};
}

/* The beginning of a line as it will be when it is folded; good until the next call. */
static struct span head_of(struct layout *l, struct span text)
{
	/* Most lines begin with a Han character of no interest. */
	unsigned char b = text.len ? (unsigned char)*text.p : 0;
	uint32_t c = b >= 0xe4 && b <= 0xe9 ? utf8_at(text.p) : 0;
	if (c && !is_numeral(c) && c != 0x7b2c && c != 0x5404 && c != 0x540c) /* 第各同 */
		return text;
	return folded(l, text, HEAD);
}

/* --- the rows around --- */

static void note_row(struct layout *l, struct span text, int width, bool ended)
{
	enum { AROUND = 2 * AHEAD + 1 };
	unsigned char end = ended ? ENDED : OPEN;

	if (l->broken) {
		struct span head = head_of(l, text);
		size_t last = (l->oldest + l->around - 1) % AROUND;
		if (!begins_item(l, head) && !begins_address(l, head, false)) {
			l->ends[last] = CUT;
			l->cut_rows++;
			l->since_cut = 0;
		}
	}
	if (l->around == AROUND) {
		l->histogram[l->widths[l->oldest]]--;
		count_end(l, l->ends[l->oldest], -1);
		l->oldest = (l->oldest + 1) % AROUND;
		l->around--;
	}
	l->since_cut += l->since_cut < SENTENCE;
	size_t i = (l->oldest + l->around++) % AROUND;
	l->widths[i] = (unsigned char)(width < WIDEST ? width : WIDEST);
	l->ends[i] = end;
	l->histogram[l->widths[i]]++;
	count_end(l, end, 1);
	l->broken = !ended && find_stop(text);
}

/* Whether the table of joins may say something of a text that ends with tail: cheap, and false for most. */
static bool may_be_joined(const struct layout *l, struct span tail)
{
	return tail.len && l->join_clues[(unsigned char)utf8_before(tail.p, tail.p + tail.len)];
}

/* What head holds of its first sentence. A . behind a Han character, which is 。 at the end of a text, ends one, too. */
static struct span first_sentence(struct span head)
{
	const char *stop = find_stop(head), *end = stop ? stop : head.p + head.len;

	for (const char *p = head.p; (p = memchr(p, '.', (size_t)(end - p))) != NULL; p++)
		if (p > head.p && utf8_han(utf8_before(head.p, p)))
			return (struct span){head.p, (size_t)(p - head.p) + 1};
	return stop ? (struct span){head.p, (size_t)(stop - head.p) + 3} : head;
}

/* Whether a line that begins with head goes on with a text that ends with tail by that table, which does not look beyond
 * the end of a sentence. */
static bool is_joined(struct layout *l, struct span tail, struct span head)
{
	head = first_sentence(first_bytes(head, HEAD));
	buf_clear(&l->scratch);
	buf_span(&l->scratch, tail);
	buf_putc(&l->scratch, '\n');
	buf_span(&l->scratch, head);
	return match_find(l->joins, (struct span){l->scratch.p, l->scratch.len}, 0, NULL);
}

/* Whether the text next, which begins a line, goes on with the paragraph. */
static bool belongs(struct layout *l, struct span next)
{
	struct span head = head_of(l, next);

	if (begins_inside(l, head) || ending(l)->ordinal)
		return true;
	if (ending(l)->final || begins_item(l, head))
		return false;
	if (ending(l)->unfinished)
		return ending(l)->open || !begins_address(l, head, false);
	struct span tail = tail_of(l);
	return may_be_joined(l, tail) && is_joined(l, tail, folded(l, next, HEAD));
}

/* Whether the paragraph seems to be the heading of a section, of which the end is known: 一、过去五年工作回顾 */
static bool is_section(struct layout *l)
{
	static const char *const ends[] = {"回顾", "总结", "安排", "任务", "建议", "打算", NULL};
	struct span tail = tail_of(l);

	count_text(l);
	for (const char *const *w = ends; l->now.labelled && *w; w++)
		if (tail.len > strlen(*w) && memcmp(tail.p + tail.len - strlen(*w), *w, strlen(*w)) == 0)
			return true;
	return false;
}

/* Whether row goes on with a paragraph that is set off from the one before by its indentation or an empty line, as row is
 * not, and whose last row is about as wide as any. */
static bool is_set_with(const struct layout *l, const struct row *row)
{
	const struct paragraph *p = &l->now;
	int width = p->width + (p->indent >= 2 ? p->indent : 0);

	return p->set_off && !row->blank && !row->page && row->indent < 2 && l->around >= 5 && width >= NARROWEST &&
	       width < WIDEST && rows_between(l, width + 5, WIDEST) * 8 <= l->around;
}

/* Whether the last row of the paragraph ended at the edge of a column, and row goes on. */
static bool fills_column(struct layout *l, const struct row *row)
{
	const struct paragraph *p = &l->now;
	/* The first row of a paragraph is indented, whether that is to be seen or not. */
	int indent = p->rows == 1 ? 4 : 0;
	bool full = is_full(l, p->width), set = !ending(l)->final && is_set_with(l, row);

	if (!full && !set && !(indent && is_full(l, p->width + indent)))
		return false;
	struct span head = head_of(l, (struct span){row->text.p, row->text.len});
	/* The lines of a head are no rows of one paragraph. */
	if ((begins_dash(head) && !ending(l)->unfinished) || (!full && is_section(l)))
		return false;
	if (begins_item(l, head) || begins_address(l, head, ending(l)->final))
		return false;
	if (!ending(l)->final)
		return true;
	if (row->blank || row->page || row->indent >= 2)
		return false;
	/* That a sentence ends just where the row does is rare, but rarer still that the paragraph does. */
	return rows_between(l, p->width + indent + 2, WIDEST) * 4 <= l->around;
}

/* Whether a paragraph ends at the white space in front of row, which stood for a line break in a column. */
static bool breaks_at_space(struct layout *l, const struct row *row)
{
	const struct paragraph *p = &l->now;
	struct span next = {row->text.p, row->text.len};
	const char *at;

	if (belongs(l, next))
		return false;
	switch (last_char(l, tail_of(l), &at)) {
	case 0x3002: case '!': case '?':
		return begins_item(l, head_of(l, next)) || is_short(l, p->width);
	}
	/* The end of a heading that went over two rows. */
	count_text(l);
	return p->labelled && p->rows > 1 && !ending(l)->final && is_short(l, p->width);
}

/* --- writing --- */

static void feed(struct layout *l, struct span text, bool last)
{
	/* Most lines are joined with nothing between them. */
	if (text.len == 0 && !last)
		return;
	l->now.ending.known = false;
	if (l->raw.len) {
		buf_span(&l->raw, text);
		size_t used = fold_feed(l->fold, (struct span){l->raw.p, l->raw.len}, last);
		memmove(l->raw.p, l->raw.p + used, l->raw.len - used);
		l->raw.len -= used;
		/* What is undecided for so long is no text. */
		if (l->raw.len > LAYOUT_HELD)
			buf_clear(&l->raw);
	} else {
		size_t used = fold_feed(l->fold, text, last);
		buf_put(&l->raw, text.p + used, text.len - used);
	}
}

/* Writes what is too much to hold. */
static void spill(struct layout *l)
{
	struct buf *done = fold_text(l->fold);

	if (done->len > LAYOUT_HELD) {
		count_text(l);
		fold_spill(l->fold, l->out);
		l->now.counted = done->len;
	}
}

static void end_paragraph(struct layout *l)
{
	if (!l->now.open)
		return;
	feed(l, (struct span){"", 0}, true);
	struct buf *done = fold_text(l->fold);
	if (done->len) {
		l->place.started = l->place.started || is_final(l, (struct span){done->p, done->len});
		buf_put(l->out, done->p, done->len);
		buf_putc(l->out, '\n');
		l->written = true;
	}
	buf_clear(done);
	l->now = (struct paragraph){0};
}

/* Begins a paragraph; with apart, it does not belong to the one before whatever comes. */
static void begin_paragraph(struct layout *l, uint64_t line, struct span text, bool apart)
{
	struct above *above = &l->above;

	buf_clear(&above->tail);
	above->cut = ending(l)->unfinished;
	above->final = l->now.open && ending(l)->final;
	above->started = l->place.started;
	if (l->now.open && !apart && !above->cut && !above->final) {
		struct span tail = tail_of(l);
		if (may_be_joined(l, tail))
			buf_span(&above->tail, tail);
	}
	end_paragraph(l);
	if (l->separate && l->written)
		buf_puts(l->out, "\f\n");
	l->separate = false;
	l->now = (struct paragraph){.open = true, .line = line, .rows = 1};
	feed(l, text, false);
	spill(l);
}

/* What stands where a line break was: Latin words get a space. */
static struct span bridge(struct layout *l, struct span next)
{
	struct span tail = tail_of(l);
	unsigned char a = tail.len ? (unsigned char)tail.p[tail.len - 1] : 0, b = next.len ? (unsigned char)*next.p : 0;
	bool word_a = (a >= 'a' && a <= 'z') || (a >= 'A' && a <= 'Z') || a == ',' || a == '.' || a == ';' || a == ')';
	bool word_b = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '(';

	return (struct span){" ", word_a && word_b};
}

static void drop(struct layout *l, uint64_t line, const char *rule, struct span text)
{
	if (l->drop)
		l->drop(l->self, line, rule, text);
}

/* The rule by which folded text, which is good until the next call, is furniture as a whole, or NULL. */
static const char *furniture_of(struct layout *l, struct span text, struct furniture_place *place)
{
	struct buf *line = &l->scratch;

	buf_clear(line);
	for (const char *p = text.p, *end = text.p + text.len, *space; p < end; p = space + 1) {
		space = memchr(p, ' ', (size_t)(end - p));
		if (!space)
			space = end;
		buf_put(line, p, (size_t)(space - p));
	}
	const char *rule = furniture_line(l->furniture, (struct span){line->p, line->len}, place);
	l->place.tail = place->tail;
	return rule;
}

/* The same of a line. */
static const char *furniture_line_of(struct layout *l, struct span text, struct furniture_place *place)
{
	if (!place->tail && !furniture_may_be(l->furniture, text))
		return NULL;
	struct span line = folded(l, text, ROW_BYTES);
	bool longer = line.len > ROW_BYTES;
	if (longer && !place->tail)
		return NULL;
	const char *rule = furniture_of(l, first_bytes(line, ROW_BYTES), place);
	return longer && !place->tail ? NULL : rule;
}

/* Whether the paragraph is a label, such as 一、 or 1. , which a number behind it would undo. */
static bool is_label(struct layout *l)
{
	enum { LONGEST = 24 };
	char longer[LONGEST + 1];

	if (fold_text(l->fold)->len + l->raw.len > LONGEST)
		return false;
	struct span text = tail_of(l);
	if (text.len > LONGEST)
		return false;
	memcpy(longer, text.p, text.len);
	longer[text.len] = '1';
	return begins_item(l, text) && !begins_item(l, (struct span){longer, text.len + 1});
}

enum fate { JOINED, APART, DROPPED };

/* What becomes of a row by which the paragraph, length bytes long before, became what it is now. */
static enum fate judge(struct layout *l, size_t length, const char **rule)
{
	const struct buf *done = fold_text(l->fold);
	struct span text = {done->p, done->len};

	if (text.len <= ROW_BYTES) {
		struct furniture_place place = {.started = l->above.started, .cut = l->above.cut};
		if (furniture_may_be(l->furniture, text) && (*rule = furniture_of(l, text, &place)))
			return DROPPED;
	}
	if (length <= ROW_BYTES && furniture_start(l->furniture, text, rule))
		return APART;
	/* What came by itself has lost its marks: one begins before it, in what may not have been decided then. */
	if (furniture_end(l->furniture, text, rule))
		return DROPPED;
	if (length < HEAD && l->above.tail.len && !begins_item(l, text) &&
	    is_joined(l, (struct span){l->above.tail.p, l->above.tail.len}, text))
		return APART;
	return JOINED;
}

/* Joins text to the paragraph, with glue where the line break was, unless that would change what was said of its
 * beginning: then text stays apart, or is dropped as the rest of a piece of furniture. */
static enum fate join(struct layout *l, uint64_t line, struct span glue, struct span text)
{
	size_t length = fold_text(l->fold)->len;
	enum fate fate = JOINED;
	const char *rule = NULL;

	if (is_label(l)) {
		struct span head = head_of(l, text);
		if (head.len && (is_digit(utf8_at(head.p)) || is_numeral(utf8_at(head.p))))
			return APART;
	}
	bool look = length <= ROW_BYTES || furniture_may_end(l->furniture, text);
	if (look) {
		buf_clear(&l->kept);
		buf_put(&l->kept, l->raw.p, l->raw.len);
		fold_try(l->fold);
	}
	feed(l, glue, false);
	feed(l, text, false);
	if (look) {
		/* As it is if nothing follows. */
		bool whole = l->raw.len == 0;
		if (!whole)
			feed(l, (struct span){"", 0}, true);
		fate = judge(l, length, &rule);
		if (fate == JOINED && whole) {
			fold_keep(l->fold);
		} else {
			fold_back(l->fold);
			l->now.ending.known = false;
			buf_clear(&l->raw);
			buf_put(&l->raw, l->kept.p, l->kept.len);
			if (fate == JOINED) {
				feed(l, glue, false);
				feed(l, text, false);
			}
		}
	}
	if (fate == DROPPED)
		drop(l, line, rule, text);
	if (fate == JOINED) {
		l->now.rows++;
		spill(l);
	}
	return fate;
}

/* Whether a row is a subscript that came to stand on a line of its own: PM, 2.5 */
static bool is_subscript(struct layout *l, struct span row)
{
	struct span tail = tail_of(l);
	char before = tail.len ? tail.p[tail.len - 1] : ' ';

	if (!((before >= 'A' && before <= 'Z') || (before >= 'a' && before <= 'z')))
		return false;
	row = head_of(l, row);
	if (row.len == 0 || row.len > 4)
		return false;
	for (size_t i = 0; i < row.len; i++)
		if (!is_digit((unsigned char)row.p[i]) && (row.p[i] != '.' || i == 0))
			return false;
	return true;
}

/* Whether text goes on with what a figure at the end of a line could have counted. */
static bool begins_unit(struct span text)
{
	static const char units[] = "亿万千百十多余个元家项人户年月日天次公吨米亩平立套处座所台辆万件名位条支种类批级度分倍成";
	const char *p = text.p;
	uint32_t c = take_char(&p, text.p + text.len);

	for (const char *u = units; *u; u += utf8_len(*u))
		if (utf8_at(u) == c)
			return true;
	return c < 0x80;
}

/* What stands in front of a line, and the line. */
struct follower {
	bool blank, page;
	struct span text; /* empty at the end of the document */
};

/* Whether a page seems to end beside a row. */
static bool at_edge(struct layout *l, const struct row *row, struct follower next)
{
	if (row->page || next.page)
		return true;
	return row->blank && next.blank && ending(l)->unfinished && !begins_unit(next.text);
}

/* Whether a line is furniture unless it stands inside a sentence. */
static bool may_be_furniture(struct layout *l, struct span text)
{
	struct furniture_place place = {.started = l->place.started}, real = l->place;
	bool is = furniture_line_of(l, text, &place) != NULL;

	l->place = real;
	return is;
}

/* Drops a line that is furniture. */
static bool is_furniture(struct layout *l, uint64_t line, struct span text)
{
	const char *rule = furniture_line_of(l, text, &l->place);

	if (rule)
		drop(l, line, rule, text);
	return rule != NULL;
}

/* The document's end is a page's end, too: a number behind its last sentence is none of its paragraphs. */
static void drop_number(struct layout *l)
{
	struct buf *done = fold_text(l->fold);
	struct furniture_place place = {.started = true, .edge = true};

	if (!l->now.open || !l->above.final || done->len > ROW_BYTES)
		return;
	feed(l, (struct span){"", 0}, true); /* 2 1 is 21 */
	struct span text = {done->p, done->len};
	if (text.len > ROW_BYTES || !furniture_may_be(l->furniture, text))
		return;
	const char *rule = furniture_of(l, text, &place);
	if (!rule)
		return;
	drop(l, l->now.line, rule, text);
	buf_clear(done);
	l->now = (struct paragraph){0};
}

/* Decides about the oldest row; what comes behind the last one there is, if it is the only one. */
static void settle(struct layout *l, struct follower next)
{
	struct row *row = &l->rows[l->head];
	struct span text = {row->text.p, row->text.len};

	l->head = (l->head + 1) % (AHEAD + 1);
	l->n--;
	bool subscript = l->now.open && is_subscript(l, text);
	bool unfinished = ending(l)->unfinished;
	bool full = l->now.open && !unfinished && !ending(l)->final &&
		    is_full(l, l->now.width + (l->now.rows == 1 ? 4 : 0));
	bool looked = !row->soft && !subscript;
	l->place.cut = unfinished || full;
	l->place.edge = false;
	if (looked) {
		const struct row *after = &l->rows[l->head];
		if (l->n)
			next = (struct follower){after->blank, after->page, {after->text.p, after->text.len}};
		l->place.edge = at_edge(l, row, next);
		if (is_furniture(l, row->line, text)) {
			/* What follows in its line goes on with nothing. */
			if (l->n)
				l->rows[l->head].soft = false;
			return;
		}
	}
	bool goes_on = l->now.open;
	if (goes_on && row->soft)
		goes_on = subscript || !breaks_at_space(l, row);
	else if (goes_on)
		goes_on = subscript || belongs(l, text) || fills_column(l, row) ||
		          (l->now.subscript && !begins_item(l, head_of(l, text)));
	enum fate fate = APART;
	if (goes_on)
		fate = join(l, row->line, row->soft ? (struct span){" ", 1} : bridge(l, text), text);
	if (fate == DROPPED)
		return;
	if (fate == APART) {
		/* As a line of the result it will be looked at by itself, and without regard to columns. */
		l->place.cut = unfinished;
		if ((full || !looked) && is_furniture(l, row->line, text))
			return;
		begin_paragraph(l, row->line, text, goes_on);
		l->now.set_off = row->blank || row->indent >= 4;
	}
	l->now.width = row->width;
	l->now.indent = row->indent;
	l->now.subscript = subscript;
}

static void settle_all(struct layout *l, struct follower next)
{
	while (l->n)
		settle(l, next);
}

static void push_row(struct layout *l, struct span text, int width, int indent, bool soft)
{
	struct row *row = &l->rows[(l->head + l->n) % (AHEAD + 1)];

	buf_clear(&row->text);
	buf_span(&row->text, text);
	row->line = l->line;
	row->width = width;
	row->indent = indent;
	row->blank = l->blank;
	row->page = l->page;
	row->soft = soft;
	l->blank = l->page = false;
	note_row(l, text, row->width, is_final(l, text));
	l->n++;
	if (l->n > AHEAD)
		settle(l, (struct follower){0});
}

/* --- lines --- */

/* The text without blanks at both ends. */
static struct span trimmed(const struct layout *l, struct span s)
{
	const char *p = s.p, *end = s.p + s.len, *q = end;

	while (p < end && fold_blank(l->fold, utf8_at(p)))
		p += utf8_len(*p);
	while (q > p) {
		const char *last = utf8_prev(p, q);
		if (!fold_blank(l->fold, utf8_at(last)))
			break;
		q = last;
	}
	return (struct span){p, (size_t)(q - p)};
}

/* Takes blanks off both ends; what shows nothing is counted, and *indent is the width of what stood in front. */
static struct span trim(struct layout *l, struct span s, int *indent)
{
	struct span t = trimmed(l, s), front = {s.p, (size_t)(t.p - s.p)};

	if (indent)
		*indent = width_of(l, (struct span){front.p, front.len < ROW_BYTES ? front.len : ROW_BYTES});
	fold_count(l->fold, front);
	fold_count(l->fold, (struct span){t.p + t.len, s.len - front.len - t.len});
	return t;
}

/* Takes marked furniture off both ends. */
static struct span strip_marked(struct layout *l, struct span s)
{
	const char *rule;
	size_t n;

	while (s.len && (n = furniture_start(l->furniture, s, &rule))) {
		drop(l, l->line, rule, (struct span){s.p, n});
		s = trim(l, (struct span){s.p + n, s.len - n}, NULL);
	}
	while (s.len && (n = furniture_end(l->furniture, s, &rule))) {
		drop(l, l->line, rule, (struct span){s.p + s.len - n, n});
		s = trim(l, (struct span){s.p, s.len - n}, NULL);
	}
	return s;
}

/* The end of s with n bytes of what is not blank, if it has as many. */
static struct span last_shown(const struct layout *l, struct span s, size_t n)
{
	const char *p = s.p + s.len;

	for (size_t shown = 0; p > s.p && shown < n; ) {
		p = utf8_prev(s.p, p);
		if (!fold_blank(l->fold, utf8_at(p)))
			shown += utf8_len(*p);
	}
	return (struct span){p, (size_t)(s.p + s.len - p)};
}

/* The same, also where the mark is only to be seen when the line is folded, which makes one byte of four at most; good
 * until the next line. */
static struct span strip(struct layout *l, struct span s)
{
	const char *rule;

	s = strip_marked(l, s);
	if ((furniture_may_start(l->furniture, s) && furniture_start(l->furniture, folded(l, s, FURNITURE_TOKEN), &rule)) ||
	    (furniture_may_end(l->furniture, s) &&
	     furniture_end(l->furniture, folded(l, last_shown(l, s, 4 * FURNITURE_TOKEN), s.len), &rule))) {
		struct span line = folded(l, s, s.len);
		buf_clear(&l->whole);
		buf_span(&l->whole, line);
		return strip_marked(l, (struct span){l->whole.p, l->whole.len});
	}
	return s;
}

/* The next white space in s that may have been a line break: Chinese stands on both sides, so that folding takes it
 * away. *n is its length. */
static const char *soft_break(const struct layout *l, const char *s, const char *from, const char *end, size_t *n)
{
	for (const char *p = from; (p = memchr(p, ' ', (size_t)(end - p))); p++) {
		const char *q = p;
		while (q < end && *q == ' ')
			q++;
		if (p > s && q < end && ((unsigned char)p[-1] >= 0x80 || strchr(",;:!?)\"", p[-1])) &&
		    ((unsigned char)*q >= 0x80 || *q == '(' || *q == '"') &&
		    fold_closes(l->fold, utf8_before(s, p), utf8_at(q))) {
			*n = (size_t)(q - p);
			return p;
		}
		p = q;
		if (p == end)
			break;
	}
	return NULL;
}

/* Whether a line was several rows of a column, whose line breaks became spaces. */
static bool is_columnar(struct layout *l, struct span s)
{
	enum { LOOK = 4096, ENOUGH = 3 };
	const char *p = s.p, *end = s.p + (s.len < LOOK ? s.len : LOOK);
	size_t breaks = 0, n;
	bool heading = false;

	if (!memchr(p, ' ', s.len < ROW_BYTES ? s.len : ROW_BYTES))
		return false;
	if (may_be_furniture(l, s))
		return false;
	while ((p = soft_break(l, s.p, p, end, &n))) {
		const char *at;
		breaks++;
		if (last_char(l, (struct span){s.p, (size_t)(p - s.p)}, &at) == 0x3002 &&
		    begins_item(l, head_of(l, (struct span){p + n, (size_t)(end - p) - n})))
			heading = true;
		p += n;
	}
	return (breaks >= ENOUGH || heading) && (size_t)(end - s.p) / (breaks + 1) <= 2 * WIDEST;
}

static void push_columns(struct layout *l, struct span s, int indent)
{
	const char *p = s.p, *end = s.p + s.len;
	bool soft = false;
	size_t n;

	while (p < end) {
		const char *q = soft_break(l, s.p, p, end, &n);
		if (!q) {
			q = end;
			n = 0;
		}
		struct span row = strip(l, trim(l, (struct span){p, (size_t)(q - p)}, NULL));
		if (row.len)
			push_row(l, row, width_of(l, row), indent, soft);
		soft = true;
		p = q + n;
	}
}

/* A line, or the first piece of one, that is too long for a row. */
static void long_line(struct layout *l, struct span text)
{
	settle_all(l, (struct follower){l->blank, l->page, text});
	note_row(l, text, WIDEST, true);
	l->blank = l->page = false;
	l->place.cut = ending(l)->unfinished;
	l->place.edge = false;
	/* What shows nothing makes a line long, too. */
	bool subscript = l->now.open && is_subscript(l, text);
	l->skipping = !subscript && is_furniture(l, l->line, text);
	if (l->skipping)
		return;
	bool goes_on = subscript || (l->now.open && belongs(l, text));
	enum fate fate = goes_on ? join(l, l->line, bridge(l, text), text) : APART;
	l->skipping = fate == DROPPED;
	if (l->skipping)
		return;
	if (fate == APART)
		begin_paragraph(l, l->line, text, goes_on);
	l->now.width = WIDEST + 1;
	l->now.indent = 0;
	l->now.subscript = subscript;
}

/* A piece of a line without its line break; last says whether it ends the line. */
static void take_piece(struct layout *l, struct span piece, bool last)
{
	bool first = !l->inside;
	int indent, width;

	l->inside = !last;
	if (!first) {
		if (l->skipping) {
			drop(l, l->line, "tail", piece);
			return;
		}
		feed(l, piece, false);
		spill(l);
		return;
	}
	struct span text = trim(l, piece, &indent);
	if (last)
		text = strip(l, text);
	if (text.len == 0) {
		/* A line begins where it shows something. */
		l->inside = false;
		l->blank = l->blank || last;
	} else if (!last) {
		long_line(l, text);
	} else if (is_columnar(l, text)) {
		push_columns(l, text, indent);
	} else if (text.len > ROW_BYTES || (width = width_of(l, text)) > WIDEST) {
		long_line(l, text);
	} else {
		push_row(l, text, width, indent, false);
	}
}

/* The first of LF, VT, FF and CR. */
static const char *line_break(const char *s, const char *end)
{
#if defined __SSE2__
	for (; end - s >= 32; s += 32) {
		uint32_t found = 0;
		for (int i = 0; i < 32; i += 16) {
			__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
			__m128i d = _mm_sub_epi8(v, _mm_set1_epi8('\n'));
			found |= (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(d, _mm_set1_epi8(3)), d)) << i;
		}
		if (found)
			return s + __builtin_ctz(found);
	}
#endif
	while (s < end && (*s < '\n' || *s > '\r'))
		s++;
	return s;
}

size_t layout_feed(struct layout *l, struct span text, bool last)
{
	const char *p = text.p, *end = text.len ? text.p + text.len : text.p;

	while (p < end) {
		const char *stop = end - p > LAYOUT_PIECE ? p + LAYOUT_PIECE : end;
		const char *br = line_break(p + l->searched, stop);
		l->searched = 0;
		if (br == stop) {
			if (stop == end && !last) {
				l->searched = (size_t)(end - p);
				return (size_t)(p - text.p);
			}
			/* Where a long line is cut depends on nothing but where it began. */
			while (stop < end && ((unsigned char)*stop & 0xc0) == 0x80)
				stop--;
			take_piece(l, (struct span){p, (size_t)(stop - p)}, stop == end && last);
			p = stop;
			continue;
		}
		if (*br == '\r' && br + 1 == end && !last) {
			l->searched = (size_t)(br - p);
			return (size_t)(p - text.p);
		}
		bool blank = !l->inside && trimmed(l, (struct span){p, (size_t)(br - p)}).len == 0;
		if (*br == '\f') {
			if (blank)
				fold_count(l->fold, (struct span){p, (size_t)(br - p)});
			else
				take_piece(l, (struct span){p, (size_t)(br - p)}, true);
			l->lone = blank;
			l->page = true;
			p = br + 1;
			continue;
		}
		if (blank && l->lone) {
			l->page = false;
			layout_document(l);
		} else {
			take_piece(l, (struct span){p, (size_t)(br - p)}, true);
		}
		l->lone = false;
		l->line += *br != '\v';
		p = br + (*br == '\r' && br + 1 < end && br[1] == '\n' ? 2 : 1);
	}
	if (last && l->inside)
		take_piece(l, (struct span){end, 0}, true);
	return text.len;
}

void layout_document(struct layout *l)
{
	settle_all(l, (struct follower){l->blank, l->page, {"", 0}});
	if (l->inside) {
		/* The line that is not complete goes. */
		feed(l, (struct span){"", 0}, true);
		buf_clear(fold_text(l->fold));
		l->now = (struct paragraph){0};
	}
	drop_number(l);
	end_paragraph(l);
	l->separate = true;
	l->blank = l->page = l->skipping = l->inside = l->lone = false;
	l->searched = 0;
	l->place = (struct furniture_place){0};
	l->around = l->oldest = 0;
	l->cut_rows = l->open_rows = 0;
	l->since_cut = SENTENCE;
	l->broken = false;
	memset(l->histogram, 0, sizeof l->histogram);
}

void layout_file(struct layout *l)
{
	layout_document(l);
	l->line = 1;
}

static void read_joins(struct layout *l, const char *path)
{
	static const char *const names[] = {"rule", "clue", "before", "after"};
	struct buf all = {0};
	struct span row[4];
	struct match *m = NULL;
	char why[128];
	struct tsv t;

	tsv_open(&t, path, names, 4);
	while (tsv_row(&t, row)) {
		if (row[1].len == 0)
			tsv_bad(&t, "a rule needs a clue");
		for (const char *s = row[1].p, *end = s + row[1].len; s < end; s += utf8_len(*s))
			l->join_clues[(unsigned char)utf8_at(s)] = true;
		/* Each by itself first, so that a message can name its line. */
		for (int i = 2; i < 4; i++) {
			match_free(m);
			m = match_new(row[i], false, why, sizeof why);
			if (!m)
				tsv_bad(&t, why);
		}
		buf_puts(&all, all.len ? "|(?:" : "(?:");
		buf_span(&all, row[2]);
		buf_puts(&all, ")\\n(?:");
		buf_span(&all, row[3]);
		buf_puts(&all, ")");
	}
	match_free(m);
	if (all.len && !(l->joins = match_new((struct span){all.p, all.len}, false, why, sizeof why)))
		tsv_bad(&t, why);
	tsv_close(&t);
	buf_free(&all);
}

struct layout *layout_new(struct fold *fold, struct furniture *furniture, const char *joins, struct buf *out,
                          layout_drop *each, void *self)
{
	struct layout *l = xcalloc(1, sizeof *l);

	l->fold = fold;
	l->key = fold_beside(fold);
	set_widths(l->width_of_byte);
	l->furniture = furniture;
	read_joins(l, joins);
	l->out = out;
	l->drop = each;
	l->self = self;
	l->since_cut = SENTENCE;
	return l;
}

void layout_free(struct layout *l)
{
	if (!l)
		return;
	for (size_t i = 0; i <= AHEAD; i++)
		buf_free(&l->rows[i].text);
	fold_free(l->key);
	match_free(l->joins);
	buf_free(&l->raw);
	buf_free(&l->end);
	buf_free(&l->scratch);
	buf_free(&l->kept);
	buf_free(&l->whole);
	buf_free(&l->above.tail);
	free(l);
}
