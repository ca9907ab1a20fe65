/* document: the documents within an input, each turned into its records.
 *
 * A document is held until its end, because its head may have to be learned from its body, where its headings end
 * from all of them, and its footnote markers from the glossary behind it; but no more than DOCUMENT_BYTES of it, or
 * DOCUMENT_LINES lines, at a time: a longer one is read in pieces, each with what was learned so far.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "io.h"

enum { DOCUMENT_BYTES = 1 << 20, DOCUMENT_LINES = 8192 };

struct documents;

/* Loads the dictionaries; the caller frees with documents_free. */
struct documents *documents_new(void);
void documents_free(struct documents *d);

/* Reads the current operand of in to its end and writes its records; name is that of its documents. A line that is
 * not UTF-8 is named and refused. Returns RC_OK or RC_REFUSED. */
int documents_read(struct documents *d, struct in *in, struct out *out, struct span name);

#endif
