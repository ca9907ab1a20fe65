#include "table.h"

#include <stdlib.h>

#include "err.h"
#include "json.h"
#include "scan.h"
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
static const size_t NO_NUMBER = (size_t)-1;

/* The members that the columns of one source want of an object. Objects of one writer hold their members in one
 * order, so the member that followed last time is tried first. */
struct wanted {
	struct span key[FIELDS + 1]; /* the first is a guard without a name */
	struct json_name name[FIELDS + 1];
	size_t column[FIELDS + 1];
	unsigned char next[FIELDS + 1];
	size_t count;
};

/* What a field of the row holds. */
struct cell {
	struct span s;   /* bytes to be written as they are, or JSON */
	bool json;       /* still JSON */
	size_t rendered; /* where in row_bytes or record_bytes it stands, while these grow */
};

struct table {
	const struct shape *shape;
	bool guard;
	bool plain;  /* the record is, see there */
	bool unrendered; /* some cells may still be JSON */
	struct span line; /* of the record */
	size_t start, subject_start, number; /* columns by name; where there is none, one that is never set */
	size_t index, its_sentence;          /* columns; FIELDS where there is none */
	struct wanted item, numbered;
	struct cell cell[FIELDS + 1]; /* that of FIELDS is no column's */
	struct buf record_bytes, row_bytes; /* what was rendered of the record's members, and of the row */
	struct json_walk numbers; /* over the record's numbers, for facts: behind the last of elements */
	const char **elements;    /* where those begin that were looked at so far */
	size_t count, cap;
	size_t current;           /* the number whose members the cells hold */
	struct sentences sentences;
	const struct sentence *sentence; /* the one that the row before stands in, NULL when none was found, */
	struct span sentence_text;       /* and how it is written; several rows in a row stand in one */
	struct buf sentence_bytes;       /* what of it was escaped */
	struct buf scratch;
};

static void want(struct wanted *w, const char *key, size_t column)
{
	w->count++;
	w->key[w->count] = span_of(key);
	w->column[w->count] = column;
	/* With quotes and colon. */
	struct json_name *n = &w->name[w->count];
	if (strlen(key) + 3 <= sizeof n->bytes) {
		n->bytes[0] = '"';
		memcpy(n->bytes + 1, key, strlen(key));
		n->bytes[1 + strlen(key)] = '"';
		n->bytes[2 + strlen(key)] = ':';
		n->len = strlen(key) + 3;
	}
}

/* The first column that comes from there. */
static size_t column_from(const struct shape *shape, enum from from)
{
	size_t i = 0;

	while (i < shape->count && shape->columns[i].from != from)
		i++;
	return i < shape->count ? i : FIELDS;
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
	t->number = column_of(t->shape, "number");
	t->index = column_from(t->shape, INDEX);
	t->its_sentence = column_from(t->shape, SENTENCE);
	for (size_t i = 0; i < t->shape->count; i++) {
		const struct column *c = &t->shape->columns[i];
		if (c->from == ITEM)
			want(&t->item, c->name, i);
		else if (c->from == NUMBER)
			want(&t->numbered, c->name, i);
	}
	return t;
}

