/* reading: what has been read of a record so far, and the subject that a figure in it finds: the phrase that its
 * frame points to, completed from what was said before, or carried over from there.
 */
#ifndef READING_H
#define READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause.h"
#include "figure.h"
#include "frame.h"
#include "phrase.h"

enum { HISTORY = 16, NATION = 100000 };

/* A subject that was said, to be carried on. */
struct said {
	struct subject subject;
	struct subject whole; /* of all that were said in one breath */
	size_t sentence;      /* counted in the record */
	size_t token;         /* where its number stands, in its sentence */
	int measure;
	enum what what;
	bool down;
	bool verb_first;      /* 压减A 5%、B 10%: what follows in the chain is of the same kind */
	uint32_t place;
	bool agent;           /* its first piece is who did it */
	bool held;            /* its figure says how it was at the end of a term */
	struct range phrase;  /* the tokens of its sentence that all of one breath were made of, empty when it was carried */
};

struct reading {
	const struct words *words;
	uint32_t home; /* adcode of the report's own place, 0 when unknown */
	struct span text;
	struct figures numbers;
	struct places places;
	struct tokens tokens; /* of the sentence that is read */
	size_t sentence;
	size_t said; /* ever; the last is history[(said - 1) % HISTORY] */
	struct said history[HISTORY];
};

/* The subject of a figure. */
struct found {
	struct subject subject;
	struct subject whole; /* what was said for all of a run that it was carried from; n 0 when it was not */
	struct range phrase;  /* the tokens it was made of, empty when it was carried from an earlier figure */
	struct range who;     /* the tokens of who did it, where agent says that the subject begins with them */
	bool agent, carried;
	bool related;         /* the last piece of subject says something of what was said before, as 占比 and 增速 do */
	bool headed;          /* the last piece of subject is a bare aspect that what was said before gave a head */
	struct piece branch;  /* one that may be its head as well, as far as the two make an indicator; else empty */
	uint32_t place;
	size_t past; /* where the words of the next figure begin, 0 when behind this one */
};

static inline bool reading_is(const struct reading *rd, size_t token, uint64_t classes)
{
	return (rd->tokens.v[token].classes & classes) != 0;
}

/* Whether a token of the range is of the classes. */
bool reading_any(const struct reading *rd, struct range r, uint64_t classes);

/* Whether a word of the range says that a figure is the mean of several years. */
bool reading_mean(const struct reading *rd, struct range r);

/* Whether the range ends with what was to be: 省考核目标, 年度任务. */
bool reading_names_goal(const struct reading *rd, struct range r);

/* The text of a range; empty for an empty one. */
struct span reading_text(const struct reading *rd, struct range r);

/* Whether the piece begins with the word. */
static inline bool reading_starts(struct span text, struct piece p, const char *word)
{
	return span_begins((struct span){text.p + p.at, p.end - p.at}, word);
}

/* The number at a token. */
const struct figure *reading_number(const struct reading *rd, size_t token);

/* The end of the clause of the number at token, or of its words where another number follows. */
size_t reading_clause_end(const struct reading *rd, size_t token);

/* The phrase as a subject. */
struct subject reading_phrase(const struct reading *rd, struct range r);

/* The place that r, the words in front of a subject, begins with, or that the subject itself begins with; else the
 * one given. */
uint32_t reading_place(const struct reading *rd, struct range r, uint32_t place);
uint32_t reading_subject_place(const struct reading *rd, const struct subject *s, uint32_t place);

/* The bytes of the places, joined where there are several, that p begins with, when more follows them. */
size_t reading_places(const struct reading *rd, struct piece p);

/* The subject said nth before, 1 the last; NULL when there is none. */
const struct said *reading_said(const struct reading *rd, size_t nth);
void reading_remember(struct reading *rd, const struct said *s);

/* Whether the last n figures said were one list (从A、B …; 分别增长A、B). */
bool reading_listed(const struct reading *rd, size_t n);

/* The list of n items that the clause in front of token low, which has no figure, begins with. False when it has none. */
bool reading_list(const struct reading *rd, size_t low, size_t n, struct range *list);

/* The subject of the number at token at, whose words begin at token low, in the frame m. False when nothing in the
 * paragraph says it. */
bool reading_subject(const struct reading *rd, size_t low, size_t at, const struct match *m, struct found *out);

#endif
