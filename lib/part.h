/* part: what a section or passage of a report is for, by the dictionary part.tsv. */
#ifndef PART_H
#define PART_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"

enum part {
	PART_FRONT,
	PART_REVIEW,
	PART_PROBLEMS,
	PART_GOALS,
	PART_TASKS,
	PART_GOVERNANCE,
	PART_CLOSING,
	PART_NOTES,
	PART_OTHER,
	PART_NONE /* the dictionary does not say */
};

/* Their names, by enum part; none for PART_NONE. */
extern const char *const part_names[];

/* Where the words stand: column "in" of the dictionary. */
enum part_in {
	PART_HEADING, /* the heading of a section */
	PART_TOPIC,   /* the heading of a subsection */
	PART_LEAD,    /* the beginning of a paragraph in the review */
	PART_AIM,     /* the beginning of a paragraph in the plan */
	PART_TURN,    /* words with which a paragraph turns to something else: PART_LEAD holds behind them only */
	PART_OPENING, /* the first sentence of a paragraph in a report without headings */
	PART_INS
};

struct parts;

/* Loads the dictionary; the caller frees with parts_free. */
struct parts *parts_new(void);
void parts_free(struct parts *p);

/* The part by the first rule of its kind that holds for the text, which is valid UTF-8; PART_NONE if none does. */
enum part parts_find(const struct parts *p, enum part_in in, struct span text);

/* The characters that words of PART_TURN begin with: a bit for each value of their low 16 bits. */
const uint64_t *parts_turns(const struct parts *p);

/* Whether the text at s begins with a word of PART_TURN. */
bool parts_turn(const struct parts *p, const char *s, const char *end);

#endif
