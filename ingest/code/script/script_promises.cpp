// Calls that may part ways: of the file's functions, of functions that are
// handed over, of promises.
#include <algorithm>
#include <array>
#include <utility>

#include "ingest/code/script/script_run.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

constexpr int kDeepestCalls = 4;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool contains(const Expression& one, const Expression* searched) {
  bool found = false;
  each_expression(
      one, [&](const Expression& part) { found = found || &part == searched; }, Into::own_parts);
  return found;
}

/// The receiver of a call of a member; null for others.
const Expression* receiver(const Expression& call) {
  const Expression& callee = call.parts.front();
  return callee.kind == Kind::attribute ? &callee.parts.front() : nullptr;
}

}  // namespace

Value Run::function_value(const Expression& one, const Way& way) const {
  if (one.kind == Kind::function) return {.seen = Seen::function, .place = way.frame, .parameters = &one.names, .body = &one.body};
  const Callable* known = one.kind == Kind::name || one.kind == Kind::attribute ? functions_.find(last_word(one)) : nullptr;
  if (known == nullptr) return {};
  return {
      .seen = Seen::function, .place = known->is_nested ? way.frame : Frame::kNone, .parameters = known->parameters, .body = known->body};
}

Ways Run::function(const Callable& function) {
  Way way;
  for (const std::string& parameter : *function.parameters) {
    Value& value = way.frames[0].values[parameter];
    if (is_one_of(parameter, {"callback", "cb", "done"})) value.seen = Seen::calls_back;
    if (is_one_of(parameter, {"next", "_next", "chain", "filterChain"})) value.seen = Seen::passes_on;
  }
  const bool has_cells = functions_.dialect().has_cells;
  if (has_cells) {
    for (const std::string& parameter : *function.parameters)
      way.frames[0].values[parameter] = {.seen = Seen::place, .text = parameter + "[]"};
  }
  Ways ways = block(*function.body, only(std::move(way)));
  if (has_cells) c_decide(function, ways);
  return ways;
}

/// The ways behind the calls in an expression, the inner ones first; those that
/// raise among them.
Ways Run::calls(const Expression& expression, Way way) {
  std::vector<const Expression*> found;
  each_expression(
      expression,
      [&](const Expression& one) {
        if (one.kind == Kind::call) found.push_back(&one);
      },
      Into::own_parts);
  Ways ways = only(std::move(way));
  for (auto call = found.rbegin(); call != found.rend(); ++call) {
    Ways after;
    for (Way& each : ways) {
      const bool is_rejected = each.flow == Flow::raised && each.raised_at != nullptr && receiver(**call) != nullptr &&
                               contains(*receiver(**call), each.raised_at);
      if ((each.flow != Flow::next && !is_rejected) || depth_ >= kDeepestCalls) {
        append(after, only(std::move(each)));
        continue;
      }
      std::optional<Ways> more = parted(**call, each);
      append(after, more ? *std::move(more) : only(std::move(each)));
    }
    ways = std::move(after);
  }
  return ways;
}

/// What a function gives back, in `result`; its values are gone again.
Ways Run::invoked(const Value& function, const std::vector<Value>& arguments, Way way) {
  if (function.body == nullptr || depth_ >= kDeepestCalls) return only(std::move(way));
  const std::size_t caller = way.frame;
  const std::size_t frames = way.frames.size();
  Frame inside{.values = {}, .around = function.place < frames ? function.place : Frame::kNone};
  for (std::size_t at = 0; at < function.parameters->size(); ++at)
    inside.values[(*function.parameters)[at]] = at < arguments.size() ? arguments[at] : Value{};
  way.frames.push_back(std::move(inside));
  way.frame = frames;
  way.result = {};
  ++depth_;
  Ways inner = block(*function.body, only(std::move(way)));
  --depth_;
  const bool has_cells = functions_.dialect().has_cells;
  for (Way& one : inner) {
    if (has_cells) {
      if (one.result.seen == Seen::place && one.result.place >= frames) one.result = load(one.result, one);
      one.after.clear();
      for (const std::string& parameter : *function.parameters) one.after.push_back(one.frames[frames].values[parameter]);
    }
    one.frames.resize(frames);
    one.frame = caller;
    if (one.flow == Flow::raised) continue;
    if (one.flow != Flow::returned) one.result = {.seen = Seen::no};
    one.flow = Flow::next;
  }
  return inner;
}

