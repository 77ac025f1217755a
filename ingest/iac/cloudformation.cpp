// AWS CloudFormation templates in YAML and JSON, those that the CDK writes, and SAM.
#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "ingest/iac/cloudformation/parameter_files.h"
#include "ingest/iac/cloudformation/program.h"
#include "ingest/iac/cloudformation/reading.h"
#include "ingest/ingester.h"

namespace mainstay {
namespace {

namespace cfn = cloudformation;

bool has_line(std::string_view head, std::string_view begin) {
  return head.starts_with(begin) || head.find("\n" + std::string(begin)) != std::string_view::npos;
}

/// YAML has its sections at the beginning of lines, JSON as keys of the outermost object.
bool is_template(std::string_view head) {
  const std::size_t first = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (first == std::string_view::npos) return false;
  const bool has_types = head.find("AWS::") != std::string_view::npos || head.find("Custom::") != std::string_view::npos;
  if (head[first] == '{') {
    if (head.find("\"AWSTemplateFormatVersion\"") != std::string_view::npos) return true;
    return head.find("\"Resources\"") != std::string_view::npos && head.find("\"Type\"") != std::string_view::npos && has_types;
  }
  const bool says_version = has_line(head, "AWSTemplateFormatVersion") || has_line(head, "'AWSTemplateFormatVersion'") ||
                            has_line(head, "\"AWSTemplateFormatVersion\"");
  return says_version || (has_types && (has_line(head, "Resources:") || has_line(head, "Transform:")));
}

Claim claims(std::string_view name, std::string_view head) {
  constexpr std::array<std::string_view, 7> kEnds = {".yaml", ".yml", ".json", ".template", ".cfn", ".template.txt", ".toml"};
  if (std::none_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return name.ends_with(end); })) return Claim::no;
  if (cfn::is_parameter_file(name, head)) return Claim::by_name;
  return !name.ends_with(".toml") && is_template(head) ? Claim::by_content : Claim::no;
}

/// Joins what means something only together: one number a group.
class Groups {
 public:
  explicit Groups(std::size_t size) : parents_(size) { std::iota(parents_.begin(), parents_.end(), std::size_t{0}); }
  std::size_t of(std::size_t one) {
    while (parents_[one] != one) one = parents_[one] = parents_[parents_[one]];
    return one;
  }
  void join(std::size_t a, std::size_t b) { parents_[std::max(of(a), of(b))] = std::min(of(a), of(b)); }

 private:
  std::vector<std::size_t> parents_;
};

/// The last parts of the paths that a template names as nested ones.
std::set<std::string> nested_names(std::string_view text) {
  std::set<std::string> found;
  for (const std::string_view key : {"TemplateURL", "Location"}) {
    for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + key.size())) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::string_view line = text.substr(at, std::min<std::size_t>(end - at, 1000));
      for (const std::string_view extension : {".yaml", ".yml", ".json", ".template"}) {
        const std::size_t behind = line.rfind(extension);
        if (behind == std::string_view::npos) continue;
        const std::size_t begin = line.find_last_of("/\"' :", behind);
        found.emplace(line.substr(begin + 1, behind + extension.size() - begin - 1));
        break;
      }
    }
  }
  return found;
}

/// Templates that name each other as nested stacks, all that import and export, and the parameter files of their folders are one unit.
std::vector<std::vector<std::string>> gather(const SourceTree& tree, std::vector<std::string> names) {
  Groups groups(names.size());
  std::vector<std::string> templates;
  std::vector<std::size_t> parameter_files;
  std::map<std::string, std::vector<std::size_t>> by_folder, by_base;
  std::map<std::size_t, std::set<std::string>> nested;
  std::optional<std::size_t> sharing;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Result<std::string> text = tree.read(names[i]);
    if (!text || cfn::is_parameter_file(names[i], std::string_view(*text).substr(0, 16384))) {
      parameter_files.push_back(i);
      continue;
    }
    templates.push_back(names[i]);
    by_folder[cfn::folder_of(names[i])].push_back(i);
    by_base[names[i].substr(names[i].rfind('/') + 1)].push_back(i);
    if (text->find("::Stack") != std::string::npos || text->find("Serverless::Application") != std::string::npos)
      nested[i] = nested_names(*text);
    if (text->find("ImportValue") == std::string::npos && text->find("Export") == std::string::npos) continue;
    if (sharing) groups.join(*sharing, i);
    sharing = i;
  }
  for (const auto& [from, bases] : nested) {
    for (const std::string& base : bases) {
      for (const std::size_t to : by_base[base]) groups.join(from, to);
    }
  }
  for (const std::size_t file : parameter_files) {
    const std::optional<std::string> folder = cfn::folder_for(names[file], templates);
    if (!folder) continue;
    for (const std::size_t to : by_folder[*folder]) groups.join(file, to);
  }
  std::map<std::size_t, std::vector<std::string>> units;
  for (std::size_t i = 0; i < names.size(); ++i) units[groups.of(i)].push_back(names[i]);
  std::vector<std::vector<std::string>> made;
  for (auto& [first, unit] : units) {
    std::sort(unit.begin(), unit.end());
    made.push_back(std::move(unit));
  }
  std::sort(made.begin(), made.end());
  return made;
}

