/*
 * Notes what a process does to files, so that kills.py can take back what a power failure may take:
 * content that was not forced to disk, and names that were made, changed or removed in a folder
 * since that was last forced. What a rename or a removal would lose is kept under a second name.
 *
 *   cc -shared -fPIC -O1 -o forced.so forced.c -ldl
 *   FORCED_ROOT=/folder FORCED_LOG=/log FORCED_KEPT=/kept LD_PRELOAD=forced.so command
 *
 * Lines of the log, fields separated by tabs; paths are absolute:
 *   C path inode      made              W inode            written, or another length
 *   S inode           forced            D path             folder forced
 *   R old new kept    renamed; kept is the second name of what new was, or -
 *   U path kept       removed           M path, X path     folder made, removed
 *
 * Memory that is mapped is not seen. FORCED_ROOT and FORCED_KEPT lie on one file system.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 65536

static const char *root, *kept;
static size_t root_length;
static int log_file = -1;
static unsigned next_kept;
static char *paths[MOST]; /* of open files below root */

#define REAL(name, type, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
  root = getenv("FORCED_ROOT");
  kept = getenv("FORCED_KEPT");
  const char *name = getenv("FORCED_LOG");
  if (!root || !kept || !name) return;
  root_length = strlen(root);
  int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
  log_file = real(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

static void note(const char *format, ...) {
  char line[3 * PATH_MAX];
  va_list list;
  va_start(list, format);
  int n = vsnprintf(line, sizeof line, format, list);
  va_end(list);
  ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  if (n > 0 && real(log_file, line, n) != n) abort();
}

static int absolute(const char *path, char *out) {
  if (path[0] == '/') {
    snprintf(out, PATH_MAX, "%s", path);
  } else {
    char folder[PATH_MAX];
    if (!getcwd(folder, sizeof folder)) return 0;
    if (snprintf(out, PATH_MAX, "%s/%s", folder, path) >= PATH_MAX) return 0;
  }
  return log_file >= 0 && strncmp(out, root, root_length) == 0 &&
         (out[root_length] == '/' || !out[root_length]);
}

static void keep(const char *path, char *out) {
  snprintf(out, PATH_MAX, "%s/%d-%u", kept, (int)getpid(), __sync_fetch_and_add(&next_kept, 1));
  if (link(path, out) != 0) strcpy(out, "-");
}

static int opened(int fd, const char *path, int flags, int was_there) {
  char full[PATH_MAX];
  struct stat s;
  if (fd < 0 || fd >= MOST || !absolute(path, full) || fstat(fd, &s) != 0) return fd;
  free(paths[fd]);
  paths[fd] = strdup(full);
  if (S_ISREG(s.st_mode)) {
    if (!was_there) note("C\t%s\t%lu\n", full, (unsigned long)s.st_ino);
    else if (flags & O_TRUNC) note("W\t%lu\n", (unsigned long)s.st_ino);
  }
  return fd;
}

static int any_open(const char *name, int folder, const char *path, int flags, mode_t mode) {
  int (*real)(int, const char *, int, ...) = dlsym(RTLD_NEXT, name);
  int was_there = !(flags & O_CREAT) || faccessat(folder, path, F_OK, 0) == 0;
  int fd = real(folder, path, flags, mode);
  return folder == AT_FDCWD || path[0] == '/' ? opened(fd, path, flags, was_there) : fd;
}

#define MODE() \
  mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list list; \
    va_start(list, flags); \
    mode = va_arg(list, mode_t); \
    va_end(list); \
  }

int open(const char *path, int flags, ...) { MODE() return any_open("openat", AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE() return any_open("openat64", AT_FDCWD, path, flags, mode); }
int openat(int f, const char *path, int flags, ...) { MODE() return any_open("openat", f, path, flags, mode); }
int openat64(int f, const char *path, int flags, ...) { MODE() return any_open("openat64", f, path, flags, mode); }

int close(int fd) {
  REAL("close", int, int);
  if (fd >= 0 && fd < MOST && paths[fd]) {
    free(paths[fd]);
    paths[fd] = NULL;
  }
  return real(fd);
}

static void written(int fd) {
  struct stat s;
  if (fd >= 0 && fd < MOST && paths[fd] && fstat(fd, &s) == 0 && S_ISREG(s.st_mode))
    note("W\t%lu\n", (unsigned long)s.st_ino);
}

ssize_t write(int fd, const void *b, size_t n) {
  REAL("write", ssize_t, int, const void *, size_t);
  written(fd);
  return real(fd, b, n);
}
ssize_t writev(int fd, const struct iovec *v, int n) {
  REAL("writev", ssize_t, int, const struct iovec *, int);
  written(fd);
  return real(fd, v, n);
}
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t at) {
  REAL("pwrite64", ssize_t, int, const void *, size_t, off64_t);
  written(fd);
  return real(fd, b, n, at);
}
int ftruncate64(int fd, off64_t n) {
  REAL("ftruncate64", int, int, off64_t);
  written(fd);
  return real(fd, n);
}

static int forced(int fd, int result) {
  struct stat s;
  if (result == 0 && fd >= 0 && fd < MOST && paths[fd] && fstat(fd, &s) == 0) {
    if (S_ISDIR(s.st_mode)) note("D\t%s\n", paths[fd]);
    else note("S\t%lu\n", (unsigned long)s.st_ino);
  }
  return result;
}
int fsync(int fd) {
  REAL("fsync", int, int);
  return forced(fd, real(fd));
}
int fdatasync(int fd) {
  REAL("fdatasync", int, int);
  return forced(fd, real(fd));
}

static int moved(const char *from, const char *to, int result, const char *old) {
  char a[PATH_MAX], b[PATH_MAX];
  if (result == 0 && absolute(from, a) && absolute(to, b)) note("R\t%s\t%s\t%s\n", a, b, old);
  return result;
}
int rename(const char *from, const char *to) {
  REAL("rename", int, const char *, const char *);
  char full[PATH_MAX], old[PATH_MAX] = "-";
  if (absolute(to, full) && access(full, F_OK) == 0) keep(full, old);
  return moved(from, to, real(from, to), old);
}
int renameat(int f, const char *from, int t, const char *to) {
  if (f == AT_FDCWD && t == AT_FDCWD) return rename(from, to);
  REAL("renameat", int, int, const char *, int, const char *);
  return real(f, from, t, to);
}

int unlink(const char *path) {
  REAL("unlink", int, const char *);
  char full[PATH_MAX], old[PATH_MAX] = "-";
  int ours = absolute(path, full) && access(full, F_OK) == 0;
  if (ours) keep(full, old);
  int result = real(path);
  if (ours && result == 0) note("U\t%s\t%s\n", full, old);
  return result;
}
int mkdir(const char *path, mode_t mode) {
  REAL("mkdir", int, const char *, mode_t);
  char full[PATH_MAX];
  int result = real(path, mode);
  if (result == 0 && absolute(path, full)) note("M\t%s\n", full);
  return result;
}
int rmdir(const char *path) {
  REAL("rmdir", int, const char *);
  char full[PATH_MAX];
  int result = real(path);
  if (result == 0 && absolute(path, full)) note("X\t%s\n", full);
  return result;
}
int unlinkat(int f, const char *path, int flags) {
  if (f == AT_FDCWD || path[0] == '/') return flags & AT_REMOVEDIR ? rmdir(path) : unlink(path);
  REAL("unlinkat", int, int, const char *, int);
  return real(f, path, flags);
}
