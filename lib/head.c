#include "head.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <uchar.h>

#include "body.h"
#include "err.h"
#include "gazetteer.h"
#include "label.h"
#include "lexicon.h"
#include "match.h"
#include "scan.h"
#include "tsv.h"
#include "utf8.h"

enum {
	HEAD_LINES = 32,    /* a head has no more, with what a page puts into it */
	HEAD_LINE = 240,    /* bytes: a line of a head is no longer, */
	HEAD_RUN_IN = 700,  /* but for one that runs into the body */
	TITLE_BYTES = 150,
	LEAD_LINES = 12,    /* between a page's words about the text and the salutation */
	OPENING_LINES = 4,  /* behind the head, in which the speaker says what he does */
	CONTENTS_LINES = 160, /* of a table of contents between title and salutation */
	PIECES = HEAD_LINES * 3,
	WHOLE_COUNTRY = 100000, /* the code that the tables of GB/T 2260 begin with: 中华人民共和国 */
};

enum field { F_DATE, F_SESSION, F_OFFICE, F_NAMED, F_REPORT, F_OTHER, F_OPENING, FIELDS };

struct heads {
	struct match *fields[FIELDS];
	struct lexicon *surnames;
	const struct gazetteer *gazetteer;
	struct bodies *bodies;
	struct head head;
	struct buf text, joined, title;
	size_t title_from, title_to; /* its lines */
	struct span title_rest;      /* what runs on behind it in its line */
	size_t contents_from, contents_to; /* the lines of a table of contents */
	struct span pieces[PIECES];  /* of the joined lines, without date and session */
	bool beside[PIECES];         /* it stands in front of one of these, in its line */
	size_t piece_count;
	bool other;                  /* the title, or what stands for it, is one of something else */
	char date[16];
};

static const char *const salutations[] = {"各位代表", "各位委员", "同志们", "各位领导", NULL};

static struct lexicon *read_surnames(void)
{
	static const char *const columns[] = {"word", "is"};
	struct lexicon *x = lexicon_new();
	struct span f[2];
	struct tsv t;
	char *path = tsv_own("persons.tsv");

	tsv_open(&t, path, columns, 2);
	while (tsv_row(&t, f))
		if (span_is(f[1], "surname"))
			lexicon_add(x, f[0], 1);
	lexicon_build(x);
	tsv_close(&t);
	free(path);
	return x;
}

struct heads *heads_new(const struct gazetteer *g)
{
	static const char *const columns[] = {"field", "expression"};
	static const char *const names[FIELDS] = {"date", "session", "office", "named", "report", "other", "opening"};
	struct heads *h = xcalloc(1, sizeof *h);
	struct span f[2];
	struct tsv t;
	char *path = tsv_own("head.tsv"), why[200];

	tsv_open(&t, path, columns, 2);
	while (tsv_row(&t, f)) {
		size_t i = 0;
		while (i < FIELDS && !span_is(f[0], names[i]))
			i++;
		if (i == FIELDS || h->fields[i])
			tsv_bad(&t, i == FIELDS ? "unknown field" : "a field comes twice");
		h->fields[i] = match_new(f[1], i == F_OFFICE || i == F_NAMED, why, sizeof why);
		if (!h->fields[i])
			tsv_bad(&t, why);
	}
	for (size_t i = 0; i < FIELDS; i++)
		if (!h->fields[i])
			die(RC_USAGE, "%s: no row \"%s\"", path, names[i]);
	tsv_close(&t);
	free(path);
	h->surnames = read_surnames();
	h->gazetteer = g;
	h->bodies = bodies_new(g);
	return h;
}

void heads_free(struct heads *h)
{
	for (size_t i = 0; i < FIELDS; i++)
		match_free(h->fields[i]);
	bodies_free(h->bodies);
	lexicon_free(h->surnames);
	buf_free(&h->text);
	buf_free(&h->joined);
	buf_free(&h->title);
	free(h);
}

static struct span without_front(struct span s, size_t n)
{
	return (struct span){s.p + n, s.len - n};
}

static struct span trimmed(struct span s)
{
	while (s.len && *s.p == ' ')
		s = without_front(s, 1);
	while (s.len && s.p[s.len - 1] == ' ')
		s.len--;
	return s;
}

struct span head_listed_title(struct span line)
{
	static const char32_t bullets[] = U"•·●◆■▪★";
	bool listed = false;

