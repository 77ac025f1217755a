// References: parameters, variables, resources and modules by their names, and what resources are worth.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/azure/functions.h"
#include "ingest/iac/azure/program.h"

namespace mainstay::azure {
namespace {

using bicep::Expression;
using bicep::ExpressionKind;
using bicep::Statement;

const Expression* decorator(const Statement& statement, std::string_view name) {
  const auto at = std::find_if(statement.decorators.begin(), statement.decorators.end(), [&](const Expression& one) {
    return (one.kind == ExpressionKind::call || one.kind == ExpressionKind::method) && one.text == name;
  });
  return at == statement.decorators.end() ? nullptr : &*at;
}

/// Functions without arguments that describe where a deployment goes; their properties are holes of that name.
bool is_ambient(std::string_view name) {
  return name == "resourceGroup" || name == "subscription" || name == "tenant" || name == "deployment" || name == "managementGroup";
}

Value with_origin(Value value, Location where) {
  if (value.origin == Location{}) value.origin = where;
  return value;
}

}  // namespace

Value Program::named(const Expression& e, const Bindings& b) {
  for (const Names* names = b.names; names != nullptr; names = names->outer) {
    if (names->name == e.text) return names->value;
  }
  Deployment& deployment = *b.deployment;
  if (deployment.parameters.contains(e.text)) return parameter(deployment, e.text);
  if (deployment.variables.contains(e.text)) return variable(deployment, e.text);
  return symbol(deployment, e.text);
}

Value Program::symbol(Deployment& deployment, const std::string& name) {
  std::vector<Value> items;
  if (const auto at = deployment.symbols.find(name); at != deployment.symbols.end()) {
    for (const Resource* resource : at->second) items.push_back(Value::object(resource->path));
  } else if (const auto module = deployment.modules.find(name); module != deployment.modules.end()) {
    for (const Deployment* one : module->second) items.push_back(Value::object(one->path));
  }
  if (deployment.loops.contains(name)) return Value::of_list(std::move(items));
  return items.empty() ? Value::unknown(name) : std::move(items.front());
}

Value Program::nested(const Value& of, const std::string& name) const {
  const Resource* outer = behind(of);
  if (outer == nullptr) return Value::unknown(as_text(of, "resource").display() + "::" + name);
  const auto at = outer->deployment->symbols.find(outer->symbol + "::" + name);
  for (const Resource* one : at == outer->deployment->symbols.end() ? std::vector<Resource*>{} : at->second) {
    if (one->parent == outer) return Value::object(one->path);
  }
  return Value::unknown(outer->symbol + "::" + name);
}

Value Program::parameter(Deployment& deployment, const std::string& name) {
  const std::string id = "parameter " + name;
  if (const auto at = deployment.known.find(id); at != deployment.known.end()) return at->second;
  const auto declared = deployment.parameters.find(name);
  if (declared == deployment.parameters.end() || !deployment.in_progress.insert(id).second) return Value::unknown(name);
  const Statement& statement = *declared->second;
  Value value = Value::unknown(name);
  const Expression* allowed = decorator(statement, "allowed");
  const auto given = deployment.given.find(name);
  if (decorator(statement, "secure") != nullptr) {
    value = Value::unknown("secure " + name);
  } else if (given != deployment.given.end()) {
    value = given->second;
  } else if (allowed != nullptr && !allowed->children.empty() && !deployment.is_module) {
    std::vector<Alternative> sides;
    for (Value& one : evaluate(allowed->children.back(), {&deployment, nullptr}).items) {
      const std::string choice = as_text(one, name).display();
      sides.push_back({iac::when(name, choice), std::move(one)});
    }
    if (!sides.empty()) value = iac::one_of(std::move(sides));
  } else if (statement.value.kind != ExpressionKind::bad) {
    value = evaluate(statement.value, {&deployment, nullptr});
  }
  value = with_origin(std::move(value), statement.where);
  deployment.in_progress.erase(id);
  deployment.known[id] = value;
  return value;
}

Value Program::variable(Deployment& deployment, const std::string& name) {
  const std::string id = "variable " + name;
  if (const auto at = deployment.known.find(id); at != deployment.known.end()) return at->second;
  const auto declared = deployment.variables.find(name);
  if (declared == deployment.variables.end()) return Value::unknown(name);
  if (!deployment.in_progress.insert(id).second) {
    unit_.error(declared->second->where, fmt::format("the variable {} depends on itself", name),
                "break the circle: one of its values must not use it");
    return Value::unknown(name);
  }
  Value value = evaluate(declared->second->value, {&deployment, nullptr});
  deployment.in_progress.erase(id);
  deployment.known[id] = value;
  return value;
}

Value Program::output(Deployment& deployment, const std::string& name) {
  const std::string id = "output " + name;
  if (const auto at = deployment.known.find(id); at != deployment.known.end()) return at->second;
  const auto declared = deployment.outputs.find(name);
  if (declared == deployment.outputs.end() || !deployment.in_progress.insert(id).second)
    return Value::unknown(deployment.path + ".outputs." + name);
  Value value = evaluate(declared->second->value, {&deployment, nullptr});
  deployment.in_progress.erase(id);
  deployment.known[id] = value;
  return value;
}

/// The expression at that path of the body; null when it is not written.
const Expression* Program::written(const Resource& resource, std::string_view path) const {
  const Expression* at = resource.body;
  while (at != nullptr && !path.empty()) {
    const std::string_view name = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(name.size() + 1, path.size()));
    const Expression* found = at->entry(name);
    for (std::size_t i = 0; found == nullptr && at->kind == ExpressionKind::object && i + 1 < at->children.size(); i += 2) {
      if (ascii_lower(at->children[i].text) == ascii_lower(name)) found = &at->children[i + 1];
    }
    at = found;
  }
  return at;
}

