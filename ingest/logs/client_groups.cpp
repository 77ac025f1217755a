#include "ingest/logs/client_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace mainstay {
namespace {

bool is_within(const IpAddress& address, const IpAddress& network, unsigned bits) {
  if (address.is_v4() != network.is_v4()) return false;
  for (unsigned bit = 0; bit < bits; bit += 8) {
    const unsigned left = std::min(8u, bits - bit);
    const auto mask = static_cast<std::uint8_t>(0xff00u >> left);
    if (((address.bytes()[bit / 8] ^ network.bytes()[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r' || text.back() == '\t')) text.remove_suffix(1);
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return text;
}

}  // namespace

ClientGroups ClientGroups::parse(const std::string& file, std::string_view text, std::vector<Diagnostic>& problems) {
  ClientGroups map;
  for (std::uint32_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t comma = line.find(',');
    const std::string_view network = trimmed(line.substr(0, comma));
    const std::string_view group = comma == std::string_view::npos ? std::string_view() : trimmed(line.substr(comma + 1));
    const std::size_t slash = network.find('/');
    const Result<IpAddress> address = IpAddress::parse(network.substr(0, slash));
    const unsigned all = address && address->is_v4() ? 32 : 128;
    unsigned bits = all;
    if (slash != std::string_view::npos) {
      const char* const stop = network.data() + network.size();
      const auto [rest, failure] = std::from_chars(network.data() + slash + 1, stop, bits);
      if (failure != std::errc{} || rest != stop) bits = 129;
    }
    if (!address || bits > all || group.empty()) {
      problems.push_back({{.file = file, .line = number},
                          DiagnosticSeverity::error,
                          "the line is no client and its group",
                          "an address or a network, a comma, and the name of the group: 10.9.1.0/24,front-end"});
      continue;
    }
    map.networks_.push_back({*address, bits, std::string(group)});
  }
  std::ranges::sort(map.networks_, [](const Network& left, const Network& right) {
    return left.bits != right.bits ? left.bits > right.bits : left < right;
  });
  return map;
}

std::string_view ClientGroups::group_of(const IpAddress& address) const {
  for (const Network& one : networks_) {
    if (is_within(address, one.address, one.bits)) return one.group;
  }
  return {};
}

std::string ClientGroups::canonical() const {
  std::string text;
  for (const Network& one : networks_) text += fmt::format("{}/{},{}\n", one.address.text(), one.bits, one.group);
  return text;
}

}  // namespace mainstay
