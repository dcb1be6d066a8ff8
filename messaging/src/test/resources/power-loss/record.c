/*
 * Records what a process does to the files below a directory, in order, so that a test can say what
 * a disk may hold after a power cut at any moment. Loaded with LD_PRELOAD; RECORD_DIR is the
 * directory, RECORD_FILE where the record goes. One lock around each call and its note, so the order
 * of the notes is the order of the calls.
 *
 * A note: kind (1 byte), fd (4), a (8), length (4), bytes. Little endian, as the machine is.
 *   O open: a = flags, bytes = path          W write: a = offset, or -1 at the end of the file
 *   S fsync or fdatasync                     T ftruncate: a = size
 *   R rename: bytes = from \0 to             L link: bytes = from \0 to
 *   U unlink: bytes = path                   M mkdir: bytes = path
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FD 65536

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned char followed[MAX_FD]; /* 1 followed, 2 followed and O_APPEND */
static const char *dir;
static size_t dir_length;
static int out = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  dir = getenv("RECORD_DIR");
  const char *file = getenv("RECORD_FILE");
  if (dir == NULL || file == NULL) return;
  dir_length = strlen(dir);
  out = syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static int ours(const char *path) { return out >= 0 && path != NULL && strncmp(path, dir, dir_length) == 0; }
static int follows(int fd) { return out >= 0 && fd >= 0 && fd < MAX_FD && followed[fd]; }

static void put(const void *bytes, size_t length) {
  const char *from = bytes;
  while (length > 0) {
    ssize_t n = syscall(SYS_write, out, from, length);
    if (n <= 0) abort();
    from += n;
    length -= n;
  }
}

static void note(char kind, int32_t fd, int64_t a, const void *bytes, uint32_t length) {
  char head[17];
  head[0] = kind;
  memcpy(head + 1, &fd, 4);
  memcpy(head + 5, &a, 8);
  memcpy(head + 13, &length, 4);
  put(head, sizeof head);
  put(bytes, length);
}

static void note_two(char kind, const char *from, const char *to) {
  char both[8192];
  size_t a = strlen(from), b = strlen(to);
  if (a + b + 1 > sizeof both) abort();
  memcpy(both, from, a + 1);
  memcpy(both + a + 1, to, b);
  note(kind, -1, 0, both, a + b + 1);
}

static int opened(int fd, const char *path, int flags) {
  if (fd >= 0 && fd < MAX_FD) {
    followed[fd] = 0;
    if (ours(path)) {
      followed[fd] = flags & O_APPEND ? 2 : 1;
      note('O', fd, flags, path, strlen(path));
    }
  }
  return fd;
}

#define OPEN(name, real)                                        \
  int name(const char *path, int flags, ...) {                  \
    mode_t mode = 0;                                            \
    if (flags & (O_CREAT | O_TMPFILE)) {                        \
      va_list more;                                             \
      va_start(more, flags);                                    \
      mode = va_arg(more, mode_t);                              \
      va_end(more);                                             \
    }                                                           \
    pthread_mutex_lock(&lock);                                  \
    int fd = opened(syscall(SYS_openat, AT_FDCWD, path, flags, mode), path, flags); \
    int e = errno;                                              \
    pthread_mutex_unlock(&lock);                                \
    errno = e;                                                  \
    return fd;                                                  \
  }
OPEN(open, open)
OPEN(open64, open64)

int close(int fd) {
  if (fd >= 0 && fd < MAX_FD) followed[fd] = 0;
  return REAL(close)(fd);
}

static ssize_t written(int fd, const void *bytes, size_t length, int64_t offset, int positioned) {
  if (!positioned) offset = followed[fd] == 2 ? -1 : lseek(fd, 0, SEEK_CUR);
  ssize_t n = positioned ? syscall(SYS_pwrite64, fd, bytes, length, offset)
                         : syscall(SYS_write, fd, bytes, length);
  if (n > 0) note('W', fd, offset, bytes, n);
  return n;
}

#define LOCKED(type, expression)  \
  do {                            \
    pthread_mutex_lock(&lock);    \
    type result = expression;     \
    int e = errno;                \
    pthread_mutex_unlock(&lock);  \
    errno = e;                    \
    return result;                \
  } while (0)

ssize_t write(int fd, const void *bytes, size_t length) {
  if (!follows(fd)) return syscall(SYS_write, fd, bytes, length);
  LOCKED(ssize_t, written(fd, bytes, length, 0, 0));
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  if (!follows(fd)) return syscall(SYS_pwrite64, fd, bytes, length, offset);
  LOCKED(ssize_t, written(fd, bytes, length, offset, 1));
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return pwrite(fd, bytes, length, offset); }

/* Not expected on followed files; better no record than a wrong one. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (follows(fd)) abort();
  return syscall(SYS_writev, fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  if (follows(fd)) abort();
  return REAL(pwritev)(fd, parts, count, offset);
}

static int synced(int fd, long call) {
  int result = syscall(call, fd);
  if (result == 0) note('S', fd, 0, "", 0);
  return result;
}
int fsync(int fd) {
  if (!follows(fd)) return syscall(SYS_fsync, fd);
  LOCKED(int, synced(fd, SYS_fsync));
}
int fdatasync(int fd) {
  if (!follows(fd)) return syscall(SYS_fdatasync, fd);
  LOCKED(int, synced(fd, SYS_fdatasync));
}

static int truncated(int fd, int64_t size) {
  int result = syscall(SYS_ftruncate, fd, size);
  if (result == 0) note('T', fd, size, "", 0);
  return result;
}
int ftruncate(int fd, off_t size) {
  if (!follows(fd)) return syscall(SYS_ftruncate, fd, size);
  LOCKED(int, truncated(fd, size));
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

static int renamed(const char *from, const char *to) {
  int result = syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
  if (result == 0) note_two('R', from, to);
  return result;
}
int rename(const char *from, const char *to) {
  if (!ours(from) && !ours(to)) return syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
  LOCKED(int, renamed(from, to));
}
static int linked(const char *from, const char *to) {
  int result = syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (result == 0) note_two('L', from, to);
  return result;
}
int link(const char *from, const char *to) {
  if (!ours(from)) return syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
  LOCKED(int, linked(from, to));
}
static int unlinked(const char *path) {
  int result = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (result == 0) note('U', -1, 0, path, strlen(path));
  return result;
}
int unlink(const char *path) {
  if (!ours(path)) return syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  LOCKED(int, unlinked(path));
}
static int made(const char *path, mode_t mode) {
  int result = syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  if (result == 0) note('M', -1, 0, path, strlen(path));
  return result;
}
int mkdir(const char *path, mode_t mode) {
  if (!ours(path)) return syscall(SYS_mkdirat, AT_FDCWD, path, mode);
  LOCKED(int, made(path, mode));
}
