#include "ingest/code/script/script.h"

#include <algorithm>

namespace mainstay::script {
namespace {

std::uint16_t height_of(std::vector<Expression>& all) {
  std::uint16_t height = 0;
  for (Expression& one : all) {
    if (one.height == 0) settle(one);
    height = std::max(height, one.height);
  }
  return height;
}

std::uint16_t height_of(std::vector<Statement>& all);

std::uint16_t height_of(Statement& one) {
  if (one.value.height == 0) settle(one.value);
  std::uint16_t height =
      std::max({one.value.height, height_of(one.targets), height_of(one.body), height_of(one.otherwise), height_of(one.last)});
  for (Handler& each : one.handlers) {
    if (each.guard.height == 0) settle(each.guard);
    height = std::max({height, each.guard.height, height_of(each.body)});
  }
  return static_cast<std::uint16_t>(height + 1);
}

std::uint16_t height_of(std::vector<Statement>& all) {
  std::uint16_t height = 0;
  for (Statement& one : all) height = std::max(height, height_of(one));
  return height;
}

void cut(Expression& tree) {
  Expression unknown;
  unknown.where = tree.where;
  unknown.height = 1;
  tree = std::move(unknown);
}

/// What a text costs, in expressions.
std::size_t weight_of(const Expression& one) {
  constexpr std::size_t kOctets = 64;
  std::size_t octets = one.word.size();
  for (const Text::Piece& piece : one.text.pieces()) {
    if (const std::string* known = std::get_if<std::string>(&piece)) octets += known->size();
  }
  return 1 + octets / kOctets;
}

bool take(std::size_t& budget, std::size_t weight) {
  const bool is_enough = budget >= weight;
  budget -= is_enough ? weight : budget;
  return is_enough;
}

std::vector<Expression> copies_of(const std::vector<Expression>& all, std::size_t& budget) {
  std::vector<Expression> copies;
  for (const Expression& one : all) copies.push_back(copy_of(one, budget));
  return copies;
}

Statement copied(const Statement& one, std::size_t& budget) {
  Statement copy;
  copy.where = one.where;
  if (!take(budget, 1)) return copy;  // an expression that is unknown
  copy.kind = one.kind;
  copy.word = one.word;
  copy.gives_error = one.gives_error;
  copy.answers = one.answers;
  copy.given_by = one.given_by;
  copy.parameters = one.parameters;
  copy.targets = copies_of(one.targets, budget);
  copy.value = copy_of(one.value, budget);
  copy.body = copy_of(one.body, budget);
  copy.otherwise = copy_of(one.otherwise, budget);
  for (const Handler& each : one.handlers) {
    Handler& handler = copy.handlers.emplace_back();
    handler.classes = each.classes;
    handler.name = each.name;
    handler.has_guard = each.has_guard;
    handler.guard = copy_of(each.guard, budget);
    handler.body = copy_of(each.body, budget);
  }
  copy.last = copy_of(one.last, budget);
  return copy;
}

}  // namespace

Expression copy_of(const Expression& tree, std::size_t& budget) {
  Expression copy;
  copy.where = tree.where;
  if (!take(budget, weight_of(tree))) return copy;
  copy.kind = tree.kind;
  copy.word = tree.word;
  copy.text = tree.text;
  copy.number = tree.number;
  copy.parts = copies_of(tree.parts, budget);
  copy.names = tree.names;
  copy.body = copy_of(tree.body, budget);
  copy.gives_error = tree.gives_error;
  copy.height = tree.height;
  return copy;
}

std::vector<Statement> copy_of(const std::vector<Statement>& body, std::size_t& budget) {
  std::vector<Statement> copies;
  for (const Statement& one : body) copies.push_back(copied(one, budget));
  return copies;
}

Statement imported(Expression target, std::string_view module, std::string_view member) {
  Expression call;
  call.kind = ExpressionKind::call;
  call.where = target.where;
  call.parts.resize(2);
  call.parts[0].kind = ExpressionKind::name;
  call.parts[0].word = "import";
  call.parts[1].kind = ExpressionKind::text;
  call.parts[1].text = Text(module);
  for (Expression& part : call.parts) part.where = target.where;
  call.names.emplace_back();
  Statement one;
  one.kind = StatementKind::assign;
  one.where = target.where;
  if (member.empty()) {
    one.value = std::move(call);
  } else {
    one.value.kind = ExpressionKind::attribute;
    one.value.where = target.where;
    one.value.word = member;
    one.value.parts.push_back(std::move(call));
  }
  settle(one.value);
  one.targets.push_back(std::move(target));
  return one;
}

void settle(Expression& tree) {
  tree.height = static_cast<std::uint16_t>(1 + std::max(height_of(tree.parts), height_of(tree.body)));
  if (tree.height > kTallest) cut(tree);
}

void add_part(Expression& tree, Expression part) {
  if (part.height == 0) settle(part);
  tree.height = std::max(tree.height, static_cast<std::uint16_t>(part.height + 1));
  tree.parts.push_back(std::move(part));
  if (tree.height > kTallest) cut(tree);
}

}  // namespace mainstay::script
