#include "ingest/code/code_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/code/text_writers.h"

namespace mainstay::code {
namespace {

constexpr std::size_t kMaxDepth = 256;    // of brackets; deeper ones stay without a partner
constexpr std::size_t kMaxBranches = 64;  // of nested #if; deeper ones are read one after the other
constexpr std::size_t kMaxValue = 512;    // tokens of a value
constexpr std::size_t kMaxPathWords = 16;

/// What a directive does to the brackets behind it: of the branches of an #if only one is there at a time.
enum Branch : std::uint8_t { kNone, kOpens, kTurns, kCloses };

bool is_joint(const CxxToken& token) { return token.is("::") || token.is(".") || token.is("->"); }

char opening(std::string_view close) { return close == ")" ? '(' : close == "]" ? '[' : '{'; }

bool is_control(std::string_view word) {
  constexpr std::array<std::string_view, 9> kWords = {"if", "else", "for", "while", "do", "switch", "case", "default", "catch"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// Words before a name that do not make it a declaration.
bool is_no_type(std::string_view word) {
  constexpr std::array<std::string_view, 8> kWords = {"return", "else", "new", "delete", "throw", "case", "goto", "co_return"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::string_view parameter_name(CxxTokens parameter) {
  std::string_view name;
  for (const CxxToken& token : parameter) {
    if (token.is("=") || token.is("[")) break;
    if (token.kind == CxxTokenKind::word) name = token.text;
  }
  return parameter.size() > 1 ? name : std::string_view();
}

}  // namespace

std::vector<CxxTokens> split_arguments(CxxTokens list) {
  std::vector<CxxTokens> parts;
  std::size_t depth = 0, begin = 0;
  for (std::size_t at = 0; at < list.size(); ++at) {
    if (is_open(list[at])) ++depth;
    if (is_close(list[at]) && depth > 0) --depth;
    if (depth > 0 || !list[at].is(",")) continue;
    parts.push_back(list.subspan(begin, at - begin));
    begin = at + 1;
  }
  if (!list.empty()) parts.push_back(list.subspan(begin));
  return parts;
}

CodeFile::CodeFile(std::vector<CxxToken> tokens) : all_(std::move(tokens)) {
  std::vector<std::uint8_t> branches;  // before each token
  Branch next = kNone;
  for (std::size_t at = 0; at < all_.size();) {
    if (!all_[at].starts_line || !all_[at].is("#")) {
      branches.push_back(std::exchange(next, kNone));
      tokens_.push_back(all_[at++]);
      continue;
    }
    std::size_t end = at + 1;
    while (end < all_.size() && !all_[end].starts_line) ++end;
    const CxxTokens line = CxxTokens(all_).subspan(at + 1, end - at - 1);
    const std::string_view word = line.empty() ? std::string_view() : line[0].text;
    Branch branch = word.starts_with("if") ? kOpens : word.starts_with("el") ? kTurns : word == "endif" ? kCloses : kNone;
    if (branch != kNone && next != kNone) {  // nothing between two of them: a token that is nothing keeps both
      branches.push_back(next);
      tokens_.push_back({.kind = CxxTokenKind::mark, .where = line[0].where, .text = {}});
    }
    if (branch != kNone) next = branch;
    take_directive(line);
    at = end;
  }
  match_brackets(branches);
  find_functions();
  find_assignments();
}

void CodeFile::take_directive(CxxTokens line) {
  if (line.size() < 2) return;
  if (line[0].text != "define" || line[1].kind != CxxTokenKind::word) return;
  // "#define F(x)": a bracket that touches the name makes it a macro with arguments.
  if (line.size() > 2 && line[2].is("(") && line[2].where.begin == line[1].where.end) return;
  const CxxTokens value = line.subspan(2);
  const auto [at, is_new] = macros_.emplace(line[1].text, value);
  const auto is_same = [&](CxxTokens other) {
    return std::equal(value.begin(), value.end(), other.begin(), other.end(),
                      [](const CxxToken& a, const CxxToken& b) { return a.text == b.text; });
  };
  if (!is_new && at->second && !is_same(*at->second)) at->second.reset();
}

const CxxTokens* CodeFile::macro(std::string_view name) const {
  const auto at = macros_.find(name);
  return at == macros_.end() || !at->second ? nullptr : &*at->second;
}

void CodeFile::match_brackets(const std::vector<std::uint8_t>& branches) {
  partners_.assign(tokens_.size(), tokens_.size());
  around_.assign(tokens_.size(), tokens_.size());
  std::vector<std::size_t> open, braces;
  std::vector<std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> saved;
  for (std::size_t at = 0; at < tokens_.size(); ++at) {
    if (branches[at] == kOpens && saved.size() < kMaxBranches) saved.emplace_back(open, braces);
    if (branches[at] == kTurns && !saved.empty()) std::tie(open, braces) = saved.back();
    if (branches[at] == kCloses && !saved.empty()) saved.pop_back();
    const CxxToken& token = tokens_[at];
    if (!braces.empty()) around_[at] = braces.back();
    if (is_open(token) && open.size() < kMaxDepth) {
      open.push_back(at);
      if (token.is("{")) braces.push_back(at);
    }
    if (!is_close(token)) continue;
    const char wanted = opening(token.text);
    const auto found = std::find_if(open.rbegin(), open.rend(), [&](std::size_t one) { return tokens_[one].text[0] == wanted; });
    if (found == open.rend()) continue;
    partners_[*found] = at;
    partners_[at] = *found;
    open.erase(std::prev(found.base()), open.end());
    while (!braces.empty() && (open.empty() || braces.back() > open.back()) && braces.back() >= partners_[at]) braces.pop_back();
  }
}

void CodeFile::find_functions() {
  std::size_t head = 0;
  for (std::size_t at = 0; at < tokens_.size(); ++at) {
    const CxxToken& token = tokens_[at];
    if (token.is(";") || token.is("}")) head = at + 1;
    if (!token.is("{")) continue;
    if (is_initialiser(head, at)) {
      at = partners_[at];
      continue;
    }
    add_function(head, at);
    head = at + 1;
    // What is inside of a body is no function of its own.
    if (!functions_.empty() && functions_.back().begin == at + 1) at = functions_.back().end - 1;
  }
}

/// Of a member, in front of a constructor's body: "Client() : url_{...} {".
bool CodeFile::is_initialiser(std::size_t head, std::size_t brace) const {
  constexpr std::array<std::string_view, 6> kBehind = {"const", "noexcept", "override", "final", "volatile", "try"};
  if (brace == 0 || partners_[brace] == tokens_.size() || tokens_[brace - 1].kind != CxxTokenKind::word) return false;
  if (std::find(kBehind.begin(), kBehind.end(), tokens_[brace - 1].text) != kBehind.end()) return false;
  for (std::size_t at = head; at + 1 < brace; ++at) {
    if (tokens_[at].is(")") && tokens_[at + 1].is(":")) return true;
  }
  return false;
}

void CodeFile::add_function(std::size_t head, std::size_t brace) {
  if (partners_[brace] == tokens_.size()) return;
  for (std::size_t at = head; at < brace; ++at) {
    if (tokens_[at].is("=")) return;
    if (!tokens_[at].is("(")) continue;
    const std::size_t close = partners_[at];
    const bool is_named = at > head && tokens_[at - 1].kind == CxxTokenKind::word && tokens_[at - 1].text.substr(0, 2) != "__";
    if (close >= brace) return;
    if (!is_named) {
      at = close;
      continue;
    }
    Function function{.name = tokens_[at - 1].text, .name_at = at - 1, .begin = brace + 1, .end = partners_[brace]};
    for (const CxxTokens parameter : split_arguments(tokens().subspan(at + 1, close - at - 1)))
      function.parameters.push_back(parameter_name(parameter));
    functions_.push_back(std::move(function));
    return;
  }
}

const Function* CodeFile::function_at(std::size_t at) const {
  const auto next =
      std::upper_bound(functions_.begin(), functions_.end(), at, [](std::size_t token, const Function& one) { return token < one.begin; });
  if (next == functions_.begin()) return nullptr;
  const Function& function = *std::prev(next);
  return at < function.end ? &function : nullptr;
}

Path CodeFile::path(std::size_t at) const {
  Path path{.text = std::string(tokens_[at].text), .begin = at};
  for (std::size_t words = 1; words < kMaxPathWords && path.begin > 0 && is_joint(tokens_[path.begin - 1]); ++words) {
    const std::size_t joint = path.begin - 1;
    path.begin = joint;
    if (joint == 0 || tokens_[joint - 1].kind != CxxTokenKind::word) break;  // "::name", "call().name"
    path.begin = joint - 1;
    if (tokens_[path.begin].text != "this") path.text = std::string(tokens_[path.begin].text) + "." + path.text;
  }
  return path;
}

std::size_t CodeFile::value_end(std::size_t begin) const {
  std::size_t at = begin;
  for (; at < tokens_.size() && at - begin < kMaxValue; ++at) {
    if (tokens_[at].is(";") || tokens_[at].is(",") || is_close(tokens_[at])) return at;
    if (is_open(tokens_[at]) && partners_[at] != tokens_.size()) at = partners_[at];
  }
  return begin;  // no end in sight: no value
}

void CodeFile::find_assignments() {
  for (std::size_t at = 1; at < tokens_.size(); ++at) {
    const CxxToken& token = tokens_[at];
    if (token.is("=") || token.is("+=")) {
      std::size_t name = at - 1;
      if (tokens_[name].is("]") && partners_[name] < name && partners_[name] > 0) name = partners_[name] - 1;
      if (tokens_[name].kind != CxxTokenKind::word) continue;
      Path path = this->path(name);
      const std::size_t end = value_end(at + 1);
      assigned_[path.text].push_back({path.text, tokens().subspan(at + 1, end - at - 1), path.begin, token.is("+=")});
    } else if (token.is("(") || token.is("{")) {
      if (tokens_[at - 1].kind != CxxTokenKind::word || partners_[at] == tokens_.size()) continue;
      if (token.is("(")) called_[tokens_[at - 1].text].push_back(at - 1);
      find_initialised(at);
      if (token.is("(")) find_copied(at);
    }
  }
}

/// "std::string url("..."), url{"..."}": a type in front of the name, and a value behind it.
void CodeFile::find_initialised(std::size_t at) {
  if (at < 2 || at + 1 >= tokens_.size() || tokens_[at + 1].kind != CxxTokenKind::string) return;
  const CxxToken& type = tokens_[at - 2];
  const bool is_type = (type.kind == CxxTokenKind::word && !is_no_type(type.text)) || type.is(">") || type.is("*") || type.is("&");
  if (!is_type) return;
  const std::string name(tokens_[at - 1].text);
  assigned_[name].push_back({name, tokens().subspan(at + 1, partners_[at] - at - 1), at - 1, false});
}

/// The functions of C that write a text into a buffer.
void CodeFile::find_copied(std::size_t at) {
  const TextWriter* by = text_writer(tokens_[at - 1].text);
  if (by == nullptr) return;
  const std::vector<CxxTokens> arguments = split_arguments(tokens().subspan(at + 1, partners_[at] - at - 1));
  if (arguments.size() < 2 || arguments[0].empty()) return;
  const auto last = static_cast<std::size_t>(&arguments[0].back() - tokens_.data());
  if (tokens_[last].kind != CxxTokenKind::word) return;
  Path target = path(last);
  const CxxTokens whole = tokens().subspan(at - 1, partners_[at] - at + 2);
  assigned_[target.text].push_back({target.text, by->is_whole ? whole : arguments[1], at - 1, by->is_append});
}

const std::vector<Assigned>& CodeFile::assigned(const std::string& path) const {
  static const std::vector<Assigned> kNone;
  const auto at = assigned_.find(path);
  return at == assigned_.end() ? kNone : at->second;
}

std::vector<std::string_view> CodeFile::names() const {
  std::vector<std::string_view> found;
  for (const auto& [name, values] : assigned_) found.push_back(name);
  for (const auto& [name, value] : macros_) found.push_back(name);
  return found;
}

const std::vector<std::size_t>& CodeFile::called(std::string_view name) const {
  static const std::vector<std::size_t> kNone;
  const auto at = called_.find(name);
  return at == called_.end() ? kNone : at->second;
}

std::size_t CodeFile::statement(std::size_t at) const {
  for (std::size_t left = kMaxValue; at > 0 && left > 0; --at, --left) {
    if (tokens_[at - 1].is(";") || tokens_[at - 1].is("{") || tokens_[at - 1].is("}")) break;
  }
  return at;
}

bool CodeFile::dominates(std::size_t first, std::size_t second) const {
  const std::size_t brace = around_[first];
  const bool is_inside = brace == tokens_.size() || (brace < second && partners_[brace] > second);
  return is_inside && first <= second && !is_control(tokens_[statement(first)].text);
}

}  // namespace mainstay::code
