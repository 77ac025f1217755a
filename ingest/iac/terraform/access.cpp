// References: variables, locals, resources, module outputs, and the steps behind them.
#include <fmt/format.h>

#include <utility>

#include "ingest/iac/terraform/program.h"

namespace mainstay::terraform {
namespace {

using Kind = hcl::ExpressionKind;

/// The name of the attribute step at that place; empty when something else stands there.
std::string name_at(const hcl::Expression& e, std::size_t i) {
  return i < e.children.size() && e.children[i].kind == Kind::attribute_step ? e.children[i].text : std::string();
}

Value failing(std::string name) {
  Value made = Value::unknown(std::move(name));
  made.fails = true;
  return made;
}

}  // namespace

Value Program::access_value(const hcl::Expression& e, const Bindings& b) {
  std::size_t next = 1;
  const bool rooted = e.kind == Kind::variable || e.children[0].kind == Kind::variable;
  Value value = rooted ? root_value(e, b, next) : evaluate(e.children[0], b);
  if (e.kind == Kind::variable) return value;
  return steps_value(std::move(value), e, {next, e.children.size()}, b);
}

/// What the first names of a reference stand for; `next` becomes the first step that is not yet taken.
Value Program::root_value(const hcl::Expression& e, const Bindings& b, std::size_t& next) {
  const std::string& root = e.kind == Kind::variable ? e.text : e.children[0].text;
  for (const Names* names = b.names; names != nullptr; names = names->outer) {
    if (names->name == root) return names->value;
  }
  Module& module = *b.module;
  const std::string first = name_at(e, 1), second = name_at(e, 2);
  next = 2;
  if (root == "var" && !first.empty()) return variable_value(module, first);
  if (root == "local" && !first.empty()) return local_value(module, first);
  if (root == "path" && first == "module") return module_path(module);
  if (root == "path" && first == "root") return Value::of_text(std::string("."));
  if (root == "terraform" && first == "workspace") {
    valueless_.emplace("terraform.workspace", e.where);
    return Value::unknown("terraform.workspace");
  }
  if (root == "module" && !first.empty()) {
    const auto at = module.calls.find(first);
    if (at != module.calls.end()) return instances_value(module, at->second, "module." + first);
    return Value::unknown("module." + first);
  }
  const bool is_data = root == "data";
  const std::string address = is_data ? "data." + first + "." + second : root + "." + first;
  if (const auto at = module.resources.find(address); at != module.resources.end()) {
    next = is_data ? 3 : 2;
    return instances_value(module, at->second, address);
  }
  next = 1;
  return Value::unknown(root);
}

Value Program::steps_value(Value value, const hcl::Expression& e, std::pair<std::size_t, std::size_t> range, const Bindings& b) {
  for (std::size_t i = range.first; i < range.second; ++i) {
    const hcl::Expression& step = e.children[i];
    if (value.kind == ValueKind::one_of) {
      return iac::lifted({&value}, [&](std::vector<Value>& one) { return steps_value(std::move(one[0]), e, {i, range.second}, b); });
    }
    if (step.kind == Kind::attribute_step) {
      value = attribute_value(value, step.text, e);
    } else if (step.kind == Kind::legacy_index_step) {
      value = index_value(value, Value::of_text(step.text), e, b);
    } else if (step.kind == Kind::index_step) {
      const Value key = evaluate(step.children[0], b);
      if (key.kind == ValueKind::one_of) {
        value = iac::lifted({&key}, [&](std::vector<Value>& one) { return index_value(value, one[0], e, b); });
      } else {
        value = index_value(value, key, e, b);
      }
    } else {
      std::size_t end = range.second;
      if (step.kind == Kind::attribute_splat) {
        end = i + 1;
        while (end < range.second && (e.children[end].kind == Kind::attribute_step || e.children[end].kind == Kind::legacy_index_step))
          ++end;
      }
      if (value.is_unknown()) return hole(e);
      std::vector<Value> items;
      if (value.kind == ValueKind::list) {
        items = std::move(value.items);
      } else if (!value.is_null()) {
        items.push_back(std::move(value));
      }
      for (Value& item : items) item = steps_value(std::move(item), e, {i + 1, end}, b);
      value = Value::of_list(std::move(items));
      i = end - 1;
    }
  }
  return value;
}

Value Program::attribute_value(const Value& value, const std::string& name, const hcl::Expression& e) {
  if (value.kind == ValueKind::map) {
    const Value* found = value.entry(name);
    return found != nullptr ? *found : failing(written(e));
  }
  if (value.is_unknown()) {
    Value made = value;
    made.hole.name += "." + name;
    made.hole.pattern.clear();
    if (const Resource* resource = behind(value); resource != nullptr && made.hole.name.starts_with(resource->address + ".")) {
      made.hole.pattern = computed_pattern(resource->type, std::string_view(made.hole.name).substr(resource->address.size() + 1));
    }
    return made;
  }
  if (value.kind == ValueKind::object_of) {
    if (Resource* found = resource(value.reference)) return attribute_of(*found, name);
    const auto at = module_by_address_.find(value.reference);
    if (at != module_by_address_.end() && at->second != nullptr) return output_value(*at->second, name);
    return Value::unknown(value.reference + "." + name);
  }
  return failing(written(e));
}

Value Program::index_value(const Value& value, const Value& key, const hcl::Expression& e, const Bindings& b) {
  if (value.kind == ValueKind::object_of && value.truth) return value;
  if (value.is_unknown()) {
    Value made = value;
    made.hole.name += "[" + as_text(key, "key").display() + "]";
    made.hole.pattern.clear();
    return made;
  }
  if (value.kind == ValueKind::list) {
    const std::optional<std::size_t> index = known_index(key);
    if (index && *index < value.items.size()) return value.items[*index];
    return index ? failing(written(e)) : entry_by_open_key(value, key, nullptr, b);
  }
  const std::optional<std::string> name = known_text(key);
  if (!name) return value.kind == ValueKind::map ? entry_by_open_key(value, key, nullptr, b) : hole(e);
  return attribute_value(value, *name, e);
}

Value Program::local_value(Module& module, const std::string& name) {
  const auto at = module.locals.find(name);
  if (at == module.locals.end()) return Value::unknown("local." + name);
  Local& local = at->second;
  if (local.value) return *local.value;
  if (local.in_progress) {
    unit_.error(local.attribute->name_where, fmt::format("local.{} depends on itself", name),
                "break the circle: one of its values must not use it");
    return Value::unknown("local." + name);
  }
  local.in_progress = true;
  Value value = evaluate(local.attribute->value, {&module, nullptr});
  local.in_progress = false;
  local.value = value;
  return value;
}

Value Program::output_value(Module& module, const std::string& name) {
  std::string written_as = module.prefix + name;
  const std::string id = "output." + name;
  if (const auto at = module.known.find(id); at != module.known.end()) return at->second;
  const auto declared = module.outputs.find(name);
  const hcl::Attribute* inside = declared == module.outputs.end() ? nullptr : declared->second->body.attribute("value");
  if (inside == nullptr || !module.in_progress.insert(id).second) return Value::unknown(std::move(written_as));
  Value value = evaluate(inside->value, {&module, nullptr});
  module.in_progress.erase(id);
  module.known[id] = value;
  return value;
}

Value Program::instances_value(Module& module, Declaration& declaration, const std::string& address) {
  if (!declaration.is_expanded && declaration.in_progress) return Value::unknown(address);
  expand(module, declaration, address);
  if (!declaration.choices.empty()) return iac::one_of(declaration.choices);
  std::vector<Value> items;
  for (const std::string& instance : declaration.addresses) items.push_back(Value::object(instance));
  if (declaration.shape == ValueKind::list) return Value::of_list(std::move(items));
  if (declaration.shape == ValueKind::map) {
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < items.size(); ++i) entries.push_back({declaration.keys[i], std::move(items[i])});
    return Value::of_map(std::move(entries));
  }
  if (items.empty()) return Value::unknown(address);
  items[0].truth = declaration.shape == ValueKind::unknown;
  return std::move(items[0]);
}

