// wire_peers CAPTURE...: holds what is read of captures against libpcap, and what is read of messages, whole and damaged, against ldns; and
// says how long each takes. Exit status: 0 all the same, 1 not, 2 wrong usage.
#include <fmt/format.h>
#include <pcap/pcap.h>

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "graph/values/domain_name.h"
#include "ingest/logs/byte_source.h"
#include "ingest/logs/dns_codes.h"
#include "ingest/logs/wire/dns_message.h"
#include "ingest/logs/wire/packet.h"
#include "ingest/logs/wire/packet_file.h"

// Behind all others, because it defines the words of C for truth values.
#include <ldns/ldns.h>
#undef bool
#undef false
#undef true

namespace mainstay {
namespace {

struct Packet {
  std::int64_t time = 0;
  std::uint32_t link = 0;
  std::string octets;
  friend bool operator==(const Packet&, const Packet&) = default;
};

/// `use` gets each packet: its time, its link type, its octets.
template <class Use>
void walk_by_us(const std::string& path, Use use) {
  const Result<std::unique_ptr<ByteSource>> source = open_bytes(path);
  if (!source) return;
  OctetWindow octets(**source);
  const std::unique_ptr<PacketFile> file = PacketFile::open(octets);
  if (file == nullptr) return;
  for (CapturedPacket packet; file->next(packet);) use(packet.time, packet.link, packet.octets);
}

template <class Use>
void walk_by_libpcap(const std::string& path, Use use) {
  char why[PCAP_ERRBUF_SIZE];
  pcap_t* const file = pcap_open_offline_with_tstamp_precision(path.c_str(), PCAP_TSTAMP_PRECISION_MICRO, why);
  if (file == nullptr) return;
  // It gives its own numbers for link types; those of these are the numbers in the file.
  const auto link = static_cast<std::uint32_t>(pcap_datalink(file) == DLT_RAW ? 101 : pcap_datalink(file));
  pcap_pkthdr* header = nullptr;
  const u_char* octets = nullptr;
  while (pcap_next_ex(file, &header, &octets) == 1) {
    use(std::int64_t{header->ts.tv_sec} * 1000000 + header->ts.tv_usec, link,
        std::string_view(reinterpret_cast<const char*>(octets), header->caplen));
  }
  pcap_close(file);
}

std::vector<Packet> packets_by_us(const std::string& path) {
  std::vector<Packet> all;
  walk_by_us(path, [&](std::int64_t time, std::uint32_t link, std::string_view octets) {
    all.push_back({time, link, std::string(octets)});
  });
  return all;
}

std::vector<Packet> packets_by_libpcap(const std::string& path) {
  std::vector<Packet> all;
  walk_by_libpcap(path, [&](std::int64_t time, std::uint32_t link, std::string_view octets) {
    all.push_back({time, link, std::string(octets)});
  });
  return all;
}

std::vector<std::string> messages_of(const std::vector<Packet>& packets) {
  std::vector<std::string> messages;
  for (const Packet& packet : packets) {
    const std::optional<IpPacket> ip = read_link(packet.link, packet.octets);
    if (!ip || ip->is_fragment) continue;
    const std::optional<Segment> segment = read_segment(ip->protocol, ip->payload);
    if (segment && segment->transport == Transport::udp) messages.emplace_back(segment->payload);
  }
  return messages;
}

/// A message as ldns reads it, freed when it goes.
class Peer {
 public:
  explicit Peer(const std::string& wire) {
    is_good_ = ldns_wire2pkt(&packet_, reinterpret_cast<const std::uint8_t*>(wire.data()), wire.size()) == LDNS_STATUS_OK;
  }
  ~Peer() { ldns_pkt_free(packet_); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  bool is_good() const { return is_good_; }
  ldns_pkt* packet() const { return packet_; }

 private:
  ldns_pkt* packet_ = nullptr;
  bool is_good_ = false;
};

std::string text_of(const ldns_rdf* data) {
  char* text = ldns_rdf2str(data);
  std::string out = text == nullptr ? "" : text;
  LDNS_FREE(text);
  return out;
}

/// Names in one form; what is no name stays as it is.
std::string canonical(std::string_view text) {
  const Result<DomainName> name = DomainName::parse(text);
  return name ? name->text() : std::string(text);
}

std::vector<std::string> answers_of(const ldns_pkt* packet) {
  std::vector<std::string> answers;
  LineScratch scratch;
  const ldns_rr_list* const records = ldns_pkt_answer(packet);
  for (std::size_t at = 0; at < ldns_rr_list_rr_count(records); ++at) {
    const ldns_rr* const record = ldns_rr_list_rr(records, at);
    if (ldns_rr_get_class(record) != LDNS_RR_CLASS_IN) continue;
    scratch.clear();
    add_answer(scratch, type_name(ldns_rr_get_type(record), scratch), "kept");
    if (!scratch.answers.empty() && answers.size() < 64) answers.push_back(canonical(text_of(ldns_rr_rdf(record, 0))));
  }
  return answers;
}

/// What both say, as one text each.
struct Told {
  std::string us, peer;
};

Told told(const DnsMessage& message, const LineScratch& scratch, const ldns_pkt* packet) {
  Told out;
  const ldns_rr* const question = ldns_rr_list_rr(ldns_pkt_question(packet), 0);
  out.us = fmt::format("{} {} {} {} {}", message.id, message.opcode, canonical(message.name), message.type, message.record_class);
  out.peer = fmt::format("{} {} {} {} {}", ldns_pkt_id(packet), static_cast<int>(ldns_pkt_get_opcode(packet)),
                         canonical(text_of(ldns_rr_owner(question))), static_cast<int>(ldns_rr_get_type(question)),
                         static_cast<int>(ldns_rr_get_class(question)));
  if (!message.is_response) return out;
  out.us += fmt::format(" {}", message.rcode & 0xf);
  out.peer += fmt::format(" {}", static_cast<int>(ldns_pkt_get_rcode(packet)));
  for (const LoggedAnswer& answer : scratch.answers) out.us += " " + canonical(answer.data);
  for (const std::string& answer : answers_of(packet)) out.peer += " " + answer;
  return out;
}

struct Agreement {
  std::size_t both = 0, neither = 0, only_us = 0, only_peer = 0, different = 0;
};

void compare(const std::string& wire, Agreement& sum) {
  LineScratch scratch;
  const std::optional<DnsMessage> message = read_dns_message(wire, scratch);
  const Peer peer(wire);
  const bool is_whole = message && message->is_whole;
  if (is_whole && peer.is_good() && message->questions == 1) {
    const Told words = told(*message, scratch, peer.packet());
    ++sum.both;
    if (words.us == words.peer) return;
    if (++sum.different <= 5) fmt::print("different:\n  {}\n  {}\n", words.us, words.peer);
  } else {
    ++(is_whole ? sum.only_us : peer.is_good() ? sum.only_peer : sum.neither);
  }
}

std::string damaged(std::string wire, std::mt19937& random) {
  for (unsigned change = 0; change < 1 + random() % 3 && !wire.empty(); ++change) {
    if (random() % 4 == 0)
      wire.resize(random() % (wire.size() + 1));
    else
      wire[random() % wire.size()] = static_cast<char>(random());
  }
  return wire;
}

/// Nanoseconds of the processor that one of `count` takes, by repeating them all for half a second.
template <class Use>
double nanoseconds(std::size_t count, Use use) {
  const std::clock_t begin = std::clock();
  std::size_t rounds = 0;
  double spent = 0;
  while (spent < 0.5) {
    use();
    ++rounds;
    spent = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  }
  return spent * 1e9 / static_cast<double>(rounds * std::max<std::size_t>(count, 1));
}

int run(const std::vector<std::string>& files) {
  std::vector<std::string> messages;
  bool is_same = true;
  for (const std::string& file : files) {
    const std::vector<Packet> ours = packets_by_us(file);
    const bool equals = ours == packets_by_libpcap(file) && !ours.empty();
    fmt::print("{}: {} packets, {} libpcap\n", file, ours.size(), equals ? "as" : "not as");
    is_same = is_same && equals;
    std::size_t seen = 0;
    const auto look = [&](std::int64_t, std::uint32_t, std::string_view octets) { seen += octets.empty() ? 0 : 1; };
    const double us = nanoseconds(ours.size(), [&] { walk_by_us(file, look); });
    const double peer = nanoseconds(ours.size(), [&] { walk_by_libpcap(file, look); });
    fmt::print("  a packet: {:.0f} ns, libpcap {:.0f} ns\n", us, peer);
    is_same = is_same && seen > 0;
    for (std::string& one : messages_of(ours)) messages.push_back(std::move(one));
  }
  Agreement whole, broken;
  std::mt19937 random(1);
  constexpr std::size_t kCompared = 2000;
  constexpr int kDamages = 50;
  for (std::size_t at = 0; at < std::min(messages.size(), kCompared); ++at) {
    compare(messages[at], whole);
    for (int round = 0; round < kDamages; ++round) compare(damaged(messages[at], random), broken);
  }
  for (const auto& [name, sum] : {std::pair("whole", whole), std::pair("damaged", broken)}) {
    fmt::print("{} messages: {} read by both ({} of them differently), {} by neither, {} by us only, {} by ldns only\n", name, sum.both,
               sum.different, sum.neither, sum.only_us, sum.only_peer);
  }
  LineScratch scratch;
  const double us = nanoseconds(messages.size(), [&] {
    for (const std::string& one : messages) {
      scratch.clear();
      is_same = read_dns_message(one, scratch).has_value() && is_same;
    }
  });
  const double peer = nanoseconds(messages.size(), [&] {
    for (const std::string& one : messages) is_same = Peer(one).is_good() && is_same;
  });
  fmt::print("a message: {:.0f} ns, ldns {:.0f} ns\n", us, peer);
  const bool agrees = whole.different == 0 && whole.only_us + whole.only_peer + whole.neither == 0 && broken.different == 0;
  return is_same && agrees && whole.both > 0 ? 0 : 1;
}

}  // namespace
}  // namespace mainstay

int main(int count, char** values) {
  if (count < 2) {
    fmt::print(stderr, "usage: wire_peers CAPTURE...\n");
    return 2;
  }
  return mainstay::run(std::vector<std::string>(values + 1, values + count));
}
