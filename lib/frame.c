#include "frame.h"

#include <stdlib.h>

#include "err.h"
#include "tsv.h"

/* So many words are passed over between two of a frame, so that long runs of adverbs cost no more than short ones. */
enum { ELEMENTS_MAX = 8, PASSED_MAX = 12, LIKE_MAX = 3 };

/* Passed over between the words of a frame unless it names them. */
#define TRANSPARENT \
	(W_ADV | W_BOUND | W_MODAL | W_HEDGE | W_EST | W_TIME | W_DATE | W_HERE | W_ACCUM | W_DIST | W_EACH | W_DURATION | \
	 W_COMP)

enum element_kind { ELEMENT_WORD, ELEMENT_GAP, ELEMENT_EDGE, ELEMENT_END, ELEMENT_NOUN, ELEMENT_NOUN_ANY, ELEMENT_LIKE };

struct element {
	enum element_kind kind;
	uint64_t classes;
	bool optional;
};

struct frame {
	struct span name;
	struct element before[ELEMENTS_MAX], after[ELEMENTS_MAX];
	size_t before_n, after_n;
	uint64_t needs[ELEMENTS_MAX];  /* the classes of all of "before" that must be there */
	size_t needs_n;
	unsigned whats;
	int measure;
	bool down;
	enum where where;
};

/* Rows as bits of words of 64. */
typedef uint64_t rows;

/* Said to be there always: a clause has no stop, and a row that asks for one is looked at in full. */
#define ANY W_STOP

struct frames {
	struct tsv file;
	struct frame *v;
	size_t n, words;    /* frames, and words of rows for them */
	rows *by_what;      /* for each kind of number: the rows for it */
	rows *near, *need;  /* for each class: the rows of which the last of "before" may be of it, when it must be there, else
	                       ANY; and the first of those that must be there, or ANY. Most rows are passed over by these. */
};

static bool next_word(struct span *list, struct span *word)
{
	while (list->len && *list->p == ' ')
		*list = (struct span){list->p + 1, list->len - 1};
	const char *space = memchr(list->p, ' ', list->len);
	*word = (struct span){list->p, space ? (size_t)(space - list->p) : list->len};
	*list = (struct span){list->p + word->len, list->len - word->len};
	return word->len != 0;
}

static size_t read_elements(const struct tsv *t, struct span list, struct element *out)
{
	struct span word;
	size_t n = 0;

	while (next_word(&list, &word)) {
		if (n == ELEMENTS_MAX)
			tsv_bad(t, "a frame of too many words");
		struct element *e = &out[n++];
		*e = (struct element){0};
		if (span_is(word, "~"))
			e->kind = ELEMENT_GAP;
		else if (span_is(word, "^"))
			e->kind = ELEMENT_EDGE;
		else if (span_is(word, "-"))
			e->kind = ELEMENT_END;
		else if (span_is(word, "NP"))
			e->kind = ELEMENT_NOUN;
		else if (span_is(word, "NP+"))
			e->kind = ELEMENT_NOUN_ANY;
		else if (span_is(word, "+"))
			e->kind = ELEMENT_LIKE;
		else {
			e->optional = word.p[word.len - 1] == '?';
			word.len -= e->optional;
			if (!words_classes(word, '|', &e->classes))
				tsv_bad(t, "a class of words that there is not");
		}
	}
	return n;
}

/* What of "before" can be asked for without its order. */
static void read_needs(struct frame *v)
{
	for (size_t i = 0; i < v->before_n; i++) {
		const struct element *e = &v->before[i];
		if (e->kind != ELEMENT_WORD || e->optional)
			continue;
		v->needs[v->needs_n++] = e->classes;
	}
}

static void set_row(const struct frames *f, rows *of, size_t which, size_t row)
{
	of[which * f->words + row / 64] |= (uint64_t)1 << row % 64;
}

/* Sets the row for each of the classes. */
static void set_classes(const struct frames *f, rows *of, uint64_t classes, size_t row)
{
	for (; classes; classes &= classes - 1)
		set_row(f, of, (size_t)__builtin_ctzll(classes), row);
}

/* What can be asked of the rows without their order. */
static void sort_rows(struct frames *f)
{
	f->words = (f->n + 63) / 64;
	f->by_what = xcalloc(WHAT_N * f->words, sizeof *f->by_what);
	f->near = xcalloc(BIT_COUNT * f->words, sizeof *f->near);
	f->need = xcalloc(BIT_COUNT * f->words, sizeof *f->need);
	for (size_t i = 0; i < f->n; i++) {
		const struct frame *v = &f->v[i];
		const struct element *last = v->before_n ? &v->before[v->before_n - 1] : NULL;
		bool near = last && last->kind == ELEMENT_WORD && !last->optional;
		set_classes(f, f->near, near ? last->classes : ANY, i);
		set_classes(f, f->need, v->needs_n ? v->needs[0] : ANY, i);
		for (size_t what = 0; what < WHAT_N; what++)
			if (v->whats >> what & 1)
				set_row(f, f->by_what, what, i);
	}
}

