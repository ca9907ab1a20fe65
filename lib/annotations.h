/* annotations: the arrays numbers, entities and facts of a record, read back by programs that show or count them.
 * Offsets come in as code points and are held as bytes of the record's text too.
 */
#ifndef ANNOTATIONS_H
#define ANNOTATIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "record.h"

/* The members of a number, an entity or a fact: ANNOTATION(name). */
#define ANNOTATION_MEMBERS(ANNOTATION) \
	ANNOTATION(start) ANNOTATION(end) ANNOTATION(raw) ANNOTATION(kind) ANNOTATION(value) ANNOTATION(min) \
	ANNOTATION(max) ANNOTATION(per) ANNOTATION(unit) ANNOTATION(bound) ANNOTATION(type) ANNOTATION(id) \
	ANNOTATION(number) ANNOTATION(subject) ANNOTATION(subject_start) ANNOTATION(subject_end) \
	ANNOTATION(indicator) ANNOTATION(measure) ANNOTATION(sign) ANNOTATION(status) ANNOTATION(period) \
	ANNOTATION(place) ANNOTATION(estimated) ANNOTATION(hedge) ANNOTATION(stretch) ANNOTATION(relation) \
	ANNOTATION(reference)

enum annotation_member {
#define ANNOTATION(name) A_##name,
	ANNOTATION_MEMBERS(ANNOTATION)
#undef ANNOTATION
	A_COUNT
};

/* Their names, by enum annotation_member. */
extern const char *const annotation_names[A_COUNT];

enum { ANNOTATION_NONE = -1 };

/* A stretch of the text. */
struct stretch {
	size_t start, end; /* bytes */
	size_t from, to;   /* the same in code points */
};

struct annotation {
	struct span m[A_COUNT]; /* JSON values as written; p is NULL where there is no such member */
	struct stretch at;      /* of a number or an entity */
	size_t subject, subjects; /* of a fact: its stretches, by index and count; often one, at times none */
	long number;            /* of a fact: index into numbers, ANNOTATION_NONE for one without */
};

struct annotation_list {
	struct annotation *a;
	size_t n, cap;
};

struct annotations {
	struct annotation_list numbers, entities, facts;
	struct stretch *subjects; /* of all facts */
	size_t subjects_n, subjects_cap;
	size_t *marks, cap; /* the byte at which every 64th code point of the text begins */
	size_t points;      /* code points of the text */
};

/* Reads the three arrays of r into a, which must be zeroed before its first use and may be used again; what it
 * holds points into r. NULL, or what is wrong: an array that is none, an element that is no object, an offset or
 * an index outside what it points into; the constant is good until the next call. */
const char *annotations_read(struct annotations *a, const struct record *r);
void annotations_free(struct annotations *a);

/* The byte at which code point number point, which is at most a->points, begins in the text of r, which must be the
 * record read last. */
size_t annotations_byte(const struct annotations *a, const struct record *r, size_t point);

/* The characters of member m: empty when it is absent or no string. The span may lie in scratch. */
struct span annotation_string(const struct annotation *a, enum annotation_member m, struct buf *scratch);

/* The words of a fact's subject, those of several stretches with " … " between them. The span may lie in joined or
 * scratch. */
struct span annotation_subject(const struct annotation *fact, struct buf *joined, struct buf *scratch);

#endif
