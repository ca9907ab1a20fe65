#include "html.h"

#include <stdint.h>
#include <stdlib.h>

#include "err.h"
#include "json.h"
#include "page.h"
#include "utf8.h"

enum { DEPTH = 16 }; /* marks within marks that are shown */

static const char *const types[] = {"place", "org", "person", "event", "project", "policy", "work", "title"};

/* What the page says in its own words, and what the values of members are called. */
static const struct word {
	const char *key, *in[2];
} words[] = {
	{"page", {"政府工作报告", "Government work report"}},
	{"contents", {"目录", "Contents"}},
	{"facts", {"数据", "Facts"}},
	{"skip", {"跳到正文", "Skip to the text"}},
	{"all", {"全部", "All"}},
	{"actual", {"实际", "actual"}},
	{"target", {"目标", "target"}},
	{"estimated", {"预计", "estimated"}},
	{"stretch", {"争取", "stretch"}},
	{"indicator", {"指标", "Indicator"}},
	{"where", {"地区", "Place"}},
	{"which", {"文档", "Document"}},
	{"any", {"不限", "any"}},
	{"search", {"查找指标、数值或原文", "Find an indicator, a value or words"}},
	{"status", {"性质", "Status"}},
	{"nothing", {"没有符合条件的数据", "No fact matches"}},
	{"marked", {"标注", "Marked"}},
	{"numbers", {"数字", "number"}},
	{"unbound", {"未归属的数字", "a number that no fact binds"}},
	{"keys", {"快捷键", "Keys"}},
	{"close", {"关闭", "Close"}},
	{"k-next", {"下一条、上一条数据", "next, previous fact"}},
	{"k-head", {"上一个、下一个标题", "previous, next heading"}},
	{"k-target", {"全部、实际、目标", "all, actual, targets"}},
	{"k-search", {"查找", "search"}},
	{"k-panels", {"显示或隐藏目录、数据", "show or hide contents, facts"}},
	{"k-clear", {"清除筛选", "clear the filters"}},
	{"place", {"地名", "place"}},
	{"org", {"机构", "organisation"}},
	{"person", {"人物", "person"}},
	{"event", {"事件", "event"}},
	{"project", {"项目", "project"}},
	{"policy", {"政策", "policy"}},
	{"work", {"文献", "work"}},
	{"title", {"荣誉", "honour"}},
	{"growth", {"增长", "growth"}},
	{"-growth", {"下降", "decline"}},
	{"change", {"变动", "change"}},
	{"-change", {"减少", "decrease"}},
	{"share", {"占比", "share"}},
	{"rank", {"位次", "rank"}},
	{"count", {"数量", "count"}},
	{"from", {"起点", "from"}},
	{"sync_with", {"同步于", "in step with"}},
	{"above", {"高于", "above"}},
	{"below", {"低于", "below"}},
	{"delegated", {"完成上级下达任务", "as assigned from above"}},
	{"stable", {"保持稳定", "stable"}},
	{"positive", {"正增长", "positive growth"}},
	{"ge", {"≥ ", "≥ "}},
	{"gt", {"> ", "> "}},
	{"le", {"≤ ", "≤ "}},
	{"lt", {"< ", "< "}},
	{"approx", {"≈ ", "≈ "}},
};

/* What mark stands for; those of the same place are written in this order, outermost first. */
enum kind { NOTE_REF, SUBJECT, ENTITY, NUMBER };

struct html_mark {
	size_t start, end; /* bytes of the text */
	enum kind kind;
	size_t index;
	struct span label;  /* of a footnote marker: JSON string */
	const char *status; /* of a number: class of the fact that binds it */
};

void html_escape(struct buf *out, struct span s)
{
	if (!s.len)
		return;
	const char *from = s.p, *end = s.p + s.len;

	for (const char *p = from; p < end; p++) {
		const char *as = NULL;
		switch (*p) {
		case '&': as = "&amp;"; break;
		case '<': as = "&lt;"; break;
		case '>': as = "&gt;"; break;
		case '"': as = "&quot;"; break;
		case '\'': as = "&#39;"; break;
		case '\t':
		case '\n': break;
		case 0x7f: as = "\xef\xbf\xbd"; break;
		default:
			if ((unsigned char)*p < 0x20)
				as = "\xef\xbf\xbd";
		}
		if (!as)
			continue;
		buf_put(out, from, (size_t)(p - from));
		buf_puts(out, as);
		from = p + 1;
	}
	buf_put(out, from, (size_t)(end - from));
}

