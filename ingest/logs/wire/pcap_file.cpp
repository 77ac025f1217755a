// pcap files: a header, and each packet behind a header of its own. Source: draft-ietf-opsawg-pcap.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "ingest/logs/wire/ordered_octets.h"
#include "ingest/logs/wire/packet_file.h"
#include "ingest/logs/wire/wire_time.h"

namespace mainstay {
namespace {

constexpr std::size_t kFileHeader = 24;
constexpr std::size_t kPacketHeader = 16;

/// What the first four octets say.
struct Magic {
  std::string_view octets;
  bool is_little;
  bool has_nanoseconds;
  std::string_view what;
};
constexpr Magic kMagics[] = {
    {"\xa1\xb2\xc3\xd4", false, false, "microseconds, highest octet first"},
    {"\xd4\xc3\xb2\xa1", true, false, "microseconds, lowest octet first"},
    {"\xa1\xb2\x3c\x4d", false, true, "nanoseconds, highest octet first"},
    {"\x4d\x3c\xb2\xa1", true, true, "nanoseconds, lowest octet first"},
};

class PcapFile : public PacketFile {
 public:
  PcapFile(OctetWindow& octets, const Magic& magic, std::uint32_t link)
      : PacketFile(octets), order_(magic.is_little), unit_(magic.has_nanoseconds ? 1 : 1000), link_(link) {}

  bool next(CapturedPacket& packet) override {
    octets_.skip(given_);
    given_ = 0;
    const std::string_view header = octets_.peek(kPacketHeader);
    if (header.empty()) return false;
    if (header.size() < kPacketHeader) return fail("the file ends inside of the header of a packet");
    const std::uint64_t begin = octets_.position();
    const std::uint32_t size = order_.read32(header, 8);
    if (size > kMostPacket) return fail(fmt::format("octet {}: a packet of {} octets cannot be", begin, size));
    packet.link = link_;
    packet.time = WireTime{order_.read32(header, 0), std::uint64_t{order_.read32(header, 4)} * unit_, true}.microseconds();
    octets_.skip(kPacketHeader);
    packet.octets = octets_.peek(size);
    if (packet.octets.size() < size) return fail(fmt::format("octet {}: the file ends inside of a packet of {} octets", begin, size));
    packet.octets = packet.octets.substr(0, size);
    given_ = size;
    return true;
  }

 private:
  OrderedOctets order_;
  std::uint64_t unit_;
  std::uint32_t link_;
  std::size_t given_ = kFileHeader;
};

/// The magic that a whole file header begins with; none when there is no such header.
const Magic* magic_of(std::string_view head) {
  if (head.size() < kFileHeader) return nullptr;
  const auto* const magic = std::ranges::find_if(kMagics, [&](const Magic& one) { return head.starts_with(one.octets); });
  return magic != std::end(kMagics) && OrderedOctets(magic->is_little).read16(head, 4) == 2 ? magic : nullptr;
}

}  // namespace

std::string pcap_kind(std::string_view head) {
  const Magic* const magic = magic_of(head);
  return magic == nullptr ? std::string() : fmt::format("a pcap file ({})", magic->what);
}

std::unique_ptr<PacketFile> open_pcap(OctetWindow& octets) {
  constexpr std::uint32_t kLinkBits = 0x03ffffff;  // above them: whether packets end with a checksum
  const std::string_view head = octets.peek(kFileHeader);
  const Magic* const magic = magic_of(head);
  if (magic == nullptr) return nullptr;
  return std::make_unique<PcapFile>(octets, *magic, OrderedOctets(magic->is_little).read32(head, 20) & kLinkBits);
}

}  // namespace mainstay
