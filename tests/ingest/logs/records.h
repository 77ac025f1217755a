// What is observed in the octets of one log.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/logs/observe.h"

namespace mainstay {

struct Observed {
  std::vector<Observation> seen;
  LogAccount account;
  std::vector<std::string> problems;  // their messages, with the severity before them

  bool says(std::string_view part) const;
};

Observed observed(std::string_view octets);

}  // namespace mainstay