/* The page's word for key, or NULL. */
static const char *find_word(const struct html *h, struct span key)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_is(key, words[i].key))
			return words[i].in[h->language];
	return NULL;
}

static const char *word(const struct html *h, const char *key)
{
	const char *found = find_word(h, span_of(key));

	return found ? found : key;
}

/* The word for a value that came from the input, or the value itself. */
static struct span say(const struct html *h, struct span key)
{
	const char *found = find_word(h, key);

	return found ? span_of(found) : key;
}

static void put_word(const struct html *h, struct buf *out, struct span key)
{
	html_escape(out, say(h, key));
}

/* Columns: id, name and, for a name of former times, until when. */
static void names_open(struct html_names *n, const char *file, const char *const columns[3])
{
	struct span row[3];

	n->path = tsv_own(file);
	tsv_open(&n->file, n->path, columns, 3);
	while (tsv_row(&n->file, row)) {
		if (!row[0].len)
			continue;
		if (n->n == n->cap) {
			n->cap = n->cap ? n->cap * 2 : 256;
			n->name = xrealloc(n->name, n->cap * sizeof *n->name);
		}
		n->name[n->n++] = (struct html_name){row[0], row[1], row[2].len > 0};
	}
	/* Former names first, so that today's replace them. */
	n->ids = lexicon_new();
	for (int former = 1; former >= 0; former--)
		for (size_t i = 0; i < n->n; i++)
			if (n->name[i].former == (former == 1))
				lexicon_add(n->ids, n->name[i].id, (int32_t)i);
	lexicon_build(n->ids);
}

static void names_close(struct html_names *n)
{
	lexicon_free(n->ids);
	free(n->name);
	tsv_close(&n->file);
	free(n->path);
}

/* What id is called, or id itself. */
static struct span name_of(const struct html_names *n, struct span id)
{
	int32_t at;

	if (id.len && lexicon_longest(n->ids, id.p, id.p + id.len, &at) == id.len && n->name[at].name.len)
		return n->name[at].name;
	return id;
}

void html_open(struct html *h, enum html_language language)
{
	h->language = language;
	names_open(&h->indicators, "indicators.tsv",
	           (const char *const[]){"id", language == HTML_ZH ? "name_zh" : "?name_en", "?until"});
	names_open(&h->places, "places.tsv", (const char *const[]){"code", "name", "?until"});
}

void html_close(struct html *h)
{
	names_close(&h->indicators);
	names_close(&h->places);
	annotations_free(&h->found);
	free(h->marks);
	buf_free(&h->contents);
	buf_free(&h->facts);
	buf_free(&h->scratch);
	buf_free(&h->joined);
}

static void add_mark(struct html *h, struct html_mark m)
{
	if (h->marks_n == h->marks_cap) {
		h->marks_cap = h->marks_cap ? h->marks_cap * 2 : 64;
		h->marks = xrealloc(h->marks, h->marks_cap * sizeof *h->marks);
	}
	h->marks[h->marks_n++] = m;
}

