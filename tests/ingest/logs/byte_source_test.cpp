#include "ingest/logs/byte_source.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <catch2/catch.hpp>
#include <span>
#include <string>

#include "ingest/logs/log_reader.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

std::string gzipped(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstandard(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string xz(const std::string& text) {
  std::string out(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t size = 0;
  REQUIRE(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC32, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                  reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size()) == LZMA_OK);
  out.resize(size);
  return out;
}

std::string lz4(const std::string& text) {
  std::string out(LZ4F_compressFrameBound(text.size(), nullptr), '\0');
  out.resize(LZ4F_compressFrame(out.data(), out.size(), text.data(), text.size(), nullptr));
  return out;
}

std::string bzip2(const std::string& text) {
  std::string out(text.size() + text.size() / 50 + 1000, '\0');
  auto size = static_cast<unsigned>(out.size());
  REQUIRE(BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(text.data()), static_cast<unsigned>(text.size()), 5, 0, 0) ==
          BZ_OK);
  out.resize(size);
  return out;
}

struct Read {
  std::string text;
  std::string error;
};

Read read_all(const std::string& path, std::size_t step) {
  Result<std::unique_ptr<ByteSource>> source = open_bytes(path);
  REQUIRE(source);
  Read out;
  std::string room(step, '\0');
  for (std::size_t got = 1; got > 0;) {
    got = (*source)->read(room);
    out.text.append(room, 0, got);
  }
  out.error = (*source)->error();
  return out;
}

}  // namespace

TEST_CASE("compressed logs: each kind is known by its content and read, in several pieces too", "[ingest][logs][compression]") {
  struct Row {
    const char* title;
    std::string (*pack)(const std::string&);
  };
  const Row rows[] = {{"gzip", &gzipped}, {"zstd", &zstandard}, {"xz", &xz}, {"lz4", &lz4}, {"bzip2", &bzip2}};
  std::string first;
  for (std::uint32_t n = 0; n < 40000; ++n) first += "line " + std::to_string(n * 2654435761u) + "\n";
  const std::string second = "the second piece\n";
  const ScratchFolder folder;
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      folder.write("packed", row.pack(first) + row.pack(second));
      for (const std::size_t step : {std::size_t{100}, std::size_t{4096}, std::size_t{1} << 20}) {
        const Read got = read_all(folder.path("packed"), step);
        CHECK(got.error.empty());
        CHECK((got.text == first + second));
      }
      const std::string packed = row.pack(first);
      folder.write("cut", packed.substr(0, packed.size() * 2 / 3));
      const Read cut = read_all(folder.path("cut"), 4096);
      CHECK_FALSE(cut.error.empty());
      CHECK(first.starts_with(cut.text));
      std::string damaged = packed;
      for (std::size_t at = packed.size() / 2; at < packed.size() / 2 + 40; ++at) damaged[at] = '\x55';
      folder.write("damaged", damaged);
      CHECK_FALSE(read_all(folder.path("damaged"), 4096).error.empty());
    }
}

TEST_CASE("compressed logs: a bomb is stopped", "[ingest][logs][compression]") {
  const ScratchFolder folder;
  folder.write("bomb", zstandard(std::string(std::size_t{200} << 20, 'x')));
  const Read got = read_all(folder.path("bomb"), std::size_t{1} << 20);
  CHECK(got.error.find("thousandfold") != std::string::npos);
  CHECK(got.text.size() < (std::size_t{80} << 20));
}

TEST_CASE("log reader: lines of ranges are those that begin there", "[ingest][logs][compression]") {
  const ScratchFolder folder;
  folder.write("q", "one\ntwo\r\n\nfour");
  const auto lines_of = [&](std::uint64_t offset, LineRange range) {
    Result<std::unique_ptr<ByteSource>> source = open_bytes_at(folder.path("q"), offset);
    REQUIRE(source);
    LogReader reader(*std::move(source), range);
    std::string all;
    for (std::string_view line; reader.next(line);) all += "<" + std::string(line) + ">";
    return all;
  };
  CHECK(lines_of(0, {}) == "<one><two><><four>");
  CHECK(lines_of(0, {.end = 4}) == "<one>");
  CHECK(lines_of(0, {.end = 5}) == "<one><two>");
  CHECK(lines_of(3, {.skips_first = true}) == "<two><><four>");
  CHECK(lines_of(4, {.skips_first = true}) == "<><four>");
  CHECK(lines_of(10, {.skips_first = true}).empty());
  folder.write("packed", gzipped("x"));
  CHECK_FALSE(open_bytes_at(folder.path("packed"), 1));
}

}  // namespace mainstay
