#include "tests/ingest/code/script/uses_told.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

namespace mainstay {

std::string uses_told(const Ingested& got) {
  std::vector<std::string> lines;
  for (const Use& use : got.all<Use>()) {
    std::string line = fmt::format("{} {}", word(use.role), use.host.display());
    if (use.port) line += fmt::format(":{}", *use.port);
    line += " " + use.key;
    if (use.bypasses_dns) line += " address";
    if (use.resolves == Resolves::once) line += " once";
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

void check_uses(const UsesRow& row, const Ingester& ingester, const char* name) {
  DYNAMIC_SECTION(row.title) {
    const Ingested got = ingest(ingester, {{name, row.code}});
    CHECK(uses_told(got) == row.uses);
    CHECK(got.all<Workload>().size() == (std::string_view(row.uses).empty() ? 0 : 1));
  }
}

}  // namespace mainstay