/* By start; of those that start together markers first, then the longest, then by kind. */
static int by_place(const void *a, const void *b)
{
	const struct html_mark *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if ((x->kind == NOTE_REF) != (y->kind == NOTE_REF))
		return x->kind == NOTE_REF ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static const char *collect_note_refs(struct html *h, const struct record *r)
{
	static const char *const why = "a footnote marker that does not lie in the text";
	struct json_walk refs, one;
	struct span ref, key, value;

	if (!r->m[M_note_refs].p)
		return NULL;
	refs = json_walk(r->m[M_note_refs]);
	while (json_element(&refs, &ref)) {
		struct html_mark m = {SIZE_MAX, 0, NOTE_REF, 0, {0}, NULL};
		size_t at;
		one = json_walk(ref);
		if (*ref.p != '{')
			return why;
		while (json_member(&one, &key, &value)) {
			if (span_is(key, "label"))
				m.label = value;
			if (!span_is(key, "at"))
				continue;
			if (!json_size(value, h->found.points, &at))
				return why;
			m.start = m.end = annotations_byte(&h->found, r, at);
		}
		if (m.start == SIZE_MAX)
			return why;
		add_mark(h, m);
	}
	return NULL;
}

static bool is_target(struct html *h, const struct annotation *fact)
{
	return span_is(annotation_string(fact, A_status, &h->scratch), "target");
}

/* Gathers what is to be marked in r, in the order of the text. */
static const char *collect(struct html *h, const struct record *r)
{
	const struct annotations *f = &h->found;
	const char *why = annotations_read(&h->found, r);

	h->marks_n = 0;
	if (why)
		return why;
	for (size_t i = 0; i < f->numbers.n; i++)
		add_mark(h, (struct html_mark){f->numbers.a[i].at.start, f->numbers.a[i].at.end, NUMBER, i, {0}, " free"});
	for (size_t i = 0; i < f->entities.n; i++)
		add_mark(h, (struct html_mark){f->entities.a[i].at.start, f->entities.a[i].at.end, ENTITY, i, {0}, NULL});
	for (size_t i = 0; i < f->facts.n; i++) {
		const struct annotation *fact = &f->facts.a[i];
		if (fact->number != ANNOTATION_NONE)
			h->marks[fact->number].status = is_target(h, fact) ? " target" : "";
	}
	for (size_t i = 0; i < f->subjects_n; i++)
		add_mark(h, (struct html_mark){f->subjects[i].start, f->subjects[i].end, SUBJECT, i, {0}, NULL});
	why = collect_note_refs(h, r);
	if (why)
		return why;
	if (h->marks_n)
		qsort(h->marks, h->marks_n, sizeof *h->marks, by_place);
	return NULL;
}

/* An id of the page: r12, r12n3, r12s40-52. */
static void put_id(const struct html *h, struct buf *out, char kind, size_t n)
{
	buf_putc(out, 'r');
	buf_put_size(out, h->records);
	if (kind) {
		buf_putc(out, kind);
		buf_put_size(out, n);
	}
}

/* A subject is known by its place, as several facts may share it. */
static void put_subject_id(const struct html *h, struct buf *out, size_t subject)
{
	put_id(h, out, 's', h->found.subjects[subject].start);
	buf_putc(out, '-');
	buf_put_size(out, h->found.subjects[subject].end);
}

/* The id of the note with this label: labels hold any characters, ids only some. */
static void put_note_id(struct html *h, struct buf *out, struct span label)
{
	static const char digit[] = "0123456789abcdef";
	struct span s = {"", 0};

	if (label.p)
		json_string(label, &h->scratch, &s);
	buf_putc(out, 'd');
	buf_put_size(out, h->documents);
	buf_putc(out, 'n');
	for (size_t i = 0; i < s.len; i++) {
		buf_putc(out, digit[(unsigned char)s.p[i] >> 4]);
		buf_putc(out, digit[(unsigned char)s.p[i] & 15]);
	}
}

static void put_note_ref(struct html *h, struct buf *out, struct span label)
{
	struct span s = {"", 0};

	buf_puts(out, "<sup><a href=\"#");
	put_note_id(h, out, label);
	buf_puts(out, "\">");
	if (label.p)
		json_string(label, &h->scratch, &s);
	html_escape(out, s);
	buf_puts(out, "</a></sup>");
}

/* 238250000000 as 238,250,000,000 */
static void put_decimal(struct buf *out, struct span value)
{
	const char *point = memchr(value.p, '.', value.len);
	size_t whole = point ? (size_t)(point - value.p) : value.len;
	bool plain = whole > 3;

	for (size_t i = 0; i < whole; i++)
		plain = plain && value.p[i] >= '0' && value.p[i] <= '9';
	if (!plain) {
		html_escape(out, value);
		return;
	}
	for (size_t i = 0; i < whole; i++) {
		if (i && (whole - i) % 3 == 0)
			buf_putc(out, ',');
		buf_putc(out, value.p[i]);
	}
	buf_put(out, value.p + whole, value.len - whole);
}

static void put_value(struct html *h, struct buf *out, const struct annotation *number)
{
	struct span kind = annotation_string(number, A_kind, &h->scratch), s;
	bool date = span_is(kind, "date");

	s = annotation_string(number, A_bound, &h->scratch);
	if (s.len)
		put_word(h, out, s);
	if (number->m[A_min].p) {
		put_decimal(out, annotation_string(number, A_min, &h->scratch));
		buf_puts(out, "–");
		put_decimal(out, annotation_string(number, A_max, &h->scratch));
	} else {
		s = annotation_string(number, A_value, &h->scratch);
		date ? html_escape(out, s) : put_decimal(out, s);
	}
	s = annotation_string(number, A_per, &h->scratch);
	if (s.len) {
		buf_puts(out, " : ");
		html_escape(out, s);
	}
	s = annotation_string(number, A_unit, &h->scratch);
	if (s.len) {
		buf_putc(out, ' ');
		html_escape(out, s);
	}
}

static size_t type_of(struct span type)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (span_is(type, types[i]))
			return i;
	return SIZE_MAX;
}

