#include "ingest/logs/wire/packet_file.h"

namespace mainstay {

std::string PacketFile::kind_of(std::string_view head) {
  std::string kind = pcap_kind(head);
  return kind.empty() ? pcapng_kind(head) : kind;
}

std::unique_ptr<PacketFile> PacketFile::open(OctetWindow& octets) {
  if (std::unique_ptr<PacketFile> file = open_pcap(octets)) return file;
  return open_pcapng(octets);
}

}  // namespace mainstay
