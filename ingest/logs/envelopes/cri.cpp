// Logs of containers as the Container Runtime Interface has them: "2026-11-27T08:00:00.123456789Z stdout F message".
#include "ingest/logs/envelope.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
extern const Envelope cri_envelope;

namespace {

std::optional<Enclosed> open_line(std::string_view text, LineScratch&) {
  const auto time = take_iso_time(text);
  if (!time || (!text.starts_with(" stdout ") && !text.starts_with(" stderr "))) return std::nullopt;
  text.remove_prefix(8);
  Enclosed out{.time = *time};
  // Tags are separated by colons, and old versions had none.
  if (text.starts_with("F ") || text.starts_with("P ") || text.starts_with("F:") || text.starts_with("P:")) {
    out.is_part = text.front() == 'P';
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    text.remove_prefix(blank + 1);
  }
  out.text = text;
  return out;
}

}  // namespace

constinit const Envelope cri_envelope{.name = "cri", .open = &open_line};

}  // namespace mainstay
