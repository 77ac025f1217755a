#include "ingest/logs/wire/dns_message.h"

#include <array>
#include <cstring>

#include "ingest/logs/dns_codes.h"
#include "ingest/logs/name_form.h"
#include "ingest/logs/wire/address_text.h"
#include "ingest/logs/wire/network_octets.h"

namespace mainstay {
namespace {

constexpr std::size_t kHeader = 12;
constexpr std::size_t kMostPointers = 127;
constexpr std::size_t kMostAnswers = 64;
constexpr std::uint16_t kInternet = 1;

enum RecordType : std::uint16_t { kA = 1, kNs = 2, kCname = 5, kPtr = 12, kAaaa = 28, kDname = 39, kOpt = 41 };

/// How an octet of a label is written: as it is, behind a backslash, or as a number.
enum class Written : std::uint8_t { plain, escaped, numbered };

constexpr std::array<Written, 256> written_forms() {
  std::array<Written, 256> forms{};
  for (std::size_t octet = 0; octet < forms.size(); ++octet) {
    if (octet <= ' ' || octet >= 0x7f) forms[octet] = Written::numbered;
  }
  forms['.'] = forms['\\'] = Written::escaped;
  return forms;
}
constexpr std::array<Written, 256> kWritten = written_forms();

char* write_label(char* out, std::string_view label) {
  for (const char c : label) {
    const auto octet = static_cast<unsigned char>(c);
    if (kWritten[octet] == Written::plain) {
      *out++ = c;
      continue;
    }
    *out++ = '\\';
    if (kWritten[octet] == Written::numbered) {
      *out++ = static_cast<char>('0' + octet / 100);
      *out++ = static_cast<char>('0' + octet / 10 % 10);
      *out++ = static_cast<char>('0' + octet % 10);
    } else {
      *out++ = c;
    }
  }
  return out;
}

/// Writes the name at `at` and moves behind it; 0 when there is none. `out` has room for kLongestName octets.
std::size_t write_name(std::string_view wire, std::size_t& at, char* out) {
  char* to = out;
  std::size_t here = at;
  std::size_t lowest = at;  // where a pointer may not point any more
  std::size_t pointers = 0;
  std::size_t octets = 1;
  while (true) {
    if (here >= wire.size()) return 0;
    const std::size_t length = octet_at(wire, here++);
    if (length == 0) break;
    if (length >= 0xc0) {
      if (here >= wire.size()) return 0;
      const std::size_t target = (length & 0x3f) << 8 | octet_at(wire, here++);
      if (pointers == 0) at = here;
      if (target >= lowest || target < kHeader || ++pointers > kMostPointers) return 0;
      lowest = here = target;
      continue;
    }
    octets += length + 1;
    if (length > 63 || octets > 255 || length > wire.size() - here) return 0;
    to = write_label(to, wire.substr(here, length));
    *to++ = '.';
    here += length;
  }
  if (pointers == 0) at = here;
  if (to == out) *to++ = '.';
  return static_cast<std::size_t>(to - out);
}

/// Moves behind a name without looking where it points to.
bool skip_name(std::string_view wire, std::size_t& at) {
  while (at < wire.size()) {
    const std::size_t length = octet_at(wire, at);
    if (length == 0) {
      ++at;
      return true;
    }
    if (length >= 0xc0) {
      at += 2;
      return at <= wire.size();
    }
    if (length > 63) return false;
    at += length + 1;
  }
  return false;
}

std::string_view kept_text(const char* text, std::size_t size, LineScratch& scratch) {
  char* const room = scratch.room(size);
  std::memcpy(room, text, size);
  return {room, size};
}

struct Record {
  std::uint16_t type = 0;
  std::uint16_t record_class = 0;
  std::uint32_t ttl = 0;
  std::size_t data = 0;
  std::size_t size = 0;
};

bool take_record(std::string_view wire, std::size_t& at, Record& out) {
  constexpr std::size_t kFixed = 10;
  if (!skip_name(wire, at) || wire.size() - at < kFixed) return false;
  out.type = network16(wire, at);
  out.record_class = network16(wire, at + 2);
  out.ttl = network32(wire, at + 4);
  out.size = network16(wire, at + 8);
  out.data = at + kFixed;
  if (out.size > wire.size() - out.data) return false;
  at = out.data + out.size;
  return true;
}

/// Keeps an answer that is an address or a name. A TTL with its highest bit set means 0.
bool keep_answer(std::string_view wire, const Record& record, LineScratch& scratch) {
  if (record.record_class != kInternet || scratch.answers.size() >= kMostAnswers) return true;
  const std::int64_t ttl = record.ttl > 0x7fffffffu ? 0 : std::int64_t{record.ttl};
  switch (record.type) {
    case kA:
    case kAaaa:
      if (record.size != (record.type == kA ? 4u : 16u)) return false;
      scratch.answers.push_back({address_text(wire.substr(record.data, record.size), scratch), ttl});
      return true;
    case kNs:
    case kCname:
    case kPtr:
    case kDname: {
      char name[kLongestName];
      std::size_t at = record.data;
      const std::size_t size = write_name(wire, at, name);
      if (size == 0 || at != record.data + record.size) return false;
      scratch.answers.push_back({kept_text(name, size, scratch), ttl});
      return true;
    }
    default: return true;
  }
}

/// Reads what stands behind the questions; false when it is not all there.
bool read_records(std::string_view wire, std::size_t at, DnsMessage& message, LineScratch& scratch) {
  const unsigned answers = network16(wire, 6);
  const unsigned others = answers + network16(wire, 8);
  const unsigned all = others + network16(wire, 10);
  Record record;
  for (unsigned number = 0; number < all; ++number) {
    if (!take_record(wire, at, record)) return false;
    if (number < answers && message.is_response && !keep_answer(wire, record, scratch)) return false;
    if (number >= others && record.type == kOpt) message.rcode |= record.ttl >> 24 << 4;
  }
  return at == wire.size();
}

}  // namespace

std::optional<DnsMessage> read_dns_message(std::string_view wire, LineScratch& scratch) {
  if (wire.size() < kHeader) return std::nullopt;
  const unsigned flags = network16(wire, 2);
  DnsMessage message{.id = network16(wire, 0),
                     .is_response = (flags & 0x8000) != 0,
                     .opcode = flags >> 11 & 0xf,
                     .rcode = flags & 0xf,
                     .questions = network16(wire, 4)};
  std::size_t at = kHeader;
  for (unsigned number = 0; number < message.questions; ++number) {
    constexpr std::size_t kFixed = 4;
    if (number == 0) {
      char name[kLongestName];
      const std::size_t size = write_name(wire, at, name);
      if (size == 0 || wire.size() - at < kFixed) return std::nullopt;
      message.name = kept_text(name, size, scratch);
      message.type = network16(wire, at);
      message.record_class = network16(wire, at + 2);
    } else if (!skip_name(wire, at) || wire.size() - at < kFixed) {
      return message;
    }
    at += kFixed;
  }
  message.is_whole = read_records(wire, at, message, scratch);
  return message;
}

LineVerdict describe_message(const DnsMessage& message, LogLine& line, LineScratch& scratch) {
  constexpr unsigned kQuery = 0;
  constexpr std::uint16_t kIxfr = 251, kAxfr = 252;
  if (message.opcode != kQuery || message.questions != 1 || message.record_class != kInternet) return LineVerdict::other;
  if (message.type == kIxfr || message.type == kAxfr) scratch.answers.clear();  // they are a zone
  line.name = message.name;
  line.type = type_name(message.type, scratch);
  line.step = message.is_response ? LineStep::answered : LineStep::asked;
  if (message.is_response) line.rcode = rcode_name(message.rcode, scratch);
  return LineVerdict::query;
}

}  // namespace mainstay
