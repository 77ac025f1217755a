// What a change does to sign-in, in plain words, and the order in which it can be made without locking anybody out.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyzer/analysis.h"
#include "graph/values/place.h"

namespace mainstay {

/// Records of one owner name and type, in one zone and view.
/// Units: the TTL in seconds, the longest of the set; unset where none is stated.
struct RecordState {
  std::set<std::string> data;
  std::optional<std::uint32_t> ttl;
};

/// Shape: owner and zone without final dots; data as text, secrets masked.
struct RecordSetChange {
  std::string owner;
  std::string type;
  std::string zone;
  std::string view;
  RecordState before;
  RecordState after;
  bool is_used = false;  // a sign-in path of either state looks the name up, or goes through the zone
};

/// The differences between two estates that name resolution can notice.
struct SignInChanges {
  std::vector<RecordSetChange> records;  // used ones, by owner and type
  std::size_t other_records = 0;         // changed ones that no sign-in path uses
  std::vector<std::string> words;        // one line each: records, resolvers, forwarders, zones, needs
};

SignInChanges sign_in_changes(const Analysis& base, const Analysis& head);

/// The steps, in order, each with its arithmetic; empty when any order will do.
/// Source: RFC 1035 section 3.2.1 (TTL), RFC 2308 section 5 (negative answers live for the lesser of the SOA's TTL and minimum).
std::vector<std::string> safe_order(const SignInChanges& changes, const Analysis& base, const Analysis& head);

}  // namespace mainstay
