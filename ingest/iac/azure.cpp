// Azure: ARM templates and Bicep files, evaluated without asking the cloud.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "ingest/iac/azure/program.h"
#include "ingest/iac/azure/reading.h"
#include "ingest/ingester.h"
#include "ingest/syntax/bicep/bicep.h"
#include "ingest/syntax/yaml.h"

namespace mainstay {
namespace {

std::string folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(name.substr(0, slash));
}

Claim claims(std::string_view name, std::string_view head) {
  const azure::Kind kind = azure::kind_of(name, head);
  if (kind == azure::Kind::none) return Claim::no;
  return kind == azure::Kind::bicep || kind == azure::Kind::bicep_parameters ? Claim::by_name : Claim::by_content;
}

/// What stands between quotes behind a key, on the same line, for each time that the key is written.
std::set<std::string> quoted_behind(std::string_view text, std::string_view key, char quote) {
  std::set<std::string> found;
  for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + key.size())) {
    constexpr std::size_t kLongest = 1000;
    std::string_view line = text.substr(at + key.size(), kLongest);
    line = line.substr(0, line.find('\n'));
    const std::size_t begin = line.find(quote);
    const std::size_t end = begin == std::string_view::npos ? begin : line.find(quote, begin + 1);
    if (end != std::string_view::npos) found.emplace(line.substr(begin + 1, end - begin - 1));
  }
  return found;
}

/// The file that a file of parameters says that it is for; else a template of its own name, as "main.parameters.json" is for "main.json".
std::set<std::string> targets_of(std::string_view name, std::string_view text) {
  std::set<std::string> found;
  if (name.ends_with(".bicepparam")) {
    for (const std::string& path : quoted_behind(text, "using", '\'')) {
      if (const Result<std::string> target = resolve_path(name, path)) found.insert(*target);
    }
    return found;
  }
  for (const std::string_view mark : {".parameters.", ".param."}) {
    const std::size_t at = name.rfind(mark);
    if (at == std::string_view::npos || at < name.rfind('/') + 1) continue;
    std::string stem(name.substr(0, at));
    // "main.prod.parameters.json" is one of several for "main".
    for (std::size_t dot = stem.size(); dot != std::string::npos && dot > folder_of(name).size(); dot = stem.rfind('.', dot - 1)) {
      for (const std::string_view end : {".json", ".bicep"}) found.insert(stem.substr(0, dot) + std::string(end));
      if (dot == 0) break;
    }
  }
  if (const std::string base(name.substr(name.rfind('/') + 1)); base.starts_with("azuredeploy")) {
    const std::string folder = folder_of(name);
    found.insert((folder.empty() ? "" : folder + "/") + "azuredeploy.json");
  }
  return found;
}

/// The files that a file names as its modules or linked templates.
std::set<std::string> modules_of(std::string_view name, std::string_view text) {
  std::set<std::string> found;
  const bool is_bicep = name.ends_with(".bicep");
  for (const std::string& path : quoted_behind(text, is_bicep ? "module " : "\"relativePath\":", is_bicep ? '\'' : '"')) {
    if (const Result<std::string> target = resolve_path(name, path)) found.insert(*target);
  }
  return found;
}

/// Files that name each other are one unit, and with them their files of parameters.
std::vector<std::vector<std::string>> gather(const SourceTree& tree, std::vector<std::string> names) {
  std::map<std::string, std::size_t> at;
  std::vector<std::size_t> group(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) at[names[i]] = group[i] = i;
  const auto of = [&](std::size_t i) {
    while (group[i] != i) i = group[i] = group[group[i]];
    return i;
  };
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Result<std::string> text = tree.read(names[i]);
    if (!text) continue;
    const azure::Kind kind = azure::kind_of(names[i], std::string_view(*text).substr(0, 16384));
    const bool is_parameters = kind == azure::Kind::arm_parameters || kind == azure::Kind::bicep_parameters;
    for (const std::string& target : is_parameters ? targets_of(names[i], *text) : modules_of(names[i], *text)) {
      const auto found = at.find(target);
      if (found == at.end()) continue;
      const std::size_t a = of(i), b = of(found->second);
      group[std::max(a, b)] = std::min(a, b);
    }
  }
  std::map<std::size_t, std::vector<std::string>> units;
  for (std::size_t i = 0; i < names.size(); ++i) units[of(i)].push_back(names[i]);
  std::vector<std::vector<std::string>> made;
  for (auto& [first, unit] : units) {
    std::sort(unit.begin(), unit.end());
    made.push_back(std::move(unit));
  }
  std::sort(made.begin(), made.end());
  return made;
}

