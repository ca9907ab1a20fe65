/* io: bytes in and bytes out of a filter, over read(2) and write(2).
 *
 * A filter reads the files that its operands name, one after the other, or standard input; "-" is standard
 * input too. Whatever was written is flushed before a read waits, so that output appears as input arrives.
 * EINTR and short counts are dealt with here. A file that cannot be opened or read, and an output that cannot
 * be written, end the program with RC_SYSTEM and a message; SIGPIPE keeps its default.
 */
#ifndef IO_H
#define IO_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

struct out {
	struct buf b; /* first, so that b's drain knows whose it is */
	int fd;
	const char *name; /* for messages */
};

struct in {
	char *const *paths; /* NULL ended; not owned */
	size_t next;        /* the operand to open next */
	int fd;             /* -1 when none is open */
	const char *path;   /* the operand that is being read; "-" is standard input */
	struct buf b;
	size_t at;        /* what of b was handed out already */
	bool ended;       /* the current operand is read to its end */
	struct out *out;  /* flushed before a read waits; may be NULL */
};

/* Paths is a NULL-ended list, usually argv + optind; an empty one means standard input. */
void in_open(struct in *in, char *const *paths, struct out *out);

/* Goes to the next operand; false when there is none left. To be called before the first in_line or in_some. */
bool in_next(struct in *in);

/* The next line of the current operand without its LF (and only that), valid until the next call; false at
 * the end. A last line without LF counts. Holds one line in memory. */
bool in_line(struct in *in, struct span *line);

/* Whatever comes next of the current operand, at most 64 KB of it, valid until the next call; false at the end. */
bool in_some(struct in *in, struct span *bytes);

/* Reads on and keeps what is held: everything of the current operand that was not dropped yet. Its place in memory
 * changes with each call. False at the end, and then held is what is left. */
bool in_more(struct in *in, struct span *held);

/* Drops the first n bytes of what is held. */
void in_drop(struct in *in, size_t n);

void in_close(struct in *in);

void out_open(struct out *o, int fd, const char *name);

/* Writes out what is pending once it is more than 64 KB: to be called after each record. */
void out_turn(struct out *o);
void out_flush(struct out *o);

/* Flushes and closes, which is where some disks say that they are full. */
void out_close(struct out *o);

#endif
