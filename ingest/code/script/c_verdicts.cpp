// What the number, the truth or the name says that a function of C gives back.
#include <algorithm>

#include "ingest/code/script/c_answers.h"
#include "ingest/code/script/c_levels.h"
#include "ingest/code/script/http_answers.h"
#include "ingest/code/script/script_run.h"

namespace mainstay::script {
namespace {

Value flag(bool holds) { return {.seen = holds ? Seen::yes : Seen::no}; }

/// What a name in the source says of itself: AUTH_OK, PAM_AUTH_ERR, HTTP_FORBIDDEN.
std::optional<Value> said_by_name(const Value& value, bool is_decider) {
  if (value.name.empty()) return std::nullopt;
  if (const std::size_t at = value.name.find("HTTP_"); at != std::string::npos) {
    if (const std::optional<int> code = http_status(std::string_view(value.name).substr(at + 5)))
      return Value{.seen = *code < 300 ? Seen::allow : Seen::deny};
  }
  if (refuses_callers(value.name)) return flag(false);
  if (admits_callers(value.name)) return flag(true);
  // Success and failure of a function that decides on nobody say nothing about anybody.
  if (!is_decider) return std::nullopt;
  const bool no = says_no(value.name);
  if (no || says_yes(value.name)) return flag(!no);
  return std::nullopt;
}

Value said(const Value& value, Answers answers, bool is_decider) {
  if (value.seen == Seen::allow || value.seen == Seen::deny || value.seen == Seen::derived) return value;
  if (!value.items.empty()) {
    Value same = value;
    same.items.front() =
        said(value.items.front(), answers == Answers::as_written && is_decider ? Answers::true_allows : answers, is_decider);
    return same;
  }
  if (const std::optional<Value> named = said_by_name(value, is_decider)) return *named;
  const std::optional<double> number = value.seen == Seen::count ? std::optional(1.0)
                                       : value.seen == Seen::yes ? std::optional(1.0)
                                       : value.seen == Seen::no  ? std::optional(0.0)
                                                                 : number_of(value);
  if (!number || (value.seen == Seen::constant && value.text == value.name)) return answers == Answers::as_written ? value : Value{};
  switch (answers) {
    case Answers::as_written: return value.seen == Seen::no || (value.seen == Seen::yes && is_decider) ? value : Value{};
    case Answers::true_allows: return flag(*number > 0);
    case Answers::true_denies:
    case Answers::zero_allows: return flag(*number == 0);
    default: return *number < 0 ? flag(false) : Value{};
  }
}

bool leaves(const std::vector<Statement>& body) {
  bool found = false;
  const auto look = [&](const auto& self, const std::vector<Statement>& all) -> void {
    for (const Statement& one : all) {
      const std::string called = one.value.kind == ExpressionKind::call ? last_word(one.value.parts.front()) : std::string();
      found = found || one.kind == StatementKind::raise || called == "exit" || called == "_exit" || called == "abort";
      self(self, one.body);
      self(self, one.otherwise);
      self(self, one.last);
    }
  };
  look(look, body);
  return found;
}

}  // namespace

/// Turns what each way gives back into a yes or a no, where that is known.
void Run::c_decide(const Callable& function, Ways& ways) const {
  const bool is_guard = leaves(*function.body);
  const bool is_decider = decides_on_callers(function.name);
  for (Way& way : ways) {
    if (way.flow == Flow::raised) continue;
    const bool is_silent = function.answers == Answers::nothing || way.flow != Flow::returned;
    const bool is_open = is_silent || function.answers == Answers::ambiguous;
    if (way.given[0]) continue;
    Value result = is_silent ? Value{} : said(load(way.result, way), function.answers, is_decider);
    if (!function.given_by.empty()) {
      const Value given = load({.seen = Seen::place, .text = function.given_by + "[]", .place = 0}, way);
      Value decided = said(given, Answers::true_allows, true);
      const bool is_error = result.seen == Seen::no && !is_silent && function.answers != Answers::true_allows;
      if (is_error && decided.seen == Seen::yes) decided = {};  // what callers make of both is theirs
      result = decided;
    } else if (is_open && result.seen == Seen::unknown) {
      for (const auto& [key, value] : way.frames[0].values) {
        const std::size_t dot = key.rfind('.');
        if (dot == std::string::npos || !is_permission(std::string_view(key).substr(dot + 1))) continue;
        result = said(load(value, way), Answers::true_allows, true);
      }
    }
    if (is_silent && is_guard && result.seen == Seen::unknown) {
      way.flow = Flow::next;
      continue;
    }
    way.flow = Flow::returned;
    way.result = std::move(result);
  }
}

}  // namespace mainstay::script
