/* dribble SIZE...: copies standard input to standard output, a pipe, in writes of these sizes over and over, each only
 * when the reader has taken all of the one before: so the test decides where the reader's reads end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static char data[1 << 22];

int main(int argc, char *argv[])
{
	const struct timespec moment = {0, 2000};
	size_t len = 0, at = 0;
	ssize_t n;

	while ((n = read(STDIN_FILENO, data + len, sizeof data - len)) > 0)
		len += (size_t)n;
	for (int i = 1; argc > 1 && at < len; i = i + 1 < argc ? i + 1 : 1) {
		size_t size = strtoul(argv[i], NULL, 10);
		int pending;
		if (size > len - at)
			size = len - at;
		if (write(STDOUT_FILENO, data + at, size) != (ssize_t)size)
			return EXIT_FAILURE;
		at += size;
		while (ioctl(STDOUT_FILENO, FIONREAD, &pending) == 0 && pending > 0)
			nanosleep(&moment, NULL);
	}
	return n < 0;
}
