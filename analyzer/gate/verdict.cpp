#include "analyzer/gate/verdict.h"

#include <fmt/format.h>

#include <algorithm>

namespace mainstay {

std::optional<GateThreshold> GateThreshold::parse(std::string_view text) {
  if (text == "none") return GateThreshold{};
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view which = text.substr(0, colon);
  const std::optional<Severity> least = severity_of(text.substr(colon + 1));
  if ((which != "new" && which != "any") || !least) return std::nullopt;
  return GateThreshold{.only_new = which == "new", .least = least};
}

std::vector<Finding> counted_findings(const Comparison& comparison, const Report& head, const GateThreshold& threshold) {
  std::vector<Finding> all;
  const auto take = [&](const Finding& one) {
    if (threshold.least && one.severity >= *threshold.least && one.confidence >= threshold.confidence) all.push_back(one);
  };
  if (threshold.only_new) {
    for (const Finding& one : comparison.fresh) take(one);
    for (const WorseFinding& one : comparison.worse) take(one.finding);
  } else {
    for (const Finding& one : head.findings) take(one);
  }
  return all;
}

std::vector<std::string> locked_out(const Analysis& base, const Analysis& head) {
  std::vector<std::string> all;
  for (const NodeId goal : head.goals()) {
    if (head.faults().state(goal) != FaultState::never) continue;
    const std::string& name = head.graph().node(goal).name;
    const std::optional<NodeId> before = base.graph().find(NodeKind::workload, name);
    if (before && base.faults().state(*before) != FaultState::never) all.push_back(name);
  }
  return all;
}

std::vector<NotEvaluated> not_evaluated(const std::vector<std::string>& changed, const HeadFiles& files, const Report& base,
                                        const Report& head) {
  std::map<std::string, std::string> out;
  std::map<std::string_view, const SourceEntry*> now;
  for (const SourceEntry& one : head.sources) now[one.file] = &one;
  for (const SourceEntry& one : base.sources) {
    if (one.state != SourceState::read || !files.there.contains(one.file)) continue;
    const auto entry = now.find(one.file);
    if (entry != now.end() && entry->second->state == SourceState::read) continue;
    // A file of which nothing is said lies in a folder that is not looked into.
    const std::string why = entry == now.end() ? "its folder is ignored" : entry->second->reason;
    out[one.file] = fmt::format("it was read before and is not now{}{}", why.empty() ? "" : ": ", why);
  }
  const auto has_changed = [&](const std::string& file) { return std::binary_search(changed.begin(), changed.end(), file); };
  for (const auto& [file, why] : files.unwritten) {
    if (has_changed(file)) out[file] = why;
  }
  for (const SourceEntry& one : head.sources) {
    if (!has_changed(one.file)) continue;
    if (one.state == SourceState::failed) {
      out[one.file] = one.reason;
    } else if (one.errors > 0) {
      out[one.file] = fmt::format("{} in it", one.errors == 1 ? "an error" : fmt::format("{} errors", one.errors));
    } else if (one.state == SourceState::skipped && one.reason.starts_with("larger")) {
      out[one.file] = one.reason;
    }
  }
  // What stands in no account: settings and lists of owners that cannot be used, limits of the walk.
  for (const Diagnostic& one : head.diagnostics) {
    if (one.severity != DiagnosticSeverity::error) continue;
    const auto entry =
        std::find_if(head.sources.begin(), head.sources.end(), [&](const SourceEntry& source) { return source.file == one.where.file; });
    const bool is_told = entry != head.sources.end() && entry->state != SourceState::not_ours;
    if (!is_told) out.try_emplace(one.where.file, one.message);
  }
  std::vector<NotEvaluated> all;
  for (auto& [file, why] : out) all.push_back({file, why});
  return all;
}

}  // namespace mainstay
