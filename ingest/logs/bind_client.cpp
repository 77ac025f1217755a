#include "ingest/logs/bind_client.h"

#include "ingest/logs/log_time.h"
#include "ingest/logs/scan.h"

namespace mainstay {

bool take_bind_client(std::string_view& text, LogLine& out) {
  constexpr std::string_view kClient = "client ";
  if (const auto time = take_bind_time(text)) {
    out.time = *time;
  } else if (const auto iso = take_iso_time(text)) {
    out.time = *iso;
  }
  const std::size_t client = text.find(kClient);
  if (client == std::string_view::npos) return false;
  std::string_view rest = text.substr(client + kClient.size());
  if (rest.starts_with("@0x")) take_word(rest);
  const std::size_t port = find_octet(rest, '#');
  if (port == std::string_view::npos || port == 0 || port > find_octet(rest, ' ')) return false;
  out.client = rest.substr(0, port);
  text = rest.substr(port);
  return true;
}

}  // namespace mainstay