	if (line.len > TITLE_BYTES)
		return (struct span){0};
	for (const char32_t *b = bullets; *b; b++)
		if (line.len && utf8_at(line.p) == *b) {
			line = trimmed(without_front(line, utf8_len(*line.p)));
			listed = true;
		}
	if (span_begins(line, "【")) {
		const char *close = scan_word(line, "】");
		if (!close)
			return (struct span){0};
		line = trimmed(without_front(line, (size_t)(close - line.p) + strlen("】")));
		listed = true;
	}
	return listed ? line : (struct span){0};
}

bool heads_report_title(const struct heads *h, struct span line)
{
	return line.len <= TITLE_BYTES && scan_word(line, "报告") && match_find(h->fields[F_REPORT], line, 0, NULL) && !scan_word(line, "。") &&
	       !match_find(h->fields[F_OTHER], line, 0, NULL);
}

/* The first n bytes of s, but no part of a character. */
static struct span beginning(struct span s, size_t n)
{
	n = s.len < n ? s.len : n;
	while (n < s.len && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return (struct span){s.p, n};
}

/* Whether the line is of who puts texts on pages, who says so in front of them, in a line that begins as the text does. A
 * line may hold a whole report, and what is said at its end. */
static bool of_page_maker(struct span line)
{
	static const char *const words[] = {"小编", "本文关键词", "本文简介", "本文内容", NULL};

	line = beginning(line, HEAD_RUN_IN);
	for (const char *const *w = words; *w; w++)
		if (scan_word(line, *w))
			return true;
	return false;
}

/* The length of the report's title that the line begins with, 0 if it begins with none. */
static size_t report_title_len(const struct heads *h, struct span line)
{
	struct span g[MATCH_GROUPS], front = beginning(line, TITLE_BYTES);

	if (!scan_word(front, "报告") || !match_find(h->fields[F_REPORT], front, 0, g))
		return 0;
	front.len = (size_t)(g[0].p + g[0].len - front.p);
	return heads_report_title(h, front) ? front.len : 0;
}

/* Whether the words in front of rest address somebody, and do not speak of him (请各位代表审议). */
static bool addresses(struct span rest)
{
	static const char *const next[] = {"各位", "同志", "现在", "我", "本届", "受", NULL};

	if (!rest.len || !utf8_han(utf8_at(rest.p)))
		return true;
	for (const char *const *w = next; *w; w++)
		if (span_begins(rest, *w))
			return true;
	return false;
}

/* Where the salutation stands, NULL when there is none in the line's beginning. */
static const char *salutation(struct span line)
{
	const char *first = NULL;

	for (const char *const *w = salutations; *w; w++) {
		struct span near = beginning(line, HEAD_RUN_IN);
		const char *at = scan_word(near, *w);
		while (at && !addresses(without_front(line, (size_t)(at - line.p) + strlen(*w)))) {
			near = without_front(near, (size_t)(at - near.p) + strlen(*w));
			at = scan_word(near, *w);
		}
		if (at && (!first || at < first))
			first = at;
	}
	return first;
}

bool head_follows_title(struct span line)
{
	return line.len <= HEAD_LINE ? (scan_word(line, "会议") && scan_word(line, "届")) || salutation(line) == line.p
	                             : salutation(line) != NULL;
}

/* ---- The region ---- */

/* How many lines a table of contents has that goes down to the salutation; 0 if the first line begins none. */
static size_t contents(const struct span *lines, size_t n)
{
	if (!span_is(lines[0], "目录"))
		return 0;
	for (size_t i = 1; i < n && i < CONTENTS_LINES && lines[i].len <= HEAD_LINE; i++)
		if (salutation(lines[i]) == lines[i].p)
			return i;
	return 0;
}

/* Whether the line is an entry of one: 一、过去五年工作回顾……3 */
static bool is_entry(struct span line)
{
	struct label l;
	return label_at(line.p, line.p + line.len, &l) ||
	       (line.len && line.p[line.len - 1] >= '0' && line.p[line.len - 1] <= '9');
}

/* Whether the head goes on behind a page's own words about the text, down to the salutation. */
static bool goes_on_below(const struct heads *h, const struct span *lines, size_t n)
{
	bool known = false;

	for (size_t i = 0; i < n && i < LEAD_LINES; i++) {
		struct label l;
		if (salutation(lines[i]) == lines[i].p)
			return known;
		if (lines[i].len > HEAD_LINE || label_at(lines[i].p, lines[i].p + lines[i].len, &l))
			return false;
		known = known || heads_report_title(h, lines[i]) || head_follows_title(lines[i]);
	}
	return false;
}

static void find_region(struct heads *h, const struct span *lines, size_t n, bool titled)
{
	struct head *head = &h->head;
	size_t i, known = titled;
	bool greeted = false, lead = false;

	h->contents_from = h->contents_to = 0;
	for (i = 0; i < n && i < HEAD_LINES; i++) {
		struct span line = lines[i];
		struct label l;
		if (of_page_maker(line)) {
			known = known ? i + 1 : 0;
			continue;
		}
		size_t listed = contents(lines + i, n - i);
		if (listed) {
			h->contents_from = i;
			i = h->contents_to = i + listed;
			greeted = true;
			break;
		}
		const char *at = salutation(line);
		if (at) {
			struct span before = {line.p, (size_t)(at - line.p)};
			greeted = at == line.p || scan_word(before, "会议") || scan_word(before, "长") || (known && before.len <= TITLE_BYTES) ||
			          (heads_report_title(h, before) && !scan_word(before, "，"));
			if (greeted) {
				head->bytes = before.len;
				break;
			}
		}
		/* 政府工作报告一、上年工作回顾: a title that the first heading follows in its line. */
		size_t title = report_title_len(h, line);
		if (title && span_begins(without_front(line, title), "一、")) {
			greeted = true;
			head->bytes = title;
			break;
		}
		/* Lines of a head may have run together, one with the session among them. */
		bool run = line.len <= HEAD_RUN_IN && scan_word(line, "会议上") && !scan_word(line, "。");
		if (line.len > HEAD_LINE && !run && !lead && goes_on_below(h, lines + i + 1, n - i - 1)) {
			lead = true;
			continue;
		}
		if ((line.len > HEAD_LINE && !run) || (i > 0 && label_at(line.p, line.p + line.len, &l)))
			break;
		bool sentence = span_ends(line, "。");
		if (!sentence && (run || heads_report_title(h, line) || head_follows_title(line) ||
		                  match_find(h->fields[F_OFFICE], line, 0, NULL)))
			known = i + 1;
	}
	head->lines = greeted ? i : known;
	if (!greeted)
		head->bytes = 0;
	/* A short line over long ones is a title. */
	if (head->lines == 0 && head->bytes == 0 && n > 1 && lines[0].len <= TITLE_BYTES && lines[1].len > lines[0].len &&
	    !scan_word(lines[0], "。") && !scan_word(lines[0], "：")) {
		struct label l;
		if (!label_at(lines[0].p, lines[0].p + lines[0].len, &l))
			head->lines = 1;
	}
}

/* ---- What it says ---- */

static unsigned numeral(struct span s)
{
	static const char *const han[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "零", "○"};
	unsigned v = 0, n;

	if (s.len && *s.p >= '0' && *s.p <= '9') {
		for (size_t i = 0; i < s.len; i++)
			v = v * 10 + (unsigned)(s.p[i] - '0');
		return v;
	}
	if (label_numeral(s.p, s.p + s.len, &n) == s.len)
		return n;
	for (size_t i = 0; i + 3 <= s.len; i += 3)
		for (unsigned d = 0; d < 12; d++)
			if (memcmp(s.p + i, han[d], 3) == 0)
				v = v * 10 + (d < 10 ? d : 0);
	return v;
}

/* The next year written in s, which goes on behind it; 0 if none. */
static unsigned next_year(struct span *s)
{
	const char *begin = s->p, *at;

	while ((at = scan_word(*s, "年")) != NULL) {
		size_t before = (size_t)(at - begin);
		unsigned y = 0;
		*s = without_front(*s, (size_t)(at - s->p) + 3);
		if (before >= 4 && at[-1] >= '0' && at[-1] <= '9')
			y = numeral((struct span){at - 4, 4});
		else if (before >= 12)
			y = numeral((struct span){at - 12, 12});
		if (y >= 1949 && y < 2100)
			return y;
	}
	return 0;
}

unsigned head_year(struct span s)
{
	return next_year(&s);
}

static bool names_year(struct span s, unsigned year)
{
	unsigned y;
	while ((y = next_year(&s)) != 0)
		if (y == year)
			return true;
	return false;
}

/* The year that a title names, also without 年: 2006政府工作报告. */
static unsigned title_year(struct span title)
{
	unsigned y = head_year(title);

	for (size_t i = 0, n = 0; !y && i <= title.len; i++) {
		if (i < title.len && title.p[i] >= '0' && title.p[i] <= '9') {
			n++;
			continue;
		}
		if (n == 4)
			y = numeral((struct span){title.p + i - n, n});
		if (y < 1949 || y >= 2100)
			y = 0;
		n = 0;
	}
	return y;
}

static void put_joined(struct buf *b, struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] != ' ')
			buf_putc(b, s.p[i]);
}

