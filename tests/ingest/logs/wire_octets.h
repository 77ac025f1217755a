// Messages, packets and captures for tests, written by hand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mainstay::wire {

std::string number16(std::uint64_t value);
std::string number32(std::uint64_t value);
/// The lowest octet first.
std::string little32(std::uint64_t value);

/// "www.corp.example" as labels.
std::string name(std::string_view text);

struct Message {
  std::uint16_t id = 1;
  std::uint16_t flags = 0x0100;  // 0x8180 is an answer
  std::string question;          // with its type and class
  std::vector<std::string> answers;
  std::vector<std::string> others;  // of the additional section
  std::string text() const;
};

/// A name with a type and the class IN.
std::string question(std::string_view host, std::uint16_t type);
/// A record whose owner is the question.
std::string record(std::uint16_t type, std::uint32_t ttl, const std::string& data);

struct Ends {
  std::string source, target;  // 4 or 16 octets
  std::uint16_t source_port = 40000;
  std::uint16_t target_port = 53;
  Ends back() const { return {target, source, target_port, source_port}; }
};

std::string udp(const Ends& ends, const std::string& payload);
/// `flags`: 0x02 SYN, 0x01 FIN, 0x10 ACK.
std::string tcp(const Ends& ends, std::uint32_t sequence, const std::string& payload, unsigned flags = 0x10);
/// A packet of either version of IP around a transport's.
std::string ip(const Ends& ends, unsigned protocol, const std::string& payload);
/// Pieces of at most `size` octets, which is a multiple of 8.
std::vector<std::string> fragments(const Ends& ends, unsigned protocol, const std::string& payload, std::size_t size);
std::string ethernet(const std::string& packet, const std::vector<std::uint16_t>& vlans = {});

/// A file of pcap with times of one second after the other from 1795737600 on.
std::string pcap(std::uint32_t link, const std::vector<std::string>& packets);

/// A frame of dnstap around fields of its message.
std::string tap(const std::string& message_fields);
std::string field(unsigned number, const std::string& octets);
std::string field(unsigned number, std::uint64_t value);
std::string fixed_field(unsigned number, std::uint32_t value);
/// A Frame Streams file of dnstap.
std::string frames(const std::vector<std::string>& all);

}  // namespace mainstay::wire
