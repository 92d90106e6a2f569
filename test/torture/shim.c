/*
 * Preloaded into the till's process: records what it writes to the files below SHIM_DIR, in order and with
 * the data, into SHIM_LOG; and fails, tears or kills the operation that SHIM_CONTROL names.
 *
 * A record is { u32 operation, u32 file, u64 offset, u32 length } and then `length` bytes; see write-log.ts.
 * The control is eight int32, see control.ts. Left out: the shared memory (-shm) and the process lock, which
 * a power cut or a kill forgets anyway.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPENED = 1, WROTE, CUT, SYNCED, REMOVED, RENAMED, NAMED };
enum { ON_WRITE = 1, ON_SYNC = 2, ON_CUT = 4, ON_RENAME = 8 };
enum { KILL_BEFORE = -9, KILL_AFTER = -10, KILL_TORN = -11 };
enum { C_OPERATIONS, C_FILES, C_ACTION, C_SKIP, C_TIMES, C_HITS, C_SEEN, C_SHORT };

#define MOST_FDS 4096
#define MOST_FILES 4096

static char root[PATH_MAX];
static size_t root_length;
static int log_fd = -1;
static volatile int32_t *control;
static int fd_file[MOST_FDS]; /* 0 = none of ours, else file number + 1 */
static struct stat fd_stat[MOST_FDS];
static char paths[MOST_FILES][PATH_MAX];
static int files;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Its arguments in a variable number are handed on as six: the kernel takes as many as the call has. */
typedef long call(long, ...);
static call *bare;
static call *bare_call(void) {
  if (!bare) bare = (call *)dlsym(RTLD_NEXT, "syscall");
  return bare;
}
#define syscall(...) bare_call()(__VA_ARGS__)

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

/* Called once more in a process that was forked, with what it is to look after. */
void shim_begin(const char *dir, const char *log, const char *steer) {
  if (!dir || !realpath(dir, root)) return;
  root_length = strlen(root);
  if (log) log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (steer) {
    int fd = syscall(SYS_openat, AT_FDCWD, steer, O_RDWR | O_CLOEXEC, 0);
    void *at = mmap(NULL, 32, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at != MAP_FAILED) control = at;
    syscall(SYS_close, fd);
  }
}

__attribute__((constructor)) static void begin(void) {
  shim_begin(getenv("SHIM_DIR"), getenv("SHIM_LOG"), getenv("SHIM_CONTROL"));
}

static int ends(const char *path, const char *with) {
  size_t a = strlen(path), b = strlen(with);
  return a >= b && strcmp(path + a - b, with) == 0;
}

static int ours(const char *path) {
  return root_length && strncmp(path, root, root_length) == 0 && path[root_length] == '/' && !ends(path, "-shm") &&
         !strstr(path, "till.lock");
}

static void put(const void *data, size_t length) {
  const char *at = data;
  while (length > 0) {
    ssize_t n = syscall(SYS_write, log_fd, at, length);
    if (n < 0) abort();
    at += n;
    length -= n;
  }
}

static void record(uint32_t operation, int file, uint64_t offset, const void *data, uint32_t length) {
  if (log_fd < 0) return;
  char head[20];
  uint32_t number = file;
  memcpy(head, &operation, 4);
  memcpy(head + 4, &number, 4);
  memcpy(head + 8, &offset, 8);
  memcpy(head + 16, &length, 4);
  put(head, sizeof head);
  if (length) put(data, length);
}

static int number_of(const char *path) {
  for (int i = 0; i < files; i++)
    if (strcmp(paths[i], path) == 0) return i;
  if (files == MOST_FILES) abort();
  strncpy(paths[files], path, PATH_MAX - 1);
  record(NAMED, files, 0, path, strlen(path));
  return files++;
}

