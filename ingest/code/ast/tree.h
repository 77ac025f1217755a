// The syntax tree of one translation unit, as far as it says what is called with which texts. Plain data: nothing of the compiler is left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "graph/values/location.h"

namespace mainstay::code::ast {

inline constexpr std::uint32_t kNone = 0xffff'ffff;

enum class NodeKind : std::uint8_t {
  other,      // what has no meaning of its own here; its parts may have one
  text,       // a string literal, neighbours joined
  number,     // whatever the compiler knows to be a whole number
  reference,  // to the declaration `decl`
  member,     // the same, of the object that is its child
  address,    // "&x"
  call,       // of `decl`: the object it is a member of (an `other` without parts when there is none), then the arguments
  construct,  // of the class `decl`: the arguments
  join,       // "+" of texts
  assign,     // "=": what is set, and to what
  append,     // "+="
  choice,     // "a ? b : c"
  list,       // "{a, b}"
  variable,   // a declaration, its value as its child
  function,   // a declaration with its body: parameters, what a constructor sets, statements
  branch,     // statements that may be passed by
  loop,       // the same, and they may come again
  returns     // "return x"
};

/// Shape: in the order of the text, parts behind the whole; `end` is the position behind the last part.
struct Node {
  NodeKind kind = NodeKind::other;
  std::uint32_t end = 0;
  std::uint32_t parent = kNone;
  std::uint32_t decl = kNone;
  Location where;    // where it is written, or the macro that brings it; `source` counts the given files, kNone for any other one
  Location written;  // the same; of a call the first octet of the name
  std::string text;  // the octets of a literal; the digits of a number
};

enum class DeclKind : std::uint8_t { other, function, type, variable, parameter, field, enumerator };

/// What references and calls refer to.
struct Decl {
  DeclKind kind = DeclKind::other;
  std::string name;            // qualified, joined by dots: "Aws.STS.STSClient"
  bool is_ours = false;        // declared in one of the files that were given, and not in a header of ours
  bool is_local = false;       // inside of a function
  bool is_array = false;       // of characters, which others may write into
  bool is_kept = false;        // outlives the function that it stands in
  std::uint32_t body = kNone;  // the function's node
};

struct Tree {
  std::vector<Node> nodes;
  std::vector<Decl> decls;
  bool is_cut = false;      // the file has more than is kept
  bool has_errors = false;  // something in it could not be understood: a declaration or a call may be missing
};

/// The parts of a node, one after the other.
inline std::vector<std::uint32_t> parts_of(const Tree& tree, std::uint32_t node) {
  std::vector<std::uint32_t> parts;
  for (std::uint32_t at = node + 1; at < tree.nodes[node].end; at = tree.nodes[at].end) parts.push_back(at);
  return parts;
}

}  // namespace mainstay::code::ast
