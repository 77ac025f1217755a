// Source: libcurl, curl_easy_setopt(3) and the page of each option.
#include "ingest/code/curl_handles.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace mainstay::code {
namespace {

constexpr std::uint32_t kDefaultConnect = 300'000;  // milliseconds

std::optional<std::uint32_t> number(const Text& text) {
  const std::optional<std::string> known = text.known();
  std::uint32_t value = 0;
  if (!known) return std::nullopt;
  const auto [end, error] = std::from_chars(known->data(), known->data() + known->size(), value);
  return error == std::errc() && end == known->data() + known->size() ? std::optional(value) : std::nullopt;
}

/// What a number of a time option counts, in milliseconds; 0 for options that are no times.
std::uint32_t unit_of(std::string_view option) {
  if (option == "CURLOPT_TIMEOUT" || option == "CURLOPT_CONNECTTIMEOUT") return 1000;
  return option == "CURLOPT_TIMEOUT_MS" || option == "CURLOPT_CONNECTTIMEOUT_MS" ? 1 : 0;
}

}  // namespace

void set_standard_time(Use& use) {
  use.deadline = kDefaultConnect;
  use.deadline_reasons = {
      Evidence::by_default("libcurl, CURLOPT_CONNECTTIMEOUT: a connection, the lookup included, may take 300 s when nothing is set")};
}

CurlHandles::CurlHandles(const CodeFile& file, const std::vector<CallSite>& sites, Expressions& expressions)
    : file_(file), expressions_(expressions) {
  for (const CallSite& site : sites) {
    if (site.row->name != "curl_easy_setopt" || site.arguments.size() != 3 || site.arguments[1].size() != 1) continue;
    const std::string_view option = site.arguments[1][0].text;
    const Function* function = file.function_at(site.at);
    if (unit_of(option) == 0 && option != "CURLOPT_RESOLVE") continue;
    settings_.push_back({function, written(site.arguments[0]), option, expressions.value(site.arguments[2], {site.at, function, nullptr})});
  }
}

void CurlHandles::complete(const Unit& unit, const CallSite& site, Use& use) const {
  const Function* function = file_.function_at(site.at);
  const std::string handle = written(site.arguments[0]);
  std::optional<std::uint32_t> least;
  Location where;
  bool is_unknown = false, has_connect = false;
  for (const Setting& one : settings_) {
    if (one.function != function || one.handle != handle) continue;
    if (one.option == "CURLOPT_RESOLVE" && use.host.known() && pins(function, *use.host.known())) use.bypasses_dns = true;
    const std::uint32_t unit_milliseconds = unit_of(one.option);
    if (unit_milliseconds == 0) continue;
    const std::optional<std::uint32_t> count = number(one.value.text);
    if (!count || *count > 0xffff'ffff / unit_milliseconds) {
      is_unknown = true;
      continue;
    }
    const std::uint32_t time = *count * unit_milliseconds;
    if (time == 0) continue;  // libcurl's own
    has_connect = has_connect || one.option.starts_with("CURLOPT_CONNECTTIMEOUT");
    if (least && *least <= time) continue;
    least = time;
    where = one.value.where;
  }
  if (is_unknown || use.bypasses_dns) return;
  if (least && (has_connect || *least <= kDefaultConnect)) {
    use.deadline = least;
    use.deadline_reasons = {unit.declared(where)};
    return;
  }
  set_standard_time(use);
}

/// "curl_slist_append(list, "host:443:10.0.0.1")" in the same function.
bool CurlHandles::pins(const Function* function, const std::string& host) const {
  for (const std::size_t at : file_.called("curl_slist_append")) {
    if (file_.function_at(at) != function) continue;
    const std::optional<std::vector<CxxTokens>> arguments = arguments_at(file_, at);
    if (!arguments || arguments->size() != 2) continue;
    std::string entry = expressions_.value((*arguments)[1], {at, function, nullptr}).text.known().value_or("");
    if (entry.starts_with('+')) entry.erase(0, 1);
    if (entry.starts_with(host + ":") && std::count(entry.begin(), entry.end(), ':') >= 2) return true;
  }
  return false;
}

}  // namespace mainstay::code
