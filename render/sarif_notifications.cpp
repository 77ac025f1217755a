#include <fmt/format.h>

#include <array>

#include "render/columns.h"
#include "render/escape.h"
#include "render/pen.h"
#include "render/sarif_parts.h"

namespace mainstay {
namespace {

struct Kind {
  const char* id;
  const char* meaning;
};
constexpr std::array<Kind, 4> kKinds = {{{"input-problem", "A part of a file is wrong; the rest of it was used."},
                                         {"not-read", "A file that was meant to be read could not be."},
                                         {"not-decided", "Something could not be decided, so nothing is said about it."},
                                         {"left-out", "The limits of those who read this file left something out."}}};
enum KindIndex : std::size_t { kInputProblem, kNotRead, kNotDecided, kLeftOut };

Json notification(KindIndex kind, const char* level, const std::string& text) {
  return {{"descriptor", {{"id", kKinds[kind].id}, {"index", kind}}}, {"level", level}, {"message", {{"text", for_sarif(text)}}}};
}

/// A file that was not read, or not wholly. `cause` is for programs: the kind of reason, in one of a few words.
Json of_source(const SourceEntry& one, KindIndex kind, const char* level) {
  const std::string why = one.state != SourceState::read ? sentence(one.reason)
                          : one.errors > 0               ? fmt::format("read in part, with {}.", counted(one.errors, "error"))
                                                         : fmt::format("read in part: {} not understood.", counted(one.warnings, "line"));
  Json out = notification(kind, level, fmt::format("{}: {}", one.file, why));
  out["properties"] = {{"cause", word(one.cause)}};
  return out;
}

const char* level_of(DiagnosticSeverity severity) {
  switch (severity) {
    case DiagnosticSeverity::note: return "note";
    case DiagnosticSeverity::warning: return "warning";
    case DiagnosticSeverity::error: break;
  }
  return "error";
}

Json of_diagnostic(const Diagnostic& one, SarifResults& results, const OutputContext& context) {
  Json out =
      notification(kInputProblem, level_of(one.severity), sentence(one.message) + (one.hint.empty() ? "" : " Hint: " + sentence(one.hint)));
  if (const std::optional<Spot> spot = spot_of(Evidence::declared(one.where), context)) {
    out["locations"] = {{{"physicalLocation", results.physical_location(*spot)}}};
  }
  return out;
}

void add_left_out(const SarifLeftOut& left_out, Json& out) {
  const struct {
    std::size_t count;
    const char* what;
  } rows[] = {{left_out.results, "results, the least severe ones"},
              {left_out.places, "places of evidence"},
              {left_out.steps, "steps of code flows"},
              {left_out.flows, "code flows"},
              {left_out.tags, "tags of rules"}};
  for (const auto& row : rows) {
    if (row.count > 0)
      out.push_back(notification(kLeftOut, "warning", fmt::format("Left out to stay within limits: {} {}.", grouped(row.count), row.what)));
  }
}

}  // namespace

Json sarif_notification_kinds() {
  Json out = Json::array();
  for (const Kind& kind : kKinds) {
    const Json text = {{"text", kind.meaning}};
    out.push_back({{"id", kind.id}, {"shortDescription", text}, {"fullDescription", text}, {"help", text}});
  }
  return out;
}

Json SarifResults::notifications(const Report& report) {
  Json out = Json::array();
  add_left_out(left_out_, out);
  std::size_t over = 0;
  const auto add = [&](Json one) {
    if (out.size() < limits_.notifications) {
      out.push_back(std::move(one));
    } else {
      ++over;
    }
  };
  for (const SourceEntry& one : report.sources) {
    if (one.state == SourceState::failed) add(of_source(one, kNotRead, "error"));
    if (one.cause == SourceCause::read_in_part) add(of_source(one, kInputProblem, "warning"));
  }
  for (const Diagnostic& one : report.diagnostics) add(of_diagnostic(one, *this, context_));
  for (const SourceEntry& one : report.sources) {
    if (one.state == SourceState::skipped) add(of_source(one, kNotRead, "warning"));
  }
  for (const Undecided& one : report.undecided) {
    add(notification(kNotDecided, "note", fmt::format("{}: {} ({} times).", one.what, one.why, grouped(one.count))));
  }
  over += report.diagnostics_dropped;
  if (over > 0) out.push_back(notification(kLeftOut, "warning", fmt::format("{} more notifications are left out.", grouped(over))));
  return out;
}

}  // namespace mainstay
