#include "ingest/code/script/txt_lookup.h"

#include <algorithm>
#include <set>

#include "graph/values/ascii.h"
#include "ingest/code/script/script_run.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

/// How a way ends, for whoever called the outermost function.
enum class Verdict : std::uint8_t { allows, denies, raises, nothing, unknown };

Verdict verdict_of(const Way& way) {
  if (way.flow == Flow::raised) return Verdict::raises;
  if (way.flow != Flow::returned) return Verdict::nothing;
  switch (way.result.seen) {
    case Seen::allow:
    case Seen::yes: return Verdict::allows;
    case Seen::deny:
    case Seen::no: return Verdict::denies;
    case Seen::constant: {
      const std::string lower = ascii_lower(way.result.text);
      if (lower == "allow" || lower == "ok" || lower == "allowed") return Verdict::allows;
      return lower == "deny" || lower == "denied" || lower.empty() ? Verdict::denies : Verdict::unknown;
    }
    case Seen::answer:
    case Seen::derived:
    case Seen::unknown: break;
  }
  return Verdict::unknown;
}

/// The ways of every end, judged together: where a function says no by raising, coming to its end says yes.
class Judge {
 public:
  std::array<Ways, kLookupEnds> ways;
  bool exhausted = false;

  void judge(TxtLookup& lookup) const {
    const bool guards = says_no_by_raising();
    for (std::size_t end = 0; end < kLookupEnds; ++end) {
      Consequence& one = lookup.ends[end];
      one.unknown = exhausted || ways[end].empty();
      for (const Way& way : ways[end]) {
        Verdict verdict = verdict_of(way);
        if (verdict == Verdict::nothing) verdict = guards ? Verdict::allows : Verdict::denies;
        if (way.marks.guessed || verdict == Verdict::unknown) {
          one.unknown = true;
        } else if (verdict == Verdict::allows) {
          one.allows = true;
        } else if (verdict == Verdict::raises) {
          (way.is_end ? one.raises : one.denies) = true;
        } else {
          one.denies = true;
        }
      }
    }
    lookup.check = check(lookup);
    const auto is_policy = [](const Way& way) {
      return way.flow == Flow::returned && (way.result.seen == Seen::allow || way.result.seen == Seen::deny);
    };
    for (const Ways& one : ways) lookup.answers_authoriser = lookup.answers_authoriser || std::any_of(one.begin(), one.end(), is_policy);
  }

 private:
  bool says_no_by_raising() const {
    const auto raises = [](const Way& way) { return verdict_of(way) == Verdict::raises && !way.is_end; };
    const auto says_yes = [](const Way& way) { return verdict_of(way) == Verdict::allows; };
    const Ways& other = ways[static_cast<std::size_t>(LookupEnd::other)];
    const Ways& expected = ways[static_cast<std::size_t>(LookupEnd::expected)];
    return std::any_of(other.begin(), other.end(), raises) && std::none_of(expected.begin(), expected.end(), says_yes);
  }

  TxtCheck check(const TxtLookup& lookup) const {
    const Consequence& expected = lookup.ends[static_cast<std::size_t>(LookupEnd::expected)];
    const Consequence& other = lookup.ends[static_cast<std::size_t>(LookupEnd::other)];
    if (!expected.allows || exhausted) return TxtCheck::unknown;
    const bool guards = says_no_by_raising();
    bool constant = false;
    bool unproved = false;
    for (const Way& way : ways[static_cast<std::size_t>(LookupEnd::expected)]) {
      const Verdict verdict = verdict_of(way);
      if (verdict != Verdict::allows && !(guards && verdict == Verdict::nothing)) continue;
      if (way.marks.guessed) return TxtCheck::unknown;
      if (way.marks.proved) return TxtCheck::proved;
      constant = constant || way.marks.constant;
      unproved = unproved || way.marks.unproved;
    }
    if (other.allows) return TxtCheck::existence;
    return constant ? TxtCheck::constant : unproved ? TxtCheck::unproved : TxtCheck::unknown;
  }
};

