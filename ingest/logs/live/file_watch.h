// FileWatch: waiting until something is written to a log.
#pragma once

#include <chrono>
#include <string>

namespace mainstay {

/// Tells when a file may have changed: at once where the kernel says so (inotify), and after a second at most, because file systems of
/// other machines tell nothing, and watches can be used up.
class FileWatch {
 public:
  enum class Means { kernel, clock };

  /// "-" is standard input. With Means::clock the kernel is not asked.
  explicit FileWatch(const std::string& path, Means means = Means::kernel);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  /// Waits until the file may have changed, `other` (a descriptor; -1 for none) can be read, or `most` has passed.
  void wait(std::chrono::milliseconds most, int other);
  /// The kernel tells of changes.
  bool is_told() const { return watch_ >= 0; }

 private:
  void watch_folder();

  std::string folder_;
  bool is_input_;
  int descriptor_ = -1;
  int watch_ = -1;
};

}  // namespace mainstay
