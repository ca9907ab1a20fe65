/* A trie over code points whose edges lie in one open-addressed hash table, keyed by (node, code point): a word
 * of n characters costs n probes, and there is no per-node memory beyond its value.
 *
 * In front of it stand three tables that turn most places of a text away without touching the trie: which
 * characters begin a word, which are a word by themselves, and which pairs of characters begin a word (a bitmap of
 * hashes: a pair that is let through by accident fails in the trie). */
#include "lexicon.h"

#include <stdlib.h>

#include "err.h"
#include "utf8.h"

enum { PAIR_BITS = 20 }; /* 128 KB: one pair in eight gets through when 50,000 words are there */

struct edge {
	uint32_t node, c; /* c 0 marks a free slot: no word holds a NUL */
	uint32_t child;
};

struct lexicon {
	struct edge *edges;
	uint32_t slots, used; /* slots is a power of two */
	int32_t *values;      /* by node; LEXICON_NONE where no word ends. Node 0 is the root */
	uint32_t nodes, room;
	uint64_t first[0x10000 / 64];  /* low 16 bits of the first characters */
	uint64_t single[0x10000 / 64]; /* of those that are words by themselves */
	uint64_t pair[(1u << PAIR_BITS) / 64];
};

static inline bool bit(const uint64_t *set, uint32_t i)
{
	return set[i >> 6] >> (i & 63) & 1;
}

static inline void set_bit(uint64_t *set, uint32_t i)
{
	set[i >> 6] |= (uint64_t)1 << (i & 63);
}

static inline uint32_t pair_hash(uint32_t a, uint32_t b)
{
	return (a * 0x9e3779b1u ^ b * 0x85ebca6bu) >> (32 - PAIR_BITS);
}

static inline uint32_t hash(uint32_t node, uint32_t c)
{
	uint64_t h = ((uint64_t)node << 21 ^ c) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(h >> 32);
}

static inline struct edge *slot(const struct lexicon *x, uint32_t node, uint32_t c)
{
	uint32_t i = hash(node, c) & (x->slots - 1);
	while (x->edges[i].c && (x->edges[i].c != c || x->edges[i].node != node))
		i = (i + 1) & (x->slots - 1);
	return &x->edges[i];
}

struct lexicon *lexicon_new(void)
{
	struct lexicon *x = xcalloc(1, sizeof *x);
	x->slots = 4096;
	x->edges = xcalloc(x->slots, sizeof *x->edges);
	x->room = 2048;
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

	x->slots *= 4;
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

/* Enters a first or second character of a word, prev being the first one, into the tables in front. */
static void announce(struct lexicon *x, size_t nth, uint32_t prev, uint32_t c, bool last)
{
	if (nth == 0) {
		set_bit(x->first, c & 0xffff);
		if (last)
			set_bit(x->single, c & 0xffff);
	} else if (nth == 1) {
		set_bit(x->pair, pair_hash(prev, c));
	}
}

void lexicon_add(struct lexicon *x, struct span word, int32_t value)
{
	uint32_t node = 0, c = 0, prev;

	for (size_t i = 0, nth = 0; i < word.len; nth++) {
		prev = c;
		c = utf8_at(word.p + i);
		i += utf8_len(word.p[i]);
		announce(x, nth, prev, c, i == word.len);
		node = step_new(x, node, c);
	}
	if (node)
		x->values[node] = value;
}

void lexicon_add_reversed(struct lexicon *x, struct span word, int32_t value)
{
	uint32_t node = 0, c = 0, prev;
	const char *s = word.p + word.len;

	for (size_t nth = 0; s > word.p; nth++) {
		prev = c;
		s = utf8_prev(word.p, s);
		c = utf8_at(s);
		announce(x, nth, prev, c, s == word.p);
		node = step_new(x, node, c);
	}
	if (node)
		x->values[node] = value;
}

void lexicon_build(struct lexicon *x)
{
	x->values = xrealloc(x->values, x->nodes * sizeof *x->values);
	x->room = x->nodes;
}

static inline uint32_t step(const struct lexicon *x, uint32_t node, uint32_t c)
{
	return c ? slot(x, node, c)->child : 0;
}

int32_t lexicon_value(const struct lexicon *x, struct span word)
{
	uint32_t node = 0;

	for (size_t i = 0; i < word.len; i += utf8_len(word.p[i]))
		if (!(node = step(x, node, utf8_at(word.p + i))))
			return LEXICON_NONE;
	return x->values[node];
}

/* Whether a word may begin with the character a at s. */
static inline bool may_begin(const struct lexicon *x, uint32_t a, const char *s, const char *end)
{
	const char *p = s + utf8_len(*s);

	return bit(x->first, a & 0xffff) &&
	       (bit(x->single, a & 0xffff) || (p < end && bit(x->pair, pair_hash(a, utf8_at(p)))));
}

/* The longest word at s by the trie alone. */
static size_t longest(const struct lexicon *x, const char *s, const char *end, int32_t *value)
{
	const char *p = s;
	size_t len = 0;
	uint32_t node = 0;

	*value = LEXICON_NONE;
	while (p < end && (node = step(x, node, utf8_at(p))) != 0) {
		p += utf8_len(*p);
		if (x->values[node] != LEXICON_NONE) {
			*value = x->values[node];
			len = (size_t)(p - s);
		}
	}
	return len;
}

size_t lexicon_longest(const struct lexicon *x, const char *s, const char *end, int32_t *value)
{
	*value = LEXICON_NONE;
	if (s == end || !may_begin(x, utf8_at(s), s, end))
		return 0;
	return longest(x, s, end, value);
}

const char *lexicon_search(const struct lexicon *x, const char *s, const char *end, size_t *len, int32_t *value)
{
	for (; s < end; s += utf8_len(*s))
		if (may_begin(x, utf8_at(s), s, end) && (*len = longest(x, s, end, value)) != 0)
			return s;
	return NULL;
}

size_t lexicon_longest_before(const struct lexicon *x, const char *begin, const char *s, int32_t *value)
{
	const char *p = s;
	size_t len = 0;
	uint32_t node = 0;

	*value = LEXICON_NONE;
	if (p == begin || !bit(x->first, utf8_at(utf8_prev(begin, p)) & 0xffff))
		return 0;
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
	if (state->len == 0 && (s == end || !may_begin(x, utf8_at(s), s, end)))
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