/// A call of what settles a promise or a handler.
bool Run::settled(const Expression& call, const Value& what, Way& way) {
  std::vector<Value> arguments;
  for (std::size_t at = 1; at < call.parts.size(); ++at) arguments.push_back(value(call.parts[at], way));
  if (way.flow == Flow::raised) return true;
  const Value none{.seen = Seen::no};
  const Value first = arguments.empty() ? none : arguments[0];
  std::optional<Given>& given = way.given[what.place < way.given.size() ? what.place : 0];
  Given now{.value = first, .raises = what.seen == Seen::refuses};
  if (what.seen == Seen::passes_on) {
    // A request that is let through is let through, whatever was answered
    // before.
    if (first.seen == Seen::failure || first.seen == Seen::constant) {
      now.raises = true;
    } else {
      given = Given{.value = {.seen = Seen::allow}, .raises = false};
      return true;
    }
  }
  if (what.seen == Seen::calls_back) {
    const bool is_error = first.seen != Seen::no && !(arguments.size() == 1 && first.seen == Seen::yes);
    now.raises = is_error;
    if (!is_error && arguments.size() > 1) now.value = arguments[1];
  }
  if (now.raises && now.value.seen != Seen::failure) now.value = {.seen = Seen::failure, .text = "error"};
  if (!given) given = std::move(now);
  return true;
}

/// new Promise((resolve, reject) => ...)
Ways Run::made_promise(const Expression& call, Way way) {
  const std::size_t place = way.given.size();
  const Value function = function_value(call.parts[1], way);
  way.given.emplace_back();
  Ways ways = invoked(function, {{.seen = Seen::gives, .place = place}, {.seen = Seen::refuses, .place = place}}, std::move(way));
  for (Way& one : ways) {
    const std::optional<Given> given = one.given.size() > place ? one.given[place] : std::nullopt;
    one.given.resize(place);
    if (one.flow == Flow::raised) {
      one.raised_at = &call;
    } else if (given && given->raises) {
      one.flow = Flow::raised;
      one.result = given->value;
      one.raised_at = &call;
    } else {
      one.calls[&call] = given ? given->value : Value{};
    }
  }
  return ways;
}

/// .then(f, g), .catch(g), .finally(f)
std::optional<Ways> Run::with_promise(const Expression& call, const Value& subject, Way& way) {
  const std::string word = last_word(call.parts.front());
  const bool is_then = word == "then";
  if (!is_then && word != "catch" && word != "finally") return std::nullopt;
  const bool is_raised = way.flow == Flow::raised;
  const std::size_t at = is_then && is_raised ? 2 : 1;
  Value function;
  Value argument = is_raised ? way.result : subject;
  way.flow = Flow::next;
  if (at < call.parts.size()) function = value(call.parts[at], way);
  const bool is_taken = word == "finally" || (is_raised ? function.seen != Seen::unknown : is_then);
  if (!is_taken || function.seen == Seen::unknown) {
    if (is_raised) {
      way.flow = Flow::raised;
      way.raised_at = &call;
    } else {
      const bool is_answer = subject.seen == Seen::answer || subject.seen == Seen::derived;
      way.calls[&call] = is_then ? Value{.seen = is_answer ? Seen::derived : Seen::unknown} : subject;
    }
    return only(std::move(way));
  }
  if (function.seen != Seen::function) {
    const Value what = function;
    if (what.seen == Seen::gives || what.seen == Seen::refuses || what.seen == Seen::calls_back) {
      std::optional<Given>& given = way.given[what.place < way.given.size() ? what.place : 0];
      if (!given) given = Given{.value = argument, .raises = what.seen == Seen::refuses};
    }
    way.calls[&call] = {.seen = Seen::no};
    return only(std::move(way));
  }
  std::vector<Value> arguments;
  if (word != "finally") arguments.push_back(argument);
  Ways ways = invoked(function, arguments, std::move(way));
  for (Way& one : ways) {
    if (one.flow == Flow::raised) {
      one.raised_at = &call;
    } else if (word == "finally" && is_raised) {
      one.flow = Flow::raised;
      one.result = argument;
      one.raised_at = &call;
    } else {
      one.calls[&call] = word == "finally" ? argument : one.result;
    }
  }
  return ways;
}

