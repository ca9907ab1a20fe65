/* json: a small strict JSON scanner (RFC 8259) that hands out spans and builds nothing.
 *
 * Numbers stay as written, to any length; strings stay escaped until somebody asks. Everything but json_check
 * works on JSON that json_check, or a record's reader, has found good, and does not look for faults again.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

enum { JSON_DEPTH = 1024 }; /* nesting that is accepted; RFC 8259 section 9 allows such limits */

/* The length of the one JSON value that begins at s, white space around it not allowed before and not counted
 * after; 0 when there is none, and then *why says what is wrong, in a constant. */
size_t json_check(const char *s, size_t len, const char **why);

/* The length of the good value at s. */
size_t json_skip(const char *s, const char *end);

/* White space of JSON. */
static inline const char *json_space(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r'))
		s++;
	return s;
}

/* A walk over the members of an object or the elements of an array. */
struct json_walk {
	const char *at, *end;
};

/* Begins a walk over the good value v; the walk is empty when v is neither an object nor an array. */
struct json_walk json_walk(struct span v);

/* The next element; false at the end. */
bool json_element(struct json_walk *w, struct span *value);

/* The next member; key is what stands between the quotes, still escaped. */
bool json_member(struct json_walk *w, struct span *key, struct span *value);

/* The characters of the good string v (with its quotes). Without escapes the span lies in v itself; with
 * escapes it is written to scratch, which is cleared first. False, when v is no string or has a lone
 * surrogate. */
bool json_string(struct span v, struct buf *scratch, struct span *out);

/* The value of a good number that is a whole number from 0 to max, else false. */
bool json_size(struct span v, size_t max, size_t *out);

#endif
