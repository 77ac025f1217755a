#include "tests/ingest/logs/wire_octets.h"

#include <algorithm>

namespace mainstay::wire {
namespace {

std::string octet(std::uint64_t value) { return std::string(1, static_cast<char>(value & 0xff)); }

std::string varint(std::uint64_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out += octet(value | 0x80);
  return out + octet(value);
}

std::string v4_header(const Ends& ends, unsigned protocol, std::size_t size, unsigned fragment) {
  return "\x45" + octet(0) + number16(20 + size) + number16(77) + number16(fragment) + octet(64) + octet(protocol) + number16(0) +
         ends.source + ends.target;
}

std::string v6_header(const Ends& ends, unsigned protocol, std::size_t size) {
  return "\x60" + std::string(3, '\0') + number16(size) + octet(protocol) + octet(64) + ends.source + ends.target;
}

}  // namespace

std::string number16(std::uint64_t value) { return octet(value >> 8) + octet(value); }
std::string number32(std::uint64_t value) { return number16(value >> 16) + number16(value); }
std::string little32(std::uint64_t value) { return octet(value) + octet(value >> 8) + octet(value >> 16) + octet(value >> 24); }

std::string name(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('.'), text.size());
    out += octet(end);
    out += text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + octet(0);
}

std::string Message::text() const {
  std::string out = number16(id) + number16(flags) + number16(question.empty() ? 0 : 1) + number16(answers.size()) + number16(0) +
                    number16(others.size()) + question;
  for (const std::string& one : answers) out += one;
  for (const std::string& one : others) out += one;
  return out;
}

std::string question(std::string_view host, std::uint16_t type) { return name(host) + number16(type) + number16(1); }

std::string record(std::uint16_t type, std::uint32_t ttl, const std::string& data) {
  return "\xc0\x0c" + number16(type) + number16(1) + number32(ttl) + number16(data.size()) + data;
}

std::string udp(const Ends& ends, const std::string& payload) {
  return number16(ends.source_port) + number16(ends.target_port) + number16(8 + payload.size()) + number16(0) + payload;
}

std::string tcp(const Ends& ends, std::uint32_t sequence, const std::string& payload, unsigned flags) {
  return number16(ends.source_port) + number16(ends.target_port) + number32(sequence) + number32(0) + octet(0x50) + octet(flags) +
         number16(1000) + number32(0) + payload;
}

std::string ip(const Ends& ends, unsigned protocol, const std::string& payload) {
  if (ends.source.size() == 4) return v4_header(ends, protocol, payload.size(), 0) + payload;
  return v6_header(ends, protocol, payload.size()) + payload;
}

std::vector<std::string> fragments(const Ends& ends, unsigned protocol, const std::string& payload, std::size_t size) {
  constexpr unsigned kFragment = 44;
  std::vector<std::string> all;
  for (std::size_t at = 0; at < payload.size(); at += size) {
    const std::string piece = payload.substr(at, size);
    const bool has_more = at + size < payload.size();
    if (ends.source.size() == 4) {
      all.push_back(v4_header(ends, protocol, piece.size(), static_cast<unsigned>(at / 8) | (has_more ? 0x2000u : 0u)) + piece);
    } else {
      all.push_back(v6_header(ends, kFragment, 8 + piece.size()) + octet(protocol) + octet(0) + number16(at | (has_more ? 1u : 0u)) +
                    number32(77) + piece);
    }
  }
  return all;
}

std::string ethernet(const std::string& packet, const std::vector<std::uint16_t>& vlans) {
  std::string out(12, '\x02');
  for (const std::uint16_t tag : vlans) out += number16(tag) + number16(7);
  return out + number16(packet[0] == '\x45' ? 0x0800 : 0x86dd) + packet;
}

std::string pcap(std::uint32_t link, const std::vector<std::string>& packets) {
  std::string out = number32(0xa1b2c3d4) + number16(2) + number16(4) + number32(0) + number32(0) + number32(65535) + number32(link);
  std::uint32_t second = 1795737600;
  for (const std::string& one : packets) out += number32(second++) + number32(0) + number32(one.size()) + number32(one.size()) + one;
  return out;
}

std::string field(unsigned number, const std::string& octets) { return varint(number << 3 | 2) + varint(octets.size()) + octets; }
std::string field(unsigned number, std::uint64_t value) { return varint(number << 3) + varint(value); }
std::string fixed_field(unsigned number, std::uint32_t value) { return varint(number << 3 | 5) + little32(value); }

std::string tap(const std::string& message_fields) { return field(14, message_fields) + field(15, std::uint64_t{1}); }

std::string frames(const std::vector<std::string>& all) {
  const std::string type = "protobuf:dnstap.Dnstap";
  std::string out = number32(0) + number32(12 + type.size()) + number32(2) + number32(1) + number32(type.size()) + type;
  for (const std::string& one : all) out += number32(one.size()) + one;
  return out + number32(0) + number32(4) + number32(3);
}

}  // namespace mainstay::wire
