#include "ingest/logs/envelope.h"

namespace mainstay {

extern const Envelope syslog_envelope;
extern const Envelope journald_envelope;
extern const Envelope docker_envelope;
extern const Envelope cri_envelope;
extern const Envelope cloudwatch_envelope;

namespace {

constinit const Envelope kNone{.name = "none",
                               .open = [](std::string_view line, LineScratch&) { return std::optional(Enclosed{.text = line}); }};

constexpr const Envelope* kEnvelopes[] = {&kNone,           &syslog_envelope,   &cri_envelope,
                                          &docker_envelope, &journald_envelope, &cloudwatch_envelope};

}  // namespace

std::optional<Enclosed> LineOpener::open(std::string_view line, LineScratch& scratch) {
  constexpr std::size_t kLongest = 65536;
  if (!is_carrying_) carried_.clear();
  std::optional<Enclosed> inner = envelope_.open(line, scratch);
  if (!inner || (!inner->is_part && !is_carrying_)) return inner;
  if (carried_.size() + inner->text.size() > kLongest) carried_.clear();
  carried_ += inner->text;
  is_carrying_ = inner->is_part;
  inner->text = inner->is_part ? std::string_view() : std::string_view(carried_);
  return inner;
}

LineVerdict read_enclosed(const LogFormat& format, const Enclosed& inner, LogLine& out, LineScratch& scratch) {
  const LineVerdict verdict = format.parse_line(inner.text, out, scratch);
  const bool is_own = !inner.program.empty() && inner.program == format.program;
  // One that has a client is a query that is damaged.
  return verdict == LineVerdict::not_understood && is_own && out.client.empty() ? LineVerdict::other : verdict;
}

std::span<const Envelope* const> all_envelopes() { return kEnvelopes; }

}  // namespace mainstay
