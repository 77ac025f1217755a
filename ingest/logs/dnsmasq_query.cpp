// dnsmasq and Pi-hole: log-queries, plain and extra, with and without the protocol.
#include <algorithm>
#include <charconv>
#include <iterator>

#include "ingest/logs/client_sketch.h"
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/log_format.h"
#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"
#include "ingest/logs/transaction_joiner.h"

namespace mainstay {
extern const LogFormat dnsmasq_query;

namespace {

/// What stands before the body: the process, and with "extra" the serial number of the question and its client.
struct Origin {
  std::uint64_t process = 0;
  std::uint64_t serial = 0;  // 0 when the log is a plain one
  std::string_view client;
};

bool take_number(std::string_view& text, std::uint64_t& number) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

/// Moves behind "dnsmasq[28264]: ", what may stand before it, and "4 127.0.0.1/48331 ".
bool take_origin(std::string_view& text, Origin& origin) {
  constexpr std::string_view kProgram = "dnsmasq[";
  const std::size_t program = text.find(kProgram);
  if (program == std::string_view::npos || program > 128) return false;
  text.remove_prefix(program + kProgram.size());
  if (!take_number(text, origin.process) || !text.starts_with("]: ")) return false;
  text.remove_prefix(3);
  std::string_view rest = text;
  std::uint64_t serial = 0;
  if (!take_number(rest, serial) || !rest.starts_with(' ')) return true;
  rest.remove_prefix(1);
  const std::string_view client = take_word(rest);
  const std::size_t slash = client.find('/');
  if (slash == std::string_view::npos) return true;
  origin.serial = serial;
  origin.client = client.substr(0, slash);
  text = rest;
  return true;
}

/// What tells the questions of one name apart in a plain log.
std::uint64_t family_of(std::string_view type) { return type == "A" ? 0 : type == "AAAA" ? 1 : 2; }

std::uint64_t transaction_of(const Origin& origin, std::string_view name, std::uint64_t family) {
  constexpr std::uint64_t kSerials = 0x3fffffff;
  if (origin.serial != 0) return (origin.process << 32) | ((origin.serial & kSerials) << 2);
  // Names are compared without case: a stub may mix it, and the answer repeats it or not.
  char lower[256];
  const std::size_t size = std::min(name.size(), sizeof lower);
  std::ranges::transform(name.substr(0, size), lower, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return ((ClientSketch::hash_of({lower, size}) + origin.process) | 4) << 2 | family;
}

/// Takes the name in front of ` is ` or ` from ` off, with the mark. dnsmasq writes what can be printed as it is, blanks in names too,
/// which are escaped here; what `mark` is, a name may hold as well, so the first one decides for answers, whose data may be any text.
bool take_name(std::string_view& text, std::string_view mark, LineScratch& scratch, std::string_view& name) {
  const std::size_t end = text.find(mark);
  if (end == std::string_view::npos || end == 0) return false;
  name = text.substr(0, end);
  text.remove_prefix(end + mark.size());
  if (name.find(' ') == std::string_view::npos) return true;
  constexpr std::string_view kEscape = "\\032";
  char* const escaped = scratch.room(kEscape.size() * name.size());
  char* end_of_it = escaped;
  for (const char c : name) {
    if (c == ' ')
      end_of_it = std::ranges::copy(kEscape, end_of_it).out;
    else
      *end_of_it++ = c;
  }
  name = {escaped, static_cast<std::size_t>(end_of_it - escaped)};
  return true;
}

/// A type as dnsmasq writes it, "AAAA" or "type=1234".
std::string_view type_of(std::string_view written, LineScratch& scratch) {
  constexpr std::string_view kNumber = "type=";
  return type_word(written.starts_with(kNumber) ? written.substr(kNumber.size()) : written, scratch);
}

/// "query[AAAA] www.corp.example from 192.0.2.1".
LineVerdict read_query(std::string_view type, std::string_view rest, const Origin& origin, LogLine& out, LineScratch& scratch) {
  if (!take_name(rest, " from ", scratch, out.name)) return LineVerdict::other;
  out.type = type_of(type, scratch);
  out.client = origin.client.empty() ? take_word(rest) : origin.client;
  out.transaction = transaction_of(origin, out.name, family_of(type));
  return LineVerdict::query;
}

struct Meaning {
  std::string_view word;
  std::string_view rcode;
};
constexpr Meaning kMeanings[] = {{"NXDOMAIN", "NXDOMAIN"}, {"NODATA", "NOERROR"},  {"NODATA-IPv4", "NOERROR"}, {"NODATA-IPv6", "NOERROR"},
                                 {"SERVFAIL", "SERVFAIL"}, {"REFUSED", "REFUSED"}, {"not", "NOTIMP"},          {"FORMERR", "FORMERR"},
                                 {"<HTTPS>", "NOERROR"},   {"<SVCB>", "NOERROR"}};

/// "www.corp.example is 192.0.2.10" behind its source. Data that is no address is text of TXT records, or "<SRV>" for what is longer.
LineVerdict read_answer(std::string_view rest, const Origin& origin, LogLine& out, LineScratch& scratch) {
  std::string_view name;
  if (!take_name(rest, " is ", scratch, name)) return LineVerdict::other;
  const std::string_view data = take_word(rest);
  const auto* const meaning = std::ranges::find(kMeanings, data, &Meaning::word);
  // Behind an alias comes what decides, under the name that it points to.
  const bool is_alias = data == "<CNAME>";
  if (!is_alias) out.rcode = meaning != std::end(kMeanings) ? meaning->rcode : "NOERROR";
  out.step = is_alias ? LineStep::detail : LineStep::answered;
  std::uint64_t family = TransactionJoiner::kAny;
  if (data == "NODATA-IPv4") family = 0;
  if (data == "NODATA-IPv6") family = 1;
  const bool is_address = !data.empty() && data.find_first_not_of("0123456789abcdef.:") == std::string_view::npos;
  if (is_address && data.find(':') != std::string_view::npos) {
    family = 1;
    add_answer(scratch, "AAAA", data);
  } else if (is_address && std::ranges::count(data, '.') == 3) {
    family = 0;
    add_answer(scratch, "A", data);
  }
  if (origin.serial != 0) family = 0;
  out.transaction = transaction_of(origin, name, family);
  return LineVerdict::query;
}

/// Where an answer came from. Files of hosts stand there with their path.
bool is_source(std::string_view word) {
  constexpr std::string_view kSources[] = {"reply",  "cached", "cached-stale", "config",  "DHCP",
                                           "DHCPv6", "auth",   "gravity",      "Pi-hole", "special"};
  return word.starts_with('/') || std::ranges::find(kSources, word) != std::end(kSources);
}

/// Pi-hole's lists: "gravity blocked ads.example is 0.0.0.0", "exactly denied ...", "regex denied ...".
void skip_list_words(std::string_view& text) {
  for (const std::string_view words :
       {"gravity blocked ", "exactly denied ", "exactly blacklisted ", "regex denied ", "regex blacklisted "}) {
    if (!text.starts_with(words)) continue;
    text.remove_prefix(words.size());
    return;
  }
}

LineVerdict parse_line(std::string_view line, LogLine& out, LineScratch& scratch) {
  std::string_view rest = line;
  if (const auto time = take_iso_time(rest)) out.time = *time;
  Origin origin;
  if (!take_origin(rest, origin)) return LineVerdict::not_understood;
  if (rest.starts_with("UDP ") || rest.starts_with("TCP ")) rest.remove_prefix(4);
  const std::size_t size = rest.size();
  skip_list_words(rest);
  if (rest.size() < size) return read_answer(rest, origin, out, scratch);
  const std::string_view source = take_word(rest);
  if (source.starts_with("query[") && source.ends_with(']'))
    return read_query(source.substr(6, source.size() - 7), rest, origin, out, scratch);
  return is_source(source) ? read_answer(rest, origin, out, scratch) : LineVerdict::other;
}

}  // namespace

constinit const LogFormat dnsmasq_query{.name = "dnsmasq-query",
                                        .title = "dnsmasq or Pi-hole query log",
                                        .reference = "dnsmasq(8), log-queries",
                                        .parse_line = &parse_line,
                                        .joins_lines = true};

}  // namespace mainstay
