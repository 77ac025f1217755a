// TXT check: every lookup of an identity in DNS, what it finds there, and what the code makes of it. Plain values, ready for any output.
//
// A TXT record is public data. It authenticates the owner of its zone at best, never whoever points at it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/analysis.h"
#include "graph/findings/report.h"

namespace mainstay {

/// The sentence that every output of the check begins with.
inline constexpr std::string_view kTxtIsPublic =
    "A TXT record is public data: it authenticates the owner of its zone at best, never the caller who points at it.";

/// One set of records that answers a lookup. Values are never among it.
struct TxtSeen {
  std::string name;
  std::string type;  // "TXT", "CNAME"
  std::string zone;  // with its view
  std::size_t records = 0;
  std::optional<std::uint32_t> ttl;  // the longest, in seconds
  std::optional<bool> is_signed;     // the zone
  bool is_wildcard = false;
  std::string binding;  // in words; empty where the name follows no convention
  Reasons reasons;
};

/// One that looks an identity up, or a function that has one.
struct TxtCheck {
  std::string who;  // "services/payments/auth.py:authorize", the name of a function
  bool is_code = true;
  std::string name;    // that is asked for, or that the identity stands at; unknown parts as ${name}
  std::string answer;  // "there", "nxdomain", "nodata", "unknown"
  std::vector<TxtSeen> records;
  std::string decision;                     // of code: what it compares; see IdentityRecord
  std::map<std::string, std::string> ends;  // of code: "nxdomain", "nodata", "servfail", "timeout" and what it does then
  std::optional<bool> has_time_limit;
  bool reads_first_string = false;
  Reasons reasons;
  std::vector<std::size_t> findings;  // positions in TxtCheckReport::findings
  std::optional<Severity> verdict;    // the worst of them; unset: none
};

/// One convention, and what else is known of the names below its suffix.
struct TxtConventionRow {
  std::string suffix;
  std::string order;  // "service.environment"
  std::vector<std::string> environments;
  Reasons stated;  // where settings state it; empty: learned from the records
  std::size_t identities = 0;
  std::vector<std::string> strays;           // names below a stated suffix that have another form
  std::vector<std::string> not_looked_up;    // identities that no code of the tree asks for, by name
  std::vector<std::string> without_records;  // functions of the tree that have no name below a stated suffix
};

struct TxtCheckReport {
  std::vector<TxtCheck> checks;  // worst first, then by name
  std::vector<TxtConventionRow> conventions;
  std::vector<Finding> findings;   // of the rules about identity records, in the order of the report
  std::vector<std::size_t> other;  // findings that belong to no check
  std::vector<Finding> suppressed;
  std::vector<Undecided> undecided;
  std::string stage;
};

/// Puts lookups, records and the findings of a report together.
TxtCheckReport make_txt_check(const Analysis& analysis, const Report& report, std::string stage);

}  // namespace mainstay
