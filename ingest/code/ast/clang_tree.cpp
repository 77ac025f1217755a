#include "ingest/code/ast/clang_tree.h"

#include <clang-c/Index.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "ingest/code/ast/cursor_shapes.h"
#include "ingest/code/ast/parse_command.h"
#include "ingest/syntax/clang_library.h"
#include "ingest/syntax/cxx_literal.h"

namespace mainstay::code::ast {
namespace {

constexpr std::size_t kMaxNodes = 400'000;
constexpr int kMaxDepth = 200;  // of nodes; what is deeper is left out

struct Clang {
#define FUNCTION(name, symbol) decltype(&symbol) name = nullptr;
#include "ingest/code/ast/clang_functions.inc"
#undef FUNCTION
  bool is_complete = true;
};

Clang load() {
  Clang clang;
#define FUNCTION(name, symbol) clang.is_complete = find_in_clang(#symbol, clang.name) && clang.is_complete;
#include "ingest/code/ast/clang_functions.inc"
#undef FUNCTION
  return clang;
}

std::string taken(const Clang& clang, CXString text) {
  const char* octets = clang.text(text);
  std::string out = octets == nullptr ? "" : octets;
  clang.dispose_string(text);
  return out;
}

class Builder {
 public:
  Builder(const Clang& clang, const TreeInput& input) : clang_(clang), input_(input) {
    for (std::uint32_t at = 0; at < input.files.size(); ++at) files_.emplace(parsed_name(input.files[at]), at);
  }

  Tree build(CXTranslationUnit unit, bool has_errors) {
    tree_.has_errors = has_errors;
    for (const CXCursor& cursor : children(clang_.unit_cursor(unit))) {
      if (place(clang_.location(cursor)).source != SourceId{kNone}) add(cursor, kNone, 0);
    }
    return std::move(tree_);
  }

 private:
  std::vector<CXCursor> children(CXCursor cursor) const {
    std::vector<CXCursor> found;
    clang_.visit(
        cursor,
        [](CXCursor child, CXCursor, CXClientData data) {
          static_cast<std::vector<CXCursor>*>(data)->push_back(child);
          return CXChildVisit_Continue;
        },
        &found);
    return found;
  }

  std::string spelling(CXCursor cursor) const { return taken(clang_, clang_.spelling(cursor)); }

  std::uint32_t file_of(CXFile file) {
    const auto [known, is_new] = by_handle_.emplace(file, kNone);
    if (!is_new || file == nullptr) return known->second;
    if (const auto at = files_.find(taken(clang_, clang_.file_name(file))); at != files_.end()) known->second = at->second;
    return known->second;
  }

  Location place(CXSourceLocation where) {
    CXFile file = nullptr;
    unsigned offset = 0;
    clang_.in_file(where, &file, nullptr, nullptr, &offset);
    return {SourceId{file_of(file)}, offset, offset};
  }

  /// Where it is written: in the arguments of a macro, else the macro that brings it; or where its macro was expanded.
  Location range(CXCursor cursor, bool is_expanded = false) {
    const CXSourceRange extent = clang_.extent(cursor);
    CXFile file = nullptr, end_file = nullptr;
    unsigned begin = 0, end = 0;
    const auto read = is_expanded ? clang_.expanded : clang_.in_file;
    read(clang_.begin(extent), &file, nullptr, nullptr, &begin);
    read(clang_.end(extent), &end_file, nullptr, nullptr, &end);
    return {SourceId{file_of(file)}, begin, file == end_file ? std::max(begin, end) : begin};
  }

  std::string_view slice(Location where) const {
    if (where.source == SourceId{kNone}) return {};
    const std::string& bytes = input_.files[static_cast<std::size_t>(where.source)].bytes;
    if (where.begin >= bytes.size()) return {};
    return std::string_view(bytes).substr(where.begin, where.end - where.begin);
  }

  /// What stands between two operands, without blanks and comments: libclang does not say which operator it is.
  std::string operator_between(CXCursor left, CXCursor right) {
    for (const bool is_expanded : {false, true}) {
      const Location a = range(left, is_expanded), b = range(right, is_expanded);
      if (a.source != b.source || a.end > b.begin) continue;
      std::string mark;
      for (const char c : slice({a.source, a.end, b.begin})) {
        if (c == '/') break;
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\\') mark += c;
      }
      if (!mark.empty()) return mark;
    }
    return {};
  }

  std::uint32_t open(NodeKind kind, CXCursor cursor, std::uint32_t parent, std::uint32_t decl = kNone) {
    Node node{.kind = kind, .end = 0, .parent = parent, .decl = decl, .where = range(cursor), .written = range(cursor), .text = {}};
    if (kind == NodeKind::call) node.written = place_of_name(cursor);
    tree_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }

