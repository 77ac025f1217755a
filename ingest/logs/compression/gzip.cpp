// gzip, with several members one after the other.
#include <zlib.h>

#include "ingest/logs/compression/unpacked_source.h"

namespace mainstay {
extern const Compression gzip_compression;

namespace {

class Gzip : public Unpacker {
 public:
  Gzip() {
    if (inflateInit2(&stream_, 16 + MAX_WBITS) != Z_OK) fail("out of memory");
  }
  ~Gzip() override { inflateEnd(&stream_); }

  UnpackStep step(std::span<char> in, std::span<char> out) override {
    if (!is_inside_ && static_cast<unsigned char>(in[0]) != 0x1f) {
      fail("there is something behind the compressed data that is no gzip");
      return {};
    }
    stream_.next_in = reinterpret_cast<Bytef*>(in.data());
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int state = inflate(&stream_, Z_NO_FLUSH);
    is_inside_ = state != Z_STREAM_END;
    if (state == Z_STREAM_END) {
      inflateReset(&stream_);
    } else if (state != Z_OK && state != Z_BUF_ERROR) {
      fail(stream_.msg != nullptr ? stream_.msg : "damaged gzip");
    }
    return {in.size() - stream_.avail_in, out.size() - stream_.avail_out, is_inside_};
  }

 private:
  z_stream stream_{};
  bool is_inside_ = false;
};

}  // namespace

constinit const Compression gzip_compression{.name = "gzip", .magic = {"\x1f\x8b", 2}, .undo = &unpacked_by<Gzip>};

}  // namespace mainstay
