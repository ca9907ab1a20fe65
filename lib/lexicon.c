/* A trie over characters whose nodes lie in one open-addressed hash table: the first two characters of a word lead to
 * a node by one probe, each further one by another. Where only one word goes on from a node, the node holds the rest of
 * it as text. A node knows, by a hash of 32 bits, which characters may follow, so that most walks end without a probe
 * that fails.
 *
 * A character is the number that its bytes make, the first one lowest, and a pair the number of its up to eight bytes:
 * one load and a mask, for text is never decoded. In front of the table stand two bitmaps that turn most places of a
 * text away: hashes of the characters that are a word by themselves, and of the pairs that words begin with. */
#include "lexicon.h"

#include <stdlib.h>

#include "err.h"
#include "utf8.h"

/* What leads to a node is a pair, or SINGLE and a character, or BEHIND, the id of the node before it and a character.
 * The top byte tells them apart, which no character ends with; and no word holds a NUL, so that no key is 0. */
enum { ID_BITS = 26, SINGLE_BITS = 13, PAIR_BITS_MIN = 12, PAIR_BITS_MAX = 20 };
#define SINGLE ((uint64_t)0xff << 56)
#define BEHIND ((uint64_t)0xc0 << 56)

struct lexicon_node {
	uint64_t key;    /* 0: a free slot */
	uint32_t value;  /* of the word that ends here, behind the rest, and 1 more; 0 where none does */
	uint32_t follow; /* the hashes of the characters that may come next */
	uint32_t at;     /* where its rest is in rests; of one without, which nodes follow, its id; else 0 */
	uint32_t rest;   /* the length of its rest; no other node follows one with a rest */
};

struct lexicon {
	struct lexicon_node *nodes;
	unsigned shift;      /* of a hash to the number of a slot */
	uint32_t used, ids;  /* slots, and ids that were given */
	size_t pairs;        /* nodes that a pair leads to */
	struct buf rests;
	bool reversed;       /* words are read from their end; pairs and rests are text in its own order all the same */
	uint64_t single[((size_t)1 << SINGLE_BITS) / 64];
	uint64_t *pair;      /* all are set before lexicon_build */
	unsigned pair_shift; /* of a hash to the number of one */
};

static inline bool bit(const uint64_t *set, uint64_t i)
{
	return set[i >> 6] >> (i & 63) & 1;
}

static inline void set_bit(uint64_t *set, uint64_t i)
{
	set[i >> 6] |= (uint64_t)1 << (i & 63);
}

/* Of what number of bits the upper ones say most. */
static inline uint64_t hash(uint64_t key)
{
	return key * 0x9e3779b97f4a7c15u;
}

static inline uint64_t single_bit(uint32_t c)
{
	return c * 0x9e3779b1u >> (32 - SINGLE_BITS);
}

static inline uint32_t follow_bit(uint32_t c)
{
	return (uint32_t)1 << (c * 0x9e3779b1u >> 27);
}

