#include "ingest/code/script/txt_lookup.h"

#include <algorithm>
#include <set>

#include "graph/values/ascii.h"
#include "ingest/code/script/c_words.h"
#include "ingest/code/script/script_run.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

/// How a way ends, for whoever called the outermost function.
enum class Verdict : std::uint8_t { allows, denies, raises, nothing, unknown };

Verdict verdict_of(const Value& value) {
  if (value.seen == Seen::unknown && !value.items.empty()) return verdict_of(value.items.front());
  switch (value.seen) {
    case Seen::allow:
    case Seen::yes: return Verdict::allows;
    case Seen::deny:
    case Seen::no: return Verdict::denies;
    case Seen::constant: {
      const std::string lower = ascii_lower(value.text);
      if (lower == "allow" || lower == "ok" || lower == "allowed") return Verdict::allows;
      return lower == "deny" || lower == "denied" || lower.empty() ? Verdict::denies : Verdict::unknown;
    }
    default: break;
  }
  return Verdict::unknown;
}

/// What a function gives back that says by an error, or by nothing in its
/// place, how it went.
Verdict verdict_with_error(const Value& value) {
  const Value& error = value.items.empty() ? value : value.items.back();
  if (error.seen == Seen::failure) return Verdict::denies;
  if (error.seen != Seen::no) return value.items.empty() ? Verdict::unknown : verdict_of(value.items.front());
  if (value.items.size() < 2) return Verdict::allows;
  return verdict_of(value.items.front());
}

/// The lookup's end leaves the function as an error.
bool lets_out(const Way& way) {
  if (way.flow == Flow::raised) return way.result.is_end;
  return way.given[0] && way.given[0]->raises && way.given[0]->value.is_end;
}

Verdict verdict_of(const Way& way, const Callable* function) {
  if (way.flow == Flow::raised) return Verdict::raises;
  if (way.given[0]) return way.given[0]->raises ? Verdict::raises : verdict_of(way.given[0]->value);
  if (way.flow != Flow::returned && way.handed)
    return way.handed->items.empty() ? verdict_of(*way.handed) : verdict_with_error(*way.handed);
  if (way.flow != Flow::returned) return Verdict::nothing;
  return function != nullptr && function->gives_error ? verdict_with_error(way.result) : verdict_of(way.result);
}

/// The ways of every end, judged together: where a function says no by raising,
/// coming to its end says yes.
class Judge {
 public:
  explicit Judge(const Callable* judged) : function(judged) {}

  const Callable* function;  // null for the file itself
  std::array<Ways, kLookupEnds> ways;
  bool exhausted = false;
  bool needs_difference = false;  // what gives the same however the lookup ends does not decide by it: C, where a number may say anything

  void judge(TxtLookup& lookup) const {
    const bool guards = says_no_by_raising();
    for (std::size_t end = 0; end < kLookupEnds; ++end) {
      Consequence& one = lookup.ends[end];
      one.unknown = exhausted || ways[end].empty();
      if (exhausted) continue;
      for (const Way& way : ways[end]) {
        Verdict verdict = verdict_of(way, function);
        if (verdict == Verdict::nothing) verdict = guards ? Verdict::allows : Verdict::denies;
        if (way.marks.guessed || verdict == Verdict::unknown) {
          one.unknown = true;
        } else if (verdict == Verdict::allows) {
          one.allows = true;
        } else if (verdict == Verdict::raises) {
          (lets_out(way) ? one.raises : one.denies) = true;
        } else {
          one.denies = true;
        }
      }
    }
    lookup.check = check(lookup);
    const bool is_list_of_others = !lookup.ends.front().allows && !lookup.ends.front().unknown;  // the ones that are kept out
    if (needs_difference && (is_list_of_others || all_the_same(lookup))) {
      for (Consequence& one : lookup.ends) one = {.unknown = true};
      lookup.check = TxtCheck::unknown;
      return;
    }
    for (const Way& way : ways[static_cast<std::size_t>(LookupEnd::expected)]) {
      lookup.first_string = lookup.first_string || way.marks.first_string;
      lookup.first_record = lookup.first_record || way.marks.first_record;
    }
    const auto is_policy = [](const Way& way) {
      const Value& result = way.given[0] ? way.given[0]->value : way.result;
      const Value& first = result.items.empty() ? result : result.items.front();
      return (way.flow == Flow::returned || way.given[0]) && (first.seen == Seen::allow || first.seen == Seen::deny);
    };
    for (const Ways& one : ways) lookup.answers_authoriser = lookup.answers_authoriser || std::any_of(one.begin(), one.end(), is_policy);
  }

