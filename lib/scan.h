/* scan: finds the rare bytes of Chinese running text, sixteen at a time where the machine can. */
#ifndef SCAN_H
#define SCAN_H

#include <stddef.h>

/* Writes where the next of 。 ！ ： ； （ and their like stand in s..end, valid UTF-8, as byte offsets from s, at most room of
 * them; ， is none, other full-width signs are. Returns their number, and in *next where to go on. room must be 64 or more.
 * Bytes may be read up to readable, which is end or beyond: a little room there saves time. */
size_t scan_stops(const char *s, const char *end, const char *readable, size_t *at, size_t room, const char **next);

/* The first of 。 ！ ： ； （ in valid UTF-8, or end. */
const char *scan_stop(const char *s, const char *end);

/* The first digit 0 to 9, or end. */
const char *scan_digit(const char *s, const char *end);

#endif
