#include "graph/facts/facts.h"

#include <array>

namespace mainstay {

std::string_view kind_of(const Fact& fact) {
  constexpr std::array<std::string_view, std::variant_size_v<Fact>> kKinds = {
      "scope",      "workload",    "stub",  "server", "zone",            "record",      "delegation", "endpoint", "use", "inventory",
      "credential", "certificate", "grant", "trust",  "identity-record", "observation", "answer"};
  return kKinds[fact.index()];
}

}  // namespace mainstay
