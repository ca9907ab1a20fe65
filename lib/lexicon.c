/* A trie over code points whose nodes lie in one open-addressed hash table: the first two characters of a word lead
 * to a node by one probe, each further one by another. Where only one word goes on from a node, the node holds the
 * rest of it as text. A node knows, by four bits of them, which characters may follow, so that most walks end without
 * a probe that fails.
 *
 * In front of the table stand two bitmaps that turn most places of a text away: characters that are a word by
 * themselves, and, made by lexicon_build, hashes of the pairs that words begin with. */
#include "lexicon.h"

#include <stdlib.h>

#include "err.h"
#include "utf8.h"

/* What leads to a node: a character (21 bits) and the node before it or, for the first two characters of a word,
 * both of them and PAIR. Above that a bit for each residue of 16 that a following character may have. No word holds a
 * NUL, so that no key is 0. */
enum { CHAR_BITS = 21, NODE_BITS = 26, FOLLOW_SHIFT = 48 };
#define PAIR ((uint64_t)1 << 47)
#define KEY (((uint64_t)1 << FOLLOW_SHIFT) - 1)

struct lexicon_node {
	uint64_t key; /* 0: a free slot */
	uint32_t id;
	int32_t value; /* of the word that ends here, behind the rest; LEXICON_NONE where none does */
	uint32_t rest, rest_len; /* in rests; no other node follows one with a rest */
};

struct lexicon {
	struct lexicon_node *nodes;
	unsigned bits;      /* there are 2 to that many slots */
	uint32_t used;      /* slots, and the id of the last node */
	size_t pairs;       /* nodes that a pair leads to */
	struct buf rests;
	bool reversed;      /* words are read from their end; rests are text in its own order all the same */
	bool singles;       /* there are words of one character */
	uint64_t single[0x10000 / 64]; /* low 16 bits of these */
	uint64_t *pair;     /* the hashes of pairs; NULL before lexicon_build */
	unsigned pair_bits; /* there are 2 to that many */
};

static inline bool bit(const uint64_t *set, uint64_t i)
{
	return set[i >> 6] >> (i & 63) & 1;
}

static inline void set_bit(uint64_t *set, uint64_t i)
{
	set[i >> 6] |= (uint64_t)1 << (i & 63);
}

static inline uint64_t hash(uint64_t key, unsigned bits)
{
	return key * 0x9e3779b97f4a7c15u >> (64 - bits);
}

static inline uint64_t pair_key(uint32_t a, uint32_t b)
{
	return PAIR | (uint64_t)a << CHAR_BITS | b;
}

static inline uint64_t follow_bit(uint32_t c)
{
	return (uint64_t)1 << (FOLLOW_SHIFT + (c & 15));
}

/* The node's slot, or the free one where it belongs. */
static inline struct lexicon_node *slot(const struct lexicon *x, uint64_t key)
{
	uint64_t i = hash(key, x->bits);
	while (x->nodes[i].key && (x->nodes[i].key & KEY) != key)
		i = (i + 1) & (((uint64_t)1 << x->bits) - 1);
	return &x->nodes[i];
}

static inline const struct lexicon_node *find(const struct lexicon *x, uint64_t key)
{
	const struct lexicon_node *n = slot(x, key);
	return n->key ? n : NULL;
}

/* The node that character c leads to from n. */
static inline const struct lexicon_node *follow(const struct lexicon *x, const struct lexicon_node *n, uint32_t c)
{
	return n->key & follow_bit(c) ? find(x, (uint64_t)n->id << CHAR_BITS | c) : NULL;
}

struct lexicon *lexicon_new(void)
{
	struct lexicon *x = xcalloc(1, sizeof *x);
	x->bits = 11;
	x->nodes = xcalloc((size_t)1 << x->bits, sizeof *x->nodes);
	return x;
}

void lexicon_free(struct lexicon *x)
{
	if (!x)
		return;
	free(x->nodes);
	free(x->pair);
	buf_free(&x->rests);
	free(x);
}

/* Makes room for n more nodes, so that their slots stay where they are while a word is added. */
static void reserve(struct lexicon *x, size_t n)
{
	struct lexicon_node *old = x->nodes;
	size_t slots = (size_t)1 << x->bits;

	if ((x->used + n) * 3 <= slots * 2)
		return;
	if (x->used + n >= (size_t)1 << NODE_BITS)
		die(RC_SYSTEM, "too many words for one lexicon");
	while ((x->used + n) * 3 > (size_t)2 << x->bits)
		x->bits++;
	x->nodes = xcalloc((size_t)1 << x->bits, sizeof *x->nodes);
	for (size_t i = 0; i < slots; i++)
		if (old[i].key)
			*slot(x, old[i].key & KEY) = old[i];
	free(old);
}