/* 1 = database, 2 = write-ahead log, 4 = a head slot, 8 = any other. */
static int kind(int file) {
  if (ends(paths[file], ".db")) return 1;
  if (ends(paths[file], ".db-wal")) return 2;
  return strstr(paths[file], "/head-") ? 4 : 8;
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* 0 = go on; > 0 = fail with this errno; KILL_AFTER and KILL_TORN are for the caller to carry out. */
static int steered(int operation, int file) {
  if (!control || !(control[C_OPERATIONS] & operation) || !(control[C_FILES] & kind(file))) return 0;
  control[C_SEEN]++;
  if (control[C_SKIP] > 0) {
    control[C_SKIP]--;
    return 0;
  }
  if (control[C_TIMES] == 0) return 0;
  if (control[C_TIMES] > 0) control[C_TIMES]--;
  control[C_HITS]++;
  if (control[C_ACTION] == KILL_BEFORE) die();
  return control[C_ACTION];
}

/* libuv closes by the bare system call, which nobody can see: what a number stood for may be another file now. */
static int file_of(int fd) {
  struct stat now;
  if (fd < 0 || fd >= MOST_FDS || fd_file[fd] == 0) return -1;
  if (fstat(fd, &now) != 0 || now.st_ino != fd_stat[fd].st_ino || now.st_dev != fd_stat[fd].st_dev) fd_file[fd] = 0;
  return fd_file[fd] - 1;
}

static int opened(int fd, const char *path, int flags, int existed) {
  char whole[PATH_MAX];
  if (fd < 0 || fd >= MOST_FDS || !root_length) return fd;
  fd_file[fd] = 0;
  if (!realpath(path, whole) || (!ours(whole) && strcmp(whole, root) != 0)) return fd;
  int kept = errno;
  pthread_mutex_lock(&lock);
  int file = number_of(whole);
  fd_file[fd] = file + 1;
  fstat(fd, &fd_stat[fd]);
  if (!existed || (flags & O_TRUNC)) record(OPENED, file, existed ? 1 : 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = kept;
  return fd;
}

static int open_at(int dir, const char *path, int flags, mode_t mode) {
  int existed = (flags & (O_CREAT | O_TRUNC)) == 0 || faccessat(dir, path, F_OK, 0) == 0;
  int fd = syscall(SYS_openat, dir, path, flags, mode);
  return opened(fd, path, flags, existed);
}

#define MODE                        \
  mode_t mode = 0;                  \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list rest;                   \
    va_start(rest, flags);          \
    mode = va_arg(rest, mode_t);    \
    va_end(rest);                   \
  }

int open(const char *path, int flags, ...) { MODE return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_at(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE return open_at(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE return open_at(dir, path, flags | O_LARGEFILE, mode); }

int close(int fd) {
  if (fd >= 0 && fd < MOST_FDS) fd_file[fd] = 0;
  return REAL(close)(fd);
}

/* `offset` < 0: at the file's own position. */
static ssize_t write_at(int fd, const void *data, size_t length, off_t offset) {
  int file = file_of(fd);
  if (file < 0) return offset < 0 ? syscall(SYS_write, fd, data, length) : syscall(SYS_pwrite64, fd, data, length, offset);
  pthread_mutex_lock(&lock);
  int todo = steered(ON_WRITE, file);
  ssize_t written = -1;
  if (todo > 0 && !(control[C_SHORT] && length > 1)) {
    pthread_mutex_unlock(&lock);
    errno = todo;
    return -1;
  }
  if (todo > 0 || todo == KILL_TORN) length = (length + 1) / 2;
  off_t at = offset;
  if (offset < 0) {
    struct stat now;
    int append = fcntl(fd, F_GETFL) & O_APPEND;
    at = append && fstat(fd, &now) == 0 ? now.st_size : lseek(fd, 0, SEEK_CUR);
  }
  written = offset < 0 ? syscall(SYS_write, fd, data, length) : syscall(SYS_pwrite64, fd, data, length, offset);
  int kept = errno;
  if (todo == KILL_AFTER || todo == KILL_TORN) die();
  if (written > 0) record(WROTE, file, at, data, written);
  pthread_mutex_unlock(&lock);
  errno = kept;
  return written;
}

ssize_t write(int fd, const void *data, size_t length) { return write_at(fd, data, length, -1); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return write_at(fd, data, length, offset); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return write_at(fd, data, length, offset); }

static ssize_t write_parts(int fd, const struct iovec *parts, int count, off_t offset) {
  ssize_t sum = 0;
  for (int i = 0; i < count; i++) {
    ssize_t n = write_at(fd, parts[i].iov_base, parts[i].iov_len, offset < 0 ? offset : offset + sum);
    if (n < 0) return sum > 0 ? sum : n;
    sum += n;
    if ((size_t)n < parts[i].iov_len) break;
  }
  return sum;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  return file_of(fd) < 0 ? syscall(SYS_writev, fd, parts, count) : write_parts(fd, parts, count, -1);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) { return write_parts(fd, parts, count, offset); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) { return write_parts(fd, parts, count, offset); }

/* The kernel's own copying from file to file is refused where it would write to ours: then libuv reads and writes. */
ssize_t sendfile(int to, int from, off_t *offset, size_t length) {
  if (file_of(to) < 0) return syscall(SYS_sendfile, to, from, offset, length);
  errno = EINVAL;
  return -1;
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) { return sendfile(to, from, offset, length); }

long(syscall)(long number, ...) {
  va_list rest;
  va_start(rest, number);
  long a[6];
  for (int i = 0; i < 6; i++) a[i] = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_copy_file_range && file_of(a[2]) >= 0) {
    errno = ENOSYS;
    return -1;
  }
  return bare_call()(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int ftruncate(int fd, off_t size) {
  int file = file_of(fd);
  if (file < 0) return syscall(SYS_ftruncate, fd, size);
  pthread_mutex_lock(&lock);
  int todo = steered(ON_CUT, file);
  int done = todo > 0 ? -1 : syscall(SYS_ftruncate, fd, size);
  if (todo < 0) die();
  if (done == 0) record(CUT, file, size, NULL, 0);
  pthread_mutex_unlock(&lock);
  if (todo > 0) errno = todo;
  return done;
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

static int sync_as(int fd, long call) {
  int file = file_of(fd);
  if (file < 0) return syscall(call, fd);
  pthread_mutex_lock(&lock);
  int todo = steered(ON_SYNC, file);
  int done = todo > 0 ? -1 : syscall(call, fd);
  if (todo < 0) die();
  if (done == 0) record(SYNCED, file, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  if (todo > 0) errno = todo;
  return done;
}
int fsync(int fd) { return sync_as(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_as(fd, SYS_fdatasync); }

int unlink(const char *path) {
  char whole[PATH_MAX];
  int known = root_length && realpath(path, whole) && ours(whole);
  int done = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (known && done == 0) {
    pthread_mutex_lock(&lock);
    record(REMOVED, number_of(whole), 0, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  return done;
}

int rename(const char *from, const char *to) {
  char whole[PATH_MAX], target[PATH_MAX];
  int known = root_length && realpath(from, whole) && ours(whole);
  int todo = 0;
  if (known) {
    pthread_mutex_lock(&lock);
    todo = steered(ON_RENAME, number_of(whole));
    pthread_mutex_unlock(&lock);
  }
  if (todo > 0) {
    errno = todo;
    return -1;
  }
  int done = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (todo < 0) die();
  if (known && done == 0 && realpath(to, target)) {
    pthread_mutex_lock(&lock);
    record(RENAMED, number_of(whole), number_of(target), NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  return done;
}
