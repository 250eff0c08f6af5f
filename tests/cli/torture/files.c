/* Loaded before libc, this counts the calls that touch files below $TORTURE_UNDER. Call number $TORTURE_AT fails with the errno
   $TORTURE_ERRNO, or, where that is 0, ends the process: a call that writes has then written half. $TORTURE_COUNT, if set, is the
   file that the number of calls is written to at the end. With $TORTURE_SYNCS only the calls that bring a file to the disk count;
   with $TORTURE_LASTING all behind the one that fails do as well; with $TORTURE_SOCKETS those that send and receive count too. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static long calls;

static int is_path(const char *path) {
    const char *under = getenv("TORTURE_UNDER");
    return path && under && (path[0] != '/' || strncmp(path, under, strlen(under)) == 0);
}

static int is_file(int fd) {
    char link[64], path[4096];
    if (fd < 3) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0 || path[0] != '/') return 0;
    path[length] = 0;
    return is_path(path);
}

/* 0: go on; 1: fail, errno is set; 2: end. */
static int verdict(int counts) {
    const char *at = getenv("TORTURE_AT"), *number = getenv("TORTURE_ERRNO");
    long number_of_call = counts ? __sync_add_and_fetch(&calls, 1) : 0;
    if (!counts || !at || number_of_call < atol(at)) return 0;
    if (number_of_call > atol(at) && !getenv("TORTURE_LASTING")) return 0;
    if (!number || atoi(number) == 0) return 2;
    errno = atoi(number);
    return 1;
}

/* Whether a call counts that is no sync. */
static int other(int counts) { return counts && !getenv("TORTURE_SYNCS"); }

static void end(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

__attribute__((destructor)) static void report(void) {
    const char *file = getenv("TORTURE_COUNT");
    FILE *out = file ? fopen(file, "w") : NULL;
    if (out) { fprintf(out, "%ld", calls); fclose(out); }
}

static int is_socket(void) { return getenv("TORTURE_SOCKETS") != NULL; }

#define REAL(name) __typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define CALL(name, counts, ...) \
    REAL(name); \
    switch (verdict(counts)) { case 1: return -1; case 2: end(); } \
    return real(__VA_ARGS__)
#define WRITE(name, fd, bytes, size, ...) \
    REAL(name); \
    switch (verdict(other(is_file(fd)))) { case 1: return -1; case 2: real(fd, bytes, (size) / 2, ##__VA_ARGS__); end(); } \
    return real(fd, bytes, size, ##__VA_ARGS__)
#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
        CALL(name, other(is_path(path)), path, flags, mode); \
    }

OPEN(open)
OPEN(open64)
ssize_t read(int fd, void *to, size_t size) { CALL(read, other(is_file(fd)), fd, to, size); }
ssize_t pread(int fd, void *to, size_t size, off_t at) { CALL(pread, other(is_file(fd)), fd, to, size, at); }
ssize_t pread64(int fd, void *to, size_t size, off64_t at) { CALL(pread64, other(is_file(fd)), fd, to, size, at); }
ssize_t write(int fd, const void *bytes, size_t size) { WRITE(write, fd, bytes, size); }
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) { WRITE(pwrite, fd, bytes, size, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) { WRITE(pwrite64, fd, bytes, size, at); }
int fsync(int fd) { CALL(fsync, is_file(fd), fd); }
int fdatasync(int fd) { CALL(fdatasync, is_file(fd), fd); }
int ftruncate(int fd, off_t size) { CALL(ftruncate, other(is_file(fd)), fd, size); }
int ftruncate64(int fd, off64_t size) { CALL(ftruncate64, other(is_file(fd)), fd, size); }
int unlink(const char *path) { CALL(unlink, other(is_path(path)), path); }
int rename(const char *from, const char *to) { CALL(rename, other(is_path(to)), from, to); }
int link(const char *from, const char *to) { CALL(link, other(is_path(to)), from, to); }
int mkdir(const char *path, mode_t mode) { CALL(mkdir, other(is_path(path)), path, mode); }
ssize_t recv(int fd, void *to, size_t size, int flags) { CALL(recv, is_socket(), fd, to, size, flags); }
ssize_t send(int fd, const void *bytes, size_t size, int flags) {
    REAL(send);
    switch (verdict(is_socket())) { case 1: return -1; case 2: real(fd, bytes, size / 2, flags); end(); }
    return real(fd, bytes, size, flags);
}
ssize_t writev(int fd, const struct iovec *parts, int count) { CALL(writev, is_socket(), fd, parts, count); }
