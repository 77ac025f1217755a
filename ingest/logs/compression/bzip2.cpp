// bzip2, with several streams one after the other.
#include <bzlib.h>

#include "ingest/logs/compression/packed_input.h"

namespace mainstay {
extern const Compression bzip2_compression;

namespace {

class Bzip2Source : public ByteSource {
 public:
  explicit Bzip2Source(std::unique_ptr<ByteSource> packed) : input_(std::move(packed)) { begin(); }
  ~Bzip2Source() override { BZ2_bzDecompressEnd(&stream_); }
  Bzip2Source(const Bzip2Source&) = delete;
  Bzip2Source& operator=(const Bzip2Source&) = delete;

  std::size_t read(std::span<char> room) override {
    while (error_.empty() && (has_more_ || input_.refill())) {
      const std::size_t got = decompress_some(room);
      if (got > 0) return got;
    }
    if (error_.empty()) error_ = input_.error();
    if (error_.empty() && !between_streams_) error_ = "the compressed file ends too early";
    return 0;
  }
  const std::string& error() const override { return error_; }

 private:
  void begin() {
    stream_ = {};
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) error_ = "out of memory";
  }

  std::size_t decompress_some(std::span<char> room) {
    const std::span<char> left = input_.left();
    stream_.next_in = left.data();
    stream_.avail_in = static_cast<unsigned>(left.size());
    stream_.next_out = room.data();
    stream_.avail_out = static_cast<unsigned>(room.size());
    const int state = BZ2_bzDecompress(&stream_);
    const std::size_t got = room.size() - stream_.avail_out;
    input_.use(left.size() - stream_.avail_in);
    between_streams_ = state == BZ_STREAM_END;
    has_more_ = state == BZ_OK && stream_.avail_out == 0;
    if (state == BZ_STREAM_END) {
      BZ2_bzDecompressEnd(&stream_);
      begin();
    } else if (state != BZ_OK) {
      error_ = "damaged bzip2";
    }
    return got;
  }

  PackedInput input_;
  bz_stream stream_{};
  bool between_streams_ = true;
  bool has_more_ = false;
  std::string error_;
};

}  // namespace

constinit const Compression bzip2_compression{
    .name = "bzip2", .magic = {"BZh", 3}, .undo = [](std::unique_ptr<ByteSource> packed) -> std::unique_ptr<ByteSource> {
      return std::make_unique<Bzip2Source>(std::move(packed));
    }};

}  // namespace mainstay
