#include "io.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "err.h"

enum { CHUNK = 64 * 1024, PIPE = 1024 * 1024 };

void in_open(struct in *in, char *const *paths, struct out *out)
{
	static char dash[] = "-";
	static char *const standard_input[] = {dash, NULL};

	*in = (struct in){.paths = paths[0] ? paths : standard_input, .fd = -1, .ended = true, .out = out};
}

bool in_next(struct in *in)
{
	in_close(in);
	in->path = in->paths[in->next];
	if (!in->path)
		return false;
	in->next++;
	buf_clear(&in->b);
	in->at = 0;
	in->ended = false;
	if (strcmp(in->path, "-") == 0) {
		in->fd = STDIN_FILENO;
		return true;
	}
	in->fd = open(in->path, O_RDONLY | O_CLOEXEC);
	if (in->fd < 0)
		die(RC_SYSTEM, "%s: %s", in->path, strerror(errno));
	return true;
}

void in_close(struct in *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
	if (!in->paths[in->next])
		buf_free(&in->b);
}

/* Appends one read to the buffer; false at the end of the operand. */
static bool more(struct in *in)
{
	ssize_t n;

	if (in->ended)
		return false;
	if (in->out)
		out_flush(in->out);
	if (in->b.cap - in->b.len < CHUNK)
		buf_grow(&in->b, CHUNK);
	do
		n = read(in->fd, in->b.p + in->b.len, in->b.cap - in->b.len);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		die(RC_SYSTEM, "%s: %s", strcmp(in->path, "-") ? in->path : "standard input", strerror(errno));
	in->b.len += (size_t)n;
	in->ended = n == 0;
	return n > 0;
}

/* Forgets what was handed out, so that the buffer holds no more than what is pending. */
static void shift(struct in *in)
{
	if (in->at == 0)
		return;
	memmove(in->b.p, in->b.p + in->at, in->b.len - in->at);
	in->b.len -= in->at;
	in->at = 0;
}

bool in_line(struct in *in, struct span *line)
{
	size_t seen = in->at;

	for (;;) {
		const char *lf = seen < in->b.len ? memchr(in->b.p + seen, '\n', in->b.len - seen) : NULL;
		if (lf) {
			*line = (struct span){in->b.p + in->at, (size_t)(lf - in->b.p) - in->at};
			in->at += line->len + 1;
			return true;
		}
		seen = in->b.len - in->at;
		shift(in);
		if (!more(in))
			break;
	}
	if (in->at == in->b.len)
		return false;
	*line = (struct span){in->b.p + in->at, in->b.len - in->at};
	in->at = in->b.len;
	return true;
}

bool in_some(struct in *in, struct span *bytes)
{
	if (in->at == in->b.len) {
		buf_clear(&in->b);
		in->at = 0;
		if (!more(in))
			return false;
	}
	*bytes = (struct span){in->b.p + in->at, in->b.len - in->at};
	in->at = in->b.len;
	return true;
}

bool in_more(struct in *in, struct span *held)
{
	shift(in);
	bool read = more(in);
	*held = (struct span){in->b.p, in->b.len};
	return read;
}

void in_drop(struct in *in, size_t n)
{
	in->at += n;
}

static void drain(struct buf *b)
{
	out_flush((struct out *)b);
}

void out_open(struct out *o, int fd, const char *name)
{
	*o = (struct out){.b.drain = drain, .fd = fd, .name = name};
#ifdef F_SETPIPE_SZ
	/* The filters of a pipe wait less for one another when more fits between them. Where it is no pipe or may not be so
	 * large, it stays as it is. */
	if (fcntl(fd, F_GETPIPE_SZ) < PIPE)
		(void)fcntl(fd, F_SETPIPE_SZ, PIPE);
#endif
}

void out_flush(struct out *o)
{
	size_t done = 0;

	while (done < o->b.len) {
		ssize_t n = write(o->fd, o->b.p + done, o->b.len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			die(RC_SYSTEM, "%s: %s", o->name, strerror(errno));
		done += (size_t)n;
	}
	buf_clear(&o->b);
}

void out_turn(struct out *o)
{
	buf_turn(&o->b);
}

void out_close(struct out *o)
{
	out_flush(o);
	if (close(o->fd) < 0 && errno != EINTR)
		die(RC_SYSTEM, "%s: %s", o->name, strerror(errno));
	buf_free(&o->b);
}
