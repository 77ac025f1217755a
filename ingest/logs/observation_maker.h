// ObservationMaker: rows of a tally as facts.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "graph/facts/facts.h"
#include "ingest/logs/log_part.h"
#include "ingest/logs/observed_row.h"

namespace mainstay {

/// Turns rows, which come in the order of their keys, into Observations.
/// A server that logs its own address only with its replies seems to be two: questions without a server are then those of the replies of
/// the same client, name, type and format that have no question.
/// Response codes that lines tell without saying of which server are those of the only server that was asked; among several they make an
/// Observation without a server, and without queries, because those are counted where they came in.
class ObservationMaker {
 public:
  /// `logs` are those that the rows were counted from; an Observation of several names the first one and how many more.
  ObservationMaker(std::span<const LogAccount> logs, std::int64_t window, std::function<void(Observation&&)> use);

  void add(ObservedRow&& row);
  /// To be called behind the last row.
  void finish();

 private:
  bool is_asked_beside(const ObservedRow& row) const;
  void place_details();
  std::uint64_t own_queries(const ObservedRow& row) const;
  std::uint64_t minutes_elsewhere(const ObservedRow& row) const;
  void settle_group();
  Observation observation_of(const ObservedRow& row, std::uint64_t queries) const;

  std::map<std::string, std::string> logs_;  // by format
  std::int64_t window_;
  std::function<void(Observation&&)> use_;
  std::vector<ObservedRow> group_;  // of one name, type and client
};

}  // namespace mainstay
