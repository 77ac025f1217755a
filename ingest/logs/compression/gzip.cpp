// gzip, with several members one after the other, as rotation and concatenation make them.
#include <zlib.h>

#include "ingest/logs/compression/packed_input.h"

namespace mainstay {
extern const Compression gzip_compression;

namespace {

class GzipSource : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<ByteSource> packed) : input_(std::move(packed)) {
    if (inflateInit2(&stream_, 16 + MAX_WBITS) != Z_OK) error_ = "out of memory";
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  std::size_t read(std::span<char> room) override {
    while (error_.empty() && input_.refill()) {
      if (between_members_ && !begins_member()) {
        error_ = "there is something behind the compressed data that is no gzip";
        return 0;
      }
      between_members_ = false;
      const std::size_t got = inflate_some(room);
      if (got > 0) return got;
    }
    if (error_.empty()) error_ = input_.error();
    if (error_.empty() && !between_members_) error_ = "the compressed file ends too early";
    return 0;
  }
  const std::string& error() const override { return error_; }

 private:
  bool begins_member() { return static_cast<unsigned char>(input_.left()[0]) == 0x1f; }

  std::size_t inflate_some(std::span<char> room) {
    const std::span<char> left = input_.left();
    stream_.next_in = reinterpret_cast<Bytef*>(left.data());
    stream_.avail_in = static_cast<uInt>(left.size());
    stream_.next_out = reinterpret_cast<Bytef*>(room.data());
    stream_.avail_out = static_cast<uInt>(room.size());
    const int state = inflate(&stream_, Z_NO_FLUSH);
    input_.use(left.size() - stream_.avail_in);
    if (state == Z_STREAM_END) {
      between_members_ = true;
      inflateReset(&stream_);
    } else if (state != Z_OK && state != Z_BUF_ERROR) {
      error_ = stream_.msg != nullptr ? stream_.msg : "damaged gzip";
    }
    return room.size() - stream_.avail_out;
  }

  PackedInput input_;
  z_stream stream_{};
  bool between_members_ = true;
  std::string error_;
};

}  // namespace

constinit const Compression gzip_compression{
    .name = "gzip", .magic = {"\x1f\x8b", 2}, .undo = [](std::unique_ptr<ByteSource> packed) -> std::unique_ptr<ByteSource> {
      return std::make_unique<GzipSource>(std::move(packed));
    }};

}  // namespace mainstay
