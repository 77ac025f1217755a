// LZ4 frames, several one after the other.
#include <lz4frame.h>

#include "ingest/logs/compression/unpacked_source.h"

namespace mainstay {
extern const Compression lz4_compression;

namespace {

class Lz4 : public Unpacker {
 public:
  Lz4() {
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context_, LZ4F_VERSION)) != 0) fail("out of memory");
  }
  ~Lz4() override { LZ4F_freeDecompressionContext(context_); }

  UnpackStep step(std::span<char> in, std::span<char> out) override {
    UnpackStep done{in.size(), out.size(), true};
    const std::size_t state = LZ4F_decompress(context_, out.data(), &done.made, in.data(), &done.used, nullptr);
    if (LZ4F_isError(state) != 0) {
      fail(LZ4F_getErrorName(state));
      return {};
    }
    done.is_inside = state != 0;
    return done;
  }

 private:
  LZ4F_dctx* context_ = nullptr;
};

}  // namespace

constinit const Compression lz4_compression{.name = "lz4", .magic = {"\x04\x22\x4d\x18", 4}, .undo = &unpacked_by<Lz4>};

}  // namespace mainstay
