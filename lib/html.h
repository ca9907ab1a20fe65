/* html: records as one page to read, which needs nothing but itself.
 *
 * Everything of the records is written as text or in quoted attributes, escaped for that place; style and script
 * are constants, and the page's Content-Security-Policy lets nothing else run or load.
 */
#ifndef HTML_H
#define HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "annotations.h"
#include "buf.h"
#include "lexicon.h"
#include "record.h"
#include "tsv.h"

/* Of the labels around the report. */
enum html_language { HTML_ZH, HTML_EN };

struct html_name {
	struct span id, name;
	bool former;
};

/* What ids of a dictionary are called. */
struct html_names {
	char *path;
	struct tsv file; /* open as long as the names are used */
	struct lexicon *ids;
	struct html_name *name;
	size_t n, cap;
};

struct html_mark;

struct html {
	enum html_language language;
	struct html_names indicators, places;
	struct annotations found;
	struct html_mark *marks;
	size_t marks_n, marks_cap;
	struct buf contents, facts; /* list items, for behind the text */
	struct buf scratch, joined;
	size_t records, documents, facts_n;
	size_t counts[8]; /* entities by type */
};

/* A zeroed h becomes ready; reads the names of indicators and places from the suite's dictionaries. */
void html_open(struct html *h, enum html_language language);
void html_close(struct html *h);

/* Writes the record behind what was written before; the first one writes the page's head too. NULL, or why the record
 * is refused, in which case nothing is written. */
const char *html_record(struct html *h, const struct record *r, struct buf *out);

/* Writes what stands behind the text: contents, list of facts, script. */
void html_end(struct html *h, struct buf *out);

/* The characters of s for text or a quoted attribute; control characters become U+FFFD. */
void html_escape(struct buf *out, struct span s);

#endif
