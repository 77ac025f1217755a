#include "ingest/code/ast/tree_calls.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/code/ast/tree_values.h"
#include "ingest/code/expression_tokens.h"
#include "ingest/code/known_calls.h"

namespace mainstay::code::ast {
namespace {

constexpr int kMaxCallers = 3;                      // functions that hand a text on to each other
constexpr std::size_t kMaxBounds = 64;              // ways to a call
constexpr std::size_t kMaxValues = 500;             // of one file
constexpr std::uint32_t kDefaultConnect = 300'000;  // milliseconds; libcurl, CURLOPT_CONNECTTIMEOUT

/// The values of a function's parameters for one of its callers.
struct Way {
  Bound bound;
  std::uint32_t caller = kNone;  // the call in the first file
  std::vector<Location> given;   // the arguments on the way
};

bool is_in_main(const Location& where) { return where.source == SourceId{0}; }

/// How long an option's number is, in milliseconds; 0 for options that are no times.
std::uint32_t unit_of(std::string_view option) {
  if (option == "CURLOPT_TIMEOUT" || option == "CURLOPT_CONNECTTIMEOUT") return 1000;
  return option == "CURLOPT_TIMEOUT_MS" || option == "CURLOPT_CONNECTTIMEOUT_MS" ? 1 : 0;
}

class Finder {
 public:
  Finder(const Tree& tree, const TreeInput& input) : tree_(tree), values_(tree, input) {}

  std::vector<SeenCall> find() {
    for (std::uint32_t at = 0; at < tree_.nodes.size() && found_.size() < kMaxSeenCalls && count_ < kMaxValues; ++at) {
      const Node& node = tree_.nodes[at];
      if ((node.kind == NodeKind::call || node.kind == NodeKind::construct) && node.decl != kNone) take(at);
    }
    return std::move(found_);
  }

 private:
  void take(std::uint32_t at) {
    const Decl& decl = tree_.decls[tree_.nodes[at].decl];
    const std::string_view name = last_word(decl.name);
    const std::span<const KnownCall> rows = known_calls(name);
    if (rows.empty()) return;
    // What the tree itself defines is not what a library has under that name.
    const bool is_own = decl.body != kNone || (decl.is_ours && decl.name.size() > name.size());
    const auto row = std::ranges::find_if(rows, [&](const KnownCall& one) { return fits(one, decl, tree_.nodes[at].kind); });
    if (is_own || row == rows.end()) {
      if (is_own && is_in_main(tree_.nodes[at].written))
        found_.push_back({.row = number(rows.front()), .where = place(at), .is_other = true});
      return;
    }
    SeenCall call{.row = number(*row), .where = place(at), .is_once = is_kept(at)};
    if (row->takes == Takes::option) call.option = option_of(at, {});
    if (row->takes == Takes::service_name)
      return;  // a member of a structure is one declaration for all its objects: the tokens know better
    const std::optional<std::uint32_t> argument = argument_of(at, *row);
    if (row->takes == Takes::verify || call.option.starts_with("CURLOPT_SSL_VERIFY")) {
      call.is_unverified = argument && is_off(*argument);
      if (is_in_main(call.where)) found_.push_back(std::move(call));
      return;
    }
    if (row->takes == Takes::region || row->takes == Takes::nothing) {
      if (is_in_main(call.where)) found_.push_back(std::move(call));
      return;
    }
    if (argument) follow(at, *row, *argument, std::move(call));
  }

  static std::uint32_t number(const KnownCall& row) { return static_cast<std::uint32_t>(&row - known_calls().data()); }

  static bool fits(const KnownCall& row, const Decl& decl, NodeKind kind) {
    if (row.is_type != (kind == NodeKind::construct)) return false;
    const std::string_view before = std::string_view(decl.name).substr(0, decl.name.size() - row.name.size());
    if (row.scope == KnownCall::kAnyScope) return true;
    if (row.scope.empty()) return before.empty();
    if (row.scope == KnownCall::kSomeScope) return !before.empty();
    return ascii_lower(before).find(ascii_lower(row.scope)) != std::string::npos;
  }

