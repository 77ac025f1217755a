// Constants and macros that a file has from its headers, as far as they lie inside the tree.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/expression.h"
#include "ingest/source/unit.h"

namespace mainstay::code {

/// Reads headers when the first name is asked for, and cuts into tokens only those that seem to define a name that is asked for.
/// They are looked for beside the file, and in the folders around it and their `include` and `src`. What is beyond the limits stays
/// unknown.
class Headers {
 public:
  static constexpr std::size_t kMaxHeaders = 48;
  static constexpr std::size_t kMaxOctets = std::size_t{4} << 20;  // of all headers
  static constexpr std::size_t kMaxNames = 256;                    // that are asked for

  explicit Headers(Unit& unit) : unit_(unit) {}

  /// The value of a constant or a macro; nothing when no header has it, or when two differ.
  std::optional<Value> constant(std::string_view name);
  /// All that are found, and the folders that their names in #include lines count from.
  std::vector<const Source*> sources();
  const std::set<std::string>& folders() const { return folders_; }

 private:
  struct Header {
    std::string name;
    const Source* source = nullptr;
    std::unique_ptr<CodeFile> file = {};
    std::unique_ptr<Expressions> expressions = {};
    bool is_cut = false;  // into tokens, or given up
  };
  void read_all();
  void add(const std::string& from, std::string_view text);
  Expressions* expressions_of(Header& header);
  std::optional<std::string> located(const std::string& from, const std::string& written) const;

  Unit& unit_;
  bool is_read_ = false;
  std::size_t octets_ = 0;
  int depth_ = 0;
  std::vector<Header> headers_;
  std::set<std::string> folders_;
  std::map<std::string, std::optional<Value>, std::less<>> known_;
};

}  // namespace mainstay::code
