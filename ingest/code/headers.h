// Constants and macros that a file has from its headers, as far as they lie inside the tree.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/expression.h"
#include "ingest/source/unit.h"

namespace mainstay::code {

/// Reads headers when the first name is asked for, and each once. They are looked for beside the file, and in the folders around it and
/// their `include` and `src`. At most kMaxHeaders are read; the names of the others stay unknown.
class Headers {
 public:
  static constexpr std::size_t kMaxHeaders = 48;

  Headers(Unit& unit, const CodeFile& file) : unit_(unit), file_(file) {}

  /// The value of a constant or a macro; nothing when no header has it, or when two differ.
  std::optional<Value> constant(std::string_view name);

 private:
  struct Header {
    std::unique_ptr<CodeFile> file;
    std::unique_ptr<Expressions> expressions;
  };
  void read_all();
  void add(const std::string& from, const CodeFile& includer);
  std::optional<std::string> located(const std::string& from, const std::string& written) const;

  Unit& unit_;
  const CodeFile& file_;
  bool is_read_ = false;
  std::vector<std::pair<std::string, Header>> headers_;
  std::map<std::string, std::optional<Value>, std::less<>> known_;
};

}  // namespace mainstay::code
