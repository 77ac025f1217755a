#include "ingest/logs/log_part.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "graph/values/digest.h"

namespace mainstay {
namespace {

constexpr std::size_t kDigits = 64;

}  // namespace

std::string id_of_log(const std::string& path, const std::optional<OctetRange>& range, const std::string& server) {
  constexpr std::uint64_t kSample = 65536;
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) return {};
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) return {};
  const auto size = static_cast<std::uint64_t>(std::max<std::streamoff>(in.tellg(), 0));
  const auto sample = static_cast<std::size_t>(std::min(size, kSample));
  std::string head(sample, '\0');
  std::string tail(sample, '\0');
  in.seekg(0);
  in.read(head.data(), static_cast<std::streamsize>(sample));
  in.seekg(static_cast<std::streamoff>(size - sample));
  in.read(tail.data(), static_cast<std::streamsize>(sample));
  if (!in) return {};
  std::string octets;
  append_counted(octets, "file");
  append_counted(octets, server);
  append_counted(octets, std::to_string(size));
  append_counted(octets, head);
  append_counted(octets, tail);
  if (range) append_counted(octets, std::to_string(range->begin) + "-" + std::to_string(std::min(range->end, size)));
  return sha256_digits(octets, kDigits);
}

std::string id_of_stream(std::string_view head, std::uint64_t octets, const std::string& server) {
  std::string text;
  append_counted(text, "stream");
  append_counted(text, server);
  append_counted(text, std::to_string(octets));
  append_counted(text, head);
  return sha256_digits(text, kDigits);
}

}  // namespace mainstay
