// Terraform: the folders of one root, evaluated without running anything.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ingest/iac/terraform/json_syntax.h"
#include "ingest/iac/terraform/planned.h"
#include "ingest/iac/terraform/reading.h"
#include "ingest/ingester.h"
#include "ingest/syntax/hcl/hcl.h"

namespace mainstay {
namespace {

std::string folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(name.substr(0, slash));
}

Claim claims(std::string_view name, std::string_view head) {
  if (terraform::is_plan(name, head)) return Claim::by_content;
  const bool is_settings = name.ends_with(".tfvars") || name.ends_with(".tfvars.json");
  if (!terraform::is_configuration(name) && !is_settings) return Claim::no;
  return head.find('\0') == std::string_view::npos ? Claim::by_name : Claim::no;
}

using Folders = std::map<std::string, std::vector<std::string>>;
using Calls = std::map<std::string, std::set<std::string>>;

/// The folders that the files of each folder call as modules.
Calls calls_of(const SourceTree& tree, const Folders& folders) {
  Calls calls;
  for (const auto& [folder, names] : folders) {
    std::set<std::string>& called = calls[folder];
    for (const std::string& name : names) {
      Result<std::string> bytes = tree.read(name);
      if (!bytes || bytes->find("module") == std::string::npos) continue;
      const Source source(name, *std::move(bytes));
      Diagnostics unused;
      const bool is_json = name.ends_with(".json");
      const hcl::Body body = is_json ? terraform::parse_json(source, SourceId{}, unused) : hcl::parse(source, SourceId{}, unused);
      for (const hcl::Block& block : body.blocks) {
        const hcl::Attribute* from = block.type == "module" ? block.body.attribute("source") : nullptr;
        if (from == nullptr || !(from->value.text.starts_with("./") || from->value.text.starts_with("../"))) continue;
        const Result<std::string> target = resolve_path(name, from->value.text);
        if (target && *target != folder && folders.contains(*target)) called.insert(*target);
      }
    }
  }
  return calls;
}

/// Every folder that is reached from `root` by calls, itself first.
std::vector<std::string> reached_from(const std::string& root, const Calls& calls) {
  std::vector<std::string> reached{root};
  std::set<std::string> seen{root};
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const std::string& next : calls.at(reached[i])) {
      if (seen.insert(next).second) reached.push_back(next);
    }
  }
  std::sort(reached.begin() + 1, reached.end());
  return reached;
}

/// The folder with blocks that a file of variables or a plan is for: its own, else the nearest above.
std::optional<std::string> folder_for(const std::string& name, const Folders& folders) {
  for (std::string folder = folder_of(name);; folder = folder_of(folder)) {
    if (folders.contains(folder)) return folder;
    if (folder.empty()) return std::nullopt;
  }
}

/// One unit a root: a folder that no other calls; with it the files of all the modules that it reaches, the files of variables and the
/// plans of its folder and of those below. Of folders that only call each other in a circle the first by name is a root.
std::vector<std::vector<std::string>> gather(const SourceTree& tree, std::vector<std::string> names) {
  Folders folders, beside;
  std::vector<std::string> others;
  for (std::string& name : names) {
    if (terraform::is_configuration(name)) {
      folders[folder_of(name)].push_back(std::move(name));
    } else {
      others.push_back(std::move(name));
    }
  }
  std::vector<std::vector<std::string>> units;
  for (std::string& name : others) {
    if (const std::optional<std::string> folder = folder_for(name, folders)) {
      beside[*folder].push_back(std::move(name));
    } else {
      units.push_back({std::move(name)});
    }
  }
  const Calls calls = calls_of(tree, folders);
  std::set<std::string> called, covered;
  for (const auto& [folder, targets] : calls) called.insert(targets.begin(), targets.end());
  const auto add = [&](const std::string& root) {
    std::vector<std::string> unit;
    for (const std::string& folder : reached_from(root, calls)) {
      covered.insert(folder);
      unit.insert(unit.end(), folders[folder].begin(), folders[folder].end());
    }
    // What lies in the root's own folder stands with its files, by name: the first file of a unit is in that folder.
    const std::size_t own = folders[root].size();
    std::size_t near = 0;
    for (const std::string& name : beside[root]) {
      if (folder_of(name) == root) unit.insert(unit.begin() + static_cast<std::ptrdiff_t>(own + near++), name);
    }
    std::sort(unit.begin(), unit.begin() + static_cast<std::ptrdiff_t>(own + near));
    for (const std::string& name : beside[root]) {
      if (folder_of(name) != root) unit.push_back(name);
    }
    units.push_back(std::move(unit));
  };
  for (const auto& [folder, files] : folders) {
    if (!called.contains(folder)) add(folder);
  }
  for (const auto& [folder, files] : folders) {
    if (!covered.contains(folder)) add(folder);
  }
  // What lies in the folder of a module that others call is for nobody: a module is given its values.
  for (auto& [folder, files] : beside) {
    if (called.contains(folder)) {
      for (std::string& name : files) {
        const bool is_used = std::any_of(units.begin(), units.end(),
                                         [&](const auto& unit) { return std::find(unit.begin(), unit.end(), name) != unit.end(); });
        if (!is_used) units.push_back({std::move(name)});
      }
    }
  }
  std::sort(units.begin(), units.end());
  return units;
}

void read(Unit& unit) {
  bool has_blocks = false;
  for (const std::unique_ptr<Source>& source : unit.sources()) {
    const bool is_plan = terraform::is_plan(source->name(), source->bytes().substr(0, 16384));
    has_blocks = has_blocks || is_plan || terraform::is_configuration(source->name());
  }
  if (!has_blocks) return unit.note({SourceId{}, 0, 0}, "these settings belong to no Terraform file of this folder", "they are not used");
  terraform::Program program(unit);
  terraform::read_resources(program);
  program.finish();
}

}  // namespace

extern const Ingester terraform_hcl;
constinit const Ingester terraform_hcl{
    .name = "terraform",
    .title = "Terraform and OpenTofu modules, plans and states",
    .reference = "developer.hashicorp.com/terraform/language",
    .claims = &claims,
    .read = &read,
    .gather = &gather,
};

}  // namespace mainstay
