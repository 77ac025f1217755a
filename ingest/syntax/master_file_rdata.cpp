#include "ingest/syntax/master_file_rdata.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "graph/values/ip_address.h"

namespace mainstay {
namespace {

// Fields: n name; 4, 6 address; 1, 2, 5 numbers of 8, 16, 32 bits; t seconds with units; w word; q character string;
//         S character strings, joined; b base 64 or 16, joined; * any more words, parted by one blank.
// DYNA and DYNC are no types of the protocol: gdnsd makes addresses or an alias of them when it is asked (gdnsd.zonefile(5)).
constexpr RecordType kTypes[] = {
    {"A", "4"},
    {"A6", "*"},
    {"AAAA", "6"},
    {"AFSDB", "2n"},
    {"AMTRELAY", "*"},
    {"APL", "*"},
    {"ATMA", "w"},
    {"AVC", "S"},
    {"BRID", "b"},
    {"CAA", "1wq"},
    {"CDNSKEY", "w1wb"},
    {"CDS", "2w1b"},
    {"CERT", "w2wb"},
    {"CNAME", "n"},
    {"CSYNC", "52*"},
    {"DHCID", "b"},
    {"DLV", "2w1b"},
    {"DNAME", "n"},
    {"DNSKEY", "w1wb"},
    {"DOA", "*"},
    {"DS", "2w1b"},
    {"DSYNC", "ww2n"},
    {"DYNA", "w"},
    {"DYNC", "w"},
    {"EID", "b"},
    {"EUI48", "w"},
    {"EUI64", "w"},
    {"GPOS", "qqq"},
    {"HHIT", "b"},
    {"HINFO", "qq"},
    {"HIP", "*"},
    {"HTTPS", "2n*"},
    {"IPSECKEY", "*"},
    {"ISDN", "q*"},
    {"KEY", "w1w*"},
    {"KX", "2n"},
    {"L32", "2w"},
    {"L64", "2w"},
    {"LOC", "*"},
    {"LP", "2n"},
    {"MB", "n"},
    {"MD", "n"},
    {"MF", "n"},
    {"MG", "n"},
    {"MINFO", "nn"},
    {"MR", "n"},
    {"MX", "2n"},
    {"NAPTR", "22qqqn"},
    {"NID", "2w"},
    {"NIMLOC", "b"},
    {"NINFO", "S"},
    {"NS", "n"},
    {"NSAP", "w"},
    {"NSAP-PTR", "n"},
    {"NSEC", "n*"},
    {"NSEC3", "112ww*"},
    {"NSEC3PARAM", "112w"},
    {"OPENPGPKEY", "b"},
    {"PTR", "n"},
    {"PX", "2nn"},
    {"RESINFO", "S"},
    {"RKEY", "w1wb"},
    {"RP", "nn"},
    {"RRSIG", "ww1tww2nb"},
    {"RT", "2n"},
    {"SIG", "ww1tww2nb"},
    {"SINK", "*"},
    {"SMIMEA", "111b"},
    {"SOA", "nn5tttt"},
    {"SPF", "S"},
    {"SRV", "222n"},
    {"SSHFP", "11b"},
    {"SVCB", "2n*"},
    {"TA", "2w1b"},
    {"TALINK", "nn"},
    {"TLSA", "111b"},
    {"TXT", "S"},
    {"URI", "22q"},
    {"WALLET", "S"},
    {"WKS", "*"},
    {"X25", "q"},
    {"ZONEMD", "511b"},
};
static_assert(std::ranges::is_sorted(kTypes, {}, &RecordType::name));

// Numbers of the types that a TYPE<number> may stand for and that the graph looks at (IANA, DNS parameters).
struct NumberedType {
  std::uint16_t number;
  std::string_view name;
};
constexpr NumberedType kNumbers[] = {{1, "A"},      {2, "NS"},    {5, "CNAME"},  {6, "SOA"},    {12, "PTR"},
                                     {15, "MX"},    {16, "TXT"},  {28, "AAAA"},  {33, "SRV"},   {35, "NAPTR"},
                                     {39, "DNAME"}, {43, "DS"},   {46, "RRSIG"}, {47, "NSEC"},  {48, "DNSKEY"},
                                     {50, "NSEC3"}, {52, "TLSA"}, {64, "SVCB"},  {65, "HTTPS"}, {257, "CAA"}};

const RecordType* known_type(std::string_view name) {
  const auto* at = std::ranges::lower_bound(kTypes, name, {}, &RecordType::name);
  return at != std::end(kTypes) && at->name == name ? at : nullptr;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::uint64_t> number(std::string_view text, std::uint64_t limit) {
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || value > limit) return std::nullopt;
  return value;
}

/// The octets of a word or string, escapes read; nothing when an escape is broken.
std::optional<std::string> octets_of(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      out += text[at];
    } else if (at + 3 < text.size() && is_digit(text[at + 1]) && is_digit(text[at + 2]) && is_digit(text[at + 3])) {
      const int value = (text[at + 1] - '0') * 100 + (text[at + 2] - '0') * 10 + (text[at + 3] - '0');
      if (value > 255) return std::nullopt;
      out += static_cast<char>(value);
      at += 3;
    } else if (at + 1 < text.size() && !is_digit(text[at + 1])) {
      out += text[++at];
    } else {
      return std::nullopt;
    }
  }
  return out;
}

