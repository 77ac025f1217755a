#include "ingest/logs/wire/address_text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "ingest/logs/wire/network_octets.h"

namespace mainstay {
namespace {

char* write_octet(char* out, unsigned value) {
  if (value >= 100) {
    *out++ = static_cast<char>('0' + value / 100);
    value %= 100;
    *out++ = static_cast<char>('0' + value / 10);
  } else if (value >= 10) {
    *out++ = static_cast<char>('0' + value / 10);
  }
  *out++ = static_cast<char>('0' + value % 10);
  return out;
}

/// The longest run of at least two groups that are 0. Source: RFC 5952 section 4.2.
struct ZeroRun {
  std::size_t begin = 8;
  std::size_t end = 8;
};

ZeroRun longest_zero_run(std::string_view octets) {
  ZeroRun best;
  for (std::size_t at = 0; at < 8;) {
    std::size_t end = at;
    while (end < 8 && network16(octets, 2 * end) == 0) ++end;
    if (end - at >= 2 && end - at > best.end - best.begin) best = {at, end};
    at = std::max(end, at + 1);
  }
  return best;
}

char* write_v6(char* out, char* end, std::string_view octets) {
  const ZeroRun zeros = longest_zero_run(octets);
  for (std::size_t group = 0; group < 8; ++group) {
    if (group == zeros.begin) {
      *out++ = ':';
      *out++ = ':';
      group = zeros.end - 1;
      continue;
    }
    if (group > 0 && group != zeros.end) *out++ = ':';
    out = std::to_chars(out, end, network16(octets, 2 * group), 16).ptr;
  }
  return out;
}

}  // namespace

std::string_view address_text(std::string_view octets, LineScratch& scratch) {
  char* const text = scratch.room(INET6_ADDRSTRLEN);
  char* out = text;
  if (octets.size() == 4) {
    for (std::size_t at = 0; at < 4; ++at) {
      if (at > 0) *out++ = '.';
      out = write_octet(out, octet_at(octets, at));
    }
    return {text, static_cast<std::size_t>(out - text)};
  }
  if (octets.size() != 16) return {};
  constexpr std::string_view kEmbedded("\0\0\0\0\0\0\0\0\0\0", 10);
  if (octets.starts_with(kEmbedded)) {  // addresses of IPv4 inside: rare, and with rules of their own
    inet_ntop(AF_INET6, octets.data(), text, INET6_ADDRSTRLEN);
    return {text, std::strlen(text)};
  }
  out = write_v6(text, text + INET6_ADDRSTRLEN, octets);
  return {text, static_cast<std::size_t>(out - text)};
}

}  // namespace mainstay
