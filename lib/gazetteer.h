/* gazetteer: the administrative divisions of China down to county level, by name and by code.
 *
 * Codes are those of GB/T 2260 as numbers (330206 for 宁波市北仑区), 0 for none. The names come from the dictionaries
 * places.tsv, places-more.tsv and places-words.tsv (see places.sh for their source): full names, short names (北仑),
 * and names of before.
 *
 * Many names are borne by several places (鼓楼区, 朝阳, 江北). Which is meant is decided by home, the code of the place
 * that the document is about (0 when nobody knows): itself and what lies above it come first, then what lies right
 * below it, then its neighbours; elsewhere the place of the highest level, and among equals the one in the same
 * province. Where that leaves more than one, the name is found, but without code.
 */
#ifndef GAZETTEER_H
#define GAZETTEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

struct gazetteer;

enum place_level { PLACE_NOWHERE, PLACE_PROVINCE, PLACE_PREFECTURE, PLACE_COUNTY };

enum place_form {
	PLACE_FULL,   /* 北仑区 */
	PLACE_SHORT,  /* 北仑 */
	PLACE_FORMER, /* 鄞县: a full name of before */
};

/* How near a place is to home. */
enum place_near {
	PLACE_FAR,        /* in another province, or there is no home */
	PLACE_PROVINCIAL, /* in home's province */
	PLACE_NEIGHBOUR,  /* right below what home lies right below */
	PLACE_BELOW,      /* right below home */
	PLACE_HOME,       /* home or above it */
};

struct place {
	size_t len;    /* of the name in bytes */
	uint32_t code; /* 0 when nothing decides which of several places is meant */
	enum place_level level; /* of that place, or of the first that it could be */
	enum place_form form;
	enum place_near near;
	bool word;     /* a short name that is also a word, or that words often spell where they meet (和平, 资中) */
	bool nested;   /* the name of a place right after that of one above it (宁波市北仑区); code is the last one's */
};

/* Reads the dictionaries; does not return when they are not good. The caller frees with gazetteer_free. */
struct gazetteer *gazetteer_open(void);
void gazetteer_free(struct gazetteer *g);

/* The longest name that begins at s and ends at or before end, names of places within one another taken together.
 * False when none begins there. s must be the start of a character of valid UTF-8. */
bool gazetteer_find(const struct gazetteer *g, const char *s, const char *end, uint32_t home, struct place *p);

/* Calls each with every name, once, and with the level of the highest of the places that have it. */
void gazetteer_each(const struct gazetteer *g, void (*each)(void *self, struct span name, enum place_level level),
                    void *self);

/* The code of a name written alone, nested or not (宁波市北仑区, 北仑, 襄樊市); 0 when it is no name or undecided. */
uint32_t gazetteer_name(const struct gazetteer *g, struct span name, uint32_t home);

/* The code for the single character (甬, 沪, 浙) at s, which must not be the end; 0 when it stands for no place. */
uint32_t gazetteer_abbreviation(const struct gazetteer *g, const char *s, uint32_t home);

/* Whether a character that says what kind of division a place is (省 市 县 区 州 旗 盟, as GB/T 2260 names them end with)
 * stands at s. */
bool gazetteer_kind_at(const char *s, const char *end);

/* The level of a code, PLACE_NOWHERE when there is no such place, and the code of the place right above it: 0 for
 * provinces and for codes without a place. */
enum place_level gazetteer_level(const struct gazetteer *g, uint32_t code);
uint32_t gazetteer_parent(const struct gazetteer *g, uint32_t code);

/* The full name that goes with a code today, else the last one that did; empty when there is no such place. Belongs
 * to the gazetteer. */
struct span gazetteer_full_name(const struct gazetteer *g, uint32_t code);

/* Whether the place lies in the other or is the same. */
static inline bool gazetteer_within(uint32_t code, uint32_t other)
{
	return other != 0 && (code == other || (other % 10000 == 0 && code / 10000 == other / 10000) ||
	                      (other % 100 == 0 && code / 100 == other / 100));
}

#endif
