// IpAddress and Port: where a server listens.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "graph/values/result.h"

namespace mainstay {

/// An IPv4 or IPv6 address without a zone; IPv4-mapped IPv6 addresses stay IPv6.
class IpAddress {
 public:
  /// Errors: text that inet_pton refuses, which includes octets with leading zeros.
  static Result<IpAddress> parse(std::string_view text);
  /// The unspecified IPv6 address, "::".
  IpAddress() = default;

  bool is_v4() const { return v4_; }
  const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }

  /// True for addresses that mean this machine itself: 127.0.0.0/8 and ::1.
  bool is_loopback() const;
  /// True for addresses that the public Internet does not route: RFC 1918, RFC 6598, link-local, unique local, loopback.
  bool is_private() const;
  /// The network of that many leading bits, as text: "192.0.2.0/24".
  std::string prefix(unsigned bits) const;
  /// The shortest usual form: dotted quad, or RFC 5952.
  std::string text() const;

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

 private:
  bool v4_ = false;
  std::array<std::uint8_t, 16> bytes_{};
};

/// A transport port, 1 to 65535.
class Port {
 public:
  static Result<Port> from_number(std::uint64_t number) {
    if (number == 0 || number > 65535) return Error{"a port is a number from 1 to 65535"};
    return Port(static_cast<std::uint16_t>(number));
  }
  static constexpr Port dns() { return Port(53); }

  std::uint16_t number() const { return number_; }

  friend auto operator<=>(const Port&, const Port&) = default;

 private:
  explicit constexpr Port(std::uint16_t number) : number_(number) {}
  std::uint16_t number_;
};

}  // namespace mainstay