/// The name that a lookup asks for, with what is assigned once in the function.
Text name_of(const Expression& lookup, const std::vector<Statement>& body) {
  const Expression* name = argument(lookup, 0, "qname");
  if (name == nullptr) return Text(Hole{"name", {}});
  if (name->kind == Kind::text) return name->text;
  if (name->kind != Kind::name) return Text(Hole{"name", {}});
  const Expression* assigned = nullptr;
  std::size_t times = 0;
  const auto look = [&](const auto& self, const std::vector<Statement>& all) -> void {
    for (const Statement& one : all) {
      for (const Expression& target : one.targets) {
        if (target.kind != Kind::name || target.word != name->word) continue;
        ++times;
        assigned = &one.value;
      }
      self(self, one.body);
      self(self, one.otherwise);
      self(self, one.last);
      for (const Handler& handler : one.handlers) self(self, handler.body);
    }
  };
  look(look, body);
  return times == 1 && assigned->kind == Kind::text ? assigned->text : Text(Hole{name->word, {}});
}

bool sets_limit(const Expression& lookup, const std::vector<Statement>& file) {
  if (argument(lookup, 99, "lifetime") != nullptr || argument(lookup, 99, "timeout") != nullptr) return true;
  bool found = false;
  each_expression(file, [&](const Expression& one) { found = found || (one.kind == Kind::attribute && one.word == "lifetime"); });
  return found;
}

bool takes_first(const std::vector<Statement>& body, bool of_strings) {
  bool found = false;
  each_expression(body, [&](const Expression& one) {
    if (one.kind != Kind::element || one.parts.size() != 2 || one.parts[1].kind != Kind::number || one.parts[1].number != 0) return;
    const Expression& of = one.parts.front();
    const bool strings = of.kind == Kind::attribute && of.word == "strings";
    found =
        found || (of_strings ? strings : of.kind == Kind::name && (of.word == "answers" || of.word == "answer" || of.word == "records"));
  });
  return found;
}

}  // namespace

std::string_view word(LookupEnd end) {
  constexpr std::array<std::string_view, kLookupEnds> kWords = {"expected", "other", "nxdomain", "nodata", "servfail", "timeout"};
  return kWords[static_cast<std::size_t>(end)];
}

std::string_view word(TxtCheck check) {
  constexpr std::array<std::string_view, 5> kWords = {"unknown", "existence", "constant", "unproved", "proved"};
  return kWords[static_cast<std::size_t>(check)];
}

std::vector<TxtLookup> txt_lookups(const std::vector<Statement>& file) {
  const Functions functions(file);
  std::vector<TxtLookup> found;
  const auto look = [&](const std::string& name, const std::vector<Statement>& body, const std::vector<Statement>& within) {
    each_expression(within, [&](const Expression& lookup) {
      if (!is_lookup(lookup)) return;
      TxtLookup one{.name = name_of(lookup, within), .function = name, .where = lookup.where};
      Judge judge;
      for (std::size_t end = 0; end < kLookupEnds; ++end) {
        Run run(functions, lookup, LookupEnd(end));
        judge.ways[end] = run.function(body, {});
        judge.exhausted = judge.exhausted || run.is_exhausted();
      }
      judge.judge(one);
      one.has_limit = sets_limit(lookup, file);
      one.first_string = takes_first(within, true);
      one.first_record = takes_first(within, false);
      found.push_back(std::move(one));
    });
  };
  for (const Statement* outer : functions.outermost()) {
    std::set<const Statement*> within{outer};
    for (bool grew = true; grew;) {
      grew = false;
      for (const Statement* each : std::set<const Statement*>(within)) {
        each_expression(each->body, [&](const Expression& one) {
          if (const Statement* inner = functions.looking(one)) grew = within.insert(inner).second || grew;
        });
      }
    }
    for (const Statement* each : within) look(outer->word, outer->body, each->body);
  }
  look("", file, file);
  std::stable_sort(found.begin(), found.end(), [](const TxtLookup& a, const TxtLookup& b) { return a.where.begin < b.where.begin; });
  return found;
}

}  // namespace mainstay::script