/* Word w of the rows set for any of the classes. */
static inline rows any_rows(const struct frames *f, const rows *of, uint64_t classes, size_t w)
{
	rows all = 0;

	for (; classes; classes &= classes - 1)
		all |= of[(size_t)__builtin_ctzll(classes) * f->words + w];
	return all;
}

static unsigned read_whats(const struct tsv *t, struct span list)
{
	static const char *const names[WHAT_N] = {"percent", "point", "money", "count", "amount", "bare", "ratio",
	                                          "fraction", "multiple", "rank"};
	unsigned whats = 0;
	struct span word;

	while (next_word(&list, &word)) {
		int i = 0;
		while (i < WHAT_N && !span_is(word, names[i]))
			i++;
		if (i == WHAT_N && !span_is(word, "any"))
			tsv_bad(t, "a kind of number that there is not");
		whats |= i == WHAT_N ? (1u << WHAT_N) - 1 : 1u << i;
	}
	return whats;
}

static int read_measure(const struct tsv *t, struct span name)
{
	for (int i = 0; i < MEASURE_N; i++)
		if (span_is(name, measure_names[i]))
			return i;
	if (!span_is(name, "inherited"))
		tsv_bad(t, "a measure that there is not");
	return MEASURE_INHERITED;
}

static enum where read_where(const struct tsv *t, struct span name)
{
	static const char *const names[] = {"before", "gap", "after", "whole", "head", "carried"};
	for (unsigned i = 0; i < 6; i++)
		if (span_is(name, names[i]))
			return (enum where)i;
	tsv_bad(t, "a subject that is neither before nor gap, after, whole, head or carried");
}

struct frames *frames_load(void)
{
	static const char *const columns[] = {"name", "before", "what", "after", "measure", "sign", "subject"};
	struct frames *f = xcalloc(1, sizeof *f);
	char *path = tsv_own("frames.tsv");
	struct span c[7];

	tsv_open(&f->file, path, columns, 7);
	while (tsv_row(&f->file, c)) {
		f->v = xrealloc(f->v, (f->n + 1) * sizeof *f->v);
		struct frame *v = &f->v[f->n++];
		*v = (struct frame){.name = c[0], .whats = read_whats(&f->file, c[2])};
		v->before_n = read_elements(&f->file, c[1], v->before);
		v->after_n = read_elements(&f->file, c[3], v->after);
		read_needs(v);
		v->measure = read_measure(&f->file, c[4]);
		v->down = span_is(c[5], "-1");
		v->where = read_where(&f->file, c[6]);
	}
	sort_rows(f);
	free(path);
	return f;
}

void frames_free(struct frames *f)
{
	if (!f)
		return;
	tsv_close(&f->file);
	free(f->by_what);
	free(f->near);
	free(f->need);
	free(f->v);
	free(f);
}

/* Whether the first n elements of "before" match the tokens low to at. The one gap of a frame keeps this linear. */
static bool before(const struct element *e, size_t n, const struct tokens *t, size_t low, size_t at, struct match *m)
{
	if (n == 0) {
		m->start = at;
		return true;
	}
	e += n - 1;
	if (e->kind == ELEMENT_GAP) {
		for (size_t from = low; from < at; from++) {
			if (before(e - (n - 1), n - 1, t, low, from, m)) {
				m->gap = (struct range){from, at};
				return true;
			}
		}
		return false;
	}
	for (size_t i = at;; i--) {
		if (at - i > PASSED_MAX)
			break;
		if (e->kind == ELEMENT_EDGE && i == low)
			return before(e - (n - 1), n - 1, t, low, i, m);
		if (i == low)
			break;
		uint64_t c = t->v[i - 1].classes;
		/* A noun that could be a verb is one where a clause begins: 服务企业, but 市政服务. */
		if (c & W_NOUN && i - 1 > low)
			c &= ~(W_MAKE | W_NEW | W_REACH);
		if (e->kind == ELEMENT_WORD && c & e->classes) {
			if (before(e - (n - 1), n - 1, t, low, i - 1, m))
				return true;
			break;
		}
		if (!(c & TRANSPARENT) || c & W_NOUN)
			break;
	}
	return e->kind == ELEMENT_WORD && e->optional && before(e - (n - 1), n - 1, t, low, at, m);
}

/* The end of what has its number at token at, and of the clause where the next number stands. */
static size_t words_end(const struct tokens *t, size_t at)
{
	while (at < t->n && !(t->v[at].classes & (W_BREAK | W_NUM)))
		at++;
	return at;
}

