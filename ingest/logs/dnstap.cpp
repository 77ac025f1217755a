// dnstap: what a server saw of each message, in a Frame Streams file.
#include <fmt/format.h>

#include <limits>
#include <protozero/pbf_message.hpp>
#include <string_view>

#include "ingest/logs/record_format.h"
#include "ingest/logs/wire/address_text.h"
#include "ingest/logs/wire/dns_message.h"
#include "ingest/logs/wire/frame_stream.h"
#include "ingest/logs/wire/open_questions.h"
#include "ingest/logs/wire/wire_time.h"

namespace mainstay {
extern const LogFormat dnstap;

namespace {

constexpr std::string_view kContentType = "protobuf:dnstap.Dnstap";

// The numbers of the fields that are read. Source: dnstap.proto of dnstap.pb.
enum class Frame : protozero::pbf_tag_type { identity = 1, message = 14 };
enum class Field : protozero::pbf_tag_type {
  type = 1,
  socket_protocol = 3,
  query_address = 4,
  response_address = 5,
  query_port = 6,
  response_port = 7,
  query_seconds = 8,
  query_nanoseconds = 9,
  query_message = 10,
  response_seconds = 12,
  response_nanoseconds = 13,
  response_message = 14,
};

constexpr std::uint32_t kLastType = 14;  // UPDATE_RESPONSE
constexpr std::uint32_t kUdp = 1;

/// A message of dnstap, as far as a log of queries has a place for it.
struct Tap {
  std::uint32_t type = 0;
  std::uint32_t protocol = 0;
  std::string_view identity, query_address, response_address, query, response;
  std::uint32_t query_port = 0;
  std::uint32_t response_port = 0;
  WireTime asked, answered;
  bool has_message = false;

  /// Questions have odd numbers, the answers to them the even ones behind.
  bool is_response() const { return type % 2 == 0; }
};

std::string_view octets_of(protozero::data_view view) { return {view.data(), view.size()}; }

void read_message(protozero::data_view octets, Tap& out) {
  using protozero::pbf_wire_type;
  const auto at = [](Field field, pbf_wire_type type) { return protozero::tag_and_type(static_cast<std::uint32_t>(field), type); };
  protozero::pbf_reader message(octets);
  while (message.next()) {
    switch (message.tag_and_type()) {
      case at(Field::type, pbf_wire_type::varint): out.type = message.get_uint32(); break;
      case at(Field::socket_protocol, pbf_wire_type::varint): out.protocol = message.get_uint32(); break;
      case at(Field::query_address, pbf_wire_type::length_delimited): out.query_address = octets_of(message.get_view()); break;
      case at(Field::response_address, pbf_wire_type::length_delimited): out.response_address = octets_of(message.get_view()); break;
      case at(Field::query_port, pbf_wire_type::varint): out.query_port = message.get_uint32(); break;
      case at(Field::response_port, pbf_wire_type::varint): out.response_port = message.get_uint32(); break;
      case at(Field::query_seconds, pbf_wire_type::varint):
        out.asked.seconds = message.get_uint64();
        out.asked.is_known = true;
        break;
      case at(Field::query_nanoseconds, pbf_wire_type::fixed32): out.asked.nanoseconds = message.get_fixed32(); break;
      case at(Field::query_message, pbf_wire_type::length_delimited): out.query = octets_of(message.get_view()); break;
      case at(Field::response_seconds, pbf_wire_type::varint):
        out.answered.seconds = message.get_uint64();
        out.answered.is_known = true;
        break;
      case at(Field::response_nanoseconds, pbf_wire_type::fixed32): out.answered.nanoseconds = message.get_fixed32(); break;
      case at(Field::response_message, pbf_wire_type::length_delimited): out.response = octets_of(message.get_view()); break;
      default: message.skip();
    }
  }
}

/// False when the frame is no protocol buffer.
bool read_tap(std::string_view frame, Tap& out) {
  using protozero::pbf_wire_type;
  try {
    protozero::pbf_reader tap(frame.data(), frame.size());
    while (tap.next()) {
      switch (tap.tag_and_type()) {
        case protozero::tag_and_type(Frame::identity, pbf_wire_type::length_delimited): out.identity = octets_of(tap.get_view()); break;
        case protozero::tag_and_type(Frame::message, pbf_wire_type::length_delimited):
          read_message(tap.get_view(), out);
          out.has_message = true;
          break;
        default: tap.skip();
      }
    }
    return true;
  } catch (const protozero::exception&) {
    return false;
  }
}

class TapReader {
 public:
  explicit TapReader(RecordSink& sink) : sink_(sink) {}