  /// The name of what is called.
  Location place_of_name(CXCursor call) {
    CXCursor name = call;
    for (int levels = 0; levels < 4 && clang_.kind(name) != CXCursor_DeclRefExpr && clang_.kind(name) != CXCursor_MemberRefExpr; ++levels) {
      const std::vector<CXCursor> parts = children(name);
      if (parts.empty()) break;
      name = parts[0];
    }
    const Location where = place(clang_.location(name));
    return {where.source, where.begin, where.begin + 1};
  }

  void close(std::uint32_t node) { tree_.nodes[node].end = static_cast<std::uint32_t>(tree_.nodes.size()); }

  void add_all(const std::vector<CXCursor>& cursors, std::uint32_t parent, int depth) {
    for (const CXCursor& one : cursors) add(one, parent, depth + 1);
  }

  void add_with_parts(NodeKind kind, CXCursor cursor, std::uint32_t parent, int depth) {
    const std::uint32_t node = open(kind, cursor, parent);
    add_all(children(cursor), node, depth);
    close(node);
  }

  void add(CXCursor cursor, std::uint32_t parent, int depth) {
    const Shape shape = shape_of(clang_.kind(cursor));
    if (shape == Shape::skipped) return;
    if (depth > kMaxDepth || tree_.nodes.size() >= kMaxNodes) {
      tree_.is_cut = true;
      return;
    }
    if (const std::optional<std::string> number = whole_number(cursor, shape)) {
      const std::uint32_t node = open(NodeKind::number, cursor, parent);
      tree_.nodes[node].text = *number;
      return close(node);
    }
    switch (shape) {
      case Shape::wrapper: return add_wrapped(cursor, parent, depth);
      case Shape::literal: return add_literal(cursor, parent);
      case Shape::named: return add_named(cursor, parent, depth, NodeKind::reference);
      case Shape::member: return add_named(cursor, parent, depth, NodeKind::member);
      case Shape::called: return add_call(cursor, parent, depth);
      case Shape::binary: return add_binary(cursor, parent, depth);
      case Shape::unary: return add_unary(cursor, parent, depth);
      case Shape::variable:
      case Shape::parameter:
      case Shape::field: return add_variable(cursor, parent, depth, shape);
      case Shape::function: return add_function(cursor, parent, depth);
      default: return add_with_parts(kind_of_statement(shape), cursor, parent, depth);
    }
  }

  std::optional<std::string> whole_number(CXCursor cursor, Shape shape) {
    const bool may_be =
        shape == Shape::wrapper || shape == Shape::binary || shape == Shape::unary || shape == Shape::plain || shape == Shape::named;
    if (!may_be || !is_whole_number(clang_.canonical_type(clang_.type(cursor)).kind)) return std::nullopt;
    if (!is_expression(clang_.kind(cursor)) || clang_.kind(clang_.referenced(cursor)) == CXCursor_EnumConstantDecl) return std::nullopt;
    const CXEvalResult result = clang_.evaluate(cursor);
    if (result == nullptr) return std::nullopt;
    std::optional<std::string> number;
    if (clang_.result_kind(result) == CXEval_Int) number = std::to_string(clang_.result_number(result));
    clang_.dispose_result(result);
    return number;
  }

  void add_wrapped(CXCursor cursor, std::uint32_t parent, int depth) {
    std::vector<CXCursor> parts = children(cursor);
    std::erase_if(parts, [&](CXCursor one) { return shape_of(clang_.kind(one)) == Shape::skipped; });
    if (parts.size() == 1) return add(parts[0], parent, depth + 1);
    add_with_parts(NodeKind::other, cursor, parent, depth);
  }

  void add_literal(CXCursor cursor, std::uint32_t parent) {
    const std::uint32_t node = open(NodeKind::text, cursor, parent);
    tree_.nodes[node].text = cxx_string(spelling(cursor));
    close(node);
  }

  void add_named(CXCursor cursor, std::uint32_t parent, int depth, NodeKind kind) {
    const std::uint32_t decl = decl_of(clang_.referenced(cursor));
    if (decl == kNone) return add_with_parts(NodeKind::other, cursor, parent, depth);
    const std::uint32_t node = open(kind, cursor, parent, decl);
    if (kind == NodeKind::member) add_all(children(cursor), node, depth);
    close(node);
  }

  void add_unary(CXCursor cursor, std::uint32_t parent, int depth) {
    const std::string_view text = slice(range(cursor));
    const char first = text.empty() ? '\0' : text.front();
    if (first == '*' || text.ends_with("++") || text.starts_with("++")) return add_wrapped(cursor, parent, depth);
    add_with_parts(first == '&' ? NodeKind::address : NodeKind::other, cursor, parent, depth);
  }

