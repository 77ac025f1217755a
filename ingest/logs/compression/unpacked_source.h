// UnpackedSource: the octets behind a compression that goes through its input piece by piece.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>

#include "ingest/logs/byte_source.h"
#include "ingest/logs/compression/packed_input.h"

namespace mainstay {

/// What one step did. Shape: `is_inside` is false between one compressed piece and the next, where the input may end.
struct UnpackStep {
  std::size_t used = 0;
  std::size_t made = 0;
  bool is_inside = false;
};

/// One way to undo a compression, as its library does it.
class Unpacker {
 public:
  Unpacker() = default;
  virtual ~Unpacker() = default;
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  /// Takes some of `in`, which may be empty inside of a piece, and fills the front of `out`.
  virtual UnpackStep step(std::span<char> in, std::span<char> out) = 0;
  /// Why it cannot go on; empty while it can.
  const std::string& error() const { return error_; }

 protected:
  void fail(std::string why) { error_ = std::move(why); }

 private:
  std::string error_;
};

/// Several compressed pieces, one after the other, as rotation and concatenation make them.
class UnpackedSource : public ByteSource {
 public:
  UnpackedSource(std::unique_ptr<ByteSource> packed, std::unique_ptr<Unpacker> unpacker);
  std::size_t read(std::span<char> room) override;
  const std::string& error() const override { return error_; }

 private:
  PackedInput input_;
  std::unique_ptr<Unpacker> unpacker_;
  bool is_inside_ = false;
  bool has_more_ = false;  // output is left inside the library
  std::string error_;
};

/// For Compression::undo.
template <class Kind>
std::unique_ptr<ByteSource> unpacked_by(std::unique_ptr<ByteSource> packed) {
  return std::make_unique<UnpackedSource>(std::move(packed), std::make_unique<Kind>());
}

}  // namespace mainstay
