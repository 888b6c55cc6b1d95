// A disk that fails: loaded before libc (ld.so(8), LD_PRELOAD) it has calls that are about certain files or folders fail, or stand still for ever.
//
//   DISK_FAULT=fail|stall
//   DISK_FILES=NAME:COUNT,...    the files whose path ends in NAME, after so many reads of them that go through
//   DISK_FOLDERS=CALL:NAME,...   the folders, or links, whose path ends in NAME, for the calls open, list (what they hold) or stat
//   DISK_NOTE=PATH               a file that is made when the first of these calls comes

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAXIMUM = 16 };
static atomic_int counts[MAXIMUM];

static int fail(void) {
    const char *fault = getenv("DISK_FAULT");
    const char *note = getenv("DISK_NOTE");
    if (note) close((int)syscall(SYS_openat, AT_FDCWD, note, O_WRONLY | O_CREAT, 0644));
    while (fault && !strcmp(fault, "stall")) pause();
    errno = EIO;
    return -1;
}

static int ends(const char *path, size_t length, const char *name, size_t count) {
    return length >= count && (length == count || path[length - count - 1] == '/') && !memcmp(path + length - count, name, count);
}

// Where an open file or folder lies.
static ssize_t whereabouts(int descriptor, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    return readlink(link, path, size);
}

// Whether this read of that file is one that fails.
static int is_faulty(int descriptor) {
    const char *files = getenv("DISK_FILES");
    if (!files) return 0;
    char path[4096];
    ssize_t length = whereabouts(descriptor, path, sizeof path);
    if (length < 0) return 0;
    for (int i = 0; i < MAXIMUM && *files; i++) {
        const char *colon = strchr(files, ':');
        if (!colon) return 0;
        if (ends(path, (size_t)length, files, (size_t)(colon - files))) return atomic_fetch_add(&counts[i], 1) >= atoi(colon + 1);
        files = strchr(colon, ',');
        if (!files) return 0;
        files++;
    }
    return 0;
}

// Whether this call is one that fails, which is about `path`.
static int is_faulty_folder(const char *call, const char *path, size_t length) {
    const char *folders = getenv("DISK_FOLDERS");
    while (folders && *folders) {
        const char *colon = strchr(folders, ':');
        if (!colon) return 0;
        size_t count = strcspn(colon + 1, ",");
        if (!strncmp(folders, call, (size_t)(colon - folders)) && ends(path, length, colon + 1, count)) return 1;
        folders = colon + 1 + count;
        if (*folders) folders++;
    }
    return 0;
}

ssize_t pread(int descriptor, void *buffer, size_t count, off_t offset) {
    if (is_faulty(descriptor)) return fail();
    return syscall(SYS_pread64, descriptor, buffer, count, offset);
}

ssize_t pread64(int descriptor, void *buffer, size_t count, off64_t offset) { return pread(descriptor, buffer, count, offset); }

int openat(int folder, const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    if (is_faulty_folder("open", path, strlen(path))) return fail();
    return (int)syscall(SYS_openat, folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return openat(folder, path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return openat(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return openat(AT_FDCWD, path, flags, mode);
}

int fstatat(int folder, const char *restrict path, struct stat *restrict status, int flags) {
    static _Atomic(int (*)(int, const char *, struct stat *, int)) next;
    if (is_faulty_folder("stat", path, strlen(path))) return fail();
    if (!next) next = (int (*)(int, const char *, struct stat *, int))dlsym(RTLD_NEXT, "fstatat");
    return next(folder, path, status, flags);
}

struct dirent *readdir(DIR *stream) {
    static _Atomic(struct dirent *(*)(DIR *)) next;
    char path[4096];
    ssize_t length = getenv("DISK_FOLDERS") ? whereabouts(dirfd(stream), path, sizeof path) : -1;
    if (length >= 0 && is_faulty_folder("list", path, (size_t)length)) {
        fail();
        return NULL;
    }
    if (!next) next = (struct dirent *(*)(DIR *))dlsym(RTLD_NEXT, "readdir");
    return next(stream);
}