  /// A constructor's name is the type's, somewhere in the declaration.
  Location place(std::uint32_t at) const {
    const Node& node = tree_.nodes[at];
    if (node.kind == NodeKind::call) return node.written;
    const Node& around = node.parent == kNone ? node : tree_.nodes[node.parent];
    return around.kind == NodeKind::variable ? around.written : node.written;
  }

  bool is_kept(std::uint32_t at) const {
    for (at = tree_.nodes[at].parent; at != kNone; at = tree_.nodes[at].parent) {
      const Node& node = tree_.nodes[at];
      if (node.kind == NodeKind::function || node.kind == NodeKind::branch) break;
      if (node.kind == NodeKind::variable && node.decl != kNone)
        return tree_.decls[node.decl].kind == DeclKind::variable && tree_.decls[node.decl].is_kept;
    }
    return false;
  }

  std::vector<std::uint32_t> arguments(std::uint32_t at) const {
    std::vector<std::uint32_t> parts = parts_of(tree_, at);
    if (tree_.nodes[at].kind == NodeKind::call && !parts.empty()) parts.erase(parts.begin());
    return parts;
  }

  /// resolver.resolve(tcp::v4(), host, service): the protocol may come first.
  std::size_t shift_of(const KnownCall& row, const std::vector<std::uint32_t>& given) const {
    if (row.scope != "resolver" || given.empty()) return 0;
    const Node& first = tree_.nodes[given[0]];
    const std::string_view name = first.decl == kNone ? std::string_view() : last_word(tree_.decls[first.decl].name);
    return name == "v4" || name == "v6" ? 1 : 0;
  }

  std::optional<std::uint32_t> argument_of(std::uint32_t at, const KnownCall& row) const {
    const std::vector<std::uint32_t> given = arguments(at);
    if (row.argument < 0) return std::nullopt;
    const std::size_t place = static_cast<std::size_t>(row.argument) + shift_of(row, given);
    return place < given.size() ? std::optional(given[place]) : std::nullopt;
  }

  std::string option_of(std::uint32_t at, const Bound& bound) {
    const std::vector<std::uint32_t> given = arguments(at);
    if (given.size() < 2) return {};
    const Value value = values_.value(given[1], bound).value;
    const Hole* hole = value.text.pieces().size() == 1 ? std::get_if<Hole>(&value.text.pieces()[0]) : nullptr;
    return hole == nullptr ? std::string() : hole->name;
  }

  bool is_off(std::uint32_t argument) {
    constexpr std::array<std::string_view, 3> kOff = {"SSL_VERIFY_NONE", "VerifyNone", "verify_none"};
    const Worked worked = values_.value(argument, {});
    return worked.value.text.known() == "0" || worked.value.text.known() == "false" ||
           std::ranges::find(kOff, worked.enumerator) != kOff.end();
  }

  /// The ways in which a function is called, through functions that hand their own parameters on.
  std::vector<Way> ways_to(std::uint32_t function, int depth) {
    std::vector<Way> ways;
    const std::uint32_t decl = function == kNone ? kNone : tree_.nodes[function].decl;
    if (decl == kNone || depth >= kMaxCallers) return ways;
    const std::vector<std::uint32_t> names = values_.parameters(function);
    for (const std::uint32_t caller : values_.callers(decl)) {
      const std::uint32_t around = values_.function_of(caller);
      if (around == function) continue;
      std::vector<Way> outer = is_handed_on(caller) ? ways_to(around, depth + 1) : std::vector<Way>();
      if (outer.empty()) outer.push_back({});
      for (const Way& way : outer) {
        if (ways.size() >= kMaxBounds) return ways;
        std::vector<Location> given = way.given;
        for (const std::uint32_t one : arguments(caller)) given.push_back(tree_.nodes[one].written);
        ways.push_back(
            {bound_by(caller, names, way.bound), is_in_main(tree_.nodes[caller].written) ? caller : way.caller, std::move(given)});
      }
    }
    return ways;
  }

  bool is_handed_on(std::uint32_t caller) {
    return std::ranges::any_of(arguments(caller), [&](std::uint32_t one) { return values_.value(one, {}).parameter != kNone; });
  }

  Bound bound_by(std::uint32_t caller, const std::vector<std::uint32_t>& names, const Bound& outer) {
    const std::vector<std::uint32_t> given = arguments(caller);
    Bound bound;
    for (std::size_t at = 0; at < names.size(); ++at) {
      const std::uint32_t node = at < given.size() ? given[at] : values_.default_of(names[at]);
      if (node != kNone) bound.emplace(names[at], values_.value(node, at < given.size() ? outer : Bound()).value);
    }
    return bound;
  }

