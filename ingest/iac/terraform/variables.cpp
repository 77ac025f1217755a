// Input variables: where their values come from, which they may be, and the types that they are given.
// Source: developer.hashicorp.com/terraform/language/values/variables, "Variable Definition Precedence", "Custom Validation Rules";
// .../language/expressions/type-constraints.
#include <algorithm>
#include <utility>

#include "ingest/iac/terraform/functions.h"
#include "ingest/iac/terraform/program.h"

namespace mainstay::terraform {
namespace {

using Kind = hcl::ExpressionKind;

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

bool is_settings(std::string_view name) { return name.ends_with(".tfvars") || name.ends_with(".tfvars.json"); }

/// Whether Terraform takes the file without being told: it lies beside the root.
bool is_automatic(std::string_view name, std::string_view folder) {
  const std::size_t slash = name.rfind('/');
  const std::string_view base = base_name(name);
  if ((slash == std::string_view::npos ? std::string_view() : name.substr(0, slash)) != folder) return false;
  return base == "terraform.tfvars" || base == "terraform.tfvars.json" || base.ends_with(".auto.tfvars") ||
         base.ends_with(".auto.tfvars.json");
}

/// The reference `var.<name>`.
bool names_variable(const hcl::Expression& e, std::string_view name) {
  return e.kind == Kind::access && e.children.size() == 2 && e.children[0].kind == Kind::variable && e.children[0].text == "var" &&
         e.children[1].kind == Kind::attribute_step && e.children[1].text == name;
}

/// The list in `contains([...], var.<name>)`, also inside parentheses; null for other conditions.
const hcl::Expression* allowed_list(const hcl::Expression& e, std::string_view name) {
  if (e.kind == Kind::parentheses) return allowed_list(e.children[0], name);
  const bool is_test = e.kind == Kind::call && e.text == "contains" && e.children.size() == 2;
  return is_test && names_variable(e.children[1], name) ? &e.children[0] : nullptr;
}

/// The values that `var.x == "a" || var.x == "b"` lets through; nothing for other conditions.
std::optional<std::vector<const hcl::Expression*>> allowed_by_comparison(const hcl::Expression& e, std::string_view name) {
  if (e.kind == Kind::parentheses) return allowed_by_comparison(e.children[0], name);
  if (e.kind != Kind::binary) return std::nullopt;
  if (e.operators.size() == 1 && e.operators[0] == "==" && names_variable(e.children[0], name)) return std::vector{&e.children[1]};
  if (!std::all_of(e.operators.begin(), e.operators.end(), [](const std::string& sign) { return sign == "||"; })) return std::nullopt;
  std::vector<const hcl::Expression*> found;
  for (const hcl::Expression& child : e.children) {
    const std::optional<std::vector<const hcl::Expression*>> one = allowed_by_comparison(child, name);
    if (!one) return std::nullopt;
    found.insert(found.end(), one->begin(), one->end());
  }
  return found;
}

}  // namespace

/// First the files that Terraform takes by itself: terraform.tfvars, then *.auto.tfvars by name. A file that must be named (`-var-file`) is
/// one of several ways to deploy the root, so that what it sets is an alternative, and comes before the others.
void Program::load_settings(Module& root) {
  std::vector<const Source*> automatic, named;
  for (const std::unique_ptr<Source>& source : unit_.sources()) {
    if (!is_settings(source->name())) continue;
    (is_automatic(source->name(), root.folder) ? automatic : named).push_back(source.get());
  }
  std::stable_sort(automatic.begin(), automatic.end(), [](const Source* a, const Source* b) {
    const bool a_first = base_name(a->name()).starts_with("terraform."), b_first = base_name(b->name()).starts_with("terraform.");
    return a_first != b_first ? a_first : a->name() < b->name();
  });
  for (const Source* file : automatic) {
    for (const hcl::Attribute& attribute : parsed(*file).attributes)
      root.settings[attribute.name] = evaluate(attribute.value, {&root, nullptr});
  }
  // A plan was made with values, whatever files there are.
  if (!plan_.variables.empty()) named.clear();
  for (const Entry& variable : plan_.variables) {
    if (!variable.value.is_null()) root.settings[variable.key] = variable.value;
  }
  std::map<std::string, std::vector<iac::Alternative>> alternatives;
  const std::size_t skipped = root.folder.empty() ? 0 : root.folder.size() + 1;
  for (const Source* file : named) {
    for (const hcl::Attribute& attribute : parsed(*file).attributes) alternatives[attribute.name];
  }
  for (const Source* file : named) {
    const std::string label = file->name().substr(std::min(skipped, file->name().size()));
    for (auto& [name, sides] : alternatives) {
      const hcl::Attribute* set = parsed(*file).attribute(name);
      Value value = Value::unknown("var." + name);
      if (set != nullptr) {
        value = evaluate(set->value, {&root, nullptr});
      } else if (const auto at = root.settings.find(name); at != root.settings.end()) {
        value = at->second;
      } else if (const auto declared = root.variables.find(name); declared != root.variables.end()) {
        const hcl::Attribute* fallback = declared->second->body.attribute("default");
        if (fallback != nullptr) value = evaluate(fallback->value, {&root, nullptr});
      }
      sides.push_back({iac::when("the file of variables", label), std::move(value)});
    }
  }
  for (auto& [name, sides] : alternatives) root.settings[name] = iac::one_of(std::move(sides));
}

/// What the validation of a variable lets through, as alternatives; unknown where that is not a list.
Value Program::allowed_values(Module& module, const std::string& name, const hcl::Block& declared) {
  const std::string id = "var." + name;
  for (const hcl::Block& validation : declared.body.blocks) {
    const hcl::Attribute* condition = validation.type == "validation" ? validation.body.attribute("condition") : nullptr;
    if (condition == nullptr) continue;
    std::vector<Value> allowed;
    if (const hcl::Expression* list = allowed_list(condition->value, name)) {
      allowed = evaluate(*list, {&module, nullptr}).items;
    } else if (const auto compared = allowed_by_comparison(condition->value, name)) {
      for (const hcl::Expression* one : *compared) allowed.push_back(evaluate(*one, {&module, nullptr}));
    }
    std::vector<iac::Alternative> sides;
    for (Value& one : allowed) {
      const std::optional<std::string> choice = known_text(one);
      if (choice) sides.push_back({iac::when(module.prefix + id, *choice), std::move(one)});
    }
    if (!sides.empty() && sides.size() == allowed.size()) return iac::one_of(std::move(sides));
  }
  return Value::unknown(id);
}

Value Program::variable_value(Module& module, const std::string& name) {
  const std::string id = "var." + name;
  if (const auto at = module.known.find(id); at != module.known.end()) return at->second;
  const auto declared = module.variables.find(name);
  if (declared == module.variables.end() || !module.in_progress.insert(id).second) return Value::unknown(id);
  const hcl::Body& body = declared->second->body;
  Value value = Value::unknown(id);
  const hcl::Attribute* fallback = body.attribute("default");
  bool is_set = true;
  if (const auto set = module.settings.find(name); set != module.settings.end()) {
    value = set->second;
  } else if (module.call != nullptr && module.call->has(name)) {
    value = module.call->value(name);
  } else {
    is_set = false;
  }
  // A null that is given counts as "not set" where the variable is declared so.
  const hcl::Attribute* nullable = body.attribute("nullable");
  if (is_set && value.is_null() && nullable != nullptr && nullable->value.text == "false") is_set = false;
  if (!is_set && fallback != nullptr) {
    value = evaluate(fallback->value, {&module, nullptr});
  } else if (!is_set) {
    if (module.call == nullptr) valueless_.emplace(id, declared->second->header);
    value = allowed_values(module, name, *declared->second);
  }
  if (const hcl::Attribute* type = body.attribute("type"); type != nullptr && !value.is_unknown())
    value = converted(std::move(value), type->value, module);
  module.in_progress.erase(id);
  module.known[id] = value;
  return value;
}

/// The value as its type constraint makes it: what is optional and not given has its default, sets are without repetition, and numbers and
/// truth values are texts where texts are asked for. What does not fit stays as it is.
Value Program::converted(Value value, const hcl::Expression& type, Module& module) {
  if (value.kind == ValueKind::one_of) {
    for (iac::Alternative& one : value.alternatives) one.value = converted(std::move(one.value), type, module);
    return value;
  }
  if (type.kind == Kind::variable) {
    const bool is_scalar = value.kind == ValueKind::number || value.kind == ValueKind::boolean || value.kind == ValueKind::string;
    const Location origin = value.origin;
    Value made = value;
    if (type.text == "string" && is_scalar && value.kind != ValueKind::string) made = Value::of_text(as_text(value));
    if (type.text == "number" && is_scalar) {
      if (const std::optional<double> number = known_number(value)) made = Value::of_number(*number);
    }
    if (type.text == "bool" && is_scalar) {
      if (const std::optional<bool> truth = known_truth(value)) made = Value::of(*truth);
    }
    made.origin = origin;
    return made;
  }
  if (type.kind != Kind::call || type.children.empty()) return value;
  const hcl::Expression& inner = type.children[0];
  if (type.text == "optional") return converted(std::move(value), inner, module);
  const Location origin = value.origin;
  if ((type.text == "list" || type.text == "set") && value.kind == ValueKind::list) {
    for (Value& item : value.items) item = converted(std::move(item), inner, module);
    if (type.text == "set") value = as_set(std::move(value.items));
  } else if (type.text == "map" && value.kind == ValueKind::map) {
    for (Entry& entry : value.entries) entry.value = converted(std::move(entry.value), inner, module);
  } else if (type.text == "object" && value.kind == ValueKind::map && inner.kind == Kind::object) {
    std::vector<Entry> entries;
    for (std::size_t i = 0; i + 1 < inner.children.size(); i += 2) {
      const std::string& name = inner.children[i].text;
      const hcl::Expression& wanted = inner.children[i + 1];
      const Value* given = value.entry(name);
      const bool is_optional = wanted.kind == Kind::call && wanted.text == "optional";
      if (given == nullptr && !is_optional) continue;  // Terraform refuses it; what asks for it fails
      Value one = given != nullptr ? *given : Value();
      if (one.is_null() && is_optional && wanted.children.size() > 1) one = evaluate(wanted.children[1], {&module, nullptr});
      entries.push_back({name, one.is_null() ? Value() : converted(std::move(one), wanted, module)});
    }
    value = Value::of_map(std::move(entries));
  }
  value.origin = origin;
  return value;
}

}  // namespace mainstay::terraform
