// xz, with several streams one after the other.
#include <lzma.h>

#include "ingest/logs/compression/packed_input.h"

namespace mainstay {
extern const Compression xz_compression;

namespace {

constexpr std::uint64_t kMostMemory = std::uint64_t{256} << 20;

class XzSource : public ByteSource {
 public:
  explicit XzSource(std::unique_ptr<ByteSource> packed) : input_(std::move(packed)) {
    if (lzma_stream_decoder(&stream_, kMostMemory, LZMA_CONCATENATED) != LZMA_OK) error_ = "out of memory";
  }
  ~XzSource() override { lzma_end(&stream_); }
  XzSource(const XzSource&) = delete;
  XzSource& operator=(const XzSource&) = delete;

  std::size_t read(std::span<char> room) override {
    while (error_.empty() && !is_done_) {
      const bool has_input = input_.refill();
      if (!input_.error().empty()) error_ = input_.error();
      const std::span<char> left = input_.left();
      stream_.next_in = reinterpret_cast<const std::uint8_t*>(left.data());
      stream_.avail_in = left.size();
      stream_.next_out = reinterpret_cast<std::uint8_t*>(room.data());
      stream_.avail_out = room.size();
      const lzma_ret state = lzma_code(&stream_, has_input ? LZMA_RUN : LZMA_FINISH);
      input_.use(left.size() - stream_.avail_in);
      is_done_ = state == LZMA_STREAM_END;
      if (state == LZMA_BUF_ERROR) error_ = "the compressed file ends too early";
      if (state == LZMA_MEMLIMIT_ERROR) error_ = "the compressed file needs more than 256 MiB of memory";
      if (state != LZMA_OK && state != LZMA_STREAM_END && error_.empty()) error_ = "damaged xz";
      if (stream_.avail_out < room.size()) return room.size() - stream_.avail_out;
    }
    return 0;
  }
  const std::string& error() const override { return error_; }

 private:
  PackedInput input_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool is_done_ = false;
  std::string error_;
};

}  // namespace

constinit const Compression xz_compression{.name = "xz",
                                           .magic = {"\xfd"
                                                     "7zXZ\0",
                                                     6},
                                           .undo = [](std::unique_ptr<ByteSource> packed) -> std::unique_ptr<ByteSource> {
                                             return std::make_unique<XzSource>(std::move(packed));
                                           }};

}  // namespace mainstay
