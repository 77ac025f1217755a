// Statements: ways part and come to their ends.
#include "ingest/code/script/script_run.h"

#include <algorithm>
#include <set>
#include <utility>

namespace mainstay::script {
namespace {

constexpr std::size_t kMostWays = 256;
constexpr std::size_t kMostSteps = 50'000;
constexpr int kDeepestCalls = 3;

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
        append(after, {std::move(way)});
      } else {
        append(after, statement(one, std::move(way)));
      }
    }
    ways = std::move(after);
  }
  return ways;
}

Ways Run::calls(const Expression& expression, Way way) {
  std::vector<const Expression*> found;
  each_expression(expression, [&](const Expression& one) {
    if (functions_.looking(one) != nullptr) found.push_back(&one);
  });
  Ways ways{std::move(way)};
  for (auto call = found.rbegin(); call != found.rend(); ++call) {  // the inner ones first
    Ways after;
    for (Way& each : ways) {
      if (each.flow != Flow::next || depth_ >= kDeepestCalls) {
        append(after, {std::move(each)});
        continue;
      }
      const Statement& function = *functions_.looking(**call);
      Way inside;
      inside.marks = each.marks;
      for (std::size_t at = 0; at < function.parameters.size() && at + 1 < (*call)->parts.size(); ++at) {
        inside.values[function.parameters[at]] = value((*call)->parts[at + 1], each);
      }
      ++depth_;
      Ways inner = block(function.body, {std::move(inside)});
      --depth_;
      for (Way& one : inner) {
        Way next = each;
        next.marks = one.marks;
        if (one.flow == Flow::raised) {
          next.flow = Flow::raised;
          next.raised = one.raised;
          next.is_end = one.is_end;
        } else {
          next.calls[*call] = one.flow == Flow::returned ? one.result : Value{Seen::no, {}};
        }
        append(after, {std::move(next)});
      }
    }
    ways = std::move(after);
  }
  return ways;
}

Ways Run::statement(const Statement& one, Way way) {
  if (++steps_ > kMostSteps) {
    exhausted_ = true;
    return {std::move(way)};
  }
  switch (one.kind) {
    case StatementKind::function:
    case StatementKind::type: return {std::move(way)};
    case StatementKind::stop_loop: way.flow = Flow::stopped; return {std::move(way)};
    case StatementKind::next_round: way.flow = Flow::again; return {std::move(way)};
    case StatementKind::attempt: return attempt(one, std::move(way));
    default: break;
  }
  Ways after;
  for (Way& each : calls(one.value, std::move(way))) {
    if (each.flow != Flow::next) {
      append(after, {std::move(each)});
      continue;
    }
    switch (one.kind) {
      case StatementKind::branch: append(after, branch(one, std::move(each))); continue;
      case StatementKind::loop: append(after, loop(one, std::move(each))); continue;
      default: break;
    }
    Value result = value(one.value, each);
    if (each.flow == Flow::raised) {
      append(after, {std::move(each)});
      continue;
    }
    switch (one.kind) {
      case StatementKind::assign:
        for (const Expression& target : one.targets) bind(target, result, each);
        break;
      case StatementKind::give_back:
        each.flow = Flow::returned;
        each.result = std::move(result);
        break;
      case StatementKind::raise:
        each.flow = Flow::raised;
        // Raised again, or chained: it is still the end of the lookup that leaves.
        if (each.raised.empty() || one.value.kind != ExpressionKind::unknown) {
          const Expression& what = one.value.kind == ExpressionKind::call ? one.value.parts.front() : one.value;
          each.raised = path_of(what);
          each.is_end = false;
        }
        break;
      case StatementKind::with: append(after, block(one.body, {std::move(each)})); continue;
      default: break;
    }
    append(after, {std::move(each)});
  }
  return after;
}

