// Go: what programs ask, and how handlers decide on identities that they look up in TXT records.
#include "ingest/code/script/go_script.h"
#include "ingest/code/script/read_script.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester go_sources;

namespace {

Claim claims(std::string_view name, std::string_view) { return name.ends_with(".go") ? Claim::by_name : Claim::no; }

void read(Unit& unit) {
  script::read_script(unit, {.language = script::Language::go,
                             .dialect = &script::go_dialect(),
                             .parse = &script::parsed<ScriptLexicon::go, &script::go_script>});
}

}  // namespace

constinit const Ingester go_sources{.name = "go",
                                    .title = "Go sources",
                                    .reference = "The Go Programming Language Specification; the references of the libraries",
                                    .claims = &claims,
                                    .read = &read};

}  // namespace mainstay
