// Trial: one scenario tried out with a real library, in a name space of its own.
#pragma once

#include <string>
#include <vector>

#include "tests/measured/scenario.h"

namespace mainstay {

/// How one lookup went.
struct Measured {
  std::string ending;  // "answered", "denied", "failed", "crashed"
  Milliseconds time{0};
};

struct Trial {
  std::vector<Measured> lookups;
  std::string problem;  // why nothing could be measured; empty otherwise
};

/// Runs all scenarios side by side, each in a process of its own; `program` is called with a name and a count.
/// Cost: as long as the longest; they do nothing but wait.
std::vector<Trial> try_out(const std::vector<Scenario>& scenarios, const std::vector<Milliseconds>& limits, const std::string& program);

}  // namespace mainstay
