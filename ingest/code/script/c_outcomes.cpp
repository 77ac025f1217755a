// How the libraries of C hand over what became of a lookup. Sources: resolver(3), ares_query(3), ldns_resolver_query(3), libgetdns(3),
// libunbound(3), "DnsQuery_A" of Windows; measured where a page does not say it: libunbound gives rcode 2 for a time-out.
#include <fmt/format.h>

#include <array>

#include "ingest/code/script/c_levels.h"
#include "ingest/code/script/script_run.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;
using Codes = std::array<int, kLookupEnds>;  // by LookupEnd

constexpr int kNotKnown = -1;
constexpr Codes kNetdb = {0, 0, 1, 4, 2, 2};
constexpr Codes kAres = {0, 0, 4, 1, 3, 12};
constexpr Codes kRcode = {0, 0, 3, 0, 2, 2};
constexpr Codes kGetdns = {900, 900, 901, kNotKnown, kNotKnown, 902};
constexpr Codes kWindows = {0, 0, 9003, 9501, 9002, 1460};

Value constant(int number) { return {.seen = Seen::constant, .text = fmt::format("{}", number)}; }

}  // namespace

/// The number that tells this end in the library that is asked.
Value Run::c_code() const {
  if (row_ == nullptr) return {};
  const Codes& codes = row_->style == Style::length        ? kNetdb
                       : row_->word.starts_with("ares_")   ? kAres
                       : row_->word.starts_with("getdns_") ? kGetdns
                       : row_->style == Style::listed      ? kWindows
                                                           : kRcode;
  const int code = codes[static_cast<std::size_t>(end_)];
  return code == kNotKnown ? Value{.seen = Seen::derived} : constant(code);
}

Value Run::c_reply() const { return {.seen = Seen::reply}; }

/// Puts a value where an argument of a call points to.
void Run::put(const Expression& call, std::size_t argument, const Value& content, Way& way) {
  if (argument + 1 >= call.parts.size()) return;
  const Expression* written = &call.parts[argument + 1];
  const bool is_data = written->kind == Kind::call && written->parts.size() == 1 && written->parts[0].kind == Kind::attribute;
  if (is_data && (written->parts[0].word == "data" || written->parts[0].word == "get")) written = &written->parts[0].parts[0];
  const Expression& to = *written;
  const Value place = value(to, way);
  if (place.seen == Seen::place) {
    if (place.place < way.frames.size()) way.frames[place.place].values[place.text] = content;
  } else if (const std::optional<Cell> here = cell(to.kind == Kind::address ? to.parts[0] : to, way)) {
    way.frames[here->frame].values[here->key] = content;
  }
}

Value Run::c_looked_up(Way& way) {
  for (std::size_t at = 1; at < lookup_.parts.size(); ++at) value(lookup_.parts[at], way);
  const Value none{.seen = Seen::no};
  const auto place = [this] { return static_cast<std::size_t>(row_->result); };
  switch (row_->style) {
    case Style::length:
      way.frames[0].values["(h_errno)"] = c_code();
      put(lookup_, place(), fails() ? none : c_reply(), way);
      return fails() ? constant(-1) : Value{.seen = Seen::count};
    case Style::packet: {
      Value got = end_ == LookupEnd::timed_out ? none : c_reply();
      if (row_->result == LookupCall::kNone) return got;
      put(lookup_, place(), got, way);
      return constant(end_ == LookupEnd::timed_out ? 1 : 0);
    }
    case Style::outcome: put(lookup_, place(), c_reply(), way); return constant(0);
    case Style::listed:
      put(lookup_, place(), fails() ? none : Value{.seen = Seen::answer, .level = kRecords, .place = loops_}, way);
      return c_code();
    default: return {};
  }
}

/// A lookup that hands its outcome to a function of the file, which is run where the call stands.
std::optional<Ways> Run::c_handed(const Expression& call, Way& way) {
  if (&call != &lookup_ || row_ == nullptr || row_->style != Style::handed) return std::nullopt;
  const auto callback = static_cast<std::size_t>(row_->callback) + 1;
  if (callback >= call.parts.size()) return std::nullopt;
  const Value function = value(call.parts[callback], way);
  if (function.seen != Seen::function) return std::nullopt;
  const bool is_unbound = row_->word.starts_with("ub_");
  const std::size_t given = is_unbound ? callback - 1 : callback + 1;
  const Value argument = given < call.parts.size() ? value(call.parts[given], way) : Value{};
  const Value reply = fails() ? Value{.seen = Seen::no} : c_reply();
  std::vector<Value> arguments{argument, c_code(), {}, reply, fails() ? constant(0) : Value{.seen = Seen::count}};
  if (is_unbound) arguments = {argument, constant(0), c_reply()};
  const std::size_t loops = loops_;
  loops_ = 0;
  Ways ways = invoked(function, arguments, std::move(way));
  loops_ = loops;
  for (Way& one : ways) {
    if (one.flow == Flow::raised) one.raised_at = nullptr;
    one.calls[&call] = {};
  }
  return ways;
}

/// A member of a reply or of what was looked up; nothing for one that is not known.
std::optional<Value> Run::c_of_reply(const std::string& member, const Value& of) const {
  const auto flag = [](bool holds) { return Value{.seen = holds ? Seen::yes : Seen::no}; };
  if (of.seen == Seen::answer) {
    Value got = of;
    if (member == "length" || member == "size" || member == "dwStringCount") return Value{.seen = Seen::count};
    if (member == "wType" || member == "type") return constant(16);
    if (member == "txt" || member == "data") got.level = kRawText;
    if (member == "pStringArray") got.level = kStrings;
    const bool is_known = member == "txt" || member == "data" || member == "pStringArray" || member == "next" || member == "pNext" ||
                          member == "Data" || member == "TXT" || member == "Txt";
    return is_known ? std::optional(got) : std::nullopt;
  }
  if (member == "havedata") return flag(!fails());
  if (member == "nxdomain") return flag(end_ == LookupEnd::nxdomain);
  if (member == "bogus") return end_ == LookupEnd::servfail ? Value{} : flag(false);
  if (member == "secure" && fails()) return flag(false);
  if (member == "secure" || member == "why_bogus" || member == "ttl" || member == "qname" || member == "canonname" ||
      member == "was_ratelimited")
    return Value{};
  if (member == "rcode") return row_ != nullptr && row_->style == Style::length ? constant(0) : c_code();
  if (member == "data") return fails() ? Value{.seen = Seen::no} : Value{.seen = Seen::answer, .level = kRecords};
  if (member == "len") return Value{.seen = fails() ? Seen::no : Seen::count};
  if (member == "ancount") return fails() ? constant(0) : Value{.seen = Seen::count};
  return std::nullopt;
}

}  // namespace mainstay::script
