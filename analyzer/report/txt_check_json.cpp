#include "analyzer/report/txt_check_json.h"

#include "render/json_parts.h"

namespace mainstay {
namespace {

constexpr const char* kName = "mainstay.txt-check/1";

Json texts(const std::vector<std::string>& all) { return Json(all); }

Json positions(const std::vector<std::size_t>& all) { return Json(all); }

Json evidence_list() { return list_schema(ref_schema("evidence")); }

Json end_schema() {
  return {{"type", "object"},
          {"additionalProperties", {{"type", "string"}}},
          {"propertyNames", {{"enum", {"nxdomain", "nodata", "servfail", "timeout"}}}}};
}

const JsonObject<TxtSeen>& record_object() {
  static const JsonObject<TxtSeen> object{
      "record",
      "one set of records that answers; values are never shown",
      {{"name", text_schema(), "the owner", [](const TxtSeen& x) { return Json(x.name); }},
       {"type", word_schema({"TXT", "CNAME"}), "", [](const TxtSeen& x) { return Json(x.type); }},
       {"zone", text_schema(), "with its view", [](const TxtSeen& x) { return Json(x.zone); }},
       {"records", count_schema(), "in the set", [](const TxtSeen& x) { return Json(x.records); }},
       {"ttl", nullable_schema(count_schema()), "the longest, in seconds", [](const TxtSeen& x) { return x.ttl ? Json(*x.ttl) : Json(); }},
       {"signed", nullable_schema(flag_schema()), "the zone; null: not known",
        [](const TxtSeen& x) { return x.is_signed ? Json(*x.is_signed) : Json(); }},
       {"wildcard", flag_schema(), "", [](const TxtSeen& x) { return Json(x.is_wildcard); }},
       {"binding", text_schema(), "whether the text names the service and environment of its name; empty: no convention says which",
        [](const TxtSeen& x) { return Json(x.binding); }},
       {"evidence", evidence_list(), "where the records are written", [](const TxtSeen& x) { return written(x.reasons); }}}};
  return object;
}

const JsonObject<TxtCheck>& check_object() {
  static const JsonObject<TxtCheck> object{
      "check",
      "one that looks an identity up, or a function that has one",
      {{"who", text_schema(), "the code, or the function", [](const TxtCheck& x) { return Json(x.who); }},
       {"kind", word_schema({"code", "function"}), "", [](const TxtCheck& x) { return Json(x.is_code ? "code" : "function"); }},
       {"name", text_schema(), "that is asked for; unknown parts as ${name}", [](const TxtCheck& x) { return Json(x.name); }},
       {"answer", word_schema({"there", "nxdomain", "nodata", "unknown"}), "", [](const TxtCheck& x) { return Json(x.answer); }},
       {"records", list_schema(ref_schema("record")), "", [](const TxtCheck& x) { return written(record_object(), x.records); }},
       {"decision", text_schema(), "what the code compares: existence, constant, unproved, proved, unknown; empty for functions",
        [](const TxtCheck& x) { return Json(x.decision); }},
       {"ends", end_schema(), "what the code does when the lookup ends so", [](const TxtCheck& x) { return Json(x.ends); }},
       {"time_limit", nullable_schema(flag_schema()), "a limit of its own is set; null: not known",
        [](const TxtCheck& x) { return x.has_time_limit ? Json(*x.has_time_limit) : Json(); }},
       {"reads_first_string", flag_schema(), "only the first string of a record",
        [](const TxtCheck& x) { return Json(x.reads_first_string); }},
       {"evidence", evidence_list(), "", [](const TxtCheck& x) { return written(x.reasons); }},
       {"findings", list_schema(count_schema()), "positions in findings", [](const TxtCheck& x) { return positions(x.findings); }},
       {"verdict", nullable_schema(word_schema({"info", "low", "medium", "high", "critical"})), "the worst of them; null: none",
        [](const TxtCheck& x) { return x.verdict ? Json(word(*x.verdict)) : Json(); }}}};
  return object;
}

const JsonObject<TxtConventionRow>& convention_object() {
  const auto names = [] { return list_schema(text_schema()); };
  static const JsonObject<TxtConventionRow> object{
      "convention",
      "names of identities below one suffix",
      {{"suffix", text_schema(), "", [](const TxtConventionRow& x) { return Json(x.suffix); }},
       {"order", word_schema({"service.environment", "environment.service"}), "", [](const TxtConventionRow& x) { return Json(x.order); }},
       {"environments", names(), "that settings name; empty: any", [](const TxtConventionRow& x) { return texts(x.environments); }},
       {"stated", evidence_list(), "where settings state it; empty: learned from the records",
        [](const TxtConventionRow& x) { return written(x.stated); }},
       {"identities", count_schema(), "", [](const TxtConventionRow& x) { return Json(x.identities); }},
       {"strays", names(), "names below a stated suffix that have another form", [](const TxtConventionRow& x) { return texts(x.strays); }},
       {"not_looked_up", names(), "identities that no code of the tree asks for",
        [](const TxtConventionRow& x) { return texts(x.not_looked_up); }},
       {"without_records", names(), "functions that have no name below a stated suffix",
        [](const TxtConventionRow& x) { return texts(x.without_records); }}}};
  return object;
}

struct Document {
  const TxtCheckReport& report;
  bool is_complete;
};

const JsonObject<Document>& document_object() {
  static const JsonObject<Document> object{
      "document",
      "",
      {{"schema", {{"const", kName}}, "", [](const Document&) { return Json(kName); }},
       {"note", text_schema(), "what a TXT record is good for", [](const Document&) { return Json(kTxtIsPublic); }},
       {"complete", flag_schema(), "all that was meant to be read was", [](const Document& x) { return Json(x.is_complete); }},
       {"stage", text_schema(), "what was filled in for the environment", [](const Document& x) { return Json(x.report.stage); }},
       {"checks", list_schema(ref_schema("check")), "worst first",
        [](const Document& x) { return written(check_object(), x.report.checks); }},
       {"conventions", list_schema(ref_schema("convention")), "",
        [](const Document& x) { return written(convention_object(), x.report.conventions); }},
       {"findings", list_schema(ref_schema("finding")), "of the rules about identity records",
        [](const Document& x) { return written(finding_object(), x.report.findings); }},
       {"other_findings", list_schema(count_schema()), "positions of those that belong to no check",
        [](const Document& x) { return positions(x.report.other); }},
       {"suppressed", list_schema(ref_schema("finding")), "",
        [](const Document& x) { return written(finding_object(), x.report.suppressed); }},
       {"undecided", list_schema(ref_schema("undecided")), "",
        [](const Document& x) { return written(undecided_object(), x.report.undecided); }}}};
  return object;
}

}  // namespace

std::string txt_check_json(const TxtCheckReport& report, bool is_complete) {
  return printed(document_object().write({report, is_complete}));
}

std::string txt_check_schema() {
  Json schema = document_schema(kName, document_object());
  schema.erase("description");
  Json& definitions = schema["$defs"];
  define(definitions, record_object());
  define(definitions, check_object());
  define(definitions, convention_object());
  define(definitions, finding_object());
  define(definitions, subject_object());
  define(definitions, suppression_object());
  define(definitions, undecided_object());
  definitions["evidence"] = evidence_schema();
  return printed(schema);
}

}  // namespace mainstay
