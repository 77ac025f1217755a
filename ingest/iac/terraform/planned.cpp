#include "ingest/iac/terraform/planned.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "ingest/iac/document.h"
#include "ingest/iac/terraform/program.h"
#include "ingest/syntax/yaml.h"

namespace mainstay::terraform {
namespace {

constexpr std::size_t kMaxResources = 20'000;

std::string key_of(const YamlNode& index) {
  if (!index.present() || index.kind == YamlKind::null) return {};
  return index.kind == YamlKind::number ? fmt::format("[{}]", index.text) : fmt::format("[\"{}\"]", index.text);
}

/// What a plan says beside the values themselves; each mirrors their shape.
struct Beside {
  const YamlNode& unknown;
  const YamlNode& sensitive;
  const YamlNode& expressions;

  Beside of(std::string_view key) const { return {unknown[key], sensitive[key], expressions[key]}; }
  Beside of(std::size_t index) const { return {child(unknown, index), child(sensitive, index), child(expressions, index)}; }

 private:
  static const YamlNode& child(const YamlNode& list, std::size_t index) {
    if (list.is_map()) return list;  // a block that can be there once
    static const YamlNode kNothing;
    if (list.children.empty()) return kNothing;
    return *list.children[std::min(index, list.children.size() - 1)];
  }
};

/// What will be known after apply: named as the configuration names it, where it does.
Value pending(const Beside& beside, const std::string& path) {
  const YamlNode& references = beside.expressions["references"];
  Value made = Value::unknown(references.children.empty() ? path : std::string(references.children.front()->text));
  return made;
}

Value value_of(const YamlNode& node, const Beside& beside, const std::string& path) {
  if (beside.sensitive.is_true()) return Value::unknown("sensitive " + path);
  if (beside.unknown.is_true()) return pending(beside, path);
  Value made;
  if (node.is_map() || beside.unknown.is_map()) {
    std::set<std::string> keys;
    for (const YamlEntry& entry : node.entries) keys.emplace(entry.key);
    for (const YamlEntry& entry : beside.unknown.entries) keys.emplace(entry.key);
    std::vector<Entry> entries;
    for (const std::string& key : keys) {
      Value value = value_of(node[key], beside.of(key), fmt::format("{}.{}", path, key));
      if (!value.is_null()) entries.push_back({key, std::move(value)});
    }
    made = Value::of_map(std::move(entries));
  } else if (node.is_list()) {
    std::vector<Value> items;
    for (std::size_t i = 0; i < node.children.size(); ++i) items.push_back(value_of(*node.children[i], beside.of(i), path));
    made = Value::of_list(std::move(items));
  } else {
    made = iac::document_value(node);
  }
  made.origin = node.where;
  return made;
}

class Reading {
 public:
  explicit Reading(const YamlNode& root) : root_(root) {
    for (const YamlNode* change : root["resource_changes"].children) {
      changes_.emplace(std::string((*change)["address"].text), &(*change)["change"]);
    }
    collect(root["configuration"]["root_module"], "");
  }

  /// The addresses of what is destroyed, or destroyed and made again.
  void add_released() {
    constexpr std::pair<std::string_view, std::string_view> kAddresses[] = {{"aws_eip", "public_ip"},
                                                                            {"azurerm_public_ip", "ip_address"},
                                                                            {"google_compute_address", "address"},
                                                                            {"google_compute_global_address", "address"}};
    for (const YamlNode* change : root_["resource_changes"].children) {
      const std::vector<const YamlNode*>& actions = (*change)["change"]["actions"].children;
      if (std::none_of(actions.begin(), actions.end(), [](const YamlNode* one) { return one->text == "delete"; })) continue;
      for (const auto& [type, attribute] : kAddresses) {
        const YamlNode& address = (*change)["change"]["before"][attribute];
        if ((*change)["type"].text != type || address.kind != YamlKind::text || address.text.empty()) continue;
        plan_.released.push_back({std::string((*change)["address"].text), std::string(address.text), (*change)["address"].where});
      }
    }
  }

