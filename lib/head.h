/* head: what the first lines of a document say about it, by the expressions of head.tsv and the gazetteer. */
#ifndef HEAD_H
#define HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "gazetteer.h"

enum { HEAD_PLACE = 1, HEAD_ADCODE = 2, HEAD_YEAR = 4 };

struct head {
	struct span text; /* the head's lines, joined by spaces */
	/* Empty, or 0, where the head does not say it. */
	struct span title, place, date, session, office, speaker;
	uint32_t adcode;
	unsigned year;
	bool report;
	unsigned inferred; /* HEAD_PLACE …: what the body says instead */
	size_t lines;      /* that belong to the head wholly */
	size_t bytes;      /* of the next line that belong to it */
};

struct heads;

/* Loads the dictionary; the caller frees with heads_free. The gazetteer must live as long. */
struct heads *heads_new(const struct gazetteer *g);
void heads_free(struct heads *h);

/* Reads the head of the document in these lines, none of them empty, valid UTF-8 without spaces at their ends; what
 * it found is good until the next call. titled says that the first line is known to be a title. */
const struct head *heads_read(struct heads *h, const struct span *lines, size_t n, bool titled);

/* The title behind bullets and tags (• 【…】) if the line is one of a list of titles, else empty. */
struct span head_listed_title(struct span line);

/* The first year written in s (2020年, 二〇二〇年), 0 if none. */
unsigned head_year(struct span s);

/* Whether the line is a report's title. */
bool heads_report_title(const struct heads *h, struct span line);

/* Whether the line belongs under a title: the date and session of a report, or its salutation. */
bool head_follows_title(struct span line);

#endif
