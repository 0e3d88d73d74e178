/*
 * Simulates a failing disk. Preloaded into a process (LD_PRELOAD), it makes file system calls on chosen files fail.
 * The file named by FAILING_DISK is mapped into memory; failing-disk.ts writes into it which calls must fail.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WRITING = 1, SYNCING = 2, OPENING = 4, READING = 8 };

/* failing-disk.ts uses the offsets of these fields. */
struct orders {
  int32_t calls;   /* bit mask of the calls above; 0: none */
  int32_t error;   /* errno to set */
  int32_t skip;    /* number of calls that succeed first */
  int32_t times;   /* number of calls that then fail; negative: all */
  int32_t seen;    /* number of matching calls so far */
  int32_t failed;  /* number of them that failed */
  char path[232];  /* text that the path must contain */
};

static volatile struct orders *orders;

__attribute__((constructor)) static void map_orders(void) {
  const char *name = getenv("FAILING_DISK");
  if (!name) return;
  int fd = open(name, O_RDWR);
  if (fd < 0) { perror("FAILING_DISK"); _exit(99); }
  orders = mmap(NULL, sizeof *orders, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
}

/* Whether this call must fail; sets errno if so. */
static int fails(int call, const char *path) {
  if (!strstr(path, (const char *)orders->path)) return 0;
  __atomic_add_fetch(&orders->seen, 1, __ATOMIC_SEQ_CST);
  if (__atomic_fetch_sub(&orders->skip, 1, __ATOMIC_SEQ_CST) > 0) return 0;
  if (orders->times >= 0 && __atomic_fetch_sub(&orders->times, 1, __ATOMIC_SEQ_CST) <= 0) return orders->times = 0;
  __atomic_add_fetch(&orders->failed, 1, __ATOMIC_SEQ_CST);
  errno = orders->error;
  return 1;
}

static int watched(int call) { return orders && (orders->calls & call); }

static int fd_fails(int call, int fd) {
  char link[64], path[4096];
  if (!watched(call)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return fails(call, path);
}

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

ssize_t write(int fd, const void *from, size_t size) {
  return fd_fails(WRITING, fd) ? -1 : REAL(write)(fd, from, size);
}
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
  return fd_fails(WRITING, fd) ? -1 : REAL(pwrite)(fd, from, size, at);
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
  return fd_fails(WRITING, fd) ? -1 : REAL(pwrite64)(fd, from, size, at);
}
int ftruncate(int fd, off_t size) { return fd_fails(WRITING, fd) ? -1 : REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { return fd_fails(WRITING, fd) ? -1 : REAL(ftruncate64)(fd, size); }
int fsync(int fd) { return fd_fails(SYNCING, fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fd_fails(SYNCING, fd) ? -1 : REAL(fdatasync)(fd); }
ssize_t pread(int fd, void *to, size_t size, off_t at) {
  return fd_fails(READING, fd) ? -1 : REAL(pread)(fd, to, size, at);
}
ssize_t pread64(int fd, void *to, size_t size, off64_t at) {
  return fd_fails(READING, fd) ? -1 : REAL(pread64)(fd, to, size, at);
}

/* A read-only file system (EROFS) can still be opened for reading. */
static int open_fails(const char *path, int flags) {
  if (!watched(OPENING)) return 0;
  if (orders->error == EROFS && (flags & O_ACCMODE) == O_RDONLY) return 0;
  return fails(OPENING, path);
}
static mode_t mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

#define OPEN(name)                                    \
  int name(const char *path, int flags, ...) {        \
    va_list rest;                                     \
    va_start(rest, flags);                            \
    mode_t mode = mode_of(flags, rest);               \
    va_end(rest);                                     \
    return open_fails(path, flags) ? -1 : REAL(name)(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
