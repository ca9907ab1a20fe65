#include "terms.h"

#include <stdlib.h>

#include "err.h"
#include "utf8.h"

static struct span name_of(const char *path)
{
	const char *slash = strrchr(path, '/'), *from = slash ? slash + 1 : path, *dot = strrchr(from, '.');

	return (struct span){from, dot && dot > from ? (size_t)(dot - from) : strlen(from)};
}

/* Categories are few. */
static size_t category(struct terms *t, struct span name)
{
	for (size_t i = 0; i < t->categories_n; i++)
		if (t->categories[i].len == name.len && memcmp(t->categories[i].p, name.p, name.len) == 0)
			return i;
	if (t->categories_n == t->categories_cap) {
		t->categories_cap = t->categories_cap ? t->categories_cap * 2 : 8;
		t->categories = xrealloc(t->categories, t->categories_cap * sizeof *t->categories);
	}
	t->categories[t->categories_n] = name;
	return t->categories_n++;
}

void terms_open(struct terms *t, const char *path)
{
	static const char *const columns[] = {"term", "?category"};
	struct span row[2];
	int32_t old;

	memset(t, 0, sizeof *t);
	t->name = name_of(path);
	t->lexicon = lexicon_new();
	tsv_open(&t->file, path, columns, 2);
	while (tsv_row(&t->file, row)) {
		if (!row[0].len)
			tsv_bad(&t->file, "a row without a term");
		if (t->n == t->cap) {
			t->cap = t->cap ? t->cap * 2 : 128;
			t->terms = xrealloc(t->terms, t->cap * sizeof *t->terms);
		}
		t->terms[t->n] = (struct term){row[0], category(t, row[1])};
		lexicon_add(t->lexicon, row[0], (int32_t)t->n++);
	}
	if (!t->n)
		die(RC_USAGE, "%s: no terms", path);
	lexicon_build(t->lexicon);
	/* A word that was added again has the value of its last row. */
	for (size_t i = 0; i < t->n; i++) {
		struct span word = t->terms[i].word;
		lexicon_longest(t->lexicon, word.p, word.p + word.len, &old);
		if ((size_t)old != i)
			die(RC_USAGE, "%s: term twice: %.*s", path, (int)word.len, word.p);
	}
}

void terms_close(struct terms *t)
{
	tsv_close(&t->file);
	lexicon_free(t->lexicon);
	free(t->terms);
	free(t->categories);
}

void terms_count(const struct terms *t, struct span text, size_t *counts)
{
	const char *p = text.p, *end = text.p + text.len;
	int32_t term;

	while (p < end) {
		size_t len = lexicon_longest(t->lexicon, p, end, &term);
		if (len)
			counts[term]++;
		p += len ? len : utf8_len(*p);
	}
}
