#include "ingest/code/script/lookup_facts.h"

#include <string>
#include <string_view>

#include "ingest/code/script/txt_lookup.h"

namespace mainstay::script {
namespace {

std::string in_words(const Consequence& one) {
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

IdentityRecord record_of(const Unit& unit, const TxtLookup& lookup) {
  IdentityRecord one{.owner = lookup.name, .decision = std::string(word(lookup.check)), .reasons = {unit.declared(lookup.where)}};
  one.looked_up_by = unit.source().name() + (lookup.function.empty() ? "" : ":" + lookup.function);
  for (std::size_t end = 0; end < kLookupEnds; ++end) {
    one.fields.emplace(word(LookupEnd(end)), in_words(lookup.ends[end]));
  }
  one.fields.emplace("time limit", lookup.has_limit ? "yes" : "no");
  if (lookup.answers_authoriser) one.fields.emplace("answers", "authoriser");
  if (lookup.first_string) one.fields.emplace("reads", "the first string only");
  return one;
}

}  // namespace

void add_lookups(Unit& unit, const std::vector<Statement>& file, const Dialect& dialect) {
  for (const TxtLookup& lookup : txt_lookups(file, dialect)) unit.add(record_of(unit, lookup));
}

}  // namespace mainstay::script
