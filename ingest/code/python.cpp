// Python: how handlers decide on identities that they look up in TXT records.
#include <fmt/format.h>

#include "ingest/code/program.h"
#include "ingest/code/script/lookup_facts.h"
#include "ingest/code/script/python_script.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester python;

namespace {

Claim claims(std::string_view name, std::string_view) { return name.ends_with(".py") ? Claim::by_name : Claim::no; }

void read(Unit& unit) {
  const std::string_view text = unit.source().bytes();
  if (text.find("TXT") == std::string_view::npos || text.find("dns") == std::string_view::npos) return;
  if (const code::CodePurpose purpose = code::purpose_of(unit.source().name()); purpose != code::CodePurpose::product) {
    unit.note({}, fmt::format("{}: how it decides is not counted", code::word(purpose)));
    return;
  }
  const std::vector<PythonToken> tokens =
      python_tokens(text, SourceId{}, [&](const PythonProblem& one) { unit.warning(one.where, one.message, one.hint); });
  script::add_lookups(unit, script::python_script(tokens), script::python_dialect());
}

}  // namespace

constinit const Ingester python{.name = "python",
                                .title = "Python sources that look up TXT records",
                                .reference = "The Python Language Reference; dnspython, dns.resolver",
                                .claims = &claims,
                                .read = &read};

}  // namespace mainstay
