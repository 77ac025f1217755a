// Packet: what carries messages of DNS, taken out of what was captured.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mainstay {

enum class Transport : std::uint8_t { udp, tcp };

/// A packet of IP without its link layer. Views of 4 or 16 octets are addresses; they live as long as the captured octets.
struct IpPacket {
  std::string_view source;
  std::string_view target;
  std::uint8_t protocol = 0;  // of the payload
  std::string_view payload;
  // Of a fragment:
  bool is_fragment = false;
  bool has_more = false;
  std::uint32_t identification = 0;
  std::uint32_t offset = 0;  // octets
};

/// A datagram of UDP, or a segment of TCP.
struct Segment {
  Transport transport = Transport::udp;
  std::uint16_t source_port = 0;
  std::uint16_t target_port = 0;
  std::string_view payload;
  bool is_cut = false;  // less was captured than was sent
  std::uint32_t sequence = 0;
  bool begins = false;  // SYN
  bool ends = false;    // FIN or RST
};

/// True for link types whose packets read_link() can open: Ethernet with any VLANs, Linux's cooked captures of both kinds, raw IP, and the
/// loopback of BSD.
bool is_known_link(std::uint32_t link);

/// The packet of IP in a captured one; nothing when it holds something else, or is damaged. Limits: 8 VLANs, 8 extension headers.
/// Source: the list of link-layer header types of libpcap; RFC 791, RFC 8200.
std::optional<IpPacket> read_link(std::uint32_t link, std::string_view octets);

/// The segment in a whole packet of IP; nothing when it is of neither transport, or damaged. Source: RFC 768, RFC 9293.
std::optional<Segment> read_segment(std::uint8_t protocol, std::string_view payload);

}  // namespace mainstay
