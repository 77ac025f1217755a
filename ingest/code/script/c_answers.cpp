#include "ingest/code/script/c_answers.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "graph/values/ascii.h"
#include "ingest/code/script/script_calls.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

/// "isTxtAllowed", "is_txt_allowed" and "IS_TXT_ALLOWED" in their words, lower case.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool is_capital = name[at] >= 'A' && name[at] <= 'Z';
    const bool was_small = at > 0 && name[at - 1] >= 'a' && name[at - 1] <= 'z';
    if ((name[at] == '_' || (is_capital && was_small)) && !words.back().empty()) words.emplace_back();
    if (name[at] != '_') words.back() += name[at];
  }
  for (std::string& word : words) word = ascii_lower(word);
  return words;
}

template <std::size_t kSize>
bool has_one_of(std::string_view name, const std::array<std::string_view, kSize>& words) {
  const std::vector<std::string> of = words_of(name);
  return std::any_of(of.begin(), of.end(),
                     [&](const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); });
}

bool is_question(std::string_view name) {
  constexpr auto kWords = std::to_array<std::string_view>({"is", "has", "can", "may", "should", "are"});
  return has_one_of(name, kWords);
}

/// "check" alone is said of anything.
bool is_check(std::string_view name) {
  constexpr auto kChecks = std::to_array<std::string_view>({"check", "checks", "test"});
  constexpr auto kOf =
      std::to_array<std::string_view>({"caller", "client", "user", "identity", "id", "token", "credential", "credentials", "peer",
                                       "permission", "permissions", "principal", "service", "request", "signature"});
  return has_one_of(name, kChecks) && has_one_of(name, kOf);
}

bool is_decider(std::string_view name) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"verify", "validate", "authenticate", "authorize",  "authorise",     "auth",     "admit",  "login",
                                       "access", "acl",      "gate",         "guard",      "allow",         "allows",   "permit", "permits",
                                       "trusts", "authz",    "authn",        "authorizer", "authenticator", "validator"});
  return has_one_of(name, kWords) || is_check(name);
}

/// What the returns of a function hold.
struct Returns {
  std::set<double> numbers;
  bool has_truth = false;  // a comparison, or true and false
};

void gather(const Expression& one, Returns& into) {
  if (one.kind == Kind::number) into.numbers.insert(one.number);
  if (one.kind == Kind::unknown && one.parts.size() == 1 && one.parts[0].kind == Kind::name && one.parts[0].word.starts_with("E"))
    into.numbers.insert(-1);  // -EPERM
  if (one.kind == Kind::truth || one.kind == Kind::compare || one.kind == Kind::both || one.kind == Kind::either ||
      one.kind == Kind::opposite)
    into.has_truth = true;
  if (one.kind != Kind::choice) return;
  gather(one.parts[0], into);
  gather(one.parts[2], into);
}

void gather(const std::vector<Statement>& body, Returns& into, const std::string& result) {
  for (const Statement& one : body) {
    if (one.kind == StatementKind::give_back && one.word.empty()) gather(one.value, into);
    const bool is_result = one.kind == StatementKind::assign && !one.targets.empty() && one.targets[0].kind == Kind::name;
    if (is_result && one.targets[0].word == result) gather(one.value, into);
    gather(one.body, into, result);
    gather(one.otherwise, into, result);
    gather(one.last, into, result);
    for (const Handler& handler : one.handlers) gather(handler.body, into, result);
  }
}

/// The variable that the last statement gives back.
std::string result_of(const std::vector<Statement>& body) {
  if (body.empty() || body.back().kind != StatementKind::give_back || body.back().value.kind != Kind::name) return {};
  return body.back().value.word;
}

