// A folder on disk that lives as long as one test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace mainstay {

class ScratchFolder {
 public:
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  /// The folder's absolute path.
  std::string path() const { return path_.string(); }
  std::string path(std::string_view name) const { return (path_ / name).string(); }
  /// Writes a file, with the folders above it.
  void write(std::string_view name, std::string_view bytes) const;
  void make_folder(std::string_view name) const;
  void link(std::string_view target, std::string_view name) const;
  void fifo(std::string_view name) const;

 private:
  std::filesystem::path path_;
};

}  // namespace mainstay
