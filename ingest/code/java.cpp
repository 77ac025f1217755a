// Java: what programs ask, and how handlers decide on identities that they look up in TXT records.
#include "ingest/code/script/read_script.h"
#include "ingest/code/script/typed_script.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester java;

namespace {

Claim claims(std::string_view name, std::string_view) { return name.ends_with(".java") ? Claim::by_name : Claim::no; }

void read(Unit& unit) {
  script::read_script(unit, {.language = script::Language::java,
                             .dialect = &script::java_dialect(),
                             .parse = &script::parsed<ScriptLexicon::java, &script::java_script>});
}

}  // namespace

constinit const Ingester java{.name = "java",
                              .title = "Java sources",
                              .reference = "The Java Language Specification; the references of the libraries",
                              .claims = &claims,
                              .read = &read};

}  // namespace mainstay
