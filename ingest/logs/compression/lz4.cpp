// LZ4 frames, several one after the other.
#include <lz4frame.h>

#include "ingest/logs/compression/packed_input.h"

namespace mainstay {
extern const Compression lz4_compression;

namespace {

class Lz4Source : public ByteSource {
 public:
  explicit Lz4Source(std::unique_ptr<ByteSource> packed) : input_(std::move(packed)) {
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context_, LZ4F_VERSION)) != 0) error_ = "out of memory";
  }
  ~Lz4Source() override { LZ4F_freeDecompressionContext(context_); }
  Lz4Source(const Lz4Source&) = delete;
  Lz4Source& operator=(const Lz4Source&) = delete;

  std::size_t read(std::span<char> room) override {
    while (error_.empty() && (has_more_ || input_.refill())) {
      const std::span<char> left = input_.left();
      std::size_t in = left.size();
      std::size_t out = room.size();
      const std::size_t state = LZ4F_decompress(context_, room.data(), &out, left.data(), &in, nullptr);
      if (LZ4F_isError(state) != 0) {
        error_ = LZ4F_getErrorName(state);
        return 0;
      }
      input_.use(in);
      is_inside_ = state != 0;
      has_more_ = out == room.size();
      if (out > 0) return out;
    }
    if (error_.empty()) error_ = input_.error();
    if (error_.empty() && is_inside_) error_ = "the compressed file ends too early";
    return 0;
  }
  const std::string& error() const override { return error_; }

 private:
  PackedInput input_;
  LZ4F_dctx* context_ = nullptr;
  bool is_inside_ = false;
  bool has_more_ = false;
  std::string error_;
};

}  // namespace

constinit const Compression lz4_compression{
    .name = "lz4", .magic = {"\x04\x22\x4d\x18", 4}, .undo = [](std::unique_ptr<ByteSource> packed) -> std::unique_ptr<ByteSource> {
      return std::make_unique<Lz4Source>(std::move(packed));
    }};

}  // namespace mainstay
