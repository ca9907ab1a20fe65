#include "record.h"

#include <stdlib.h>
#include <unistd.h>

#include "err.h"
#include "json.h"
#include "utf8.h"

const char *const member_names[M_COUNT] = {
#define MEMBER(name) #name,
	RECORD_MEMBERS(MEMBER)
#undef MEMBER
};

static const struct span names[M_COUNT] = {
#define MEMBER(name) {#name, sizeof #name - 1},
	RECORD_MEMBERS(MEMBER)
#undef MEMBER
};

static enum member member_of(struct span name)
{
	enum member m = 0;

	while (m < M_COUNT && (names[m].len != name.len || memcmp(names[m].p, name.p, name.len) != 0))
		m++;
	return m;
}

/* The same for a name in the line: first that is tried which followed last time, for one writer has one order. */
static inline enum member next_member(struct record *r, struct span name)
{
	static const struct json_name quoted[M_COUNT] = {
#define MEMBER(name) {"\"" #name "\":", sizeof "\"" #name "\":" - 1},
		RECORD_MEMBERS(MEMBER)
#undef MEMBER
	};
	unsigned char *next = &r->next[r->last];

	if (!json_named(&quoted[*next], name.p - 1, r->line.p + r->line.len)) {
		enum member m = member_of(name);
		if (m == M_COUNT)
			return m;
		*next = (unsigned char)m;
	}
	r->last = *next;
	return (enum member)*next;
}

/* The member that a name in the line means, M_COUNT when it is none that a filter knows. */
static enum member meant(struct record *r, struct span name)
{
	struct span plain;

	if (r->name == name.p)
		return r->member;
	enum member m = next_member(r, name);
	/* "t\u0065xt" is text too. */
	if (m == M_COUNT && memchr(name.p, '\\', name.len) &&
	    json_string((struct span){name.p - 1, name.len + 2}, &r->scratch, &plain))
		m = member_of(plain);
	r->name = name.p;
	r->member = m;
	return m;
}

static const char *read_array(void *self, struct span name, const char *s, const char *end)
{
	struct record *r = self;
	enum member m = r->array ? meant(r, name) : M_COUNT;

	return m == M_COUNT ? NULL : r->array(r->self, m, s, end);
}

static const char *member(void *self, struct span name, struct span value)
{
	static const char *const twice[M_COUNT] = {
#define MEMBER(name) "member \"" #name "\" twice",
		RECORD_MEMBERS(MEMBER)
#undef MEMBER
	};
	struct record *r = self;
	enum member m = meant(r, name);

	if (m == M_COUNT)
		return NULL;
	if (r->m[m].p)
		return twice[m];
	r->m[m] = value;
	return NULL;
}

bool record_parse(struct record *r, struct span line, const char **why)
{
	const char *end = line.p + line.len, *p = json_space(line.p, end);

	memset(r->m, 0, sizeof r->m);
	r->text = (struct span){0};
	r->line = (struct span){p, (size_t)(end - p)};
	if (r->marks_room < UTF8_MARKS(r->line.len)) {
		r->marks_room = UTF8_MARKS(r->line.len) * 2;
		r->marks = xrealloc(r->marks, r->marks_room * sizeof *r->marks);
	}
	if (!utf8_marks(p, r->line.len, r->marks, &r->plain)) {
		*why = "not UTF-8";
		return false;
	}
	r->last = M_COUNT;
	r->name = NULL;
	r->line.len = json_check(p, r->line.len, r->marks, member, read_array, r, why);
	if (r->line.len == 0)
		return false;
	if (json_space(p + r->line.len, end) != end) {
		*why = "something behind the JSON value";
		return false;
	}
	if (*p != '{') {
		*why = "not a JSON object";
		return false;
	}
	struct span text = r->m[M_text];
	if (text.p && *text.p == '"' && r->plain)
		r->text = (struct span){text.p + 1, text.len - 2};
	else if (!text.p || !json_string(text, &r->scratch, &r->text)) {
		*why = text.p ? "\"text\" is not a string of Unicode" : "no string \"text\"";
		return false;
	}
	return true;
}

void record_free(struct record *r)
{
	buf_free(&r->scratch);
	free(r->marks);
}

/* The key's quote of the member whose value is v. */
static const char *member_start(const struct record *r, struct span v)
{
	struct json_walk w = json_walk(r->line);
	struct span key, value;

	while (json_member(&w, &key, &value))
		if (value.p == v.p)
			return key.p - 1;
	return v.p;
}

