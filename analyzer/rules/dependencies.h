// Dependencies: the names that each workload asks for, as far as they are declared and as far as the logs show them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/analysis.h"

namespace mainstay {

enum class KnownBy : std::uint8_t { declared, observed, both };
std::string_view word(KnownBy how);

struct Dependency {
  DomainName name;
  std::vector<const Use*> uses;             // what declares it; empty: nothing does
  std::vector<const Observation*> queries;  // what the logs have of it; empty: nothing

  KnownBy known_by() const;
};

/// Shape: sorted by name. Uses with unknown parts and those of addresses are not in it.
struct Dependencies {
  std::vector<Dependency> names;
  bool is_in_logs = false;  // a client of the logs is this workload alone: what is declared only was not asked for in their time
};

/// Of every workload, by its id. What a search list made of a name is left out, and so are clients that several workloads may be behind.
std::map<std::string, Dependencies> dependencies_of(const Analysis& analysis);

}  // namespace mainstay
