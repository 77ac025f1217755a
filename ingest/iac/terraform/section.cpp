#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ingest/iac/terraform/functions.h"
#include "ingest/iac/terraform/program.h"

namespace mainstay::terraform {

namespace {

/// Every item that one of the lists has, once; it is null where a list is taken that does not have it.
std::vector<Value> items_of_choices(const Value& lists) {
  std::vector<Value> found, seen;
  const auto items_of = [](const Value& one) { return one.kind == ValueKind::list ? one.items : std::vector<Value>{one}; };
  const auto has = [](const std::vector<Value>& items, const Value& wanted) {
    return std::any_of(items.begin(), items.end(), [&](const Value& item) { return as_text(item) == as_text(wanted); });
  };
  for (const iac::Alternative& list : lists.alternatives) {
    for (const Value& item : items_of(list.value)) {
      if (item.is_null() || has(seen, item)) continue;
      seen.push_back(item);
      std::vector<iac::Alternative> sides;
      for (const iac::Alternative& other : lists.alternatives)
        sides.push_back({other.when, has(items_of(other.value), item) ? item : Value()});
      found.push_back(iac::one_of(std::move(sides)));
    }
  }
  return found;
}

}  // namespace

Value Section::value(std::string_view name) const {
  const hcl::Attribute* attribute = body_->attribute(name);
  const Value* const said = planned(name);
  if (attribute == nullptr) return said != nullptr ? *said : Value();
  Value value = iac::restricted(program_->evaluate(attribute->value, bindings_), when());
  if (said == nullptr || value.is_wholly_known() || value.kind == ValueKind::object_of || !said->is_wholly_known()) return value;
  Value made = *said;
  if (!value.reference.empty()) made.reference = value.reference;
  return made;
}

const iac::When& Section::when() const {
  static const iac::When kAlways;
  return bindings_.when == nullptr ? kAlways : *bindings_.when;
}

Text Section::text(std::string_view name) const {
  const Value found = value(name);
  return found.is_null() ? Text() : as_text(found, name);
}

std::optional<std::string> Section::known(std::string_view name) const { return known_text(value(name)); }

std::optional<bool> Section::truth(std::string_view name) const { return known_truth(value(name)); }

std::vector<Value> Section::list(std::string_view name) const {
  const Value found = value(name);
  if (found.is_null()) return {};
  if (found.kind == ValueKind::list) return found.items;
  if (found.kind == ValueKind::one_of) return items_of_choices(found);
  return {found};
}

Location Section::where(std::string_view name) const {
  const hcl::Attribute* attribute = body_->attribute(name);
  if (attribute != nullptr) return attribute->where;
  const Value* const said = planned(name);
  return said != nullptr && said->origin != Location{} ? said->origin : header_;
}

std::vector<Section> Section::blocks(std::string_view type) const {
  std::vector<Section> found;
  for (const hcl::Block& block : body_->blocks) {
    if (block.type == type) {
      found.emplace_back(*program_, block.body, block.header, bindings_);
    } else if (block.type == "dynamic" && !block.labels.empty() && block.labels[0].text == type) {
      expand_dynamic(block, found);
    }
  }
  static const hcl::Body kEmpty;
  const Value* const said = planned(type);
  std::vector<const Value*> objects;
  if (said != nullptr && said->kind == ValueKind::map) objects.push_back(said);
  for (std::size_t i = 0; said != nullptr && i < said->items.size(); ++i) {
    if (said->items[i].kind == ValueKind::map) objects.push_back(&said->items[i]);
  }
  // What is written in the configuration has its references; a plan has its blocks in the same order.
  for (std::size_t i = 0; i < objects.size() && found.size() == objects.size(); ++i) found[i].planned_ = objects[i];
  for (std::size_t i = 0; i < objects.size() && body_->blocks.empty() && found.size() < objects.size(); ++i) {
    found.emplace_back(*program_, kEmpty, objects[i]->origin == Location{} ? header_ : objects[i]->origin, bindings_);
    found.back().planned_ = objects[i];
  }
  return found;
}

void Section::expand_dynamic(const hcl::Block& block, std::vector<Section>& out) const {
  const hcl::Block* content = nullptr;
  for (const hcl::Block& inner : block.body.blocks) content = inner.type == "content" ? &inner : content;
  const hcl::Attribute* over = block.body.attribute("for_each");
  if (content == nullptr || over == nullptr) return;
  const hcl::Attribute* iterator = block.body.attribute("iterator");
  const bool is_named =
      iterator != nullptr && (iterator->value.kind == hcl::ExpressionKind::variable || iterator->value.kind == hcl::ExpressionKind::string);
  const std::string name = is_named ? iterator->value.text : block.labels[0].text;
  const auto add = [&](Value key, Value value) {
    Section made(*program_, content->body, content->header, bindings_);
    made.own_ = std::make_unique<Names>();
    *made.own_ = {name, Value::of_map({{"key", std::move(key)}, {"value", std::move(value)}}), bindings_.names};
    made.bindings_.names = made.own_.get();
    out.push_back(std::move(made));
  };
  const Value items = iac::in_common(iac::restricted(program_->evaluate(over->value, bindings_), when()));
  if (items.kind == ValueKind::list) {
    for (const Value& item : items.items) add(item, item);
  } else if (items.kind == ValueKind::map) {
    for (const Entry& entry : items.entries) add(Value::of_text(entry.key), entry.value);
  } else if (!items.is_null()) {
    add(Value::unknown(name + ".key"), Value::unknown(name + ".value"));
  }
}

}  // namespace mainstay::terraform