void append_escaped(std::string& out, std::string_view octets, bool quotes) {
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < ' ' || octet >= 0x7f) {
      fmt::format_to(std::back_inserter(out), "\\{:03}", octet);
    } else {
      if (c == '\\' || (quotes && c == '"')) out += '\\';
      out += c;
    }
  }
}

/// Writes the fields of one RDATA into one string.
class Writer {
 public:
  Writer(std::span<const MasterToken> words, const MasterOrigin& origin, RdataProblem& problem)
      : words_(words), origin_(origin), problem_(problem) {}

  bool field(char kind) {
    if (kind == '*') return rest(" ");
    if (at_ == words_.size()) return fail("the record's data ends too early");
    if (kind == 'b') return rest("");
    if (kind == 'S') return strings();
    if (!out_.empty()) out_ += ' ';
    const bool good = one(words_[at_], kind);
    if (good) ++at_;
    return good;
  }
  bool finish() { return at_ == words_.size() || fail("this word is more than the record's type takes"); }
  std::string take() { return std::move(out_); }

 private:
  bool fail(std::string message) {
    problem_ = {at_, std::move(message)};
    return false;
  }

  bool one(const MasterToken& word, char kind) {
    switch (kind) {
      case 'n': return name(word.text);
      case '4': return address(word.text, true);
      case '6': return address(word.text, false);
      case '1': return numeric(word.text, 0xff);
      case '2': return numeric(word.text, 0xffff);
      case '5': return numeric(word.text, 0xffffffff);
      case 't': return seconds(word.text);
      case 'q': return string(word.text, true);
      default: out_ += word.text; return true;
    }
  }

  bool name(std::string_view text) {
    const Result<DomainName> read = master_name(text, origin_);
    if (!read) return fail(read.error());
    out_ += read->text();
    return true;
  }

  bool address(std::string_view text, bool v4) {
    const Result<IpAddress> read = IpAddress::parse(text);
    if (!read || read->is_v4() != v4) return fail(fmt::format("'{}' is not an {} address", text, v4 ? "IPv4" : "IPv6"));
    out_ += read->text();
    return true;
  }

  bool numeric(std::string_view text, std::uint64_t limit) {
    const std::optional<std::uint64_t> value = number(text, limit);
    if (!value) return fail(fmt::format("'{}' is not a number from 0 to {}", text, limit));
    fmt::format_to(std::back_inserter(out_), "{}", *value);
    return true;
  }

  bool seconds(std::string_view text) {
    const std::optional<std::uint64_t> value = ttl_seconds(text);
    if (!value || *value > 0xffffffff) return fail(fmt::format("'{}' is not a time in seconds", text));
    fmt::format_to(std::back_inserter(out_), "{}", *value);
    return true;
  }

  bool string(std::string_view text, bool quoted) {
    const std::optional<std::string> octets = octets_of(text);
    if (!octets) return fail("an escape has three digits, at most \\255, or one other octet");
    if (octets->size() > 255) {
      fail("a character string has more than 255 octets");
      if (quoted) return false;  // of joined strings the text is the same wherever a server cuts it
    }
    if (quoted) out_ += '"';
    append_escaped(out_, *octets, quoted);
    if (quoted) out_ += '"';
    return true;
  }

  bool strings() {
    for (; at_ < words_.size(); ++at_) {
      if (!string(words_[at_].text, false)) return false;
    }
    return true;
  }

  bool rest(std::string_view between) {
    for (bool first = true; at_ < words_.size(); ++at_, first = false) {
      if (!out_.empty()) out_ += first ? std::string_view(" ") : between;
      if (words_[at_].quoted) out_ += '"';
      out_ += words_[at_].text;
      if (words_[at_].quoted) out_ += '"';
    }
    return true;
  }

