#include "ingest/code/script/c_script.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/code/code_file.h"
#include "ingest/code/script/c_answers.h"
#include "ingest/code/script/c_jumps.h"
#include "ingest/code/script/c_parser.h"
#include "ingest/code/script/c_source.h"
#include "ingest/code/script/dialect.h"
#include "ingest/syntax/cxx_literal.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

ScriptToken token_of(const CxxToken& one) {
  ScriptToken token{.kind = ScriptTokenKind::op, .written = one.text, .value = {}, .where = one.where};
  switch (one.kind) {
    case CxxTokenKind::word: token.kind = ScriptTokenKind::name; break;
    case CxxTokenKind::number: token.kind = ScriptTokenKind::number; break;
    case CxxTokenKind::string:
      token.kind = ScriptTokenKind::string;
      token.value = cxx_string(one.text);
      break;
    case CxxTokenKind::character:
      token.kind = one.text == "'\\0'" ? ScriptTokenKind::number : ScriptTokenKind::string;
      if (token.kind == ScriptTokenKind::number) token.written = "0";
      token.value = one.text.size() > 2 ? std::string(one.text.substr(1, one.text.size() - 2)) : std::string();
      break;
    case CxxTokenKind::mark:
      // The parser knows one shift, which is as good as the other; two lists of types that end together are told from it by the parser.
      if (one.text == ">>") token.written = "<<";
      if (one.text == ">>=") token.written = "<<=";
      break;
  }
  return token;
}

std::vector<ScriptToken> script_tokens_of(CxxTokens tokens) {
  std::vector<ScriptToken> all;
  all.reserve(tokens.size());
  for (const CxxToken& one : tokens) all.push_back(token_of(one));
  return all;
}

Statement given(std::string_view name, Location where, Expression value) {
  Statement one;
  one.kind = StatementKind::assign;
  one.where = where;
  one.targets.emplace_back();
  one.targets.front().kind = Kind::name;
  one.targets.front().word = name;
  one.targets.front().where = where;
  one.value = std::move(value);
  settle(one.value);
  return one;
}

/// Reads a file between its functions.
class Reader {
 public:
  explicit Reader(CSource source)
      : source_(std::move(source)),
        file_(std::move(source_.tokens)),
        tokens_(script_tokens_of(file_.tokens())),
        parser_(tokens_, source_.leaving) {}

  std::vector<Statement> read() {
    macros();
    const std::vector<code::Function>& functions = file_.functions();
    std::size_t next = 0;
    for (std::size_t at = 0, head = 0; at < tokens_.size(); ++at) {
      while (next < functions.size() && functions[next].begin <= at) ++next;
      const CxxToken& token = file_.tokens()[at];
      if (next < functions.size() && functions[next].begin == at + 1) {
        function(functions[next], head);
        at = functions[next].end;
        head = at + 1;
      } else if (token.is(";")) {
        if (has(head, at, "=") && !has(head, at, "using") && !has(head, at, "typedef"))
          constants(head, has(head, at, "const") || has(head, at, "constexpr"));
        head = at + 1;
      } else if (token.is("{") && has(head, at, "enum")) {
        const std::size_t end = std::min(file_.partner(at), tokens_.size() - 1);
        enumerators(at + 1, end);
        at = end;
      } else if (token.is("{") && has(head, at, "=")) {
        at = std::min(file_.partner(at), tokens_.size() - 1);
      } else if (token.is("{") || token.is("}")) {
        head = at + 1;
      }
    }
    join();
    settle_by_callers(all_);
    return std::move(all_);
  }

