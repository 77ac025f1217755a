// Which parts of the files the preprocessor takes only when it is told so.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/location.h"
#include "ingest/code/ast/clang_tree.h"

namespace mainstay::code::ast {

/// The conditions that have another branch ("#else", "#elif"): what stands in them may be otherwise in another build.
class Conditions {
 public:
  explicit Conditions(const std::vector<TreeFile>& files);

  /// True when what is written there, macros included, may be otherwise.
  bool may_differ(Location where) const;

 private:
  struct Macro {
    std::string_view body;
    bool is_conditional = false;
  };
  void read(const TreeFile& file, SourceId source);
  void define(std::string_view line, bool is_conditional);
  bool may_differ(std::string_view text, std::set<std::string_view>& seen) const;

  const std::vector<TreeFile>& files_;
  std::vector<std::vector<Location>> parts_;  // of each file
  std::multimap<std::string_view, Macro> macros_;
};

}  // namespace mainstay::code::ast
