/* table: records as the rows of one of five tables, tab-separated.
 *
 * A row is one record (documents, sections) or one element of a record's array (numbers, entities, facts). Nothing
 * is rounded or converted: a JSON string is its characters, a number its digits as written, null and what is
 * absent an empty field, an array its elements joined with "; " (path with " > "), an object in an array its
 * values joined with ":". Inside a field a tab is \t, a line feed \n, a carriage return \r, a backslash \\.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>

#include "buf.h"
#include "record.h"

enum table_name { TABLE_DOCUMENTS, TABLE_SECTIONS, TABLE_NUMBERS, TABLE_ENTITIES, TABLE_FACTS, TABLE_COUNT };

/* Their names, by enum table_name. */
extern const char *const table_names[TABLE_COUNT];

struct table;

/* guard: a field that a spreadsheet would run as a formula (it begins with = + - @ and is no plain decimal) gets an
 * apostrophe in front. The caller frees with table_free. */
struct table *table_new(enum table_name name, bool guard);
void table_free(struct table *t);

/* The line of column names, in Chinese if asked. */
void table_header(const struct table *t, bool chinese, struct buf *out);

/* The rows that the record has in this table, of which there may be none. NULL, or in a constant what is wrong
 * with the record; then nothing was written. */
const char *table_rows(struct table *t, const struct record *r, struct buf *out);

#endif
