// C and C++: what programs ask, told from the calls that take names, and how they decide on identities that they look up in TXT records.
#include <fmt/format.h>

#include <array>

#include "ingest/code/code_file.h"
#include "ingest/code/endpoint_uses.h"
#include "ingest/code/kept_names.h"
#include "ingest/code/known_calls.h"
#include "ingest/code/program.h"
#include "ingest/code/script/c_script.h"
#include "ingest/code/script/dialect.h"
#include "ingest/code/script/lookup_facts.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester c_and_cpp;

namespace {

Claim claims(std::string_view name, std::string_view) {
  constexpr std::array<std::string_view, 11> kEnds = {".c", ".cc", ".cpp", ".cxx", ".c++", ".h", ".hh", ".hpp", ".hxx", ".h++", ".ipp"};
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return Claim::no;
  return std::find(kEnds.begin(), kEnds.end(), name.substr(dot)) != kEnds.end() ? Claim::by_name : Claim::no;
}

void read(Unit& unit) {
  const std::string_view text = unit.source().bytes();
  const bool decides = script::names_c_lookup(text);
  if (!decides && !code::names_known_call(text) && !code::has_kept_url(unit.catalogue(), text)) return;
  if (const code::CodePurpose purpose = code::purpose_of(unit.source().name()); purpose != code::CodePurpose::product) {
    unit.note({}, fmt::format("{}: what it asks is not counted", code::word(purpose)));
    return;
  }
  Result<std::vector<CxxToken>> tokens = cxx_tokens(text, SourceId{});
  if (!tokens) {
    unit.warning({}, "the source is not read: " + tokens.error(), "what its program asks is not part of this scan");
    return;
  }
  if (decides) script::add_lookups(unit, script::c_script(*tokens), script::c_dialect());
  code::add_uses(unit, code::CodeFile(*std::move(tokens)));
}

}  // namespace

constinit const Ingester c_and_cpp{.name = "c-cpp",
                                   .title = "C and C++ sources",
                                   .reference = "ISO C++ [lex]; the manual pages of the calls",
                                   .claims = &claims,
                                   .read = &read};

}  // namespace mainstay
