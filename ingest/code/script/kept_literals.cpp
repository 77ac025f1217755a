#include "ingest/code/script/kept_literals.h"

#include <map>
#include <set>

#include "ingest/code/kept_names.h"
#include "ingest/code/script/script_calls.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

constexpr std::size_t kMostKept = 500;

class Walker {
 public:
  std::vector<KeptLiteral> walk(const std::vector<Statement>& file) {
    statements(file, {});
    std::erase_if(found_, [&](const KeptLiteral& one) {
      const auto set = set_.find(one.name);
      return set != set_.end() && set->second > 1 && locals_.contains(one.value);
    });
    return std::move(found_);
  }

 private:
  void statements(const std::vector<Statement>& all, const std::string& function, bool is_class = false) {
    for (const Statement& one : all) {
      if (one.kind == StatementKind::assign) {
        for (const Expression& target : one.targets) {
          const std::size_t before = found_.size();
          keep(target.word, one.value);
          for (std::size_t at = before; !is_class && at < found_.size(); ++at) {
            locals_.insert(found_[at].value);
            ++set_[found_[at].name];
          }
        }
      }
      if (one.kind == StatementKind::give_back) keep(function, one.value);
      each_expression(one.value, [&](const Expression& part) { look(part); });
      const std::string& inner = one.kind == StatementKind::function ? one.word : function;
      statements(one.body, inner, one.kind == StatementKind::type);
      statements(one.otherwise, inner);
      statements(one.last, inner);
      for (const Handler& handler : one.handlers) statements(handler.body, inner);
    }
  }

  void look(const Expression& one) {
    if (one.kind == Kind::assigned && one.parts.size() == 2) keep(one.parts[0].word, one.parts[1]);
    if (one.kind == Kind::table) {
      for (std::size_t at = 0; at + 1 < one.parts.size(); at += 2) keep(one.parts[at].text.known().value_or(""), one.parts[at + 1]);
    }
    if (one.kind != Kind::call) return;
    for (std::size_t at = 0; at < one.names.size() && at + 1 < one.parts.size(); ++at) keep(one.names[at], one.parts[at + 1]);
  }

  static bool is_pattern(const Expression& value) {
    return value.kind == Kind::call && (last_word(value.parts.front()) == "compile" || last_word(value.parts.front()) == "RegExp");
  }

  void keep(const std::string& name, const Expression& value) {
    if (name.empty() || found_.size() >= kMostKept || !code::holds_address(name) || is_pattern(value)) return;
    const bool has_sides = value.kind == Kind::either || value.kind == Kind::choice;
    if (has_sides) {
      keep(name, value.parts[0]);
      keep(name, value.parts.back());
    }
    const Expression* first = &value;
    if (value.kind == Kind::sum && !value.parts.empty()) first = &value.parts.front();
    // A default behind the environment, and the first argument of a type that describes a setting.
    if (value.kind == Kind::call && value.parts.size() > 1) first = &value.parts[value.parts.size() > 2 ? 2 : 1];
    if (value.kind == Kind::call && first->kind != Kind::text) first = value.parts.size() > 1 ? &value.parts[1] : first;
    if (first->kind == Kind::text && first->text.known_prefix().find("://") != std::string_view::npos)
      found_.push_back({name, value.kind == Kind::call ? first : &value});
  }

  std::vector<KeptLiteral> found_;
  std::set<const Expression*> locals_;      // what variables are set to
  std::map<std::string, std::size_t> set_;  // how often, by name
};

}  // namespace

std::vector<KeptLiteral> kept_literals(const std::vector<Statement>& file) { return Walker().walk(file); }

std::vector<const Expression*> url_literals(const std::vector<Statement>& file) {
  std::vector<const Expression*> found;
  each_of_file(file, [&](const Expression& one) {
    const Expression* first = one.kind == Kind::sum && !one.parts.empty() ? &one.parts.front() : &one;
    if (first->kind != Kind::text || found.size() >= kMostKept) return;
    const std::string_view prefix = first->text.known_prefix();
    if (prefix.starts_with("https://") || prefix.starts_with("http://")) found.push_back(&one);
  });
  return found;
}

}  // namespace mainstay::script
