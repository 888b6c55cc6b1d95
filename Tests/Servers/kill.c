// Ends the program, as kill -9 does, at the nth call that changes a folder: loaded before libc (ld.so(8), LD_PRELOAD).
//
//   KILL_AT=N      so many calls go through; the next one is the last thing that happens: half of the numbers before it is carried out,
//                  half right after (even and odd)

#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int calls;

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

// Makes a call, unless the program ends first.
static long change(long number, long a, long b, long c, long d, long e) {
    const char *at = getenv("KILL_AT");
    int limit = at ? atoi(at) : -1;
    int now = atomic_fetch_add(&calls, 1);
    if (limit >= 0 && now == limit / 2 && limit % 2 == 0) die();
    long answer = syscall(number, a, b, c, d, e);
    if (limit >= 0 && now == limit / 2) die();
    return answer;
}

int unlinkat(int folder, const char *path, int flags) { return (int)change(SYS_unlinkat, folder, (long)path, flags, 0, 0); }

int renameat(int from, const char *old, int to, const char *new) { return (int)change(SYS_renameat2, from, (long)old, to, (long)new, 0); }

int linkat(int from, const char *old, int to, const char *new, int flags) {
    return (int)change(SYS_linkat, from, (long)old, to, (long)new, flags);
}

int fsync(int descriptor) { return (int)change(SYS_fsync, descriptor, 0, 0, 0, 0); }

int fdatasync(int descriptor) { return (int)change(SYS_fdatasync, descriptor, 0, 0, 0, 0); }
