#include "recall.h"

#include "utf8.h"

enum { KEY = 4 + 2 }; /* bytes of a name that are hashed: two Chinese characters */

/* 20 bits. */
static inline uint32_t hash(const char *s)
{
	uint32_t a;
	uint16_t b;
	memcpy(&a, s, sizeof a);
	memcpy(&b, s + sizeof a, sizeof b);
	return (uint32_t)(((uint64_t)b << 32 | a) * 0x9e3779b97f4a7c15u >> 44);
}

void recall_clear(struct recall *r)
{
	if (r->count == 0)
		return;
	buf_clear(&r->text);
	memset(r->slots, 0, sizeof r->slots);
	memset(r->begins, 0, sizeof r->begins);
	r->count = r->known = 0;
}

void recall_free(struct recall *r)
{
	buf_free(&r->text);
}

void recall_add(struct recall *r, struct span name, int type)
{
	uint32_t h, i;

	if (name.len < KEY || r->count == RECALL_NAMES)
		return;
	h = hash(name.p);
	for (i = h % RECALL_SLOTS; r->slots[i]; i = (i + 1) % RECALL_SLOTS) {
		size_t k = r->slots[i] - 1u;
		if (r->names[k].len == name.len && memcmp(r->text.p + r->names[k].at, name.p, name.len) == 0)
			return;
	}
	r->names[r->count].at = r->text.len;
	r->names[r->count].len = name.len;
	r->names[r->count].type = type;
	buf_span(&r->text, name);
	r->slots[i] = (uint16_t)++r->count;
	r->begins[h % RECALL_BITS / 64] |= (uint64_t)1 << h % 64;
}

const char *recall_search(const struct recall *r, const char *s, const char *end, size_t *len, int *type)
{
	if (r->known == 0)
		return NULL;
	/* As a rule Chinese goes on, and the processor need not wait for the length of a character. */
	for (; end - s >= KEY; s += __builtin_expect(((unsigned char)*s & 0xf0) == 0xe0, 1) ? 3 : utf8_len(*s)) {
		uint32_t h = hash(s);
		if (!(r->begins[h % RECALL_BITS / 64] >> h % 64 & 1))
			continue;
		*len = 0;
		for (uint32_t i = h % RECALL_SLOTS; r->slots[i]; i = (i + 1) % RECALL_SLOTS) {
			size_t k = r->slots[i] - 1u, n = r->names[k].len;
			if (k < r->known && n > *len && n <= (size_t)(end - s) && memcmp(r->text.p + r->names[k].at, s, n) == 0) {
				*len = n;
				*type = r->names[k].type;
			}
		}
		if (*len)
			return s;
	}
	return NULL;
}