void record_write(const struct record *r, const struct edit *edits, size_t n, struct buf *out)
{
	const char *p = r->line.p, *last = r->line.p + r->line.len - 1;
	size_t begin = out->len;

	if (n == 1 && edits->value.p) {
		record_before(r, edits->member, out);
		buf_put_long(out, edits->value.p, edits->value.len);
		record_behind(r, edits->member, out);
		return;
	}
	/* Replaced ones in the order of the line; there are few, so the next is looked for each time. */
	for (;;) {
		const struct edit *next = NULL;
		for (size_t i = 0; i < n; i++) {
			const char *at = r->m[edits[i].member].p;
			if (at && at >= p && (!next || at < r->m[next->member].p))
				next = &edits[i];
		}
		if (!next)
			break;
		struct span old = r->m[next->member];
		if (next->value.p) {
			buf_put(out, p, (size_t)(old.p - p));
			buf_span(out, next->value);
			p = old.p + old.len;
			continue;
		}
		/* Removed with the comma behind it or, at the end, the one before it. */
		const char *from = member_start(r, old);
		buf_put(out, p, (size_t)(from - p));
		p = json_space(old.p + old.len, last);
		if (p < last) {
			p = json_space(p + 1, last);
			continue;
		}
		while (strchr(" \t\r", out->p[out->len - 1]))
			out->len--;
		if (out->p[out->len - 1] == ',')
			out->len--;
	}
	buf_put(out, p, (size_t)(last - p));
	bool empty = json_space(out->p + begin + 1, out->p + out->len) == out->p + out->len;
	for (size_t i = 0; i < n; i++) {
		if (r->m[edits[i].member].p || !edits[i].value.p)
			continue;
		if (!empty)
			buf_putc(out, ',');
		empty = false;
		buf_putc(out, '"');
		buf_span(out, names[edits[i].member]);
		buf_puts(out, "\":");
		buf_span(out, edits[i].value);
	}
	buf_puts(out, "}\n");
}

void record_before(const struct record *r, enum member m, struct buf *out)
{
	const char *p = r->line.p, *old = r->m[m].p;

	buf_put_long(out, p, (size_t)((old ? old : p + r->line.len - 1) - p));
	if (old)
		return;
	/* "text" stands in front. */
	buf_puts(out, ",\"");
	buf_span(out, names[m]);
	buf_puts(out, "\":");
}

void record_behind(const struct record *r, enum member m, struct buf *out)
{
	const char *end = r->line.p + r->line.len, *p = r->m[m].p ? r->m[m].p + r->m[m].len : end - 1;

	buf_put_long(out, p, (size_t)(end - p));
	buf_putc(out, '\n');
}

bool record_string(const struct record *r, enum member m, struct buf *scratch, struct span *out)
{
	return r->m[m].p && json_string(r->m[m], scratch, out);
}

static int each(char *const *paths, record_work *work, record_array *array, record_end *end, void *self)
{
	struct record r = {.array = array, .self = self};
	struct out out;
	struct in in;
	struct span line;
	int rc = RC_OK;

	out_open(&out, STDOUT_FILENO, "standard output");
	in_open(&in, paths, &out);
	while (in_next(&in)) {
		bool first = true;
		while (in_line(&in, &line)) {
			const char *why = NULL;
			r.no++;
			/* What some editors put in front of a file means nothing (RFC 8259 section 8.1). */
			if (first && line.len >= 3 && memcmp(line.p, "\xef\xbb\xbf", 3) == 0)
				line = (struct span){line.p + 3, line.len - 3};
			first = false;
			if (json_space(line.p, line.p + line.len) == line.p + line.len)
				continue;
			if (record_parse(&r, line, &why))
				why = work(self, &r, &out.b);
			if (why) {
				complain("record %zu: %s", r.no, why);
				rc = RC_REFUSED;
			}
			out_turn(&out);
		}
	}
	if (end)
		end(self, &out.b);
	record_free(&r);
	in_close(&in);
	out_close(&out);
	return rc;
}

int record_each(char *const *paths, record_work *work, void *self)
{
	return each(paths, work, NULL, NULL, self);
}

int record_each_array(char *const *paths, record_work *work, record_array *array, void *self)
{
	return each(paths, work, array, NULL, self);
}

int record_each_then(char *const *paths, record_work *work, record_end *end, void *self)
{
	return each(paths, work, NULL, end, self);
}

size_t points_at(struct points *p, size_t byte)
{
	const char *end = p->text.p + p->text.len;

	if (byte < p->byte)
		p->point -= utf8_count_within(p->text.p + byte, p->byte - byte, end);
	else
		p->point += utf8_count_within(p->text.p + p->byte, byte - p->byte, end);
	p->byte = byte;
	return p->point;
}

size_t points_byte(struct points *p, size_t point)
{
	if (point < p->point)
		p->byte = p->point = 0;
	size_t ahead = point - p->point;
	p->byte += utf8_offset(p->text.p + p->byte, p->text.len - p->byte, &ahead);
	p->point = point - ahead;
	return p->byte;
}
