// Preloaded into a program: ends it by SIGKILL at one of the points at which something of it can
// be seen from outside, which are the writes and syncs of a journal and the sends and receives of a
// connection. KILL_AT is the number of the point, from 1, among those of the kind KILL_KIND; KILL_LOG
// is a file to which each point that is passed, and the last one, is written by its kind, a line each.
#define _GNU_SOURCE
#include "killpoints.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int passed;

static void pass(const char *kind) {
  static _Atomic(int) target = -1, log = -2;
  int at = atomic_load(&target);
  if (at < 0) {
    const char *text = getenv("KILL_AT"), *path = getenv("KILL_LOG");
    at = text ? atoi(text) : 0;
    int file = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    atomic_store(&log, file);
    atomic_store(&target, at);
  }
  const char *wanted = getenv("KILL_KIND");
  if (at > 0 && wanted && strcmp(wanted, kind) != 0) return;
  int number = atomic_fetch_add(&passed, 1) + 1;
  if (at > 0 && number != at) return;
  int file = atomic_load(&log);
  if (file >= 0) {
    char line[64];
    int length = snprintf(line, sizeof line, "%s\n", kind);
    syscall(SYS_write, file, line, (size_t)length);
  }
  if (number == at) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
  }
}

static int is_connection(int file) {
  struct sockaddr_storage address;
  socklen_t length = sizeof address;
  if (getpeername(file, (struct sockaddr *)&address, &length) != 0) return 0;
  return address.ss_family == AF_INET || address.ss_family == AF_INET6;
}

static int is_journal(int file) {
  char link[40], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return strstr(path, "/journal.sqlite") != NULL;
}

#define REAL(name) \
  static __typeof__(&name) real; \
  int before = errno; \
  if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
  errno = before

// What leaves: a write of the journal or a send, a point before it and one after.
#define LEAVING(type, name, parameters, arguments) \
  type name parameters { \
    REAL(name); \
    int journal = is_journal(file), connection = !journal && is_connection(file); \
    if (journal) pass("before write"); \
    if (connection) pass("before send"); \
    type result = real arguments; \
    int error = errno; \
    if (journal) pass("after write"); \
    if (connection) pass("after send"); \
    errno = error; \
    return result; \
  }

LEAVING(ssize_t, write, (int file, const void *bytes, size_t count), (file, bytes, count))
LEAVING(ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count))
LEAVING(
    ssize_t, pwrite, (int file, const void *bytes, size_t count, off_t offset),
    (file, bytes, count, offset))
LEAVING(
    ssize_t, pwrite64, (int file, const void *bytes, size_t count, off64_t offset),
    (file, bytes, count, offset))
LEAVING(
    ssize_t, send, (int file, const void *bytes, size_t count, int flags),
    (file, bytes, count, flags))
LEAVING(
    ssize_t, sendmsg, (int file, const struct msghdr *message, int flags), (file, message, flags))

#define SYNCING(name) \
  int name(int file) { \
    REAL(name); \
    int journal = is_journal(file); \
    if (journal) pass("before sync"); \
    int result = real(file); \
    int error = errno; \
    if (journal) pass("after sync"); \
    errno = error; \
    return result; \
  }

SYNCING(fsync)
SYNCING(fdatasync)

// What comes: one point, since before it nothing has changed after the send.
#define COMING(name, parameters, arguments) \
  ssize_t name parameters { \
    REAL(name); \
    ssize_t result = real arguments; \
    int error = errno; \
    if (result > 0 && is_connection(file)) pass("after receive"); \
    errno = error; \
    return result; \
  }

COMING(read, (int file, void *bytes, size_t count), (file, bytes, count))
COMING(readv, (int file, const struct iovec *parts, int count), (file, parts, count))
COMING(recv, (int file, void *bytes, size_t count, int flags), (file, bytes, count, flags))
COMING(recvmsg, (int file, struct msghdr *message, int flags), (file, message, flags))
