// Zstandard, with several frames one after the other.
#include <zstd.h>

#include "ingest/logs/compression/unpacked_source.h"

namespace mainstay {
extern const Compression zstd_compression;

namespace {

class Zstd : public Unpacker {
 public:
  Zstd() : stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) fail("out of memory");
  }
  ~Zstd() override { ZSTD_freeDStream(stream_); }

  UnpackStep step(std::span<char> in, std::span<char> out) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    const std::size_t state = ZSTD_decompressStream(stream_, &to, &from);
    if (ZSTD_isError(state) != 0) {
      fail(ZSTD_getErrorName(state));
      return {};
    }
    return {from.pos, to.pos, state != 0};
  }

 private:
  ZSTD_DStream* stream_;
};

}  // namespace

constinit const Compression zstd_compression{.name = "zstd", .magic = {"\x28\xb5\x2f\xfd", 4}, .undo = &unpacked_by<Zstd>};

}  // namespace mainstay