void table_free(struct table *t)
{
	free(t->elements);
	sentences_free(&t->sentences);
	buf_free(&t->sentence_bytes);
	buf_free(&t->record_bytes);
	buf_free(&t->row_bytes);
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

/* Sets a cell to the good JSON value v. Strings without escapes and numbers are written as they stand: JSON has no
 * raw tabs or line breaks in strings. */
static void set(struct table *t, size_t column, struct span v, bool escapes)
{
	struct cell *c = &t->cell[column];

	c->json = false;
	if (*v.p == '"' && !escapes)
		c->s = (struct span){v.p + 1, v.len - 2};
	else if (*v.p == 'n')
		c->s.len = 0;
	else {
		c->s = v;
		c->json = *v.p == '"' || *v.p == '[' || *v.p == '{';
		t->unrendered |= c->json;
	}
}

static inline void clear(struct table *t, size_t column)
{
	t->cell[column].s.len = 0;
	t->cell[column].json = false;
}

/* The length of the good JSON value at s, and whether it may hold escapes. */
static size_t value_length(const char *s, const char *end, bool *escapes)
{
	if (*s == '"') {
		const char *stop = json_plain(s + 1, end);
		if (*stop == '"') {
			*escapes = false;
			return (size_t)(stop + 1 - s);
		}
	}
	*escapes = true;
	if (*s >= '0' && *s <= '9') {
		const char *stop = scan_digits(s, end);
		if (*stop == ',' || *stop == '}')
			return (size_t)(stop - s);
	}
	return json_skip(s, end);
}

/* Sets the cells that want them to the values of the object at s, in one pass; a name that stands twice gives the
 * last. The end of the object, or of whatever stands at s. */
static const char *cells(struct table *t, struct wanted *w, const char *s, const char *end)
{
	size_t last = 0;

	for (size_t i = 1; i <= w->count; i++)
		clear(t, w->column[i]);
	if (*s != '{')
		return s + json_skip(s, end);
	for (s = json_space(s + 1, end); *s != '}'; s = json_space(s, end)) {
		bool escapes;
		s = *s == ',' ? json_space(s + 1, end) : s;
		size_t i = w->next[last], len = w->name[i].len;
		if (!json_named(&w->name[i], s, end)) {
			len = value_length(s, end, &escapes);
			for (i = w->count; i > 0; i--)
				if (w->key[i].len == len - 2 && memcmp(w->key[i].p, s + 1, len - 2) == 0)
					break;
			if (i > 0)
				w->next[last] = (unsigned char)i;
			len = (size_t)(json_space(s + len, end) + 1 - s);
		}
		s = json_space(s + len, end);
		len = value_length(s, end, &escapes);
		if (i > 0) {
			set(t, w->column[i], (struct span){s, len}, escapes);
			last = i;
		}
		s += len;
	}
	return s + 1;
}

/* Any JSON value: an array joined with join, an object inside it with ":", what is nested deeper as JSON. */
static const char *put_value(struct table *t, struct span v, const char *join, struct buf *out)
{
	struct json_walk w;
	struct span key, value;
	const char *why = NULL;
	bool first = true;

	if (*v.p == '"' && t->plain) {
		buf_put(out, v.p + 1, v.len - 2);
		return NULL;
	}
	if (*v.p == '"') {
		if (!json_string(v, &t->scratch, &value))
			return "a string that is not Unicode";
		tsv_put(out, value);
		return NULL;
	}
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

/* Turns the cells of one source that are still JSON into bytes, which then stand in bytes. */
static const char *render(struct table *t, bool of_record, struct buf *bytes)
{
	const char *why = NULL;
	size_t n = 0;

	if (!t->unrendered)
		return NULL;
	t->unrendered = false;
	/* What is rendered of a number goes with the row. */
	t->current = NO_NUMBER;
	for (size_t i = 0; i < t->shape->count && !why; i++) {
		struct cell *c = &t->cell[i];
		if (!c->json || (t->shape->columns[i].from == RECORD) != of_record)
			continue;
		c->rendered = bytes->len;
		why = put_value(t, c->s, of_record && t->shape->columns[i].member == M_path ? " > " : "; ", bytes);
		c->s = (struct span){NULL, bytes->len - c->rendered};
		n++;
	}
	for (size_t i = 0; i < t->shape->count && n > 0; i++) {
		struct cell *c = &t->cell[i];
		if (c->json && (t->shape->columns[i].from == RECORD) == of_record) {
			c->s.p = bytes->p ? bytes->p + c->rendered : "";
			c->json = false;
			n--;
		}
	}
	return why;
}

/* Sets the cells that come from the record itself, once for all its rows. */
static const char *record_cells(struct table *t, const struct record *r)
{
	buf_clear(&t->record_bytes);
	for (size_t i = 0; i < t->shape->count; i++) {
		const struct column *c = &t->shape->columns[i];
		if (c->from != RECORD)
			continue;
		struct span v = r->m[c->member];
		clear(t, i);
		if (v.p)
			set(t, i, v, !t->plain);
	}
	return render(t, true, &t->record_bytes);
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

/* A sentence of the record's text as it is written: text without escapes needs none here either. */
static struct span written(struct table *t, const struct record *r, struct span sentence)
{
	if (r->text.p == r->m[M_text].p + 1)
		return sentence;
	buf_clear(&t->sentence_bytes);
	tsv_put(&t->sentence_bytes, sentence);
	return (struct span){t->sentence_bytes.p, t->sentence_bytes.len};
}

/* Copies v to p, which has room for SHORT bytes more; returns the end of the copy. Most fields are short, and so many bytes of
 * the line take no branch on their length. */
enum { SHORT = 16 };
static inline char *put(char *p, struct span v, struct span line)
{
	size_t at = (uintptr_t)v.p - (uintptr_t)line.p;

	if (v.len <= SHORT && at < line.len && line.len - at >= SHORT)
		memcpy(p, v.p, SHORT);
	else
		memcpy(p, v.p, v.len);
	return p + v.len;
}

/* One row, of the cells that are set and rendered, with its sentence. */
static void row(struct table *t, size_t index, struct span sentence, struct buf *out)
{
	const struct cell *end = t->cell + t->shape->count;
	char digits[BUF_DIGITS];
	size_t total = SHORT;

	t->cell[t->index].s = (struct span){digits, (size_t)(buf_size(digits, index) - digits)};
	t->cell[t->its_sentence].s = sentence;
	for (const struct cell *c = t->cell; c < end; c++)
		total += c->s.len + 2;
	if (out->cap - out->len < total)
		buf_grow(out, total);
	char *p = out->p + out->len;
	for (const struct cell *c = t->cell; c < end; c++) {
		struct span v = c->s;
		if (v.len) {
			if (t->guard && strchr("=+-@", *v.p) && !decimal(v.p, v.len))
				*p++ = '\'';
			p = put(p, v, t->line);
		}
		*p++ = '\t';
	}
	p[-1] = '\n';
	out->len = (size_t)(p - out->p);
	buf_turn(out);
}

/* Sets the cells that want a member of element n of the record's numbers, and empties them where there is none. A
 * fact mostly points to the number behind that of the fact before, so elements are looked for as they are asked for. */
static void number_cells(struct table *t, size_t n)
{
	static const char none[] = "{}";

	while (t->count <= n) {
		const char *s = json_space(t->numbers.at, t->numbers.end);
		if (s < t->numbers.end && *s == ',')
			s = json_space(s + 1, t->numbers.end);
		if (s == t->numbers.end) {
			cells(t, &t->numbered, none, none + 2);
			t->current = NO_NUMBER;
			return;
		}
		if (t->count == t->cap) {
			t->cap = t->cap ? 2 * t->cap : 256;
			t->elements = xrealloc(t->elements, t->cap * sizeof *t->elements);
		}
		t->current = t->count;
		t->elements[t->count++] = s;
		t->numbers.at = cells(t, &t->numbered, s, t->numbers.end);
	}
	if (t->current != n)
		cells(t, &t->numbered, t->elements[n], t->numbers.end);
	t->current = n;
}

/* Where the element stands in the text: a number or an entity by itself, a fact by its number or its subject. */
static struct span sentence_of(struct table *t, const struct record *r)
{
	const struct sentence *s = t->sentence;
	size_t at;

	if (!json_size(t->cell[t->start].s, r->text.len, &at) && !json_size(t->cell[t->subject_start].s, r->text.len, &at))
		return (struct span){0};
	if (s && at >= s->point && at < s->point_end)
		return t->sentence_text;
	s = t->sentence = sentence_at_point(&t->sentences, at);
	if (!s)
		return (struct span){0};
	t->sentence_text = written(t, r, (struct span){r->text.p + s->start, s->end - s->start});
	return t->sentence_text;
}

/* A row for each element of the record's array. */
static const char *element_rows(struct table *t, const struct record *r, struct buf *out)
{
	static const char *const no_array[M_COUNT] = {
		[M_numbers] = "\"numbers\" is not an array", [M_entities] = "\"entities\" is not an array",
		[M_facts] = "\"facts\" is not an array",
	};
	enum member array = t->shape->array;
	struct span v = r->m[array];
	const char *end = v.p + v.len, *why;

	if (*v.p != '[')
		return no_array[array];
	if (array == M_facts) {
		struct span all = r->m[M_numbers].p ? r->m[M_numbers] : (struct span){"[]", 2};
		if (*all.p != '[')
			return no_array[M_numbers];
		t->numbers = json_walk(all);
		t->count = 0;
		t->current = NO_NUMBER;
	}
	const char *first = json_space(v.p + 1, end);
	if (*first == ']')
		return NULL;
	sentences_split(&t->sentences, r->text);
	t->sentence = NULL;
	why = record_cells(t, r);
	/* Only what is escaped can be wrong: then all elements are looked at before a row is written. */
	for (bool write = t->plain; !why; write = true) {
		const char *s = first;
		for (size_t index = 0; !why && *s != ']'; index++) {
			size_t n;
			s = cells(t, &t->item, *s == ',' ? json_space(s + 1, end) : s, end);
			if (array == M_facts)
				number_cells(t, json_size(t->cell[t->number].s, r->line.len, &n) ? n : r->line.len);
			buf_clear(&t->row_bytes);
			why = render(t, false, &t->row_bytes);
			if (!why && write)
				row(t, index, sentence_of(t, r), out);
			s = json_space(s, end);
		}
		if (write)
			break;
	}
	return why;
}

const char *table_rows(struct table *t, const struct record *r, struct buf *out)
{
	const char *why = NULL;

	t->plain = r->plain;
	t->line = r->line;
	t->unrendered = false;
	if (t->shape->array != M_COUNT) {
		if (r->m[t->shape->array].p)
			why = element_rows(t, r, out);
	} else {
		bool document = r->m[M_type].p && span_is(r->m[M_type], "\"document\"");
		if (document == (t->shape == &shapes[TABLE_DOCUMENTS])) {
			why = record_cells(t, r);
			if (!why)
				row(t, 0, written(t, r, sentence_first(r->text)), out);
		}
	}
	return why;
}
