// Constants that a file takes from others of its tree, one step far.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ingest/code/script/front_ends.h"
#include "ingest/code/script/script_texts.h"
#include "ingest/source/unit.h"

namespace mainstay::script {

/// Reads other files when the first of their names is asked for: a module that an import of Python or JavaScript names inside the tree, and
/// the files beside one of Go, whose package they share. What those take from further files stays unknown, as does what is beyond the
/// limits. Problems in them are told where they are units of their own.
class Neighbours {
 public:
  static constexpr std::size_t kMaxFiles = 16;
  static constexpr std::size_t kMaxOctets = std::size_t{2} << 20;  // of all of them
  static constexpr std::size_t kMaxNames = 64;                     // that are asked for
  static constexpr std::size_t kMaxBeside = 64;                    // files of a package that are looked through

  /// `from` is the file whose names are asked for.
  Neighbours(Unit& unit, const FrontEnd& front_end, std::string from) : unit_(unit), front_end_(front_end), from_(std::move(from)) {}

  /// Nothing known when no file has it, or when two of a package differ.
  code::Value value(const Taken& taken);

 private:
  struct File {
    std::vector<Statement> script;
    std::unique_ptr<Texts> texts;
  };
  code::Value of_module(const Taken& taken);
  code::Value of_package(const std::string& name);
  void read_package();
  /// The first of the files that is there; null when none is, or too much was read.
  Texts* first_of(const std::vector<std::string>& names);
  Texts* texts_of(const std::string& name);

  Unit& unit_;
  const FrontEnd& front_end_;
  std::string from_;
  std::map<std::string, File, std::less<>> files_;
  std::map<std::string, code::Value, std::less<>> known_;
  std::size_t octets_ = 0;
  bool is_package_read_ = false;
  std::vector<std::pair<std::string, std::string>> beside_;  // files of the package, with their texts
};

}  // namespace mainstay::script
