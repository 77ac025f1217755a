#include "render/impact.h"
#include "render/json_object.h"
#include "render/json_parts.h"
#include "render/version.h"

namespace mainstay {
namespace {

constexpr const char* kSchema = "mainstay.whatif/2";

Json optional_count_schema() { return nullable_schema(count_schema()); }
Json bounds_schema() {
  return nullable_schema({{"type", "object"},
                          {"required", {"lo", "hi"}},
                          {"properties", {{"lo", count_schema()}, {"hi", optional_count_schema()}}},
                          {"additionalProperties", false}});
}

Json written(const std::optional<Bounds>& bounds) {
  if (!bounds) return nullptr;
  return {{"lo", bounds->lo}, {"hi", bounds->hi ? Json(*bounds->hi) : Json(nullptr)}};
}

Json written(const std::optional<std::uint64_t>& number) { return number ? Json(*number) : Json(nullptr); }

Json all_words(std::span<const std::string_view> words) {
  std::vector<std::string> all(words.begin(), words.end());
  return word_schema(all);
}

const JsonObject<SnapshotSource>& snapshot_object() {
  using T = SnapshotSource;
  static const JsonObject<T> object{
      "snapshot",
      "A file that facts were taken from.",
      {{"file", text_schema(), "Its path, as given.", [](const T& row) { return Json(row.file); }},
       {"version", text_schema(), "Version of the program that wrote it.", [](const T& row) { return Json(row.version); }},
       {"created", text_schema(), "RFC 3339, UTC.", [](const T& row) { return Json(row.created); }},
       {"age", optional_count_schema(), "Seconds; null when not known.", [](const T& row) { return written(row.age); }}}};
  return object;
}

const JsonObject<DownRow>& down_object() {
  using T = DownRow;
  static const JsonObject<T> object{"down",
                                    "One faulty thing.",
                                    {{"kind", text_schema(), "Kind of node.", [](const T& row) { return Json(row.subject.kind); }},
                                     {"name", text_schema(), "Canonical name.", [](const T& row) { return Json(row.subject.name); }},
                                     {"label", text_schema(), "Name for people.", [](const T& row) { return Json(row.label); }},
                                     {"mode", text_schema(), "How it is faulty.", [](const T& row) { return Json(row.mode); }},
                                     {"other_modes", list_schema(text_schema()), "Other modes that make sense for it.",
                                      [](const T& row) { return Json(row.other_modes); }}}};
  return object;
}

const JsonObject<ImpactRow>& row_object() {
  using T = ImpactRow;
  static const JsonObject<T> object{
      "outcome",
      "How one workload stands.",
      {{"workload", text_schema(), "Id of the workload.", [](const T& row) { return Json(row.workload); }},
       {"purpose", all_words(words(Purpose::ordinary)), "What it is for, as its people say.",
        [](const T& row) { return Json(word(row.purpose)); }},
       {"standing", all_words(words(Standing::now)), "How it stands.", [](const T& row) { return Json(word(row.standing)); }},
       {"endpoints", list_schema(text_schema()), "Endpoints that are concerned.", [](const T& row) { return Json(row.endpoints); }},
       {"reason", text_schema(), "Why, in one sentence.", [](const T& row) { return Json(row.reason); }},
       {"arithmetic", text_schema(), "How a time was reached; empty without one.", [](const T& row) { return Json(row.arithmetic); }},
       {"wait", bounds_schema(), "Milliseconds that lookups take longer; null when none.", [](const T& row) { return written(row.wait); }},
       {"deadline", optional_count_schema(), "Milliseconds, of the use that times out.",
        [](const T& row) { return written(row.deadline); }},
       {"lost_percent", bounds_schema(), "Share of lookups that end in a wrong answer.",
        [](const T& row) {
          return written(std::optional(Bounds{row.lost_percent_lo, row.lost_percent_hi}));
        }},
       {"lockout", bounds_schema(), "Seconds until nothing held is left; null for those who are not lost.",
        [](const T& row) { return written(row.lockout); }},
       {"holds_known", flag_schema(), "False: something that is held has no known length, so the lock-out may come later.",
        [](const T& row) { return Json(row.holds_known); }},
       {"runs_out_first", text_schema(), "The hold that ends first.", [](const T& row) { return Json(row.runs_out_first); }},
       {"evidence", list_schema(ref_schema("evidence")), "Where to look.", [](const T& row) { return written(row.evidence); }}}};
  return object;
}

const JsonObject<Relief>& relief_object() {
  using T = Relief;
  static const JsonObject<T> object{
      "relief",
      "Something that can be done at once; its effect was computed as if it were done.",
      {{"action", text_schema(), "What to do.", [](const T& row) { return Json(row.action); }},
       {"why", text_schema(), "What makes it work.", [](const T& row) { return Json(row.why); }},
       {"restores", count_schema(), "Workloads that stand better than before.", [](const T& row) { return Json(row.restores); }},
       {"of", count_schema(), "Workloads that the fault harms.", [](const T& row) { return Json(row.of); }},
       {"edits", count_schema(), "Places that must be changed.", [](const T& row) { return Json(row.edits); }},
       {"evidence", list_schema(ref_schema("evidence")), "Those places.", [](const T& row) { return written(row.evidence); }}}};
  return object;
}

Json counts(const ImpactReport& report) {
  Json out = Json::object();
  for (std::size_t at = 0; at < words(Standing::now).size(); ++at) {
    out[std::string(words(Standing::now)[at])] = report.count(static_cast<Standing>(at));
  }
  return out;
}

Json counts_schema() {
  Json properties = Json::object();
  Json required = Json::array();
  for (const std::string_view one : words(Standing::now)) {
    properties[std::string(one)] = count_schema();
    required.push_back(one);
  }
  return {{"type", "object"}, {"required", required}, {"properties", properties}, {"additionalProperties", false}};
}

const JsonObject<ImpactReport>& impact_object() {
  using T = ImpactReport;
  static const JsonObject<T> object{
      "impact",
      "Who can still authenticate while something is faulty.",
      {{"schema", {{"const", kSchema}}, "Name and number of this schema.", [](const T&) { return Json(kSchema); }},
       {"version", text_schema(), "Version of the program.", [](const T&) { return Json(version()); }},
       {"snapshots", list_schema(ref_schema("snapshot")), "Snapshots that were read.",
        [](const T& report) { return written(snapshot_object(), report.snapshots); }},
       {"down", list_schema(ref_schema("down")), "What is faulty.", [](const T& report) { return written(down_object(), report.down); }},
       {"total", count_schema(), "Workloads; the sum of the counts.", [](const T& report) { return Json(report.rows.size()); }},
       {"counts", counts_schema(), "Workloads by standing.", counts},
       {"workloads", list_schema(ref_schema("outcome")), "Every workload, worst first.",
        [](const T& report) { return written(row_object(), report.rows); }},
       {"relief", list_schema(ref_schema("relief")), "What would help, most first.",
        [](const T& report) { return written(relief_object(), report.reliefs); }}}};
  return object;
}

}  // namespace

std::string json(const ImpactReport& report) { return printed(impact_object().write(report)); }

std::string whatif_schema() {
  Json schema = document_schema(std::string("Mainstay what-if, ") + kSchema, impact_object());
  Json& definitions = schema["$defs"];
  define(definitions, snapshot_object());
  define(definitions, down_object());
  define(definitions, row_object());
  define(definitions, relief_object());
  definitions["evidence"] = evidence_schema();
  return printed(schema);
}

}  // namespace mainstay
