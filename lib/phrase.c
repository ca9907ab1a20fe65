#include "phrase.h"

#include <stdlib.h>

#include "err.h"
#include "tsv.h"
#include "utf8.h"

enum { HAN = 3, ITEMS_MAX = 16, SHARES_MAX = 6 };

/* Words that are nouns, whatever else they are. */
#define NOUNISH (W_NOUN | W_IND | W_NAME | W_ASPECT | W_REL | W_PORTION | W_PLACE | W_NOMV | W_STOCK | W_RATE | W_DROP)
/* What may stand between a noun phrase and its figure. */
#define BEHIND \
	(W_OF | W_ADV | W_PREP | W_DIST | W_EACH | W_MODAL | W_HEDGE | W_EST | W_COMP | W_AVG | W_THAN | W_TIME | W_DATE | \
	 W_BOUND | W_ENUM | W_AND | W_ACCUM | W_HERE | W_LEVEL | W_UP | W_DOWN | W_TO | W_FROM | W_RANKV | W_OVER | \
	 W_UNDER | W_DURATION | W_SCOPE | W_SHARE | W_MAKE | W_REACH | W_QUANT | W_COVER | W_ORDINAL | W_AWARD | \
	 W_DONE | W_HAVE | W_PREPEND)
/* What ends the words in front of a noun phrase. */
#define VERBS                                                                                                      \
	(W_MAKE | W_REACH | W_NEW | W_MODAL | W_HEDGE | W_EST | W_UP | W_DOWN | W_LEVEL | W_TO | W_RANKV |         \
	 W_COVER | W_AWARD | W_INCL | W_HAVE)
/* What may open the words in front of it. */
#define AHEAD                                                                                                      \
	(W_ADV | W_TIME | W_DATE | W_HERE | W_AND | W_ENUM | W_INCL | W_QUANT | W_DIST | W_EACH | W_PREP | W_OF |  \
	 W_ACCUM | W_EST | W_MODAL | W_HEDGE | W_DURATION | W_ORDINAL | W_COMP | W_BOUND | W_AVG | W_LEVEL |       \
	 W_FROM | W_TO | W_SHARE | W_SUCH | W_PREPEND)

static bool is(const struct token *t, uint64_t classes)
{
	return (t->classes & classes) != 0;
}

static size_t bytes(const struct token *t)
{
	return t->end - t->at;
}

/* A verb that cuts a phrase: not one that nouns are made with, and not a single character, which is too often
 * a part of a word. */
static bool cuts(const struct token *t)
{
	return is(t, VERBS) && !is(t, NOUNISH) && bytes(t) > HAN;
}

/* Whether token i begins a clause, or goes on a verb. */
static bool opens(const struct tokens *t, size_t i)
{
	return i == 0 || is(&t->v[i - 1], W_BREAK | W_MAKE | W_AND | W_DURATION | W_TIME | W_DATE | W_ACCUM | W_HERE);
}

static bool only(const struct tokens *t, struct range r, uint64_t classes)
{
	for (size_t i = r.from; i < r.to; i++)
		if (!is(&t->v[i], classes))
			return false;
	return true;
}

static bool named(const struct tokens *t, struct range r)
{
	for (size_t i = r.from; i < r.to; i++)
		if (is(&t->v[i], W_IND))
			return true;
	return false;
}

/* Takes off what stands in front of the noun phrase r. Before a predicate of its own (新落地项目增长 …) a verb in
 * front qualifies the noun, else it is what was done. */
