// Packet captures: questions and answers as they were on the wire, in pcap and pcapng files.
#include <fmt/format.h>

#include <bitset>
#include <set>

#include "ingest/logs/record_format.h"
#include "ingest/logs/wire/address_text.h"
#include "ingest/logs/wire/dns_message.h"
#include "ingest/logs/wire/fragments.h"
#include "ingest/logs/wire/message_streams.h"
#include "ingest/logs/wire/open_questions.h"
#include "ingest/logs/wire/packet_file.h"

namespace mainstay {
extern const LogFormat pcap;

namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr std::uint16_t kTlsPort = 853;

/// Ports of protocols whose messages look like those of DNS and are none: NetBIOS, multicast DNS, LLMNR.
bool is_of_others(std::uint16_t port) { return port == 137 || port == 5353 || port == 5355; }

/// Reads the packets of one capture.
class CaptureReader {
 public:
  explicit CaptureReader(RecordSink& sink) : sink_(sink), streams_([this](std::string_view message) { read_stream_message(message); }) {
    servers_.set(kDnsPort);
  }

  void read(const CapturedPacket& captured) {
    if (!is_known_link(captured.link)) {
      unknown_links_.insert(captured.link);
      return sink_.other();
    }
    std::optional<IpPacket> packet = read_link(captured.link, captured.octets);
    if (!packet) return sink_.other();
    if (packet->is_fragment) {
      const std::optional<std::string_view> whole = fragments_.add(*packet);
      if (!whole) return sink_.other();
      packet->payload = *whole;
    }
    packet_ = *packet;
    time_ = captured.time;
    const std::optional<Segment> segment = read_segment(packet->protocol, packet->payload);
    if (!segment) return sink_.other();
    segment_ = *segment;
    if (segment->transport == Transport::udp)
      read_datagram();
    else
      read_stream();
  }

  /// What is to be said of the capture as a whole.
  void finish() {
    const auto note = [&](std::string text) { sink_.say(DiagnosticSeverity::note, std::move(text), {}); };
    for (const std::uint32_t link : unknown_links_)
      sink_.say(DiagnosticSeverity::error, fmt::format("packets of link type {} are not read", link), "capture Ethernet or raw IP");
    if (open_.unanswered() > 0) note(fmt::format("questions without an answer in the capture: {}", open_.unanswered()));
    if (streams_.gaps() > 0) note(fmt::format("TCP connections with a piece missing: {}", streams_.gaps()));
    if (encrypted_ > 0) note(fmt::format("packets of DNS over TLS, which cannot be read: {}", encrypted_));
    if (elsewhere_ > 0) note(fmt::format("messages of servers at other ports than 53: {}", elsewhere_));
  }

 private:
  bool is_known_server() const { return servers_.test(segment_.source_port) || servers_.test(segment_.target_port); }

  void read_datagram() {
    const bool is_at_dns = segment_.source_port == kDnsPort || segment_.target_port == kDnsPort;
    const bool is_foreign = is_of_others(segment_.source_port) || is_of_others(segment_.target_port);
    if ((is_foreign && !is_at_dns) || segment_.payload.empty()) return sink_.other();
    LineScratch& scratch = sink_.fresh();
    const std::optional<DnsMessage> message = read_dns_message(segment_.payload, scratch);
    if (!message && is_at_dns) return sink_.not_understood("a datagram at port 53 is no message of DNS as far as its question");
    // Elsewhere only what is a message from its first octet to its last is taken for one.
    if (!message || (!is_at_dns && !is_certain(*message))) return sink_.other();
    if (!is_at_dns && message->is_response) servers_.set(segment_.source_port);
    tell(*message, scratch);
  }

  void read_stream() {
    if (segment_.source_port == kTlsPort || segment_.target_port == kTlsPort) {
      ++encrypted_;
      return sink_.other();
    }
    if (!is_known_server() && !learns_server()) return sink_.other();
    is_counted_ = false;
    streams_.add(packet_, segment_);
    if (!is_counted_) sink_.other();  // it opens or closes a connection, or completes no message
  }

