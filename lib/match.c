#include "match.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "candidates.h"
#include "err.h"
#include "lexicon.h"
#include "tsv.h"
#include "utf8.h"

/* An expression that is nothing but words between bars: where one stands is found without an engine. */
struct words {
	struct lexicon *lexicon;
	struct candidates begins;
};

struct match {
	struct words *words; /* NULL for other expressions */
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	bool used;
};

/* The library takes a failure for no match in one place and crashes in another: it never sees one. */
static void *grab(size_t n, void *unused)
{
	(void)unused;
	return xmalloc(n);
}

static void give_back(void *p, void *unused)
{
	(void)unused;
	free(p);
}

/* NULL if the expression is anything else than Chinese words between bars. */
static struct words *words_new(struct span expression)
{
	struct span word, rest = expression;

	for (size_t i = 0; i < expression.len; i++)
		if ((unsigned char)expression.p[i] < 0x80 && expression.p[i] != '|')
			return NULL;
	while (tsv_part(&rest, &word))
		if (word.len == 0 || utf8_len(*word.p) != 3)
			return NULL;
	if (expression.len == 0 || expression.p[expression.len - 1] == '|')
		return NULL;
	struct words *w = xcalloc(1, sizeof *w);
	w->lexicon = lexicon_new();
	while (tsv_part(&expression, &word)) {
		lexicon_add(w->lexicon, word, 0);
		candidates_add(&w->begins, utf8_at(word.p));
	}
	lexicon_build(w->lexicon);
	return w;
}

static void words_free(struct words *w)
{
	if (w)
		lexicon_free(w->lexicon);
	free(w);
}

static bool words_find(const struct words *w, const char *s, const char *end)
{
	struct candidates_block block = candidates_begin(s);
	int32_t value;

	for (; (s = candidates_next(&w->begins, &block, s, end)) < end; s += 3)
		if (lexicon_longest(w->lexicon, s, end, &value))
			return true;
	return false;
}

struct match *match_new(struct span expression, bool whole, char *why, size_t size)
{
	/* The texts are valid: checking them again for each match would cost more than the match. */
	uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY;
	PCRE2_SIZE at;
	int error;

	if (whole)
		options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
	pcre2_general_context *memory = pcre2_general_context_create(grab, give_back, NULL);
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)expression.p, expression.len, options, &error, &at, context);
	struct match *m = NULL;
	if (!code) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, size);
		goto out;
	}
	m = xcalloc(1, sizeof *m);
	m->code = code;
	m->words = whole ? NULL : words_new(expression);
	m->data = pcre2_match_data_create(MATCH_GROUPS, memory);
	m->limits = pcre2_match_context_create(memory);
	pcre2_set_match_limit(m->limits, 100000);
	pcre2_set_depth_limit(m->limits, 1000);
	pcre2_set_heap_limit(m->limits, 1024);
out:
	pcre2_compile_context_free(context);
	pcre2_general_context_free(memory);
	return m;
}

void match_free(struct match *m)
{
	if (!m)
		return;
	pcre2_match_context_free(m->limits);
	pcre2_match_data_free(m->data);
	pcre2_code_free(m->code);
	words_free(m->words);
	free(m);
}

bool match_find(struct match *m, struct span text, size_t from, struct span *groups)
{
	if (m->words && !groups)
		return words_find(m->words, text.p + from, text.p + text.len);
	/* Most expressions never meet a text, and translating one takes longer than many a match. Without JIT the same
	 * matches are found, only slower. */
	if (!m->used) {
		pcre2_jit_compile(m->code, PCRE2_JIT_COMPLETE);
		m->used = true;
	}
	int n = pcre2_match(m->code, (PCRE2_SPTR)text.p, text.len, from, PCRE2_NO_UTF_CHECK, m->data, m->limits);

	if (n < 0)
		return false;
	if (!groups)
		return true;
	/* 0 says that there are more groups than were asked for. */
	int filled = n == 0 ? MATCH_GROUPS : n;
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(m->data);
	for (int i = 0; i < MATCH_GROUPS; i++) {
		bool took = i < filled && ends[2 * i] != PCRE2_UNSET;
		groups[i] = took ? (struct span){text.p + ends[2 * i], ends[2 * i + 1] - ends[2 * i]}
		                 : (struct span){NULL, 0};
	}
	return true;
}