static void strip_ahead(const struct tokens *t, struct range *r, bool predicate)
{
	while (r->from < r->to) {
		const struct token *v = &t->v[r->from];
		if (is(v, W_NAME) && r->from + 2 <= r->to && is(&t->v[r->from + 1], W_PREPEND) &&
		    is(&t->v[r->from + 1], W_ADV)) {
			r->from += 2; /* “十三五”期间 */
		} else if (is(v, W_PREP) && !is(v, NOUNISH)) {
			size_t i = r->from + 1;
			while (i < r->to && !is(&t->v[i], W_PREPEND))
				i++;
			r->from = i < r->to ? i + 1 : r->from + 1;
		} else if (is(v, W_SHARE) && is(&t->v[r->to - 1], W_PORTION)) {
			return; /* 占全国比重 */
		} else if (is(v, W_LEVEL) && r->from + 1 < r->to && is(&t->v[r->from + 1], W_NUM)) {
			return; /* 超8亿元的企业 */
		} else if (is(v, AHEAD) && !is(v, NOUNISH)) {
			r->from++;
		} else if (is(v, W_NATION) && r->from + 1 < r->to &&
			   is(&t->v[r->from + 1], W_IND | W_MAKE | W_NEW | W_REACH | W_HAVE)) {
			r->from++;
		} else if (!predicate && is(v, W_DONE) && !is(v, W_NOUN | W_IND) && r->from + 1 < r->to &&
			   opens(t, r->from) && !is(&t->v[r->from + 1], W_ASPECT | W_OF)) {
			r->from++;
		} else if (!predicate && is(v, W_NOMV) && !is(v, W_NOUN | W_IND) && r->from + 1 < r->to &&
			   (is(v, W_MAKE) || opens(t, r->from)) &&
			   !is(&t->v[r->from + 1], W_ASPECT | W_OF | W_NOMV)) {
			r->from++;
		} else {
			return;
		}
	}
}

struct range phrase_object(const struct tokens *t, struct range r)
{
	struct range all = phrase_before(t, r);

	/* 完成土地储备: behind its verb a phrase may end with another, as a noun. */
	if (all.from < all.to && all.to < r.to && is(&t->v[all.to], W_MAKE))
		all.to++;
	return all;
}

/* Where a phrase begins that a bounded figure at token i opens: 亿元以上项目, 独立选址的亿元以上项目. */
static size_t bounded_from(const struct tokens *t, size_t i)
{
	size_t from = i;

	if (i < 2 || !is(&t->v[i - 1], W_OF))
		return i;
	for (from = i - 1; from > 0 && (t->v[from - 1].classes == 0 || is(&t->v[from - 1], NOUNISH)); from--)
		;
	return from == i - 1 ? i : from;
}

/* Where the preposition stands that what ends r closes, when words stand ahead of it; the end of r when none does. */
static size_t opened(const struct tokens *t, struct range r)
{
	for (size_t i = r.to; i-- > r.from + 1;)
		if (is(&t->v[i], W_PREP) && !is(&t->v[i], NOUNISH | W_AND))
			return i;
	return r.to;
}

struct range phrase_before(const struct tokens *t, struct range r)
{
	bool predicate = false, each = false;

