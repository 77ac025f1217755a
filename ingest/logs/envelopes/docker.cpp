// Logs of containers as Docker's driver json-file has them: {"log":"...\n","stream":"stdout","time":"..."}.
#include "ingest/logs/envelope.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
extern const Envelope docker_envelope;

namespace {

std::optional<Enclosed> open_line(std::string_view line, LineScratch& scratch) {
  if (!line.starts_with("{\"log\":")) return std::nullopt;
  JsonWalk walk(line);
  Enclosed out;
  bool has_stream = false;
  std::string_view key;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "log") out.text = value.text(scratch);
    has_stream = has_stream || key == "stream";
    if (key != "time") continue;
    std::string_view written = value.text(scratch);
    if (const auto time = take_iso_time(written)) out.time = *time;
  }
  if (!walk.is_good() || !has_stream) return std::nullopt;
  out.is_part = !out.text.ends_with('\n');
  while (out.text.ends_with('\n') || out.text.ends_with('\r')) out.text.remove_suffix(1);
  return out;
}

}  // namespace

constinit const Envelope docker_envelope{.name = "docker-json-file", .open = &open_line};

}  // namespace mainstay
