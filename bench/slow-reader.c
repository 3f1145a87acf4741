/* Slow storage, for slow-reader.mjs: the first time a process opens a file below SLOW_FOLDER, the open takes SLOW_MILLISECONDS
   longer, as a network drive takes that long for what is not in the system's cache. Linux with glibc or musl only. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

#define PLACES (1 << 20)
static _Atomic unsigned char seen[PLACES];

static void wait_for(const char *path) {
  const char *folder = getenv("SLOW_FOLDER");
  const char *milliseconds = getenv("SLOW_MILLISECONDS");
  if (!folder || !milliseconds || strncmp(path, folder, strlen(folder)) != 0) return;
  uint32_t place = 2166136261u; /* FNV-1a */
  for (const char *at = path; *at; at++) place = (place ^ (unsigned char)*at) * 16777619u;
  if (seen[place % PLACES]++) return;
  long ms = atol(milliseconds);
  struct timespec pause = {ms / 1000, (ms % 1000) * 1000000L};
  nanosleep(&pause, NULL);
}

#define OPEN(name)                                                     \
  int name(const char *path, int flags, ...) {                         \
    static int (*next)(const char *, int, ...);                        \
    if (!next) next = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name); \
    va_list more;                                                      \
    va_start(more, flags);                                             \
    mode_t mode = va_arg(more, mode_t);                                \
    va_end(more);                                                      \
    wait_for(path);                                                    \
    return next(path, flags, mode);                                    \
  }
OPEN(open)
OPEN(open64)