	while (r.to > r.from && is(&t->v[r.to - 1], BEHIND) && !is(&t->v[r.to - 1], NOUNISH)) {
		r.to--;
		each |= is(&t->v[r.to], W_DIST);
		predicate |= is(&t->v[r.to], W_DIST | W_EACH);
		/* 是“十一五”期间3亿元的2倍 */
		if (is(&t->v[r.to], W_PREPEND) && is(&t->v[r.to], W_ADV) && r.to > r.from && is(&t->v[r.to - 1], W_NAME))
			r.to--;
		/* 园区在综合考核评价中: what the preposition opens is closed again. */
		if (is(&t->v[r.to], W_PREPEND))
			r.to = opened(t, r);
	}
	predicate |= r.to < t->n && is(&t->v[r.to], W_UP | W_DOWN | W_LEVEL | W_TO | W_RATE | W_DROP | W_RANKV);
	for (size_t i = r.to; i-- > r.from;) {
		if (!cuts(&t->v[i]))
			continue;
		/* 产值超过8亿元的企业: the figure says which of them. */
		if (i + 1 < r.to && is(&t->v[i + 1], W_NUM) && is(&t->v[i], W_LEVEL))
			continue;
		/* 接待游客、实现旅游收入分别; 进口货值、新增企业分别: each item has its verb. */
		if (each && i > r.from && is(&t->v[i], W_REACH | W_MAKE | W_NEW) && is(&t->v[i - 1], W_ENUM))
			continue;
		/* 达成的采购额 is 采购额, but 增长的贡献率 names itself. */
		/* 企业开办时间: the verb tells of what the aspect is. */
		if (i > r.from && i + 1 < r.to && is(&t->v[i], W_MAKE) && !is(&t->v[i], W_NEW) &&
		    !is(&t->v[i - 1], AHEAD & ~W_ADV) && only(t, (struct range){i + 1, r.to}, W_ASPECT | W_REL | W_PORTION))
			continue;
		/* 国家绿色产品示范创建县 */
		if (i > r.from && t->v[r.to - 1].end - t->v[i].end == HAN &&
		    (t->v[i - 1].classes == 0 || is(&t->v[i - 1], NOUNISH)))
			continue;
		/* 开展招聘活动: of two verbs the second may belong to a short noun. */
		if (i > r.from && cuts(&t->v[i - 1]) && t->v[r.to - 1].end - t->v[i].end <= 2 * HAN)
			continue;
		bool of = i + 1 < r.to && is(&t->v[i + 1], W_OF);
		if (of && is(&t->v[i], W_UP | W_DOWN))
			continue;
		/* 对经济增长贡献率 */
		if (i > r.from && i + 1 < r.to && is(&t->v[i], W_UP | W_DOWN) && !is(&t->v[i], W_MAKE) &&
		    (t->v[i - 1].classes == 0 || is(&t->v[i - 1], NOUNISH)) &&
		    only(t, (struct range){i + 1, r.to}, W_ASPECT | W_REL))
			continue;
		/* 财政收入增长、居民收入增长与 …: the item of a list, not its verb. */
		if (i + 1 < r.to && is(&t->v[i], W_UP | W_DOWN) && is(&t->v[i + 1], W_ENUM | W_AND))
			continue;
		r.from = of ? i + 2 : i + 1;
		break;
	}
	strip_ahead(t, &r, predicate);
	for (size_t i = r.to; i-- > r.from;) {
		if (!is(&t->v[i], W_SUCH))
			continue;
		if (i + 1 < r.to)
			r.from = i + 1;
		else
			r.to = i;
		strip_ahead(t, &r, predicate);
		break;
	}
	/* Nothing but verbs is no noun phrase. */
	bool noun = false;
	for (size_t i = r.from; i < r.to && !noun; i++)
		noun = t->v[i].classes == 0 || is(&t->v[i], NOUNISH & ~W_NOMV) || !is(&t->v[i], W_MAKE | W_NOMV | BEHIND);
	if (noun && r.from > 1 && is(&t->v[r.from - 1], W_BOUND) && is(&t->v[r.from - 2], W_NUM | W_DURATION))
		r.from = bounded_from(t, r.from - 2);
	/* Nor is a single character; but CPI is one. */
	if (!noun || (t->v[r.to - 1].end - t->v[r.from].at <= HAN && !is(&t->v[r.from], W_IND)))
		r.from = r.to;
	return r;
}

