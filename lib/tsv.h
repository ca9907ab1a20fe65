/* tsv: dictionaries, and the fields of tables. A dictionary is a UTF-8 text file of tab-separated columns under a header line that names
 * them; blank lines and lines that begin with # are passed over. Columns may stand in any order, and more than
 * are asked for may be there.
 *
 * A dictionary that cannot be read ends the program with RC_SYSTEM, one that is malformed with RC_USAGE; the
 * message names file and line.
 */
#ifndef TSV_H
#define TSV_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

enum { TSV_COLUMNS = 32 };

struct tsv {
	const char *path; /* not owned */
	struct buf data;
	size_t good;              /* leading bytes that are UTF-8 without NUL */
	size_t at, line;
	size_t columns;           /* of the file */
	size_t wanted;            /* columns asked for */
	size_t where[TSV_COLUMNS]; /* the file's column of each wanted one */
};

/* Opens path and finds the n columns (at most TSV_COLUMNS) that names lists; each must be there, but for those
 * whose name begins with '?', which come out empty when they are not. */
void tsv_open(struct tsv *t, const char *path, const char *const *names, size_t n);

/* The next row: fields[i] is the column names[i], good until tsv_close. False at the end. */
bool tsv_row(struct tsv *t, struct span *fields);

/* About how many rows are left, to make room for: as many as lines. */
size_t tsv_rows(const struct tsv *t);

/* Ends the program: what is wrong with the row read last. */
_Noreturn void tsv_bad(const struct tsv *t, const char *what);

void tsv_close(struct tsv *t);

/* Splits off the next of the '|'-separated parts of *list; false when there is none left. */
bool tsv_part(struct span *list, struct span *part);

/* Whether one of the '|'-separated parts of list, an empty one apart, stands at s. */
bool tsv_part_at(struct span list, const char *s, const char *end);

/* The path of one of the suite's own dictionaries: in $GWR_DICT if that is set, else in ../share/gwr beside the
 * folder of the running program. The caller frees. */
char *tsv_own(const char *name);

/* A field of a table that is written: tab, line feed, carriage return and backslash as \t \n \r \\. */
void tsv_put(struct buf *out, struct span field);

#endif