static struct span span_of_buf(const struct buf *b)
{
	return (struct span){b->p, b->len};
}

/* Whether a short name is as good as a full one: that of a province, or with the kind of place behind it (黔西南州). */
static bool plain(struct span name, const struct place *p)
{
	static const char *const kinds[] = {"州", "县", "旗", "盟"};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (name.len > 6 && memcmp(name.p + name.len - 3, kinds[i], 3) == 0)
			return true;
	return p->level == PLACE_PROVINCE && !p->word;
}

/* The place that s begins with, as long as it goes. */
static bool place_at(struct heads *h, const char *s, const char *end)
{
	struct place p;

	if (s == end || !gazetteer_find(h->gazetteer, s, end, 0, &p) || p.len <= 3 ||
	    (p.form == PLACE_SHORT && !plain((struct span){s, p.len}, &p)))
		return false;
	h->head.place = (struct span){s, p.len};
	h->head.adcode = p.code;
	return true;
}

/* The first place in s that stands at its beginning or behind something that is no name. */
static bool place_in(struct heads *h, struct span s)
{
	if (!s.len)
		return false;
	const char *end = s.p + s.len;
	bool start = true;

	for (const char *at = s.p; at < end; at += utf8_len(*at)) {
		uint32_t c = utf8_at(at);
		if (start && place_at(h, at, end))
			return true;
		start = !utf8_han(c) || c == 0x5e74 || c == 0x65e5 || c == 0x5728; /* 年 日 在 */
	}
	return false;
}

