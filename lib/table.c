#include "table.h"

#include <stdlib.h>

#include "err.h"
#include "json.h"
#include "sentence.h"
#include "tsv.h"

/* Where a field comes from. */
enum from {
	RECORD,   /* a member of the record */
	ITEM,     /* a member of the element that the row is made of */
	NUMBER,   /* a member of the number that a fact points to */
	INDEX,    /* the element's place in its array, from 0 */
	SENTENCE, /* the sentence that the row stands in */
};

struct column {
	const char *name, *chinese;
	enum from from;
	enum member member; /* for RECORD; the others' members have the column's name */
};

#define DOC_SEQ {"doc", "文档", RECORD, M_doc}, {"seq", "序号", RECORD, M_seq}
#define SENTENCE_TEXT {"sentence", "原句", SENTENCE, 0}, {"text", "全文", RECORD, M_text}
#define PART_SENTENCE {"part", "部分", RECORD, M_part}, {"sentence", "原句", SENTENCE, 0}
#define NUMBER_COLUMNS(from) \
	{"start", "起", from, 0}, {"end", "止", from, 0}, {"raw", "原文", from, 0}, {"kind", "种类", from, 0}, \
	{"value", "数值", from, 0}, {"min", "下限", from, 0}, {"max", "上限", from, 0}, {"per", "后项", from, 0}, \
	{"unit", "单位", from, 0}, {"bound", "界限", from, 0}

static const struct column documents[] = {
	DOC_SEQ, {"kind", "种类", RECORD, M_kind}, {"title", "标题", RECORD, M_title},
	{"place", "地区", RECORD, M_place}, {"adcode", "地区代码", RECORD, M_adcode},
	{"year", "年份", RECORD, M_year}, {"date", "日期", RECORD, M_date}, {"session", "会议", RECORD, M_session},
	{"office", "职务", RECORD, M_office}, {"speaker", "报告人", RECORD, M_speaker},
	{"inferred", "推定项", RECORD, M_inferred}, SENTENCE_TEXT,
};
static const struct column sections[] = {
	DOC_SEQ, {"type", "类型", RECORD, M_type}, {"part", "部分", RECORD, M_part},
	{"path", "所属标题", RECORD, M_path}, {"level", "层级", RECORD, M_level}, {"label", "编号", RECORD, M_label},
	{"term", "名词", RECORD, M_term}, {"note_refs", "注释标记", RECORD, M_note_refs}, SENTENCE_TEXT,
};
static const struct column numbers[] = {
	DOC_SEQ, {"number", "数字", INDEX, 0}, NUMBER_COLUMNS(ITEM), PART_SENTENCE,
};
static const struct column entities[] = {
	DOC_SEQ, {"entity", "实体", INDEX, 0}, {"start", "起", ITEM, 0}, {"end", "止", ITEM, 0},
	{"raw", "原文", ITEM, 0}, {"type", "类别", ITEM, 0}, {"id", "代码", ITEM, 0}, PART_SENTENCE,
};
static const struct column facts[] = {
	DOC_SEQ, {"number", "数字", ITEM, 0}, {"subject", "对象", ITEM, 0}, {"subject_start", "对象起", ITEM, 0},
	{"subject_end", "对象止", ITEM, 0}, {"indicator", "指标", ITEM, 0}, {"measure", "量度", ITEM, 0},
	{"sign", "方向", ITEM, 0}, {"status", "状态", ITEM, 0}, {"period", "时期", ITEM, 0},
	{"place", "地区代码", ITEM, 0}, {"relation", "关系", ITEM, 0}, {"reference", "参照", ITEM, 0},
	{"hedge", "措辞", ITEM, 0}, {"stretch", "争取更好", ITEM, 0}, {"estimated", "预计", ITEM, 0},
	NUMBER_COLUMNS(NUMBER), PART_SENTENCE,
};

#define COLUMNS(list) list, sizeof list / sizeof *list
static const struct shape {
	const struct column *columns;
	size_t count;
	enum member array; /* whose elements are the rows; M_COUNT where a record is a row */
} shapes[TABLE_COUNT] = {
	[TABLE_DOCUMENTS] = {COLUMNS(documents), M_COUNT}, [TABLE_SECTIONS] = {COLUMNS(sections), M_COUNT},
	[TABLE_NUMBERS] = {COLUMNS(numbers), M_numbers}, [TABLE_ENTITIES] = {COLUMNS(entities), M_entities},
	[TABLE_FACTS] = {COLUMNS(facts), M_facts},
};
const char *const table_names[TABLE_COUNT] = {"documents", "sections", "numbers", "entities", "facts"};

