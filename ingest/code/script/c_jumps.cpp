#include "ingest/code/script/c_jumps.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "ingest/code/script/c_words.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

/// What a jump to each label that is known so far leads to.
using Labels = std::map<std::string, std::vector<Statement>>;

bool is_jump(const Statement& one) { return one.kind == StatementKind::give_back && one.word.starts_with(kGotoWord); }

std::optional<std::string> label_of(const Statement& one) {
  if (one.kind != StatementKind::expression || !one.word.starts_with(kLabelWord)) return std::nullopt;
  return one.word.substr(kLabelWord.size());
}

/// "return", with a value that nobody knows.
void make_unknown(Statement& jump) {
  jump.word.clear();
  jump.value = Expression();
  jump.value.kind = Kind::call;
  jump.value.where = jump.where;
  jump.value.parts.resize(1);
  jump.value.parts.front().kind = Kind::name;
  jump.value.parts.front().word = kUnknownCall;
  settle(jump.value);
}

void resolve(Statement& one, const Labels& labels, std::size_t& budget) {
  if (is_jump(one)) {
    const auto at = labels.find(one.word.substr(kGotoWord.size()));
    if (at == labels.end()) return make_unknown(one);
    one.kind = StatementKind::branch;
    one.word.clear();
    one.value = Expression();
    one.value.kind = Kind::truth;
    one.value.word = "true";
    one.value.where = one.where;
    settle(one.value);
    one.body = copy_of(at->second, budget);
    return;
  }
  for (std::vector<Statement>* inside : {&one.body, &one.otherwise, &one.last}) {
    for (Statement& each : *inside) resolve(each, labels, budget);
  }
  for (Handler& handler : one.handlers) {
    for (Statement& each : handler.body) resolve(each, labels, budget);
  }
}

}  // namespace

void resolve_jumps(std::vector<Statement>& body, std::size_t& budget) {
  Labels labels;
  for (std::size_t at = body.size(); at-- > 0;) {
    resolve(body[at], labels, budget);
    const std::optional<std::string> label = label_of(body[at]);
    if (!label) continue;
    body[at].word.clear();
    std::vector<Statement> behind;
    for (std::size_t next = at; next < body.size(); ++next) {
      std::vector<Statement> one;
      one.push_back(std::move(body[next]));
      std::vector<Statement> copy = copy_of(one, budget);
      behind.push_back(std::move(copy.front()));
      body[next] = std::move(one.front());
    }
    Statement end;  // of the function: what stands behind the jump is not reached
    end.kind = StatementKind::give_back;
    end.where = body.back().where;
    end.value.kind = Kind::nothing;
    settle(end.value);
    behind.push_back(std::move(end));
    labels[*label] = std::move(behind);
  }
}

}  // namespace mainstay::script
