#include "ingest/code/function_code.h"

#include <algorithm>
#include <array>
#include <vector>

#include "graph/values/ascii.h"
#include "ingest/code/script/read_script.h"

namespace mainstay::code {
namespace {

std::string joined(std::string_view folder, std::string_view name) {
  return folder.empty() ? std::string(name) : std::string(folder) + "/" + std::string(name);
}

/// "src/app.handler", "src.app.handler": a module and a function in it.
std::vector<std::string> modules(const FunctionCode& code) {
  constexpr std::array<std::string_view, 7> kEnds = {".py", ".js", ".mjs", ".cjs", ".ts", ".mts", ".tsx"};
  std::string module = code.handler.substr(0, code.handler.rfind('.'));
  while (module.starts_with("./")) module.erase(0, 2);
  std::vector<std::string> names;
  for (const std::string_view end : kEnds) names.push_back(joined(code.folder, module + std::string(end)));
  if (module.find('/') == std::string::npos && module.find('.') != std::string::npos) {
    std::replace(module.begin(), module.end(), '.', '/');
    names.push_back(joined(code.folder, module + ".py"));
  }
  return names;
}

/// "corp.App::handle" or "Corp::Corp.App::Handle": a class, in a file of its name.
std::string class_file(std::string_view handler) {
  const std::size_t last = handler.rfind("::");
  const std::size_t first = handler.find("::");
  if (first == std::string_view::npos) return {};
  const bool is_java = first == last;
  std::string_view type = is_java ? handler.substr(0, first) : handler.substr(first + 2, last - first - 2);
  type.remove_prefix(std::min(type.rfind('.') + 1, type.size()));
  return std::string(type) + (is_java ? ".java" : ".cs");
}

/// The place where the handler's name stands in its file.
Location handler_in(const Unit& unit, const Source& source, std::string_view handler) {
  const std::string_view name = handler.substr(handler.find_last_of(".:/") + 1);
  const std::string_view text = source.bytes();
  const auto is_word = [](char c) { return is_ascii_alphanumeric(c) || c == '_'; };
  for (std::size_t at = name.empty() ? std::string_view::npos : text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at > 0 && is_word(text[at - 1])) || (end < text.size() && is_word(text[end]))) continue;
    return {unit.id_of(source), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
  }
  return {unit.id_of(source), 0, 0};
}

}  // namespace

std::optional<std::string> source_of(const SourceTree& tree, const FunctionCode& code) {
  if (script::front_end_of(code.folder) != nullptr) return code.folder;
  if (const std::string file = class_file(code.handler); !file.empty()) {
    std::optional<std::string> found;
    for (const std::string& name : tree.names_below(code.folder)) {
      if (!name.ends_with("/" + file) && name != file) continue;
      if (found) return std::nullopt;
      found = name;
    }
    return found;
  }
  std::vector<std::string> names = code.handler.find('.') == std::string::npos ? std::vector<std::string>() : modules(code);
  names.push_back(joined(code.folder, "main.go"));
  const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& name) { return static_cast<bool>(tree.read(name)); });
  return found == names.end() ? std::nullopt : std::optional(*found);
}

void add_function_code(Unit& unit, const FunctionCode& code, const RunsAs& function, Reasons& reasons) {
  const std::optional<std::string> name = source_of(unit.tree(), code);
  const Source* source = name ? unit.include(*name, {}) : nullptr;
  if (source == nullptr) return;
  reasons.push_back(unit.declared(handler_in(unit, *source, code.handler)));
  script::read_script_of(unit, *name, function);
}

}  // namespace mainstay::code
