#define _GNU_SOURCE
#include "CEditline.h"
#include <regex.h>
#include <stdlib.h>
#include <string.h>

static wchar_t *empty_prompt(EditLine *el) {
  (void)el;
  static wchar_t nothing[] = L"";
  return nothing;
}

static wchar_t *widen(const char *text) {
  size_t length = strlen(text);
  wchar_t *wide = calloc(length + 1, sizeof *wide);
  for (size_t i = 0; wide && i < length; i++) wide[i] = (unsigned char)text[i];
  return wide;
}

// EL_ADDFN keeps both pointers as long as the EditLine lives: they are copied and never freed.
int ced_add_command(EditLine *el, const char *name, const char *help, ced_command function) {
  wchar_t *wide_name = widen(name);
  wchar_t *wide_help = widen(help);
  if (!wide_name || !wide_help) return -1;
  return el_wset(el, EL_ADDFN, wide_name, wide_help, function);
}

int ced_set_reader(EditLine *el, ced_reader reader) { return el_wset(el, EL_GETCFN, reader); }

int ced_set_client_data(EditLine *el, void *data) { return el_wset(el, EL_CLIENTDATA, data); }

void *ced_client_data(EditLine *el) {
  void *data = NULL;
  el_wget(el, EL_CLIENTDATA, &data);
  return data;
}

int ced_set_history(EditLine *el, HistoryW *history) {
  return el_wset(el, EL_HIST, history_w, history);
}

int ced_set_terminal(EditLine *el, const char *name) { return el_wset(el, EL_TERMINAL, name); }

int ced_set_empty_prompt(EditLine *el) { return el_wset(el, EL_PROMPT, empty_prompt); }

int ced_ignore_signals(EditLine *el) { return el_wset(el, EL_SIGNAL, 0); }

bool ced_is_vi(EditLine *el) {
  const wchar_t *name = NULL;
  return el_wget(el, EL_EDITOR, &name) == 0 && name && name[0] == L'v';
}

bool ced_is_editing(EditLine *el) {
  int mode = 0;
  return el_wget(el, EL_EDITMODE, &mode) != 0 || mode != 0;
}

int ced_parse(EditLine *el, int count, const char *const *words) {
  return el_parse(el, count, (const char **)words);
}

// The rule of editrc(5): the pattern is part of the program's name, or a basic regular expression.
bool ced_program_matches(const char *program, const char *pattern) {
  if (strstr(program, pattern)) return true;
  regex_t expression;
  if (regcomp(&expression, pattern, REG_NOSUB) != 0) return false;
  bool matches = regexec(&expression, program, 0, NULL, 0) == 0;
  regfree(&expression);
  return matches;
}
