#define _GNU_SOURCE
#include "CEditline.h"
#include <locale.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static locale_t utf8;

static void make_locale(void) { utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

int ced_use_utf8_on_this_thread(void) {
  pthread_once(&once, make_locale);
  return utf8 && uselocale(utf8) ? 0 : -1;
}

int ced_width(wchar_t character) {
  pthread_once(&once, make_locale);
  if (!utf8) return wcwidth(character);
  locale_t before = uselocale(utf8);
  int width = wcwidth(character);
  uselocale(before);
  return width;
}
