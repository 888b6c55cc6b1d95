// A disk that fails: loaded before libc (ld.so(8), LD_PRELOAD) it has reads of certain files fail, or stand still for ever.
//
//   DISK_FAULT=fail|stall
//   DISK_FILES=NAME:COUNT,...    the files whose path ends in NAME, after so many reads of them that go through
//   DISK_NOTE=PATH               a file that is made when the first of these reads comes

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAXIMUM = 16 };
static atomic_int counts[MAXIMUM];

// Whether this read of that file is one that fails.
static int is_faulty(int descriptor) {
    const char *files = getenv("DISK_FILES");
    if (!files) return 0;
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    for (int i = 0; i < MAXIMUM && *files; i++) {
        const char *colon = strchr(files, ':');
        if (!colon) return 0;
        size_t name = (size_t)(colon - files);
        if ((size_t)length > name && path[length - (ssize_t)name - 1] == '/' && !memcmp(path + length - name, files, name))
            return atomic_fetch_add(&counts[i], 1) >= atoi(colon + 1);
        files = strchr(colon, ',');
        if (!files) return 0;
        files++;
    }
    return 0;
}

ssize_t pread(int descriptor, void *buffer, size_t count, off_t offset) {
    if (is_faulty(descriptor)) {
        const char *fault = getenv("DISK_FAULT");
        const char *note = getenv("DISK_NOTE");
        if (note) close(open(note, O_WRONLY | O_CREAT, 0644));
        while (fault && !strcmp(fault, "stall")) pause();
        errno = EIO;
        return -1;
    }
    return syscall(SYS_pread64, descriptor, buffer, count, offset);
}

ssize_t pread64(int descriptor, void *buffer, size_t count, off64_t offset) { return pread(descriptor, buffer, count, offset); }