bool is_given(const std::vector<Statement>& body, const std::string& parameter) {
  bool found = false;
  const auto is_it = [&](const Expression& target) {
    const bool points = target.kind == Kind::pointee || target.kind == Kind::element || target.kind == Kind::name;
    const Expression& of = target.kind == Kind::name || target.parts.empty() ? target : target.parts.front();
    return points && of.kind == Kind::name && of.word == parameter;
  };
  each_expression(body, [&](const Expression& one) { found = found || (one.kind == Kind::assigned && is_it(one.parts[0])); });
  const auto look = [&](const auto& self, const std::vector<Statement>& all) -> void {
    for (const Statement& one : all) {
      found = found || (one.kind == StatementKind::assign && std::any_of(one.targets.begin(), one.targets.end(), is_it));
      self(self, one.body);
      self(self, one.otherwise);
      self(self, one.last);
    }
  };
  look(look, body);
  return found;
}

/// How a condition asks for what a function gives back.
struct Asked {
  const Statement* branch = nullptr;
  bool for_zero = false;   // the branch is taken when it is 0
  bool for_error = false;  // it is taken when it is below 0
};

/// Whether what a branch does turns somebody away; nothing when it does not say.
std::optional<bool> refuses(const std::vector<Statement>& body) {
  bool no = false, yes = false;
  const auto hear = [&](std::string_view word) {
    no = no || says_no(word);
    yes = yes || says_yes(word);
  };
  each_expression(body, [&](const Expression& one) {
    if (one.kind == Kind::name || one.kind == Kind::attribute) hear(one.word);
    if (one.kind == Kind::number && (one.number == 401 || one.number == 403)) no = true;
  });
  for (const Statement& one : body) {
    if (one.kind == StatementKind::give_back && one.value.kind == Kind::number && one.value.number < 0) no = true;
  }
  return no == yes ? std::nullopt : std::optional(no);
}

void find_asked(const std::vector<Statement>& body, const std::map<std::string, Statement*>& ambiguous,
                std::map<std::string, std::vector<Asked>>& found) {
  for (const Statement& one : body) {
    if (one.kind == StatementKind::branch) {
      const Expression* test = &one.value;
      Asked asked{.branch = &one};
      if (test->kind == Kind::opposite) {
        asked.for_zero = true;
        test = &test->parts[0];
      } else if (test->kind == Kind::compare && test->parts[1].kind == Kind::number && test->parts[1].number == 0) {
        asked.for_zero = test->word == "==";
        asked.for_error = test->word == "<";
        test = &test->parts[0];
      }
      if (test->kind == Kind::assigned) test = &test->parts[1];
      const std::string called = test->kind == Kind::call ? last_word(test->parts[0]) : std::string();
      if (ambiguous.contains(called)) found[called].push_back(asked);
    }
    find_asked(one.body, ambiguous, found);
    find_asked(one.otherwise, ambiguous, found);
    find_asked(one.last, ambiguous, found);
  }
}

}  // namespace

bool refuses_callers(std::string_view name) {
  constexpr auto kWords = std::to_array<std::string_view>({"deny", "denied", "denies", "reject", "rejected", "rejects", "refuse", "refused",
                                                           "forbidden", "unauthorized", "unauthorised", "revoked", "banned", "untrusted",
                                                           "disallow", "disallowed", "blocked", "unauthenticated"});
  return has_one_of(name, kWords);
}

bool admits_callers(std::string_view name) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"allow", "allowed", "permit", "permitted", "authorized", "authorised", "authenticated", "granted",
                                       "grant", "accept", "accepted", "admitted", "trusted"});
  return !refuses_callers(name) && has_one_of(name, kWords);
}

bool says_no(std::string_view name) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"deny",        "denied",       "denies",   "deniable",        "reject",  "rejected",  "rejects", "refuse", "refused",
       "forbidden",   "unauthorized", "fail",     "failed",          "failure", "fails",     "err",     "error",  "invalid",
       "block",       "blocked",      "revoked",  "banned",          "expired", "untrusted", "unknown", "bad",    "disallow",
       "disallowed",  "unauthorised", "refusal",  "eperm",           "eacces",  "drop",      "perm",    "not",    "blacklisted",
       "blocklisted", "insufficient", "mismatch", "unauthenticated", "no",      "false"});
  return has_one_of(name, kWords);
}

