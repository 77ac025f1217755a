// Zstandard, with several frames one after the other.
#include <zstd.h>

#include "ingest/logs/compression/packed_input.h"

namespace mainstay {
extern const Compression zstd_compression;

namespace {

class ZstdSource : public ByteSource {
 public:
  explicit ZstdSource(std::unique_ptr<ByteSource> packed) : input_(std::move(packed)), stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) error_ = "out of memory";
  }
  ~ZstdSource() override { ZSTD_freeDStream(stream_); }
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;

  std::size_t read(std::span<char> room) override {
    // Output may be left inside the library, so it is asked once more before new input is awaited.
    while (error_.empty() && (has_more_ || input_.refill())) {
      const std::span<char> left = input_.left();
      ZSTD_inBuffer in{left.data(), left.size(), 0};
      ZSTD_outBuffer out{room.data(), room.size(), 0};
      const std::size_t state = ZSTD_decompressStream(stream_, &out, &in);
      if (ZSTD_isError(state) != 0) {
        error_ = ZSTD_getErrorName(state);
        return 0;
      }
      input_.use(in.pos);
      is_inside_ = state != 0;
      has_more_ = out.pos == out.size;
      if (out.pos > 0) return out.pos;
    }
    if (error_.empty()) error_ = input_.error();
    if (error_.empty() && is_inside_) error_ = "the compressed file ends too early";
    return 0;
  }
  const std::string& error() const override { return error_; }

 private:
  PackedInput input_;
  ZSTD_DStream* stream_;
  bool is_inside_ = false;
  bool has_more_ = false;
  std::string error_;
};

}  // namespace

constinit const Compression zstd_compression{
    .name = "zstd", .magic = {"\x28\xb5\x2f\xfd", 4}, .undo = [](std::unique_ptr<ByteSource> packed) -> std::unique_ptr<ByteSource> {
      return std::make_unique<ZstdSource>(std::move(packed));
    }};

}  // namespace mainstay
