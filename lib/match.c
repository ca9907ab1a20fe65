#include "match.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "err.h"

struct match {
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
	free(m);
}

bool match_find(struct match *m, struct span text, size_t from, struct span *groups)
{
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
