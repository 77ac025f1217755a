// What the expressions of a file come to: texts with known and unknown parts.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "graph/values/text.h"
#include "ingest/code/code_file.h"
#include "ingest/code/value.h"

namespace mainstay::code {

/// The values of the parameters of a function, for one of its callers.
using Bound = std::map<std::string_view, Value>;

/// Where an expression stands: what is assigned before, and which parameters are known.
struct Scene {
  std::size_t at = 0;  // a token of the file
  const Function* function = nullptr;
  const Bound* bound = nullptr;
};

/// Works expressions out, without running anything: literals side by side and joined, formats, constants, macros, environment reads.
/// Names are looked up in the file, and then through `elsewhere` (its headers). What differs from branch to branch, and what is too long
/// or too deep, is unknown.
class Expressions {
 public:
  using Elsewhere = std::function<std::optional<Value>(std::string_view name)>;

  /// `steps` bounds the work for the file.
  Expressions(const CodeFile& file, Elsewhere elsewhere, std::size_t steps = 50'000)
      : file_(file), elsewhere_(std::move(elsewhere)), left_(steps) {}

  Value value(CxxTokens expression, const Scene& scene);
  /// What a path with dots was set to ("buffer.value"); unknown when nothing says so. `written` is where it is asked for.
  Value named(const std::string& path, CxxTokens written, const Scene& scene);
  /// The constant or macro of that name, as a header gives it to others.
  std::optional<Value> constant(std::string_view name);
  /// True once the work for the file was cut off.
  bool is_exhausted() const { return left_ == 0; }

 private:
  Value joined(CxxTokens expression, const Scene& scene);
  Value chosen(CxxTokens expression, std::size_t question, const Scene& scene);
  std::size_t append_primary(CxxTokens rest, const Scene& scene, Value& out);
  std::size_t take_path(CxxTokens rest, const Scene& scene, Value& got);
  std::size_t take_members(CxxTokens rest, std::size_t end, const Scene& scene, Value& got);
  Value call(std::string_view path, CxxTokens arguments, const Scene& scene);
  std::optional<Value> in_function(const std::string& path, const Scene& scene);
  std::optional<Value> in_file(const std::string& path);

  const CodeFile& file_;
  Elsewhere elsewhere_;
  std::size_t left_;
  int depth_ = 0;
  int appended_ = 0;
};

/// An expression as it is written, blanks left out and cut to what fits into a line: the name of an unknown part.
std::string written(CxxTokens expression);

}  // namespace mainstay::code
