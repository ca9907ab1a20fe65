/* A trie over code points whose edges lie in one open-addressed hash table, keyed by (node, code point): a word
 * of n characters costs n probes, and there is no per-node memory beyond its value. In front of it stands a
 * table of the first characters, so that most places of a text are turned away by one load. */
#include "lexicon.h"

#include <stdlib.h>

#include "err.h"
#include "utf8.h"

struct edge {
	uint32_t node, c; /* c 0 marks a free slot: no word holds a NUL */
	uint32_t child;
};

struct lexicon {
	struct edge *edges;
	uint32_t slots, used; /* slots is a power of two */
	int32_t *values;      /* by node; LEXICON_NONE where no word ends. Node 0 is the root */
	uint32_t nodes, room;
	unsigned char first[0x10000 / 8]; /* low 16 bits of the first characters */
};

static uint32_t hash(uint32_t node, uint32_t c)
{
	uint64_t h = ((uint64_t)node << 21 ^ c) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(h >> 32);
}

static struct edge *slot(const struct lexicon *x, uint32_t node, uint32_t c)
{
	uint32_t i = hash(node, c) & (x->slots - 1);
	while (x->edges[i].c && (x->edges[i].c != c || x->edges[i].node != node))
		i = (i + 1) & (x->slots - 1);
	return &x->edges[i];
}

struct lexicon *lexicon_new(void)
{
	struct lexicon *x = xcalloc(1, sizeof *x);
	x->slots = 1024;
	x->edges = xcalloc(x->slots, sizeof *x->edges);
	x->room = 512;
	x->values = xmalloc(x->room * sizeof *x->values);
	x->values[0] = LEXICON_NONE;
	x->nodes = 1;
	return x;
}

void lexicon_free(struct lexicon *x)
{
	if (!x)
		return;
	free(x->edges);
	free(x->values);
	free(x);
}

static void rehash(struct lexicon *x)
{
	struct edge *old = x->edges;
	uint32_t n = x->slots;

	x->slots *= 2;
	x->edges = xcalloc(x->slots, sizeof *x->edges);
	for (uint32_t i = 0; i < n; i++)
		if (old[i].c)
			*slot(x, old[i].node, old[i].c) = old[i];
	free(old);
}

static uint32_t step_new(struct lexicon *x, uint32_t node, uint32_t c)
{
	struct edge *e = slot(x, node, c);

	if (e->c)
		return e->child;
	if (x->nodes == x->room) {
		x->room *= 2;
		x->values = xrealloc(x->values, x->room * sizeof *x->values);
	}
	x->values[x->nodes] = LEXICON_NONE;
	*e = (struct edge){node, c, x->nodes};
	if (++x->used > x->slots / 2)
		rehash(x);
	return x->nodes++;
}

static void first_character(struct lexicon *x, uint32_t c)
{
	x->first[(c & 0xffff) >> 3] |= (unsigned char)(1u << (c & 7));
}

void lexicon_add(struct lexicon *x, struct span word, int32_t value)
{
	uint32_t node = 0;

	for (size_t i = 0; i < word.len; i += utf8_len(word.p[i])) {
		uint32_t c = utf8_at(word.p + i);
		if (i == 0)
			first_character(x, c);
		node = step_new(x, node, c);
	}
	if (node)
		x->values[node] = value;
}

void lexicon_add_reversed(struct lexicon *x, struct span word, int32_t value)
{
	uint32_t node = 0;
	const char *s = word.p + word.len;

	while (s > word.p) {
		s = utf8_prev(word.p, s);
		if (node == 0)
			first_character(x, utf8_at(s));
		node = step_new(x, node, utf8_at(s));
	}
	if (node)
		x->values[node] = value;
}

void lexicon_build(struct lexicon *x)
{
	x->values = xrealloc(x->values, x->nodes * sizeof *x->values);
	x->room = x->nodes;
}

static bool may_begin(const struct lexicon *x, uint32_t c)
{
	return x->first[(c & 0xffff) >> 3] >> (c & 7) & 1;
}

static uint32_t step(const struct lexicon *x, uint32_t node, uint32_t c)
{
	return c ? slot(x, node, c)->child : 0;
}

size_t lexicon_longest(const struct lexicon *x, const char *s, const char *end, int32_t *value)
{
	const char *p = s;
	size_t len = 0;
	uint32_t node = 0;

	*value = LEXICON_NONE;
	if (p == end || !may_begin(x, utf8_at(p)))
		return 0;
	while (p < end && (node = step(x, node, utf8_at(p))) != 0) {
		p += utf8_len(*p);
		if (x->values[node] != LEXICON_NONE) {
			*value = x->values[node];
			len = (size_t)(p - s);
		}
	}
	return len;
}

size_t lexicon_longest_before(const struct lexicon *x, const char *begin, const char *s, int32_t *value)
{
	const char *p = s;
	size_t len = 0;
	uint32_t node = 0;

	*value = LEXICON_NONE;
	while (p > begin) {
		p = utf8_prev(begin, p);
		node = step(x, node, utf8_at(p));
		if (!node)
			break;
		if (x->values[node] != LEXICON_NONE) {
			*value = x->values[node];
			len = (size_t)(s - p);
		}
	}
	return len;
}

size_t lexicon_next(const struct lexicon *x, const char *s, const char *end, struct lexicon_state *state,
                    int32_t *value)
{
	*value = LEXICON_NONE;
	if (state->len == 0 && (s == end || !may_begin(x, utf8_at(s))))
		return 0;
	while (s + state->len < end) {
		uint32_t node = step(x, state->node, utf8_at(s + state->len));
		if (!node)
			return 0;
		state->len += utf8_len(s[state->len]);
		state->node = node;
		if (x->values[node] != LEXICON_NONE) {
			*value = x->values[node];
			return state->len;
		}
	}
	return 0;
}
