/* lookup NAME COUNT: resolves NAME with getaddrinfo, COUNT times, and prints one line each: the microseconds, a blank, and how it ended.
   Common to C and C++, because musl's compiler wrapper is for C only. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static const char* ending(int code) {
  if (code == 0) return "answered";
  if (code == EAI_NONAME) return "denied";
#ifdef EAI_NODATA
  if (code == EAI_NODATA) return "denied";
#endif
  return "failed";
}

int main(int count, char** arguments) {
  if (count != 3) return 2;
  for (int left = atoi(arguments[2]); left > 0; --left) {
    struct addrinfo wanted;
    struct addrinfo* found = NULL;
    memset(&wanted, 0, sizeof wanted);
    wanted.ai_socktype = SOCK_STREAM;
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    const int code = getaddrinfo(arguments[1], NULL, &wanted, &found);
    clock_gettime(CLOCK_MONOTONIC, &end);
    if (code == 0) freeaddrinfo(found);
    printf("%lld %s\n", (long long)(end.tv_sec - begin.tv_sec) * 1000000 + (end.tv_nsec - begin.tv_nsec) / 1000, ending(code));
    fflush(stdout);
  }
  return 0;
}
