// MessageStreams: messages of DNS out of the segments of TCP connections, each behind its size in two octets (RFC 1035 section 4.2.2).
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/logs/wire/packet.h"

namespace mainstay {

/// Follows both directions of connections, each for itself.
/// A connection whose beginning was not captured is followed from its first segment that begins like a message. One of which a piece is
/// missing is given up when too much waits behind the gap, and is followed again from the next segment that begins like a message.
/// Limits: 4096 directions, 64 pieces and 64 KiB waiting in each, 16 MiB in all; the one that was silent longest gives way.
class MessageStreams {
 public:
  using Use = std::function<void(std::string_view message)>;

  /// `use` is called with each message that is whole.
  explicit MessageStreams(Use use) : use_(std::move(use)) {}

  void add(const IpPacket& packet, const Segment& segment);
  /// How often a piece of a connection was missing.
  std::uint64_t gaps() const { return gaps_; }
  /// Octets that are kept.
  std::size_t octets() const { return octets_; }

 private:
  static constexpr std::size_t kMostStreams = 4096;
  static constexpr std::size_t kMostPieces = 64;
  static constexpr std::size_t kMostWaiting = std::size_t{64} << 10;
  static constexpr std::size_t kMostOctets = std::size_t{16} << 20;

  struct Piece {
    std::uint32_t sequence = 0;
    std::string octets;
  };
  struct Stream {
    bool is_followed = false;
    std::uint32_t next = 0;      // the sequence number that is expected
    std::string begun;           // of a message that is not whole yet, with its size
    std::vector<Piece> waiting;  // behind a gap
    std::size_t waiting_octets = 0;
    std::list<std::string>::iterator age;

    std::size_t octets() const { return begun.size() + waiting_octets; }
  };
  using Streams = std::unordered_map<std::string, Stream>;

  Streams::iterator stream_of(const IpPacket& packet, const Segment& segment);
  void drop(Streams::iterator stream);
  void follow(Stream& stream, std::uint32_t sequence);
  void take_segment(Stream& stream, std::uint32_t sequence, std::string_view octets);
  void take(Stream& stream, std::string_view octets);
  void take_waiting(Stream& stream);
  bool wait(Stream& stream, std::uint32_t sequence, std::string_view octets);

  Use use_;
  Streams streams_;
  std::list<std::string> ages_;  // keys, that of the stream which was silent longest first
  std::string key_;
  std::size_t octets_ = 0;
  std::uint64_t gaps_ = 0;
};

/// Whether a segment begins with the size of a message and a header that may be its own.
bool begins_like_message(std::string_view octets);

}  // namespace mainstay