static void open_entity(struct html *h, struct buf *out, const struct annotation *entity)
{
	struct span type = annotation_string(entity, A_type, &h->scratch), id;
	size_t known = type_of(type);

	if (known != SIZE_MAX)
		h->counts[known]++;
	buf_puts(out, "<span class=\"e ");
	buf_puts(out, known == SIZE_MAX ? "other" : types[known]);
	buf_puts(out, "\" title=\"");
	put_word(h, out, type);
	id = annotation_string(entity, A_id, &h->scratch);
	if (id.len) {
		buf_putc(out, ' ');
		html_escape(out, id);
		struct span name = known == 0 ? name_of(&h->places, id) : id;
		if (name.p != id.p) {
			buf_putc(out, ' ');
			html_escape(out, name);
		}
	}
	buf_puts(out, "\">");
}

static void open_mark(struct html *h, struct buf *out, const struct html_mark *m)
{
	switch (m->kind) {
	case NUMBER:
		buf_puts(out, "<b class=\"n");
		buf_puts(out, m->status);
		buf_puts(out, "\" id=\"");
		put_id(h, out, 'n', m->index);
		buf_puts(out, "\" title=\"");
		put_value(h, out, &h->found.numbers.a[m->index]);
		buf_puts(out, "\">");
		break;
	case ENTITY:
		open_entity(h, out, &h->found.entities.a[m->index]);
		break;
	case SUBJECT:
		buf_puts(out, "<span class=\"s\" id=\"");
		put_subject_id(h, out, m->index);
		buf_puts(out, "\">");
		break;
	case NOTE_REF:
		put_note_ref(h, out, m->label);
	}
}

/* The text of r with its marks. A mark that crosses the end of one that is open ends with it. */
static void put_text(struct html *h, const struct record *r, struct buf *out)
{
	static const char *const closing[] = {"", "</span>", "</span>", "</b>"};
	struct { size_t end; enum kind kind; } open[DEPTH] = {0};
	const struct html_mark *last = NULL;
	size_t depth = 0, at = 0;

	for (size_t i = 0; i <= h->marks_n; i++) {
		const struct html_mark *m = i < h->marks_n ? &h->marks[i] : NULL;
		size_t start = m ? m->start : r->text.len;
		while (depth && (!m || open[depth - 1].end <= start)) {
			depth--;
			html_escape(out, (struct span){r->text.p + at, open[depth].end - at});
			at = open[depth].end;
			buf_puts(out, closing[open[depth].kind]);
		}
		html_escape(out, (struct span){r->text.p + at, start - at});
		at = start;
		if (!m)
			break;
		if (m->kind != NOTE_REF && (m->start == m->end || depth == DEPTH))
			continue;
		if (m->kind == SUBJECT && last && last->kind == SUBJECT && last->start == m->start && last->end == m->end)
			continue;
		open_mark(h, out, m);
		last = m;
		if (m->kind == NOTE_REF)
			continue;
		open[depth].end = depth && open[depth - 1].end < m->end ? open[depth - 1].end : m->end;
		open[depth++].kind = m->kind;
	}
}

static void put_attribute(struct buf *out, const char *name, struct span value)
{
	buf_putc(out, ' ');
	buf_puts(out, name);
	buf_puts(out, "=\"");
	html_escape(out, value);
	buf_putc(out, '"');
}