struct range phrase_after(const struct tokens *t, struct range r)
{
	while (r.from < r.to && is(&t->v[r.from], W_BOUND | W_OF))
		r.from++;
	size_t i = r.from;
	while (i < r.to) {
		const struct token *v = &t->v[i];
		/* 100个亿元以上项目: a bounded figure may open the phrase. */
		if (i == r.from && is(v, W_NUM | W_DURATION) && i + 2 < r.to && is(&t->v[i + 1], W_BOUND)) {
			i += 2;
			continue;
		}
		bool noun = v->classes == 0 || is(v, NOUNISH | W_PREPEND) ||
			    (i > r.from && is(v, W_AND | W_OF | W_SCOPE | W_HERE)) ||
			    (i == r.from && is(v, W_SCOPE | W_QUANT | W_ORDINAL)) || bytes(v) == HAN;
		/* 36家区认定总部企业: who did it, and so which are meant. */
		if (i == r.from + 1 && v[-1].classes == 0 && bytes(&v[-1]) == HAN && is(v, W_MAKE) && i + 1 < r.to &&
		    (v[1].classes == 0 || is(&v[1], W_NOUN))) {
			i++;
			continue;
		}
		/* 12所大学帮扶我市学科建设 */
		if (i > r.from + 1 && is(v, W_HERE) && is(&t->v[i - 1], W_MAKE | W_NOMV) && !is(&t->v[i - 1], W_IND)) {
			i--;
			break;
		}
		/* 8个产业产值占全省的一半: of what it is a share is no part of its name. */
		if (!noun || is(v, W_ENUM | W_BREAK | W_NUM | W_SUCH) || (i > r.from && is(v, W_SHARE) && !is(v, W_NOUN)) ||
		    (bytes(v) == HAN && i == r.from && is(v, VERBS | W_DIST | W_EACH | W_PREP | W_ADV)) ||
		    (bytes(v) == HAN && i > r.from && is(v, W_AWARD | W_COVER)) ||
		    (is(v, W_MAKE | W_REACH) && i == r.from && !is(v, W_NOUN | W_IND)) ||
		    is(v, W_EACH | W_DIST) || (i > r.from && is(v, W_DONE) && !is(v, W_NOUN)))
			break;
		i++;
	}
	/* 14条公路和甲乙等4条铁路: the examples belong to what follows them. */
	if (i + 1 < t->n && is(&t->v[i], W_SUCH) && is(&t->v[i + 1], W_NUM)) {
		size_t k = i;
		while (k > r.from && !is(&t->v[k], W_AND))
			k--;
		i = k > r.from ? k : i;
	}
	while (i > r.from && is(&t->v[i - 1], W_AND | W_OF | W_PREP | W_LEVEL | W_ADV | W_EACH) &&
	       !is(&t->v[i - 1], NOUNISH))
		i--;
	/* 7条油路和投资3亿元的…: what the next figure measures is its own. */
	if (i > r.from + 2 && i < t->n && is(&t->v[i], W_NUM) && is(&t->v[i - 1], W_ASPECT) && is(&t->v[i - 2], W_AND) &&
	    !is(&t->v[i - 3], W_ASPECT))
		i -= 2;
	/* A figure alone is no phrase. */
	if (r.from < i && is(&t->v[r.from], W_NUM | W_DURATION) && i <= r.from + 2)
		i = r.from;
	r.to = i;
	return r;
}

struct piece phrase_piece(const struct tokens *t, struct span text, struct range r)
{
	static const char *const quotes[][2] = {{"“", "”"}, {"「", "」"}};
	/* 在“…”中 */
	if (r.to > r.from + 1 && is(&t->v[r.to - 2], W_NAME) && bytes(&t->v[r.to - 1]) == HAN &&
	    memcmp(text.p + t->v[r.to - 1].at, "中", HAN) == 0)
		r.to--;
	/* （以下均为预计）生产总值, 生产总值（预计，下同） */
	static const char open[] = "（", below[] = "下同）";
	if (r.to > r.from + 1 && is(&t->v[r.from], W_NAME) && memcmp(text.p + t->v[r.from].at, open, sizeof open - 1) == 0)
		r.from++;
	struct piece p = {t->v[r.from].at, t->v[r.to - 1].end};

	if (p.end - p.at > sizeof below && memcmp(text.p + p.end - (sizeof below - 1), below, sizeof below - 1) == 0) {
		const char *remark = span_find((struct span){text.p + p.at, p.end - p.at}, open);
		if (remark && remark > text.p + p.at)
			p.end = (uint32_t)(remark - text.p);
	}
	if (r.to == r.from + 1 && is(&t->v[r.from], W_NAME)) {
		for (size_t i = 0; i < 2; i++) {
			size_t n = strlen(quotes[i][0]);
			if (memcmp(text.p + p.at, quotes[i][0], n) == 0)
				return (struct piece){p.at + (uint32_t)n, p.end - (uint32_t)n};
		}
	}
	return p;
}

struct pair {
	struct span word, shares[SHARES_MAX], full[SHARES_MAX];
	size_t n;
};

struct pairs {
	struct tsv file;
	struct pair *v;
	size_t n;
	struct lexicon *words, *parallels;
};

/* parallels.tsv: words that stand beside each other in front of what they share. */
static void load_parallels(struct pairs *p)
{
	static const char *const columns[] = {"words"};
	char *path = tsv_own("parallels.tsv");
	struct span list, part;
	struct tsv t;
	int32_t group = 0;

	p->parallels = lexicon_new();
	tsv_open(&t, path, columns, 1);
	for (; tsv_row(&t, &list); group++)
		while (tsv_part(&list, &part))
			lexicon_add(p->parallels, part, group);
	lexicon_build(p->parallels);
	tsv_close(&t);
	free(path);
}

