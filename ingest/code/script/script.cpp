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

}  // namespace

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