static void put_element(struct buf *out, const char *name, const char *class, struct span text)
{
	buf_putc(out, '<');
	buf_puts(out, name);
	if (class)
		put_attribute(out, "class", span_of(class));
	buf_putc(out, '>');
	html_escape(out, text);
	buf_puts(out, "</");
	buf_puts(out, name);
	buf_putc(out, '>');
}

/* What a fact says of its indicator: 增长 > 6.5%, or a relation. */
static void put_saying(struct html *h, struct buf *out, const struct annotation *fact)
{
	struct span measure = annotation_string(fact, A_measure, &h->scratch), s;
	const struct annotation *number = fact->number == ANNOTATION_NONE ? NULL : &h->found.numbers.a[fact->number];
	bool down = fact->m[A_sign].len && *fact->m[A_sign].p == '-';

	buf_puts(out, "<span class=\"v\">");
	if (down && span_is(measure, "growth"))
		put_element(out, "small", NULL, span_of(word(h, "-growth")));
	else if (down && span_is(measure, "change"))
		put_element(out, "small", NULL, span_of(word(h, "-change")));
	else if (measure.len && !span_is(measure, "level"))
		put_element(out, "small", NULL, say(h, measure));
	if (number) {
		s = annotation_string(number, A_bound, &h->scratch);
		if (s.len)
			put_word(h, out, s);
		put_element(out, "b", NULL, annotation_string(number, A_raw, &h->scratch));
	}
	s = annotation_string(fact, A_relation, &h->scratch);
	if (s.len) {
		put_element(out, "b", NULL, say(h, s));
		html_escape(out, annotation_string(fact, A_reference, &h->scratch));
	}
	buf_puts(out, "</span>");
}

static void put_status(struct html *h, struct buf *out, const struct annotation *fact)
{
	struct span hedge;

	buf_puts(out, "<span class=\"st\">");
	put_word(h, out, annotation_string(fact, A_status, &h->scratch));
	buf_puts(out, "</span>");
	hedge = annotation_string(fact, A_hedge, &h->scratch);
	if (fact->m[A_estimated].p)
		put_element(out, "span", "st", span_of(word(h, "estimated")));
	if (hedge.len)
		put_element(out, "span", "st", hedge);
	else if (fact->m[A_stretch].p)
		put_element(out, "span", "st", span_of(word(h, "stretch")));
}

/* Whether the words show the value as it is: 6.8%, but not 2.3万亿元. */
static bool says_value(struct html *h, const struct annotation *number)
{
	static const enum annotation_member values[] = {A_value, A_min, A_max};
	struct span raw = annotation_string(number, A_raw, &h->scratch), value;

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		if (!number->m[values[i]].p || *number->m[values[i]].p != '"')
			continue;
		/* Digits are never escaped: what stands between the quotes is the value. */
		value = (struct span){number->m[values[i]].p + 1, number->m[values[i]].len - 2};
		if (!memmem(raw.p, raw.len, value.p, value.len))
			return false;
	}
	return true;
}

/* The list item of a fact. What it was read from is named by the ids of the marks, so that a click leads there. */
static void put_fact(struct html *h, struct buf *out, const struct annotation *fact)
{
	struct buf *scratch = &h->scratch;
	const struct annotation *number = fact->number == ANNOTATION_NONE ? NULL : &h->found.numbers.a[fact->number];
	const struct stretch *subject = fact->subjects ? &h->found.subjects[fact->subject] : NULL;

	buf_puts(out, is_target(h, fact) ? "<li class=\"target\" data-document=\"" : "<li data-document=\"");
	buf_put_size(out, h->documents);
	buf_putc(out, '"');
	put_attribute(out, "data-status", annotation_string(fact, A_status, scratch));
	put_attribute(out, "data-indicator", annotation_string(fact, A_indicator, scratch));
	put_attribute(out, "data-place", annotation_string(fact, A_place, scratch));
	put_attribute(out, "data-place-name", name_of(&h->places, annotation_string(fact, A_place, scratch)));
	buf_puts(out, " data-subject=\"");
	for (size_t i = 0; i < fact->subjects; i++) {
		if (i)
			buf_putc(out, ' ');
		put_subject_id(h, out, fact->subject + i);
	}
	buf_putc(out, '"');
	buf_puts(out, "><a href=\"#");
	if (number)
		put_id(h, out, 'n', (size_t)fact->number);
	else if (subject && subject->start < subject->end)
		put_subject_id(h, out, fact->subject);
	else
		put_id(h, out, 0, 0);
	buf_puts(out, "\">");

	struct span name = name_of(&h->indicators, annotation_string(fact, A_indicator, scratch));
	put_element(out, "span", name.len ? "i" : "i own",
	            name.len ? name : annotation_subject(fact, &h->joined, scratch));
	put_saying(h, out, fact);
	buf_puts(out, "<span class=\"t\">");
	put_element(out, "time", NULL, annotation_string(fact, A_period, scratch));
	put_status(h, out, fact);
	buf_puts(out, "</span><span class=\"x\">");
	if (name.len)
		put_element(out, "q", NULL, annotation_subject(fact, &h->joined, scratch));
	if (number && !says_value(h, number)) {
		buf_puts(out, "<data>");
		put_value(h, out, number);
		buf_puts(out, "</data>");
	}
	buf_puts(out, "</span></a></li>\n");
	h->facts_n++;
}

