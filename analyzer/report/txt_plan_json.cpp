#include "analyzer/report/txt_plan_json.h"

#include "render/json_parts.h"

namespace mainstay {
namespace {

constexpr const char* kName = "mainstay.txt-plan/1";

std::string_view word(PlannedDeed deed) {
  switch (deed) {
    case PlannedDeed::create: return "create";
    case PlannedDeed::change: return "change";
    case PlannedDeed::remove: break;
  }
  return "remove";
}

/// Places without their lines: those of records hold the values, which are never shown.
Reasons without_lines(Reasons reasons) {
  for (Evidence& one : reasons) one.place.text.clear();
  return reasons;
}

const JsonObject<PlannedRecord>& record_object() {
  static const JsonObject<PlannedRecord> object{
      "record",
      "one set of records",
      {{"deed", word_schema({"create", "change", "remove"}), "", [](const PlannedRecord& x) { return Json(word(x.deed)); }},
       {"name", text_schema(), "the owner, without its final dot", [](const PlannedRecord& x) { return Json(x.owner); }},
       {"type", word_schema({"TXT", "CNAME"}), "", [](const PlannedRecord& x) { return Json(x.type); }},
       {"zone", text_schema(), "the apex; the suffix of the names where no zone is known",
        [](const PlannedRecord& x) { return Json(x.zone); }},
       {"zone_is_known", flag_schema(), "", [](const PlannedRecord& x) { return Json(x.zone_is_known); }},
       {"ttl", count_schema(), "in seconds", [](const PlannedRecord& x) { return Json(x.ttl); }},
       {"text", text_schema(),
        "REPLACE-... stands for what only the owner knows; nothing that was read of a record; empty for what is removed",
        [](const PlannedRecord& x) { return Json(x.text); }},
       {"why", text_schema(), "", [](const PlannedRecord& x) { return Json(x.why); }},
       {"evidence", list_schema(ref_schema("evidence")), "places without what is written there",
        [](const PlannedRecord& x) { return written(without_lines(x.reasons)); }}}};
  return object;
}

const JsonObject<RotationStep>& step_object() {
  static const JsonObject<RotationStep> object{
      "step",
      "what to do, or how long to wait",
      {{"text", text_schema(), "with the sum that says how long", [](const RotationStep& x) { return Json(x.text); }},
       {"wait", nullable_schema(count_schema()), "in seconds; null: nothing to wait for, or how long is not known here",
        [](const RotationStep& x) { return x.wait ? Json(*x.wait) : Json(); }}}};
  return object;
}

const JsonObject<Rotation>& rotation_object() {
  static const JsonObject<Rotation> object{
      "rotation",
      "how the identities of one zone are rotated without anybody noticing",
      {{"suffix", text_schema(), "of the names", [](const Rotation& x) { return Json(x.suffix); }},
       {"zone", text_schema(), "", [](const Rotation& x) { return Json(x.zone); }},
       {"steps", list_schema(ref_schema("step")), "in their order", [](const Rotation& x) { return written(step_object(), x.steps); }}}};
  return object;
}

struct Document {
  const TxtPlan& plan;
  bool is_complete;
};

const JsonObject<Document>& document_object() {
  static const JsonObject<Document> object{
      "document",
      "",
      {{"schema", {{"const", kName}}, "", [](const Document&) { return Json(kName); }},
       {"note", text_schema(), "what a TXT record is good for", [](const Document&) { return Json(kTxtIsPublic); }},
       {"complete", flag_schema(), "all that was meant to be read was", [](const Document& x) { return Json(x.is_complete); }},
       {"records", list_schema(ref_schema("record")), "by zone, then by name",
        [](const Document& x) { return written(record_object(), x.plan.records); }},
       {"rotations", list_schema(ref_schema("rotation")), "",
        [](const Document& x) { return written(rotation_object(), x.plan.rotations); }},
       {"notes", list_schema(text_schema()), "what a record cannot mend, or of which too little is known",
        [](const Document& x) { return Json(x.plan.notes); }}}};
  return object;
}

}  // namespace

std::string txt_plan_json(const TxtPlan& plan, bool is_complete) { return printed(document_object().write({plan, is_complete})); }

std::string txt_plan_schema() {
  Json schema = document_schema(kName, document_object());
  schema.erase("description");
  Json& definitions = schema["$defs"];
  define(definitions, record_object());
  define(definitions, step_object());
  define(definitions, rotation_object());
  definitions["evidence"] = evidence_schema();
  return printed(schema);
}

}  // namespace mainstay
