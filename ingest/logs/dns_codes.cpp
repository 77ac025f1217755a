#include "ingest/logs/dns_codes.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <iterator>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

constexpr std::string_view kCodes[] = {"NOERROR",  "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP",  "REFUSED",
                                       "YXDOMAIN", "YXRRSET", "NXRRSET",  "NOTAUTH",  "NOTZONE", "DSOTYPENI"};

struct Type {
  std::uint16_t number;
  std::string_view name;
};
constexpr Type kTypes[] = {
    {1, "A"},       {2, "NS"},     {5, "CNAME"},    {6, "SOA"},         {12, "PTR"},    {13, "HINFO"}, {15, "MX"},         {16, "TXT"},
    {28, "AAAA"},   {29, "LOC"},   {33, "SRV"},     {35, "NAPTR"},      {36, "KX"},     {37, "CERT"},  {39, "DNAME"},      {41, "OPT"},
    {43, "DS"},     {44, "SSHFP"}, {46, "RRSIG"},   {47, "NSEC"},       {48, "DNSKEY"}, {50, "NSEC3"}, {51, "NSEC3PARAM"}, {52, "TLSA"},
    {53, "SMIMEA"}, {59, "CDS"},   {60, "CDNSKEY"}, {61, "OPENPGPKEY"}, {64, "SVCB"},   {65, "HTTPS"}, {99, "SPF"},        {249, "TKEY"},
    {250, "TSIG"},  {251, "IXFR"}, {252, "AXFR"},   {255, "ANY"},       {256, "URI"},   {257, "CAA"}};

/// `prefix` with a number behind it.
std::string_view numbered(std::string_view prefix, std::uint64_t number, LineScratch& scratch) {
  constexpr std::size_t kDigits = 20;
  char* const begin = scratch.room(prefix.size() + kDigits);
  std::memcpy(begin, prefix.data(), prefix.size());
  const auto [end, failure] = std::to_chars(begin + prefix.size(), begin + prefix.size() + kDigits, number);
  return {begin, static_cast<std::size_t>(end - begin)};
}

bool is_number(std::string_view text, std::uint64_t& number) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc{} && end == text.data() + text.size();
}

std::string_view upper(std::string_view text, LineScratch& scratch) {
  if (std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; })) return text;
  char* const out = scratch.room(text.size());
  std::ranges::transform(text, out, [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return {out, text.size()};
}

}  // namespace

std::string_view rcode_name(std::uint64_t number, LineScratch& scratch) {
  if (number < std::size(kCodes)) return kCodes[number];
  return numbered("RCODE", number, scratch);
}

std::string_view type_name(std::uint64_t number, LineScratch& scratch) {
  const auto* const found = std::ranges::lower_bound(kTypes, number, {}, &Type::number);
  if (found != std::end(kTypes) && found->number == number) return found->name;
  return numbered("TYPE", number, scratch);
}

std::string_view rcode_word(std::string_view text, LineScratch& scratch) {
  std::uint64_t number = 0;
  return is_number(text, number) ? rcode_name(number, scratch) : upper(text, scratch);
}

std::string_view type_word(std::string_view text, LineScratch& scratch) {
  std::uint64_t number = 0;
  return is_number(text, number) ? type_name(number, scratch) : upper(text, scratch);
}

std::string_view address_of_endpoint(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  const std::size_t hash = text.find('#');
  if (hash != std::string_view::npos) return text.substr(0, hash);
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos) return text.substr(0, colon);
  return text;
}

std::int64_t thousandths(std::string_view text) {
  constexpr std::int64_t kMost = std::int64_t{1} << 40;
  std::int64_t value = 0;
  const char* const stop = text.data() + text.size();
  const auto [point, failure] = std::from_chars(text.data(), stop, value);
  if (failure != std::errc{} || value < 0 || value > kMost) return -1;
  value *= 1000;
  if (point == stop) return value;
  if (*point != '.') return -1;
  std::int64_t unit = 100;
  for (const char* at = point + 1; at != stop; ++at, unit /= 10) {
    if (*at < '0' || *at > '9') return -1;
    value += unit * (*at - '0');
  }
  return value;
}

void add_answer(LineScratch& scratch, std::string_view type, std::string_view data, std::int64_t ttl) {
  constexpr std::size_t kMostAnswers = 64;
  constexpr std::string_view kKept[] = {"A", "AAAA", "CNAME", "NS", "PTR", "DNAME"};
  if (data.empty() || data.size() > 1024 || scratch.answers.size() >= kMostAnswers || std::ranges::find(kKept, type) == std::end(kKept))
    return;
  scratch.answers.push_back({data, ttl > 0x7fffffff ? -1 : ttl});
}

}  // namespace mainstay
