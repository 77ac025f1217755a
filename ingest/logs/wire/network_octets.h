// Numbers as networks write them: the highest octet first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mainstay {

inline std::uint8_t octet_at(std::string_view octets, std::size_t at) { return static_cast<std::uint8_t>(octets[at]); }

inline std::uint16_t network16(std::string_view octets, std::size_t at) {
  return static_cast<std::uint16_t>(octet_at(octets, at) << 8 | octet_at(octets, at + 1));
}

inline std::uint32_t network32(std::string_view octets, std::size_t at) {
  return std::uint32_t{network16(octets, at)} << 16 | network16(octets, at + 2);
}

}  // namespace mainstay
