#include "ingest/logs/compression/unpacked_source.h"

namespace mainstay {

UnpackedSource::UnpackedSource(std::unique_ptr<ByteSource> packed, std::unique_ptr<Unpacker> unpacker)
    : input_(std::move(packed)), unpacker_(std::move(unpacker)), error_(unpacker_->error()) {}

std::size_t UnpackedSource::read(std::span<char> room) {
  while (error_.empty() && (has_more_ || input_.refill())) {
    const UnpackStep step = unpacker_->step(input_.left(), room);
    error_ = unpacker_->error();
    input_.use(step.used);
    is_inside_ = step.is_inside;
    has_more_ = step.is_inside && step.made == room.size();
    if (step.made > 0) return step.made;
  }
  if (error_.empty()) error_ = input_.error();
  if (error_.empty() && is_inside_) error_ = "the compressed file ends too early";
  return 0;
}

}  // namespace mainstay