Location Program::where(const Resource& resource, std::string_view path) const {
  for (; !path.empty(); path = path.substr(0, path.rfind('.') == std::string_view::npos ? 0 : path.rfind('.'))) {
    if (const Expression* found = written(resource, path)) return found->where;
  }
  return resource.where;
}

Value Program::name(Resource& resource) {
  const Expression* own = written(resource, "name");
  Value last = own == nullptr ? Value::unknown(resource.symbol + ".name")
                              : iac::restricted(evaluate(*own, {resource.deployment, resource.names}), resource.when);
  if (resource.parent == nullptr) return last;
  const Value above = name(*resource.parent);
  return iac::lifted({&above, &last}, [](std::vector<Value>& both) {
    Text whole = as_text(both[0], "name");
    whole.append("/");
    whole.append(as_text(both[1], "name"));
    return Value::of_text(std::move(whole));
  });
}

Value Program::property(Resource& resource, std::string_view path) {
  if (const auto at = resource.known.find(path); at != resource.known.end()) return at->second;
  const auto referring = [&](Value made) {
    made.reference = resource.path;
    return made;
  };
  if (path == "id") return referring(Value::unknown(resource.symbol + ".id"));
  if (path == "type") return Value::of_text(resource.type);
  if (!resource.in_progress.emplace(path).second) return Value::unknown(resource.symbol + "." + std::string(path));
  Value made;
  const Expression* found = written(resource, path);
  const bool is_open = found != nullptr && found->kind == ExpressionKind::object && has_computed_below(resource.type, path);
  if (path == "properties" || is_open) {
    made = Value::object(resource.path);
    made.text = Text(path);
  } else if (found != nullptr) {
    made = iac::restricted(evaluate(*found, {resource.deployment, resource.names}), resource.when);
    if (made.reference.empty()) made.reference = resource.path;
  } else if (const std::string_view form = computed_form(resource.type, path); !form.empty()) {
    const std::size_t open = form.find('{'), close = form.find('}');
    const std::string_view wanted = form.substr(open + 1, close - open - 1);
    const Value inside = wanted == "name" ? name(resource) : property(resource, wanted);
    made =
        inside.is_null() ? Value::unknown(resource.symbol + "." + std::string(path)) : iac::lifted({&inside}, [&](std::vector<Value>& one) {
          Text text(form.substr(0, open));
          text.append(as_text(one[0], wanted));
          text.append(form.substr(close + 1));
          return Value::of_text(std::move(text));
        });
    made = referring(std::move(made));
  } else if (const std::string_view pattern = computed_pattern(resource.type, path); !pattern.empty()) {
    made = referring(Value::unknown(resource.symbol + "." + std::string(path), std::string(pattern)));
  } else if (has_computed_below(resource.type, path)) {
    made = Value::object(resource.path);
    made.text = Text(path);
  }
  resource.in_progress.erase(std::string(path));
  resource.known.emplace(path, made);
  return made;
}

/// resourceId() and its kin: the resource of that type and name, of this deployment before others; else what would be the id.
Value Program::resource_id(const std::vector<Value>& arguments, const Expression& e, const Bindings& b) {
  std::size_t first = 0;
  const auto is_type = [](const Value& value) {
    const std::optional<std::string> text = known_text(value);
    return text && text->find('.') != std::string::npos && text->find('/') != std::string::npos && !text->starts_with('/');
  };
  while (first < arguments.size() && !is_type(arguments[first])) ++first;
  if (first == arguments.size()) return hole(e);
  const std::string type = *known_text(arguments[first]);
  Text wanted;
  for (std::size_t i = first + 1; i < arguments.size(); ++i) {
    if (i > first + 1) wanted.append("/");
    wanted.append(as_text(arguments[i], "name"));
  }
  Resource* found = nullptr;
  for (const std::unique_ptr<Resource>& one : resources_) {
    if (ascii_lower(one->type) != ascii_lower(type) || as_text(name(*one), "name") != wanted) continue;
    if (found == nullptr || (one->deployment == b.deployment && found->deployment != b.deployment)) found = one.get();
  }
  Value made = Value::unknown(type + "/" + wanted.display());
  if (found != nullptr) made.reference = found->path;
  return made;
}

