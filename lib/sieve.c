#include "sieve.h"

#include "utf8.h"

enum { PAIR = 6 }; /* bytes of two Chinese characters */

/* Whether they are two characters of three bytes. */
static inline bool is_pair(uint64_t bytes)
{
	return (bytes & 0xf00000f0) == 0xe00000e0;
}

static inline uint64_t hash(uint64_t bytes)
{
	return (bytes << (64 - 8 * PAIR)) * 0x9e3779b97f4a7c15u >> (64 - SIEVE_BITS);
}

void sieve_add(struct sieve *v, struct span word)
{
	char first[sizeof(uint64_t)] = {0};

	memcpy(first, word.p, word.len < PAIR ? word.len : PAIR);
	uint64_t pair = utf8_eight(first);
	if (is_pair(pair))
		v->bits[hash(pair) >> 6] |= (uint64_t)1 << (hash(pair) & 63);
	else
		v->others = true;
	v->open |= word.len == utf8_len(*word.p);
}

size_t sieve_places(const struct sieve *v, const char *s, const char *end, const char **places, size_t room,
                    const char **next)
{
	bool others = v->open || v->others;
	size_t n = 0;

	/* No branch depends on whether a place passes, for that cannot be foretold; that Chinese goes on can be, so that the
	 * processor need not wait for the length of each character. */
	while (n < room && end - s >= (ptrdiff_t)sizeof(uint64_t)) {
		places[n] = s;
		uint64_t bytes = utf8_eight(s);
		if (is_pair(bytes)) {
			uint64_t h = hash(bytes);
			n += (int)v->open | (int)(v->bits[h >> 6] >> (h & 63) & 1);
			s += 3;
		} else {
			n += others;
			s += utf8_len(*s);
		}
	}
	for (; n < room && end - s >= (others ? 1 : PAIR); s += utf8_len(*s))
		places[n++] = s;
	if (!others && end - s < PAIR)
		s = end;
	*next = s;
	return n;
}
