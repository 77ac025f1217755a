// Confined: opening and reading what lies below a folder, and nothing that a symbolic link leads to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "graph/values/result.h"

namespace mainstay {

/// An open file or folder that closes itself; below 0 when there is none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }
  /// Gives the number away: the caller closes it.
  int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

/// How a path below a folder is opened: by one call of the kernel where it has it, or component by component. For tests.
enum class Opening : std::uint8_t { best, by_component };

/// Opens a file or folder for reading. Neither the last nor any other component may be a symbolic link, and none may be "..": what is
/// opened lies below `folder`. Never waits, as the opening of a FIFO would.
/// Errors: no descriptor, and `errno` says why: ELOOP or ENOTDIR for a link.
Descriptor open_below(int folder, std::string_view path, bool is_folder, Opening opening = Opening::best);

/// Why an operation failed, as part of a sentence: "it vanished while the tree was read", "permission denied".
std::string reason_of(int error_number);

/// An open regular file that is read from its start.
class OpenFile {
 public:
  using Content = Result<std::shared_ptr<const std::string>>;

  /// Errors: not a regular file, or its state cannot be had.
  static Result<OpenFile> of(Descriptor descriptor);
  /// A file that lies elsewhere: `read` is called at most once, when its content is wanted.
  static OpenFile of(std::uint64_t octets, std::function<Content()> read);

  /// The size when it was opened; the file may have changed since.
  std::uint64_t octets() const { return octets_; }
  /// Reads on until `bytes` holds `wanted` octets or the file ends. Errors: reading fails; what was read before is kept.
  Result<bool> fill(std::string& bytes, std::size_t wanted);

 private:
  OpenFile(Descriptor descriptor, std::uint64_t octets) : descriptor_(std::move(descriptor)), octets_(octets) {}
  Result<bool> fill_from_content(std::string& bytes, std::size_t wanted);

  Descriptor descriptor_;
  std::uint64_t octets_ = 0;
  std::function<Content()> read_;  // of a file that is not on disk
  std::shared_ptr<const std::string> content_;
};

}  // namespace mainstay
