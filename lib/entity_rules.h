/* entity_rules: the dictionaries of the entity scanner, read into one lexicon.
 *
 * A word of the lexicon can have several parts to play: 改革 ends names and is a verb at which names begin.
 */
#ifndef ENTITY_RULES_H
#define ENTITY_RULES_H

#include <stdint.h>

#include "entity.h"
#include "gazetteer.h"
#include "lexicon.h"
#include "tsv.h"

/* What a word does to a name that stands behind it; the kinds of name-bounds.tsv. */
enum bound {
	BOUND_STOP = 1 << 0,
	BOUND_FRAME = 1 << 1,
	BOUND_AWARD = 1 << 2,
	BOUND_ADVERB = 1 << 3,
	BOUND_VERB = 1 << 4,
	BOUND_JOINT = 1 << 5,
	BOUND_LEVEL = 1 << 6,
	BOUND_COUNT = 1 << 7,
	BOUND_YEAR = 1 << 8,
	BOUND_PAIR = 1 << 9,  /* abbreviations of places stand in front: 沪甬合作 */
	BOUND_CUE = 1 << 10,  /* follows slogans in quotes: “…”理念 */
	BOUND_BLOCK = 1 << 11,
	/* punctuation, known without dictionary */
	BOUND_HARD = 1 << 12,
	BOUND_LIST = 1 << 13,
	BOUND_OPEN = 1 << 14,
	BOUND_CLOSE = 1 << 15,
	BOUND_TITLE = 1 << 16, /* with OPEN or CLOSE: 《》 */
	BOUND_PAREN = 1 << 17, /* with OPEN or CLOSE: （） */
	BOUND_FLIP = 1 << 18,  /* " opens and closes in turn */
	BOUND_FOUND = 1 << 19, /* a body is named behind it: 成立 */
	BOUND_CLASS = 1 << 21, /* what follows is a class of things, not one: 一批 */
	BOUND_VILLAGES = 1 << 22, /* names of villages stand in front: 等3个乡镇 */
	BOUND_FIRST = 1 << 23, /* stands between an award and what it is: 首批 */
	BOUND_STORM = 1 << 24, /* makes the quotation behind it an event: 台风“…” */
	BOUND_OFFICE = 1 << 25, /* a person's name follows: 县长 */
	BOUND_HOST = 1 << 26,  /* an event is named behind it, also over 和: 举办 */
	BOUND_HONOUR = 1 << 27, /* follows an honour in quotes: “…”称号 */
	BOUND_DONE = 1 << 20,  /* follows a policy that was carried out: …行动全面开展 */
	BOUND_ETC = 1 << 28,   /* a list stands in front, what its items are may stand behind: 甲、乙等企业 */
	BOUND_WORKS = 1 << 29, /* what is listed in front of 等 are projects: 项目 */
	BOUND_FIRMS = 1 << 30, /* bodies: 企业 */
};

/* What else an ending asks for; the values of need in name-endings.tsv. */
#define NEEDS(NEED) \
	NEED(specific) NEED(framed) NEED(marked) NEED(framed_marked) NEED(level) NEED(awarded) NEED(prize) NEED(line) \
	NEED(road) NEED(village) NEED(session) NEED(list) NEED(version) NEED(articles) NEED(bounded) NEED(done) NEED(coded) \
	NEED(built) NEED(founded) NEED(placed) NEED(quoted) NEED(seat) NEED(rare) NEED(route) NEED(ordinal) \
	NEED(granted) NEED(held)

enum need {
#define NEED(name) NEED_##name,
	NEEDS(NEED)
#undef NEED
	NEED_COUNT
};

/* How a token bounds the name behind it. */
enum stop {
	STOP_NONE,
	STOP_PLACE, /* a name begins with it */
	STOP_JOINT, /* 和: a stop, but not for honours */
	STOP_SOFT,  /* a verb or adverb: a stop, but not for what a frame in front of it names */
	STOP_LIST,  /* 、 */
	STOP_HARD,
	STOP_ASK,   /* of a word: the text around it says */
};

struct ending {
	struct entity_rule rule;
	uint8_t type, need, min, max;
	int32_t next; /* another row with the same text; -1 at the end */
};

/* What every token looks at is kept apart from what few do. */
struct word {
	uint32_t bound;  /* of enum bound */
	int32_t ending;  /* its first row, -1 for none */
	uint8_t name;    /* the type of a name */
	bool is_name;    /* with name ENTITY_none: looks like a name, but is none */
	bool is_place;   /* in the gazetteer */
	uint8_t stop;    /* enum stop */
	bool alone;      /* the token is there, whatever stands around it */
	bool acts;       /* a name can stand at, in front of or behind the token */
	bool asks;       /* the tokens around it say how it stops, or which one it goes with */
	bool province;   /* ends with a character that names of provinces begin with, and is no place */
};

/* What a joint joins behind words that name kinds of it; the kinds events and bodies of name-bounds.tsv. */
enum joins { JOINS_NOTHING, JOINS_EVENTS, JOINS_BODIES };

/* What a word is for the name of a person; the values of is in persons.tsv. */
enum { PERSON_SURNAME = 1, PERSON_BEHIND = 2 };

struct entity_rules {
	struct gazetteer *gazetteer;
	struct lexicon *lexicon; /* to index into words */
	struct lexicon *common;
	struct lexicon *joined;  /* words in front of a joint, reversed, to enum joins */
	struct lexicon *persons; /* to what a word is for their names */
	struct word *words;
	struct entity_rule *texts; /* of the words */
	size_t word_count, word_room;
	struct ending *endings;
	size_t ending_count, ending_room;
	struct tsv *files; /* hold the bytes that the spans lie in */
	char **paths;
	size_t file_count;
	uint64_t provinces[0x10000 / 64]; /* low 16 bits of the characters that names of provinces begin with */
};

/* How a word with this bound bounds names. */
enum stop entity_stop(uint32_t bound);

/* Reads the suite's dictionaries and count of the user's; does not return when one is not good. */
void entity_rules_read(struct entity_rules *r, char *const *dictionaries, size_t count);
void entity_rules_free(struct entity_rules *r);

#endif
