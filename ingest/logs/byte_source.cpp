#include "ingest/logs/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace mainstay {

extern const Compression gzip_compression;
extern const Compression zstd_compression;
extern const Compression xz_compression;
extern const Compression lz4_compression;
extern const Compression bzip2_compression;

namespace {

constexpr const Compression* kCompressions[] = {&gzip_compression, &zstd_compression, &xz_compression, &lz4_compression,
                                                &bzip2_compression};
constexpr std::size_t kLongestMagic = 6;

/// A file or a pipe as it is.
class PlainSource : public ByteSource {
 public:
  explicit PlainSource(int descriptor) : descriptor_(descriptor) {}
  ~PlainSource() override {
    if (descriptor_ > STDIN_FILENO) close(descriptor_);
  }
  PlainSource(const PlainSource&) = delete;
  PlainSource& operator=(const PlainSource&) = delete;

  std::size_t read(std::span<char> room) override {
    while (true) {
      const ssize_t got = ::read(descriptor_, room.data(), room.size());
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno == EINTR) continue;
      error_ = std::strerror(errno);
      return 0;
    }
  }
  const std::string& error() const override { return error_; }

 private:
  int descriptor_;
  std::string error_;
};

class FrontSource : public ByteSource {
 public:
  FrontSource(std::string front, std::unique_ptr<ByteSource> rest) : front_(std::move(front)), rest_(std::move(rest)) {}

  std::size_t read(std::span<char> room) override {
    if (used_ == front_.size()) return rest_->read(room);
    const std::size_t size = std::min(room.size(), front_.size() - used_);
    std::memcpy(room.data(), front_.data() + used_, size);
    used_ += size;
    return size;
  }
  const std::string& error() const override { return rest_->error(); }

 private:
  std::string front_;
  std::size_t used_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

/// Counts what goes in, for the measure of how much comes out.
class CountedSource : public ByteSource {
 public:
  CountedSource(std::unique_ptr<ByteSource> inner, std::uint64_t& octets) : inner_(std::move(inner)), octets_(octets) {}
  std::size_t read(std::span<char> room) override {
    const std::size_t got = inner_->read(room);
    octets_ += got;
    return got;
  }
  const std::string& error() const override { return inner_->error(); }

 private:
  std::unique_ptr<ByteSource> inner_;
  std::uint64_t& octets_;
};

/// Stops at what is no log any more: text shrinks to a hundredth at best, and a bomb to much less.
class BoundedSource : public ByteSource {
 public:
  BoundedSource(std::unique_ptr<ByteSource> packed, const Compression& compression)
      : inner_(compression.undo(std::make_unique<CountedSource>(std::move(packed), in_))) {}

  std::size_t read(std::span<char> room) override {
    if (!error_.empty()) return 0;
    const std::size_t got = inner_->read(room);
    out_ += got;
    error_ = inner_->error();
    if (out_ > kFree && out_ / kMostSwelling > in_) error_ = "the compressed file swells more than a thousandfold";
    return got;
  }
  const std::string& error() const override { return error_; }

 private:
  static constexpr std::uint64_t kFree = std::uint64_t{64} << 20;
  static constexpr std::uint64_t kMostSwelling = 1000;

  std::uint64_t in_ = 0;
  std::uint64_t out_ = 0;
  std::unique_ptr<ByteSource> inner_;
  std::string error_;
};

/// The first octets of a source, as many as tell how it is compressed.
std::string head_of(ByteSource& source) {
  std::string head(kLongestMagic, '\0');
  std::size_t size = 0;
  while (size < head.size()) {
    const std::size_t got = source.read(std::span(head).subspan(size));
    if (got == 0) break;
    size += got;
  }
  head.resize(size);
  return head;
}

const Compression* compression_of(std::string_view head) {
  for (const Compression* one : kCompressions) {
    if (head.starts_with(one->magic)) return one;
  }
  return nullptr;
}

}  // namespace

std::span<const Compression* const> all_compressions() { return kCompressions; }

std::unique_ptr<ByteSource> with_front(std::string front, std::unique_ptr<ByteSource> rest) {
  return std::make_unique<FrontSource>(std::move(front), std::move(rest));
}

Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path) {
  const int descriptor = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{fmt::format("{} cannot be opened: {}", path, std::strerror(errno))};
  std::unique_ptr<ByteSource> plain = std::make_unique<PlainSource>(descriptor);
  std::string head = head_of(*plain);
  if (!plain->error().empty()) return Error{fmt::format("{} cannot be read: {}", path, plain->error())};
  if (const Compression* one = compression_of(head))
    return std::unique_ptr<ByteSource>(std::make_unique<BoundedSource>(with_front(std::move(head), std::move(plain)), *one));
  return with_front(std::move(head), std::move(plain));
}

Result<std::unique_ptr<ByteSource>> open_bytes_at(const std::string& path, std::uint64_t offset) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{fmt::format("{} cannot be opened: {}", path, std::strerror(errno))};
  std::unique_ptr<ByteSource> plain = std::make_unique<PlainSource>(descriptor);
  if (compression_of(head_of(*plain)) != nullptr)
    return Error{fmt::format("{} is compressed, so that it has to be read from its beginning", path)};
  if (lseek(descriptor, static_cast<off_t>(offset), SEEK_SET) < 0)
    return Error{fmt::format("{} cannot be read from its middle: {}", path, std::strerror(errno))};
  return plain;
}

}  // namespace mainstay
