/* layout: from the lines of a source to paragraphs, one a line.
 *
 * Lines that a column, a page or a subscript broke are joined, headings and real paragraphs kept apart, page
 * furniture taken out, and each paragraph folded (fold.h). A line may be of any length; what is kept in memory is a
 * dozen short lines, and the paragraph that is being written up to LAYOUT_HELD bytes.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "fold.h"
#include "furniture.h"

/* A paragraph longer than this is written before it is complete. */
enum { LAYOUT_HELD = 1024 * 1024, LAYOUT_PIECE = 256 * 1024 };

struct layout;

/* Called for everything that is taken out: the number of its line (1 for the first), the rule, the text, which holds
 * no line break. */
typedef void layout_drop(void *self, uint64_t line, const char *rule, struct span text);

/* A layout that appends complete paragraphs to out, none of whose parameters it owns; joins is the path of the
 * table of lines that belong together, drop may be NULL. The caller frees. */
struct layout *layout_new(struct fold *fold, struct furniture *furniture, const char *joins, struct buf *out,
                          layout_drop *drop, void *self);
void layout_free(struct layout *l);

/* Lays out the next stretch of a text, valid UTF-8. Returns how much of it was used; what is left, less than
 * LAYOUT_PIECE bytes and nothing with last, must be handed in again in front of what follows. Lines end with LF, CR LF,
 * CR or VT, and a form feed ends a page; one that stands on a line of its own ends a document. How the text was cut
 * into stretches makes no difference. */
size_t layout_feed(struct layout *l, struct span text, bool last);

/* The document ends with the last line that was complete: everything up to it is written. If another document
 * follows, a form feed will stand between them. */
void layout_document(struct layout *l);

/* To be called before the first line of another file: lines are counted anew. */
void layout_file(struct layout *l);

#endif