  void add_binary(CXCursor cursor, std::uint32_t parent, int depth) {
    const std::vector<CXCursor> parts = children(cursor);
    const std::string mark = parts.size() == 2 ? operator_between(parts[0], parts[1]) : std::string();
    add_with_parts(kind_of_operator(mark), cursor, parent, depth);
  }

  /// The one function that is called, also when its arguments could not be understood.
  CXCursor callee(CXCursor cursor) const {
    CXCursor found = clang_.referenced(cursor);
    std::vector<CXCursor> parts = children(cursor);
    for (int levels = 0; clang_.is_null(found) != 0 && !parts.empty() && levels < 4; ++levels) {
      const CXCursor first = parts[0];
      if (clang_.kind(first) == CXCursor_OverloadedDeclRef && clang_.overload_count(first) == 1) found = clang_.overload(first, 0);
      parts = children(first);
    }
    return clang_.kind(found) == CXCursor_OverloadedDeclRef && clang_.overload_count(found) == 1 ? clang_.overload(found, 0) : found;
  }

  /// An argument that the call does not give.
  bool is_left_out(CXCursor argument) const { return clang_.kind(argument) == CXCursor_UnexposedExpr && children(argument).empty(); }

  void add_call(CXCursor cursor, std::uint32_t parent, int depth) {
    const CXCursor called = callee(cursor);
    std::vector<CXCursor> arguments;
    for (int at = 0; at < clang_.argument_count(cursor); ++at) arguments.push_back(clang_.argument(cursor, static_cast<unsigned>(at)));
    while (!arguments.empty() && is_left_out(arguments.back())) arguments.pop_back();
    const bool is_known = clang_.is_null(called) == 0;
    const CXCursorKind kind = is_known ? clang_.kind(called) : CXCursor_UnexposedExpr;
    const std::string name = is_known ? spelling(called) : std::string();
    if (kind == CXCursor_ConversionFunction || name == "operator*" || name == "operator->") {
      const std::vector<CXCursor> parts = children(cursor);
      return parts.empty() ? void() : add_object(parts[0], parent, depth);
    }
    if (name.starts_with("operator") && arguments.size() == 2) {
      const std::uint32_t node = open(kind_of_operator(std::string_view(name).substr(8)), cursor, parent);
      add_all(arguments, node, depth);
      return close(node);
    }
    const bool is_construct = kind == CXCursor_Constructor;
    const std::uint32_t decl = !is_known ? kNone : decl_of(is_construct ? clang_.parent(called) : called);
    const std::uint32_t node = open(is_construct ? NodeKind::construct : NodeKind::call, cursor, parent, decl);
    if (!is_construct) {
      const std::vector<CXCursor> parts = children(cursor);
      if (parts.empty()) {
        close(open(NodeKind::other, cursor, node));
      } else {
        add_object(parts[0], node, depth);
      }
    }
    add_all(arguments, node, depth);
    close(node);
  }

  /// Of "object.member(...)" the object; nothing of a plain name.
  void add_object(CXCursor cursor, std::uint32_t parent, int depth) {
    for (int levels = 0; levels < 4; ++levels) {
      const std::vector<CXCursor> parts = children(cursor);
      if (clang_.kind(cursor) == CXCursor_MemberRefExpr) {
        const auto object = std::ranges::find_if(parts, [&](CXCursor one) { return shape_of(clang_.kind(one)) != Shape::skipped; });
        if (object != parts.end()) return add(*object, parent, depth + 1);
        break;
      }
      if (clang_.kind(cursor) == CXCursor_DeclRefExpr || parts.empty()) break;
      cursor = parts[0];
    }
    close(open(NodeKind::other, cursor, parent));
  }

  void add_variable(CXCursor cursor, std::uint32_t parent, int depth, Shape shape) {
    const std::uint32_t node = open(NodeKind::variable, cursor, parent, decl_of(cursor));
    if (shape == Shape::variable) {
      if (const CXCursor value = clang_.initialiser(cursor); clang_.is_null(value) == 0) add(value, node, depth + 1);
    } else {
      const std::vector<CXCursor> parts = children(cursor);
      const CXTypeKind type = clang_.canonical_type(clang_.type(cursor)).kind;
      const bool has_bound = type == CXType_ConstantArray;  // whose number is a part as well
      if (!parts.empty() && is_expression(clang_.kind(parts.back())) && !(has_bound && parts.size() == 1))
        add(parts.back(), node, depth + 1);
    }
    close(node);
  }