static struct lexicon_node *make(struct lexicon *x, uint64_t key)
{
	struct lexicon_node *n = slot(x, key);

	if (!n->key) {
		*n = (struct lexicon_node){.key = key, .id = ++x->used, .value = LEXICON_NONE};
		x->pairs += (key & PAIR) != 0;
	}
	return n;
}

/* Takes the next character, in the order of reading, off what is left of a word. */
static uint32_t next_char(const struct lexicon *x, struct span *word)
{
	const char *last = x->reversed ? utf8_prev(word->p, word->p + word->len) : word->p;
	size_t n = utf8_len(*last);

	*word = (struct span){x->reversed ? word->p : word->p + n, word->len - n};
	return utf8_at(last);
}

/* The node behind n by the next character of what is left. */
static struct lexicon_node *make_next(struct lexicon *x, struct lexicon_node *n, struct span *left)
{
	uint32_t c = next_char(x, left);

	n->key |= follow_bit(c);
	return make(x, (uint64_t)n->id << CHAR_BITS | c);
}

static struct span rest_of(const struct lexicon *x, const struct lexicon_node *n)
{
	return n->rest_len ? (struct span){x->rests.p + n->rest, n->rest_len} : (struct span){"", 0};
}

/* Moves the rest of a node to a node behind it. */
static void push_rest(struct lexicon *x, struct lexicon_node *n)
{
	struct span rest = rest_of(x, n);
	struct lexicon_node *child = make_next(x, n, &rest);

	child->value = n->value;
	child->rest = (uint32_t)(rest.p - x->rests.p);
	child->rest_len = (uint32_t)rest.len;
	n->value = LEXICON_NONE;
	n->rest_len = 0;
}

static void add(struct lexicon *x, struct span left, int32_t value)
{
	if (left.len == 0)
		return;
	reserve(x, 2 * left.len);
	uint32_t first = next_char(x, &left), made = x->used;
	struct lexicon_node *n;

	if (left.len == 0) {
		make(x, first)->value = value;
		x->singles = true;
		set_bit(x->single, first & 0xffff);
		return;
	}
	n = make(x, pair_key(first, next_char(x, &left)));
	for (;;) {
		if (x->used > made) {
			/* A new node: what is left of the word is its rest. */
			if (x->rests.len + left.len > UINT32_MAX)
				die(RC_SYSTEM, "too many words for one lexicon");
			n->rest = (uint32_t)x->rests.len;
			n->rest_len = (uint32_t)left.len;
			buf_span(&x->rests, left);
			break;
		}
		struct span rest = rest_of(x, n);
		if (rest.len == left.len && (rest.len == 0 || memcmp(rest.p, left.p, rest.len) == 0))
			break;
		if (rest.len)
			push_rest(x, n);
		if (left.len == 0)
			break;
		made = x->used;
		n = make_next(x, n, &left);
	}
	n->value = value;
}

void lexicon_add(struct lexicon *x, struct span word, int32_t value)
{
	add(x, word, value);
}

void lexicon_add_reversed(struct lexicon *x, struct span word, int32_t value)
{
	x->reversed = true;
	add(x, word, value);
}

void lexicon_build(struct lexicon *x)
{
	/* One pair in sixteen gets through that should not; 128 KB are more than a cache holds. */
	x->pair_bits = 12;
	while (x->pair_bits < 20 && x->pairs * 16 > (size_t)1 << x->pair_bits)
		x->pair_bits++;
	x->pair = xcalloc(((size_t)1 << x->pair_bits) / 64, sizeof *x->pair);
	for (size_t i = 0; i < (size_t)1 << x->bits; i++)
		if (x->nodes[i].key & PAIR)
			set_bit(x->pair, hash(x->nodes[i].key & KEY, x->pair_bits));
}

/* The node of the pair, which is two characters of a text; NULL when no word begins with it. */
static inline const struct lexicon_node *find_pair(const struct lexicon *x, uint32_t a, uint32_t b)
{
	uint64_t key = pair_key(a, b);
	return !x->pair || bit(x->pair, hash(key, x->pair_bits)) ? find(x, key) : NULL;
}

static inline const struct lexicon_node *find_single(const struct lexicon *x, uint32_t a)
{
	return x->singles && bit(x->single, a & 0xffff) ? find(x, a) : NULL;
}