  /// Whether a segment between unknown ports is one whole message, so that one of its ports is a server's.
  bool learns_server() {
    if (!begins_like_message(segment_.payload) || is_of_others(segment_.source_port) || is_of_others(segment_.target_port)) return false;
    const std::string_view wire = segment_.payload.substr(2);
    const auto size =
        static_cast<std::size_t>(static_cast<unsigned char>(segment_.payload[0]) << 8 | static_cast<unsigned char>(segment_.payload[1]));
    if (size != wire.size()) return false;
    const std::optional<DnsMessage> message = read_dns_message(wire, sink_.fresh());
    if (!message || !is_certain(*message)) return false;
    servers_.set(message->is_response ? segment_.source_port : segment_.target_port);
    return true;
  }

  void read_stream_message(std::string_view wire) {
    is_counted_ = true;
    LineScratch& scratch = sink_.fresh();
    const std::optional<DnsMessage> message = read_dns_message(wire, scratch);
    if (!message) return sink_.not_understood("a message over TCP cannot be read as far as its question");
    tell(*message, scratch);
  }

  static bool is_certain(const DnsMessage& message) {
    constexpr unsigned kQuery = 0;
    return message.is_whole && message.questions == 1 && message.opcode == kQuery;
  }

  void tell(const DnsMessage& message, LineScratch& scratch) {
    LogLine line;
    if (describe_message(message, line, scratch) == LineVerdict::other) return sink_.other();
    const bool is_response = message.is_response;
    const ExchangeKey key{.client = is_response ? packet_.target : packet_.source,
                          .server = is_response ? packet_.source : packet_.target,
                          .client_port = is_response ? segment_.target_port : segment_.source_port,
                          .server_port = is_response ? segment_.source_port : segment_.target_port,
                          .id = message.id,
                          .type = message.type,
                          .is_stream = segment_.transport == Transport::tcp};
    line.client = address_text(key.client, scratch);
    line.server = address_text(key.server, scratch);
    line.time = time_;
    elsewhere_ += key.server_port != kDnsPort ? 1 : 0;
    if (!is_response) {
      open_.ask(key, time_);
    } else if (const std::optional<std::int64_t> asked = open_.answer(key)) {
      if (*asked != LogLine::kNoTime && time_ != LogLine::kNoTime && time_ >= *asked) line.latency = time_ - *asked;
    } else if (is_transfer(message.type)) {
      line.step = LineStep::detail;  // a transfer has many messages
    }
    sink_.query(line);
  }

  static bool is_transfer(std::uint16_t type) { return type == 251 || type == 252; }

  RecordSink& sink_;
  Fragments fragments_;
  MessageStreams streams_;
  OpenQuestions open_;
  std::bitset<65536> servers_;  // ports at which servers answer
  std::set<std::uint32_t> unknown_links_;
  std::uint64_t encrypted_ = 0;
  std::uint64_t elsewhere_ = 0;
  // The packet that is being read.
  IpPacket packet_;
  Segment segment_;
  std::int64_t time_ = LogLine::kNoTime;
  bool is_counted_ = false;
};

std::string recognise(std::string_view head) {
  const std::string kind = PacketFile::kind_of(head);
  return kind.empty() ? std::string() : "the file is " + kind;
}

void read(const RecordFile& file, RecordSink& sink) {
  const std::unique_ptr<PacketFile> packets = PacketFile::open(file.octets);
  if (packets == nullptr) return;
  CaptureReader reader(sink);
  for (CapturedPacket packet; packets->next(packet);) reader.read(packet);
  if (!packets->error().empty() && file.octets.error().empty())
    sink.say(DiagnosticSeverity::error, "reading stopped early: " + packets->error(), "what was read before is used");
  reader.finish();
}

constexpr RecordFormat kRecords{.recognise = &recognise, .read = &read};

}  // namespace

constinit const LogFormat pcap{.name = "pcap",
                               .title = "packet capture",
                               .reference = "draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng; files of tcpdump, dnscap, Wireshark",
                               .parse_line = nullptr,
                               .records = &kRecords};

}  // namespace mainstay
