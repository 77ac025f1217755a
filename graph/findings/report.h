// Report: everything one scan has to say, ready for any output. Filled by the analyzer, drawn by render; holds no pointers.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/findings/finding.h"
#include "graph/findings/source_cause.h"
#include "graph/values/diagnostic.h"

namespace mainstay {

/// What became of one file of the tree. Every file that the walk meets has exactly one of these.
enum class SourceState : std::uint8_t { read, not_ours, skipped, failed };
/// "read", "not-ours", "skipped", "failed".
std::string_view word(SourceState state);

/// One file, accounted for.
struct SourceEntry {
  std::string file;
  SourceState state = SourceState::not_ours;
  std::string format;                     // the ingester that read it; empty when none did
  SourceCause cause = SourceCause::none;  // of what kind the reason is that it was not read, or not wholly
  std::string reason;                     // why it was skipped, failed or is not ours; empty for files that were read
  std::uint64_t octets = 0;
  std::uint64_t facts = 0;  // facts whose first evidence lies in this file
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  friend auto operator<=>(const SourceEntry&, const SourceEntry&) = default;
};

/// Something that is held and outlives a fault for a while.
/// Units: seconds; unset when its length is not known.
struct HoldRow {
  std::string what;
  std::optional<std::uint64_t> seconds;
  Reasons evidence;
  friend auto operator<=>(const HoldRow&, const HoldRow&) = default;
};

/// When the workloads of an endpoint are locked out after the single fault that is worst for them; 0 at the earliest.
/// Shape: `complete` is false where a hold has no known length, so that it may last longer than `most`; `holds` in the order in which they
///        run out.
/// Units: seconds.
struct LockoutRow {
  std::uint64_t most = 0;
  bool complete = false;
  std::string fault;  // label of that fault
  std::vector<HoldRow> holds;
  friend auto operator<=>(const LockoutRow&, const LockoutRow&) = default;
};

/// One identity endpoint: a host name in a role.
struct EndpointRow {
  std::string name;  // host name without its final dot; unknown parts as ${name}
  Role role = Role::identity_host;
  std::vector<std::string> hosts;
  std::string provider;
  std::vector<std::string> workloads;        // ids of those that need it, sorted
  std::vector<std::string> single_faults;    // labels of the components whose lone failure takes it from a workload, inherent ones left out
  std::uint32_t inherent_faults = 0;         // single faults that nobody here can add an alternative to
  std::optional<LockoutRow> lockout;         // unset when no single fault that anybody here could mend takes it away
  Confidence weakest = Confidence::assumed;  // of the evidence that its paths rest on
  Reasons evidence;
  friend auto operator<=>(const EndpointRow&, const EndpointRow&) = default;
};

/// A name that a workload asks for by DNS, and how that is known: "declared", "observed" or "both".
struct NameRow {
  std::string name;
  std::string known_by;
  std::uint64_t queries = 0;  // of the workload, in the logs
  Reasons evidence;
  friend auto operator<=>(const NameRow&, const NameRow&) = default;
};

/// One workload and how it resolves names.
struct WorkloadRow {
  std::string id;
  std::string kind;
  std::string name;
  std::string scope;
  std::string resolver;  // how it resolves: "10.9.1.53, 10.9.2.53 (hosts/app/etc/resolv.conf:1)"; empty when unknown
  std::vector<std::string> endpoints;
  std::vector<NameRow> names;
  bool is_in_logs = false;  // a client of the logs is this workload alone, so that what is "declared" was not asked for in their time
  std::uint32_t single_faults = 0;
  bool cold_start = true;  // can authenticate when everything starts at once
  Reasons evidence;
  friend auto operator<=>(const WorkloadRow&, const WorkloadRow&) = default;
};

/// One DNS server that somebody asks.
struct ResolverRow {
  std::string id;
  std::string label;
  std::string software;
  std::vector<std::string> addresses;
  std::vector<std::string> upstreams;
  std::uint32_t workloads = 0;  // how many need its answers, alone or with alternatives
  bool described = true;        // false: asked by address, but no configuration of it is in the tree
  Reasons evidence;
  friend auto operator<=>(const ResolverRow&, const ResolverRow&) = default;
};

/// One zone.
struct ZoneRow {
  std::string apex;
  std::string view;
  std::string provider;
  std::string is_signed;  // "yes", "no", "unknown"
  std::vector<std::string> name_servers;
  std::uint64_t records = 0;
  Reasons evidence;
  friend auto operator<=>(const ZoneRow&, const ZoneRow&) = default;
};

/// Something that a rule, the graph or an ingester could not decide, with how often; nothing is dropped without being counted here.
struct Undecided {
  std::string what;  // rule name, or "resolver", "name", ...
  std::string why;
  std::uint64_t count = 0;
  std::vector<std::string> examples;  // at most five
  friend auto operator<=>(const Undecided&, const Undecided&) = default;
};

/// A file that facts of an earlier scan were taken from.
/// Units: age in seconds; unset when the time of writing is not known, or lies ahead.
struct SnapshotSource {
  std::string file;
  std::string version;  // of the program that wrote it
  std::string created;  // RFC 3339, UTC
  std::optional<std::uint64_t> age;
  friend auto operator<=>(const SnapshotSource&, const SnapshotSource&) = default;
};

/// A category of a published framework that a rule belongs to.
struct Control {
  std::string framework;  // "OWASP NHI Top 10 2025"
  std::string id;         // "NHI7"; empty where the framework numbers nothing
  std::string title;
  friend auto operator<=>(const Control&, const Control&) = default;
};

/// One rule that was asked.
struct RuleRow {
  std::string name;
  std::string summary;
  std::string why;
  std::string fix;
  std::string reference;
  Severity severity = Severity::info;
  std::vector<Control> controls;
  friend auto operator<=>(const RuleRow&, const RuleRow&) = default;
};

/// The whole of one scan. Every list is sorted as its consumers show it, so that equal input gives equal bytes.
struct Report {
  std::vector<std::string> roots;  // as given on the command line
  std::vector<SourceEntry> sources;
  std::vector<std::string> logs;
  std::vector<SnapshotSource> snapshots;
  std::vector<Diagnostic> diagnostics;
  std::uint64_t diagnostics_dropped = 0;
  std::vector<EndpointRow> endpoints;  // most workloads first
  std::vector<WorkloadRow> workloads;
  std::vector<ResolverRow> resolvers;
  std::vector<ZoneRow> zones;
  std::vector<Finding> findings;    // worst first, then by number of affected workloads, then by rule and id
  std::vector<Finding> suppressed;  // in the same order; each says why
  std::vector<RuleRow> rules;       // every rule that was asked, by name
  std::vector<Undecided> undecided;
};

/// True when something that was meant to be read was not, or not wholly.
bool is_incomplete(const Report& report);
/// True when nothing of a known format was there, so that there is nothing to judge.
bool read_nothing(const Report& report);

}  // namespace mainstay
