// PacketFile: the packets of a capture, whichever file format holds them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "ingest/logs/octet_window.h"

namespace mainstay {

/// A packet as it was captured.
/// Units: time in microseconds since 1970; LogLine::kNoTime where there is none.
struct CapturedPacket {
  std::uint32_t link = 0;  // the number of its link type (LINKTYPE_...)
  std::int64_t time = 0;
  std::string_view octets;  // as many as were kept
};

/// Reads packets one after the other.
class PacketFile {
 public:
  /// The most of a packet that a file may hold: what libpcap allows.
  static constexpr std::size_t kMostPacket = std::size_t{256} << 10;

  /// Which kind of file begins like `head`, as "a pcapng file"; empty when it is no capture.
  static std::string kind_of(std::string_view head);
  /// The file that lies ahead, which has a kind.
  static std::unique_ptr<PacketFile> open(OctetWindow& octets);
  virtual ~PacketFile() = default;
  PacketFile(const PacketFile&) = delete;
  PacketFile& operator=(const PacketFile&) = delete;

  /// False at the end and at an error. The view lives until the next call.
  virtual bool next(CapturedPacket& packet) = 0;
  /// Why the packets ended early; empty at a true end.
  const std::string& error() const { return error_; }

 protected:
  explicit PacketFile(OctetWindow& octets) : octets_(octets) {}
  bool fail(std::string why) {
    error_ = std::move(why);
    return false;
  }

  OctetWindow& octets_;

 private:
  std::string error_;
};

/// The same for each kind; none when a file is of another one.
std::string pcap_kind(std::string_view head);
std::unique_ptr<PacketFile> open_pcap(OctetWindow& octets);
std::string pcapng_kind(std::string_view head);
std::unique_ptr<PacketFile> open_pcapng(OctetWindow& octets);

}  // namespace mainstay