bool says_yes(std::string_view name) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"allow",   "allowed", "permit", "permitted", "authorized", "authorised", "authenticated", "trusted",
       "valid",   "granted", "grant",  "accept",    "accepted",   "admitted",   "known",         "ok",
       "success", "pass",    "passed", "authentic", "verified",   "yes",        "true",          "validated"});
  return !says_no(name) && has_one_of(name, kWords);
}

bool is_permission(std::string_view name) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"allowed", "permitted", "authorized", "authorised", "authenticated", "trusted", "valid", "granted",
                                       "accepted", "admitted", "known", "verified", "authentic", "registered", "member", "permission"});
  return has_one_of(name, kWords);
}

bool decides_on_callers(std::string_view name) { return is_permission(name) || is_decider(name); }

void settle_answers(Statement& function, const CHead& head) {
  for (const std::string& pointer : head.pointers) {
    const bool decides = is_permission(pointer) || pointer == "decision" || pointer == "verdict";
    if (decides && is_given(function.body, pointer)) function.given_by = pointer;
  }
  const auto is_of = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return (" " + head.type + " ").find(" " + std::string(word) + " ") != std::string::npos;
    });
  };
  const bool is_pointer = head.type.ends_with('*');
  const bool is_truth = is_of({"bool", "_Bool", "gboolean", "BOOL", "boolean", "krb5_boolean", "Boolean", "Bool"});
  const bool is_number = is_of({"int", "long", "unsigned", "short", "char", "ssize_t", "size_t", "int32_t", "uint32_t", "u_int",
                                "krb5_error_code", "apr_status_t", "OSStatus", "DWORD", "errno_t", "int8_t", "uint8_t"});
  if (is_of({"void"}) && !is_pointer) {
    function.answers = Answers::nothing;
  } else if (is_pointer || (!is_truth && !is_number)) {
    function.answers = is_pointer || head.type.find("::") != std::string::npos || head.type.find('<') != std::string::npos
                           ? Answers::as_written
                           : Answers::ambiguous;
  } else if (is_permission(function.word) || (decides_on_callers(function.word) && (is_truth || is_question(function.word)))) {
    function.answers = says_no(function.word) ? Answers::true_denies : Answers::true_allows;
  } else if (is_truth && says_no(function.word)) {
    function.answers = Answers::true_denies;
  } else {
    function.answers = Answers::ambiguous;
    if (!is_decider(function.word)) return;
    Returns returns;
    gather(function.body, returns, result_of(function.body));
    const bool has_negative = !returns.numbers.empty() && *returns.numbers.begin() < 0;
    if (returns.has_truth || (has_negative && returns.numbers.contains(1))) {
      function.answers = Answers::true_allows;
    } else if (has_negative && returns.numbers.contains(0)) {
      function.answers = Answers::zero_allows;
    }
  }
}

void settle_by_callers(std::vector<Statement>& file) {
  std::map<std::string, Statement*> ambiguous;
  for (Statement& one : file) {
    if (one.kind == StatementKind::function && one.answers == Answers::ambiguous && is_decider(one.word)) ambiguous.emplace(one.word, &one);
  }
  std::map<std::string, std::vector<Asked>> found;
  for (const Statement& one : file) find_asked(one.body, ambiguous, found);
  for (const auto& [name, all] : found) {
    bool zero = false, truth = false;
    for (const Asked& asked : all) {
      const std::optional<bool> no = refuses(asked.branch->body);
      if (!no) continue;
      // "if (f(x) != 0) deny" and "if (f(x) < 0) deny": 0 is a yes. "if (!f(x)) deny": 0 is a no.
      const bool zero_is_yes = asked.for_error ? *no : asked.for_zero != *no;
      (zero_is_yes ? zero : truth) = true;
    }
    if (zero != truth) ambiguous.at(name)->answers = zero ? Answers::zero_allows : Answers::true_allows;
  }
}

}  // namespace mainstay::script
