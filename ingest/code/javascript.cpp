// JavaScript and TypeScript: what programs ask, and how handlers decide on identities that they look up in TXT records.
#include "ingest/code/script/javascript_script.h"

#include <algorithm>
#include <array>

#include "ingest/code/script/read_script.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester javascript;

namespace {

Claim claims(std::string_view name, std::string_view) {
  constexpr std::array<std::string_view, 8> kEnds = {".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"};
  const bool is_one = std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return name.ends_with(end); });
  return is_one && !name.ends_with(".d.ts") ? Claim::by_name : Claim::no;
}

void read(Unit& unit) {
  const std::string name = unit.source().name();
  const bool has_no_elements = name.ends_with(".ts") || name.ends_with(".mts") || name.ends_with(".cts");
  script::read_script(unit, {.language = script::Language::javascript,
                             .dialect = &script::javascript_dialect(),
                             .parse = has_no_elements ? &script::parsed<ScriptLexicon::javascript, &script::javascript_script>
                                                      : &script::parsed<ScriptLexicon::jsx, &script::javascript_script>});
}

}  // namespace

constinit const Ingester javascript{.name = "javascript",
                                    .title = "JavaScript and TypeScript sources",
                                    .reference = "ECMAScript 2024; TypeScript handbook; the references of Node.js and of the libraries",
                                    .claims = &claims,
                                    .read = &read};

}  // namespace mainstay
