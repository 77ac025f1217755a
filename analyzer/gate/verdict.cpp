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

namespace {

/// Gathers what nobody can judge, each file with the last reason found.
class Gaps {
 public:
  Gaps(const std::vector<std::string>& changed, const HeadFiles& files, const Report& head)
      : changed_(changed), files_(files), head_(head) {
    for (const SourceEntry& one : head.sources) now_[one.file] = &one;
  }

  void add_no_longer_read(const Report& base) {
    for (const SourceEntry& one : base.sources) {
      if (one.state != SourceState::read || !files_.there.contains(one.file)) continue;
      const SourceEntry* entry = entry_of(one.file);
      if (entry != nullptr && entry->state == SourceState::read) continue;
      const std::string why = entry == nullptr ? std::string() : entry->reason;
      found_[one.file] = fmt::format("it was read before and is not now{}{}", why.empty() ? "" : ": ", why);
    }
  }

  void add_changed() {
    for (const std::string& file : changed_) {
      if (!files_.there.contains(file)) continue;
      const std::string* left_out = nearest(files_.left_out, file);
      const SourceEntry* entry = entry_of(file);
      if (left_out != nullptr) {
        found_[file] = *left_out;
      } else if (entry == nullptr) {
        continue;
      } else if (entry->state == SourceState::failed) {
        found_[file] = entry->reason;
      } else if (entry->errors > 0) {
        found_[file] = fmt::format("{} in it", entry->errors == 1 ? "an error" : fmt::format("{} errors", entry->errors));
      }
    }
  }

  /// What stands in no account: settings and lists of owners that cannot be used, limits of the walk.
  void add_untold_problems() {
    for (const Diagnostic& one : head_.diagnostics) {
      if (one.severity != DiagnosticSeverity::error) continue;
      const auto entry = now_.find(one.where.file);
      const bool is_told = entry != now_.end() && entry->second->state != SourceState::not_ours;
      if (!is_told) found_.try_emplace(one.where.file, one.message);
    }
  }

  std::vector<NotEvaluated> list() const {
    std::vector<NotEvaluated> all;
    all.reserve(found_.size());
    for (const auto& [file, why] : found_) all.push_back({file, why});
    return all;
  }

 private:
  /// What a table by names says of a file, or else of the nearest folder around it; null when it says nothing.
  template <class Table>
  static const typename Table::mapped_type* nearest(const Table& table, std::string_view file) {
    using Name = typename Table::key_type;
    if (const auto own = table.find(Name(file)); own != table.end()) return &own->second;
    for (std::size_t slash = file.rfind('/'); slash != std::string_view::npos; slash = file.substr(0, slash).rfind('/')) {
      if (const auto folder = table.find(Name(file.substr(0, slash + 1))); folder != table.end()) return &folder->second;
    }
    const auto root = table.find(Name("./"));
    return root == table.end() ? nullptr : &root->second;
  }

  const SourceEntry* entry_of(std::string_view file) const {
    const SourceEntry* const* entry = nearest(now_, file);
    return entry == nullptr ? nullptr : *entry;
  }

  const std::vector<std::string>& changed_;
  const HeadFiles& files_;
  const Report& head_;
  std::map<std::string_view, const SourceEntry*> now_;
  std::map<std::string, std::string> found_;
};

}  // namespace

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "pass";
    case Verdict::fail: return "fail";
    case Verdict::unknown: break;
  }
  return "unknown";
}

Verdict verdict_of(const GateReport& report) {
  if (report.counted > 0) return Verdict::fail;
  return report.not_evaluated.empty() ? Verdict::pass : Verdict::unknown;
}

std::vector<NotEvaluated> not_evaluated(const std::vector<std::string>& changed, const HeadFiles& files, const Report& base,
                                        const Report& head) {
  Gaps gaps(changed, files, head);
  gaps.add_no_longer_read(base);
  gaps.add_changed();
  gaps.add_untold_problems();
  return gaps.list();
}

}  // namespace mainstay
