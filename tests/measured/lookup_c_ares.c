/* lookup NAME COUNT: resolves NAME with ares_getaddrinfo, COUNT times, and prints one line each: the microseconds, a blank, and how it
   ended. */
#include <ares.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>

static const char* ending(int status) {
  if (status == ARES_SUCCESS) return "answered";
  return status == ARES_ENOTFOUND || status == ARES_ENODATA ? "denied" : "failed";
}

static void finished(void* into, int status, int timeouts, struct ares_addrinfo* found) {
  (void)timeouts;
  *(const char**)into = ending(status);
  if (found != NULL) ares_freeaddrinfo(found);
}

static void wait_for(ares_channel channel) {
  for (;;) {
    fd_set reading, writing;
    struct timeval left;
    FD_ZERO(&reading);
    FD_ZERO(&writing);
    const int most = ares_fds(channel, &reading, &writing);
    if (most == 0) return;
    select(most, &reading, &writing, NULL, ares_timeout(channel, NULL, &left));
    ares_process(channel, &reading, &writing);
  }
}

int main(int count, char** arguments) {
  ares_channel channel;
  if (count != 3 || ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS || ares_init(&channel) != ARES_SUCCESS) return 2;
  for (int left = atoi(arguments[2]); left > 0; --left) {
    struct ares_addrinfo_hints wanted;
    struct timespec begin, end;
    const char* how = "failed";
    memset(&wanted, 0, sizeof wanted);
    wanted.ai_family = AF_UNSPEC;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    ares_getaddrinfo(channel, arguments[1], NULL, &wanted, finished, &how);
    wait_for(channel);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%lld %s\n", (long long)(end.tv_sec - begin.tv_sec) * 1000000 + (end.tv_nsec - begin.tv_nsec) / 1000, how);
    fflush(stdout);
  }
  ares_destroy(channel);
  return 0;
}