/* （湖南省）2016年株洲市…: what stands in front in parentheses only says where the place lies. */
static struct span without_region(struct span title)
{
	const char *close = span_begins(title, "（") ? scan_word(title, "）") : NULL;
	return close ? without_front(title, (size_t)(close - title.p) + strlen("）")) : title;
}

/* A province or a prefecture, or what lies in one, that s ends with: 某某作四川省, 2008两会四川省. */
static bool place_behind(struct heads *h, struct span s)
{
	const char *end = s.p + s.len;
	struct place p;

	for (const char *at = s.p; at < end; at += utf8_len(*at))
		if (gazetteer_find(h->gazetteer, at, end, 0, &p) && at + p.len == end && p.form == PLACE_FULL &&
		    (p.level < PLACE_COUNTY || p.nested)) {
			h->head.place = (struct span){at, p.len};
			h->head.adcode = p.code;
			return true;
		}
	return false;
}

/* What the gazetteer does not have: the whole country, and places that are gone or got lost, which are named in front of
 * the word. */
static bool unlisted_place(struct heads *h, struct span s, const char *word)
{
	const char *country = scan_word(s, "全国"), *behind = scan_word(s, word), *year = scan_word(s, "年");

	if (country) {
		h->head.place = (struct span){country, strlen("全国")};
		h->head.adcode = WHOLE_COUNTRY;
		return true;
	}
	if (!s.p || !behind)
		return false;
	struct span name = {s.p, (size_t)(behind - s.p)};
	if (year && year + 3 == name.p + name.len) { /* 云水县2021年政府工作报告 */
		size_t digits = year - s.p >= 4 && year[-1] >= '0' && year[-1] <= '9' ? 4 : 12;
		name.len = (size_t)(year - s.p) > digits ? (size_t)(year - s.p) - digits : 0;
	} else if (year && year < name.p + name.len)
		name = without_front(name, (size_t)(year + 3 - name.p));
	while (name.len && *name.p >= '0' && *name.p <= '9') /* 2031云水县政府工作报告 */
		name = without_front(name, 1);
	bool town = span_ends(name, "镇") || span_ends(name, "乡");
	if (name.len <= 6 || name.len > 30 || !(town || gazetteer_kind_at(name.p + name.len - 3, name.p + name.len)))
		return false;
	if (!place_behind(h, name))
		h->head.place = name;
	return true;
}

/* Whether the line is no more than a year, a place and its government: the first half of a broken title. */
static bool half_title(const struct heads *h, struct span line)
{
	const char *year = scan_word(line, "年");

	if (year && year - line.p <= 12)
		line = without_front(line, (size_t)(year - line.p) + 3);
	if (line.len > 12 && span_ends(line, "人民政府"))
		line.len -= 12;
	return line.len > 3 && gazetteer_name(h->gazetteer, line, 0) != 0;
}