struct pairs *pairs_load(void)
{
	static const char *const columns[] = {"word", "shares", "full"};
	struct pairs *p = xcalloc(1, sizeof *p);
	char *path = tsv_own("pairs.tsv");
	struct span f[3];

	p->words = lexicon_new();
	tsv_open(&p->file, path, columns, 3);
	while (tsv_row(&p->file, f)) {
		p->v = xrealloc(p->v, (p->n + 1) * sizeof *p->v);
		struct pair *v = &p->v[p->n];
		*v = (struct pair){.word = f[0]};
		while (v->n < SHARES_MAX && tsv_part(&f[1], &v->shares[v->n]) && tsv_part(&f[2], &v->full[v->n]))
			v->n++;
		size_t len = 0;
		for (size_t i = 0; i < v->n; i++)
			len += v->shares[i].len == v->word.len ? 0 : v->shares[i].len;
		if (v->n < 2 || len > v->word.len)
			tsv_bad(&p->file, "a pair needs two shares or more, which the word holds");
		lexicon_add(p->words, v->word, (int32_t)p->n++);
	}
	lexicon_build(p->words);
	free(path);
	load_parallels(p);
	return p;
}

void pairs_free(struct pairs *p)
{
	if (!p)
		return;
	tsv_close(&p->file);
	lexicon_free(p->words);
	lexicon_free(p->parallels);
	free(p->v);
	free(p);
}

/* Where share i of the pair stands in its word; 三次产业 is as a whole each of the three. */
static size_t share_at(const struct pair *v, size_t i)
{
	size_t at = 0;
	if (v->shares[i].len == v->word.len)
		return 0;
	for (size_t k = 0; k <= i; k++) {
		const char *hit = memmem(v->word.p + at, v->word.len - at, v->shares[k].p, v->shares[k].len);
		at = hit ? (size_t)(hit - v->word.p) : at;
		if (k < i)
			at += v->shares[k].len;
	}
	return at;
}

void subject_words(const struct subject *s, struct span text, struct buf *out)
{
	buf_clear(out);
	for (unsigned i = 0; i < s->n; i++) {
		uint32_t at = s->v[i].at;
		if (s->full.len && i == s->full_piece) {
			buf_span(out, s->full);
			at += s->share;
		}
		buf_put(out, text.p + at, s->v[i].end - at);
	}
}

/* The items of r at separators of the given classes, at most max + 1 of them. */
static size_t cut_items(const struct tokens *t, struct range r, uint64_t separators, size_t max, struct range *out)
{
	size_t n = 0, from = r.from;

	for (size_t i = r.from; i <= r.to; i++) {
		if (i < r.to && !(is(&t->v[i], separators) && !is(&t->v[i], NOUNISH)))
			continue;
		struct range item = {from, i};
		while (item.to > item.from && is(&t->v[item.to - 1], BEHIND) && !is(&t->v[item.to - 1], NOUNISH))
			item.to--;
		while (item.from + 1 < item.to && is(&t->v[item.from], W_REACH))
			item.from++;
		if (item.to > item.from) {
			if (n == max)
				return max + 1;
			out[n++] = item;
		}
		from = i + 1;
	}
	return n;
}

size_t phrase_items(const struct tokens *t, struct range r, size_t max)
{
	struct range items[ITEMS_MAX];
	return cut_items(t, r, W_ENUM | W_AND, max < ITEMS_MAX ? max : ITEMS_MAX, items);
}

static const char *text_at(struct span text, uint32_t at)
{
	return text.p + at;
}

/* The bytes of the aspects that p ends with, several where they pile up (贷款|余额); 0 when nothing would be left. */
static uint32_t aspect(const struct words *w, struct span text, struct piece p)
{
	uint32_t end = p.end;
	size_t len;

	while (end > p.at && (len = words_aspect(w, text_at(text, p.at), text_at(text, end))) != 0)
		end -= (uint32_t)len;
	return end > p.at ? p.end - end : 0;
}

