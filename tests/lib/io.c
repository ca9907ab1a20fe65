/* io: lines come out as they went in, however the bytes arrive. */
#include "io.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "err.h"

static int failed;

static void expect(bool good, const char *promise)
{
	if (good)
		return;
	fprintf(stderr, "io: broken: %s\n", promise);
	failed = 1;
}

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(random_state >> 8) * n >> 24);
}

static struct in in;

/* Makes data arrive at standard input in writes of at most most bytes. */
static void arrive(const struct buf *data, size_t most)
{
	static char *const none[] = {NULL};
	int ends[2];

	if (pipe(ends) < 0 || dup2(ends[0], STDIN_FILENO) < 0)
		exit(RC_SYSTEM);
	close(ends[0]);
	if (fork() == 0) {
		close(STDIN_FILENO);
		for (size_t at = 0, n; at < data->len; at += n) {
			n = 1 + random_below((uint32_t)most);
			if (n > data->len - at)
				n = data->len - at;
			if (write(ends[1], data->p + at, n) != (ssize_t)n)
				_exit(1);
		}
		_exit(0);
	}
	close(ends[1]);
	in_open(&in, none, NULL);
}

static void leave(void)
{
	expect(!in_next(&in), "standard input is read once");
	in_close(&in);
	wait(NULL);
}

static void lines(const struct buf *data, size_t most)
{
	struct span line;
	size_t at = 0;

	arrive(data, most);
	expect(in_next(&in), "standard input is there");
	while (in_line(&in, &line)) {
		const char *lf = memchr(data->p + at, '\n', data->len - at);
		size_t len = lf ? (size_t)(lf - data->p) - at : data->len - at;
		expect(line.len == len && memcmp(line.p, data->p + at, len) == 0, "each line comes out as it went in");
		at += len + (lf != NULL);
	}
	expect(at == data->len, "all lines come out");
	leave();
}

static void some(const struct buf *data, size_t most)
{
	struct span bytes;
	size_t at = 0;

	arrive(data, most);
	expect(in_next(&in), "standard input is there");
	while (in_some(&in, &bytes)) {
		expect(bytes.len > 0 && bytes.len <= 64 * 1024 && at + bytes.len <= data->len &&
		       memcmp(bytes.p, data->p + at, bytes.len) == 0, "bytes come out as they went in");
		at += bytes.len;
	}
	expect(at == data->len, "all bytes come out");
	leave();
}

int main(void)
{
	static const size_t widths[] = {0, 1, 5, 80, 3000, 70000, 1000000};
	struct buf data = {0};

	lines(&data, 1);
	for (int i = 0; i < 200; i++) {
		size_t len = widths[random_below(i < 150 ? 4 : 7)];
		for (size_t k = 0; k < len; k++)
			buf_putc(&data, (char)(11 + random_below(245)));
		buf_putc(&data, '\n');
		if (i == 40) {
			lines(&data, 1);
			some(&data, 1);
		}
	}
	lines(&data, 65536);
	some(&data, 100000);
	data.len--;
	lines(&data, 200000);
	buf_free(&data);
	return failed;
}