  void read(std::string_view frame) {
    Tap tap;
    if (!read_tap(frame, tap)) return sink_.not_understood("the frame is no message of dnstap");
    if (!tap.has_message) return sink_.other();  // a kind of frame that is yet to be invented
    if (tap.type == 0 || tap.type > kLastType) return sink_.not_understood(fmt::format("there is no message type {} in dnstap", tap.type));
    const std::string_view wire = tap.is_response() && !tap.response.empty() ? tap.response : tap.query;
    if (wire.empty()) return sink_.other();  // the server was told to leave the messages out
    LineScratch& scratch = sink_.fresh();
    const std::optional<DnsMessage> message = read_dns_message(wire, scratch);
    if (!message) return sink_.not_understood("the message of DNS cannot be read as far as its question");
    LogLine line;
    if (describe_message(*message, line, scratch) == LineVerdict::other) return sink_.other();
    tell(tap, *message, line, scratch);
  }

 private:
  /// A resolver that asks others is their client.
  void tell(const Tap& tap, const DnsMessage& message, LogLine& line, LineScratch& scratch) {
    line.client = address_text(tap.query_address, scratch);
    line.server = address_text(tap.response_address, scratch);
    const bool asks_others = tap.type == 3 || tap.type == 4 || (tap.type >= 7 && tap.type <= 12);
    std::string_view& own = asks_others ? line.client : line.server;
    if (own.empty() && is_plain(tap.identity)) own = tap.identity;
    const std::int64_t asked = tap.asked.microseconds();
    const std::int64_t answered = tap.answered.microseconds();
    line.step = tap.is_response() ? LineStep::answered : LineStep::asked;
    line.time = tap.is_response() && answered != LogLine::kNoTime ? answered : asked;
    join(tap, message, asked, answered, line);
    sink_.query(line);
  }

  /// How long an answer took: by its own two times, or by those of two messages.
  void join(const Tap& tap, const DnsMessage& message, std::int64_t asked, std::int64_t answered, LogLine& line) {
    const ExchangeKey key{.client = tap.query_address,
                          .server = tap.response_address,
                          .client_port = static_cast<std::uint16_t>(tap.query_port),
                          .server_port = static_cast<std::uint16_t>(tap.response_port),
                          .id = message.id,
                          .type = message.type,
                          .is_stream = tap.protocol != kUdp};
    if (!tap.is_response()) {
      if (asked != LogLine::kNoTime) open_.ask(key, asked);
      return;
    }
    const std::optional<std::int64_t> before = open_.answer(key);
    if (asked == LogLine::kNoTime && before) asked = *before;
    if (asked != LogLine::kNoTime && answered != LogLine::kNoTime && answered >= asked) line.latency = answered - asked;
  }

  /// An identity is any octets; as the name of a server only a word of usual length is taken.
  static bool is_plain(std::string_view identity) {
    constexpr std::size_t kMostOctets = 255;
    return !identity.empty() && identity.size() <= kMostOctets &&
           std::string_view::npos == identity.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:");
  }

  RecordSink& sink_;
  OpenQuestions open_;
};

std::string recognise(std::string_view head) {
  if (FrameStream::content_type(head) != kContentType) return {};
  return "the file is a Frame Streams file whose content type is protobuf:dnstap.Dnstap";
}

void read(const RecordFile& file, RecordSink& sink) {
  FrameStream frames(file.octets);
  TapReader reader(sink);
  std::string_view frame;
  for (FrameStream::Step step = frames.next(frame); step != FrameStream::Step::end; step = frames.next(frame)) {
    if (step == FrameStream::Step::frame)
      reader.read(frame);
    else
      sink.too_long();
  }
  if (!frames.error().empty() && file.octets.error().empty())
    sink.say(DiagnosticSeverity::error, "reading stopped early: " + frames.error(), "what was read before is used");
}

constexpr RecordFormat kRecords{.recognise = &recognise, .read = &read};

}  // namespace

constinit const LogFormat dnstap{
    .name = "dnstap",
    .title = "dnstap",
    .reference = "dnstap.info, dnstap.proto; Frame Streams files of BIND, Unbound, Knot, NSD, PowerDNS, CoreDNS",
    .parse_line = nullptr,
    .records = &kRecords};

}  // namespace mainstay
