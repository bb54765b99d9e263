#define _GNU_SOURCE
#include "CEditline.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

int ced_pty_resize(int fd, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(fd, TIOCSWINSZ, &size);
}

int ced_pty_name(int primary, char *name, size_t size) { return ptsname_r(primary, name, size); }

int ced_pty_open(int *primary, int *secondary, int rows, int columns) {
  int first = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (first < 0) return -1;
  char name[128];
  int second = -1;
  if (grantpt(first) == 0 && unlockpt(first) == 0 && ptsname_r(first, name, sizeof name) == 0) {
    second = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  }
  if (second < 0 || ced_pty_resize(first, rows, columns) != 0) {
    int error = errno;
    if (second >= 0) close(second);
    close(first);
    errno = error;
    return -1;
  }
  *primary = first;
  *secondary = second;
  return 0;
}

int ced_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK); }

int ced_window_size(int fd, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return -1;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}

int ced_hold_exclusively(int fd) {
  int result;
  do result = flock(fd, LOCK_EX);
  while (result != 0 && errno == EINTR);
  return result;
}
