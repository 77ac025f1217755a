#include "ingest/logs/wire/fragments.h"

#include <algorithm>
#include <cstring>

namespace mainstay {

Fragments::Packet& Fragments::packet_of(const std::string& key) {
  auto at = std::ranges::find(packets_, key, &Packet::key);
  if (at != packets_.end()) return *at;
  at = std::ranges::min_element(packets_, {}, &Packet::age);
  at->key = key;
  at->octets.clear();
  at->pieces.clear();
  at->size.reset();
  at->age = ++clock_;
  return *at;
}

/// False when it overlaps another piece, or is one too many.
bool Fragments::insert(Packet& packet, Piece piece) {
  const auto at = std::ranges::lower_bound(packet.pieces, piece.begin, {}, &Piece::begin);
  if (at != packet.pieces.end() && at->begin < piece.end) return at->begin == piece.begin && at->end == piece.end;  // sent twice
  if (at != packet.pieces.begin() && std::prev(at)->end > piece.begin) return false;
  if (packet.pieces.size() == kMostPieces) return false;
  packet.pieces.insert(at, piece);
  return true;
}

bool Fragments::is_whole(const Packet& packet) {
  if (!packet.size) return false;
  std::uint32_t reached = 0;
  for (const Piece& piece : packet.pieces) {
    if (piece.begin != reached) return false;
    reached = piece.end;
  }
  return reached == *packet.size;
}

std::optional<std::string_view> Fragments::add(const IpPacket& fragment) {
  const std::size_t end = fragment.offset + fragment.payload.size();
  if (fragment.payload.empty() || end > kMostOctets) return std::nullopt;
  std::string key(fragment.source);
  key += fragment.target;
  key.append(reinterpret_cast<const char*>(&fragment.identification), sizeof fragment.identification);
  if (fragment.source.size() == 4) key += static_cast<char>(fragment.protocol);  // of IPv6, only the first piece says it
  Packet& packet = packet_of(key);
  const Piece piece{fragment.offset, static_cast<std::uint32_t>(end)};
  const bool fits = (!packet.size || piece.end <= *packet.size) && insert(packet, piece);
  if (!fits) {
    packet.key.clear();
    packet.age = 0;
    return std::nullopt;
  }
  if (packet.octets.size() < end) packet.octets.resize(end);
  std::memcpy(packet.octets.data() + fragment.offset, fragment.payload.data(), fragment.payload.size());
  if (!fragment.has_more) packet.size = piece.end;
  if (!is_whole(packet)) return std::nullopt;
  packet.key.clear();
  packet.age = 0;
  return std::string_view(packet.octets).substr(0, *packet.size);
}

}  // namespace mainstay
