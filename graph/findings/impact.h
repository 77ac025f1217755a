// Impact: who can still authenticate while something is faulty, and what would help soonest. Ready for any output; holds no pointers.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/findings/finding.h"
#include "graph/findings/report.h"

namespace mainstay {

/// How a workload stands, from worst to best; every workload has exactly one.
enum class Standing : std::uint8_t {
  now,         // cannot authenticate
  time_out,    // finds another way, but not before a deadline around it
  degraded,    // a share of its lookups is answered wrongly, and nobody asks again
  later,       // lives on what is cached and held, and no longer
  slow,        // waits, and gets through
  fine,        // goes on as before
  unknown,     // nothing says which resolver it uses
  lost_anyway  // could not authenticate before either
};
/// The words of all standings, in that order: "now", "time-out", "degraded", "later", "slow", "fine", "unknown", "lost-anyway".
std::span<const std::string_view> words(Standing);
std::string_view word(Standing standing);

/// From the least to the most, both included; an unset `hi` is not known.
/// Units: those of the member that has the type.
struct Bounds {
  std::uint64_t lo = 0;
  std::optional<std::uint64_t> hi;
  friend auto operator<=>(const Bounds&, const Bounds&) = default;
};

/// One workload.
struct ImpactRow {
  std::string workload;
  Purpose purpose = Purpose::ordinary;
  Standing standing = Standing::fine;
  std::vector<std::string> endpoints;     // those of its uses that are concerned
  std::string reason;                     // one sentence
  std::string arithmetic;                 // how a time was reached; empty without one
  std::optional<Bounds> wait;             // milliseconds added to each lookup
  std::optional<std::uint64_t> deadline;  // milliseconds, of the use that times out
  std::uint32_t lost_percent_lo = 0;      // share of lookups that end in a wrong answer
  std::uint32_t lost_percent_hi = 0;
  std::optional<Bounds> lockout;   // seconds until nothing held is left; for those who are lost
  bool holds_known = false;        // false: something that is held has no known length, so `lockout` may be longer
  std::string runs_out_first;      // the hold that ends first; empty when nothing is held
  std::vector<Evidence> evidence;  // the place to look at first
  friend auto operator<=>(const ImpactRow&, const ImpactRow&) = default;
};

/// One faulty thing.
struct DownRow {
  Subject subject;
  std::string label;
  std::string mode;
  std::vector<std::string> other_modes;  // that make sense for it
  friend auto operator<=>(const DownRow&, const DownRow&) = default;
};

/// Something that can be done at once, with what it would bring; computed as if it were done.
struct Relief {
  std::string action;          // "move 10.20.0.53 to 10.20.1.53"
  std::string why;             // what makes it work
  std::uint64_t restores = 0;  // workloads that stand better than before
  std::uint64_t of = 0;        // workloads that do not stand as before the fault
  std::uint64_t edits = 0;     // places that must be changed
  std::vector<Evidence> evidence;
  friend auto operator<=>(const Relief&, const Relief&) = default;
};

/// The answer to one question "what if this is down?".
/// Shape: `rows` sorted by standing, then by workload; `reliefs` by what they restore, most first.
struct ImpactReport {
  std::vector<SnapshotSource> snapshots;
  std::vector<DownRow> down;
  std::vector<ImpactRow> rows;
  std::vector<Relief> reliefs;

  std::uint64_t count(Standing standing) const;
};

}  // namespace mainstay