enum { FIELDS = 32 }; /* more columns than any table has */

/* The members that the columns of one source want of an object. Objects of one writer hold their members in one
 * order, so the member that followed last time is tried first. */
struct wanted {
	struct span key[FIELDS + 1]; /* the first is a guard without a name */
	size_t column[FIELDS + 1];
	unsigned char next[FIELDS + 1];
	size_t count;
};

struct table {
	const struct shape *shape;
	bool guard;
	size_t start, subject_start, number_column; /* columns by name; where there is none, one that is never set */
	struct wanted item, number;
	struct span field[FIELDS]; /* JSON values, by column; p NULL where there is none */
	struct span *elements;     /* of the record's numbers, for facts */
	size_t count, cap;
	struct sentences sentences;
	struct buf scratch;
};

static void want(struct wanted *w, const char *key, size_t column)
{
	w->count++;
	w->key[w->count] = span_of(key);
	w->column[w->count] = column;
}

/* The column called name that does not come from the record itself. */
static size_t column_of(const struct shape *shape, const char *name)
{
	for (size_t i = 0; i < shape->count; i++)
		if ((shape->columns[i].from == ITEM || shape->columns[i].from == NUMBER) &&
		    strcmp(shape->columns[i].name, name) == 0)
			return i;
	return FIELDS - 1;
}

struct table *table_new(enum table_name name, bool guard)
{
	struct table *t = xcalloc(1, sizeof *t);

	t->shape = &shapes[name];
	t->guard = guard;
	t->start = column_of(t->shape, "start");
	t->subject_start = column_of(t->shape, "subject_start");
	t->number_column = column_of(t->shape, "number");
	for (size_t i = 0; i < t->shape->count; i++) {
		const struct column *c = &t->shape->columns[i];
		if (c->from == ITEM)
			want(&t->item, c->name, i);
		else if (c->from == NUMBER)
			want(&t->number, c->name, i);
	}
	return t;
}

void table_free(struct table *t)
{
	free(t->elements);
	sentences_free(&t->sentences);
	buf_free(&t->scratch);
	free(t);
}

void table_header(const struct table *t, bool chinese, struct buf *out)
{
	for (size_t i = 0; i < t->shape->count; i++) {
		if (i)
			buf_putc(out, '\t');
		buf_puts(out, chinese ? t->shape->columns[i].chinese : t->shape->columns[i].name);
	}
	buf_putc(out, '\n');
}

/* Puts the values of the object's members into the fields that want them; a name that stands twice gives the last. */
static void fields(struct table *t, struct wanted *w, struct span object)
{
	struct json_walk walk = json_walk(object);
	struct span key, value;
	size_t last = 0;

	for (size_t i = 1; i <= w->count; i++)
		t->field[w->column[i]] = (struct span){0};
	while (json_member(&walk, &key, &value)) {
		size_t i = w->next[last];
		if (w->key[i].len != key.len || memcmp(w->key[i].p, key.p, key.len) != 0) {
			for (i = w->count; i > 0; i--)
				if (w->key[i].len == key.len && memcmp(w->key[i].p, key.p, key.len) == 0)
					break;
			if (i == 0)
				continue;
			w->next[last] = (unsigned char)i;
		}
		t->field[w->column[i]] = value;
		last = i;
	}
}

/* The characters of a JSON string. Those of one without escapes need none here either: JSON has no raw tabs or
 * line breaks in strings. */
static const char *put_string(struct table *t, struct span v, struct buf *out)
{
	struct span plain;

	if (!json_string(v, &t->scratch, &plain))
		return "a string that is not Unicode";
	if (plain.p == v.p + 1)
		buf_span(out, plain);
	else
		tsv_put(out, plain);
	return NULL;
}

/* Any JSON value: an array joined with join, an object inside it with ":", what is nested deeper as JSON. */
static const char *put_value(struct table *t, struct span v, const char *join, struct buf *out)
{
	struct json_walk w;
	struct span key, value;
	const char *why = NULL;
	bool first = true;

	if (*v.p == '"')
		return put_string(t, v, out);
	if (!join || (*v.p != '[' && *v.p != '{')) {
		if (*v.p != 'n')
			tsv_put(out, v);
		return NULL;
	}
	w = json_walk(v);
	while (!why && (*v.p == '[' ? json_element(&w, &value) : json_member(&w, &key, &value))) {
		if (!first)
			buf_puts(out, join);
		first = false;
		why = put_value(t, value, *value.p == '{' && *v.p == '[' ? ":" : NULL, out);
	}
	return why;
}

