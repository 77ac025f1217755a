// A plan or a state beside the configuration, or in place of it: what it knows of resources that the configuration has too, and the
// resources that only it has, as those of modules that are not in the tree.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ingest/iac/terraform/program.h"

namespace mainstay::terraform {
namespace {

/// Notes the keys of the module calls that a prefix goes through: "module.a[0].module.b." has "[0]" of "module.a".
void note_module_keys(const std::string& prefix, std::map<std::string, std::vector<std::string>, std::less<>>& keys) {
  for (std::size_t open = prefix.find('['); open != std::string::npos; open = prefix.find('[', open + 1)) {
    const bool is_quoted = open + 1 < prefix.size() && prefix[open + 1] == '"';
    const std::size_t close = is_quoted ? prefix.find("\"]", open + 2) : prefix.find(']', open);
    if (close == std::string::npos) return;
    const std::size_t end = close + (is_quoted ? 2 : 1);
    std::vector<std::string>& known = keys[prefix.substr(0, open)];
    std::string key = prefix.substr(open, end - open);
    if (std::find(known.begin(), known.end(), key) == known.end()) known.push_back(std::move(key));
    open = end - 1;
  }
}

}  // namespace

void Program::load_plan() {
  bool has_one = false;
  for (const std::unique_ptr<Source>& source : unit_.sources()) {
    const SourceId id = unit_.id_of(*source);
    if (!is_plan(source->name(), source->bytes().substr(0, 16384))) continue;
    if (std::exchange(has_one, true)) {
      Diagnostics found;
      found.note(*source, {id, 0, 0}, "another plan or state of this root is read",
                 "of several the first by name is used; keep one beside the root");
      add_without_text(found, unit_.problems());
      continue;
    }
    plan_source_ = id;
    plan_ = read_plan(unit_, *source);
    budget_ += plan_.resources.size() * 100;
  }
  for (const Planned& one : plan_.resources) {
    planned_.emplace(one.address(), &one);
    if (!one.key.empty()) planned_keys_[one.declaration()].push_back(one.key);
    note_module_keys(one.module, planned_keys_);
  }
}

/// The instances that a plan has of what is declared with a count or a for_each that is not known; false when it has none.
bool Program::expand_planned(Module& module, Declaration& declaration, const std::string& address, const Value& over) {
  const auto at = planned_keys_.find(module.prefix + address);
  if (at == planned_keys_.end()) return false;
  const bool counted = !at->second.front().starts_with("[\"");
  declaration.shape = counted ? ValueKind::list : ValueKind::map;
  for (const std::string& key : at->second) {
    const std::string name = counted ? key.substr(1, key.size() - 2) : key.substr(2, key.size() - 4);
    Value value = Value::unknown("each.value");
    for (const iac::Alternative& one : iac::alternatives_of(over)) {
      if (const Value* const found = one.value.entry(name); found != nullptr && value.is_unknown()) value = *found;
      if (one.value.kind == ValueKind::list) value = Value::of_text(name);
    }
    const std::optional<double> index = known_number(Value::of_text(name));
    Names names{"each", Value::of_map({{"key", Value::of_text(name)}, {"value", std::move(value)}}), nullptr};
    if (counted) names = {"count", Value::of_map({{"index", Value::of_number(index.value_or(0))}}), nullptr};
    if (!counted) declaration.keys.push_back(name);
    add_instance(module, declaration, fmt::format("{}{}{}", module.prefix, address, key), std::move(names));
  }
  return true;
}

/// The resources that only the plan has.
void Program::add_planned() {
  static const hcl::Body kNothingWritten;
  for (const Planned& one : plan_.resources) {
    const std::string address = one.address();
    if (by_address_.contains(address)) continue;
    owned_.push_back(
        std::make_unique<Resource>(Resource{.type = one.type,
                                            .name = one.name,
                                            .address = address,
                                            .is_data = one.is_data,
                                            .section = Section(*this, kNothingWritten, one.where, {modules_.front().get(), nullptr}),
                                            .known = {},
                                            .in_progress = {}}));
    owned_.back()->section.planned_ = &one.values;
    by_address_[address] = owned_.back().get();
    all_.push_back(owned_.back().get());
  }
}

}  // namespace mainstay::terraform
