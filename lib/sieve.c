#include "sieve.h"

#include "utf8.h"

enum { PAIR = 6 }; /* bytes of two Chinese characters */

/* Whether two characters of three bytes stand at s. */
static inline bool is_pair(const char *s)
{
	return ((((unsigned char)s[0] ^ 0xe0) | ((unsigned char)s[3] ^ 0xe0)) & 0xf0) == 0;
}

static inline uint32_t hash(const char *s)
{
	uint32_t a, b;

	memcpy(&a, s, sizeof a);
	memcpy(&b, s + 2, sizeof b);
	return (a * 0x9e3779b1u ^ b * 0x85ebca77u) >> (32 - SIEVE_BITS);
}

void sieve_add(struct sieve *v, struct span word)
{
	if (word.len >= PAIR && is_pair(word.p))
		v->bits[hash(word.p) >> 6] |= (uint64_t)1 << (hash(word.p) & 63);
	else
		v->open = true;
}

size_t sieve_places(const struct sieve *v, const char *s, const char *end, const char **places, size_t room,
                    const char **next)
{
	size_t n = 0;

	/* No branch depends on whether a place passes, for that cannot be foretold; that Chinese goes on can be, so that the
	 * processor need not wait for the length of each character. */
	while (n < room && end - s >= PAIR) {
		places[n] = s;
		if (is_pair(s)) {
			uint32_t h = hash(s);
			n += (int)v->open | (int)(v->bits[h >> 6] >> (h & 63) & 1);
			s += 3;
		} else {
			n += v->open;
			s += utf8_len(*s);
		}
	}
	if (!v->open && end - s < PAIR)
		s = end;
	for (; n < room && s < end; s += utf8_len(*s))
		places[n++] = s;
	*next = s;
	return n;
}
