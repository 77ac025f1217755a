#include "ingest/logs/record_arena.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

#include "graph/values/assert.h"

namespace mainstay {

RecordArena::~RecordArena() { clear(); }

std::uint32_t RecordArena::add(std::size_t octets) {
  const std::size_t size = (octets + kUnit - 1) / kUnit * kUnit;
  if (used_ + size > kChunk) {
    void* const chunk = std::aligned_alloc(kChunk, kChunk);
    if (chunk == nullptr) throw std::bad_alloc();
    madvise(chunk, kChunk, MADV_HUGEPAGE);  // a wish; nothing depends on it
    chunks_.push_back(static_cast<char*>(chunk));
    used_ = 0;
  }
  const std::size_t record = ((chunks_.size() - 1) << kUnitBits) + used_ / kUnit;
  MAINSTAY_ASSERT(record <= 0xfffffffeu, "the memory bound is reached long before 64 GiB");
  used_ += size;
  return static_cast<std::uint32_t>(record);
}

void RecordArena::clear() {
  for (char* chunk : chunks_) std::free(chunk);
  chunks_.clear();
  used_ = kChunk;
}

}  // namespace mainstay