/* Digits with at most one sign and one point: no formula. */
static bool decimal(const char *s, size_t len)
{
	size_t points = 0;

	if (len && *s == '-')
		s++, len--;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '.' && points++ == 0)
			continue;
		if (s[i] < '0' || s[i] > '9')
			return false;
	}
	return len > points;
}

/* Puts the apostrophe in front of the field that begins at from, if it needs one. */
static void guard_field(struct buf *out, size_t from)
{
	size_t len = out->len - from;

	if (len == 0 || !strchr("=+-@", out->p[from]) || decimal(out->p + from, len))
		return;
	buf_putc(out, 0);
	memmove(out->p + from + 1, out->p + from, len);
	out->p[from] = '\'';
}

/* A stretch of the record's text, which needs no escapes when the text had none; see put_string. */
static void put_text(const struct record *r, struct span part, struct buf *out)
{
	if (r->text.p == r->m[M_text].p + 1)
		buf_span(out, part);
	else
		tsv_put(out, part);
}

/* One row; the fields that do not come from the record itself are set. */
static const char *row(struct table *t, const struct record *r, size_t index, struct span sentence, struct buf *out)
{
	const char *why = NULL;

	for (size_t i = 0; i < t->shape->count && !why; i++) {
		const struct column *c = &t->shape->columns[i];
		if (i)
			buf_putc(out, '\t');
		size_t from = out->len;
		if (c->from == INDEX) {
			buf_put_size(out, index);
		} else if (c->from == SENTENCE) {
			put_text(r, sentence, out);
		} else if (c->from == RECORD && c->member == M_text) {
			put_text(r, r->text, out);
		} else {
			struct span v = c->from == RECORD ? r->m[c->member] : t->field[i];
			if (v.p)
				why = put_value(t, v, c->from == RECORD && c->member == M_path ? " > " : "; ", out);
		}
		if (t->guard)
			guard_field(out, from);
	}
	buf_putc(out, '\n');
	return why;
}

/* Notes where the elements of the record's numbers are. */
static const char *number_elements(struct table *t, const struct record *r)
{
	struct json_walk w;
	struct span v;

	t->count = 0;
	if (!r->m[M_numbers].p)
		return NULL;
	if (*r->m[M_numbers].p != '[')
		return "\"numbers\" is not an array";
	w = json_walk(r->m[M_numbers]);
	while (json_element(&w, &v)) {
		if (t->count == t->cap) {
			t->cap = t->cap ? 2 * t->cap : 256;
			t->elements = xrealloc(t->elements, t->cap * sizeof *t->elements);
		}
		t->elements[t->count++] = v;
	}
	return NULL;
}

/* Where the element stands in the text: a number or an entity by itself, a fact by its number or its subject. */
static struct span sentence_of(const struct table *t, const struct record *r)
{
	const struct sentence *s = NULL;
	size_t at;

	if (json_size(t->field[t->start], r->text.len, &at) ||
	    json_size(t->field[t->subject_start], r->text.len, &at))
		s = sentence_at_point(&t->sentences, at);
	return s ? (struct span){r->text.p + s->start, s->end - s->start} : (struct span){0};
}

static const char *element_rows(struct table *t, const struct record *r, struct buf *out)
{
	enum member array = t->shape->array;
	struct json_walk w = json_walk(r->m[array]);
	struct span v;
	const char *why = NULL;

	if (*r->m[array].p != '[')
		return array == M_numbers ? "\"numbers\" is not an array" : array == M_entities ?
		       "\"entities\" is not an array" : "\"facts\" is not an array";
	if (array == M_facts)
		why = number_elements(t, r);
	if (w.at < w.end)
		sentences_split(&t->sentences, r->text);
	for (size_t index = 0; !why && json_element(&w, &v); index++) {
		size_t n;
		fields(t, &t->item, v);
		if (array == M_facts)
			fields(t, &t->number, json_size(t->field[t->number_column], t->count, &n) && n < t->count ?
			       t->elements[n] : (struct span){"{}", 2});
		why = row(t, r, index, sentence_of(t, r), out);
	}
	return why;
}

const char *table_rows(struct table *t, const struct record *r, struct buf *out)
{
	size_t from = out->len;
	const char *why = NULL;

	if (t->shape->array != M_COUNT) {
		if (r->m[t->shape->array].p)
			why = element_rows(t, r, out);
	} else {
		bool document = r->m[M_type].p && span_is(r->m[M_type], "\"document\"");
		if (document == (t->shape == &shapes[TABLE_DOCUMENTS]))
			why = row(t, r, 0, sentence_first(r->text), out);
	}
	if (why)
		out->len = from;
	return why;
}