/// Whether a service of the Serverless Framework takes the file in: that says what its variables are, and which stages there are.
bool is_part_of_serverless(const SourceTree& tree, std::string_view name) {
  const std::string used = std::string(name.substr(name.rfind('/') + 1)) + ")";
  for (std::string folder = cfn::folder_of(name);; folder = cfn::folder_of(folder)) {
    for (const std::string_view service : {"serverless.yml", "serverless.yaml", "serverless.json"}) {
      const Result<std::string> text = tree.read(folder.empty() ? std::string(service) : folder + "/" + std::string(service));
      if (text && text->find(used) != std::string::npos) return true;
    }
    if (folder.empty()) return false;
  }
}

/// The text of a nested stack's address as far as it is written in one piece.
Text written_url(const cfn::Value& url) {
  const cfn::Entry* function = cfn::function_in(url);
  if (function == nullptr) return url.text;
  if (function->value.kind == cfn::ValueKind::string) return function->value.text;
  const cfn::Value& last = function->value.items.empty() ? function->value : function->value.items.back();
  if (last.kind == cfn::ValueKind::list && !last.items.empty()) return last.items.back().text;
  return function->value.items.empty() ? Text() : function->value.items.front().text;
}

/// The templates that no other one names as nested, and of a circle the first.
std::vector<const cfn::Template*> roots_of(const cfn::Program& program, const std::vector<std::unique_ptr<cfn::Template>>& templates) {
  std::map<const cfn::Template*, std::vector<const cfn::Template*>> calls;
  std::set<const cfn::Template*> called, covered;
  for (const auto& one : templates) {
    for (const cfn::Entry& entry : cfn::part(one->root, "Resources").entries) {
      const std::string type = cfn::plain(cfn::part(entry.value, "Type"));
      if (type != "AWS::CloudFormation::Stack" && type != "AWS::Serverless::Application") continue;
      const cfn::Value& properties = cfn::part(entry.value, "Properties");
      const bool is_stack = type == "AWS::CloudFormation::Stack";
      const cfn::Template* to =
          program.nested_template(one->name, written_url(cfn::part(properties, is_stack ? "TemplateURL" : "Location")));
      if (to != nullptr && to != one.get()) called.insert(to), calls[one.get()].push_back(to);
    }
  }
  std::vector<const cfn::Template*> roots;
  const auto cover = [&](auto&& self, const cfn::Template* from) -> void {
    if (!covered.insert(from).second) return;
    for (const cfn::Template* to : calls[from]) self(self, to);
  };
  for (const bool is_first : {true, false}) {
    for (const auto& one : templates) {
      if (covered.contains(one.get()) || (is_first && called.contains(one.get()))) continue;
      roots.push_back(one.get());
      cover(cover, one.get());
    }
  }
  return roots;
}

void read(Unit& unit) {
  std::vector<std::unique_ptr<cfn::Template>> templates;
  std::vector<std::string> names;
  std::vector<cfn::ParameterFile> said;
  cfn::Program program(unit);
  const std::size_t count = unit.sources().size();  // includes come behind them
  for (std::size_t i = 0; i < count; ++i) {
    const Source& source = *unit.sources()[i];
    if (cfn::is_parameter_file(source.name(), source.bytes().substr(0, 16384))) {
      for (cfn::ParameterFile& one : cfn::read_parameter_file(unit, source)) said.push_back(std::move(one));
      continue;
    }
    if (is_part_of_serverless(unit.tree(), source.name())) {
      unit.note({unit.id_of(source), 0, 0}, "a service of the Serverless Framework takes this file in",
                "its resources are read with the service");
      continue;
    }
    std::optional<cfn::Value> root = cfn::read_tree(unit, source);
    if (!root || root->kind != cfn::ValueKind::map) continue;
    templates.push_back(std::make_unique<cfn::Template>(cfn::Template{source.name(), *std::move(root)}));
    names.push_back(source.name());
    program.add_template(*templates.back());
  }
  for (const cfn::Template* root : roots_of(program, templates)) {
    bool is_checked = false;
    for (cfn::Deployment& deployment : cfn::deployments_of(*root, said, names)) {
      std::string path = deployment.label.empty() ? root->name : root->name + "@" + deployment.label;
      const cfn::Stack& stack = program.add(std::move(path), root->name, root->root, std::move(deployment));
      if (!std::exchange(is_checked, true)) cfn::check_references(program, stack);
    }
  }
  cfn::read_resources(program);
  program.finish();
}

}  // namespace

extern const Ingester cloudformation_templates;
constinit const Ingester cloudformation_templates{
    .name = "cloudformation",
    .title = "AWS CloudFormation, SAM and CDK templates",
    .reference = "docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference",
    .claims = &claims,
    .read = &read,
    .gather = &gather,
};

}  // namespace mainstay
