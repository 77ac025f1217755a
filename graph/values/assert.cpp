#include "graph/values/assert.h"

#include <cstdio>
#include <cstdlib>

namespace mainstay {

void assertion_failed(const char* condition, const char* why, const char* file, int line) noexcept {
  std::fprintf(stderr, "mainstay: internal error at %s:%d: %s (%s)\n", file, line, why, condition);
  std::abort();
}

}  // namespace mainstay
