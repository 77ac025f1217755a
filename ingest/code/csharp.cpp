// C#: what programs ask, and how handlers decide on identities that they look up in TXT records.
#include "ingest/code/script/read_script.h"
#include "ingest/code/script/typed_script.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester csharp;

namespace {

Claim claims(std::string_view name, std::string_view) { return name.ends_with(".cs") ? Claim::by_name : Claim::no; }

void read(Unit& unit) {
  script::read_script(unit, {.language = script::Language::csharp,
                             .dialect = &script::csharp_dialect(),
                             .parse = &script::parsed<ScriptLexicon::csharp, &script::csharp_script>});
}

}  // namespace

constinit const Ingester csharp{.name = "csharp",
                                .title = "C# sources",
                                .reference = "C# language specification; the references of the libraries",
                                .claims = &claims,
                                .read = &read};

}  // namespace mainstay