  void follow(std::uint32_t at, const KnownCall& row, std::uint32_t argument, SeenCall call) {
    const Worked worked = values_.value(argument, {});
    const bool is_option_given = row.takes == Takes::option && !call.option.starts_with("CURL");
    std::vector<Way> ways;
    if (worked.parameter != kNone || is_option_given) ways = ways_to(values_.function_of(at), 0);
    if (ways.empty()) {
      if (is_in_main(call.where)) finish(at, row, {worked.value, worked.is_settled, worked.considered}, {}, std::move(call));
      return;
    }
    for (const Way& way : ways) {
      SeenCall one = call;
      if (row.takes == Takes::option) one.option = option_of(at, way.bound);
      if (!is_in_main(one.where)) {
        if (way.caller == kNone) continue;
        one.where = tree_.nodes[way.caller].written;
      }
      Worked given = values_.value(argument, way.bound);
      given.considered.insert(given.considered.end(), way.given.begin(), way.given.end());
      const bool is_settled = given.is_settled && values_.has_all_callers(values_.function_of(at));
      finish(at, row, {std::move(given.value), is_settled, std::move(given.considered)}, way.bound, std::move(one));
    }
  }

  void finish(std::uint32_t at, const KnownCall& row, SeenValue value, const Bound& bound, SeenCall call) {
    if (row.takes == Takes::option && call.option != "CURLOPT_URL" && call.option != "CURLUPART_URL" && call.option != "CURLUPART_HOST")
      return;
    ++count_;
    const std::vector<std::uint32_t> given = arguments(at);
    const std::size_t service = static_cast<std::size_t>(std::max(row.service, 0)) + shift_of(row, given);
    if (row.service >= 0 && service < given.size()) call.service = values_.value(given[service], bound).value.text.known().value_or("");
    if (call.option == "CURLOPT_URL") take_time(at, bound, call);
    const auto same = std::ranges::find_if(found_, [&](const SeenCall& one) {
      return one.where == call.where && one.row == call.row && one.option == call.option && one.service == call.service;
    });
    if (same != found_.end()) return same->values.push_back(std::move(value));
    call.values.push_back(std::move(value));
    found_.push_back(std::move(call));
  }

  /// The least of the times that the same handle is given in the same function.
  void take_time(std::uint32_t at, const Bound& bound, SeenCall& call) {
    const std::uint32_t setter = tree_.nodes[at].decl, function = values_.function_of(at);
    const std::vector<std::uint32_t> given = arguments(at);
    const std::uint32_t handle = given.empty() ? kNone : tree_.nodes[given[0]].decl;
    call.time = handle == kNone ? SeenTime::none : SeenTime::standard;
    if (handle == kNone) return;
    for (const std::uint32_t other : values_.callers(setter)) {
      const std::vector<std::uint32_t> set = arguments(other);
      if (set.size() != 3 || values_.function_of(other) != function || tree_.nodes[set[0]].decl != handle) continue;
      const std::uint32_t unit = unit_of(option_of(other, bound));
      if (unit == 0) continue;
      const Value value = values_.value(set[2], bound).value;
      const std::string known = value.text.known().value_or("");
      std::uint32_t time = 0;
      const auto [end, error] = std::from_chars(known.data(), known.data() + known.size(), time);
      if (known.empty() || error != std::errc() || end != known.data() + known.size() || time > 0xffff'ffff / unit) {
        call.time = SeenTime::unknown;
        return;
      }
      time *= unit;
      if (time == 0 || (call.time == SeenTime::set ? time >= call.milliseconds : time > kDefaultConnect)) continue;
      call.time = SeenTime::set;
      call.milliseconds = time;
      call.time_where = value.where;
    }
  }

  const Tree& tree_;
  TreeValues values_;
  std::vector<SeenCall> found_;
  std::size_t count_ = 0;
};

}  // namespace

std::vector<SeenCall> seen_calls(const Tree& tree, const TreeInput& input) { return Finder(tree, input).find(); }

}  // namespace mainstay::code::ast