bool subject_names(const struct subject *s)
{
	size_t len = 0;

	for (unsigned i = 0; i < s->n; i++)
		len += s->v[i].end - s->v[i].at;
	return len <= SUBJECT_MAX;
}

bool subject_aspect(const struct words *w, struct span text, struct piece *p)
{
	uint32_t len = aspect(w, text, *p);
	p->end -= len;
	return len != 0;
}

static bool bare_aspect(const struct words *w, struct span text, struct piece p)
{
	return words_aspect(w, text_at(text, p.at), text_at(text, p.end)) == p.end - p.at;
}

/* Whether the n bytes at s are a parallel of the group. */
static bool parallel(const struct pairs *p, const char *s, size_t n, int32_t group)
{
	int32_t other;
	return lexicon_longest(p->parallels, s, s + n, &other) == n && other == group;
}

/* Where in the last item, behind a word parallel to the first item (城镇、农村|居民收入), what is common begins; the
 * end of the last item when it has no such word. One as long as the item before it goes first: 一、二、三|产业. */
static uint32_t behind_parallel(const struct pairs *p, struct span text, struct piece first, struct piece before,
                                struct piece last)
{
	int32_t group, other;
	size_t len = lexicon_longest(p->parallels, text_at(text, first.at), text_at(text, first.end), &group);
	size_t alike = before.end - before.at;

	if (len != first.end - first.at)
		return last.end;
	if (alike < last.end - last.at && parallel(p, text_at(text, last.at), alike, group))
		return last.at + (uint32_t)alike;
	len = lexicon_longest(p->parallels, text_at(text, last.at), text_at(text, last.end), &other);
	return len && other == group ? last.at + (uint32_t)len : last.end;
}

void phrase_share_next(const struct tokens *t, struct span text, const struct pairs *p, struct range r,
                       struct subject *s)
{
	while (r.to + 1 < t->n && t->v[r.to].classes & (W_ENUM | W_AND) && t->v[r.to + 1].classes & W_NUM) {
		r = phrase_after(t, (struct range){r.to + 2, t->n});
		if (r.from == r.to)
			return;
		struct piece next = phrase_piece(t, text, r);
		uint32_t at = behind_parallel(p, text, s->v[0], s->v[0], next);
		if (at < next.end) {
			s->v[s->n++] = (struct piece){at, next.end};
			return;
		}
	}
}

static bool is_rate(struct span text, struct piece p)
{
	return p.end - p.at > HAN && memcmp(text.p + p.end - HAN, "率", HAN) == 0;
}

/* Where in the last item begins what is measured of each: the aspect it ends with, that of a share (产值占比, 产值占全市比重)
 * included; its end when it has none. */
static uint32_t portion_at(const struct tokens *t, const struct words *w, struct span text, struct range item)
{
	struct piece p = {t->v[item.from].at, t->v[item.to - 1].end};
	size_t i = item.to - 1;

	if (is(&t->v[i], W_PORTION) && i > item.from) {
		for (size_t k = i; k-- > item.from + 1;)
			if (is(&t->v[k], W_SHARE))
				i = k;
		p.end = t->v[i].at;
	}
	return p.end - aspect(w, text, p);
}

