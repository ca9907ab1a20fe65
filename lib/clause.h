/* clause: the text of a record as tokens: the words that grammar knows, the numbers that were found, and the
 * stretches between them.
 *
 * Words come from dictionaries (words.tsv, verbs.tsv, hedges.tsv, nouns.tsv, times.tsv, sectors.tsv, and the names of the
 * indicators), the longest that begins at a place is taken. A name in quotes or in 《》 is one token; so is a short
 * remark in brackets that measures nothing.
 */
#ifndef CLAUSE_H
#define CLAUSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "indicator.h"
#include "figure.h"

/* The classes of words, as the dictionaries name them; a word may have several. */
#define WORD_CLASSES(C) \
	C(STOP) C(SEMI) C(COMMA) C(ENUM) \
	C(LEVEL) C(UP) C(DOWN) C(TO) C(FROM) C(AVG) C(COMP) C(THAN) C(OVER) C(UNDER) C(HIGH) C(LOW) C(SHARE) C(PORTION) C(RATE) C(DROP) \
	C(RANKV) C(DIST) C(EACH) C(INCL) C(ACCUM) C(EST) C(HERE) C(SCOPE) C(QUANT) C(ADV) C(PREP) C(PREPEND) C(AWARD) \
	C(COVER) C(STOCK) C(STRETCH) C(REACH) C(DONE) C(HAVE) C(REL) C(AND) C(OF) C(SUCH) C(BOUND) C(ASPECT) C(MAKE) C(NEW) C(NOMV) C(MODAL) C(HEDGE) C(NOUN) \
	C(IND) C(TIME) C(NUM) C(DATE) C(DURATION) C(ORDINAL) C(NAME) C(PLACE) C(RELATION) C(WITH) \
	C(NATION) C(PROVINCE) C(CITY)

enum word_bit {
#define C(name) BIT_##name,
	WORD_CLASSES(C)
#undef C
	BIT_COUNT
};
_Static_assert(BIT_COUNT <= 64, "a class is a bit of the 64 that a token has");

#define C(name) static const uint64_t W_##name = (uint64_t)1 << BIT_##name;
WORD_CLASSES(C)
#undef C

/* Classes at which a clause, and a sentence, ends. */
#define W_BREAK (W_STOP | W_SEMI | W_COMMA)

struct token {
	uint64_t classes; /* 0: an unknown stretch */
	uint32_t at, end; /* bytes of the text */
	int32_t ref;      /* NUM, DATE, DURATION, ORDINAL: index of the number; TIME, RELATION: of the row of
	              times.tsv, relations.tsv; PLACE: index of the place; else -1 */
};

/* The tokens of a sentence, the stop of the one before among them when there is one. */
struct tokens {
	struct token *v;
	size_t n, room;
	size_t from; /* 1 when v[0] is that stop, else 0 */
};

/* A sentence that ends within so many bytes of the text may be no more than a salutation: 各位代表！ */
enum { SALUTATION = 24 };

/* How a goal without a figure stands to what it is measured by, as relations.tsv and RECORDS name it. */
enum relation {
	RELATION_NONE, RELATION_SYNC_WITH, RELATION_ABOVE, RELATION_BELOW, RELATION_DELEGATED, RELATION_STABLE,
	RELATION_POSITIVE, RELATION_N
};
extern const char *const relation_names[RELATION_N];

struct words;

/* Reads the dictionaries; the caller frees. x lends its names and must outlive the result. */
struct words *words_load(const struct indicators *x);
void words_free(struct words *w);

/* The classes that a list such as "UP+TO" or "UP|TO" names; false when one is unknown. */
bool words_classes(struct span list, char between, uint64_t *classes);

/* Years that row ref of times.tsv names, counted from that of the report, or as they are where they have four digits;
 * false when it leaves them open. */
bool words_years(const struct words *w, int32_t ref, int *first, int *last);

/* The same for the first word in text that names several years; false when none does. */
bool words_term(const struct words *w, struct span text, int *first, int *last);

/* The relation of row ref of relations.tsv. */
enum relation words_relation(const struct words *w, int32_t ref);

/* The bytes of the longest word that names an aspect (增加值, 死亡人数) and ends at s, at or after begin; 0 for none. */
size_t words_aspect(const struct words *w, const char *begin, const char *s);

/* The bytes of the name of a branch (工业经济, 旅游业) that s, where a clause begins, opens with; 0 for none. */
size_t words_sector(const struct words *w, const char *s, const char *end);

/* Which sentences are cut into tokens: all; or the first one and those with a number; or, besides these, what follows
 * a salutation, what may tell a goal without a number, and what names several years, which hold beyond their sentence. */
enum tokens_of { TOKENS_ALL, TOKENS_FIGURES, TOKENS_GOALS };

/* Whether a word stands in text, or in its first sentence alone, that TOKENS_GOALS goes for. */
bool words_cued(const struct words *w, struct span text, bool first);

/* More tokens than a sentence has: it is cut there, so that no text needs more memory. */
enum { SENTENCE_TOKENS = 1 << 16 };

/* A text that is being cut. */
struct cutter {
	const struct words *words;
	struct span text;
	const struct figures *numbers;
	const struct places *places;
	uint32_t home;
	enum tokens_of what;
	const char *at;                   /* all in front of it is cut */
	const char *past;                 /* the end of a word of time that began before a number */
	size_t next, next_place;
	const char *word;                 /* the first at or behind at, with its length and value */
	size_t word_len;
	int32_t word_value;
	const char *bracket;              /* the first opening one at or behind at */
	const char *wanted;               /* the number or cue that lies in the sentence gone to last */
	const char *sentence;             /* where that of the number sentence_of begins */
	size_t sentence_of;
};

/* Begins to cut text, valid UTF-8 with its numbers and places in order, all of which must stay while it is cut. A place
 * whose code is home is like 全市: it says nothing new. */
void cutter_start(struct cutter *c, const struct words *w, struct span text, const struct figures *numbers,
                  const struct places *places, uint32_t home, enum tokens_of what);

/* Cuts the next sentence into tokens, which replace what t, zeroed at the beginning of the text, held; t is freed with
 * tokens_free. False when there is none left. */
bool cutter_sentence(struct cutter *c, struct tokens *t);
void tokens_free(struct tokens *t);

#endif
