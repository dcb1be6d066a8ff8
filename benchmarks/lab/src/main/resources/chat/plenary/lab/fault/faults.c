/*
 * Makes one process see a clock that is off, a disk that is slow, a disk that is full. Loaded before
 * the C library (LD_PRELOAD); what to do stands in a file of three numbers that is mapped, so that
 * the lab changes it while the process runs:
 *   the wall clock's offset in nanoseconds; the delay of a sync in microseconds; 1 for a full disk.
 * The monotonic clock is left alone, as it is when an administrator sets the time.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t nothing[3];
static volatile int64_t *faults = nothing;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("LAB_FAULTS");
  int fd = path ? open(path, O_RDONLY) : -1;
  if (fd >= 0) {
    void *mapped = mmap(NULL, 24, PROT_READ, MAP_SHARED, fd, 0);
    if (mapped != MAP_FAILED) faults = mapped;
    close(fd);
  }
}

int clock_gettime(clockid_t id, struct timespec *ts) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(id, ts);
  int64_t offset = faults[0];
  if (result == 0 && offset != 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) {
    int64_t now = (int64_t)ts->tv_sec * 1000000000LL + ts->tv_nsec + offset;
    ts->tv_sec = now / 1000000000LL;
    ts->tv_nsec = now % 1000000000LL;
  }
  return result;
}

int gettimeofday(struct timeval *restrict tv, void *restrict tz) {
  (void)tz;
  struct timespec ts;
  int result = clock_gettime(CLOCK_REALTIME, &ts);
  tv->tv_sec = ts.tv_sec;
  tv->tv_usec = ts.tv_nsec / 1000;
  return result;
}

time_t time(time_t *at) {
  struct timespec ts;
  clock_gettime(CLOCK_REALTIME, &ts);
  if (at) *at = ts.tv_sec;
  return ts.tv_sec;
}

static void wait_for_disk(void) {
  int64_t delay = faults[1];
  if (delay > 0) {
    struct timespec ts = {delay / 1000000, (delay % 1000000) * 1000};
    nanosleep(&ts, NULL);
  }
}

/* A file, and none of the three that every process begins with. */
static int is_full(int fd) {
  struct stat st;
  return faults[2] && fd > 2 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

int fsync(int fd) {
  wait_for_disk();
  return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
  wait_for_disk();
  return (int)syscall(SYS_fdatasync, fd);
}

ssize_t write(int fd, const void *bytes, size_t size) {
  if (is_full(fd)) {
    errno = ENOSPC;
    return -1;
  }
  return syscall(SYS_write, fd, bytes, size);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) {
  if (is_full(fd)) {
    errno = ENOSPC;
    return -1;
  }
  return syscall(SYS_pwrite64, fd, bytes, size, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
  return pwrite(fd, bytes, size, at);
}

int fallocate(int fd, int mode, off_t at, off_t size) {
  if (is_full(fd)) {
    errno = ENOSPC;
    return -1;
  }
  return (int)syscall(SYS_fallocate, fd, mode, at, size);
}