/* 总投资8亿元、年产2万吨的 …: the end of the figures that go on with one at token at, each behind its word; at, when none do. */
static size_t alike(const struct tokens *t, size_t at)
{
	for (size_t i = at; i < t->n && t->v[i].classes & W_ENUM;) {
		size_t from = ++i;
		while (i < t->n && i - from < LIKE_MAX &&
		       (t->v[i].classes == 0 || t->v[i].classes & (W_NOUN | W_ASPECT | W_REL | W_STOCK)))
			i++;
		bool named = i > from && t->v[i - 1].classes & (W_ASPECT | W_REL | W_STOCK);
		while (i < t->n && t->v[i].classes & (W_LEVEL | W_BOUND))
			i++;
		if (!named || i == t->n || !(t->v[i].classes & W_NUM))
			break;
		for (i++; i < t->n && t->v[i].classes & W_BOUND; i++)
			;
		at = i;
	}
	return at;
}

static bool after(const struct element *e, size_t n, const struct tokens *t, size_t at, size_t high, struct match *m)
{
	if (n == 0)
		return true;
	if (e->kind == ELEMENT_GAP) {
		for (size_t i = at; i < high; i++)
			if (after(e + 1, n - 1, t, i, high, m))
				return true;
		return false;
	}
	if (e->kind == ELEMENT_NOUN || e->kind == ELEMENT_NOUN_ANY) {
		/* 投资3亿元的7条道路: what is counted there is what the sum went into. */
		if (e->kind == ELEMENT_NOUN_ANY && at == high && at > 0 && at < t->n && t->v[at - 1].classes & W_OF &&
		    t->v[at].classes & W_NUM)
			high = words_end(t, ++at);
		m->behind = phrase_after(t, (struct range){at, high});
		/* A phrase that leads to the next figure is that figure's, unless that has one behind it as well. */
		bool next = e->kind == ELEMENT_NOUN && m->behind.to < t->n && t->v[m->behind.to].classes & W_NUM;
		if (next) {
			struct range r = {m->behind.to + 1, m->behind.to + 1};
			r.to = words_end(t, r.to);
			r = phrase_after(t, r);
			next = r.from == r.to;
		}
		return m->behind.from < m->behind.to && !next && after(e + 1, n - 1, t, m->behind.to, high, m);
	}
	if (e->kind == ELEMENT_LIKE) {
		while (at < t->n && t->v[at].classes & W_BOUND)
			at++;
		size_t end = alike(t, at);
		return end > at && after(e + 1, n - 1, t, end, words_end(t, end), m);
	}
	while (at < high && t->v[at].classes & (W_BOUND | W_OF) && !(e->classes & t->v[at].classes))
		at++;
	if (e->kind == ELEMENT_END)
		return at == high || t->v[at].classes & (W_ENUM | W_AND);
	if (at < high && t->v[at].classes & e->classes)
		return after(e + 1, n - 1, t, at + 1, high, m);
	return e->optional && after(e + 1, n - 1, t, at, high, m);
}

static inline bool may_fit(const struct frame *v, uint64_t seen)
{
	for (size_t i = 1; i < v->needs_n; i++)
		if (!(v->needs[i] & seen))
			return false;
	return true;
}

/* 财政支出完成8亿元: what stands between 支出 and the figure is no object, and 支出 no verb. */
static bool verbs_only(const struct tokens *t, struct range r)
{
	for (size_t i = r.from; i < r.to; i++)
		if (!(t->v[i].classes & (W_REACH | W_LEVEL | TRANSPARENT)) || t->v[i].classes & W_NOUN)
			return false;
	return r.from < r.to;
}

bool frames_find(const struct frames *f, const struct tokens *t, size_t low, size_t at, size_t last, size_t high,
                 enum what what, struct match *m)
{
	/* Most rows ask for words that are not there: the classes of all the words in front tell, and of those that the
	 * last one of a row can be. */
	uint64_t near = ANY, seen = ANY;

	for (size_t i = at; i > low && at - i <= PASSED_MAX; i--) {
		near |= t->v[i - 1].classes;
		if (!(t->v[i - 1].classes & TRANSPARENT) || t->v[i - 1].classes & W_NOUN)
			break;
	}
	for (size_t i = low; i < at; i++)
		seen |= t->v[i].classes;
	for (size_t w = 0; w < f->words; w++) {
		rows left = f->by_what[what * f->words + w] & any_rows(f, f->near, near, w) & any_rows(f, f->need, seen, w);
		for (; left; left &= left - 1) {
			const struct frame *v = &f->v[w * 64 + (size_t)__builtin_ctzll(left)];
			if (!may_fit(v, seen))
				continue;
			*m = (struct match){.name = v->name, .measure = v->measure, .down = v->down, .where = v->where};
			if (before(v->before, v->before_n, t, low, at, m) &&
			    !(v->where == WHERE_GAP && verbs_only(t, m->gap)) &&
			    after(v->after, v->after_n, t, last + 1, high, m))
				return true;
		}
	}
	return false;
}
