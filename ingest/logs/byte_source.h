// ByteSource: the octets of a file or a pipe, without their compression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "graph/values/result.h"

namespace mainstay {

/// Gives octets until there are no more.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills the front of `room`; 0 at the end and at an error.
  virtual std::size_t read(std::span<char> room) = 0;
  /// Why reading stopped early; empty at a true end.
  virtual const std::string& error() const = 0;
};

/// One way to compress: recognised by the first octets, and a source that undoes it.
struct Compression {
  std::string_view name;   // "gzip"
  std::string_view magic;  // its first octets
  std::unique_ptr<ByteSource> (*undo)(std::unique_ptr<ByteSource> packed);
};

std::span<const Compression* const> all_compressions();

/// Opens a file, "-" for standard input, and undoes compression that its first octets show.
/// Errors: it cannot be opened. While reading: a compressed file that ends too early, is damaged, or swells more than a thousandfold.
Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path);

/// Opens a file as it is, from an octet on. Errors: it cannot be opened there, or is compressed.
Result<std::unique_ptr<ByteSource>> open_bytes_at(const std::string& path, std::uint64_t offset);

/// The same octets again, with some more in front that were taken from it already.
std::unique_ptr<ByteSource> with_front(std::string front, std::unique_ptr<ByteSource> rest);

}  // namespace mainstay
