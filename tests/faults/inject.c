/* inject SHIM MOST COMMAND [ARG...] <INPUT: runs the command undisturbed, then again and again with one fault each, in
 * every call of every kind, from the first to the last (or MOST of a kind, spread evenly, if there are more; 0 is all of
 * them). Right is: the same bytes and status as undisturbed; or status 3, a message, and nothing but a beginning of the
 * same bytes. EINTR and short counts must make no difference at all. Prints how many points there were; exits with 1
 * when one went wrong. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct result {
	int status;
	size_t len, said; /* bytes on standard output and standard error */
	char *out, *err;
	bool struck;
};

static int in;

static char *take(int fd, size_t *len)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char *p = calloc(1, (size_t)size + 1);
	if (!p || pread(fd, p, (size_t)size, 0) != size)
		abort();
	*len = (size_t)size;
	close(fd);
	return p;
}

static struct result run(char **argv, const char *shim, const char *fault)
{
	int out = memfd_create("out", 0), err = memfd_create("err", 0), mark = memfd_create("mark", 0);
	struct result r;
	size_t marks;

	lseek(in, 0, SEEK_SET);
	pid_t child = fork();
	if (child == 0) {
		dup2(in, 0);
		dup2(out, 1);
		dup2(err, 2);
		dup2(mark, 9);
		if (fault) {
			setenv("LD_PRELOAD", shim, 1);
			setenv("FAULT", fault, 1);
		}
		alarm(60);
		execvp(argv[0], argv);
		_exit(127);
	}
	waitpid(child, &r.status, 0);
	r.out = take(out, &r.len);
	r.err = take(err, &r.said);
	free(take(mark, &marks));
	r.struck = marks > 0;
	return r;
}

static bool right(const struct result *r, const struct result *calm, bool harmless)
{
	if (r->status == calm->status && r->len == calm->len && memcmp(r->out, calm->out, r->len) == 0)
		return true;
	return !harmless && WIFEXITED(r->status) && WEXITSTATUS(r->status) == 3 && r->said && r->len <= calm->len &&
	       memcmp(r->out, calm->out, r->len) == 0;
}

int main(int argc, char *argv[])
{
	static const struct {
		const char *call, *how;
		bool harmless;
	} kinds[] = {{"read", "EIO", false},    {"read", "EINTR", true},   {"read", "short", true},
	             {"write", "ENOSPC", false}, {"write", "EIO", false},   {"write", "EINTR", true},
	             {"write", "short", true},   {"open", "EMFILE", false}, {"close", "EIO", false},
	             {"malloc", "ENOMEM", false}};
	long points = 0, wrong = 0, most;

	if (argc < 4)
		return 2;
	most = atol(argv[2]);
	char **command = argv + 3;
	/* The input is held, so that each run reads it from its beginning. */
	char block[65536];
	ssize_t n;
	in = memfd_create("in", 0);
	while ((n = read(0, block, sizeof block)) > 0)
		if (write(in, block, (size_t)n) != n)
			return 3;
	struct result calm = run(command, NULL, NULL);
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		long step = 1, last = 0;
		/* How many calls of the kind there are, by halving: only needed when not all are tried. */
		if (most) {
			long low = 0, high = 1L << 20;
			while (low + 1 < high) {
				char fault[64];
				long middle = (low + high) / 2;
				snprintf(fault, sizeof fault, "%s %ld EINTR", kinds[k].call, middle);
				if (strcmp(kinds[k].call, "malloc") == 0)
					snprintf(fault, sizeof fault, "malloc %ld ENOMEM", middle);
				struct result r = run(command, argv[1], fault);
				*(r.struck ? &low : &high) = middle;
				free(r.out);
				free(r.err);
			}
			last = low;
			step = last / most + 1;
		}
		for (long i = 1; !most || i <= last; i += step) {
			char fault[64];
			snprintf(fault, sizeof fault, "%s %ld %s", kinds[k].call, i, kinds[k].how);
			struct result r = run(command, argv[1], fault);
			bool struck = r.struck;
			points += struck;
			if (struck && !right(&r, &calm, kinds[k].harmless)) {
				wrong++;
				printf("wrong: %s: %s: status %x, %zu bytes of %zu, said: %.80s\n", command[0], fault,
				       (unsigned)r.status, r.len, calm.len, r.err);
			}
			free(r.out);
			free(r.err);
			if (!struck)
				break;
		}
	}
	const char *slash = strrchr(command[0], '/');
	printf("%-16s %6ld points, %ld wrong\n", slash ? slash + 1 : command[0], points, wrong);
	return wrong > 0;
}
