// Python: how handlers decide on identities that they look up in TXT records.
#include <fmt/format.h>

#include "ingest/code/program.h"
#include "ingest/code/script/python_script.h"
#include "ingest/code/script/txt_lookup.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester python;

namespace {

Claim claims(std::string_view name, std::string_view) { return name.ends_with(".py") ? Claim::by_name : Claim::no; }

std::string in_words(const script::Consequence& one) {
  std::string out;
  const auto add = [&](bool holds, std::string_view word) {
    if (holds) out += (out.empty() ? "" : " or ") + std::string(word);
  };
  add(one.allows, "allows");
  add(one.denies, "denies");
  add(one.raises, "raises");
  add(one.unknown, "unknown");
  return out;
}

IdentityRecord record_of(const Unit& unit, const script::TxtLookup& lookup) {
  IdentityRecord one{.owner = lookup.name, .decision = std::string(word(lookup.check)), .reasons = {unit.declared(lookup.where)}};
  one.looked_up_by = unit.source().name() + (lookup.function.empty() ? "" : ":" + lookup.function);
  for (std::size_t end = 0; end < script::kLookupEnds; ++end) {
    one.fields.emplace(word(script::LookupEnd(end)), in_words(lookup.ends[end]));
  }
  one.fields.emplace("time limit", lookup.has_limit ? "yes" : "no");
  if (lookup.answers_authoriser) one.fields.emplace("answers", "authoriser");
  if (lookup.first_string) one.fields.emplace("reads", "the first string only");
  return one;
}

void read(Unit& unit) {
  const std::string_view text = unit.source().bytes();
  if (text.find("TXT") == std::string_view::npos || text.find("dns") == std::string_view::npos) return;
  if (const code::CodePurpose purpose = code::purpose_of(unit.source().name()); purpose != code::CodePurpose::product) {
    unit.note({}, fmt::format("{}: how it decides is not counted", code::word(purpose)));
    return;
  }
  const std::vector<PythonToken> tokens =
      python_tokens(text, SourceId{}, [&](const PythonProblem& one) { unit.warning(one.where, one.message, one.hint); });
  for (const script::TxtLookup& lookup : script::txt_lookups(script::python_script(tokens))) unit.add(record_of(unit, lookup));
}

}  // namespace

constinit const Ingester python{.name = "python",
                                .title = "Python sources that look up TXT records",
                                .reference = "The Python Language Reference; dnspython, dns.resolver",
                                .claims = &claims,
                                .read = &read};

}  // namespace mainstay
