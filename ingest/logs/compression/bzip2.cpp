// bzip2, with several streams one after the other.
#include <bzlib.h>

#include "ingest/logs/compression/unpacked_source.h"

namespace mainstay {
extern const Compression bzip2_compression;

namespace {

class Bzip2 : public Unpacker {
 public:
  Bzip2() { begin(); }
  ~Bzip2() override { BZ2_bzDecompressEnd(&stream_); }

  UnpackStep step(std::span<char> in, std::span<char> out) override {
    stream_.next_in = in.data();
    stream_.avail_in = static_cast<unsigned>(in.size());
    stream_.next_out = out.data();
    stream_.avail_out = static_cast<unsigned>(out.size());
    const int state = BZ2_bzDecompress(&stream_);
    const UnpackStep done{in.size() - stream_.avail_in, out.size() - stream_.avail_out, state != BZ_STREAM_END};
    if (state == BZ_STREAM_END) {
      BZ2_bzDecompressEnd(&stream_);
      begin();
    } else if (state != BZ_OK) {
      fail("damaged bzip2");
    }
    return done;
  }

 private:
  void begin() {
    stream_ = {};
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) fail("out of memory");
  }

  bz_stream stream_{};
};

}  // namespace

constinit const Compression bzip2_compression{.name = "bzip2", .magic = {"BZh", 3}, .undo = &unpacked_by<Bzip2>};

}  // namespace mainstay
