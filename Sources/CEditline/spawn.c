#define _GNU_SOURCE
#include "CEditline.h"
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

// As system(3) does it: keys that interrupt are meant for the editor alone. The shell around it gets
// them too, and must outlive it; a trap, unlike an ignored signal, is not handed down.
int ced_run_editor(const char *command, const char *path, int input, int output) {
  char line[4096];
  int length = snprintf(line, sizeof line, "trap : INT QUIT; %s \"$1\"", command);
  if (length < 0 || (size_t)length >= sizeof line) return 127;

  struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
  sigaction(SIGINT, &ignore, &interrupt);
  sigaction(SIGQUIT, &ignore, &quit);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, 0);
  posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGINT);
  sigaddset(&defaults, SIGQUIT);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  char *const words[] = {"sh", "-c", line, "snapsh", (char *)path, NULL};
  pid_t child;
  int status = 127 << 8;
  if (posix_spawn(&child, "/bin/sh", &actions, &attributes, words, environ) == 0)
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}

  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  sigaction(SIGINT, &interrupt, NULL);
  sigaction(SIGQUIT, &quit, NULL);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
