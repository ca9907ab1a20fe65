#include "record.h"

#include <unistd.h>

#include "err.h"
#include "json.h"
#include "utf8.h"

const char *const member_names[M_COUNT] = {
#define MEMBER(name) #name,
	RECORD_MEMBERS(MEMBER)
#undef MEMBER
};

static enum member member_of(struct span key)
{
	for (int i = 0; i < M_COUNT; i++)
		if (member_names[i][0] == *key.p && span_is(key, member_names[i]))
			return (enum member)i;
	return M_COUNT;
}

/* Reads the members into r->m; the object must be good. */
static bool members(struct record *r, const char **why)
{
	struct json_walk w = json_walk(r->line);
	struct span key, value, plain;

	while (json_member(&w, &key, &value)) {
		/* "t\u0065xt" is text too. */
		if (memchr(key.p, '\\', key.len)) {
			if (!json_string((struct span){key.p - 1, key.len + 2}, &r->scratch, &plain))
				continue;
			key = plain;
		}
		enum member m = key.len ? member_of(key) : M_COUNT;
		if (m == M_COUNT)
			continue;
		if (r->m[m].p) {
			*why = "a member twice";
			return false;
		}
		r->m[m] = value;
	}
	return true;
}

bool record_parse(struct record *r, struct span line, const char **why)
{
	const char *end = line.p + line.len, *p = json_space(line.p, end);

	memset(r->m, 0, sizeof r->m);
	r->text = (struct span){0};
	r->line = (struct span){p, json_check(p, (size_t)(end - p), why)};
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
	if (!members(r, why))
		return false;
	if (!r->m[M_text].p || !json_string(r->m[M_text], &r->scratch, &r->text)) {
		*why = r->m[M_text].p ? "\"text\" is not a string of Unicode" : "no string \"text\"";
		return false;
	}
	return true;
}

void record_free(struct record *r)
{
	buf_free(&r->scratch);
}

/* The start of the member whose value is v, at its key's quote: back over the colon and the key. */
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
	bool empty = json_space(p + 1, last) == last;

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
		const char *from = member_start(r, old), *behind = json_space(old.p + old.len, last);
		buf_put(out, p, (size_t)(from - p));
		if (behind < last) {
			p = json_space(behind + 1, last);
		} else {
			while (out->len && strchr(" \t,", out->p[out->len - 1]))
				out->len--;
			p = behind;
		}
		empty = out->len && out->p[out->len - 1] == '{' && p == last;
	}
	buf_put(out, p, (size_t)(last - p));
	for (size_t i = 0; i < n; i++) {
		if (r->m[edits[i].member].p || !edits[i].value.p)
			continue;
		if (!empty)
			buf_putc(out, ',');
		empty = false;
		buf_putc(out, '"');
		buf_puts(out, member_names[edits[i].member]);
		buf_puts(out, "\":");
		buf_span(out, edits[i].value);
	}
	buf_puts(out, "}\n");
}

bool record_string(const struct record *r, enum member m, struct buf *scratch, struct span *out)
{
	return r->m[m].p && json_string(r->m[m], scratch, out);
}

int record_each(char *const *paths, record_work *work, void *self)
{
	return record_each_then(paths, work, NULL, self);
}

int record_each_then(char *const *paths, record_work *work, record_end *end, void *self)
{
	struct record r = {0};
	struct out out;
	struct in in;
	struct span line;
	int rc = RC_OK;

	out_open(&out, STDOUT_FILENO, "standard output");
	in_open(&in, paths, &out);
	while (in_next(&in)) {
		while (in_line(&in, &line)) {
			const char *why = NULL;
			r.no++;
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

size_t points_at(struct points *p, size_t byte)
{
	if (byte < p->byte)
		p->byte = p->point = 0;
	p->point += utf8_count(p->text.p + p->byte, byte - p->byte);
	p->byte = byte;
	return p->point;
}

size_t points_byte(struct points *p, size_t point)
{
	if (point < p->point)
		p->byte = p->point = 0;
	while (p->point < point && p->byte < p->text.len) {
		p->byte += utf8_len(p->text.p[p->byte]);
		p->point++;
	}
	return p->byte;
}
