/* shim: preloaded into a filter, lets the n-th call of one kind fail, once. FAULT says which: "malloc 7 ENOMEM",
 * "write 2 ENOSPC", "read 3 EINTR", "read 1 short". When it struck, it says so by a byte on file descriptor 9; for
 * "malloc 0 count" it says there how many calls there were. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char call[16], how[16];
static long nth, calls;

__attribute__((constructor)) static void begin(void)
{
	const char *fault = getenv("FAULT");
	if (!fault || sscanf(fault, "%15s %ld %15s", call, &nth, how) != 3)
		*call = '\0';
	unsetenv("LD_PRELOAD");
}

/* What runs behind the program's end, as the tallies of a build that counts lines, is left alone. */
static int (*program)(int, char **, char **);

static void end(void)
{
	if (strcmp(how, "count") == 0)
		dprintf(9, "%ld", calls);
	*call = '\0';
}

static int until_end(int argc, char **argv, char **envp)
{
	atexit(end);
	return program(argc, argv, envp);
}

/* Whether this call of that kind is the one; says so once. */
static bool strikes(const char *kind)
{
	if (strcmp(kind, call) != 0 || ++calls != nth)
		return false;
	syscall(SYS_write, 9, "!", 1);
	errno = strcmp(how, "ENOMEM") == 0   ? ENOMEM
	        : strcmp(how, "ENOSPC") == 0 ? ENOSPC
	        : strcmp(how, "EINTR") == 0  ? EINTR
	        : strcmp(how, "EMFILE") == 0 ? EMFILE
	                                     : EIO;
	return true;
}

static bool is_short(void)
{
	return strcmp(how, "short") == 0;
}

#define REAL(type, name, ...) \
	static type (*real)(__VA_ARGS__); \
	if (!real) \
	*(void **)&real = dlsym(RTLD_NEXT, name)

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*loader_fini)(void), void *stack_end)
{
	REAL(int, "__libc_start_main", int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void),
	     void (*)(void), void *);
	program = main;
	return real(until_end, argc, argv, init, fini, loader_fini, stack_end);
}

ssize_t read(int fd, void *p, size_t n)
{
	if (strikes("read")) {
		if (!is_short())
			return -1;
		n = n ? 1 : 0;
	}
	return syscall(SYS_read, fd, p, n);
}

ssize_t write(int fd, const void *p, size_t n)
{
	if (fd != 2 && strikes("write")) {
		if (!is_short())
			return -1;
		n = n > 1 ? n / 2 : n;
	}
	return syscall(SYS_write, fd, p, n);
}

int open(const char *path, int flags, ...)
{
	va_list ap;
	va_start(ap, flags);
	int mode = flags & O_CREAT ? va_arg(ap, int) : 0;
	va_end(ap);
	if (strikes("open"))
		return -1;
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int close(int fd)
{
	bool fails = strikes("close");
	int saved = errno;
	int rc = (int)syscall(SYS_close, fd);
	if (!fails)
		return rc;
	errno = saved;
	return -1;
}

void *malloc(size_t n)
{
	REAL(void *, "malloc", size_t);
	return strikes("malloc") ? NULL : real(n);
}

void *calloc(size_t n, size_t size)
{
	/* dlsym itself may ask for memory before the real one is known. */
	static char early[4096];
	static size_t used;
	static bool looking;
	if (looking) {
		char *p = early + used;
		used += (n * size + 15) & ~(size_t)15;
		return used <= sizeof early ? p : NULL;
	}
	looking = true;
	REAL(void *, "calloc", size_t, size_t);
	looking = false;
	return strikes("malloc") ? NULL : real(n, size);
}

void *realloc(void *p, size_t n)
{
	REAL(void *, "realloc", void *, size_t);
	return strikes("malloc") ? NULL : real(p, n);
}