/* Whether the rest of n, which may be empty, stands at s. */
static inline bool rest_at(const struct lexicon *x, const struct lexicon_node *n, const char *s, const char *end)
{
	return n->rest_len == 0 ||
	       ((size_t)(end - s) >= n->rest_len && memcmp(s, x->rests.p + n->rest, n->rest_len) == 0);
}

/* The longest word at s, which begins with a and then, at p, with b; p is end when there is no b. In line in each of
 * the two places: most walks are over so soon that the call is a good part of them. */
__attribute__((always_inline)) static inline size_t longest(const struct lexicon *x, const char *s, uint32_t a,
                                                            const char *p, uint32_t b, const char *end, int32_t *value)
{
	const struct lexicon_node *n = find_single(x, a);
	size_t len = 0;

	if (n) {
		*value = n->value;
		len = (size_t)(p - s);
	}
	for (n = p < end ? find_pair(x, a, b) : NULL; n; n = p < end ? follow(x, n, utf8_at(p)) : NULL) {
		p += utf8_len(*p);
		if (n->value != LEXICON_NONE && rest_at(x, n, p, end)) {
			*value = n->value;
			len = (size_t)(p - s) + n->rest_len;
		}
	}
	return len;
}

size_t lexicon_longest(const struct lexicon *x, const char *s, const char *end, int32_t *value)
{
	*value = LEXICON_NONE;
	if (s == end)
		return 0;
	const char *p = s + utf8_len(*s);
	return longest(x, s, utf8_at(s), p, p < end ? utf8_at(p) : 0, end, value);
}

int32_t lexicon_value(const struct lexicon *x, struct span word)
{
	int32_t value;
	return word.len && lexicon_longest(x, word.p, word.p + word.len, &value) == word.len ? value : LEXICON_NONE;
}

const char *lexicon_search(const struct lexicon *x, const char *s, const char *end, size_t *len, int32_t *value)
{
	uint32_t a = s < end ? utf8_at(s) : 0, b;

	*value = LEXICON_NONE;
	for (const char *p; s < end; s = p, a = b) {
		p = s + utf8_len(*s);
		b = p < end ? utf8_at(p) : 0;
		/* One branch for both bitmaps: it is the one that cannot be foretold. */
		bool pair = !x->pair || bit(x->pair, hash(pair_key(a, b), x->pair_bits));
		if ((pair | bit(x->single, a & 0xffff)) && (*len = longest(x, s, a, p, b, end, value)) != 0)
			return s;
	}
	*len = 0;
	return NULL;
}

size_t lexicon_longest_before(const struct lexicon *x, const char *begin, const char *s, int32_t *value)
{
	const struct lexicon_node *n;
	size_t len = 0;

	*value = LEXICON_NONE;
	if (s == begin)
		return 0;
	const char *p = utf8_prev(begin, s);
	uint32_t a = utf8_at(p);
	if ((n = find_single(x, a))) {
		*value = n->value;
		len = (size_t)(s - p);
	}
	if (p == begin)
		return len;
	p = utf8_prev(begin, p);
	n = find_pair(x, a, utf8_at(p));
	while (n) {
		if (n->value != LEXICON_NONE && (size_t)(p - begin) >= n->rest_len &&
		    rest_at(x, n, p - n->rest_len, p)) {
			*value = n->value;
			len = (size_t)(s - p) + n->rest_len;
		}
		if (p == begin)
			break;
		p = utf8_prev(begin, p);
		n = follow(x, n, utf8_at(p));
	}
	return len;
}

size_t lexicon_next(const struct lexicon *x, const char *s, const char *end, struct lexicon_state *state,
                    int32_t *value)
{
	const struct lexicon_node *n;

	*value = LEXICON_NONE;
	if (s == end || state->ended)
		return 0;
	if (state->len == 0) {
		state->len = utf8_len(*s);
		if ((n = find_single(x, utf8_at(s)))) {
			*value = n->value;
			return state->len;
		}
	}
	while (s + state->len < end) {
		const char *p = s + state->len;
		n = state->node ? follow(x, state->node, utf8_at(p)) : find_pair(x, utf8_at(s), utf8_at(p));
		if (!n)
			break;
		state->node = n;
		state->len += utf8_len(*p);
		if (n->value != LEXICON_NONE && rest_at(x, n, s + state->len, end)) {
			*value = n->value;
			state->len += n->rest_len;
			return state->len;
		}
	}
	state->ended = true;
	return 0;
}
