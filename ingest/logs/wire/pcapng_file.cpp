// pcapng files: blocks, of which some hold packets. Source: draft-ietf-opsawg-pcapng.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "ingest/logs/log_format.h"
#include "ingest/logs/wire/ordered_octets.h"
#include "ingest/logs/wire/packet_file.h"

namespace mainstay {
namespace {

constexpr std::size_t kBlockHeader = 8;
constexpr std::size_t kLeastBlock = 12;
constexpr std::string_view kSectionMark("\x0a\x0d\x0d\x0a", 4);
constexpr std::string_view kBigOrder("\x1a\x2b\x3c\x4d", 4);
constexpr std::string_view kLittleOrder("\x4d\x3c\x2b\x1a", 4);
enum BlockType : std::uint32_t { kInterface = 1, kOldPacket = 2, kSimplePacket = 3, kEnhancedPacket = 6 };

__extension__ using Wide = unsigned __int128;

/// A network interface that packets were captured on.
struct Interface {
  std::uint32_t link = 0;
  std::uint32_t most = 0;       // octets that are kept of a packet; 0 for all
  std::uint8_t resolution = 6;  // of times: powers of ten, or with the highest bit of two
  std::int64_t offset = 0;      // seconds that times are short of
};

/// A time in units of an interface, in microseconds.
std::int64_t microseconds(std::uint64_t units, const Interface& interface) {
  constexpr unsigned kMostPower = 19;
  constexpr std::int64_t kLastSecond = 253402300799;
  const unsigned power = interface.resolution & 0x7f;
  Wide value = 0;
  if ((interface.resolution & 0x80) != 0) {
    value = power > 63 ? Wide{0} : Wide{units} * 1000000 >> power;
  } else {
    Wide scale = 1;
    for (unsigned step = 6; step < std::min(power, kMostPower); ++step) scale *= 10;
    value = Wide{units} / scale;
    for (unsigned step = power; step < 6; ++step) value *= 10;
  }
  if (value > Wide{static_cast<std::uint64_t>(kLastSecond)} * 1000000 || interface.offset > kLastSecond || interface.offset < -kLastSecond)
    return LogLine::kNoTime;
  const std::int64_t time = static_cast<std::int64_t>(value) + interface.offset * 1000000;
  return time < 0 || time / 1000000 > kLastSecond ? LogLine::kNoTime : time;
}

class PcapngFile : public PacketFile {
 public:
  explicit PcapngFile(OctetWindow& octets) : PacketFile(octets) {}

  bool next(CapturedPacket& packet) override {
    while (true) {
      if (!octets_.skip(given_)) return fail("the file ends inside of a block");
      given_ = 0;
      const std::string_view header = octets_.peek(kLeastBlock);
      if (header.empty()) return false;
      if (header.size() < kLeastBlock) return fail("the file ends inside of the header of a block");
      if (header.starts_with(kSectionMark) && !begin_section(header)) return false;
      const std::uint32_t type = order_.read32(header, 0);
      const std::uint32_t size = order_.read32(header, 4);
      if (size < kLeastBlock || size % 4 != 0)
        return fail(fmt::format("octet {}: a block of {} octets cannot be", octets_.position(), size));
      given_ = size;
      if (read_block(type, size, packet)) return true;
      if (!error().empty()) return false;
    }
  }

 private:
  bool begin_section(std::string_view header) {
    const std::string_view order = header.substr(kBlockHeader, 4);
    if (order != kBigOrder && order != kLittleOrder)
      return fail(fmt::format("octet {}: a section without an order of octets", octets_.position()));
    order_ = OrderedOctets(order == kLittleOrder);
    interfaces_.clear();
    return true;
  }

  /// True when the block is a packet.
  bool read_block(std::uint32_t type, std::uint32_t size, CapturedPacket& packet) {
    const bool is_read = type == kInterface || type == kOldPacket || type == kSimplePacket || type == kEnhancedPacket;
    if (!is_read) return false;
    if (size > OctetWindow::kMost) return fail(fmt::format("octet {}: a block of {} octets cannot be", octets_.position(), size));
    const std::string_view block = octets_.peek(size);
    if (block.size() < size) return fail("the file ends inside of a block");
    const std::string_view body = block.substr(kBlockHeader, size - kLeastBlock);
    if (type == kInterface) return add_interface(body);
    if (type == kSimplePacket) return read_simple(body, packet);
    return read_packet(type, body, packet);
  }