static void put_contents(struct html *h, const struct record *r, size_t level)
{
	struct span label;

	buf_puts(&h->contents, "<li class=\"l");
	buf_put_size(&h->contents, level);
	buf_puts(&h->contents, "\"><a href=\"#");
	put_id(h, &h->contents, 0, 0);
	buf_puts(&h->contents, "\">");
	if (record_string(r, M_label, &h->scratch, &label))
		put_element(&h->contents, "span", NULL, label);
	html_escape(&h->contents, r->text);
	buf_puts(&h->contents, "</a></li>\n");
}

/* <TAG id="r12" class=CLASS> */
static void open_block(struct html *h, struct buf *out, const char *tag, const char *class)
{
	buf_putc(out, '<');
	buf_puts(out, tag);
	buf_puts(out, " id=\"");
	put_id(h, out, 0, 0);
	buf_putc(out, '"');
	if (class)
		put_attribute(out, "class", span_of(class));
	buf_putc(out, '>');
}

static void put_heading(struct html *h, const struct record *r, struct buf *out)
{
	static const char *const tags[] = {"h2", "h3", "h4", "h5", "h6"};
	struct span label;
	size_t level = 1;

	if (!json_size(r->m[M_level], 99, &level) || level == 0)
		level = 1;
	const char *tag = tags[level < 5 ? level - 1 : 4];
	put_contents(h, r, level < 5 ? level : 5);
	open_block(h, out, tag, NULL);
	if (record_string(r, M_label, &h->scratch, &label))
		put_element(out, "span", "label", label);
	put_text(h, r, out);
	buf_puts(out, "</");
	buf_puts(out, tag);
	buf_puts(out, ">\n");
}

static void put_note(struct html *h, const struct record *r, struct buf *out)
{
	struct span s;

	open_block(h, out, "p", "note");
	buf_puts(out, "<span class=\"label\" id=\"");
	put_note_id(h, out, r->m[M_label]);
	buf_puts(out, "\">");
	if (record_string(r, M_label, &h->scratch, &s))
		html_escape(out, s);
	buf_puts(out, "</span>");
	if (record_string(r, M_term, &h->scratch, &s))
		put_element(out, "dfn", NULL, s);
	put_text(h, r, out);
	buf_puts(out, "</p>\n");
}

/* The title of the page or of a document: that of the document record, else what the document is called. */
static struct span title_of(struct html *h, const struct record *r)
{
	struct span s = {"", 0};

	if (!record_string(r, M_title, &h->scratch, &s) || !s.len)
		record_string(r, M_doc, &h->scratch, &s);
	return s.len ? s : span_of(word(h, "page"));
}

static bool lacks(const struct buf *b, struct span part)
{
	return part.len && !memmem(b->p, b->len, part.p, part.len);
}

/* The title with the place and year that it does not say, as many are called 政府工作报告. It lies in h->joined. */
static struct span full_title(struct html *h, const struct record *r)
{
	struct span place = {"", 0}, year = r->m[M_year];

	buf_clear(&h->joined);
	buf_span(&h->joined, title_of(h, r));
	record_string(r, M_place, &h->scratch, &place);
	if (lacks(&h->joined, place)) {
		buf_puts(&h->joined, " · ");
		buf_span(&h->joined, place);
	}
	if (year.p && *year.p != '"' && lacks(&h->joined, year)) {
		buf_putc(&h->joined, ' ');
		buf_span(&h->joined, year);
	}
	return (struct span){h->joined.p, h->joined.len};
}

