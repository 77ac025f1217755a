#include "render/tickets/ticket.h"

#include <algorithm>
#include <array>

#include "graph/values/digest.h"

namespace mainstay {
namespace {

constexpr std::array<std::string_view, 4> kBlockWords = {"text", "heading", "items", "code"};
constexpr std::array<std::string_view, 3> kStandingWords = {"open", "closed", "refused"};
constexpr std::string_view kHead = "mainstay:";
constexpr std::size_t kIdDigits = 16, kDigestDigits = 12;

template <class Enum, std::size_t kCount>
std::optional<Enum> found(const std::array<std::string_view, kCount>& words, std::string_view word) {
  const auto at = std::find(words.begin(), words.end(), word);
  if (at == words.end()) return std::nullopt;
  return static_cast<Enum>(at - words.begin());
}

bool is_hex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view kBlank = " \t\r";
  line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
  return line.substr(0, line.find_last_not_of(kBlank) + 1);
}

std::optional<TicketMarker> marker_of_line(std::string_view line) {
  constexpr std::string_view kOpen = "<!--", kClose = "-->";
  line = trimmed(line);
  if (line.starts_with(kOpen) && line.ends_with(kClose) && line.size() > kOpen.size() + kClose.size())
    line = trimmed(line.substr(kOpen.size(), line.size() - kOpen.size() - kClose.size()));
  if (!line.starts_with(kHead) || line.size() != kHead.size() + kIdDigits + 1 + kDigestDigits) return std::nullopt;
  const std::string_view id = line.substr(kHead.size(), kIdDigits);
  const std::string_view digest = line.substr(line.size() - kDigestDigits);
  if (!is_hex(id) || !is_hex(digest) || line[kHead.size() + kIdDigits] != ':') return std::nullopt;
  return TicketMarker{std::string(id), std::string(digest)};
}

}  // namespace

std::string_view word(BlockKind kind) { return kBlockWords[static_cast<std::size_t>(kind)]; }
std::optional<BlockKind> block_kind_of(std::string_view word) { return found<BlockKind>(kBlockWords, word); }
std::string_view word(TicketStanding standing) { return kStandingWords[static_cast<std::size_t>(standing)]; }
std::optional<TicketStanding> ticket_standing_of(std::string_view word) { return found<TicketStanding>(kStandingWords, word); }

bool is_ticket_id(std::string_view text) { return text.size() == kIdDigits && is_hex(text); }

std::string marker_of(const Ticket& ticket) { return std::string(kHead) + ticket.id + ":" + ticket.digest; }

std::optional<TicketMarker> marker_in(std::string_view text) {
  std::optional<TicketMarker> last;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (std::optional<TicketMarker> marker = marker_of_line(text.substr(0, end))) last = std::move(marker);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return last;
}

std::string seen_of(TicketStanding standing, std::string_view title, std::string_view text) {
  constexpr std::size_t kDigits = 16;
  // Trackers keep line ends as they like, and some drop blanks at the end.
  std::string plain(trimmed(text));
  std::erase(plain, '\r');
  while (!plain.empty() && plain.back() == '\n') plain.pop_back();
  return digest_of({word(standing), trimmed(title), plain}, kDigits);
}

std::string digest_of(const std::vector<std::string_view>& parts, std::size_t digits) {
  std::string octets;
  for (const std::string_view part : parts) append_counted(octets, part);
  return sha256_digits(octets, digits);
}

}  // namespace mainstay