/* Whether s tells when or where the report was given. */
static bool tells_meeting(const struct heads *h, struct span s)
{
	struct span g[MATCH_GROUPS];
	return match_find(h->fields[F_DATE], s, 0, g) || match_find(h->fields[F_SESSION], s, 0, g);
}

/* 政府工作报告（摘要）——2019年1月5日在…会议上: leaves the title alone, and returns what runs on behind it. */
static struct span cut_title(const struct heads *h, struct span *title)
{
	struct span g[MATCH_GROUPS];

	if (!match_find(h->fields[F_REPORT], *title, 0, g))
		return (struct span){0};
	size_t len = (size_t)(g[0].p + g[0].len - title->p);
	struct span rest = without_front(*title, len);
	/* What the page says of the text: （全文9000字）, 【范文】. */
	if ((span_begins(rest, "【") && span_ends(rest, "】")) || (span_begins(rest, "（全文") && span_ends(rest, "字）"))) {
		title->len = len;
		return (struct span){0};
	}
	const char *close = span_begins(rest, "（") ? scan_word(rest, "）") : NULL;
	if (close && !tells_meeting(h, (struct span){rest.p, (size_t)(close - rest.p)})) {
		len = (size_t)(close - title->p) + strlen("）");
		rest = without_front(*title, len);
	}
	while (rest.len && (*rest.p == ' ' || *rest.p == '-' || span_begins(rest, "—") || span_begins(rest, "（")))
		rest = without_front(rest, utf8_len(*rest.p));
	if (!rest.len || !tells_meeting(h, rest))
		return (struct span){0};
	title->len = len;
	return rest;
}

/* What a page puts in front of a title: [永安], 2、, a dash or a page's number. */
static size_t title_mark(struct span title)
{
	if (span_begins(title, "——"))
		return strlen("——");
	const char *close = span_begins(title, "[") ? memchr(title.p, ']', title.len) : NULL;
	struct label l;
	size_t digits = 0;

	if (close)
		return (size_t)(close + 1 - title.p);
	if (label_at(title.p, title.p + title.len, &l) && l.style != LABEL_SECTION)
		return l.len;
	while (digits < title.len && title.p[digits] >= '0' && title.p[digits] <= '9')
		digits++;
	return digits < 4 && !span_begins(without_front(title, digits), "年") ? digits : 0;
}

/* 首页>…政府工作报告, 文件名称|…政府工作报告|, [永安] …政府工作报告, 第二篇：…政府工作报告: without what a page puts around it. */
static struct span bare_title(const struct heads *h, struct span title)
{
	struct span g[MATCH_GROUPS];

	title = without_front(title, title_mark(title));
	if (!match_find(h->fields[F_REPORT], title, 0, g))
		return title;
	const char *from = title.p, *end = title.p + title.len, *bar;
	for (const char *s = from; s < g[0].p; s += utf8_len(*s))
		if (*s == '|' || *s == '>' || utf8_at(s) == U'：' || utf8_at(s) == U'＞')
			from = s + utf8_len(*s);
	bar = memchr(g[0].p, '|', (size_t)(end - g[0].p));
	return trimmed((struct span){from, (size_t)((bar ? bar : end) - from)});
}

/* Whether the line begins with a report's title, if it is cut: what runs on behind it tells of the meeting. */
static bool begins_with_title(const struct heads *h, struct span line)
{
	struct span title = line;
	return heads_report_title(h, line) || (cut_title(h, &title).len && heads_report_title(h, title));
}

/* 在云水县第十四届人民代表大会第三次会议上的报告 is a title, though it tells of a meeting. */
static bool ends_in_report(struct span line)
{
	return line.len > strlen("报告") && span_ends(line, "报告");
}

/* Whether line i of the head says nothing of the report: a page's own words, an entry of a table of contents. */
static bool is_aside(const struct heads *h, size_t i, struct span line)
{
	return of_page_maker(line) || (i >= h->contents_from && i < h->contents_to && is_entry(line));
}

