// Fragments: packets of IP that were sent in pieces, put together again.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/logs/wire/packet.h"

namespace mainstay {

/// Collects fragments until a packet is whole.
/// Limits: 64 packets of 64 KiB at a time, of at most 64 pieces each; the one that waits longest gives way. What overlaps is dropped as a
///         whole, because machines differ in which piece they believe (RFC 5722).
class Fragments {
 public:
  /// The payload of the packet that this fragment completes; nothing while some is missing. The view lives until the next call.
  std::optional<std::string_view> add(const IpPacket& fragment);

 private:
  static constexpr std::size_t kMostPackets = 64;
  static constexpr std::size_t kMostPieces = 64;
  static constexpr std::size_t kMostOctets = 65535;
  struct Piece {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  struct Packet {
    std::string key;  // empty: nothing here
    std::string octets;
    std::vector<Piece> pieces;  // sorted
    std::optional<std::uint32_t> size;
    std::uint64_t age = 0;
  };

  Packet& packet_of(const std::string& key);
  static bool insert(Packet& packet, Piece piece);
  static bool is_whole(const Packet& packet);

  std::array<Packet, kMostPackets> packets_;
  std::uint64_t clock_ = 0;
};

}  // namespace mainstay
