// Python: what programs ask, and how handlers decide on identities that they look up in TXT records.
#include "ingest/code/script/python_script.h"
#include "ingest/code/script/read_script.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester python;

namespace {

Claim claims(std::string_view name, std::string_view) { return name.ends_with(".py") ? Claim::by_name : Claim::no; }

std::vector<script::Statement> parse(std::string_view text, SourceId id, const script::Problems& problem) {
  return script::python_script(python_tokens(text, id, [&](const PythonProblem& one) { problem({one.where, one.message, one.hint}); }));
}

void read(Unit& unit) {
  script::read_script(unit, {.language = script::Language::python, .dialect = &script::python_dialect(), .parse = &parse});
}

}  // namespace

constinit const Ingester python{.name = "python",
                                .title = "Python sources",
                                .reference = "The Python Language Reference; the references of the libraries",
                                .claims = &claims,
                                .read = &read};

}  // namespace mainstay
