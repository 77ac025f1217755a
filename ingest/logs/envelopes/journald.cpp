// The journal as `journalctl -o json` writes it.
#include "ingest/logs/envelope.h"
#include "ingest/logs/json_line.h"

namespace mainstay {
extern const Envelope journald_envelope;

namespace {

std::optional<Enclosed> open_line(std::string_view line, LineScratch& scratch) {
  if (!line.starts_with('{')) return std::nullopt;
  JsonWalk walk(line);
  Enclosed out;
  bool has_time = false;
  std::string_view key;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "MESSAGE" && value.is_text()) out.text = value.text(scratch);
    if (key == "SYSLOG_IDENTIFIER" && value.is_text()) out.program = value.text(scratch);
    if (key != "__REALTIME_TIMESTAMP") continue;
    const auto time = value.whole();
    has_time = time && *time >= 0;
    if (has_time) out.time = *time;
  }
  if (!walk.is_good() || !has_time) return std::nullopt;
  return out;
}

}  // namespace

constinit const Envelope journald_envelope{.name = "journald-json", .open = &open_line};

}  // namespace mainstay