static void find_title(struct heads *h, const struct span *lines)
{
	struct head *head = &h->head;
	struct span title = {0};

	h->title_from = h->title_to = 0;
	h->title_rest = (struct span){0};
	for (size_t i = 0; i < head->lines + (head->bytes > 0) && !title.len; i++) {
		struct span line = i < head->lines ? lines[i] : (struct span){lines[i].p, head->bytes};
		if (!is_aside(h, i, line) && begins_with_title(h, line)) {
			title = line;
			h->title_rest = cut_title(h, &title);
			h->title_from = i;
			h->title_to = i + 1;
			head->report = true;
			if (i > 0 && half_title(h, lines[i - 1])) {
				h->title_from--;
				buf_clear(&h->title);
				buf_span(&h->title, lines[i - 1]);
				buf_span(&h->title, title);
				title = (struct span){h->title.p, h->title.len};
			}
			title = bare_title(h, title);
		}
	}
	/* Who speaks is no title. */
	if (!title.len && head->lines &&
	    (!head_follows_title(lines[0]) || ends_in_report(lines[0]) ||
	     match_find(h->fields[F_OTHER], lines[0], 0, NULL)) &&
	    !match_find(h->fields[F_OFFICE], lines[0], 0, NULL)) {
		title = lines[0];
		h->title_to = 1;
	}
	if (!title.len)
		return;
	struct span listed = head_listed_title(title);
	head->title = listed.len ? listed : title;
}

static void find_speaker(struct heads *h, struct span line)
{
	struct span g[MATCH_GROUPS];

	if (h->head.speaker.len || !line.len || !match_find(h->fields[F_OFFICE], line, 0, g))
		return;
	h->head.office = g[2];
	h->head.speaker = g[3];
	/* 内蒙古自治区主席: the place takes the 自治区. */
	if (g[1].len && span_begins(g[2], "自治区"))
		h->head.office = without_front(g[2], strlen("自治区"));
	struct span whose = {g[1].p, g[1].p ? (size_t)(g[2].p - g[1].p) : 0};
	if (!h->head.place.len && !place_in(h, whose))
		unlisted_place(h, whose, "人民政府");
}

/* A name in front of its office (江平市长), behind 报告人, or by itself beside date or session, which meets says; last says
 * that nothing but the salutation comes behind it, which tells a name with a surname that nobody listed. */
static void find_named(struct heads *h, struct span piece, bool meets, bool last)
{
	struct span g[MATCH_GROUPS];
	struct place place;
	int32_t value;

	if (h->head.speaker.len || !match_find(h->fields[F_NAMED], piece, 0, g))
		return;
	const char *end = g[2].p + g[2].len;
	bool known = g[1].len || lexicon_longest(h->surnames, g[2].p, end, &value);
	if (!known && (g[3].len || !meets || !last || g[2].len != strlen("某某某")))
		return;
	if (!g[1].len && !g[3].len && !meets && !last)
		return;
	if (gazetteer_kind_at(end - strlen("县"), end) || gazetteer_find(h->gazetteer, g[2].p, end, 0, &place))
		return;
	h->head.office = g[3];
	h->head.speaker = g[2];
}

/* What stands behind, or in front of, date or session in its line. */
static void add_piece(struct heads *h, struct span s, bool behind, bool front)
{
	static const char *const signs[] = {"—", "）", "，", "：", "、", NULL};
	struct span g[MATCH_GROUPS];

	if (behind && span_begins(s, "上"))
		s = without_front(s, strlen("上"));
	for (const char *const *w = signs; *w; w++)
		while (span_begins(s, *w)) {
			s = without_front(s, strlen(*w));
			w = signs;
		}
	/* 县长某某（2019年1月8日）: the day once more. */
	if (match_find(h->fields[F_DATE], s, 0, g) && s.p + s.len - (g[0].p + g[0].len) <= (ptrdiff_t)strlen("）"))
		s.len = (size_t)(g[0].p - s.p);
	if (span_ends(s, "（"))
		s.len -= strlen("（");
	/* Behind the name the head may go on in English. */
	for (size_t i = 0; i < s.len; i++)
		if ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z')
			s.len = i;
	if (!s.len || h->piece_count == PIECES)
		return;
	h->beside[h->piece_count] = front;
	h->pieces[h->piece_count++] = s;
}

/* Adds what is left of a line without date and session; behind says that it begins behind one of them. */
static void add_pieces(struct heads *h, struct span line, struct span date, struct span session)
{
	struct span cuts[2] = {date, session};
	bool behind = false;

	if (session.len && (!date.len || session.p < date.p))
		cuts[0] = session, cuts[1] = date;
	for (size_t i = 0; i < 2; i++) {
		const char *from = cuts[i].p, *to = cuts[i].p + cuts[i].len, *end = line.p + line.len;
		if (!cuts[i].len || to <= line.p || from >= end)
			continue;
		if (from > line.p)
			add_piece(h, (struct span){line.p, (size_t)(from - line.p)}, behind, true);
		line = to < end ? (struct span){to, (size_t)(end - to)} : (struct span){end, 0};
		behind = true;
	}
	add_piece(h, line, behind, false);
}

