/* match: regular expressions (PCRE2, compiled once, JIT where the library has it).
 *
 * Expressions are Perl's, over valid UTF-8: "." and classes mean characters. They are case sensitive and see one
 * stretch of text at a time. Every match is bounded in steps and memory; one that exceeds its bounds counts as
 * no match, so that no text can make an expression run away. Meant for candidates that something cheaper found.
 */
#ifndef MATCH_H
#define MATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

enum { MATCH_GROUPS = 16 }; /* groups that are handed out, the whole match being group 0 */

struct match;

/* Compiles the expression; NULL when it is none, and then why (size bytes) says so. The caller frees. With whole,
 * it must match the text from its first byte to its last. */
struct match *match_new(struct span expression, bool whole, char *why, size_t size);
void match_free(struct match *m);

/* Whether text, which is valid UTF-8, holds a match that begins at or after byte from; groups, unless NULL, then
 * holds MATCH_GROUPS spans into text, those of groups that took no part with p NULL. */
bool match_find(struct match *m, struct span text, size_t from, struct span *groups);

#endif
