// Sources: cpr 1.10, cpr/timeout.h and cpr/connect_timeout.h (CURLOPT_TIMEOUT_MS, CURLOPT_CONNECTTIMEOUT_MS); AWS SDK for C++ 1.11,
// "AWS Client configuration", connectTimeoutMs.
#include "ingest/code/client_limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "ingest/code/curl_handles.h"
#include "ingest/code/expression_tokens.h"

namespace mainstay::code {
namespace {

constexpr std::uint32_t kAmazonConnect = 1'000;  // milliseconds

std::optional<std::uint32_t> scaled(std::string_view digits, std::uint32_t unit) {
  std::uint32_t count = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (error != std::errc() || end != digits.data() + digits.size() || count > 0xffff'ffff / unit) return std::nullopt;
  return count * unit;
}

/// What a word of a duration counts, in milliseconds: "seconds" of std::chrono, and "s" of its literals.
std::optional<std::uint32_t> unit_of(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::uint32_t>, 6> kUnits = {
      {{"milliseconds", 1}, {"ms", 1}, {"seconds", 1'000}, {"s", 1'000}, {"minutes", 60'000}, {"min", 60'000}}};
  const auto found = std::find_if(kUnits.begin(), kUnits.end(), [&](const auto& one) { return one.first == word; });
  return found == kUnits.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::optional<std::uint32_t> ClientLimits::milliseconds(CxxTokens written, const Scene& scene) const {
  if (written.size() == 1 && written[0].kind == CxxTokenKind::number) {
    const std::string_view text = written[0].text;
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (const std::optional<std::uint32_t> unit = unit_of(text.substr(digits))) return scaled(text.substr(0, digits), *unit);
  }
  const PathAhead path = path_ahead(written);
  const std::optional<std::uint32_t> unit = unit_of(last_word(path.text));
  if (unit && path.end < written.size() && is_open(written[path.end]) && behind_brackets(written, path.end) == written.size()) {
    const CxxTokens inner = written.subspan(path.end + 1, written.size() - path.end - 2);
    return scaled(expressions_.value(inner, scene).text.known().value_or(""), *unit);
  }
  return scaled(expressions_.value(written, scene).text.known().value_or(""), 1);
}

void ClientLimits::complete_cpr(const Unit& unit, const CallSite& site, Use& use) const {
  const Function* function = file_.function_at(site.at);
  const auto is_other = [&](const CallSite& one) {
    return one.at != site.at && one.row->scope == site.row->scope && file_.function_at(one.at) == function;
  };
  const bool is_only = function != nullptr && std::none_of(sites_.begin(), sites_.end(), is_other);
  const CxxTokens tokens = file_.tokens();
  std::size_t begin = file_.statement(site.at), end = begin;
  while (end < tokens.size() && !tokens[end].is(";")) ++end;
  if (is_only) {
    begin = function->begin;
    end = function->end;
  }
  std::optional<std::uint32_t> least;
  Location where;
  for (std::size_t at = begin; at + 1 < end; ++at) {
    if ((tokens[at].text != "Timeout" && tokens[at].text != "ConnectTimeout") || !is_open(tokens[at + 1])) continue;
    const std::size_t close = file_.partner(at + 1);
    if (close >= end) continue;
    const std::optional<std::uint32_t> time = milliseconds(tokens.subspan(at + 2, close - at - 2), {at, function, nullptr});
    if (!time) return;
    if (*time == 0 || (least && *least <= *time)) continue;  // none: libcurl's own
    least = time;
    where = tokens[at].where;
  }
  if (!least) return set_standard_time(use);
  use.deadline = least;
  use.deadline_reasons = {unit.declared(where)};
}

void ClientLimits::complete_amazon(const Unit& unit, const CallSite& site, const std::string& configuration, Use& use) const {
  const Function* function = file_.function_at(site.at);
  const std::vector<Assigned>& all = file_.assigned(configuration + ".connectTimeoutMs");
  for (auto one = all.rbegin(); one != all.rend(); ++one) {
    if (one->at >= site.at || file_.function_at(one->at) != function) continue;
    const std::optional<std::uint32_t> time = milliseconds(one->value, {one->at, function, nullptr});
    if (!time || *time == 0) return;
    use.deadline = time;
    use.deadline_reasons = {unit.declared(file_.tokens()[one->at].where)};
    return;
  }
  use.deadline = kAmazonConnect;
  use.deadline_reasons = {Evidence::by_default("AWS SDK for C++, connectTimeoutMs: a connection, the lookup included, may take 1000 ms")};
}

}  // namespace mainstay::code
