// One file of C or C++ source, as far as it can be understood without its headers: brackets, functions, macros, and what is assigned.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/syntax/cxx_tokens.h"

namespace mainstay::code {

inline bool is_open(const CxxToken& token) { return token.is("(") || token.is("[") || token.is("{"); }
inline bool is_close(const CxxToken& token) { return token.is(")") || token.is("]") || token.is("}"); }

/// A function with its body.
struct Function {
  std::string_view name;                     // the last word of its path
  std::vector<std::string_view> parameters;  // "" for one without a name
  std::size_t name_at = 0;                   // tokens
  std::size_t begin = 0;                     // of the body, behind its brace
  std::size_t end = 0;
};

/// A value that a name is given. `name` is a path with dots, "this" left out: "config.region".
struct Assigned {
  std::string name;
  CxxTokens value;
  std::size_t at = 0;        // the token of the name
  bool is_appended = false;  // "+=", strcat
};

/// The words of a path in front of a position, joined by dots: "std.string" for `std::string` and "client.url" for `client->url`.
struct Path {
  std::string text;
  std::size_t begin = 0;  // its first token
};

/// Shape: positions are those of tokens(), which have no token of a preprocessor directive among them.
class CodeFile {
 public:
  explicit CodeFile(std::vector<CxxToken> tokens);
  CodeFile(const CodeFile&) = delete;
  CodeFile& operator=(const CodeFile&) = delete;

  CxxTokens tokens() const { return tokens_; }
  /// The other bracket of one at `at`; tokens().size() for one without. Of the brackets that close one in several branches of an #if it is
  /// the last one.
  std::size_t partner(std::size_t at) const { return partners_[at]; }
  /// What an object-like macro stands for; null when no such macro is defined, or differently in several places.
  const CxxTokens* macro(std::string_view name) const;
  const std::vector<Function>& functions() const { return functions_; }
  /// The function whose body holds that token, or null.
  const Function* function_at(std::size_t at) const;
  /// Every assignment to a path, in the order of the file.
  const std::vector<Assigned>& assigned(const std::string& path) const;
  /// The paths that are assigned to, and the object-like macros.
  std::vector<std::string_view> names() const;
  /// Every position of a word that a bracket "(" follows.
  const std::vector<std::size_t>& called(std::string_view name) const;
  /// The path that ends with the word at `at`.
  Path path(std::size_t at) const;
  /// True when nothing between them can lead past the first token on the way to the second one.
  bool dominates(std::size_t first, std::size_t second) const;
  /// The first token of the statement that holds one.
  std::size_t statement(std::size_t at) const;

 private:
  void take_directive(CxxTokens line);
  void match_brackets(const std::vector<std::uint8_t>& branches);
  void find_functions();
  bool is_initialiser(std::size_t head, std::size_t brace) const;
  void add_function(std::size_t head, std::size_t brace);
  void find_assignments();
  void find_initialised(std::size_t at);
  void find_copied(std::size_t at);
  std::size_t value_end(std::size_t begin) const;

  std::vector<CxxToken> all_;
  std::vector<CxxToken> tokens_;
  std::vector<std::size_t> partners_;
  std::vector<std::size_t> around_;  // the brace that holds each token; tokens().size() for none
  std::map<std::string_view, std::optional<CxxTokens>> macros_;
  std::vector<Function> functions_;
  std::map<std::string, std::vector<Assigned>, std::less<>> assigned_;
  std::map<std::string_view, std::vector<std::size_t>> called_;
};

/// The parts between the commas of a list, brackets respected; none for an empty one.
std::vector<CxxTokens> split_arguments(CxxTokens list);

}  // namespace mainstay::code