 private:
  static bool all_the_same(const TxtLookup& lookup) {
    const Consequence& first = lookup.ends.front();
    return std::all_of(lookup.ends.begin(), lookup.ends.end(), [&](const Consequence& one) {
      return one.allows == first.allows && one.denies == first.denies && one.raises == first.raises && one.unknown == first.unknown;
    });
  }

  bool says_no_by_raising() const {
    const auto raises = [this](const Way& way) { return verdict_of(way, function) == Verdict::raises && !lets_out(way); };
    const auto says_yes = [this](const Way& way) { return verdict_of(way, function) == Verdict::allows; };
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
      const Verdict verdict = verdict_of(way, function);
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

/// The name that a lookup asks for.
Text name_of(const Expression& lookup, const Functions& functions, Texts& texts) {
  const LookupCall* row = functions.lookup(lookup);
  const Expression* call = row->name == LookupCall::kNone ? functions.asked() : &lookup;
  const Expression* name = row->name == LookupCall::kLast
                               ? &call->parts.back()
                               : argument(*call, row->name == LookupCall::kNone ? 0 : static_cast<std::size_t>(row->name), "qname");
  if (name == nullptr) return Text(Hole{"name", {}});
  // "name." and Fqdn(name): the root's dot is no part of what is compared.
  if (name->kind == Kind::call && last_word(name->parts.front()) == "Fqdn" && name->parts.size() == 2) name = &name->parts[1];
  return texts.value(*name, texts.scope_of(*call)).text;
}

bool sets_limit(const std::vector<Statement>& file, const Dialect& dialect) {
  const auto is_limit = [&](std::string_view word) {
    return std::find(dialect.limits.begin(), dialect.limits.end(), word) != dialect.limits.end();
  };
  bool found = false;
  each_of_file(file, [&](const Expression& one) {
    if (one.kind == Kind::attribute || one.kind == Kind::name) found = found || is_limit(one.word);
    if (one.kind == Kind::text) found = found || is_limit(one.text.known().value_or(""));
    if (one.kind == Kind::call) found = found || std::any_of(one.names.begin(), one.names.end(), is_limit);
  });
  return found;
}

/// A function that says from its first statement on that it is not known.
bool is_not_known(const std::vector<Statement>& body) {
  return !body.empty() && body.front().kind == StatementKind::expression && body.front().value.kind == Kind::call &&
         last_word(body.front().value.parts.front()) == kUnknownCall;
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

std::string_view word(TxtCheck check) {
  constexpr std::array<std::string_view, 5> kWords = {"unknown", "existence", "constant", "unproved", "proved"};
  return kWords[static_cast<std::size_t>(check)];
}

std::vector<TxtLookup> txt_lookups(const std::vector<Statement>& file, const Dialect& dialect) {
  const Functions functions(file, dialect);
  Texts texts(file);
  const bool has_limit = sets_limit(file, dialect);
  std::vector<TxtLookup> found;
  const auto look = [&](const Callable* function, const std::vector<Statement>& within, Into into) {
    each_expression(
        within,
        [&](const Expression& lookup) {
          if (functions.lookup(lookup) == nullptr) return;
          TxtLookup one{
              .name = name_of(lookup, functions, texts), .function = function == nullptr ? "" : function->name, .where = lookup.where};
          Judge judge(function);
          judge.needs_difference = dialect.has_cells;
          judge.exhausted = function != nullptr && is_not_known(*function->body);
          for (std::size_t end = 0; end < kLookupEnds && !judge.exhausted; ++end) {
            Run run(functions, texts, lookup, LookupEnd(end));
            judge.ways[end] = function == nullptr ? run.file(file) : run.function(*function);
            judge.exhausted = judge.exhausted || run.is_exhausted();
          }
          judge.judge(one);
          one.has_limit = has_limit;
          one.first_string = one.first_string || (dialect.strings == 0 && takes_first(within, true));
          one.first_record = one.first_record || (dialect.strings == 0 && takes_first(within, false));
          found.push_back(std::move(one));
        },
        into);
  };
  for (const Callable* outer : functions.outermost()) {
    std::set<const Callable*> within{outer};
    for (bool grew = true; grew;) {
      grew = false;
      for (const Callable* each : std::set<const Callable*>(within)) {
        each_expression(*each->body, [&](const Expression& one) {
          if (const Callable* inner = functions.looking(one)) grew = within.insert(inner).second || grew;
        });
      }
    }
    for (const Callable* each : within) look(outer, *each->body, Into::functions);
  }
  look(nullptr, file, Into::own_parts);
  std::stable_sort(found.begin(), found.end(), [](const TxtLookup& a, const TxtLookup& b) { return a.where.begin < b.where.begin; });
  return found;
}

}  // namespace mainstay::script