/// reference() of an id or a name: the properties of the resource, or all of it.
Value Program::reference(const std::vector<Value>& arguments, const Expression& e) {
  if (arguments.empty()) return hole(e);
  Resource* found = behind(arguments[0]);
  const std::optional<std::string> text = known_text(arguments[0]);
  for (const std::unique_ptr<Resource>& one : resources_) {
    if (found == nullptr && text && (one->symbol == *text || known_text(name(*one)) == text)) found = one.get();
  }
  if (found == nullptr) {
    // A nested deployment by its name.
    for (const std::unique_ptr<Deployment>& one : deployments_) {
      if (!text || !one->is_module || !one->path.ends_with("/" + *text)) continue;
      return Value::object(one->path);
    }
    return hole(e);
  }
  Value made = Value::object(found->path);
  const bool is_full = arguments.size() > 2 && known_text(arguments[2]) == "Full";
  if (!is_full) made.text = Text("properties");
  return made;
}

/// copyIndex(), copyIndex(offset), copyIndex('name'), copyIndex('name', offset).
Value Program::copy_index(const std::vector<Value>& arguments, const Expression& e, const Bindings& b) {
  constexpr std::string_view kLoop = "copyIndex ";
  const std::optional<std::string> name =
      !arguments.empty() && arguments[0].kind == ValueKind::string ? known_text(arguments[0]) : std::nullopt;
  const double offset = arguments.empty() ? 0 : known_number(arguments.back()).value_or(0);
  for (const Names* names = b.names; names != nullptr; names = names->outer) {
    if (!names->name.starts_with(kLoop) || (name && names->name.substr(kLoop.size()) != *name)) continue;
    const std::optional<double> index = known_number(names->value);
    return index ? Value::of_number(*index + offset) : hole(e);
  }
  return hole(e);
}

Value Program::call(const Expression& e, const Bindings& b) {
  const bool is_method = e.kind == ExpressionKind::method;
  if (is_method) {
    const Expression& base = e.children[0];
    // `az.resourceGroup()` and `sys.concat()` name the same functions.
    if (!(base.kind == ExpressionKind::name && (base.text == "az" || base.text == "sys"))) return hole(e);
  }
  if (is_ambient(e.text)) return Value::unknown(e.text + "()");
  if (e.text == "if" && e.children.size() == 3) {
    const Value condition = evaluate(e.children[0], b);
    if (const std::optional<bool> truth = known_truth(condition)) return evaluate(e.children[*truth ? 1 : 2], b);
    return iac::chosen(condition, text_of(e.children[0]), evaluate(e.children[1], b), evaluate(e.children[2], b));
  }
  std::vector<Value> arguments;
  bool is_open = false;
  for (std::size_t i = is_method ? 1 : 0; i < e.children.size(); ++i) {
    Value made = evaluate(e.children[i], b);
    if (e.text == "join" || e.text == "concat") made = iac::with_items_settled(std::move(made));
    is_open = is_open || made.kind == ValueKind::one_of;
    arguments.push_back(std::move(made));
  }
  if (!is_open) return settled_call(e, arguments, b);
  std::vector<const Value*> pointers;
  for (const Value& argument : arguments) pointers.push_back(&argument);
  return iac::lifted(pointers, [&](std::vector<Value>& settled) { return settled_call(e, settled, b); });
}

/// A call whose arguments have no alternatives.
Value Program::settled_call(const Expression& e, std::vector<Value>& arguments, const Bindings& b) {
  const std::string name = ascii_lower(e.text);
  const std::string first = arguments.empty() ? std::string() : known_text(arguments[0]).value_or("");
  if (name == "parameters") return parameter(*b.deployment, first);
  if (name == "variables") return variable(*b.deployment, first);
  if (name == "resourceid" || name == "subscriptionresourceid" || name == "tenantresourceid" || name == "extensionresourceid")
    return resource_id(arguments, e, b);
  if (name == "reference") return reference(arguments, e);
  if (name == "copyindex") return copy_index(arguments, e, b);
  const PureFunction known = pure_function(name);
  if (known == nullptr) {
    constexpr std::string_view kOfTheRun[] = {"uniquestring", "guid", "newguid", "utcnow", "pickzones", "listkeys", "loadtextcontent"};
    if (std::find(std::begin(kOfTheRun), std::end(kOfTheRun), name) == std::end(kOfTheRun) && !name.starts_with("list"))
      count_unknown(fmt::format("the function {}()", e.text), e.where);
    return hole(e);
  }
  std::optional<Value> made = known(arguments);
  return made ? *std::move(made) : hole(e);
}

}  // namespace mainstay::azure
