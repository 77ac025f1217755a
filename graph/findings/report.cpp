#include "graph/findings/report.h"

#include <algorithm>
#include <array>

#include "graph/findings/picture.h"

namespace mainstay {

std::string_view word(SourceState state) {
  constexpr std::array<std::string_view, 4> kWords = {"read", "not-ours", "skipped", "failed"};
  return kWords[static_cast<std::size_t>(state)];
}

std::string_view word(Layer layer) {
  constexpr std::array<std::string_view, 8> kWords = {"workload", "endpoint", "stub",        "resolver",
                                                      "upstream", "zone",     "name-server", "provider"};
  return kWords[static_cast<std::size_t>(layer)];
}

bool is_incomplete(const Report& report) {
  const bool failed = std::any_of(report.sources.begin(), report.sources.end(),
                                  [](const SourceEntry& one) { return one.state == SourceState::failed || one.errors > 0; });
  const bool problems = std::any_of(report.diagnostics.begin(), report.diagnostics.end(),
                                    [](const Diagnostic& one) { return one.severity == DiagnosticSeverity::error; });
  return failed || problems || report.diagnostics_dropped > 0;
}

bool read_nothing(const Report& report) {
  const bool read_file =
      std::any_of(report.sources.begin(), report.sources.end(), [](const SourceEntry& one) { return one.state == SourceState::read; });
  return !read_file && report.workloads.empty() && report.zones.empty() && report.resolvers.empty();
}

}  // namespace mainstay