static void put_document(struct html *h, const struct record *r, struct buf *out)
{
	static const enum member head[] = {M_place, M_adcode, M_date, M_session, M_office, M_speaker};
	struct span s, title;

	buf_puts(&h->contents, "<li class=\"l0\" data-document=\"");
	buf_put_size(&h->contents, h->documents);
	buf_puts(&h->contents, "\"><a href=\"#");
	put_id(h, &h->contents, 0, 0);
	buf_puts(&h->contents, "\">");
	html_escape(&h->contents, full_title(h, r));
	buf_puts(&h->contents, "</a></li>\n");

	title = title_of(h, r);
	bool same = title.len == r->text.len && memcmp(title.p, r->text.p, title.len) == 0;
	open_block(h, out, "h1", NULL);
	buf_puts(out, "<a id=\"d");
	buf_put_size(out, h->documents);
	buf_puts(out, "\"></a>");
	html_escape(out, title);
	buf_puts(out, "</h1>\n<p class=\"head\">");
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		if (record_string(r, head[i], &h->scratch, &s))
			put_element(out, "span", NULL, s);
	buf_puts(out, "</p>\n");
	if (r->text.len && !same) {
		buf_puts(out, "<p>");
		put_text(h, r, out);
		buf_puts(out, "</p>\n");
	}
}

static void put_head(struct html *h, struct span title, struct buf *out)
{
	buf_puts(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
	              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	              "style-src 'sha256-" PAGE_CSS_SHA256 "'; script-src 'sha256-" PAGE_JS_SHA256 "'; "
	              "base-uri 'none'; form-action 'none'\">\n"
	              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	              "<meta name=\"color-scheme\" content=\"light dark\">\n"
	              "<meta name=\"referrer\" content=\"no-referrer\">\n");
	put_element(out, "title", NULL, title);
	buf_puts(out, "\n<style>");
	buf_put(out, (const char *)page_css, sizeof page_css);
	buf_puts(out, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#text\">");
	buf_puts(out, word(h, "skip"));
	buf_puts(out, "</a>\n<header><a class=\"to\" href=\"#contents\" data-shows=\"contents\">");
	buf_puts(out, word(h, "contents"));
	buf_puts(out, "</a>");
	put_element(out, "strong", NULL, title);
	buf_puts(out, "<a class=\"to\" href=\"#panel\" data-shows=\"panel\">");
	buf_puts(out, word(h, "facts"));
	buf_puts(out, "</a></header>\n<main id=\"text\">\n");
}

const char *html_record(struct html *h, const struct record *r, struct buf *out)
{
	const char *why = collect(h, r);
	struct span type = {"", 0};

	if (why)
		return why;
	if (!h->records)
		put_head(h, full_title(h, r), out);
	h->records++;
	record_string(r, M_type, &h->scratch, &type);
	if (span_is(type, "document")) {
		h->documents++;
		put_document(h, r, out);
	} else if (span_is(type, "heading")) {
		put_heading(h, r, out);
	} else if (span_is(type, "note")) {
		put_note(h, r, out);
	} else {
		open_block(h, out, "p", NULL);
		put_text(h, r, out);
		buf_puts(out, "</p>\n");
	}
	for (size_t i = 0; i < h->found.facts.n; i++)
		put_fact(h, &h->facts, &h->found.facts.a[i]);
	return NULL;
}

static void put_choice(struct html *h, const char *name, const char *label, struct buf *out)
{
	buf_puts(out, "<label><span>");
	buf_puts(out, word(h, label));
	buf_puts(out, "</span><select name=\"");
	buf_puts(out, name);
	buf_puts(out, "\"><option value=\"\">");
	buf_puts(out, word(h, "any"));
	buf_puts(out, "</option></select></label>\n");
}

static void put_filters(struct html *h, struct buf *out)
{
	static const char *const status[] = {"all", "actual", "target"};

	buf_puts(out, "<form hidden>\n<fieldset><legend>");
	buf_puts(out, word(h, "status"));
	buf_puts(out, "</legend>");
	for (size_t i = 0; i < 3; i++) {
		buf_puts(out, "<label><input type=\"radio\" name=\"status\" value=\"");
		buf_puts(out, i ? status[i] : "");
		buf_puts(out, i ? "\"><span>" : "\" checked><span>");
		buf_puts(out, word(h, status[i]));
		buf_puts(out, "</span></label>");
	}
	buf_puts(out, "</fieldset>\n");
	put_choice(h, "indicator", "indicator", out);
	put_choice(h, "place", "where", out);
	put_choice(h, "document", "which", out);
	buf_puts(out, "<input type=\"search\" name=\"words\" placeholder=\"");
	buf_puts(out, word(h, "search"));
	buf_puts(out, "\" aria-label=\"");
	buf_puts(out, word(h, "search"));
	buf_puts(out, "\">\n</form>\n");
}

/* Which colour is what; each can be switched off. */
static void put_legend(struct html *h, struct buf *out)
{
	buf_puts(out, "<p class=\"legend\"><b class=\"n\">");
	buf_puts(out, word(h, "actual"));
	buf_puts(out, "</b> <b class=\"n target\">");
	buf_puts(out, word(h, "target"));
	buf_puts(out, "</b> <b class=\"n free\">");
	buf_puts(out, word(h, "unbound"));
	buf_puts(out, "</b>");
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (!h->counts[i])
			continue;
		buf_puts(out, " <button type=\"button\" aria-pressed=\"true\" data-type=\"");
		buf_puts(out, types[i]);
		buf_puts(out, "\"><span class=\"e ");
		buf_puts(out, types[i]);
		buf_puts(out, "\">");
		buf_puts(out, word(h, types[i]));
		buf_puts(out, "</span> ");
		buf_put_size(out, h->counts[i]);
		buf_puts(out, "</button>");
	}
	buf_puts(out, "</p>\n");
}