Ways Run::branch(const Statement& one, Way way) {
  const Value condition = value(one.value, way);
  if (way.flow == Flow::raised) return {std::move(way)};
  const std::optional<bool> holds = truth(condition);
  way.marks.guessed = way.marks.guessed || condition.seen == Seen::derived;
  Ways after;
  if (!holds || *holds) append(after, block(one.body, {way}));
  if (!holds || !*holds) append(after, block(one.otherwise, {std::move(way)}));
  return after;
}

Ways Run::loop(const Statement& one, Way way) {
  const Value over = value(one.value, way);
  if (way.flow == Flow::raised) return {std::move(way)};
  const bool rounds_known = over.seen == Seen::answer && !one.targets.empty();
  Ways after;
  Way around = way;
  for (const Expression& target : one.targets) bind(target, over, around);
  Ways inside = block(one.body, {std::move(around)});
  for (Way& each : inside) {
    const bool stopped = each.flow == Flow::stopped;
    if (stopped || each.flow == Flow::again) each.flow = Flow::next;
    if (each.flow == Flow::next && !stopped) {
      append(after, block(one.otherwise, {std::move(each)}));
    } else {
      append(after, {std::move(each)});
    }
  }
  if (!rounds_known && truth(over) != std::optional(true)) append(after, block(one.otherwise, {std::move(way)}));
  return after;
}

/// Whether a clause takes what was raised; nothing when that is not known.
std::optional<bool> Run::catches(const std::string& written, const Way& way) const {
  const std::string word = written.substr(written.rfind('.') == std::string::npos ? 0 : written.rfind('.') + 1);
  if (word == "Exception" || word == "BaseException") return true;
  if (!way.is_end) return written == way.raised ? std::optional(true) : written == "?" ? std::nullopt : std::optional(false);
  if (word == "DNSException" || word == way.raised) return true;
  if (word == "LifetimeTimeout") return way.raised == "Timeout";
  const std::set<std::string> others = {"NXDOMAIN", "NoAnswer", "NoNameservers", "Timeout", "YXDOMAIN", "NotAbsolute", "NoRootSOA"};
  if (others.contains(word)) return false;
  const std::set<std::string> unrelated = {"KeyError", "ValueError", "TypeError", "IndexError", "AttributeError", "OSError", "IOError"};
  return unrelated.contains(word) ? std::optional(false) : std::nullopt;
}

Ways Run::handled(const Statement& one, Way way) {
  Ways after;
  for (const Handler& handler : one.handlers) {
    std::optional<bool> taken = handler.classes.empty() ? std::optional(true) : std::optional(false);
    for (const std::string& written : handler.classes) {
      const std::optional<bool> this_one = catches(written, way);
      if (taken == std::optional(true)) break;
      if (!this_one || *this_one) taken = this_one;
    }
    if (taken == std::optional(false)) continue;
    Way inside = way;
    inside.flow = Flow::next;
    inside.marks.guessed = inside.marks.guessed || !taken;
    append(after, block(handler.body, {std::move(inside)}));
    if (taken) return after;
  }
  append(after, {std::move(way)});
  return after;
}

Ways Run::attempt(const Statement& one, Way way) {
  Ways after;
  for (Way& each : block(one.body, {std::move(way)})) {
    if (each.flow == Flow::raised) {
      append(after, handled(one, std::move(each)));
    } else if (each.flow == Flow::next) {
      append(after, block(one.otherwise, {std::move(each)}));
    } else {
      append(after, {std::move(each)});
    }
  }
  if (one.last.empty()) return after;
  Ways finished;
  for (Way& each : after) {
    Way inside = each;
    inside.flow = Flow::next;
    for (Way& end : block(one.last, {std::move(inside)})) {
      if (end.flow != Flow::next) {
        append(finished, {std::move(end)});  // a return in it takes the place of everything
        continue;
      }
      end.flow = each.flow;
      end.result = each.result;
      end.raised = each.raised;
      end.is_end = each.is_end;
      append(finished, {std::move(end)});
    }
  }
  return finished;
}

}  // namespace mainstay::script
