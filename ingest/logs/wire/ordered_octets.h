// Numbers in files that say in which order their writer's machine has its octets.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace mainstay {

/// Reads numbers in one order or the other.
class OrderedOctets {
 public:
  explicit OrderedOctets(bool is_little = true)
      : is_little_(is_little), is_foreign_(is_little != (std::endian::native == std::endian::little)) {}

  bool is_little() const { return is_little_; }
  std::uint16_t read16(std::string_view octets, std::size_t at) const {
    std::uint16_t value = 0;
    std::memcpy(&value, octets.substr(at, sizeof value).data(), sizeof value);
    return is_foreign_ ? __builtin_bswap16(value) : value;
  }
  std::uint32_t read32(std::string_view octets, std::size_t at) const {
    std::uint32_t value = 0;
    std::memcpy(&value, octets.substr(at, sizeof value).data(), sizeof value);
    return is_foreign_ ? __builtin_bswap32(value) : value;
  }

 private:
  bool is_little_;
  bool is_foreign_;
};

}  // namespace mainstay