static void put_keys(struct html *h, struct buf *out)
{
	static const char *const keys[][3] = {
		{"j", "k", "k-next"}, {"[", "]", "k-head"}, {"t", NULL, "k-target"}, {"/", NULL, "k-search"},
		{"c", "f", "k-panels"}, {"Esc", NULL, "k-clear"},
	};

	buf_puts(out, "<dialog><form method=\"dialog\"><h2>");
	buf_puts(out, word(h, "keys"));
	buf_puts(out, "</h2><dl>");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		buf_puts(out, "<dt>");
		for (size_t k = 0; k < 2; k++)
			if (keys[i][k])
				put_element(out, "kbd", NULL, span_of(keys[i][k]));
		buf_puts(out, "</dt><dd>");
		buf_puts(out, word(h, keys[i][2]));
		buf_puts(out, "</dd>");
	}
	buf_puts(out, "</dl><button>");
	buf_puts(out, word(h, "close"));
	buf_puts(out, "</button></form></dialog>\n");
}

void html_end(struct html *h, struct buf *out)
{
	if (!h->records)
		put_head(h, span_of(word(h, "page")), out);
	buf_puts(out, "</main>\n<nav id=\"contents\">\n<h2>");
	buf_puts(out, word(h, "contents"));
	buf_puts(out, "</h2>\n<ol>\n");
	buf_put(out, h->contents.p, h->contents.len);
	buf_puts(out, "</ol>\n</nav>\n<aside id=\"panel\">\n<h2>");
	buf_puts(out, word(h, "facts"));
	buf_puts(out, " <output>");
	buf_put_size(out, h->facts_n);
	buf_puts(out, "</output><button type=\"button\" class=\"keys\" hidden title=\"");
	buf_puts(out, word(h, "keys"));
	buf_puts(out, "\">?</button></h2>\n");
	put_filters(h, out);
	put_legend(h, out);
	buf_puts(out, "<ol id=\"facts\">\n");
	buf_put(out, h->facts.p, h->facts.len);
	buf_puts(out, "</ol>\n<p class=\"nothing\" hidden>");
	buf_puts(out, word(h, "nothing"));
	buf_puts(out, "</p>\n</aside>\n");
	put_keys(h, out);
	buf_puts(out, "<script>");
	buf_put(out, (const char *)page_js, sizeof page_js);
	buf_puts(out, "</script>\n</body>\n</html>\n");
}