  /// Parameters, then what a constructor sets its members to, then the body.
  void add_function(CXCursor cursor, std::uint32_t parent, int depth) {
    const std::uint32_t decl = decl_of(cursor);
    const std::vector<CXCursor> parts = children(cursor);
    const std::uint32_t node = open(NodeKind::function, cursor, parent, decl);
    for (std::size_t at = 0; at < parts.size(); ++at) {
      const CXCursorKind kind = clang_.kind(parts[at]);
      if (kind == CXCursor_CompoundStmt && decl != kNone) tree_.decls[decl].body = node;
      if (kind == CXCursor_MemberRef && at + 1 < parts.size()) {
        const std::uint32_t set = open(NodeKind::assign, parts[at], node);
        const std::uint32_t member = open(NodeKind::reference, parts[at], set, decl_of(clang_.referenced(parts[at])));
        close(member);
        add(parts[++at], set, depth + 1);
        close(set);
        continue;
      }
      add(parts[at], node, depth + 1);
    }
    close(node);
  }

  std::uint32_t decl_of(CXCursor cursor) {
    if (clang_.is_null(cursor) != 0) return kNone;
    const CXCursor canonical = clang_.canonical(cursor);
    const unsigned hash = clang_.hash(canonical);
    const auto [begin, end] = by_hash_.equal_range(hash);
    for (auto at = begin; at != end; ++at) {
      if (clang_.equal(at->second.first, canonical) != 0) return at->second.second;
    }
    const auto number = static_cast<std::uint32_t>(tree_.decls.size());
    by_hash_.emplace(hash, std::pair(canonical, number));
    tree_.decls.push_back(described(canonical));
    return number;
  }

  Decl described(CXCursor cursor) {
    Decl decl{.kind = decl_kind_of(clang_.kind(cursor)), .name = spelling(cursor)};
    decl.is_ours = place(clang_.location(cursor)).source != SourceId{kNone};
    const CXType type = clang_.type(cursor);
    decl.is_array = clang_.canonical_type(type).kind == CXType_ConstantArray && clang_.is_const(type) == 0;
    CXCursor around = clang_.parent(cursor);
    decl.is_local = shape_of(clang_.kind(around)) == Shape::function;
    decl.is_kept = !decl.is_local || clang_.storage(cursor) == CX_SC_Static;
    for (int levels = 0; levels < 16 && !decl.is_local; ++levels, around = clang_.parent(around)) {
      const CXCursorKind kind = clang_.kind(around);
      if (clang_.is_null(around) != 0 || kind == CXCursor_TranslationUnit) break;
      if (kind == CXCursor_LinkageSpec || kind == CXCursor_EnumDecl) continue;
      if (const std::string name = spelling(around); !name.empty()) decl.name = name + "." + decl.name;
    }
    if (const std::size_t arguments = decl.name.find('<'); decl.kind == DeclKind::function && arguments != std::string::npos)
      decl.name.resize(arguments);
    return decl;
  }

  const Clang& clang_;
  const TreeInput& input_;
  Tree tree_;
  std::unordered_map<std::string, std::uint32_t> files_;
  std::unordered_map<CXFile, std::uint32_t> by_handle_;
  std::unordered_multimap<unsigned, std::pair<CXCursor, std::uint32_t>> by_hash_;
};

bool has_errors(const Clang& clang, CXTranslationUnit unit) {
  bool found = false;
  for (unsigned at = 0; at < clang.diagnostic_count(unit) && !found; ++at) {
    const CXDiagnostic one = clang.diagnostic(unit, at);
    found = clang.severity(one) >= CXDiagnostic_Error;
    clang.dispose_diagnostic(one);
  }
  return found;
}

}  // namespace

Result<Tree> read_tree(const TreeInput& input) {
  static const Clang clang = load();
  if (!clang.is_complete) return Error{"libclang is not on this machine"};
  const ParseCommand command = parse_command(input);
  std::vector<CXUnsavedFile> files;
  for (const ParsedFile& file : command.files) files.push_back({file.name.c_str(), file.bytes.data(), file.bytes.size()});
  std::vector<const char*> words;
  for (const std::string& flag : command.flags) words.push_back(flag.c_str());
  const CXIndex index = clang.create_index(0, 0);
  CXTranslationUnit unit = nullptr;
  const CXErrorCode error =
      clang.parse(index, files[0].Filename, words.data(), static_cast<int>(words.size()), files.data(), static_cast<unsigned>(files.size()),
                  CXTranslationUnit_KeepGoing | CXTranslationUnit_Incomplete, &unit);
  Result<Tree> tree = Error{"libclang does not take it"};
  if (error == CXError_Success && unit != nullptr) tree = Builder(clang, input).build(unit, has_errors(clang, unit));
  if (unit != nullptr) clang.dispose_unit(unit);
  clang.dispose_index(index);
  return tree;
}

}  // namespace mainstay::code::ast