using Given = std::map<std::string, azure::Value, std::less<>>;

/// What the files of parameters set, as alternatives where there are several files.
Given parameters_for(const azure::File& file, const std::vector<azure::ParameterFile>& said) {
  std::vector<const azure::ParameterFile*> own;
  for (const azure::ParameterFile& one : said) {
    if (one.file == file.name) own.push_back(&one);
  }
  std::set<std::string> names;
  for (const azure::ParameterFile* one : own) {
    for (const auto& [name, value] : one->values) names.insert(name);
  }
  Given made;
  for (const std::string& name : names) {
    std::vector<azure::Alternative> sides;
    bool is_everywhere = true;
    for (const azure::ParameterFile* one : own) {
      const auto found = one->values.find(name);
      is_everywhere = is_everywhere && found != one->values.end();
      if (found != one->values.end()) sides.push_back({iac::when("the file of parameters", one->name), found->second});
    }
    // A file that leaves it out takes the default, which only the template knows.
    if (is_everywhere) made[name] = iac::one_of(std::move(sides));
  }
  return made;
}

void read(Unit& unit) {
  azure::Program program(unit);
  std::vector<std::string> files;
  std::vector<azure::ParameterFile> said;
  std::set<std::string> called;
  for (const std::unique_ptr<Source>& source : unit.sources()) {
    const azure::Kind kind = azure::kind_of(source->name(), source->bytes().substr(0, 16384));
    if (kind == azure::Kind::arm_parameters) {
      std::optional<azure::ParameterFile> one = azure::read_arm_parameters(unit, *source);
      for (const std::string& target : targets_of(source->name(), source->bytes())) {
        if (one && one->file.empty() && unit.tree().read(target)) one->file = target;
      }
      if (one) said.push_back(*std::move(one));
      continue;
    }
    std::unique_ptr<azure::File> file;
    if (kind == azure::Kind::arm) {
      file = azure::read_arm(unit, *source);
    } else {
      file = std::make_unique<azure::File>();
      file->name = source->name();
      file->statements = bicep::parse(*source, unit.id_of(*source), unit.problems());
    }
    if (file == nullptr) continue;
    if (kind != azure::Kind::bicep_parameters) {
      files.push_back(file->name);
      for (const std::string& target : modules_of(source->name(), source->bytes())) {
        if (target != source->name()) called.insert(target);
      }
      program.add_file(std::move(file));
      continue;
    }
    azure::ParameterFile one{.name = source->name(), .file = {}, .values = {}};
    program.add_file(std::move(file));
    azure::Deployment& made = program.deploy(source->name(), *program.file(source->name()), {});
    for (const auto& [name, statement] : made.parameters) one.values[name] = program.evaluate(statement->value, {&made, nullptr});
    for (const std::string& target : targets_of(source->name(), source->bytes())) one.file = target;
    said.push_back(std::move(one));
  }
  // What another file deploys is deployed by it; of files that only name each other in a circle, all are.
  const bool has_root = std::any_of(files.begin(), files.end(), [&](const std::string& name) { return !called.contains(name); });
  for (const std::string& name : files) {
    const azure::File* file = program.file(name);
    if (!has_root || !called.contains(name)) program.deploy(name, *file, parameters_for(*file, said));
  }
  azure::read_resources(program);
  program.finish();
}

}  // namespace

extern const Ingester azure_templates;
constinit const Ingester azure_templates{
    .name = "azure",
    .title = "Azure ARM templates and Bicep files",
    .reference = "learn.microsoft.com/azure/azure-resource-manager",
    .claims = &claims,
    .read = &read,
    .gather = &gather,
};

}  // namespace mainstay
