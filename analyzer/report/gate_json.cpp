#include "analyzer/report/gate_screen.h"
#include "render/json_parts.h"

namespace mainstay {
namespace {

constexpr const char* kSchema = "mainstay.gate/1";

Json texts() { return list_schema(text_schema()); }
Json findings() { return list_schema(ref_schema("finding")); }

const JsonObject<WorseFinding>& worse_object() {
  using T = WorseFinding;
  static const JsonObject<T> object{
      "worse",
      "A finding that was there before, and is worse now.",
      {{"why", text_schema(), "What is worse.", [](const T& row) { return Json(row.why); }},
       {"finding", ref_schema("finding"), "As it is now.", [](const T& row) { return finding_object().write(row.finding); }}}};
  return object;
}

const JsonObject<EndpointChange>& endpoint_change_object() {
  using T = EndpointChange;
  static const JsonObject<T> object{
      "endpoint_change",
      "An identity endpoint that stands otherwise than before.",
      {{"name", text_schema(), "Host name.", [](const T& row) { return Json(row.name); }},
       {"role", text_schema(), "What it does for identity.", [](const T& row) { return Json(word(row.role)); }},
       {"workloads_before", count_schema(), "Workloads that needed it.", [](const T& row) { return Json(row.workloads_before); }},
       {"workloads_after", count_schema(), "Workloads that need it.", [](const T& row) { return Json(row.workloads_after); }},
       {"single_faults_before", count_schema(), "Single faults before.", [](const T& row) { return Json(row.faults_before); }},
       {"single_faults_after", count_schema(), "Single faults now.", [](const T& row) { return Json(row.faults_after); }},
       {"gained", texts(), "Single faults that it had not.", [](const T& row) { return Json(row.gained); }},
       {"lost", texts(), "Single faults that it has no more.", [](const T& row) { return Json(row.lost); }}}};
  return object;
}

const JsonObject<NotEvaluated>& not_evaluated_object() {
  using T = NotEvaluated;
  static const JsonObject<T> object{"not_evaluated",
                                    "A file whose part in the change nobody can judge.",
                                    {{"file", text_schema(), "Path below the folder.", [](const T& row) { return Json(row.file); }},
                                     {"why", text_schema(), "Why.", [](const T& row) { return Json(row.why); }}}};
  return object;
}

const JsonObject<GateReport>& gate_object() {
  using T = GateReport;
  static const JsonObject<T> object{
      "gate",
      "What a change makes of the findings.",
      {{"schema", {{"const", kSchema}}, "Name and number of this schema.", [](const T&) { return Json(kSchema); }},
       {"base", text_schema(), "Id of the commit before.", [](const T& row) { return Json(row.base_commit); }},
       {"head", text_schema(), "Id of the commit after.", [](const T& row) { return Json(row.head_commit); }},
       {"verdict", word_schema({"pass", "fail", "unknown"}), "Exit status 0, 1 or 3.",
        [](const T& row) { return Json(word(verdict_of(row))); }},
       {"counted", count_schema(), "Findings and locked-out workloads that close the gate.",
        [](const T& row) { return Json(row.counted); }},
       {"changed_files", texts(), "Files that differ.", [](const T& row) { return Json(row.changed); }},
       {"changes", texts(), "What the change does to sign-in.", [](const T& row) { return Json(row.words); }},
       {"safe_order", texts(), "Steps that lock nobody out, in order.", [](const T& row) { return Json(row.steps); }},
       {"endpoints", list_schema(ref_schema("endpoint_change")), "Identity endpoints that stand otherwise.",
        [](const T& row) { return written(endpoint_change_object(), row.comparison.endpoints); }},
       {"cannot_start", texts(), "Workloads that cannot start any more when everything starts at once.",
        [](const T& row) { return Json(row.comparison.cannot_start); }},
       {"locked_out", texts(), "Workloads that cannot authenticate any more, with everything running.",
        [](const T& row) { return Json(row.locked_out); }},
       {"new", findings(), "Not there before.", [](const T& row) { return written(finding_object(), row.comparison.fresh); }},
       {"worse", list_schema(ref_schema("worse")), "There before, and worse.",
        [](const T& row) { return written(worse_object(), row.comparison.worse); }},
       {"moved", findings(), "The same trouble as before under another name; not counted.",
        [](const T& row) { return written(finding_object(), row.comparison.moved); }},
       {"accepted", findings(), "New and suppressed; not counted.",
        [](const T& row) { return written(finding_object(), row.comparison.accepted); }},
       {"fixed", findings(), "As they were before.", [](const T& row) { return written(finding_object(), row.comparison.fixed); }},
       {"unchanged", count_schema(), "Findings that are as they were.", [](const T& row) { return Json(row.comparison.unchanged); }},
       {"not_evaluated", list_schema(ref_schema("not_evaluated")), "What could not be judged.",
        [](const T& row) { return written(not_evaluated_object(), row.not_evaluated); }}}};
  return object;
}

}  // namespace

std::string gate_json(const GateReport& report) { return printed(gate_object().write(report)); }

std::string gate_schema() {
  Json schema = document_schema(std::string("Mainstay gate, ") + kSchema, gate_object());
  Json& definitions = schema["$defs"];
  define(definitions, finding_object());
  define(definitions, subject_object());
  define(definitions, suppression_object());
  definitions["evidence"] = evidence_schema();
  define(definitions, worse_object());
  define(definitions, endpoint_change_object());
  define(definitions, not_evaluated_object());
  return printed(schema);
}

}  // namespace mainstay
