#include "ingest/code/ast/tree_values.h"

#include <algorithm>
#include <utility>

#include "ingest/code/expression_tokens.h"
#include "ingest/code/text_calls.h"
#include "ingest/code/text_writers.h"

namespace mainstay::code::ast {
namespace {

constexpr std::size_t kMaxSteps = 50'000;  // for one file
constexpr int kMaxDepth = 24;
constexpr std::size_t kMaxConsidered = 64;  // expressions of one value
constexpr std::size_t kMaxWrites = 32;      // of one variable

bool is_named(NodeKind kind) { return kind == NodeKind::reference || kind == NodeKind::member; }

}  // namespace

TreeValues::TreeValues(const Tree& tree, const TreeInput& input)
    : tree_(tree), input_(input), conditions_(input.files), mentions_(tree, input), left_(kMaxSteps) {
  index();
}

void TreeValues::index() {
  for (std::uint32_t at = 0; at < tree_.nodes.size(); ++at) {
    const Node& node = tree_.nodes[at];
    if (node.kind == NodeKind::variable) index_declaration(at);
    if (node.kind == NodeKind::call || node.kind == NodeKind::construct) index_call(at);
    if (node.kind != NodeKind::assign && node.kind != NodeKind::append) continue;
    const std::vector<std::uint32_t> parts = parts_of(tree_, at);
    if (parts.size() == 2 && is_named(tree_.nodes[parts[0]].kind))
      writes_[tree_.nodes[parts[0]].decl].push_back({at, parts[1], node.kind == NodeKind::append});
  }
}

void TreeValues::index_declaration(std::uint32_t at) {
  const Node& node = tree_.nodes[at];
  if (node.decl == kNone || node.end == at + 1) return;
  if (tree_.decls[node.decl].kind == DeclKind::parameter) {
    defaults_.emplace(node.decl, at + 1);
  } else if (tree_.nodes[at + 1].kind != NodeKind::construct || tree_.nodes[at + 1].end > at + 2) {
    writes_[node.decl].push_back({at, at + 1, false});
  }
}

/// What a call writes into its arguments, besides being a call.
void TreeValues::index_call(std::uint32_t at) {
  const Node& node = tree_.nodes[at];
  const std::string name = node.decl == kNone ? std::string() : tree_.decls[node.decl].name;
  if (node.decl != kNone) callers_[node.decl].push_back(at);
  std::vector<std::uint32_t> parts = parts_of(tree_, at);
  if (node.kind == NodeKind::call && !parts.empty()) {
    const std::string_view member = last_word(name);
    if (is_named(tree_.nodes[parts[0]].kind) && (member == "append" || member == "assign") && parts.size() == 2)
      writes_[tree_.nodes[parts[0]].decl].push_back({at, parts[1], member == "append"});
    parts.erase(parts.begin());
  }
  if (parts.empty()) return;
  const auto target = [&](std::uint32_t part) { return tree_.nodes[part].kind == NodeKind::address ? part + 1 : part; };
  const TextWriter* by = text_writer(name);
  const bool is_known = by != nullptr && parts.size() > 1 && is_named(tree_.nodes[target(parts[0])].kind);
  if (is_known) writes_[tree_.nodes[target(parts[0])].decl].push_back({at, by->is_whole ? at : parts[1], by->is_append});
  for (std::size_t part = is_known ? 1 : 0; part < parts.size(); ++part) {
    const std::uint32_t one = target(parts[part]);
    if (one >= tree_.nodes[parts[part]].end || !is_named(tree_.nodes[one].kind)) continue;
    const std::uint32_t decl = tree_.nodes[one].decl;
    const bool may_write = one != parts[part] || (by == nullptr && tree_.decls[decl].is_array && !is_transparent(last_word(name)));
    // A known call reads its array; whatever else gets one may write into it.
    if (may_write && (one != parts[part] || tree_.decls[node.decl == kNone ? decl : node.decl].is_ours || node.decl == kNone))
      writes_[decl].push_back({at, kNone, false});
  }
}

const std::vector<std::uint32_t>& TreeValues::callers(std::uint32_t decl) const {
  static const std::vector<std::uint32_t> kNothing;
  const auto at = callers_.find(decl);
  return at == callers_.end() ? kNothing : at->second;
}

bool TreeValues::has_all_callers(std::uint32_t function) {
  if (tree_.is_cut || !tree_.has_errors) return !tree_.is_cut;
  return function != kNone && mentions_.are_all_seen(tree_.nodes[function].decl);
}

std::uint32_t TreeValues::function_of(std::uint32_t node) const {
  while (node != kNone && tree_.nodes[node].kind != NodeKind::function) node = tree_.nodes[node].parent;
  return node;
}

std::vector<std::uint32_t> TreeValues::parameters(std::uint32_t function) const {
  std::vector<std::uint32_t> found;
  for (const std::uint32_t part : parts_of(tree_, function)) {
    const Node& node = tree_.nodes[part];
    if (node.kind == NodeKind::variable && node.decl != kNone && tree_.decls[node.decl].kind == DeclKind::parameter)
      found.push_back(node.decl);
  }
  return found;
}

std::uint32_t TreeValues::default_of(std::uint32_t parameter) const {
  const auto at = defaults_.find(parameter);
  return at == defaults_.end() ? kNone : at->second;
}

Worked TreeValues::value(std::uint32_t node, const Bound& bound) {
  current_ = {};
  current_.considered.push_back(tree_.nodes[node].written);
  Value got = made(node, bound);
  Worked worked = std::exchange(current_, {});
  worked.value = std::move(got);
  return worked;
}

Value TreeValues::unknown(std::uint32_t node, bool is_settled) {
  current_.is_settled = current_.is_settled && is_settled;
  const std::uint32_t decl = tree_.nodes[node].decl;
  std::string name = decl == kNone ? std::string("?") : tree_.decls[decl].name;
  if (tree_.nodes[node].kind == NodeKind::call) name += "()";
  return {.text = Text(Hole{.name = std::move(name)}), .where = tree_.nodes[node].written};
}

Value TreeValues::made(std::uint32_t at, const Bound& bound) {
  if (left_ == 0 || depth_ >= kMaxDepth) return unknown(at, false);
  --left_;
  ++depth_;
  Value got = made_of_parts(at, bound);
  --depth_;
  return got;
}

Value TreeValues::made_of_parts(std::uint32_t at, const Bound& bound) {
  const Node& node = tree_.nodes[at];
  const std::vector<std::uint32_t> parts = parts_of(tree_, at);
  switch (node.kind) {
    case NodeKind::text:
      if (conditions_.may_differ(node.where)) return unknown(at, false);
      return {.text = Text(node.text), .where = node.where, .has_literal = true};
    case NodeKind::number: return {.text = Text(node.text), .where = node.written};
    case NodeKind::reference:
    case NodeKind::member: return referred(at, bound);
    case NodeKind::address:
    case NodeKind::list: return parts.size() == 1 ? made(parts[0], bound) : unknown(at, false);
    case NodeKind::call:
    case NodeKind::construct: return called(at, bound);
    case NodeKind::join: {
      Value out;
      for (const std::uint32_t part : parts) append(out, made(part, bound));
      return out;
    }
    case NodeKind::choice: {
      std::vector<Value> values;
      for (std::size_t part = 1; part < parts.size(); ++part) {
        if (!is_null(parts[part])) values.push_back(made(parts[part], bound));
      }
      return one_of(values).value_or(unknown(at, true));
    }
    default: return unknown(at, false);
  }
}

Value TreeValues::referred(std::uint32_t at, const Bound& bound) {
  const std::uint32_t number = tree_.nodes[at].decl;
  const Decl& decl = tree_.decls[number];
  if (decl.kind == DeclKind::enumerator) current_.enumerator = decl.name.substr(decl.name.rfind('.') + 1);
  if (decl.kind == DeclKind::variable || decl.kind == DeclKind::field) return of_variable(at, bound);
  if (decl.kind != DeclKind::parameter) return unknown(at, decl.kind == DeclKind::enumerator);
  if (writes_.contains(number)) return of_local(at, at, bound);
  if (const auto known = bound.find(number); known != bound.end()) return known->second;
  current_.parameter = number;
  return unknown(at, has_all_callers(function_of(at)));
}

/// A local variable has what was set before; any other one what is set anywhere, when that is the same everywhere.
Value TreeValues::of_variable(std::uint32_t at, const Bound& bound) {
  const std::uint32_t number = tree_.nodes[at].decl;
  const Decl& decl = tree_.decls[number];
  if (decl.is_local) return of_local(at, at, bound);
  const auto writes = writes_.find(number);
  if (writes == writes_.end()) return unknown(at, true);
  std::vector<Value> values;
  for (const Write& write : writes->second) {
    if (write.value == kNone || write.is_append || values.size() >= kMaxWrites) return unknown(at, false);
    if (current_.considered.size() < kMaxConsidered) current_.considered.push_back(tree_.nodes[write.value].written);
    if (!is_null(write.value)) values.push_back(made(write.value, {}));
  }
  return values.empty() ? unknown(at, true) : one_of(values).value_or(unknown(at, true));
}

/// What was set before `before`: the last one that cannot be passed by, and those behind it that can.
Value TreeValues::of_local(std::uint32_t at, std::uint32_t before, const Bound& bound) {
  const std::uint32_t number = tree_.nodes[at].decl;
  const auto all = writes_.find(number);
  std::vector<Value> values;
  bool is_reached = false;
  for (std::size_t left = all == writes_.end() ? 0 : all->second.size(); left > 0; --left) {
    const Write& write = all->second[left - 1];
    if (write.node >= before) {
      if (comes_again(write.node, at)) return unknown(at, false);
      continue;
    }
    if (write.value == kNone || values.size() >= kMaxWrites) return unknown(at, false);
    if (current_.considered.size() < kMaxConsidered) current_.considered.push_back(tree_.nodes[write.value].written);
    Value got = write.value == write.node ? called(write.node, bound) : made(write.value, bound);
    if (write.is_append) {
      ++depth_;
      Value whole = depth_ < kMaxDepth && left_ > 0 ? of_local(at, write.node, bound) : unknown(at, false);
      --depth_;
      append(whole, got);
      got = std::move(whole);
    }
    if (!is_null(write.value)) values.push_back(std::move(got));
    is_reached = write.is_append || dominates(write.node, at);
    if (is_reached) break;
  }
  const auto given = bound.find(number);
  if (!is_reached && tree_.decls[number].kind == DeclKind::parameter) {
    if (given == bound.end()) return unknown(at, false);
    values.push_back(given->second);
  }
  return values.empty() ? unknown(at, true) : one_of(values).value_or(unknown(at, true));
}

Value TreeValues::called(std::uint32_t at, const Bound& bound) {
  const Node& node = tree_.nodes[at];
  if (node.decl == kNone) return unknown(at, false);
  const Decl& decl = tree_.decls[node.decl];
  const std::vector<std::uint32_t> parts = parts_of(tree_, at);
  const std::size_t skipped = node.kind == NodeKind::call ? 1 : 0;
  const std::string_view name = last_word(decl.name);
  if (skipped == 1 && !parts.empty() && is_view_member(name) && tree_.nodes[parts[0]].end > parts[0] && decl.name.size() > name.size() &&
      tree_.nodes[parts[0]].kind != NodeKind::other)
    return made(parts[0], bound);
  if (decl.body != kNone) return returned(decl.body, at, bound);
  const auto argument = [&](std::size_t one) -> std::optional<Value> {
    return is_null(parts[skipped + one]) ? std::nullopt : std::optional(made(parts[skipped + one], bound));
  };
  const std::size_t count = parts.size() > skipped ? parts.size() - skipped : 0;
  if (std::optional<Value> got = text_of_call(decl.name, count, argument)) return *std::move(got);
  return unknown(at, true);
}

/// What a function of the file gives back, when that is one text.
Value TreeValues::returned(std::uint32_t function, std::uint32_t call, const Bound& bound) {
  Bound inside;
  const std::vector<std::uint32_t> names = parameters(function), parts = parts_of(tree_, call);
  const std::size_t skipped = tree_.nodes[call].kind == NodeKind::call ? 1 : 0;
  for (std::size_t at = 0; at < names.size() && at + skipped < parts.size(); ++at)
    inside.emplace(names[at], made(parts[at + skipped], bound));
  std::vector<Value> values;
  for (std::uint32_t at = function; at < tree_.nodes[function].end; ++at) {
    if (tree_.nodes[at].kind != NodeKind::returns || tree_.nodes[at].end == at + 1) continue;
    if (values.size() >= kMaxWrites) return unknown(call, false);
    if (!is_null(at + 1)) values.push_back(made(at + 1, inside));
  }
  return values.empty() ? unknown(call, true) : one_of(values).value_or(unknown(call, true));
}

bool TreeValues::is_null(std::uint32_t at) const {
  const Node& node = tree_.nodes[at];
  if (node.kind == NodeKind::number) return node.text == "0";
  if (node.kind == NodeKind::text) return node.text.empty();
  const auto file = static_cast<std::size_t>(node.where.source);
  if (node.kind != NodeKind::other || file >= input_.files.size() || node.end != at + 1) return false;
  const std::string_view text = std::string_view(input_.files[file].bytes).substr(node.where.begin, node.where.end - node.where.begin);
  return text == "nullptr" || text == "NULL";
}

/// True when nothing between them can lead past the write on the way to the node.
bool TreeValues::dominates(std::uint32_t write, std::uint32_t node) const {
  std::uint32_t around = tree_.nodes[write].parent;
  while (around != kNone) {
    const NodeKind kind = tree_.nodes[around].kind;
    if (kind == NodeKind::branch || kind == NodeKind::loop || kind == NodeKind::choice || kind == NodeKind::function) break;
    around = tree_.nodes[around].parent;
  }
  return around != kNone && around <= node && node < tree_.nodes[around].end &&
         (tree_.nodes[around].kind == NodeKind::function || is_same_side(around, write, node));
}

/// False when a condition takes only one of them.
bool TreeValues::is_same_side(std::uint32_t around, std::uint32_t write, std::uint32_t node) const {
  const std::vector<std::uint32_t> parts = parts_of(tree_, around);
  const auto holding = [&](std::uint32_t one) {
    return std::ranges::find_if(parts, [&](std::uint32_t part) { return part <= one && one < tree_.nodes[part].end; });
  };
  return holding(write) == parts.begin() || holding(write) == holding(node);
}

/// True when a write that stands behind a node may come before it all the same, in a loop around both.
bool TreeValues::comes_again(std::uint32_t write, std::uint32_t node) const {
  for (std::uint32_t around = tree_.nodes[write].parent; around != kNone; around = tree_.nodes[around].parent) {
    if (tree_.nodes[around].kind == NodeKind::loop && around <= node && node < tree_.nodes[around].end) return true;
  }
  return false;
}

}  // namespace mainstay::code::ast
