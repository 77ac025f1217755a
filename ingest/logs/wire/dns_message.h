// Messages of DNS as they are on the wire: the one place that reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ingest/logs/log_format.h"

namespace mainstay {

/// What a log needs of a message.
/// Shape: `name` is the question's, with escapes and a final dot, and lives in the scratch; it is empty when there is no question. `rcode`
///        has the bits of EDNS.
struct DnsMessage {
  std::uint16_t id = 0;
  bool is_response = false;
  unsigned opcode = 0;
  unsigned rcode = 0;
  unsigned questions = 0;
  std::string_view name;
  std::uint16_t type = 0;
  std::uint16_t record_class = 0;
  bool is_whole = false;  // everything that the counts promise is there, and nothing behind it
};

/// Reads a message, and puts the addresses and names among its answers into the scratch, with their TTLs.
/// Errors: nothing when there is no header, or when the question cannot be read. What is damaged or cut off behind the question ends the
///         reading there, and `is_whole` is false.
/// Limits: compression points backwards, at most 127 times a name; at most 64 answers are kept.
/// Cost:   one pass, whatever the message says of itself; nothing is allocated.
/// Source: RFC 1035 section 4.1, RFC 6891 section 6.1.3, RFC 2181 section 8.
std::optional<DnsMessage> read_dns_message(std::string_view wire, LineScratch& scratch);

/// Says in a line what a message says, and drops the answers of a transfer. `other` for what is no single question of class IN in an
/// ordinary query.
LineVerdict describe_message(const DnsMessage& message, LogLine& line, LineScratch& scratch);

}  // namespace mainstay