/// A lookup that hands its outcome to a function: lookup(name, (error, records)
/// => ...).
std::optional<Ways> Run::with_lookup(const Expression& call, Way& way) {
  if (&call != &lookup_ || call.parts.size() < 2) return std::nullopt;
  const Value function = value(call.parts.back(), way);
  if (function.seen != Seen::function && function.seen != Seen::calls_back) return std::nullopt;
  const Value error = fails() ? failure() : Value{.seen = Seen::no};
  const Value records = error.seen == Seen::no ? answer() : Value{.seen = Seen::no};
  if (function.seen == Seen::calls_back) {
    if (!way.given[0]) way.given[0] = Given{.value = error.seen == Seen::no ? records : error, .raises = error.seen != Seen::no};
    return only(std::move(way));
  }
  Ways ways = invoked(function, {error, records}, std::move(way));
  for (Way& one : ways) {
    if (one.flow == Flow::raised) one.raised_at = nullptr;  // nobody around the call can catch it
    one.calls[&call] = {};
  }
  return ways;
}

/// records.some(f) and its kin: one round, because what holds for one record
/// holds for all of them here.
std::optional<Ways> Run::with_records(const Expression& call, const Value& subject, const Value& function, Way& way) {
  const std::string word = last_word(call.parts.front());
  const bool asks = is_one_of(word, {"some", "any", "Any", "anyMatch", "every", "All", "all", "allMatch", "noneMatch", "ContainsFunc",
                                     "Exists", "any_of", "all_of", "none_of"});
  const bool chooses =
      is_one_of(word, {"find", "filter", "Where", "Find", "FirstOrDefault", "First", "Single", "SingleOrDefault", "FindAll"});
  const bool changes = is_one_of(word, {"map", "flatMap", "Select", "SelectMany", "reduce", "mapToObj"});
  const bool visits = is_one_of(word, {"forEach", "ForEach", "forEachRemaining", "ifPresent"});
  if (!asks && !chooses && !changes && !visits) return std::nullopt;
  if (subject.seen == Seen::no) {
    const bool holds_for_none = is_one_of(word, {"every", "All", "all", "allMatch", "noneMatch", "all_of", "none_of"});
    way.calls[&call] = {.seen = asks && holds_for_none ? Seen::yes : Seen::no};
    return only(std::move(way));
  }
  if (subject.seen != Seen::answer) return std::nullopt;
  Value record = subject;
  record.level = std::max(subject.level - 1, 0);
  const std::size_t frames = way.frames.size();
  Ways ways = invoked(function, word == "reduce" ? std::vector<Value>{record, record} : std::vector<Value>{record}, std::move(way));
  for (Way& one : ways) {
    one.frames.resize(std::min(frames, one.frames.size()));
    if (one.flow == Flow::raised) {
      one.raised_at = &call;
      continue;
    }
    Value got = one.result;
    const std::optional<bool> holds = truth(got);
    if (visits) got = {.seen = Seen::no};
    if (chooses)
      got = !holds                                                             ? Value{.seen = Seen::derived}
            : !*holds                                                          ? Value{.seen = Seen::no}
            : word == "find" || word.starts_with("F") || word.starts_with("S") ? record
                                                                               : subject;
    if ((word == "noneMatch" || word == "none_of") && holds) got = {.seen = *holds ? Seen::no : Seen::yes};
    if (changes && got.seen == Seen::answer) got.level = word == "flatMap" || word == "SelectMany" ? std::max(got.level, 1) : got.level + 1;
    if (word == "reduce" && got.seen == Seen::answer) got.level = 0;
    one.calls[&call] = got;
  }
  return ways;
}