/* What the pieces say of the speaker. */
static void read_pieces(struct heads *h, const char *met)
{
	struct span *p = h->pieces;
	size_t n = h->piece_count;

	for (size_t i = 0; i < n; i++)
		find_speaker(h, p[i]);
	/* The office on one line, the name on the next. */
	for (size_t i = 0; i + 1 < n && !h->head.speaker.len; i++) {
		if (p[i].p + p[i].len == p[i + 1].p)
			find_speaker(h, (struct span){p[i].p, p[i].len + p[i + 1].len});
		if (h->head.speaker.len && h->head.speaker.p != p[i + 1].p)
			h->head.speaker = h->head.office = (struct span){0};
	}
	for (size_t i = 0; i < n; i++)
		find_named(h, p[i], h->beside[i] || (met && p[i].p >= met && (i == 0 || p[i - 1].p < met)), i + 1 == n);
}

/* The date that the session stands behind, else the first: pages date what they publish, too. A month is one only in front
 * of the session. */
static bool find_date(const struct heads *h, struct span all, struct span *groups)
{
	struct span g[MATCH_GROUPS], session[MATCH_GROUPS];
	bool found = false;

	for (size_t from = 0; all.len && match_find(h->fields[F_DATE], all, from, g);
	     from = (size_t)(g[0].p + g[0].len - all.p)) {
		bool month = !g[3].len;
		unsigned m = numeral(g[2]), d = month ? 1 : numeral(g[3]);
		const char *end = g[0].p + g[0].len;
		if (m < 1 || m > 12 || d < 1 || d > 31 || numeral(g[1]) > 9999)
			continue;
		bool meets = match_find(h->fields[F_SESSION], all, (size_t)(end - all.p), session) && session[0].p == end;
		if (meets || (!found && !month))
			memcpy(groups, g, sizeof g);
		found = found || meets || !month;
		if (meets)
			break;
	}
	return found;
}

static void set_date(struct heads *h, const struct span *groups)
{
	struct head *head = &h->head;
	unsigned y = numeral(groups[1]);
	int n = snprintf(h->date, sizeof h->date, "%04u-%02u", y, numeral(groups[2]) % 100);

	if (groups[3].len)
		snprintf(h->date + n, sizeof h->date - (size_t)n, "-%02u", numeral(groups[3]) % 100);
	head->date = span_of(h->date);
	if (!head->year || names_year(head->title, y))
		head->year = y;
}

/* The place whose session it is. */
static void place_of_session(struct heads *h)
{
	struct span *s = &h->head.session;
	const char *end = s->p + s->len;

	if (place_at(h, s->p, end))
		return;
	/* 于某县第…: but 于 is the beginning of some names. */
	if (span_begins(*s, "于") && place_at(h, s->p + strlen("于"), end))
		*s = without_front(*s, strlen("于"));
	else
		unlisted_place(h, *s, "第");
}

