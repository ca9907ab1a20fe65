/* period: which years a figure speaks of, and whether it tells what was or what is to be.
 *
 * Followed through a document in the order of reading: sections set what holds by default, years and words of time
 * change it for a sentence, five-year spans for a paragraph.
 */
#ifndef PERIOD_H
#define PERIOD_H

#include <stdbool.h>
#include <stddef.h>

#include "clause.h"
#include "mood.h"

struct parts;

/* Years, both included; first 0 when none is known. */
struct years_span {
	int first, last;
};

struct period {
	int year;                  /* of the report, 0 when unknown: the one that it plans for */
	int now;                   /* that it was given in, as 今年 and 明年 count, when that is the one before; else 0 */
	bool target;               /* of the section */
	bool current;              /* the section speaks of the report's own year */
	bool open;                 /* the section does not say whether it looks back or ahead */
	struct years_span mixed;   /* the term that the headings name beside a year, as in 2025年和“十四五”时期 */
	struct years_span topic;   /* in such a review: the term or the year that the last paragraph to name one opened with */
	struct years_span told;    /* mixed, where no heading names years but the first time that the section told is a term */
	bool timed;                /* such a section has told its time */
	bool top;                  /* the record stands under no heading */
	bool headed;               /* a heading of the document has told what its section is for */
	bool planned;              /* none has, and what is read plans, by its mood */
	struct mood_count moods;
	struct years_span section; /* the term of years that the headings name */
	struct years_span paragraph, sentence;
	struct years_span turned;  /* the term that a paragraph may be about all the same though it opened with its last year */
	bool section_target;       /* of the section of the document that was last clear about it, */
	bool section_known;        /* if any was */
	struct years_span about;   /* where the report's year is unknown: what a paragraph or heading last opened with, */
	struct years_span prior;   /* and before that */
	int named;                 /* such a document says that this year is … (2026年是…): 今年 behind it is the same */
	bool ended;                /* the paragraph is about a term, but opened with its last year */
	bool opening;              /* no sentence of the paragraph has ended yet */
	bool said, said_part;      /* the sentence names its time; in this part of it, without a ； between */
	bool modal;                /* 力争, 确保, 要 … in this sentence */
	bool plain_year;           /* the sentence's time is the year under review */
	bool total, total_part;    /* 累计 in this sentence; in this part of it, too, without a ； between */
	bool estimated;            /* 预计 in this sentence */
	int start;                 /* the year that the sentence starts from (由2016年的 …), 0 for none */
	bool past;                 /* the sentence names a time before the report's year */
	bool range;                /* the sentence's time is from a year to a year */
	bool apart;                /* the year told last stands apart from what is told of it: 2025年，… */
	bool within;               /* or behind other words of its sentence */
};

/* A new document, of that year (0 unknown: then its title may say of which it tells); last says that it was given at the
 * end of the year before. */
void period_document(struct period *p, const struct parts *parts, int year, bool last, struct span title);

/* What the headings of the record before say, outermost first: most records stand under the same ones. A zeroed struct
 * is ready; freed with headings_free. */
enum { HEADINGS = 4 };
struct headings {
	struct heading {
		struct buf words;
		int year;                /* of the report */
		struct years_span term;  /* the term of years that it names */
		bool names_year;
		bool asked, tells;       /* whether it tells what its section is for, once that was asked */
		bool changed;            /* it was another one for the record before */
	} v[HEADINGS];
};
void headings_free(struct headings *h);

/* A new record under headings path (a JSON array, or p NULL), for a part as RECORDS.md names them. */
void period_record(struct period *p, struct headings *h, const struct words *w, const struct parts *parts, struct span path,
                   struct span part);

/* What the text of the record, where no heading has told what it is for, says by its mood. */
void period_mood(struct period *p, const struct moods *m, struct span text);

/* The record is a short line that tells no figure: it may be a heading of a document that has no parts. */
void period_line(struct period *p, const struct parts *parts, struct span text);

/* Whether the hedge at token i only names a plan: “十五”计划. */
bool period_names_plan(struct span text, const struct tokens *t, size_t i);

/* The classes of tokens that period_token heeds. */
#define PERIOD_CLASSES (W_STOP | W_SEMI | W_MODAL | W_HEDGE | W_ACCUM | W_AVG | W_EST | W_DATE | W_DURATION | W_TIME | W_NAME | W_COMP)

/* Token i of t, to be called for each of PERIOD_CLASSES in their order. */
void period_token(struct period *p, const struct words *w, struct span text, const struct tokens *t, size_t i,
                  const struct figures *numbers);

/* The year of a date, 0 when it names none; of 2016/2021 the last. */
int period_year(const struct figure *n);

/* Whether a figure here is a target. */
bool period_target(const struct period *p);

/* How a figure speaks of several years: as their mean (年均), as what grew over them (翻一番). */
enum course { COURSE_NONE, COURSE_MEAN, COURSE_OVER };

/* The years of a figure of this measure; sum says that it was added up over them (累计, 新增). */
struct years_span period_of(const struct period *p, enum measure measure, enum course course, bool sum);

/* Whether what is told now, if it names no time, is of several years. */
bool period_spans(const struct period *p);

/* The years of a sum of money that was added up, where period_of gives s: all of the term, where a year was said of
 * something else in front of a ； (去年达到8亿元；外资累计6亿美元). */
struct years_span period_summed(const struct period *p, struct years_span s);

/* The years of a starting value; beginning says that it is that of the beginning of the year (年初), own that the words in
 * front of it name the year. */
struct years_span period_start(const struct period *p, bool beginning, bool own);

#endif
