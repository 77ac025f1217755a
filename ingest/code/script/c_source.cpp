#include "ingest/code/script/c_source.h"

#include <algorithm>
#include <array>
#include <string>

namespace mainstay::script {
namespace {

constexpr std::size_t kMostOpen = 64;
constexpr std::size_t kLongestConstant = 16;  // tokens
constexpr std::size_t kLongestReturn = 40;    // tokens

bool is_flow(std::string_view word) {
  constexpr std::array<std::string_view, 13> kWords = {"if",    "else",  "for",      "while", "do",    "switch", "goto",
                                                       "break", "throw", "continue", "exit",  "abort", "_exit"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// What a branch does, as far as two branches are compared by it: where it leads, and which constants it gives.
std::string told(CxxTokens branch) {
  std::string out;
  for (std::size_t at = 0; at < branch.size(); ++at) {
    const CxxToken& token = branch[at];
    if (token.is("return")) {
      for (std::size_t end = at; end < branch.size() && end - at < kLongestReturn && !branch[end].is(";"); ++end)
        out += std::string(branch[end].text) + ' ';
    } else if (token.kind == CxxTokenKind::word && is_flow(token.text)) {
      out += std::string(token.text) + ' ';
    } else if (token.is("=") && at > 0 && at + 2 < branch.size() && branch[at + 2].is(";")) {
      out += std::string(branch[at - 1].text) + '=' + std::string(branch[at + 1].text) + ' ';
    }
  }
  return out;
}

bool is_balanced(CxxTokens branch) {
  int open = 0;
  for (const CxxToken& token : branch) {
    if (token.is("(") || token.is("[") || token.is("{")) ++open;
    if ((token.is(")") || token.is("]") || token.is("}")) && --open < 0) return false;
  }
  return open == 0;
}

struct Branch {
  std::vector<CxxToken> tokens;
  bool is_out = false;  // #if 0
};

struct Group {
  std::uint32_t place = 0;
  std::size_t begin = 0;  // of its branch that is open, in the tokens so far
  bool is_out = false;    // the branch that is open
  bool has_else = false;
  bool is_decided = false;  // #if 1
  std::vector<Branch> branches;
};

class Reader {
 public:
  CSource read(CxxTokens tokens) {
    for (std::size_t at = 0; at < tokens.size();) {
      if (!tokens[at].starts_line || !tokens[at].is("#")) {
        out_.tokens.push_back(tokens[at++]);
        continue;
      }
      std::size_t end = at + 1;
      while (end < tokens.size() && !tokens[end].starts_line) ++end;
      directive(tokens.subspan(at + 1, end - at - 1), tokens[at].where.begin);
      at = end;
    }
    while (!open_.empty()) close();
    std::sort(out_.differing.begin(), out_.differing.end());
    for (const std::string_view name : ambiguous_) out_.constants.erase(name);
    return std::move(out_);
  }

 private:
  void directive(CxxTokens line, std::uint32_t place) {
    const std::string_view word = line.empty() ? std::string_view() : line[0].text;
    if (word == "define") define(line);
    if (word.starts_with("if")) {
      if (open_.size() >= kMostOpen) {
        ++ignored_;
        return;
      }
      const bool is_number = word == "if" && line.size() == 2;
      open_.push_back({.place = place,
                       .begin = out_.tokens.size(),
                       .is_out = is_number && line[1].is("0"),
                       .is_decided = is_number && line[1].is("1"),
                       .branches = {}});
    } else if (word == "endif") {
      if (ignored_ > 0) {
        --ignored_;
      } else if (!open_.empty()) {
        close();
      }
    } else if (word.starts_with("el") && ignored_ == 0 && !open_.empty()) {
      end_branch();
      open_.back().has_else = open_.back().has_else || word == "else";
      open_.back().is_out = open_.back().is_decided;
    }
  }

  void define(CxxTokens line) {
    if (line.size() < 2 || line[1].kind != CxxTokenKind::word) return;
    const CxxTokens meaning = line.subspan(2);
    const bool leaves = std::any_of(meaning.begin(), meaning.end(), [](const CxxToken& one) {
      return one.kind == CxxTokenKind::word && (one.text == "return" || one.text == "goto" || one.text == "throw" || one.text == "exit");
    });
    if (leaves) out_.leaving.insert(line[1].text);
    const bool has_arguments = !meaning.empty() && meaning[0].is("(") && meaning[0].where.begin == line[1].where.end;
    if (leaves || has_arguments || meaning.empty() || meaning.size() > kLongestConstant) return;
    const auto [at, is_new] = out_.constants.emplace(line[1].text, std::vector<CxxToken>(meaning.begin(), meaning.end()));
    const auto same = [](const CxxToken& a, const CxxToken& b) { return a.text == b.text; };
    if (!is_new && !std::equal(meaning.begin(), meaning.end(), at->second.begin(), at->second.end(), same)) ambiguous_.insert(line[1].text);
  }

  void end_branch() {
    Group& group = open_.back();
    const auto from = out_.tokens.begin() + static_cast<std::ptrdiff_t>(std::min(group.begin, out_.tokens.size()));
    group.branches.push_back({.tokens = {from, out_.tokens.end()}, .is_out = group.is_out});
    out_.tokens.erase(from, out_.tokens.end());
  }

  void close() {
    end_branch();
    Group group = std::move(open_.back());
    open_.pop_back();
    std::vector<Branch>& all = group.branches;
    all.erase(std::remove_if(all.begin(), all.end(), [](const Branch& one) { return one.is_out; }), all.end());
    if (all.empty()) return;
    const std::string first = told(all.front().tokens);
    const bool all_same = std::all_of(all.begin(), all.end(), [&](const Branch& one) { return told(one.tokens) == first; });
    const bool may_have_none = !group.has_else && !group.is_decided;
    if (!all_same || (may_have_none && !first.empty())) out_.differing.push_back(group.place);
    const auto says = [&](const Branch& one) { return !one.tokens.empty() && (all.size() > 1 || is_balanced(one.tokens)); };
    const auto taken = std::find_if(all.begin(), all.end(), says);
    if (taken != all.end()) out_.tokens.insert(out_.tokens.end(), taken->tokens.begin(), taken->tokens.end());
  }

  CSource out_;
  std::vector<Group> open_;
  std::set<std::string_view> ambiguous_;
  std::size_t ignored_ = 0;
};

}  // namespace

CSource c_source(CxxTokens tokens) { return Reader().read(tokens); }

}  // namespace mainstay::script
