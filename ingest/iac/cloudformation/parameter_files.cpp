#include "ingest/iac/cloudformation/parameter_files.h"

#include <algorithm>
#include <utility>

#include "ingest/syntax/toml.h"

namespace mainstay::cloudformation {
namespace {

std::string_view base_of(std::string_view name) { return name.substr(name.rfind('/') + 1); }

bool is_samconfig(std::string_view name) {
  const std::string_view base = base_of(name);
  return base == "samconfig.toml" || base == "samconfig.yaml" || base == "samconfig.yml";
}

/// "prod" of "prod.json", "prod.parameters.json", "dns-prod.params.json": the file's name without what only says what kind it is.
std::string label_of(std::string_view name) {
  std::string_view base = base_of(name);
  base = base.substr(0, base.find('.'));
  return std::string(base);
}

/// `Stage=prod Domain="corp example"` as the command line of SAM takes it.
void take_overrides(std::string_view text, Location where, Deployment& out) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t equals = text.find('=', at);
    if (equals == std::string_view::npos) return;
    std::string key(text.substr(at, equals - at));
    std::string value;
    bool is_quoted = false;
    for (at = equals + 1; at < text.size() && (is_quoted || (text[at] != ' ' && text[at] != '\n')); ++at) {
      if (text[at] == '"') {
        is_quoted = !is_quoted;
      } else if (text[at] == '\\' && at + 1 < text.size()) {
        value += text[++at];
      } else {
        value += text[at];
      }
    }
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
    std::erase_if(key, [](char c) { return c == ' ' || c == '"' || c == '\n'; });
    Value made = Value::of_text(Text(value));
    made.origin = where;
    out.parameters[std::move(key)] = std::move(made);
  }
}

const TomlNode* text_of(const TomlNode& table, std::string_view key) {
  const TomlNode* found = table.find(key);
  return found != nullptr && found->kind == TomlKind::text ? found : nullptr;
}

/// `[prod.deploy.parameters]`, with what `[prod.global.parameters]` says for all commands.
void take_settings(const TomlNode& settings, ParameterFile& out) {
  if (const TomlNode* region = text_of(settings, "region")) out.deployment.region = region->text;
  if (const TomlNode* name = text_of(settings, "stack_name")) out.deployment.stack_name = name->text;
  if (const TomlNode* file = text_of(settings, "template_file")) out.template_file = file->text;
  if (const TomlNode* overrides = settings.find("parameter_overrides")) {
    if (overrides->kind == TomlKind::text) take_overrides(overrides->text, overrides->where, out.deployment);
    for (const TomlNode& one : overrides->children) take_overrides(one.text, one.where, out.deployment);
  }
}

std::vector<ParameterFile> read_samconfig(Unit& unit, const Source& source) {
  std::vector<ParameterFile> found;
  if (!source.name().ends_with(".toml")) {
    unit.note({unit.id_of(source), 0, 0}, "samconfig is read as TOML only", "what this file says of deployments is not used");
    return found;
  }
  const TomlNode root = read_toml(source, unit.id_of(source), unit.problems());
  for (const TomlNode& environment : root.children) {
    if (!environment.is_table()) continue;
    // The environment that is meant when none is named is no stage.
    ParameterFile made{.file = source.name(),
                       .deployment = {.label = environment.key == "default" ? std::string() : environment.key, .is_said = true}};
    for (const std::string_view command : {"global", "deploy"}) {
      const TomlNode* settings = environment.find(command);
      const TomlNode* parameters = settings != nullptr ? settings->find("parameters") : nullptr;
      if (parameters != nullptr && parameters->is_table()) take_settings(*parameters, made);
    }
    if (!made.deployment.parameters.empty() || made.deployment.region || made.deployment.stack_name) found.push_back(std::move(made));
  }
  return found;
}

bool declares_all(const Template& file, const Deployment& deployment) {
  const Value& parameters = part(file.root, "Parameters");
  return std::all_of(deployment.parameters.begin(), deployment.parameters.end(),
                     [&](const auto& given) { return !part(parameters, given.first).is_null(); });
}

}  // namespace

std::string folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(name.substr(0, slash));
}

bool is_parameter_file(std::string_view name, std::string_view head) {
  if (is_samconfig(name)) return true;
  if (!name.ends_with(".json") || head.find("\"Resources\"") != std::string_view::npos) return false;
  const std::size_t first = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (first == std::string_view::npos) return false;
  if (head[first] == '[') return head.find("\"ParameterKey\"") != std::string_view::npos;
  if (head[first] != '{') return false;
  const std::size_t key = head.find_first_not_of(" \t\r\n", first + 1);
  return key != std::string_view::npos && head.substr(key).starts_with("\"Parameters\"");
}

std::vector<ParameterFile> read_parameter_file(Unit& unit, const Source& source) {
  if (is_samconfig(source.name())) return read_samconfig(unit, source);
  const std::optional<Value> tree = read_tree(unit, source);
  if (!tree) return {};
  ParameterFile made{.file = source.name(), .deployment = {.label = label_of(source.name()), .is_said = true}};
  for (const Value& item : tree->items) {
    const std::string key = plain(part(item, "ParameterKey"));
    if (!key.empty()) made.deployment.parameters[key] = part(item, "ParameterValue");
  }
  for (const Entry& entry : part(*tree, "Parameters").entries) made.deployment.parameters[entry.key] = entry.value;
  std::erase_if(made.deployment.parameters, [](const auto& given) { return given.second.is_null(); });
  if (made.deployment.parameters.empty()) return {};
  return {std::move(made)};
}

std::optional<std::string> folder_for(std::string_view parameter_file, const std::vector<std::string>& templates) {
  std::string folder = folder_of(parameter_file);
  while (true) {
    if (std::any_of(templates.begin(), templates.end(), [&](const std::string& name) { return folder_of(name) == folder; })) return folder;
    if (folder.empty()) return std::nullopt;
    folder = folder_of(folder);
  }
}

std::vector<Deployment> deployments_of(const Template& file, const std::vector<ParameterFile>& said,
                                       const std::vector<std::string>& templates) {
  std::vector<Deployment> found;
  for (const ParameterFile& one : said) {
    if (!one.template_file.empty()) {
      const Result<std::string> path = resolve_path(one.file, one.template_file);
      if (!path || *path != file.name) continue;
    } else if (folder_for(one.file, templates) != folder_of(file.name) || !declares_all(file, one.deployment)) {
      continue;
    }
    found.push_back(one.deployment);
  }
  if (found.empty()) found.emplace_back();
  return found;
}

}  // namespace mainstay::cloudformation
