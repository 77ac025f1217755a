#include "tests/ingest/code/script/lookups_told.h"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "graph/values/assert.h"
#include "ingest/code/script/c_script.h"

namespace mainstay::script {
namespace {

std::string told(const Consequence& one) {
  std::string out;
  const auto add = [&](bool holds, std::string_view word) {
    if (holds) out += (out.empty() ? "" : "/") + std::string(word);
  };
  add(one.allows, "allows");
  add(one.denies, "denies");
  add(one.raises, "raises");
  add(one.unknown, "unknown");
  return out;
}

}  // namespace

std::string lookups_told(const std::vector<Statement>& file, const Dialect& dialect) {
  std::string out;
  for (const TxtLookup& one : txt_lookups(file, dialect)) {
    out += fmt::format("{} {} {}:", one.function, one.name.display(), word(one.check));
    for (std::size_t end = 0; end < kLookupEnds; ++end)
      out += fmt::format("{} {} {}", end == 0 ? "" : ",", word(LookupEnd(end)), told(one.ends[end]));
    out += std::string(one.has_limit ? "; limit" : "") + (one.first_string ? "; first string" : "") +
           (one.first_record ? "; first record" : "") + "\n";
  }
  return out;
}

std::string c_lookups_told(std::string_view source) {
  const Result<std::vector<CxxToken>> tokens = cxx_tokens(source, SourceId{});
  MAINSTAY_ASSERT(bool(tokens), "libclang is there, and the text is short");
  return lookups_told(c_script(*tokens), c_dialect());
}

void check_c_lookups(const LookupsRow& row) {
  DYNAMIC_SECTION(row.title) { CHECK(c_lookups_told(row.source) == row.expected); }
}

}  // namespace mainstay::script