Resource* Program::resource(std::string_view address) const {
  const auto at = by_address_.find(address);
  return at == by_address_.end() ? nullptr : at->second;
}

Resource* Program::behind(const Value& value) const { return value.reference.empty() ? nullptr : resource(value.reference); }

namespace {

/// Nested blocks as other resources see them: objects with the arguments that are set.
Value block_object(const Section& section) {
  std::vector<Entry> entries;
  for (const hcl::Attribute& attribute : section.body().attributes) entries.push_back({attribute.name, section.value(attribute.name)});
  return Value::of_map(std::move(entries));
}

/// What a certificate computes of the records that prove its names: where they stand is known but for one label.
/// Source: AWS Certificate Manager User Guide, "DNS validation".
Value validation_options(const Resource& certificate) {
  std::vector<Value> names{certificate.section.value("domain_name")};
  for (Value& name : certificate.section.list("subject_alternative_names")) names.push_back(std::move(name));
  const std::string address = certificate.address + ".domain_validation_options";
  std::vector<Value> options;
  for (const Value& name : names) {
    if (name.is_null()) continue;
    Text proved = as_text(name, "domain_name");
    if (proved.known_prefix().starts_with("*.")) proved = proved.slice(2, proved.skeleton().size());
    Text record(Hole{address, ""});
    record.append(std::string_view("."));
    record.append(proved);
    record.append(std::string_view("."));
    Value target = Value::unknown(address, "*.acm-validations.aws");
    target.reference = certificate.address;
    options.push_back(Value::of_map({{"domain_name", name},
                                     {"resource_record_name", Value::of_text(std::move(record))},
                                     {"resource_record_type", Value::of_text(Text("CNAME"))},
                                     {"resource_record_value", std::move(target)}}));
  }
  return Value::of_list(std::move(options));
}

}  // namespace

Value Program::attribute_of(Resource& resource, std::string_view name) {
  if (const auto at = resource.known.find(name); at != resource.known.end()) return at->second;
  const std::string written_as = resource.address + "." + std::string(name);
  if (!resource.in_progress.emplace(name).second) return Value::unknown(written_as);
  Value value = resource.section.value(name);
  if (!resource.section.has(name)) {
    value = Value::unknown(written_as, std::string(computed_pattern(resource.type, name)));
    std::vector<Value> blocks;
    for (const Section& block : resource.section.blocks(name)) blocks.push_back(block_object(block));
    if (!blocks.empty()) value = Value::of_list(std::move(blocks));
    if (resource.type == "aws_acm_certificate" && name == "domain_validation_options") value = validation_options(resource);
    if (const std::string_view form = computed_form(resource.type, name); !form.empty()) {
      const std::size_t open = form.find('{'), close = form.find('}');
      Text text(form.substr(0, open));
      text.append(as_text(attribute_of(resource, form.substr(open + 1, close - open - 1))));
      text.append(form.substr(close + 1));
      value = Value::of_text(std::move(text));
    }
  }
  resource.in_progress.erase(std::string(name));
  if (value.reference.empty()) value.reference = resource.address;
  resource.known.emplace(name, value);
  return value;
}

}  // namespace mainstay::terraform
