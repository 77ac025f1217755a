// Output files: whole or not at all.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <utility>

#include "graph/values/result.h"

namespace mainstay {

/// A file while it is written: it has its name when it is whole, and leaves nothing behind when it never is.
/// Shape: what is there already and is no file (a device, a pipe) is written to as it is.
class OutputFile {
 public:
  /// Errors: the folder is not there, or may not be written.
  static Result<OutputFile> open(const std::string& path);
  OutputFile(OutputFile&& other) noexcept
      : path_(std::move(other.path_)),
        temporary_(std::move(other.temporary_)),
        descriptor_(std::exchange(other.descriptor_, -1)),
        mode_(other.mode_) {}
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  /// Errors: the disk is full.
  Result<bool> write(std::string_view bytes);
  /// Brings everything to the disk and gives the file its name. A file that is there keeps who may read and write it.
  Result<bool> finish();

 private:
  OutputFile(std::string path, std::string temporary, int descriptor, mode_t mode)
      : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor), mode_(mode) {}

  std::string path_;
  std::string temporary_;  // empty where there is none
  int descriptor_;
  mode_t mode_;
};

/// Writes the bytes as a whole file; "-" is not special here.
/// Errors: the folder is not there, is full or may not be written; nothing is left behind then.
Result<bool> write_file(const std::string& path, std::string_view bytes);

}  // namespace mainstay
