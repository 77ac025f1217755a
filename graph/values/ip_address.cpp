#include "graph/values/ip_address.h"

#include <arpa/inet.h>

#include <algorithm>

#include "graph/values/assert.h"

namespace mainstay {

Result<IpAddress> IpAddress::parse(std::string_view text) {
  char buffer[INET6_ADDRSTRLEN + 1] = {};
  if (text.empty() || text.size() >= sizeof buffer) return Error{"not an IP address"};
  std::copy(text.begin(), text.end(), buffer);
  if (text.find('\0') != std::string_view::npos) return Error{"not an IP address"};
  IpAddress address;
  if (inet_pton(AF_INET, buffer, address.bytes_.data()) == 1) {
    address.v4_ = true;
    return address;
  }
  if (inet_pton(AF_INET6, buffer, address.bytes_.data()) == 1) return address;
  return Error{"not an IP address"};
}

bool IpAddress::is_loopback() const {
  if (v4_) return bytes_[0] == 127;
  return std::all_of(bytes_.begin(), bytes_.end() - 1, [](std::uint8_t byte) { return byte == 0; }) && bytes_[15] == 1;
}

bool IpAddress::is_private() const {
  if (is_loopback()) return true;
  if (!v4_) return (bytes_[0] & 0xfe) == 0xfc || (bytes_[0] == 0xfe && (bytes_[1] & 0xc0) == 0x80);
  return bytes_[0] == 10 || (bytes_[0] == 172 && (bytes_[1] & 0xf0) == 16) || (bytes_[0] == 192 && bytes_[1] == 168) ||
         (bytes_[0] == 169 && bytes_[1] == 254) || (bytes_[0] == 100 && (bytes_[1] & 0xc0) == 64);
}

std::string IpAddress::prefix(unsigned bits) const {
  const unsigned width = v4_ ? 32 : 128;
  MAINSTAY_ASSERT(bits <= width, "a prefix is no longer than its address");
  IpAddress network = *this;
  for (unsigned bit = bits; bit < width; ++bit) {
    network.bytes_[bit / 8] = static_cast<std::uint8_t>(network.bytes_[bit / 8] & ~(0x80u >> (bit % 8)));
  }
  return network.text() + "/" + std::to_string(bits);
}

std::string IpAddress::text() const {
  char buffer[INET6_ADDRSTRLEN] = {};
  inet_ntop(v4_ ? AF_INET : AF_INET6, bytes_.data(), buffer, sizeof buffer);
  return buffer;
}

}  // namespace mainstay
