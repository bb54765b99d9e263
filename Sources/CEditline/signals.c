#define _GNU_SOURCE
#include "CEditline.h"
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Relay: the handler writes the signal's number as one byte to a pipe, and the reader does the rest.

static volatile int relay_fd[NSIG];
static struct sigaction relay_before[NSIG];
static int relay_fd_before[NSIG];

static void relay(int signal) {
  int error = errno;
  unsigned char byte = (unsigned char)signal;
  ssize_t written = write(relay_fd[signal], &byte, 1);
  (void)written;
  errno = error;
}

int ced_relay_signal(int signal, int fd) {
  struct sigaction action = {.sa_handler = relay, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  relay_fd_before[signal] = relay_fd[signal];
  relay_fd[signal] = fd;
  return sigaction(signal, &action, &relay_before[signal]);
}

// What was in force before may be a relay too, to another pipe.
int ced_stop_relay(int signal) {
  relay_fd[signal] = relay_fd_before[signal];
  return sigaction(signal, &relay_before[signal], NULL);
}

// Guard: while a terminal is in raw mode, `exit` and the signals that would end the process put its
// mode back first. A signal that has a handler already is left to that handler.

static const int fatal[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGABRT, SIGSEGV,
                            SIGBUS, SIGILL, SIGFPE,  SIGTRAP};
enum { fatal_count = sizeof fatal / sizeof fatal[0] };

static atomic_int guarded_fd = -1;
static struct termios guarded_mode;
static bool guarding[fatal_count];
static const char paste_off[] = "\r\n\033[?2004l";

static void restore_terminal(void) {
  int fd = atomic_exchange(&guarded_fd, -1);
  if (fd < 0) return;
  ssize_t written = write(fd, paste_off, sizeof paste_off - 1);
  (void)written;
  tcsetattr(fd, TCSANOW, &guarded_mode);
}

static void restore_and_die(int signal) {
  restore_terminal();
  raise(signal);
}

void ced_guard_terminal(int fd, const struct termios *saved) {
  static atomic_bool registered = false;
  if (!atomic_exchange(&registered, true)) atexit(restore_terminal);
  guarded_mode = *saved;
  atomic_store(&guarded_fd, fd);
  for (int i = 0; i < fatal_count; i++) {
    struct sigaction before;
    guarding[i] = sigaction(fatal[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL;
    if (!guarding[i]) continue;
    struct sigaction action = {.sa_handler = restore_and_die, .sa_flags = SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(fatal[i], &action, NULL);
  }
}

void ced_leave(int code) {
  restore_terminal();
  _exit(code);
}

void ced_release_terminal(void) {
  atomic_store(&guarded_fd, -1);
  for (int i = 0; i < fatal_count; i++) {
    struct sigaction now;
    if (!guarding[i] || sigaction(fatal[i], NULL, &now) != 0) continue;
    if (now.sa_handler == restore_and_die) signal(fatal[i], SIG_DFL);
    guarding[i] = false;
  }
}