static inline uint32_t four_bytes(const unsigned char *u)
{
	return u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

/* Eight bytes of text, the first one lowest; 0 for those behind end. Of fewer no loop is made: how many there are cannot
 * be foretold. */
static inline uint64_t bytes_at(const char *s, const char *end)
{
	const unsigned char *u = (const unsigned char *)s, *last = (const unsigned char *)end - 1;
	size_t n = (size_t)(end - s);

	if (__builtin_expect(n >= 8, 1))
		return utf8_eight(s);
	if (n >= 4)
		return four_bytes(u) | (uint64_t)four_bytes(last - 3) << 8 * (n - 4);
	return n ? u[0] | (uint64_t)u[n / 2] << 8 * (n / 2) | (uint64_t)*last << 8 * (n - 1) : 0;
}

/* The first n of the bytes, 1 to 8. */
static inline uint64_t first_bytes(uint64_t w, size_t n)
{
	return w & ~(uint64_t)0 >> (64 - 8 * n);
}

/* Whether the first character has three, as nearly all have. */
static inline bool three_bytes(uint64_t w)
{
	return __builtin_expect((w & 0xf0) == 0xe0, 1);
}

/* The character at s, which is before end. */
static inline uint32_t char_at(const char *s, const char *end, size_t *len)
{
	uint64_t w = bytes_at(s, end);

	if (three_bytes(w)) {
		*len = 3;
		return (uint32_t)w & 0xffffff;
	}
	*len = utf8_len(*s);
	return (uint32_t)first_bytes(w, *len);
}

/* The pair whose bytes w begins with; the lengths of the first character and of both. At the end of a text the second
 * character is NUL, which no word holds. */
static inline uint64_t pair_of(uint64_t w, size_t *first, size_t *both)
{
	if (__builtin_expect((w & 0xf00000f0) == 0xe00000e0, 1)) {
		*first = 3;
		*both = 6;
		return w & 0xffffffffffff;
	}
	*first = utf8_len((char)w);
	*both = *first + utf8_len((char)(w >> 8 * *first));
	return first_bytes(w, *both);
}

static inline size_t slots(const struct lexicon *x)
{
	return (size_t)1 << (64 - x->shift);
}

/* The node's slot, or the free one where it belongs. */
static inline struct lexicon_node *slot(const struct lexicon *x, uint64_t key)
{
	struct lexicon_node *n = &x->nodes[hash(key) >> x->shift];

	while (n->key != key && n->key)
		if (++n == x->nodes + slots(x))
			n = x->nodes;
	return n;
}

static inline const struct lexicon_node *find(const struct lexicon *x, uint64_t key)
{
	const struct lexicon_node *n = slot(x, key);
	return n->key ? n : NULL;
}

static inline uint64_t key_behind(const struct lexicon_node *n, uint32_t c)
{
	return BEHIND | (uint64_t)n->at << 32 | c;
}

struct lexicon *lexicon_new(void)
{
	struct lexicon *x = xcalloc(1, sizeof *x);
	x->shift = 64 - 8;
	x->nodes = xcalloc(slots(x), sizeof *x->nodes);
	x->pair_shift = 64 - 6;
	x->pair = xcalloc(1, sizeof *x->pair);
	x->pair[0] = ~(uint64_t)0;
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

static inline int32_t value_of(const struct lexicon_node *n)
{
	return (int32_t)(n->value - 1);
}

/* Makes room for n more nodes, so that their slots stay where they are while a word is added. */
static void reserve(struct lexicon *x, size_t n)
{
	struct lexicon_node *old = x->nodes;
	size_t count = slots(x);

	if ((x->used + n) * 3 <= count * 2)
		return;
	if (x->used + n >= (size_t)1 << ID_BITS)
		die(RC_SYSTEM, "too many words for one lexicon");
	while ((x->used + n) * 3 > slots(x) * 2)
		x->shift--;
	x->nodes = xcalloc(slots(x), sizeof *x->nodes);
	for (size_t i = 0; i < count; i++)
		if (old[i].key)
			*slot(x, old[i].key) = old[i];
	free(old);
}

/* The node that key leads to; *is_new when it was not there. */
static struct lexicon_node *make(struct lexicon *x, uint64_t key, bool *is_new)
{
	struct lexicon_node *n = slot(x, key);

	*is_new = !n->key;
	x->used += *is_new;
	n->key = key;
	return n;
}

/* Takes the next character, in the order of reading, off what is left of a word. */
static uint32_t next_char(const struct lexicon *x, struct span *word)
{
	const char *end = word->p + word->len, *next = x->reversed ? utf8_prev(word->p, end) : word->p;
	size_t len;
	uint32_t c = char_at(next, end, &len);

	*word = (struct span){x->reversed ? word->p : word->p + len, word->len - len};
	return c;
}

/* The node behind n by the next character of what is left. */
static struct lexicon_node *make_next(struct lexicon *x, struct lexicon_node *n, struct span *left, bool *is_new)
{
	uint32_t c = next_char(x, left);

	n->follow |= follow_bit(c);
	if (!n->at)
		n->at = ++x->ids;
	return make(x, key_behind(n, c), is_new);
}

static struct span rest_of(const struct lexicon *x, const struct lexicon_node *n)
{
	return n->rest ? (struct span){x->rests.p + n->at, n->rest} : (struct span){"", 0};
}

static void set_rest(struct lexicon *x, struct lexicon_node *n, struct span rest)
{
	struct span left = rest;

	n->at = (uint32_t)(rest.p - x->rests.p);
	n->rest = (uint32_t)rest.len;
	n->follow = follow_bit(next_char(x, &left));
}

/* Moves the rest of a node to a node behind it. */
static void push_rest(struct lexicon *x, struct lexicon_node *n)
{
	struct span rest = rest_of(x, n);
	struct lexicon_node *child;
	bool is_new;

	n->at = n->rest = 0;
	child = make_next(x, n, &rest, &is_new);
	child->value = n->value;
	if (rest.len)
		set_rest(x, child, rest);
	n->value = 0;
}

/* Takes off what is left of a word the first two characters in the order of reading, or the only one; what leads to
 * their node. */
static uint64_t next_key(const struct lexicon *x, struct span *left)
{
	const char *end = left->p + left->len, *p = left->p;
	size_t first, both;

	if (x->reversed && (p = utf8_prev(left->p, end)) > left->p)
		p = utf8_prev(left->p, p);
	uint64_t pair = pair_of(bytes_at(p, end), &first, &both);
	if (left->len == first) {
		left->len = 0;
		return SINGLE | first_bytes(pair, first);
	}
	*left = (struct span){x->reversed ? left->p : p + both, left->len - both};
	return pair;
}

/* The node that a word, which is not empty, ends at, made when it is not there; the rest of one that is there may have
 * to move. */
static struct lexicon_node *node_of(struct lexicon *x, struct span word)
{
	struct span left = word;
	bool is_new;

	reserve(x, 2 * word.len);
	uint64_t key = next_key(x, &left);
	struct lexicon_node *n = make(x, key, &is_new);
	if (key >= SINGLE) {
		set_bit(x->single, single_bit((uint32_t)key));
		return n;
	}
	x->pairs += is_new;
	while (!is_new) {
		struct span rest = rest_of(x, n);
		if (rest.len == left.len && (rest.len == 0 || memcmp(rest.p, left.p, rest.len) == 0))
			return n;
		if (rest.len)
			push_rest(x, n);
		if (left.len == 0)
			return n;
		n = make_next(x, n, &left, &is_new);
	}
	if (left.len) { /* the new node's rest */
		if (x->rests.len + left.len > UINT32_MAX)
			die(RC_SYSTEM, "too many words for one lexicon");
		buf_span(&x->rests, left);
		set_rest(x, n, (struct span){x->rests.p + x->rests.len - left.len, left.len});
	}
	return n;
}

void lexicon_reserve(struct lexicon *x, size_t words)
{
	/* Of four words one branches off where a node has to be made for it. */
	reserve(x, words + words / 4);
}

int32_t lexicon_add(struct lexicon *x, struct span word, int32_t value)
{
	if (word.len == 0)
		return LEXICON_NONE;
	struct lexicon_node *n = node_of(x, word);
	int32_t old = value_of(n);
	n->value = (uint32_t)value + 1;
	return old;
}

int32_t lexicon_enter(struct lexicon *x, struct span word, int32_t value)
{
	if (word.len == 0)
		return value;
	struct lexicon_node *n = node_of(x, word);
	if (!n->value)
		n->value = (uint32_t)value + 1;
	return value_of(n);
}

void lexicon_add_reversed(struct lexicon *x, struct span word, int32_t value)
{
	x->reversed = true;
	lexicon_add(x, word, value);
}

void lexicon_build(struct lexicon *x)
{
	/* One pair in sixteen gets through that should not; 128 KB are more than a cache holds. */
	unsigned bits = PAIR_BITS_MIN;
	while (bits < PAIR_BITS_MAX && x->pairs * 16 > (size_t)1 << bits)
		bits++;
	x->pair_shift = 64 - bits;
	free(x->pair);
	x->pair = xcalloc(((size_t)1 << bits) / 64, sizeof *x->pair);
	for (size_t i = 0; i < slots(x); i++)
		if (x->nodes[i].key && x->nodes[i].key < BEHIND)
			set_bit(x->pair, hash(x->nodes[i].key) >> x->pair_shift);
}

static inline bool may_be_pair(const struct lexicon *x, uint64_t pair)
{
	return bit(x->pair, hash(pair) >> x->pair_shift);
}

static inline const struct lexicon_node *find_pair(const struct lexicon *x, uint64_t pair)
{
	return may_be_pair(x, pair) ? find(x, pair) : NULL;
}

static inline bool may_be_single(const struct lexicon *x, uint32_t c)
{
	return bit(x->single, single_bit(c));
}

static inline const struct lexicon_node *find_single(const struct lexicon *x, uint32_t c)
{
	return may_be_single(x, c) ? find(x, SINGLE | c) : NULL;
}

/* The node behind n by the next character. */
static inline const struct lexicon_node *find_next(const struct lexicon *x, const struct lexicon_node *n, uint32_t c)
{
	return n->follow & follow_bit(c) && !n->rest ? find(x, key_behind(n, c)) : NULL;
}

/* Whether the rest of n, which may be empty, stands at s. */
static inline bool rest_at(const struct lexicon *x, const struct lexicon_node *n, const char *s, const char *end)
{
	return n->rest == 0 || ((size_t)(end - s) >= n->rest && memcmp(s, x->rests.p + n->at, n->rest) == 0);
}

/* The longest word at s, which begins with the pair; which of the bitmaps let it through is known. In line in each of
 * the two places: most walks are over so soon that the call is a good part of them. */
__attribute__((always_inline)) static inline size_t longest(const struct lexicon *x, const char *s, const char *end,
                                                            uint64_t pair, size_t first, size_t both, bool is_single,
                                                            bool is_pair, int32_t *value)
{
	const struct lexicon_node *n;
	size_t len = 0;

	if (is_single && (n = find(x, SINGLE | first_bytes(pair, first)))) {
		*value = value_of(n);
		len = first;
	}
	n = is_pair ? find(x, pair) : NULL;
	for (const char *p = s + both; n;) {
		size_t more;
		uint32_t c;
		if (n->value && !n->rest) {
			*value = value_of(n);
			len = (size_t)(p - s);
		}
		if (p == end || !(n->follow & follow_bit(c = char_at(p, end, &more)))) /* as a rule none follows */
			break;
		if (n->rest) {
			if (rest_at(x, n, p, end)) {
				*value = value_of(n);
				len = (size_t)(p - s) + n->rest;
			}
			break;
		}
		n = find(x, key_behind(n, c));
		p += more;
	}
	return len;
}

size_t lexicon_longest(const struct lexicon *x, const char *s, const char *end, int32_t *value)
{
	size_t first, both;
	uint64_t pair = pair_of(bytes_at(s, end), &first, &both);
	bool is_single = may_be_single(x, (uint32_t)first_bytes(pair, first)), is_pair = may_be_pair(x, pair);

	*value = LEXICON_NONE;
	return (is_single | is_pair) ? longest(x, s, end, pair, first, both, is_single, is_pair, value) : 0;
}

int32_t lexicon_value(const struct lexicon *x, struct span word)
{
	int32_t value;
	return word.len && lexicon_longest(x, word.p, word.p + word.len, &value) == word.len ? value : LEXICON_NONE;
}

const char *lexicon_search(const struct lexicon *x, const char *s, const char *end, size_t *len, int32_t *value)
{
	*value = LEXICON_NONE;
	for (size_t first, both; s < end; s += first) {
		uint64_t pair = pair_of(bytes_at(s, end), &first, &both);
		bool is_single = may_be_single(x, (uint32_t)first_bytes(pair, first)), is_pair = may_be_pair(x, pair);
		/* One branch for both bitmaps: it is the one that cannot be foretold. */
		if ((is_single | is_pair) &&
		    (*len = longest(x, s, end, pair, first, both, is_single, is_pair, value)) != 0)
			return s;
	}
	*len = 0;
	return NULL;
}

size_t lexicon_longest_before(const struct lexicon *x, const char *begin, const char *s, int32_t *value)
{
	const struct lexicon_node *n;
	size_t len = 0, more;

	*value = LEXICON_NONE;
	if (s == begin)
		return 0;
	const char *p = utf8_prev(begin, s);
	if ((n = find_single(x, char_at(p, s, &more)))) {
		*value = value_of(n);
		len = more;
	}
	if (p == begin)
		return len;
	p = utf8_prev(begin, p);
	n = find_pair(x, first_bytes(bytes_at(p, s), (size_t)(s - p)));
	while (n) {
		if (n->value && (size_t)(p - begin) >= n->rest && rest_at(x, n, p - n->rest, p)) {
			*value = value_of(n);
			len = (size_t)(s - p) + n->rest;
		}
		if (p == begin)
			break;
		p = utf8_prev(begin, p);
		n = find_next(x, n, char_at(p, s, &more));
	}
	return len;
}

/* The node behind n by the character at *p, which is passed over; NULL when there is none. */
static inline const struct lexicon_node *step(const struct lexicon *x, const struct lexicon_node *n, const char **p,
                                              const char *end)
{
	size_t len;

	if (*p == end)
		return NULL;
	n = find_next(x, n, char_at(*p, end, &len));
	*p += len;
	return n;
}

size_t lexicon_next(const struct lexicon *x, const char *s, const char *end, struct lexicon_state *state,
                    int32_t *value)
{
	const struct lexicon_node *n = state->node;
	const char *p = s + state->len;

	*value = LEXICON_NONE;
	if (s == end || state->ended)
		return 0;
	if (n) {
		n = step(x, n, &p, end);
	} else {
		size_t first, both;
		uint64_t pair = pair_of(bytes_at(s, end), &first, &both);
		if (state->len == 0 && (n = find_single(x, (uint32_t)first_bytes(pair, first)))) {
			*value = value_of(n);
			return state->len = first;
		}
		n = find_pair(x, pair);
		p = s + both;
	}
	while (n) {
		if (n->value && rest_at(x, n, p, end)) {
			*value = value_of(n);
			state->node = n;
			size_t len;
			state->ended = n->rest || p == end || !(n->follow & follow_bit(char_at(p, end, &len)));
			return state->len = (size_t)(p - s) + n->rest;
		}
		n = step(x, n, &p, end);
	}
	state->ended = true;
	return 0;
}
