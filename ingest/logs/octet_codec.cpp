#include "ingest/logs/octet_codec.h"

namespace mainstay {

std::uint64_t OctetReader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; is_good_ && shift < 64 && !rest_.empty(); shift += 7) {
    const auto octet = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    if (shift == 63 && octet > 1) break;
    value |= std::uint64_t{octet & 0x7fu} << shift;
    // One number has one form, so that equal rows have equal octets.
    if (octet == 0 && shift > 0) break;
    if (octet < 0x80) return value;
  }
  is_good_ = false;
  return 0;
}

std::uint64_t OctetReader::number(std::uint64_t most) {
  const std::uint64_t value = number();
  if (value <= most) return value;
  is_good_ = false;
  return 0;
}

std::string_view OctetReader::text(std::size_t most) {
  const std::uint64_t size = number(most);
  if (size > rest_.size()) is_good_ = false;
  if (!is_good_) return {};
  const std::string_view value = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return value;
}

}  // namespace mainstay
