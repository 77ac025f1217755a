// Statements: ways part and come to their ends.
#include "ingest/code/script/script_run.h"
#include "ingest/code/script/c_words.h"

#include <algorithm>
#include <span>
#include <utility>

namespace mainstay::script {
namespace {

constexpr std::size_t kMostWays = 256;
constexpr std::size_t kMostSteps = 50'000;

}  // namespace

void Run::append(Ways& into, Ways more) {
  for (Way& way : more) into.push_back(std::move(way));
  if (into.size() <= kMostWays) return;
  exhausted_ = true;
  into.resize(kMostWays);
}

Ways Run::block(const std::vector<Statement>& body, Ways ways) {
  for (const Statement& one : body) {
    Ways after;
    for (Way& way : ways) {
      if (way.flow != Flow::next) {
        append(after, only(std::move(way)));
      } else {
        append(after, statement(one, std::move(way)));
      }
    }
    ways = std::move(after);
  }
  return ways;
}

Ways Run::statement(const Statement& one, Way way) {
  if (exhausted_ || ++steps_ > kMostSteps) {  // then nothing is known, and the rest of the work is spared
    exhausted_ = true;
    return only(std::move(way));
  }
  switch (one.kind) {
    case StatementKind::function:
    case StatementKind::type: return only(std::move(way));
    case StatementKind::stop_loop: way.flow = Flow::stopped; return only(std::move(way));
    case StatementKind::next_round: way.flow = Flow::again; return only(std::move(way));
    case StatementKind::attempt: return attempt(one, std::move(way));
    default: break;
  }
  Ways after;
  for (Way& each : calls(one.value, std::move(way))) {
    if (each.flow != Flow::next) {
      append(after, only(std::move(each)));
      continue;
    }
    switch (one.kind) {
      case StatementKind::branch: append(after, branch(one, std::move(each))); continue;
      case StatementKind::loop: append(after, loop(one, std::move(each))); continue;
      default: break;
    }
    Value result = value(one.value, each);
    if (each.flow == Flow::raised) {
      append(after, only(std::move(each)));
    } else if (one.kind == StatementKind::with) {
      append(after, block(one.body, only(std::move(each))));
    } else {
      if (one.word == kMacroWord && functions_.dialect().has_cells) each.marks.guessed = each.marks.guessed || c_rests(one.value, each);
      simple(one, std::move(result), each);
      append(after, only(std::move(each)));
    }
  }
  return after;
}

void Run::simple(const Statement& one, Value result, Way& way) {
  switch (one.kind) {
    case StatementKind::assign:
      if (functions_.dialect().has_cells && c_assigned(one, result, way)) break;
      for (const Expression& target : one.targets) bind(target, result, way);
      break;
    case StatementKind::give_back:
      way.flow = Flow::returned;
      way.result = std::move(result);
      break;
    case StatementKind::raise: {
      way.flow = Flow::raised;
      way.raised_at = nullptr;
      if (result.seen == Seen::failure) {
        way.result = std::move(result);
        break;
      }
      // Raised again, or chained: it is still the end of the lookup that leaves.
      if (one.value.kind == ExpressionKind::unknown && one.value.parts.empty() && way.result.seen == Seen::failure) break;
      const Expression& what = one.value.kind == ExpressionKind::call ? one.value.parts.front() : one.value;
      way.result = {.seen = Seen::failure, .text = path_of(what)};
      break;
    }
    default: break;
  }
}

Ways Run::branch(const Statement& one, Way way) {
  const Value condition = value(one.value, way);
  if (way.flow == Flow::raised) return only(std::move(way));
  const std::optional<bool> holds = truth(condition);
  way.marks.guessed = way.marks.guessed || condition.seen == Seen::derived;
  Ways after;
  if (!holds || *holds) append(after, block(one.body, {way}));
  if (!holds || !*holds) append(after, block(one.otherwise, only(std::move(way))));
  return after;
}

Ways Run::loop(const Statement& one, Way way) {
  const Value over = value(one.value, way);
  if (way.flow == Flow::raised) return only(std::move(way));
  const bool rounds_known = over.seen == Seen::answer && !one.targets.empty();
  const bool is_choice = one.word == "switch";
  const bool has_no_rounds = over.seen == Seen::no && !one.targets.empty();
  if (has_no_rounds) return block(one.otherwise, only(std::move(way)));
  Ways after;
  Way around = way;
  Value each_one = over;
  if (over.seen == Seen::answer) each_one.level = std::max(over.level - 1, 0);
  for (const Expression& target : one.targets) {
    if (functions_.dialect().has_cells && target.kind == ExpressionKind::name) around.frames[around.frame].values[target.word] = {};
    bind(target, each_one, around);
  }
  if (functions_.dialect().has_cells && one.targets.empty() && truth(over) == std::optional(false)) return only(std::move(way));
  loops_ += is_choice ? 0 : 1;
  Ways inside = block(one.body, only(std::move(around)));
  loops_ -= is_choice ? 0 : 1;
  for (Way& each : inside) {
    const bool stopped = each.flow == Flow::stopped || is_choice;
    if (each.flow == Flow::stopped || (each.flow == Flow::again && !is_choice)) each.flow = Flow::next;
    if (each.flow == Flow::next && !stopped) {
      append(after, block(one.otherwise, only(std::move(each))));
    } else {
      append(after, only(std::move(each)));
    }
  }
  if (!rounds_known && truth(over) != std::optional(true)) append(after, block(one.otherwise, only(std::move(way))));
  return after;
}

/// Whether a clause takes what was raised; nothing when that is not known.
std::optional<bool> Run::catches(const std::string& written, const Way& way) const {
  const std::string word = written.substr(written.rfind('.') == std::string::npos ? 0 : written.rfind('.') + 1);
  const auto has = [&](std::span<const std::string_view> words) { return std::find(words.begin(), words.end(), word) != words.end(); };
  const Dialect& dialect = functions_.dialect();
  if (has(dialect.catch_all)) return true;
  if (!way.result.is_end) return written == way.result.text ? std::optional(true) : written == "?" ? std::nullopt : std::optional(false);
  if (has(dialect.ends[static_cast<std::size_t>(end_)].classes)) return true;
  for (const EndWords& other : dialect.ends) {
    if (has(other.classes)) return false;
  }
  return has(dialect.unrelated) ? std::optional(false) : std::nullopt;
}

/// The same for a clause as a whole; the way has what was raised under the
/// clause's name behind it.
std::optional<bool> Run::catches(const Handler& handler, Way& way) {
  std::optional<bool> taken = handler.classes.empty() ? std::optional(true) : std::optional(false);
  for (const std::string& written : handler.classes) {
    if (taken == std::optional(true)) break;
    const std::optional<bool> this_one = catches(written, way);
    if (!this_one || *this_one) taken = this_one;
  }
  if (taken == std::optional(false)) return false;
  if (!handler.name.empty()) way.frames[way.frame].values[handler.name] = way.result;
  if (!handler.has_guard) return taken;
  way.flow = Flow::next;
  const std::optional<bool> holds = truth(value(handler.guard, way));
  if (holds == std::optional(false)) return false;
  return holds ? taken : std::nullopt;
}

Ways Run::handled(const Statement& one, Way way) {
  Ways after;
  for (const Handler& handler : one.handlers) {
    Way inside = way;
    const std::optional<bool> taken = catches(handler, inside);
    if (taken == std::optional(false)) continue;
    inside.flow = Flow::next;
    inside.marks.guessed = inside.marks.guessed || !taken;
    append(after, block(handler.body, only(std::move(inside))));
    if (taken) return after;
  }
  append(after, only(std::move(way)));
  return after;
}

Ways Run::attempt(const Statement& one, Way way) {
  Ways after;
  for (Way& each : block(one.body, only(std::move(way)))) {
    if (each.flow == Flow::raised) {
      append(after, handled(one, std::move(each)));
    } else if (each.flow == Flow::next) {
      append(after, block(one.otherwise, only(std::move(each))));
    } else {
      append(after, only(std::move(each)));
    }
  }
  if (one.last.empty()) return after;
  Ways finished;
  for (Way& each : after) {
    Way inside = each;
    inside.flow = Flow::next;
    for (Way& end : block(one.last, only(std::move(inside)))) {
      if (end.flow != Flow::next) {
        append(finished, only(std::move(end)));  // a return in it takes the place of everything
        continue;
      }
      end.flow = each.flow;
      end.result = each.result;
      append(finished, only(std::move(end)));
    }
  }
  return finished;
}

}  // namespace mainstay::script
