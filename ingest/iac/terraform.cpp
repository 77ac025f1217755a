// Terraform: the folders of one root, evaluated without running anything.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

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
  const std::string_view base = name.substr(name.rfind('/') + 1);
  if (base.ends_with(".tf") || base.ends_with(".tf.json") || base == "terraform.tfvars" || base.ends_with(".auto.tfvars")) {
    return head.find('\0') == std::string_view::npos ? Claim::by_name : Claim::no;
  }
  return Claim::no;
}

using Folders = std::map<std::string, std::vector<std::string>>;
using Calls = std::map<std::string, std::set<std::string>>;

/// The folders that the files of each folder call as modules.
Calls calls_of(const SourceTree& tree, const Folders& folders) {
  Calls calls;
  for (const auto& [folder, names] : folders) {
    std::set<std::string>& called = calls[folder];
    for (const std::string& name : names) {
      if (!name.ends_with(".tf")) continue;
      Result<std::string> bytes = tree.read(name);
      if (!bytes || bytes->find("module") == std::string::npos) continue;
      const Source source(name, *std::move(bytes));
      Diagnostics unused;
      for (const hcl::Block& block : hcl::parse(source, SourceId{}, unused).blocks) {
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

/// One unit a root: a folder that no other calls; with it the files of all the modules that it reaches. Of folders that only call each
/// other in a circle the first by name is a root.
std::vector<std::vector<std::string>> gather(const SourceTree& tree, std::vector<std::string> names) {
  Folders folders;
  for (std::string& name : names) folders[folder_of(name)].push_back(std::move(name));
  const Calls calls = calls_of(tree, folders);
  std::set<std::string> called, covered;
  for (const auto& [folder, targets] : calls) called.insert(targets.begin(), targets.end());
  std::vector<std::vector<std::string>> units;
  const auto add = [&](const std::string& root) {
    std::vector<std::string> unit;
    for (const std::string& folder : reached_from(root, calls)) {
      covered.insert(folder);
      unit.insert(unit.end(), folders[folder].begin(), folders[folder].end());
    }
    units.push_back(std::move(unit));
  };
  for (const auto& [folder, files] : folders) {
    if (!called.contains(folder)) add(folder);
  }
  for (const auto& [folder, files] : folders) {
    if (!covered.contains(folder)) add(folder);
  }
  std::sort(units.begin(), units.end());
  return units;
}

void read(Unit& unit) {
  bool has_native = false;
  for (const std::unique_ptr<Source>& source : unit.sources()) {
    has_native = has_native || source->name().ends_with(".tf");
    if (!source->name().ends_with(".tf.json")) continue;
    unit.note({unit.id_of(*source), 0, 0}, "the JSON form of Terraform is not read", "what this file declares is not part of this scan");
  }
  if (!has_native) {
    const std::string_view name = unit.source().name();
    if (!name.ends_with(".json"))
      unit.note({SourceId{}, 0, 0}, "these settings belong to no Terraform file of this folder", "they are not used");
    return;
  }
  terraform::Program program(unit);
  terraform::read_resources(program);
  program.finish();
}

}  // namespace

extern const Ingester terraform_hcl;
constinit const Ingester terraform_hcl{
    .name = "terraform",
    .title = "Terraform and OpenTofu modules",
    .reference = "developer.hashicorp.com/terraform/language",
    .claims = &claims,
    .read = &read,
    .gather = &gather,
};

}  // namespace mainstay
