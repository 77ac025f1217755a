#include "ingest/logs/wire/packet.h"

#include <algorithm>

#include "ingest/logs/wire/network_octets.h"

namespace mainstay {
namespace {

constexpr unsigned kMostHeaders = 8;

// Link types that are read.
constexpr std::uint32_t kNull = 0, kEthernet = 1, kRawBsd = 12, kRawOpenBsd = 14, kRaw = 101, kLoop = 108, kCooked = 113, kIpv4 = 228,
                        kIpv6 = 229, kCooked2 = 276;
constexpr std::uint32_t kKnown[] = {kNull, kEthernet, kRawBsd, kRawOpenBsd, kRaw, kLoop, kCooked, kIpv4, kIpv6, kCooked2};

constexpr std::uint16_t kEtherIpv4 = 0x0800;
constexpr std::uint16_t kEtherIpv6 = 0x86dd;

bool is_vlan(std::uint16_t ether_type) { return ether_type == 0x8100 || ether_type == 0x88a8 || ether_type == 0x9100; }

/// What stands behind an Ethernet type, and behind tags of VLANs.
std::string_view behind_type(std::string_view octets, std::uint16_t ether_type) {
  for (unsigned tags = 0; is_vlan(ether_type); ++tags) {
    if (octets.size() < 4 || tags == kMostHeaders) return {};
    ether_type = network16(octets, 2);
    octets.remove_prefix(4);
  }
  return ether_type == kEtherIpv4 || ether_type == kEtherIpv6 ? octets : std::string_view();
}

/// What stands behind a header in which the Ethernet type is at `type`.
std::string_view behind_header(std::string_view octets, std::size_t header, std::size_t type) {
  if (octets.size() < header) return {};
  return behind_type(octets.substr(header), network16(octets, type));
}

std::string_view ip_of(std::uint32_t link, std::string_view octets) {
  switch (link) {
    case kEthernet: return behind_header(octets, 14, 12);
    case kCooked: return behind_header(octets, 16, 14);
    case kCooked2: return behind_header(octets, 20, 0);
    case kNull:  // a family of addresses, whose number and order of octets depend on the machine
    case kLoop: return octets.size() < 4 ? std::string_view() : octets.substr(4);
    default: return octets;
  }
}

std::optional<IpPacket> read_v4(std::string_view octets) {
  constexpr std::size_t kLeast = 20;
  if (octets.size() < kLeast) return std::nullopt;
  const std::size_t header = std::size_t{4} * (octet_at(octets, 0) & 0xf);
  if (header < kLeast || header > octets.size()) return std::nullopt;
  // 0 is written by cards that cut large packets themselves.
  const std::size_t total = network16(octets, 2) == 0 ? octets.size() : network16(octets, 2);
  if (total < header) return std::nullopt;
  const unsigned fragment = network16(octets, 6);
  IpPacket packet{.source = octets.substr(12, 4), .target = octets.substr(16, 4), .protocol = octet_at(octets, 9)};
  packet.payload = octets.substr(header, total - header);
  packet.has_more = (fragment & 0x2000) != 0;
  packet.offset = (fragment & 0x1fff) * 8;
  packet.is_fragment = packet.has_more || packet.offset > 0;
  packet.identification = network16(octets, 4);
  return packet;
}

std::optional<IpPacket> read_v6(std::string_view octets) {
  constexpr std::size_t kHeader = 40;
  constexpr std::uint8_t kHopByHop = 0, kRouting = 43, kFragment = 44, kAuthentication = 51, kDestination = 60;
  if (octets.size() < kHeader) return std::nullopt;
  IpPacket packet{.source = octets.substr(8, 16), .target = octets.substr(24, 16), .protocol = octet_at(octets, 6)};
  const std::size_t size = network16(octets, 4);
  packet.payload = octets.substr(kHeader, size == 0 ? std::string_view::npos : size);
  for (unsigned headers = 0; headers < kMostHeaders; ++headers) {
    const std::uint8_t kind = packet.protocol;
    const bool is_extension = kind == kHopByHop || kind == kRouting || kind == kFragment || kind == kAuthentication || kind == kDestination;
    if (!is_extension) return packet;
    if (packet.payload.size() < 8) return std::nullopt;
    std::size_t header = std::size_t{8} + std::size_t{8} * octet_at(packet.payload, 1);
    if (kind == kAuthentication) header = std::size_t{8} + std::size_t{4} * octet_at(packet.payload, 1);
    if (kind == kFragment) {
      header = 8;
      packet.offset = network16(packet.payload, 2) & 0xfff8u;
      packet.has_more = (network16(packet.payload, 2) & 1) != 0;
      packet.is_fragment = packet.has_more || packet.offset > 0;
      packet.identification = network32(packet.payload, 4);
    }
    if (header > packet.payload.size()) return std::nullopt;
    packet.protocol = octet_at(packet.payload, 0);
    packet.payload.remove_prefix(header);
    if (packet.is_fragment) return packet;  // what follows may stand in another one
  }
  return std::nullopt;
}

}  // namespace

bool is_known_link(std::uint32_t link) { return std::ranges::find(kKnown, link) != std::end(kKnown); }

std::optional<IpPacket> read_link(std::uint32_t link, std::string_view octets) {
  const std::string_view ip = ip_of(link, octets);
  if (ip.empty()) return std::nullopt;
  const unsigned version = octet_at(ip, 0) >> 4;
  if (version == 4) return read_v4(ip);
  if (version == 6) return read_v6(ip);
  return std::nullopt;
}

std::optional<Segment> read_segment(std::uint8_t protocol, std::string_view payload) {
  constexpr std::uint8_t kTcp = 6, kUdp = 17;
  constexpr std::size_t kUdpHeader = 8, kTcpHeader = 20;
  Segment segment;
  if (protocol == kUdp) {
    if (payload.size() < kUdpHeader) return std::nullopt;
    const std::size_t size = network16(payload, 4) == 0 ? payload.size() : network16(payload, 4);
    if (size < kUdpHeader) return std::nullopt;
    segment.is_cut = size > payload.size();
    segment.payload = payload.substr(kUdpHeader, size - kUdpHeader);
  } else if (protocol == kTcp) {
    if (payload.size() < kTcpHeader) return std::nullopt;
    const std::size_t header = std::size_t{4} * (octet_at(payload, 12) >> 4);
    if (header < kTcpHeader || header > payload.size()) return std::nullopt;
    const unsigned flags = octet_at(payload, 13);
    segment.transport = Transport::tcp;
    segment.sequence = network32(payload, 4);
    segment.begins = (flags & 0x02) != 0;
    segment.ends = (flags & 0x05) != 0;
    segment.payload = payload.substr(header);
  } else {
    return std::nullopt;
  }
  segment.source_port = network16(payload, 0);
  segment.target_port = network16(payload, 2);
  return segment;
}

}  // namespace mainstay
