#include "ingest/merge.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace mainstay {
namespace {

void count_one(DiagnosticSeverity severity, FileCounts& counts) {
  if (severity == DiagnosticSeverity::error) ++counts.errors;
  if (severity == DiagnosticSeverity::warning) ++counts.warnings;
}

}  // namespace

void DiagnosticPile::add(Diagnostic diagnostic) {
  if (all_.size() < limit_) {
    all_.insert(std::move(diagnostic));
  } else if (!all_.contains(diagnostic)) {
    ++dropped_;
    count_one(diagnostic.severity, beyond_[diagnostic.where.file]);
  }
}

void DiagnosticPile::count(std::map<std::string, FileCounts, std::less<>>& counts) const {
  for (const Diagnostic& diagnostic : all_) count_one(diagnostic.severity, counts[diagnostic.where.file]);
  for (const auto& [file, beyond] : beyond_) {
    counts[file].errors += beyond.errors;
    counts[file].warnings += beyond.warnings;
  }
}

std::vector<Diagnostic> DiagnosticPile::take() {
  std::vector<Diagnostic> sorted;
  sorted.reserve(all_.size());
  while (!all_.empty()) sorted.push_back(std::move(all_.extract(all_.begin()).value()));
  return sorted;
}

const Reasons& reasons_of(const Fact& fact) {
  return std::visit([](const auto& one) -> const Reasons& { return one.reasons; }, fact);
}

void normalise(std::vector<Fact>& facts) {
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
}

void count_facts(const std::vector<Fact>& facts, std::map<std::string, FileCounts, std::less<>>& counts) {
  for (const Fact& fact : facts) {
    const Reasons& reasons = reasons_of(fact);
    if (!reasons.empty() && !reasons.front().place.file.empty()) ++counts[reasons.front().place.file].facts;
  }
}

}  // namespace mainstay
