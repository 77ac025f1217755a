#include "ingest/code/script/front_ends.h"

#include <algorithm>
#include <array>

#include "ingest/code/script/go_script.h"
#include "ingest/code/script/javascript_script.h"
#include "ingest/code/script/python_script.h"
#include "ingest/code/script/typed_script.h"

namespace mainstay::script {
namespace {

/// A parser of tokens as one of text.
template <ScriptLexicon kLexicon, std::vector<Statement> (*kParse)(const std::vector<ScriptToken>&)>
std::vector<Statement> parsed(std::string_view text, SourceId id, const Problems& problem) {
  return kParse(script_tokens(text, kLexicon, id, problem));
}

std::vector<Statement> python(std::string_view text, SourceId id, const Problems& problem) {
  return python_script(python_tokens(text, id, [&](const PythonProblem& one) { problem({one.where, one.message, one.hint}); }));
}

constexpr auto kTyped = &parsed<ScriptLexicon::javascript, &javascript_script>;  // ".ts": "<T>x" is no element
constexpr auto kScript = &parsed<ScriptLexicon::jsx, &javascript_script>;

constexpr std::array<FrontEnd, 12> kFrontEnds = {{
    {".py", Language::python, &python_dialect, &python},
    {".js", Language::javascript, &javascript_dialect, kScript},
    {".mjs", Language::javascript, &javascript_dialect, kScript},
    {".cjs", Language::javascript, &javascript_dialect, kScript},
    {".jsx", Language::javascript, &javascript_dialect, kScript},
    {".tsx", Language::javascript, &javascript_dialect, kScript},
    {".ts", Language::javascript, &javascript_dialect, kTyped},
    {".mts", Language::javascript, &javascript_dialect, kTyped},
    {".cts", Language::javascript, &javascript_dialect, kTyped},
    {".go", Language::go, &go_dialect, &parsed<ScriptLexicon::go, &go_script>},
    {".java", Language::java, &java_dialect, &parsed<ScriptLexicon::java, &java_script>},
    {".cs", Language::csharp, &csharp_dialect, &parsed<ScriptLexicon::csharp, &csharp_script>},
}};

}  // namespace

const FrontEnd* front_end_of(std::string_view name) {
  if (name.ends_with(".d.ts")) return nullptr;
  const auto found = std::find_if(kFrontEnds.begin(), kFrontEnds.end(), [&](const FrontEnd& one) { return name.ends_with(one.ending); });
  return found == kFrontEnds.end() ? nullptr : &*found;
}

}  // namespace mainstay::script