 private:
  bool has(std::size_t begin, std::size_t end, std::string_view mark) const {
    return std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(begin), tokens_.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](const ScriptToken& one) { return one.kind != ScriptTokenKind::string && one.written == mark; });
  }

  /// What does not change: texts, and what is declared so.
  void constants(std::size_t head, bool is_fixed) {
    std::vector<Statement> declared;
    parser_.declaration_at(head, declared);
    for (Statement& one : declared) {
      if (one.kind == StatementKind::assign && one.word == kLocalWord &&
          (is_fixed || one.value.kind == Kind::text || one.value.kind == Kind::sum))
        all_.push_back(std::move(one));
    }
  }

  void macros() {
    for (const auto& [name, meaning] : source_.constants) {
      const std::vector<ScriptToken> tokens = script_tokens_of(meaning);
      CParser parser(tokens, source_.leaving);
      all_.push_back(given(name, meaning.front().where, parser.expression_at(0)));
    }
  }

  /// "A, B = 4, C" as A = 0, B = 4, C = 5.
  void enumerators(std::size_t begin, std::size_t end) {
    double number = 0;
    for (std::size_t at = begin; at < end; ++at) {
      if (tokens_[at].kind != ScriptTokenKind::name) return;
      const std::size_t name = at;
      Expression value;
      value.kind = Kind::number;
      value.where = tokens_[at].where;
      if (at + 1 < end && tokens_[at + 1].written == "=") {
        value = parser_.expression_at(at + 2);
        if (value.kind != Kind::number) return;
        number = value.number;
      }
      value.number = number++;
      all_.push_back(given(tokens_[name].written, tokens_[name].where, std::move(value)));
      while (at < end && tokens_[at].written != ",") ++at;
    }
  }

  void function(const code::Function& read, std::size_t head) {
    Statement one;
    one.kind = StatementKind::function;
    one.word = read.name;
    one.where = tokens_[read.name_at].where;
    for (const std::string_view parameter : read.parameters) one.parameters.emplace_back(parameter);
    one.body = parser_.body_at(read.begin - 1);
    resolve_jumps(one.body, copies_);
    const std::uint32_t begin = tokens_[read.begin - 1].where.begin;
    const std::uint32_t end = read.end < tokens_.size() ? tokens_[read.end].where.end : tokens_.back().where.end;
    const auto differing = std::lower_bound(source_.differing.begin(), source_.differing.end(), begin);
    if (differing != source_.differing.end() && *differing < end) one.body.insert(one.body.begin(), unknown(one.where));
    settle_answers(one, head_of(read, head));
    all_.push_back(std::move(one));
  }

  CHead head_of(const code::Function& read, std::size_t head) const {
    CHead found;
    for (std::size_t at = std::min(head, read.name_at); at < read.name_at; ++at)
      found.type += (found.type.empty() || tokens_[at].written == "::" ? "" : " ") + std::string(tokens_[at].written);
    const std::size_t open = read.name_at + 1, close = std::min(file_.partner(open), tokens_.size());
    for (std::size_t at = close; at + 1 < read.begin; ++at) {  // "auto f() -> bool"
      if (tokens_[at].written == "->") found.type = std::string(tokens_[at + 1].written);
    }
    std::size_t parameter = 0;
    bool points = false, is_fixed = false;
    for (std::size_t at = open + 1; at < close; ++at) {
      const std::string_view written = tokens_[at].written;
      points = points || written == "*" || written == "&" || written == "[";
      is_fixed = is_fixed || written == "const";
      if (written == "(" || written == "[" || written == "{") at = std::min(file_.partner(at), close - 1);
      if (written != "," && at + 1 != close) continue;
      if (points && !is_fixed && parameter < read.parameters.size()) found.pointers.emplace_back(read.parameters[parameter]);
      points = is_fixed = false;
      ++parameter;
    }
    return found;
  }

  static Statement unknown(Location where) {
    Statement one;
    one.where = where;
    one.value.kind = Kind::call;
    one.value.where = where;
    one.value.parts.resize(1);
    one.value.parts.front().kind = Kind::name;
    one.value.parts.front().word = kUnknownCall;
    settle(one.value);
    return one;
  }

  /// Functions of one name: which one a call means is not told from here.
  void join() {
    std::map<std::string, std::size_t> first;
    std::set<std::string> is_joined;
    std::vector<Statement> kept;
    for (Statement& one : all_) {
      if (one.kind != StatementKind::function) {
        kept.push_back(std::move(one));
        continue;
      }
      const auto [at, is_new] = first.emplace(one.word, kept.size());
      if (is_new) {
        kept.push_back(std::move(one));
        continue;
      }
      Statement& known = kept[at->second];
      if (known.answers != one.answers) known.answers = Answers::ambiguous;
      Statement other;
      other.kind = StatementKind::branch;
      other.where = one.where;
      other.value = std::move(unknown(one.where).value);
      other.body = std::move(one.body);
      if (!is_joined.contains(known.word)) known.body.insert(known.body.begin(), unknown(known.where));
      is_joined.insert(known.word);
      known.body.push_back(std::move(other));
    }
    all_ = std::move(kept);
  }

  CSource source_;
  code::CodeFile file_;
  std::vector<ScriptToken> tokens_;
  CParser parser_;
  std::size_t copies_ = kMostCopies;
  std::vector<Statement> all_;
};

}  // namespace

std::vector<Statement> c_script(CxxTokens tokens) { return Reader(c_source(tokens)).read(); }

bool names_c_lookup(std::string_view text) {
  const auto is_word = [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_'; };
  const std::span<const LookupCall> rows = c_dialect().lookups;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_word(text[at])) ++at;
    const std::string_view word = text.substr(begin, at - begin);
    constexpr std::size_t kShortest = 8;  // most words are shorter
    if (word.size() >= kShortest && std::any_of(rows.begin(), rows.end(), [&](const LookupCall& row) { return row.word == word; }))
      return true;
  }
  return false;
}

}  // namespace mainstay::script
