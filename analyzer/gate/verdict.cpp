#include "analyzer/gate/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

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

std::vector<NotEvaluated> not_evaluated(const std::vector<std::string>& changed, const std::map<std::string, std::string>& unwritten,
                                        const Report& base, const Report& head) {
  std::map<std::string, std::string> out;
  std::set<std::string_view> was_read;
  for (const SourceEntry& one : base.sources) {
    if (one.state == SourceState::read) was_read.insert(one.file);
  }
  const auto has_changed = [&](const std::string& file) { return std::binary_search(changed.begin(), changed.end(), file); };
  for (const auto& [file, why] : unwritten) {
    if (has_changed(file)) out[file] = why;
  }
  for (const SourceEntry& one : head.sources) {
    if (was_read.contains(one.file) && one.state != SourceState::read) {
      out[one.file] = fmt::format("it was read before and is not now{}{}", one.reason.empty() ? "" : ": ", one.reason);
    } else if (!has_changed(one.file)) {
      continue;
    } else if (one.state == SourceState::failed) {
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
