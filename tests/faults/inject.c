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
	char *out, *err, *mark; /* what it wrote there, and the shim on 9 */
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
	size_t marked;

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
	r.mark = take(mark, &marked);
	return r;
}

static void drop(struct result *r)
{
	free(r->out);
	free(r->err);
	free(r->mark);
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
		char fault[64];
		if (most) {
			snprintf(fault, sizeof fault, "%s 0 count", kinds[k].call);
			struct result r = run(command, argv[1], fault);
			last = atol(r.mark);
			step = last / most + 1;
			drop(&r);
		}
		for (long i = 1; !most || i <= last; i += step) {
			snprintf(fault, sizeof fault, "%s %ld %s", kinds[k].call, i, kinds[k].how);
			struct result r = run(command, argv[1], fault);
			bool struck = *r.mark != 0;
			points += struck;
			if (struck && !right(&r, &calm, kinds[k].harmless)) {
				wrong++;
				printf("wrong: %s: %s: status %x, %zu bytes of %zu, said: %.80s\n", command[0], fault,
				       (unsigned)r.status, r.len, calm.len, r.err);
			}
			drop(&r);
			if (!struck)
				break;
		}
	}
	const char *slash = strrchr(command[0], '/');
	char line[64] = "";
	for (int i = 0; command[i] && strlen(line) + 1 < sizeof line; i++)
		snprintf(line + strlen(line), sizeof line - strlen(line), i ? " %s" : "%s", i || !slash ? command[i] : slash + 1);
	printf("%-44.44s %6ld points, %ld wrong\n", line, points, wrong);
	return wrong > 0;
}
