#include "graph/findings/report.h"

#include <array>

#include "graph/findings/picture.h"

namespace mainstay {

std::string_view word(SourceState state) {
  constexpr std::array<std::string_view, 4> kWords = {"read", "not-ours", "skipped", "failed"};
  return kWords[static_cast<std::size_t>(state)];
}

std::string_view word(Layer layer) {
  constexpr std::array<std::string_view, 8> kWords = {"workload", "endpoint", "stub",        "resolver",
                                                      "upstream", "zone",     "name-server", "provider"};
  return kWords[static_cast<std::size_t>(layer)];
}

}  // namespace mainstay