  Plan plan() {
    add_released();
    if (root_["resources"].is_list()) {
      for (const YamlNode* resource : root_["resources"].children) add_stored(*resource);
    } else {
      const YamlNode& planned = root_["planned_values"];
      add_module(planned.present() ? planned["root_module"] : root_["values"]["root_module"], "", false);
      add_module(root_["prior_state"]["values"]["root_module"], "", true);
    }
    connect();
    for (const YamlEntry& entry : root_["variables"].entries) {
      if (root_["configuration"]["root_module"]["variables"][entry.key]["sensitive"].is_true()) continue;
      const YamlNode& value = (*entry.value)["value"];
      if (value.present()) plan_.variables.push_back({std::string(entry.key), iac::document_value(value)});
    }
    return std::move(plan_);
  }

 private:
  /// Where the configuration says what each argument refers to; by addresses without keys.
  void collect(const YamlNode& module, const std::string& prefix) {
    for (const YamlNode* resource : module["resources"].children) {
      expressions_.emplace(prefix + std::string((*resource)["address"].text), &(*resource)["expressions"]);
    }
    for (const YamlEntry& call : module["module_calls"].entries) {
      const std::string inside = prefix + "module." + std::string(call.key) + ".";
      calls_.emplace(inside, &(*call.value)["expressions"]);
      collect((*call.value)["module"], inside);
    }
  }

  static std::string without_keys(const std::string& address) {
    std::string out;
    int depth = 0;
    for (const char c : address) {
      if (c == '[') ++depth;
      if (depth == 0) out += c;
      if (c == ']' && depth > 0) --depth;
    }
    return out;
  }

  /// The resources of a module and of those in it; of what was there before only data sources, which plans list nowhere else.
  void add_module(const YamlNode& module, const std::string& prefix, bool only_data) {
    for (const YamlNode* node : module["resources"].children) {
      if (plan_.resources.size() >= kMaxResources) return;
      Planned made{.module = prefix,
                   .type = std::string((*node)["type"].text),
                   .name = std::string((*node)["name"].text),
                   .key = key_of((*node)["index"]),
                   .is_data = (*node)["mode"].text == "data",
                   .values = {},
                   .where = (*node)["address"].where};
      if (made.type.empty() || made.name.empty() || (only_data && !made.is_data) || !seen_.emplace(made.address(), made.type).second)
        continue;
      static const YamlNode kNothing;
      const auto change = changes_.find(made.address());
      const auto written = expressions_.find(without_keys(made.declaration()));
      const Beside beside{change != changes_.end() ? (*change->second)["after_unknown"] : kNothing, (*node)["sensitive_values"],
                          written != expressions_.end() ? *written->second : kNothing};
      made.values = value_of((*node)["values"], beside, made.address());
      plan_.resources.push_back(std::move(made));
    }
    for (const YamlNode* child : module["child_modules"].children)
      add_module(*child, std::string((*child)["address"].text) + ".", only_data);
  }

  /// A resource of a state file. Source: Terraform's own state format, version 4.
  void add_stored(const YamlNode& resource) {
    const std::string_view module = resource["module"].text_or("");
    for (const YamlNode* instance : resource["instances"].children) {
      if (plan_.resources.size() >= kMaxResources) return;
      Planned made{.module = module.empty() ? std::string() : std::string(module) + ".",
                   .type = std::string(resource["type"].text),
                   .name = std::string(resource["name"].text),
                   .key = key_of((*instance)["index_key"]),
                   .is_data = resource["mode"].text == "data",
                   .values = {},
                   .where = resource["name"].where};
      if (made.type.empty() || made.name.empty() || !seen_.emplace(made.address(), made.type).second) continue;
      static const YamlNode kNothing;
      made.values = value_of((*instance)["attributes"], {kNothing, kNothing, kNothing}, made.address());
      // A path of which a part is sensitive hides the whole attribute: paths may end in keys that are not followed.
      for (const YamlNode* path : (*instance)["sensitive_attributes"].children) {
        const YamlNode* first = path->children.empty() ? path : path->children.front();
        const std::string_view name = first->is_map() ? (*first)["value"].text : first->text;
        for (Entry& entry : made.values.entries) {
          if (entry.key == name) entry.value = Value::unknown("sensitive " + made.address() + "." + entry.key);
        }
      }
      plan_.resources.push_back(std::move(made));
    }
  }

