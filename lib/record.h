/* record: JSON Lines records in and out. A record is one line that the reader owns; everything else points into
 * it. Members that a filter does not know are never looked at: they pass byte for byte, in their order.
 */
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "io.h"

/* The members that some filter reads or writes: MEMBER(name). A record that has one of them twice is refused. */
#define RECORD_MEMBERS(MEMBER) \
	MEMBER(doc) MEMBER(seq) MEMBER(type) MEMBER(path) MEMBER(part) MEMBER(text) MEMBER(title) MEMBER(place) \
	MEMBER(adcode) MEMBER(year) MEMBER(date) MEMBER(session) MEMBER(office) MEMBER(speaker) MEMBER(kind) \
	MEMBER(inferred) MEMBER(level) MEMBER(label) MEMBER(term) MEMBER(note_refs) MEMBER(numbers) \
	MEMBER(entities) MEMBER(facts) MEMBER(words)

enum member {
#define MEMBER(name) M_##name,
	RECORD_MEMBERS(MEMBER)
#undef MEMBER
	M_COUNT
};

/* Their names, by enum member. */
extern const char *const member_names[M_COUNT];

/* Reads the array of member m that begins at s, if it is written as the filters write it: behind its end when all of it is good
 * JSON, else NULL, and then it is checked as any. */
typedef const char *record_array(void *self, enum member m, const char *s, const char *end);

struct record {
	record_array *array;  /* is asked for each array while the record is checked; may be NULL */
	void *self;           /* whom it belongs to */
	size_t no;            /* 1 for the first line of the input */
	struct span line;     /* the object, from { to } */
	struct span m[M_COUNT]; /* JSON values as written; p is NULL where the record has no such member */
	bool plain;           /* nothing is escaped: strings are what stands between their quotes */
	struct span text;     /* the characters of "text": valid UTF-8, NUL possible */
	struct buf scratch;   /* holds text when it was escaped */
	uint64_t *marks;      /* of the line, see utf8_marks */
	size_t marks_room;
	const char *name;     /* the name in the line that was looked at last, and its member */
	enum member member;
	unsigned char last, next[M_COUNT + 1]; /* the member read last; what followed each last time, M_COUNT: the first */
};

/* Reads the object in line into r, pointing into it; r must be zeroed before its first use and may be used again.
 * False when it is not valid JSON, no object, has a member of RECORD_MEMBERS twice, or lacks a string "text";
 * then *why says so in a constant. */
bool record_parse(struct record *r, struct span line, const char **why);
void record_free(struct record *r);

/* A member to write: its value is JSON. */
struct edit {
	enum member member;
	struct span value; /* p NULL removes the member */
};

/* Writes the record with n members put in place of those of the same name, or behind the last one, and an LF. */
void record_write(const struct record *r, const struct edit *edits, size_t n, struct buf *out);

/* The same for one member whose value the caller writes between the two calls, with as many turns of out as it likes:
 * so that neither the line nor the value is ever held in whole. */
void record_before(const struct record *r, enum member m, struct buf *out);
void record_behind(const struct record *r, enum member m, struct buf *out);

/* The characters of member m; false when it is absent or no string. scratch as for json_string. */
bool record_string(const struct record *r, enum member m, struct buf *scratch, struct span *out);

/* What a filter does with a record: it writes to out, and returns NULL, or says why it refuses the record. */
typedef const char *record_work(void *self, struct record *r, struct buf *out);

/* Works through all records of the operands (see in_open) to standard output; blank lines are passed over. A
 * record that is refused is named on stderr, and the rest goes on. Returns RC_OK or RC_REFUSED. */
int record_each(char *const *paths, record_work *work, void *self);

/* The same for a filter that reads arrays while they are checked. */
int record_each_array(char *const *paths, record_work *work, record_array *array, void *self);

/* The same for a filter that has something to write behind the last record: end, which is called once. */
typedef void record_end(void *self, struct buf *out);
int record_each_then(char *const *paths, record_work *work, record_end *end, void *self);

/* Turns offsets in bytes into offsets in code points, by counting on from the last one asked. */
struct points {
	struct span text;
	size_t byte, point;
};

static inline struct points points_of(struct span text)
{
	return (struct points){text, 0, 0};
}

/* The code points before byte, which is the start of a character or the end of the text. */
size_t points_at(struct points *p, size_t byte);

/* The byte at which code point number point begins (the text's length when it has no more); the other way round. */
size_t points_byte(struct points *p, size_t point);

#endif
