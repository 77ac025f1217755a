// Stacks, their resources, and the stacks inside them.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ingest/iac/alternatives.h"
#include "ingest/iac/cloudformation/program.h"

namespace mainstay::cloudformation {
namespace {

constexpr int kMaxStackDepth = 8;
constexpr std::size_t kMaxStacks = 2000;

}  // namespace

Location Resource::where(std::string_view property) const {
  const Value& value = part(part(*written, "Properties"), property);
  return value.is_null() ? written->origin : value.origin;
}

Stack& Program::add(std::string path, std::string file, const Value& root, Deployment deployment, int depth) {
  stacks_.push_back(std::make_unique<Stack>());
  Stack& stack = *stacks_.back();
  stack.path = std::move(path);
  stack.home = unit_.tree().home(file);
  stack.file = std::move(file);
  stack.deployment = std::move(deployment);
  stack.depth = depth;
  budget_ += root.weight * 16;
  stack.root = expanded(*this, stack, root);
  stack.root = transformed(std::move(stack.root));
  load(stack);
  return stack;
}

void Program::load(Stack& stack) {
  for (const Entry& entry : part(stack.root, "Resources").entries) {
    const std::string type = plain(part(entry.value, "Type"));
    if (type.empty()) {
      count_unknown("the type of a resource", entry.value.origin);
      continue;
    }
    auto resource = std::make_unique<Resource>();
    resource->stack = &stack;
    resource->name = entry.key;
    resource->type = type;
    resource->written = &entry.value;
    resource->path = stack.path + "/" + entry.key;
    by_path_[resource->path] = resource.get();
    stack.resources.emplace(entry.key, std::move(resource));
  }
  for (auto& [name, resource] : stack.resources) {
    const std::string condition_name = plain(part(*resource->written, "Condition"));
    resource->condition = condition_name.empty() ? Value::of(true) : condition(stack, condition_name);
  }
}

/// The value without what cannot be while the resource exists.
Value Program::restricted(const Resource& resource, Value value) {
  if (resource.condition.kind != ValueKind::one_of) return value;
  for (Value& item : value.items) item = restricted(resource, std::move(item));
  for (Entry& entry : value.entries) entry.value = restricted(resource, std::move(entry.value));
  if (value.kind != ValueKind::one_of) return value;
  std::vector<Alternative> sides = iac::together({&resource.condition, &value});
  std::erase_if(sides, [](const Alternative& side) { return known_truth(side.value.items[0]) != true; });
  if (sides.empty()) return value;
  for (Alternative& side : sides) side.value = Value(std::move(side.value.items[1]));
  Value made = iac::one_of(std::move(sides));
  made.origin = value.origin;
  return made;
}

Value Program::property(Resource& resource, std::string_view name) {
  if (const auto at = resource.known.find(name); at != resource.known.end()) return at->second;
  const Value& written = part(part(*resource.written, "Properties"), name);
  if (written.is_null()) return {};
  if (!resource.in_progress.emplace(name).second) return Value::unknown(resource.name + "." + std::string(name));
  Value value = restricted(resource, evaluate(written, *resource.stack));
  resource.in_progress.erase(std::string(name));
  resource.known.emplace(name, value);
  return value;
}

const Template* Program::nested_template(std::string_view from, const Text& url) const {
  const std::optional<std::string> known = url.known();
  if (known && known->find("://") == std::string::npos) {
    const Result<std::string> path = resolve_path(from, *known);
    const auto at = path ? templates_.find(*path) : templates_.end();
    if (at != templates_.end()) return at->second;
  }
  // What is uploaded somewhere keeps its name: the only template here with the last part of the address is meant.
  const std::string_view suffix = url.known_suffix();
  const std::size_t slash = suffix.rfind('/');
  if (slash == std::string_view::npos) return nullptr;
  const std::string_view base = suffix.substr(slash);
  const Template* found = nullptr;
  for (const auto& [name, one] : templates_) {
    if (!("/" + name).ends_with(base)) continue;
    if (found != nullptr) return nullptr;
    found = one;
  }
  return found;
}

Stack* Program::inside(Resource& resource) {
  const bool is_stack = resource.type == "AWS::CloudFormation::Stack" || resource.type == "AWS::Serverless::Application";
  if (!is_stack || std::exchange(resource.asked_inside, true)) return resource.inside;
  const bool is_plain_stack = resource.type == "AWS::CloudFormation::Stack";
  const Value url = iac::in_common(property(resource, is_plain_stack ? "TemplateURL" : "Location"));
  const Template* found = nested_template(resource.stack->file, as_text(url, "TemplateURL"));
  if (found == nullptr) {
    count_unknown("the template of a nested stack", resource.where(is_plain_stack ? "TemplateURL" : "Location"));
    return nullptr;
  }
  if (resource.stack->depth >= kMaxStackDepth || stacks_.size() >= kMaxStacks) {
    unit_.warning(resource.written->origin, "stacks are nested too deeply, or in a circle", "what this one makes is not part of this scan");
    return nullptr;
  }
  Deployment deployment{.is_said = true, .region = resource.stack->deployment.region};
  for (const Entry& entry : property(resource, "Parameters").entries) deployment.parameters[entry.key] = entry.value;
  Stack& made = add(resource.path, found->name, found->root, std::move(deployment), resource.stack->depth + 1);
  resource.inside = &made;
  // What is under a condition outside is under it inside.
  for (auto& [name, inner] : made.resources) {
    const Value own = std::move(inner->condition);
    inner->condition = iac::lifted({&resource.condition, &own}, [](std::vector<Value>& both) {
      return known_truth(both[0]) == true ? std::move(both[1]) : Value::of(false);
    });
  }
  return resource.inside;
}

const std::vector<Resource*>& Program::resources() {
  if (std::exchange(is_complete_, true)) return all_;
  // Stacks inside are added behind those that they are in.
  for (std::size_t i = 0; i < stacks_.size(); ++i) {
    for (auto& [name, resource] : stacks_[i]->resources) {
      if (known_truth(resource->condition) == false) continue;
      all_.push_back(resource.get());
      inside(*resource);
    }
  }
  return all_;
}

Resource* Program::behind(const Value& value) const {
  const auto at = value.reference.empty() ? by_path_.end() : by_path_.find(value.reference);
  return at == by_path_.end() ? nullptr : at->second;
}

}  // namespace mainstay::cloudformation