  /// Makes values refer to the resources that they are the ids of, and holes to those that compute them.
  void connect() {
    constexpr std::size_t kShortestId = 6;
    std::map<std::string, std::string, std::less<>> by_id;
    for (const Planned& one : plan_.resources) {
      for (const std::string_view attribute : {"id", "arn", "zone_id", "self_link", "invoke_arn"}) {
        const Value* const value = one.values.entry(attribute);
        const std::optional<std::string> id = value != nullptr ? known_text(*value) : std::nullopt;
        if (!id || id->size() < kShortestId) continue;
        if (attribute == "zone_id" && one.type != "aws_route53_zone") continue;
        by_id.emplace(*id, one.address());
      }
    }
    for (Planned& one : plan_.resources) refer(one.values, one, by_id, true);
  }

  void refer(Value& value, const Planned& from, const std::map<std::string, std::string, std::less<>>& by_id, bool is_top) {
    for (Value& item : value.items) refer(item, from, by_id, false);
    for (Entry& entry : value.entries) {
      if (is_top && (entry.key == "id" || entry.key == "arn")) continue;
      refer(entry.value, from, by_id, false);
    }
    if (value.is_unknown()) return refer_hole(value, from);
    const std::optional<std::string> text = value.kind == ValueKind::string ? value.text.known() : std::nullopt;
    const auto at = text ? by_id.find(*text) : by_id.end();
    if (at != by_id.end() && at->second != from.address()) value.reference = at->second;
  }

  /// "aws_lb.edge.dns_name" becomes a hole of that resource, in the module of whoever names it.
  void refer_hole(Value& value, const Planned& from) const { refer_hole(value, from.module, from.key, 0); }

  /// The module around this one, "module.a." of "module.a.module.b[0].".
  static std::string around(const std::string& module) {
    const std::size_t at = module.rfind("module.");
    return at == std::string::npos ? std::string() : module.substr(0, at);
  }

  void refer_hole(Value& value, const std::string& module, const std::string& key, int depth) const {
    constexpr int kMaxDepth = 20;
    const std::string written = value.hole.name;
    // A variable of a module is what the call of the module gives it.
    if (written.starts_with("var.") && !module.empty() && depth < kMaxDepth) {
      const auto call = calls_.find(without_keys(module));
      const std::size_t dot = written.find('.', 4);
      const YamlNode& references = call == calls_.end() ? root_["nothing"] : (*call->second)[written.substr(4, dot - 4)]["references"];
      if (references.children.empty()) return;
      value.hole.name = std::string(references.children.front()->text) + (dot == std::string::npos ? "" : written.substr(dot));
      return refer_hole(value, around(module), {}, depth + 1);
    }
    for (std::size_t end = written.size(); end != std::string::npos && end > 0; end = written.rfind('.', end - 1)) {
      const std::string own = written.substr(0, end), address = module + own;
      for (const std::string& candidate : {own, address, address + key, address + "[0]"}) {
        const auto found = seen_.find(candidate);
        if (found == seen_.end()) continue;
        value.reference = candidate;
        value.hole.name = candidate + written.substr(end);
        if (end < written.size()) value.hole.pattern = computed_pattern(found->second, std::string_view(written).substr(end + 1));
        return;
      }
    }
  }

  const YamlNode& root_;
  Plan plan_;
  std::map<std::string, const YamlNode*, std::less<>> changes_, expressions_, calls_;
  std::map<std::string, std::string, std::less<>> seen_;  // the type of each address
};

}  // namespace

void add_without_text(const Diagnostics& found, Diagnostics& problems) {
  for (Diagnostic one : found.all()) {
    one.where.text.clear();
    one.caret = 0;
    problems.add(std::move(one));
  }
}

bool is_plan(std::string_view name, std::string_view head) {
  if (!name.ends_with(".json") && !name.ends_with(".tfstate")) return false;
  const std::size_t first = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (first == std::string_view::npos || head[first] != '{' || head.find("\"terraform_version\"") == std::string_view::npos) return false;
  const bool is_state = head.find("\"lineage\"") != std::string_view::npos && head.find("\"serial\"") != std::string_view::npos;
  const bool is_shown = head.find("\"format_version\"") != std::string_view::npos &&
                        (head.find("\"planned_values\"") != std::string_view::npos || head.find("\"values\"") != std::string_view::npos);
  return is_state || is_shown;
}

Plan read_plan(Unit& unit, const Source& source) {
  Diagnostics found;
  const YamlStream stream = read_json(source, unit.id_of(source), found);
  add_without_text(found, unit.problems());
  if (stream.documents().empty()) return {};
  return Reading(*stream.documents().front()).plan();
}

}  // namespace mainstay::terraform
