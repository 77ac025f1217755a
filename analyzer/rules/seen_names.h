// What query logs say of the names that workloads are told to use, and how much the logs can carry.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "graph/findings/finding.h"
#include "graph/model/estate.h"

namespace mainstay {

/// A name that somebody is told to use, and what was seen of it.
struct SeenName {
  DomainName name;
  std::vector<const Use*> uses;
  std::vector<const Observation*> seen;

  /// The workloads that are told to use it, sorted, each once.
  std::vector<std::string> workloads() const;
};

/// The names in use by DNS that were asked for, sorted.
std::vector<SeenName> names_seen(const Estate& estate);

/// The uses of each name that is known in full and looked up.
std::map<DomainName, std::vector<const Use*>> names_in_use(const Estate& estate);

/// Which logs, servers, clients and times a statement rests on.
class Coverage {
 public:
  void add(const Observation& one);

  std::uint64_t queries() const { return queries_; }
  /// Different clients, where groups of clients count with how many they were.
  std::uint64_t clients() const;
  /// How long the time from the first to the last question is. Units: seconds; 0 when the logs have no times.
  std::int64_t seconds() const;
  /// "120 queries of 2 clients at 10.0.1.53, in query.log, 2026-11-20T08:00:07Z to 2026-11-20T08:02:20Z".
  std::string text() const;
  /// One piece of evidence a log, the sum of its lines.
  std::vector<Evidence> evidence() const;

 private:
  std::uint64_t queries_ = 0;
  std::map<std::string, std::uint64_t> clients_;
  std::set<std::string> servers_;
  std::map<std::string, Evidence> logs_;
  std::string first_;
  std::string last_;
};

/// How many of an observation's queries had one of these response codes.
std::uint64_t with_codes(const Observation& one, std::initializer_list<const char*> codes);

/// A finding about a name in use: subject, affected, confidence and arithmetic are filled in, and evidence: the logs, then who is told to
/// use it.
Finding finding_about(const SeenName& name, const Coverage& coverage);

}  // namespace mainstay