  std::span<const MasterToken> words_;
  const MasterOrigin& origin_;
  RdataProblem& problem_;
  std::string out_;
  std::size_t at_ = 0;
};

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::optional<std::string> address_form(bool v4, std::string_view hex, RdataProblem& problem) {
  if (hex.size() != (v4 ? 8u : 32u)) {
    problem = {1, "the octets are no address"};
    return std::nullopt;
  }
  const std::size_t step = v4 ? 2 : 4;
  std::string text;
  for (std::size_t at = 0; at < hex.size(); at += step) {
    unsigned value = 0;
    std::from_chars(hex.data() + at, hex.data() + at + step, value, 16);
    if (!text.empty()) text += v4 ? '.' : ':';
    text += v4 ? fmt::format("{}", value) : fmt::format("{:x}", value);
  }
  return IpAddress::parse(text)->text();
}

/// `\# length hex...` of RFC 3597; an address type gets its usual form, so that the two ways to write it compare equal.
std::optional<std::string> unknown_form(const RecordType& type, std::span<const MasterToken> words, RdataProblem& problem) {
  const std::optional<std::uint64_t> length = words.size() < 2 ? std::nullopt : number(words[1].text, 0xffff);
  if (!length) {
    problem = {std::min<std::size_t>(1, words.size()), "\\# needs the number of octets"};
    return std::nullopt;
  }
  std::string hex;
  for (std::size_t at = 2; at < words.size(); ++at) {
    if (!std::ranges::all_of(words[at].text, is_hex)) {
      problem = {at, "only hexadecimal digits may follow \\# and its length"};
      return std::nullopt;
    }
    hex += words[at].text;
  }
  if (hex.size() != 2 * *length) {
    problem = {1, fmt::format("\\# says {} octets, and {} hexadecimal digits follow", *length, hex.size())};
    return std::nullopt;
  }
  if (type.fields == "4" || type.fields == "6") return address_form(type.fields == "4", hex, problem);
  return fmt::format("\\# {}{}{}", *length, hex.empty() ? "" : " ", hex);
}

}  // namespace

std::optional<RecordType> record_type(std::string_view text) {
  std::array<char, 16> upper{};
  if (text.empty() || text.size() > upper.size()) return std::nullopt;
  std::ranges::transform(text, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  const std::string_view name(upper.data(), text.size());
  if (const RecordType* type = known_type(name)) return *type;
  if (!name.starts_with("TYPE")) return std::nullopt;
  const std::optional<std::uint64_t> value = number(name.substr(4), 0xffff);
  if (!value) return std::nullopt;
  for (const NumberedType& row : kNumbers) {
    if (row.number == *value) return *known_type(row.name);
  }
  return RecordType{text, {}};
}

std::optional<std::uint64_t> ttl_seconds(std::string_view text) {
  if (text.empty() || !is_digit(text[0])) return std::nullopt;
  std::uint64_t total = 0;
  bool units = false;
  for (std::size_t at = 0; at < text.size();) {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (failure == std::errc::invalid_argument) return std::nullopt;
    if (failure != std::errc{} || value > 0xffffffff) value = 0x100000000;
    at = static_cast<std::size_t>(end - text.data());
    if (at == text.size()) {
      if (units) return std::nullopt;  // a number without a unit stands alone
      return value;
    }
    constexpr std::string_view kUnits = "wWdDhHmMsS";
    constexpr std::uint64_t kSeconds[] = {604800, 86400, 3600, 60, 1};
    const std::size_t unit = kUnits.find(text[at++]);
    if (unit == std::string_view::npos) return std::nullopt;
    total = std::min<std::uint64_t>(total + value * kSeconds[unit / 2], 0x100000000);
    units = true;
  }
  return total;
}

std::optional<std::string> presentation(const RecordType& type, std::span<const MasterToken> words, const MasterOrigin& origin,
                                        RdataProblem& problem) {
  if (!words.empty() && !words[0].quoted && words[0].text == "\\#") return unknown_form(type, words, problem);
  if (type.fields.empty()) {
    problem = {0, fmt::format("the data of {} is written as \\# LENGTH HEX", type.name)};
    return std::nullopt;
  }
  Writer writer(words, origin, problem);
  for (const char kind : type.fields) {
    if (!writer.field(kind)) return std::nullopt;
  }
  if (!writer.finish()) return std::nullopt;
  return writer.take();
}

}  // namespace mainstay
