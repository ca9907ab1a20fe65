/* json: a small strict JSON scanner (RFC 8259) that hands out spans and builds nothing.
 *
 * Numbers stay as written, to any length; strings stay escaped until somebody asks. Everything but json_check
 * works on JSON that json_check, or a record's reader, has found good, and does not look for faults again.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#if defined __SSE2__
#include <emmintrin.h>
#endif

#include "buf.h"

enum { JSON_DEPTH = 1024 }; /* nesting that is accepted; RFC 8259 section 9 allows such limits */

/* What is done with a member of the outermost object: name is what stands between the quotes, still escaped. NULL,
 * or why the check ends here. */
typedef const char *json_each(void *self, struct span name, struct span value);

/* Who knows how an array among these is written may read it first: behind the end of the one that begins at s, when all of it is
 * good JSON, or NULL, and then it is checked as any. */
typedef const char *json_array(void *self, struct span name, const char *s, const char *end);

/* The length of the one JSON value that begins at s, white space around it not allowed before and not counted
 * after; 0 when there is none, and then *why says what is wrong, in a constant. If the value is an object, each
 * (which may be NULL) is told its members in their order, each as soon as it was found good, and array (which may be NULL, too) is asked for its arrays. That the bytes are
 * UTF-8 is left to the caller, who has the marks from that, see utf8_marks. */
size_t json_check(const char *s, size_t len, const uint64_t *marks, json_each *each, json_array *array, void *self,
                  const char **why);

/* The length of the good value at s. */
size_t json_skip(const char *s, const char *end);

/* Behind the white space at s. */
static inline const char *json_space(const char *s, const char *end)
{
	while (s < end && (unsigned char)*s <= ' ' && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r'))
		s++;
	return s;
}

#if defined __SSE2__
/* One bit for each of the 16 bytes at s that cannot stand in a string as it is. */
static inline __m128i json_special(const char *s)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)s);
	__m128i escaped = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
	return _mm_or_si128(escaped, _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v));
}
#endif

/* A member's name as most writers put it in front of its value, with quotes and colon, if that makes no more than 16
 * bytes. All 16 are compared at once, and those that count are picked out. */
struct json_name {
	char bytes[16];
	size_t len; /* 1 to 16; 0 when there is none */
};

/* Whether the name stands at s. */
static inline bool json_named(const struct json_name *n, const char *s, const char *end)
{
	if (n->len == 0 || end - s < 16)
		return false;
#if defined __SSE2__
	__m128i a = _mm_loadu_si128((const __m128i *)(const void *)s);
	__m128i b = _mm_loadu_si128((const __m128i *)(const void *)n->bytes);
	return ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b)) << (32 - n->len) == 0;
#else
	return memcmp(s, n->bytes, n->len) == 0;
#endif
}

/* What json_plain does when the string is longer than 16 bytes, of which those in front of s were looked at; and when the
 * text ends sooner. */
const char *json_plain_long(const char *s, const char *end);
const char *json_plain_short(const char *s, const char *end);

/* The first byte at or after s that cannot stand in a string as it is: a quote, a backslash or a control byte. */
static inline const char *json_plain(const char *s, const char *end)
{
#if defined __SSE2__
	if (end - s >= 16) {
		int mask = _mm_movemask_epi8(json_special(s));
		return mask ? s + __builtin_ctz((unsigned)mask) : json_plain_long(s + 16, end);
	}
#endif
	return json_plain_short(s, end);
}

/* A walk over the members of an object or the elements of an array; end is its end or anything behind it. */
struct json_walk {
	const char *at, *end;
};

/* Begins a walk over the good value v; the walk is empty when v is neither an object nor an array. */
struct json_walk json_walk(struct span v);

/* The next element; false at the end. */
bool json_element(struct json_walk *w, struct span *value);

/* The next member; key is what stands between the quotes, still escaped. */
bool json_member(struct json_walk *w, struct span *key, struct span *value);

/* Goes into the next element, an object or array, without looking for its end first; false at the end, or when it is
 * neither, and then w stays in front of it. Members or elements of inner are walked up to its end, behind which
 * json_leave puts w. */
bool json_enter(struct json_walk *w, struct json_walk *inner);
void json_leave(struct json_walk *w, const struct json_walk *inner);

/* The characters of the good string v (with its quotes). Without escapes the span lies in v itself; with
 * escapes it is written to scratch, which is cleared first. False, when v is no string or has a lone
 * surrogate. */
bool json_string(struct span v, struct buf *scratch, struct span *out);

/* The value of a good number that is a whole number from 0 to max, else false. */
bool json_size(struct span v, size_t max, size_t *out);

#endif
