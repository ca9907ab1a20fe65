#include "tsv.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "err.h"
#include "json.h"
#include "utf8.h"

static void load(struct tsv *t)
{
	int fd = open(t->path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		die(RC_SYSTEM, "%s: %s", t->path, strerror(errno));
	do {
		buf_grow(&t->data, 64 * 1024);
		n = read(fd, t->data.p + t->data.len, t->data.cap - t->data.len);
		if (n < 0 && errno != EINTR)
			die(RC_SYSTEM, "%s: %s", t->path, strerror(errno));
		if (n > 0)
			t->data.len += (size_t)n;
	} while (n);
	close(fd);
	const char *nul = t->data.len ? memchr(t->data.p, '\0', t->data.len) : NULL;
	t->good = utf8_valid(t->data.p, nul ? (size_t)(nul - t->data.p) : t->data.len);
}

/* The next line that says something, split at its tabs; how many columns it has, 0 at the end. */
static size_t split(struct tsv *t, struct span *cells)
{
	while (t->at < t->data.len) {
		const char *s = t->data.p + t->at, *end = t->data.p + t->data.len;
		const char *lf = memchr(s, '\n', (size_t)(end - s));
		size_t n = 0;
		if (lf)
			end = lf;
		t->at = (size_t)(end - t->data.p) + 1;
		t->line++;
		if ((size_t)(end - t->data.p) > t->good)
			tsv_bad(t, "not UTF-8 text");
		if (end > s && end[-1] == '\r')
			end--;
		if (s == end || *s == '#')
			continue;
		for (;;) {
			const char *tab = memchr(s, '\t', (size_t)(end - s));
			if (n == TSV_COLUMNS)
				tsv_bad(t, "too many columns");
			cells[n++] = (struct span){s, (size_t)((tab ? tab : end) - s)};
			if (!tab)
				return n;
			s = tab + 1;
		}
	}
	return 0;
}

void tsv_open(struct tsv *t, const char *path, const char *const *names, size_t n)
{
	struct span cells[TSV_COLUMNS];

	*t = (struct tsv){.path = path, .wanted = n};
	load(t);
	t->columns = split(t, cells);
	if (!t->columns)
		tsv_bad(t, "no header line");
	if (cells[0].len >= 3 && memcmp(cells[0].p, "\xef\xbb\xbf", 3) == 0)
		cells[0] = (struct span){cells[0].p + 3, cells[0].len - 3};
	for (size_t i = 0; i < n; i++) {
		bool optional = names[i][0] == '?';
		t->where[i] = TSV_COLUMNS;
		for (size_t k = 0; k < t->columns; k++)
			if (span_is(cells[k], names[i] + optional))
				t->where[i] = k;
		if (t->where[i] == TSV_COLUMNS && !optional)
			die(RC_USAGE, "%s: no column \"%s\"", path, names[i]);
	}
}

bool tsv_row(struct tsv *t, struct span *fields)
{
	struct span cells[TSV_COLUMNS];
	size_t n = split(t, cells);

	if (n == 0)
		return false;
	if (n > t->columns)
		tsv_bad(t, "more columns than the header");
	for (size_t i = 0; i < t->wanted; i++)
		fields[i] = t->where[i] < n ? cells[t->where[i]] : (struct span){"", 0};
	return true;
}

size_t tsv_rows(const struct tsv *t)
{
	const char *s = t->data.p + t->at, *end = t->data.p + t->data.len;
	size_t n = 0;

	for (; s < end && (s = memchr(s, '\n', (size_t)(end - s))); s++)
		n++;
	return n;
}

_Noreturn void tsv_bad(const struct tsv *t, const char *what)
{
	die(RC_USAGE, "%s: line %zu: %s", t->path, t->line, what);
}

void tsv_close(struct tsv *t)
{
	buf_free(&t->data);
}

bool tsv_part(struct span *list, struct span *part)
{
	if (list->len == 0)
		return false;
	const char *bar = memchr(list->p, '|', list->len);
	size_t n = bar ? (size_t)(bar - list->p) : list->len, used = bar ? n + 1 : n;
	*part = (struct span){list->p, n};
	*list = (struct span){list->p + used, list->len - used};
	return true;
}

bool tsv_part_at(struct span list, const char *s, const char *end)
{
	const char *p = list.p, *stop = list.p + list.len;

	while (p < stop) {
		const char *part = p, *t = s;
		while (p < stop && *p != '|' && t < end && *t == *p)
			p++, t++;
		if (p > part && (p == stop || *p == '|'))
			return true;
		while (p < stop && *p != '|')
			p++;
		p++;
	}
	return false;
}

char *tsv_own(const char *name)
{
	char self[PATH_MAX], *path;
	const char *dir = getenv("GWR_DICT");
	const char *tail = "";

	if (!dir || !*dir) {
		ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
		if (n < 0)
			die(RC_SYSTEM, "/proc/self/exe: %s", strerror(errno));
		self[n] = '\0';
		/* .../bin/tool: two components off. */
		for (int i = 0; i < 2; i++) {
			char *slash = strrchr(self, '/');
			if (slash)
				*slash = '\0';
		}
		dir = self;
		tail = "/share/gwr";
	}
	size_t size = strlen(dir) + strlen(tail) + strlen(name) + 2;
	path = xmalloc(size);
	snprintf(path, size, "%s%s/%s", dir, tail, name);
	return path;
}

void tsv_put(struct buf *out, struct span field)
{
	if (!field.len)
		return;
	const char *end = field.p + field.len;
	for (const char *p = field.p;; p++) {
		const char *plain = p;
		p = json_plain(p, end);
		buf_put(out, plain, (size_t)(p - plain));
		if (p == end)
			return;
		switch (*p) {
		case '\t': buf_put(out, "\\t", 2); break;
		case '\n': buf_put(out, "\\n", 2); break;
		case '\r': buf_put(out, "\\r", 2); break;
		case '\\': buf_put(out, "\\\\", 2); break;
		default: buf_putc(out, *p);
		}
	}
}
