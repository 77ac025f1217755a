// What names stand for: pseudo parameters, parameters, resources and their attributes, outputs and exports.
// Source: AWS CloudFormation Template Reference Guide, "Pseudo parameters", "Parameters", "Fn::ImportValue".
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ingest/iac/alternatives.h"
#include "ingest/iac/cloudformation/call.h"

namespace mainstay::cloudformation {
namespace {

bool is_list_type(std::string_view type) { return type.find("List<") != std::string_view::npos || type == "CommaDelimitedList"; }

Value items_of(const Value& value) {
  const std::optional<std::string> text = known_text(value);
  if (!text) return value;
  std::vector<Value> items;
  for (std::size_t begin = 0; begin <= text->size();) {
    const std::size_t end = std::min(text->find(',', begin), text->size());
    std::string_view item = std::string_view(*text).substr(begin, end - begin);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    Value made = Value::of_text(Text(item));
    made.origin = value.origin;
    items.push_back(std::move(made));
    begin = end + 1;
  }
  return Value::of_list(std::move(items));
}

/// The form's "{}" is what is not known, its "{region}" the region, its "{Property}" a property.
Text filled(std::string_view form, const Hole& hole, const std::function<Text(const std::string&)>& named) {
  Text out;
  for (std::size_t at = 0; at < form.size();) {
    const std::size_t open = std::min(form.find('{', at), form.size());
    out.append(form.substr(at, open - at));
    if (open == form.size()) break;
    const std::size_t close = form.find('}', open);
    const std::string name(form.substr(open + 1, close - open - 1));
    out.append(name.empty() ? Text(hole) : named(name));
    at = close + 1;
  }
  return out;
}

/// Whether two texts with holes can be the same text: what is known at both ends is.
bool may_be_same(const Text& a, const Text& b) {
  if (a.is_known() && b.is_known()) return a == b;
  const auto ends_fit = [](std::string_view x, std::string_view y) { return x.size() < y.size() ? y.ends_with(x) : x.ends_with(y); };
  const auto begins_fit = [](std::string_view x, std::string_view y) { return x.size() < y.size() ? y.starts_with(x) : x.starts_with(y); };
  return ends_fit(a.known_suffix(), b.known_suffix()) && begins_fit(a.known_prefix(), b.known_prefix());
}

}  // namespace

Text Program::region(const Stack& stack) const {
  return stack.deployment.region ? Text(*stack.deployment.region) : Text(Hole{"AWS::Region", ""});
}

Value Program::pseudo_parameter(const Stack& stack, const std::string& name) const {
  if (name == "AWS::NoValue") return {};
  if (name == "AWS::Region") return Value::of_text(region(stack));
  if (name == "AWS::StackName" && stack.deployment.stack_name) return Value::of_text(Text(*stack.deployment.stack_name));
  // The suffix of all regions but those in China.
  if (name == "AWS::URLSuffix") {
    const bool is_china = stack.deployment.region && stack.deployment.region->starts_with("cn-");
    return Value::of_text(Text(is_china ? "amazonaws.com.cn" : "amazonaws.com"));
  }
  return Value::unknown(name);
}

Value Program::named(Stack& stack, const std::string& name) {
  if (name.starts_with("AWS::")) return pseudo_parameter(stack, name);
  const std::size_t dot = name.find('.');
  if (dot != std::string::npos) return attribute_of(stack, name.substr(0, dot), name.substr(dot + 1));
  if (!part(part(stack.root, "Parameters"), name).is_null()) return parameter(stack, name);
  const auto at = stack.resources.find(name);
  return at == stack.resources.end() ? Value::unknown(name) : reference(*at->second);
}

Value Program::call_ref(const Call& call) { return named(call.stack, plain(call.argument)); }

Value Program::call_get_att(const Call& call) {
  if (call.argument.kind == ValueKind::string) return named(call.stack, plain(call.argument));
  const Value attribute = call.value(1);
  const std::string id = plain(call.at(0));
  return iac::lifted({&attribute},
                     [&](std::vector<Value>& known) { return attribute_of(call.stack, id, known_text(known[0]).value_or("attribute")); });
}

Value Program::attribute_of(Stack& stack, const std::string& id, const std::string& name) {
  const auto at = stack.resources.find(id);
  return at == stack.resources.end() ? Value::unknown(id + "." + name) : attribute(*at->second, name);
}

Value Program::parameter(Stack& stack, const std::string& name) {
  const std::string id = "parameter " + name;
  if (const auto at = stack.known.find(id); at != stack.known.end()) return at->second;
  if (!stack.in_progress.insert(id).second) return Value::unknown(name);
  Value value = declared_parameter(stack, part(part(stack.root, "Parameters"), name), name);
  stack.in_progress.erase(id);
  stack.known[id] = value;
  return value;
}

Value Program::declared_parameter(Stack& stack, const Value& declaration, const std::string& name) {
  const std::string type = plain(part(declaration, "Type"));
  if (known_truth(part(declaration, "NoEcho")) == true) return Value::unknown(name);
  const auto given = stack.deployment.parameters.find(name);
  const bool is_given = given != stack.deployment.parameters.end();
  const Value& fallback = part(declaration, "Default");
  const Value& value = is_given ? given->second : fallback;
  const auto typed = [&](const Value& one) { return is_list_type(type) && one.kind != ValueKind::list ? items_of(one) : one; };
  if (type.starts_with("AWS::SSM::Parameter::Value")) {
    return Value::unknown("resolve:ssm:" + (value.is_null() ? name : as_text(value, name).display()));
  }
  // Whoever says how a template is deployed leaves the rest to its defaults; where nobody says it, a default is one of what is allowed.
  if (is_given || (stack.deployment.is_said && !fallback.is_null())) return typed(value);
  std::vector<Alternative> alternatives;
  for (const Value& allowed : part(declaration, "AllowedValues").items) {
    alternatives.push_back({{{name, as_text(allowed).display()}}, typed(allowed)});
  }
  if (!alternatives.empty()) return iac::one_of(std::move(alternatives));
  if (known_text(value) == "") {
    return iac::one_of({{{{name, "empty"}}, typed(value)}, {{{name, "set"}}, Value::unknown(name)}});
  }
  return value.is_null() ? Value::unknown(name) : typed(value);
}

Value Program::reference(Resource& resource) {
  Value made = Value::unknown(resource.name);
  if (const std::string_view property_name = named_by(resource.type); !property_name.empty()) {
    Value named = property(resource, property_name);
    if (!named.is_null()) made = std::move(named);
  }
  if (made.reference.empty()) made.reference = resource.path;
  return made;
}

Value Program::attribute(Resource& resource, const std::string& name) {
  if (Stack* nested = inside(resource); nested != nullptr && name.starts_with("Outputs.")) return output(*nested, name.substr(8));
  const std::string written_as = resource.name + "." + name;
  Value made;
  if (const std::string_view form = computed_form(resource.type, name); !form.empty()) {
    bool is_complete = true;
    Text text = filled(form, Hole{written_as, ""}, [&](const std::string& wanted) {
      if (wanted == "region") return region(*resource.stack);
      const Value found = property(resource, wanted);
      is_complete = is_complete && !found.is_null();
      return as_text(found, resource.name + "." + wanted);
    });
    if (is_complete) made = Value::of_text(std::move(text));
  }
  // An attribute that is a property is what the property says.
  if (made.is_null() && name.find('.') == std::string::npos) made = property(resource, name);
  if (made.is_null()) made = Value::unknown(written_as, std::string(computed_pattern(resource.type, name)));
  if (made.reference.empty()) made.reference = resource.path;
  return made;
}

Value Program::output(Stack& stack, const std::string& name) {
  const std::string id = "output " + name;
  if (const auto at = stack.known.find(id); at != stack.known.end()) return at->second;
  const Value& written = part(part(part(stack.root, "Outputs"), name), "Value");
  if (written.is_null() || !stack.in_progress.insert(id).second) return Value::unknown("Outputs." + name);
  Value value = evaluate(written, stack);
  stack.in_progress.erase(id);
  stack.known[id] = value;
  return value;
}

void Program::load_exports() {
  if (std::exchange(has_exports_, true)) return;
  for (const std::unique_ptr<Stack>& stack : stacks_) {
    for (const Entry& entry : part(stack->root, "Outputs").entries) {
      const Value& name = part(part(entry.value, "Export"), "Name");
      if (!name.is_null()) exports_.push_back({stack.get(), entry.key, as_text(evaluate(name, *stack), "Export")});
    }
  }
}

/// An import means the export of that name in the tree. Where names have unknown parts, the only one that fits is meant.
Value Program::call_import_value(const Call& call) {
  load_exports();
  const Value name = evaluate(call.argument, call.stack);
  return iac::lifted({&name}, [&](std::vector<Value>& known) {
    const Text wanted = as_text(known[0], "Fn::ImportValue");
    Value hole = Value::unknown("Fn::ImportValue " + wanted.display());
    if (wanted.known_suffix().empty() && wanted.known_prefix().empty()) return hole;
    std::vector<const Export*> exact, fitting;
    for (const Export& one : exports_) {
      if (one.stack->file == call.stack.file) continue;
      if (wanted.is_known() && one.name == wanted) exact.push_back(&one);
      const bool says_something = !one.name.known_suffix().empty() || !one.name.known_prefix().empty();
      if (says_something && may_be_same(one.name, wanted)) fitting.push_back(&one);
    }
    const std::vector<const Export*>& found = exact.empty() ? fitting : exact;
    const bool is_one_output = std::all_of(found.begin(), found.end(), [&](const Export* one) {
      return one->stack->file == found.front()->stack->file && one->output == found.front()->output;
    });
    if (found.empty() || !is_one_output) return hole;
    if (found.size() == 1) return output(*found.front()->stack, found.front()->output);
    std::vector<Alternative> alternatives;
    for (const Export* one : found) {
      alternatives.push_back({{{"deployment of " + one->stack->file, one->stack->deployment.label}}, output(*one->stack, one->output)});
    }
    return iac::one_of(std::move(alternatives));
  });
}

}  // namespace mainstay::cloudformation
