// Events of CloudWatch Logs, one a line, as `aws logs` and Firehose write them: {"timestamp":1795239078000,"message":"..."}.
#include "ingest/logs/envelope.h"
#include "ingest/logs/json_line.h"
#include "ingest/logs/log_time.h"

namespace mainstay {
extern const Envelope cloudwatch_envelope;

namespace {

std::optional<Enclosed> open_line(std::string_view line, LineScratch& scratch) {
  // An export to S3 puts the time in front of the message instead.
  if (!line.starts_with('{')) {
    const auto time = take_iso_time(line);
    if (!time || !line.starts_with(" {")) return std::nullopt;
    return Enclosed{.text = line.substr(1), .time = *time};
  }
  JsonWalk walk(line);
  Enclosed out;
  bool has_message = false;
  std::string_view key;
  for (JsonValue value; walk.next(key, value);) {
    if (key == "message" || key == "@message") {
      // An event that is JSON itself may stand there as an object.
      out.text = value.kind == JsonKind::object ? value.raw : value.text(scratch);
      has_message = true;
    } else if (key == "timestamp" || key == "@timestamp") {
      constexpr std::int64_t kMilliseconds = 1000;
      constexpr std::int64_t kLast = 253402300799999;
      std::string_view written = value.text(scratch);
      if (const auto number = value.whole(); number && *number >= 0 && *number <= kLast)
        out.time = *number * kMilliseconds;
      else if (const auto time = take_iso_time(written))
        out.time = *time;
    }
  }
  if (!walk.is_good() || !has_message || out.time == LogLine::kNoTime) return std::nullopt;
  while (out.text.ends_with('\n')) out.text.remove_suffix(1);
  return out;
}

}  // namespace

constinit const Envelope cloudwatch_envelope{.name = "cloudwatch", .open = &open_line};

}  // namespace mainstay
