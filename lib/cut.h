/* cut: where a heading ends that runs into its body.
 *
 * Nothing marks the place but the language: what stands in front of it can end a heading, what stands behind it
 * can begin a body (heading.tsv says how well), and the headings of one series are built alike: as many clauses,
 * about as long, often with the same last word.
 */
#ifndef CUT_H
#define CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "gazetteer.h"

struct cuts;

/* Loads the dictionary; the caller frees with cuts_free. The gazetteer must live as long. */
struct cuts *cuts_new(const struct gazetteer *g);
void cuts_free(struct cuts *c);

/* Whether the text is a predicate and no more (稳步回升): the end of something. */
bool cuts_predicate(const struct cuts *c, struct span text);

/* Sets ends[i] to the end of the heading at the start of texts[i], which is valid UTF-8 and goes to where the
 * next heading or the line ends, for the n siblings of a series; to NULL where there seems to be none. Those that are
 * not NULL are known already, and help to find the others. A 。 that closes the heading belongs to it. */
void cuts_find(struct cuts *c, const struct span *texts, size_t n, const char **ends);

#endif
