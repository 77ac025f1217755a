// Deployments, their resources, and the modules inside them.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ingest/iac/azure/program.h"

namespace mainstay::azure {
namespace {

using bicep::Expression;
using bicep::ExpressionKind;
using bicep::Statement;
using bicep::StatementKind;

constexpr int kMaxModuleDepth = 10;
constexpr std::size_t kMaxResources = 5000;
constexpr std::size_t kMaxDeployments = 2000;
constexpr std::size_t kMaxInstances = 800;  // what the service itself allows a loop

std::string bare_type(std::string_view type) { return std::string(type.substr(0, type.find('@'))); }

}  // namespace

void Program::add_file(std::unique_ptr<File> file) {
  std::string name = file->name;
  budget_ += 1000 * file->statements.size();
  files_.emplace(std::move(name), std::move(file));
}

const File* Program::file(std::string_view name) const {
  const auto at = files_.find(name);
  return at == files_.end() ? nullptr : at->second.get();
}

Deployment& Program::deploy(std::string path, const File& file, std::map<std::string, Value, std::less<>> given, const Deployment* around,
                            When when) {
  deployments_.push_back(std::make_unique<Deployment>());
  Deployment& made = *deployments_.back();
  made.path = std::move(path);
  made.file = &file;
  made.home = unit_.tree().home(file.name);
  made.around = around;
  made.depth = around == nullptr ? 0 : around->depth + 1;
  made.is_module = around != nullptr;
  made.given = std::move(given);
  made.when = std::move(when);
  deployment_by_path_[made.path] = &made;
  load(made);
  return made;
}

void Program::load(Deployment& deployment) {
  for (const Statement& statement : deployment.file->statements) {
    if (statement.kind == StatementKind::parameter) deployment.parameters.emplace(statement.name, &statement);
    if (statement.kind == StatementKind::variable) deployment.variables.emplace(statement.name, &statement);
    if (statement.kind == StatementKind::output) deployment.outputs.emplace(statement.name, &statement);
  }
  // Statements may name what stands behind them, so that all resources are known before any of their parents or modules are asked for.
  const std::size_t first = resources_.size();
  for (const Statement& statement : deployment.file->statements) {
    if (statement.kind == StatementKind::resource) add_instances(deployment, statement, nullptr);
  }
  for (std::size_t i = first; i < resources_.size(); ++i) {
    Resource& resource = *resources_[i];
    const Expression* parent = resource.parent == nullptr ? resource.body->entry("parent") : nullptr;
    if (parent == nullptr) continue;
    Resource* found = behind(iac::in_common(evaluate(*parent, {&deployment, resource.names})));
    for (Resource* above = found; above != nullptr; above = above->parent) {
      if (above == &resource) found = nullptr;  // a circle
    }
    resource.parent = found;
  }
  for (const Statement& statement : deployment.file->statements) {
    if (statement.kind == StatementKind::module) add_instances(deployment, statement, nullptr);
  }
}

/// Every instance that a resource or module stands for, with what it takes for it to be there.
void Program::add_instances(Deployment& deployment, const Statement& statement, Resource* inside) {
  const auto add = [&](const Expression& written, const Names* names, When when) {
    const Expression* body = &written;
    if (body->kind == ExpressionKind::conditional && body->children.size() == 2) {
      const Value condition = evaluate(body->children[0], {&deployment, names});
      const std::optional<bool> truth = known_truth(condition);
      if (truth == false) return;
      if (!truth) {
        std::vector<When> ways;
        for (const Alternative& side : iac::alternatives_of(condition)) {
          if (known_truth(side.value) == true) ways.push_back(side.when);
        }
        const When open = ways.size() == 1 && !ways[0].empty() ? ways[0] : iac::when(text_of(body->children[0]), "true");
        when = iac::both(when, open).value_or(open);
      }
      body = &body->children[1];
    }
    if (body->kind != ExpressionKind::object) return;
    if (statement.kind == StatementKind::module) return add_module(deployment, statement, *body, names, std::move(when));
    add_resource(deployment, statement, *body, inside, names, std::move(when));
  };
  const When start = inside != nullptr ? inside->when : deployment.when;
  const Expression& written = statement.value;
  const Names* outer = inside != nullptr ? inside->names : nullptr;
  if (written.kind != ExpressionKind::loop) return add(written, outer, start);
  deployment.loops.insert(statement.name);
  const Value over = iac::in_common(evaluate(written.children[0], {&deployment, outer}));
  std::vector<std::pair<Value, Value>> turns;
  if (over.kind == ValueKind::list && over.items.size() <= kMaxInstances) {
    for (std::size_t i = 0; i < over.items.size(); ++i) turns.emplace_back(over.items[i], Value::of_number(static_cast<double>(i)));
  } else {
    count_unknown("the list of a loop", written.where);
    turns.emplace_back(Value::unknown(written.text), Value::unknown(written.key));
  }
  for (auto& [item, index] : turns) {
    auto named = std::make_unique<Names>(Names{written.text, std::move(item), outer});
    auto keyed = std::make_unique<Names>(Names{written.key, std::move(index), named.get()});
    loops_.push_back(std::move(named));
    loops_.push_back(std::move(keyed));
    add(written.children[1], loops_.back().get(), start);
  }
}

void Program::add_resource(Deployment& deployment, const Statement& statement, const Expression& body, Resource* inside, const Names* names,
                           When when) {
  if (resources_.size() >= kMaxResources) return count_unknown("a resource beyond the number that is read", statement.where);
  auto made = std::make_unique<Resource>();
  made->deployment = &deployment;
  made->type = bare_type(statement.type);
  made->existing = statement.existing;
  made->body = &body;
  made->names = names;
  made->when = std::move(when);
  made->where = statement.name_where;
  made->symbol = statement.name;
  made->parent = inside;
  if (inside != nullptr) {
    made->type = inside->type + "/" + made->type;
  }
  Resource& resource = *made;
  std::vector<Resource*>& same = deployment.symbols[inside != nullptr ? inside->symbol + "::" + statement.name : statement.name];
  same.push_back(&resource);
  std::string label = statement.name.starts_with('#') ? made->type + "/" + as_text(name(resource), "name").display() : statement.name;
  if (inside != nullptr) label = inside->symbol + "/" + label;
  resource.path = deployment.path + "/" + label;
  // Of a loop each has its number; what only shares a name with another one gets one.
  for (std::size_t i = same.size() - 1; deployment.loops.contains(statement.name) || by_path_.contains(resource.path); ++i) {
    resource.path = fmt::format("{}/{}[{}]", deployment.path, label, i);
    if (!by_path_.contains(resource.path)) break;
  }
  by_path_[resource.path] = &resource;
  resources_.push_back(std::move(made));
  for (const Statement& child : body.statements) {
    if (child.kind == StatementKind::resource) add_instances(deployment, child, &resource);
  }
}

void Program::add_module(Deployment& deployment, const Statement& statement, const Expression& body, const Names* names, When when) {
  const File* found = nullptr;
  if (statement.type.starts_with('#')) {
    std::size_t at = 0;
    for (const char c : std::string_view(statement.type).substr(1)) at = at * 10 + static_cast<std::size_t>(c - '0');
    if (at < deployment.file->nested.size()) found = deployment.file->nested[at].get();
  } else {
    const Result<std::string> path = resolve_path(deployment.file->name, statement.type);
    found = path ? file(*path) : nullptr;
    if (found == nullptr) {
      unit_.note(statement.name_where, fmt::format("the module {} is not read: its file is not in this tree", statement.name),
                 "its outputs stay unknown, and what it declares is not part of this scan");
      return;
    }
  }
  if (found == nullptr) return;
  for (const Deployment* outer = &deployment; outer != nullptr; outer = outer->around) {
    if (outer->file != found) continue;
    return unit_.error(statement.name_where, fmt::format("the module {} deploys the file that it stands in", statement.name),
                       "break the circle: no file may deploy itself through others");
  }
  if (deployment.depth >= kMaxModuleDepth || deployments_.size() >= kMaxDeployments)
    return unit_.warning(statement.name_where, "modules are nested too deeply", "what this one makes is not part of this scan");
  std::map<std::string, Value, std::less<>> given;
  if (const Expression* parameters = body.entry("params")) {
    for (std::size_t i = 0; i + 1 < parameters->children.size(); i += 2) {
      given[parameters->children[i].text] = iac::restricted(evaluate(parameters->children[i + 1], {&deployment, names}), when);
    }
  }
  std::vector<Deployment*>& same = deployment.modules[statement.name];
  std::string path = deployment.path + "/" + statement.name;
  if (!same.empty() || deployment.loops.contains(statement.name)) path += fmt::format("[{}]", same.size());
  same.push_back(&deploy(std::move(path), *found, std::move(given), &deployment, std::move(when)));
}

Resource* Program::behind(const Value& value) const {
  const auto at = value.reference.empty() ? by_path_.end() : by_path_.find(value.reference);
  return at == by_path_.end() ? nullptr : at->second;
}

void Program::count_unknown(std::string what, Location where) {
  Count& count = unknown_[std::move(what)];
  if (count.count++ == 0) count.where = where;
}

void Program::finish() {
  for (const auto& [what, count] : unknown_) {
    unit_.note(count.where,
               fmt::format("{} is not known here{}", what, count.count > 1 ? fmt::format(" ({} times in all)", count.count) : ""),
               "what depends on it stays unknown");
  }
}

}  // namespace mainstay::azure