static void share_tail(const struct tokens *t, const struct words *w, const struct pairs *p, struct span text,
                       struct range *items, size_t n, struct subject *out)
{
	for (size_t i = 0; i < n; i++) {
		out[i] = (struct subject){.n = 1};
		out[i].v[0] = phrase_piece(t, text, items[i]);
	}
	struct range tail_item = items[n - 1];
	struct piece last = {t->v[tail_item.from].at, t->v[tail_item.to - 1].end};
	struct piece tail = {portion_at(t, w, text, tail_item), last.end};
	/* 乡镇、建制村通畅率: any rate will do. */
	if (tail.at == tail.end && tail_item.to > tail_item.from + 1 && is_rate(text, last))
		tail.at = t->v[tail_item.to - 1].at;
	struct piece common = {behind_parallel(p, text, out[0].v[0], out[n - 2].v[0], last), last.end};
	/* A place begins the last item, as all of the others are places: what is behind it belongs to all. */
	bool places = tail_item.to > tail_item.from + 1 && is(&t->v[tail_item.from], W_PLACE);
	for (size_t i = 0; i + 1 < n && places; i++)
		places = items[i].to == items[i].from + 1 && is(&t->v[items[i].from], W_PLACE);
	if (places)
		common.at = t->v[tail_item.from + 1].at;
	if (common.at < common.end)
		tail = common;
	/* 接待游客、实现旅游收入分别: what has a verb of its own shares nothing. */
	if (tail_item.from > 0 && is(&t->v[tail_item.from - 1], W_REACH) && tail_item.from - 1 > items[n - 2].to)
		tail.at = tail.end;
	/* 进口货值、入境游客、免税销售额: where one says what is measured of it, so do the others, but 巩固率、高中和高校入学率. */
	bool told[ITEMS_MAX], complete = false, rate = is_rate(text, last);
	for (size_t i = 0; i + 1 < n; i++) {
		told[i] = common.at == common.end &&
		          (named(t, items[i]) || is_rate(text, out[i].v[0]) ||
		           words_aspect(w, text_at(text, out[i].v[0].at), text_at(text, out[i].v[0].end)));
		complete = complete || (told[i] && !rate);
	}
	for (size_t i = 0; i + 1 < n && tail.at < tail.end && !complete; i++)
		if (!told[i])
			out[i].v[out[i].n++] = tail;
}

/* 生产安全事故起数、死亡人数: an item that is a bare aspect takes the head of the first. */
static void share_head(const struct tokens *t, const struct words *w, struct span text, const struct range *items, size_t n,
                       struct subject *out)
{
	struct piece head = out[0].v[0];

	if (out[0].n > 1 || !subject_aspect(w, text, &head))
		return;
	for (size_t i = 1; i < n; i++) {
		if (out[i].n > 1 || !bare_aspect(w, text, out[i].v[0]))
			continue;
		/* 森林覆盖率、城镇化率: a rate of its own. */
		if (named(t, items[i]) && is_rate(text, out[i].v[0]))
			continue;
		out[i].n = 2;
		out[i].v[1] = out[i].v[0];
		out[i].v[0] = head;
	}
}

/* 城乡居民收入: a word in r that stands for n, each with what is around it. */
static bool split_pair(const struct pairs *p, struct piece whole, struct span text, size_t n, struct subject *out)
{
	const char *s = text.p + whole.at, *end = text.p + whole.end;

	for (; s < end; s += utf8_len(*s)) {
		int32_t value;
		size_t len = lexicon_longest(p->words, s, end, &value);
		if (len == 0 || p->v[value].n != n)
			continue;
		uint32_t at = (uint32_t)(s - text.p);
		for (size_t i = 0; i < n; i++) {
			uint32_t share = at + (uint32_t)share_at(&p->v[value], i);
			struct piece mine = {share, share + (uint32_t)p->v[value].shares[i].len};
			struct piece rest = {at + (uint32_t)len, whole.end};
			out[i] = (struct subject){.full = p->v[value].full[i], .share = mine.end - mine.at};
			if (at > whole.at)
				out[i].v[out[i].n++] = (struct piece){whole.at, at};
			out[i].full_piece = out[i].n;
			if (mine.end == rest.at) {
				mine.end = rest.end;
				rest.at = rest.end;
			}
			out[i].v[out[i].n++] = mine;
			if (rest.at < rest.end)
				out[i].v[out[i].n++] = rest;
		}
		return true;
	}
	return false;
}

bool phrase_split(const struct tokens *t, const struct words *w, struct span text, const struct pairs *p, struct range r,
                  size_t n, struct subject *out)
{
	struct range items[ITEMS_MAX];

	if (n < 2 || n > ITEMS_MAX || r.from == r.to)
		return false;
	if (cut_items(t, r, W_ENUM, n, items) != n && cut_items(t, r, W_ENUM | W_AND, n, items) != n)
		return split_pair(p, phrase_piece(t, text, r), text, n, out);
	share_tail(t, w, p, text, items, n, out);
	share_head(t, w, text, items, n, out);
	return true;
}
