#include "ingest/logs/wire/message_streams.h"

#include <algorithm>
#include <utility>

#include "ingest/logs/wire/network_octets.h"

namespace mainstay {
namespace {

constexpr std::size_t kSize = 2;

/// How far a sequence number is ahead of another one; negative when it is behind.
std::int32_t distance(std::uint32_t from, std::uint32_t to) { return static_cast<std::int32_t>(to - from); }

}  // namespace

bool begins_like_message(std::string_view octets) {
  constexpr std::size_t kHeader = 12;
  constexpr unsigned kLastOpcode = 6;
  if (octets.size() < kSize + kHeader || network16(octets, 0) < kHeader) return false;
  const unsigned flags = network16(octets, kSize + 2);
  return (flags >> 11 & 0xf) <= kLastOpcode && network16(octets, kSize + 4) <= 1;
}

MessageStreams::Streams::iterator MessageStreams::stream_of(const IpPacket& packet, const Segment& segment) {
  key_.assign(packet.source);
  key_ += packet.target;
  const std::uint32_t ports = std::uint32_t{segment.source_port} << 16 | segment.target_port;
  key_.append(reinterpret_cast<const char*>(&ports), sizeof ports);
  const auto [at, is_new] = streams_.try_emplace(key_);
  if (is_new) {
    ages_.push_back(key_);
    at->second.age = std::prev(ages_.end());
  } else {
    ages_.splice(ages_.end(), ages_, at->second.age);
  }
  return at;
}

void MessageStreams::drop(Streams::iterator stream) {
  octets_ -= stream->second.octets();
  ages_.erase(stream->second.age);
  streams_.erase(stream);
}

void MessageStreams::follow(Stream& stream, std::uint32_t sequence) {
  stream.is_followed = true;
  stream.next = sequence;
  stream.begun.clear();
  stream.waiting.clear();
  stream.waiting_octets = 0;
}

void MessageStreams::add(const IpPacket& packet, const Segment& segment) {
  const Streams::iterator at = stream_of(packet, segment);
  Stream& stream = at->second;
  octets_ -= stream.octets();
  const std::uint32_t first = segment.sequence + (segment.begins ? 1 : 0);
  if (segment.begins) follow(stream, first);
  if (!segment.payload.empty()) take_segment(stream, first, segment.payload);
  octets_ += stream.octets();
  if (segment.ends && stream.waiting.empty()) drop(at);
  while (streams_.size() > kMostStreams || octets_ > kMostOctets) drop(streams_.find(ages_.front()));
}

void MessageStreams::take_segment(Stream& stream, std::uint32_t sequence, std::string_view octets) {
  if (!stream.is_followed) {
    if (!begins_like_message(octets)) return;
    follow(stream, sequence);
  }
  const std::int32_t ahead = distance(stream.next, sequence);
  if (ahead > 0) {
    if (wait(stream, sequence, octets)) return;
    ++gaps_;
    follow(stream, sequence);
    stream.is_followed = begins_like_message(octets);
    if (!stream.is_followed) return;
  } else if (ahead < 0) {  // sent again
    const auto known = static_cast<std::size_t>(-static_cast<std::int64_t>(ahead));
    if (known >= octets.size()) return;
    octets.remove_prefix(known);
  }
  take(stream, octets);
  stream.next += static_cast<std::uint32_t>(octets.size());
  take_waiting(stream);
}

/// False when there is no room for it.
bool MessageStreams::wait(Stream& stream, std::uint32_t sequence, std::string_view octets) {
  const auto same = std::ranges::find(stream.waiting, sequence, &Piece::sequence);
  if (same != stream.waiting.end()) return true;
  if (stream.waiting.size() == kMostPieces || stream.waiting_octets + octets.size() > kMostWaiting) return false;
  stream.waiting.push_back({sequence, std::string(octets)});
  stream.waiting_octets += octets.size();
  return true;
}

void MessageStreams::take_waiting(Stream& stream) {
  while (!stream.waiting.empty()) {
    const auto next = std::ranges::find_if(stream.waiting, [&](const Piece& one) { return distance(stream.next, one.sequence) <= 0; });
    if (next == stream.waiting.end()) return;
    const Piece piece = std::move(*next);
    stream.waiting.erase(next);
    stream.waiting_octets -= piece.octets.size();
    const auto known = static_cast<std::size_t>(-static_cast<std::int64_t>(distance(stream.next, piece.sequence)));
    if (known >= piece.octets.size()) continue;
    take(stream, std::string_view(piece.octets).substr(known));
    stream.next += static_cast<std::uint32_t>(piece.octets.size() - known);
  }
}

void MessageStreams::take(Stream& stream, std::string_view octets) {
  while (!octets.empty()) {
    if (stream.begun.empty() && octets.size() >= kSize) {
      const std::size_t whole = kSize + network16(octets, 0);
      if (octets.size() >= whole) {
        if (whole > kSize) use_(octets.substr(kSize, whole - kSize));
        octets.remove_prefix(whole);
        continue;
      }
    }
    const std::size_t wanted = stream.begun.size() < kSize ? kSize : kSize + network16(stream.begun, 0);
    const std::size_t taken = std::min(octets.size(), wanted - stream.begun.size());
    stream.begun += octets.substr(0, taken);
    octets.remove_prefix(taken);
    if (stream.begun.size() < kSize || stream.begun.size() < kSize + network16(stream.begun, 0)) continue;
    if (stream.begun.size() > kSize) use_(std::string_view(stream.begun).substr(kSize));
    stream.begun.clear();
  }
}

}  // namespace mainstay