  bool add_interface(std::string_view body) {
    constexpr std::size_t kFixed = 8;
    constexpr std::size_t kMostInterfaces = 65536;
    if (body.size() < kFixed || interfaces_.size() == kMostInterfaces)
      return fail(fmt::format("octet {}: an interface that cannot be", octets_.position()));
    Interface interface { .link = order_.read16(body, 0), .most = order_.read32(body, 4) };
    read_options(body.substr(kFixed), interface);
    interfaces_.push_back(interface);
    return false;
  }

  void read_options(std::string_view options, Interface& interface) const {
    constexpr std::uint16_t kEnd = 0, kResolution = 9, kOffset = 14;
    while (options.size() >= 4) {
      const std::uint16_t code = order_.read16(options, 0);
      const std::size_t size = order_.read16(options, 2);
      options.remove_prefix(4);
      if (code == kEnd || size > options.size()) return;
      if (code == kResolution && size == 1) interface.resolution = static_cast<std::uint8_t>(options[0]);
      if (code == kOffset && size == 8) {
        const bool is_little = order_.is_little();
        const std::uint64_t low = order_.read32(options, is_little ? 0 : 4);
        const std::uint64_t high = order_.read32(options, is_little ? 4 : 0);
        interface.offset = static_cast<std::int64_t>(high << 32 | low);
      }
      options.remove_prefix(std::min((size + 3) / 4 * 4, options.size()));
    }
  }

  /// An enhanced packet, or one of the older kind, which has a smaller number of its interface.
  bool read_packet(std::uint32_t type, std::string_view body, CapturedPacket& packet) {
    constexpr std::size_t kFixed = 20;
    if (body.size() < kFixed) return fail(fmt::format("octet {}: a packet that cannot be", octets_.position()));
    const std::uint32_t number = type == kOldPacket ? order_.read16(body, 0) : order_.read32(body, 0);
    const std::uint32_t size = order_.read32(body, 12);
    if (number >= interfaces_.size() || size > body.size() - kFixed)
      return fail(fmt::format("octet {}: a packet of {} octets on interface {} cannot be", octets_.position(), size, number));
    const std::uint64_t units = std::uint64_t{order_.read32(body, 4)} << 32 | order_.read32(body, 8);
    packet.link = interfaces_[number].link;
    packet.time = microseconds(units, interfaces_[number]);
    packet.octets = body.substr(kFixed, size);
    return true;
  }

  /// A packet without a time, on the first interface.
  bool read_simple(std::string_view body, CapturedPacket& packet) {
    constexpr std::size_t kFixed = 4;
    if (body.size() < kFixed || interfaces_.empty()) return fail(fmt::format("octet {}: a packet that cannot be", octets_.position()));
    const Interface& interface = interfaces_.front();
    std::size_t size = std::min<std::size_t>(order_.read32(body, 0), body.size() - kFixed);
    if (interface.most > 0) size = std::min<std::size_t>(size, interface.most);
    packet.link = interface.link;
    packet.time = LogLine::kNoTime;
    packet.octets = body.substr(kFixed, size);
    return true;
  }

  OrderedOctets order_;
  std::vector<Interface> interfaces_;
  std::uint64_t given_ = 0;
};

}  // namespace

std::string pcapng_kind(std::string_view head) {
  if (head.size() < kLeastBlock || !head.starts_with(kSectionMark)) return {};
  const std::string_view order = head.substr(kBlockHeader, 4);
  return order == kBigOrder || order == kLittleOrder ? "a pcapng file" : "";
}

std::unique_ptr<PacketFile> open_pcapng(OctetWindow& octets) {
  if (pcapng_kind(octets.peek(kLeastBlock)).empty()) return nullptr;
  return std::make_unique<PcapngFile>(octets);
}

}  // namespace mainstay
