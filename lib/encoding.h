/* encoding: bytes in one of the encodings of Chinese text in, UTF-8 out.
 *
 * The WHATWG Encoding Standard's view of labels is taken where it matters: GB2312, GBK and GB18030 are one
 * decoder (GB18030, which holds the others). Its two-byte table is made from iconv(3) when it is first needed;
 * UTF-8 is checked by ourselves; everything else is iconv's. Pure: nothing here reads a file or prints.
 */
#ifndef ENCODING_H
#define ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/* As many bytes of the beginning as a guess looks at. */
enum { ENCODING_PREFIX = 64 * 1024 };

/* A guess at what the bytes at the beginning of a text are. */
struct encoding_guess {
	const char *name;   /* for decoder_new; NULL when the bytes are no text, or the guess needs more of them */
	const char *binary; /* what kind of file it is instead of text; NULL otherwise */
	size_t mark;        /* length of the byte order mark to skip */
};

/* Guesses. With whole, the bytes are all that there are; without, name NULL asks for more as long as there are
 * fewer than ENCODING_PREFIX. The answer depends only on the bytes of the text, not on how many of them were
 * there when it was first asked for.
 *
 * A byte order mark decides; then NUL bytes in every second place (UTF-16); then valid UTF-8, where 32 good
 * multibyte characters before the first fault suffice, and text that is UTF-8 but for a few faults is UTF-8;
 * then whether all of it decodes as GB18030 or as Big5, and what uchardet says where both do. */
struct encoding_guess encoding_guess(const char *p, size_t n, bool whole);

struct decoder;

/* A decoder of the named encoding, in any case, as iconv knows it; NULL when there is none. The caller frees. */
struct decoder *decoder_new(const char *name);
void decoder_free(struct decoder *d);

/* What stopped a decoder. */
struct decoder_fault {
	uint64_t at;     /* offset from the first byte that was decoded */
	const char *why; /* a constant */
	unsigned char bytes[4];
	size_t n; /* how many of bytes are set: the faulty ones */
};

/* Takes off the front of bytes what is its own decoded form, and returns it: in UTF-8 nearly always all, otherwise
 * nothing. What completes a character that was cut goes with it to out, and comes first. */
struct span decoder_plain(struct decoder *d, struct span *bytes, struct buf *out);

/* Appends what bytes decode to, in valid UTF-8 without NUL, to out, and takes what it used off the front of bytes.
 * A character that is cut at the end is kept until the next call; with last, it is a fault. True when all was
 * used; false at a fault, which is skipped, so that the next call goes on behind it. */
bool decoder_feed(struct decoder *d, struct span *bytes, bool last, struct buf *out, struct decoder_fault *fault);

#endif
