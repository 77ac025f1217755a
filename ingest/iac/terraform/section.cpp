#include <fmt/format.h>

#include <utility>

#include "ingest/iac/terraform/functions.h"
#include "ingest/iac/terraform/program.h"

namespace mainstay::terraform {

Value Section::value(std::string_view name) const {
  const hcl::Attribute* attribute = body_->attribute(name);
  return attribute == nullptr ? Value() : program_->evaluate(attribute->value, bindings_);
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
  return {found};
}

Location Section::where(std::string_view name) const {
  const hcl::Attribute* attribute = body_->attribute(name);
  return attribute == nullptr ? header_ : attribute->where;
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
  return found;
}

void Section::expand_dynamic(const hcl::Block& block, std::vector<Section>& out) const {
  const hcl::Block* content = nullptr;
  for (const hcl::Block& inner : block.body.blocks) content = inner.type == "content" ? &inner : content;
  const hcl::Attribute* over = block.body.attribute("for_each");
  if (content == nullptr || over == nullptr) return;
  const hcl::Attribute* iterator = block.body.attribute("iterator");
  const bool is_named = iterator != nullptr && iterator->value.kind == hcl::ExpressionKind::variable;
  const std::string name = is_named ? iterator->value.text : block.labels[0].text;
  const auto add = [&](Value key, Value value) {
    Section made(*program_, content->body, content->header, bindings_);
    made.own_ = std::make_unique<Names>();
    *made.own_ = {name, Value::of_map({{"key", std::move(key)}, {"value", std::move(value)}}), bindings_.names};
    made.bindings_.names = made.own_.get();
    out.push_back(std::move(made));
  };
  const Value items = program_->evaluate(over->value, bindings_);
  if (items.kind == ValueKind::list) {
    for (const Value& item : items.items) add(item, item);
  } else if (items.kind == ValueKind::map) {
    for (const Entry& entry : items.entries) add(Value::of_text(entry.key), entry.value);
  } else if (!items.is_null()) {
    add(Value::unknown(name + ".key"), Value::unknown(name + ".value"));
  }
}

}  // namespace mainstay::terraform