/// A function that is handed to a call which is not known, and that rests on
/// the lookup: it is taken as run.
std::optional<Ways> Run::handed(const Expression& call, Way& way) {
  for (std::size_t at = 1; at < call.parts.size(); ++at) {
    const Expression& part = call.parts[at];
    if (part.kind != Kind::function || !functions_.rests_on_lookup(part)) continue;
    std::vector<Value> arguments(part.names.size());
    for (std::size_t name = 0; name < part.names.size(); ++name) {
      if (is_one_of(part.names[name], {"callback", "cb", "done"})) arguments[name].seen = Seen::calls_back;
      if (is_one_of(part.names[name], {"next"})) arguments[name].seen = Seen::passes_on;
    }
    const Value function = function_value(part, way);
    Ways ways = invoked(function, arguments, std::move(way));
    for (Way& one : ways) {
      if (one.flow == Flow::raised) one.raised_at = &call;
      one.calls[&call] = one.result;
      one.handed = one.result;
    }
    return ways;
  }
  return std::nullopt;
}

/// The ways of one call; nothing for one that has a value without parting any.
std::optional<Ways> Run::parted(const Expression& call, Way& way) {
  const Expression& callee = call.parts.front();
  const std::string word = last_word(callee);
  if (functions_.dialect().has_cells) {
    if (std::optional<Ways> ways = c_handed(call, way)) return ways;
  }
  if (std::optional<Ways> ways = with_lookup(call, way)) return ways;
  if (word == "Promise" && call.parts.size() == 2 && function_value(call.parts[1], way).seen == Seen::function)
    return made_promise(call, std::move(way));
  const bool is_member = callee.kind == Kind::attribute;
  if (is_member && is_one_of(word, {"then", "catch", "finally"})) {
    const Value subject = way.flow == Flow::raised ? Value{} : value(callee.parts.front(), way);
    return with_promise(call, subject, way);
  }
  if (way.flow == Flow::raised) return only(std::move(way));
  if (&call == &lookup_) return std::nullopt;
  Value function;
  if (callee.kind == Kind::function) function = function_value(callee, way);
  if (callee.kind == Kind::name) {
    if (const Value* local = find(callee.word, way)) function = *local;
  }
  if (function.seen == Seen::gives || function.seen == Seen::refuses || function.seen == Seen::calls_back ||
      function.seen == Seen::passes_on) {
    settled(call, function, way);
    way.calls[&call] = {.seen = Seen::no};
    return only(std::move(way));
  }
  if (is_member && call.parts.size() > 1) {
    const Value handed_over = value(call.parts.back(), way);
    if (handed_over.seen == Seen::function) {
      const bool is_given = word == "ContainsFunc" || word.ends_with("_of");
      const Value subject = value(is_given ? call.parts[1] : callee.parts.front(), way);
      if (way.flow == Flow::raised) return only(std::move(way));
      if (std::optional<Ways> ways = with_records(call, subject, handed_over, way)) return ways;
    }
  }
  std::vector<Value> arguments;
  bool is_about_it = functions_.looking(call) != nullptr;
  if (function.seen != Seen::function) function = function_value(callee, way);
  if (function.seen == Seen::function) {
    for (std::size_t at = 1; at < call.parts.size(); ++at) {
      arguments.push_back(value(call.parts[at], way));
      const Value& part = arguments.back();
      is_about_it = is_about_it ||
                    (part.seen == Seen::place ? load(part, way).seen != Seen::unknown
                                              : part.seen != Seen::unknown && part.seen != Seen::constant && part.seen != Seen::setting);
    }
    if (way.flow == Flow::raised) return only(std::move(way));
    if (is_about_it || callee.kind == Kind::function || (callee.kind == Kind::name && find(callee.word, way) != nullptr)) {
      Ways ways = invoked(function, arguments, std::move(way));
      for (Way& one : ways) {
        if (one.flow == Flow::raised) one.raised_at = &call;
        one.calls[&call] = one.result;
        // A reference of C++ that was given another value.
        for (std::size_t at = 0; at < std::min(one.after.size(), arguments.size()); ++at) {
          const Value& before = arguments[at];
          const bool is_other = one.after[at].seen != before.seen || one.after[at].text != before.text;
          const bool is_own = one.after[at].seen == Seen::place && one.after[at].place >= one.frames.size();
          if (before.seen != Seen::place && is_other && !is_own && call.parts[at + 1].kind == Kind::name)
            bind(call.parts[at + 1], one.after[at], one);
        }
      }
      return ways;
    }
  }
  return handed(call, way);
}

}  // namespace mainstay::script
