#ifndef CEDITLINE_H
#define CEDITLINE_H

#include <histedit.h>
#include <stdbool.h>
#include <stdio.h>
#include <termios.h>
#include <wchar.h>

// Faces with fixed arguments of libedit's variadic el_wset and el_wget, and the few
// system calls that Swift's Glibc module doesn't show.

typedef unsigned char (*ced_command)(EditLine *, wint_t);
typedef int (*ced_reader)(EditLine *, wchar_t *);

// editline.c
int ced_add_command(EditLine *, const char *name, const char *help, ced_command);
int ced_set_reader(EditLine *, ced_reader);
int ced_set_client_data(EditLine *, void *);
void *ced_client_data(EditLine *);
int ced_set_history(EditLine *, HistoryW *);
int ced_set_terminal(EditLine *, const char *name);
int ced_set_empty_prompt(EditLine *);
int ced_ignore_signals(EditLine *);
bool ced_is_vi(EditLine *);
bool ced_is_editing(EditLine *);
int ced_parse(EditLine *, int count, const char *const *words);
bool ced_program_matches(const char *program, const char *pattern);

// sink.c: a FILE that drops what is written to it and counts the bells
FILE *ced_sink_open(int *bells);

// width.c: one UTF-8 locale for character types, whatever the process's locale is
int ced_use_utf8_on_this_thread(void);
int ced_width(wchar_t);

// pty.c
int ced_pty_open(int *primary, int *secondary, int rows, int columns);
int ced_pty_resize(int fd, int rows, int columns);
int ced_pty_name(int primary, char *name, size_t size);
int ced_pipe(int ends[2]);
int ced_window_size(int fd, int *rows, int *columns);
int ced_hold_exclusively(int fd);

// signals.c
int ced_relay_signal(int signal, int fd);
int ced_stop_relay(int signal);
void ced_guard_terminal(int fd, const struct termios *saved);
void ced_release_terminal(void);
/// Ends the process at once, with the terminal as it was before it was guarded.
void ced_leave(int code) __attribute__((noreturn));

// spawn.c: runs `sh -c COMMAND "$1"` with the file on a terminal; the exit code, or 128 and the signal
int ced_run_editor(const char *command, const char *path, int input, int output);

// thread.c: a detached thread with a stack of 64 MiB, for a line may nest deeply
int ced_start_thread(void (*body)(void *), void *context);

#endif