static void read_fields(struct heads *h, const struct span *lines, size_t n)
{
	struct head *head = &h->head;
	size_t starts[HEAD_LINES + 1], count = 0, to = 0;
	struct span g[MATCH_GROUPS], all, date = {0}, session = {0};

	buf_clear(&h->text);
	buf_clear(&h->joined);
	h->piece_count = 0;
	for (size_t i = 0; i < head->lines + (head->bytes > 0) && i < n; i++) {
		struct span line = i < head->lines ? lines[i] : trimmed((struct span){lines[i].p, head->bytes});
		if (h->text.len)
			buf_putc(&h->text, ' ');
		buf_span(&h->text, line);
		if (is_aside(h, i, line) || count == HEAD_LINES)
			continue;
		if (i >= h->title_from && i < h->title_to) {
			if (i + 1 < h->title_to || !h->title_rest.len)
				continue;
			line = h->title_rest;
		}
		starts[count++] = h->joined.len;
		put_joined(&h->joined, line);
	}
	starts[count] = h->joined.len;
	head->text = span_of_buf(&h->text);
	all = span_of_buf(&h->joined);
	head->year = title_year(head->title);
	if (find_date(h, all, g)) {
		date = g[0];
		to = (size_t)(g[0].p - all.p) + g[0].len;
		set_date(h, g);
	} else if (find_date(h, head->title, g))
		set_date(h, g);
	if (all.len && (match_find(h->fields[F_SESSION], all, to, g) || match_find(h->fields[F_SESSION], all, 0, g))) {
		head->session = g[1];
		session = g[0];
		to = (size_t)(g[0].p + g[0].len - all.p);
		place_of_session(h);
	}
	/* A title that ran into the line is not known for one. */
	struct span of = head->title.len ? head->title
			 : session.len   ? (struct span){all.p, (size_t)(session.p - all.p)}
					 : all;
	h->other = of.len && match_find(h->fields[F_OTHER], of, 0, NULL);
	head->report = head->report || (session.len && !h->other);
	for (size_t i = 0; i < count; i++)
		add_pieces(h, (struct span){all.p + starts[i], starts[i + 1] - starts[i]}, date, session);
	if (!head->session.len && head->title.len && scan_word(head->title, "届") && match_find(h->fields[F_SESSION], head->title, 0, g)) {
		head->session = g[1];
		place_of_session(h);
		if (g[0].p > head->title.p)
			add_piece(h, (struct span){head->title.p, (size_t)(g[0].p - head->title.p)}, false, true);
	}
	if (!head->place.len && !place_in(h, without_region(head->title)) && !place_in(h, head->title) && !unlisted_place(h, head->title, "人民政府") &&
	    !unlisted_place(h, head->title, "政府"))
		place_in(h, all);
	read_pieces(h, date.len || session.len ? all.p + to : NULL);
	if (head->report && !head->year)
		head->year = head_year(head->text);
	/* Heads that ran together say the session twice. */
	while (head->session.len && !head->speaker.len && match_find(h->fields[F_SESSION], all, to, g)) {
		to = (size_t)(g[0].p + g[0].len - all.p);
		for (size_t i = 0; i < count; i++)
			if (starts[i] < to && to < starts[i + 1]) {
				h->piece_count = 0;
				add_piece(h, (struct span){all.p + to, starts[i + 1] - to}, true, false);
				read_pieces(h, all.p + to);
			}
	}
}

/* ---- What the body says instead ---- */

static void infer_place(struct heads *h, const struct body *body)
{
	struct head *head = &h->head;
	bool country = body->kind == U'国';

	head->adcode = country ? WHOLE_COUNTRY : body->place;
	if (!head->adcode)
		return;
	head->place = country ? span_of("全国") : gazetteer_full_name(h->gazetteer, head->adcode);
	head->inferred |= HEAD_PLACE | HEAD_ADCODE;
}

/* The year of a page that was posted in the first half of a year (2008-04-26), when reports are given; 0 when none tells. */
static unsigned posted(const struct span *lines, size_t n)
{
	static const char shape[] = "20dd-0d-dd";
	enum { SIZE = sizeof shape - 1, MONTH = 6 };

	for (size_t i = 0; i < n; i++)
		for (const char *s = lines[i].p, *end = s + lines[i].len;
		     end - s >= SIZE && (s = memchr(s, '2', (size_t)(end - s))); s++) {
			size_t k = 0;
			while (k < SIZE && end - s >= SIZE &&
			       (shape[k] == 'd' ? s[k] >= '0' && s[k] <= '9' : s[k] == shape[k]))
				k++;
			if (k == SIZE && s[MONTH] >= '1' && s[MONTH] <= '6')
				return (unsigned)(2000 + (s[2] - '0') * 10 + (s[3] - '0'));
		}
	return 0;
}

const struct head *heads_read(struct heads *h, const struct span *lines, size_t n, bool titled)
{
	struct head *head = &h->head;

	*head = (struct head){0};
	find_region(h, lines, n, titled);
	find_title(h, lines);
	read_fields(h, lines, n);
	bool other = h->other && !head->title.len;
	for (size_t i = head->lines; i < n && i < head->lines + OPENING_LINES && !head->report && !other; i++)
		head->report = match_find(h->fields[F_OPENING], beginning(lines[i], HEAD_RUN_IN), 0, NULL);
	bool untitled = !head->report && !head->title.len && !other;
	struct body body = {0};
	if (untitled || (head->report && !(head->place.len && head->year)))
		body = body_read(h->bodies, lines, n);
	if (untitled)
		head->report = body.report;
	if (!head->report)
		*head = (struct head){.text = head->text, .title = head->title, .lines = head->lines, .bytes = head->bytes};
	if (head->report && !head->place.len)
		infer_place(h, &body);
	unsigned year = head->report && !head->year ? body.year ? body.year : posted(lines, head->lines) : 0;
	if (year) {
		head->year = year;
		head->inferred |= HEAD_YEAR;
	}
	return head;
}
