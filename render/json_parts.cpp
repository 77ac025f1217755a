#include "render/json_parts.h"

#include "graph/facts/facts.h"
#include "render/escape.h"

namespace mainstay {
namespace {

Json severity_schema() { return word_schema({"info", "low", "medium", "high", "critical"}); }
Json cause_schema() {
  const std::span<const std::string_view> all = words(SourceCause{});
  return word_schema(std::vector<std::string>(all.begin(), all.end()));
}
Json confidence_schema() { return word_schema({"assumed", "default", "observed", "declared"}); }
Json evidence_list() { return list_schema(ref_schema("evidence")); }
Json texts() { return list_schema(text_schema()); }
Json subjects() { return list_schema(ref_schema("subject")); }

Json written(const Evidence& evidence) {
  switch (evidence.confidence) {
    case Confidence::declared:
      return {
          {"file", evidence.place.file}, {"line", evidence.place.line}, {"column", evidence.place.column}, {"text", evidence.place.text}};
    case Confidence::observed:
      return {{"log", evidence.place.file}, {"queries", evidence.queries}, {"first", evidence.first}, {"last", evidence.last}};
    case Confidence::product_default: return {{"default", evidence.note}};
    case Confidence::assumed: break;
  }
  return {{"assumed", evidence.note}};
}

/// One shape of a reason: an object with exactly these members.
Json shape(const char* meaning, const Json& properties) {
  Json required = Json::array();
  for (const auto& item : properties.items()) required.push_back(item.key());
  return {
      {"description", meaning}, {"type", "object"}, {"required", required}, {"properties", properties}, {"additionalProperties", false}};
}

}  // namespace

Json written(const Reasons& reasons) {
  Json out = Json::array();
  for (const Evidence& evidence : reasons) out.push_back(written(evidence));
  return out;
}

Json evidence_schema() {
  const Json place = {{"file", text_schema()}, {"line", count_schema()}, {"column", count_schema()}, {"text", text_schema()}};
  const Json log = {{"log", text_schema()}, {"queries", count_schema()}, {"first", text_schema()}, {"last", text_schema()}};
  return {{"description", "One reason to believe a statement."},
          {"oneOf",
           {shape("Written in a file of the tree; line and column count from 1, the column counts octets.", place),
            shape("Seen in a query log; first and last are RFC 3339 times in UTC.", log),
            shape("A documented default of the product.", {{"default", text_schema()}}),
            shape("Assumed, and why.", {{"assumed", text_schema()}})}}};
}

const JsonObject<EndpointRow>& endpoint_object() {
  using T = EndpointRow;
  static const JsonObject<T> object{
      "endpoint",
      "An identity endpoint: a host name in a role.",
      {{"name", text_schema(), "Host name without its final dot; unknown parts as ${name}.", [](const T& row) { return Json(row.name); }},
       {"role", text_schema(), "What it does for identity: \"oidc-issuer\", \"secret-store\", ...",
        [](const T& row) { return Json(word(row.role)); }},
       {"hosts", texts(), "Host names that stand for it.", [](const T& row) { return Json(row.hosts); }},
       {"provider", text_schema(), "Who runs it; empty when not known.", [](const T& row) { return Json(row.provider); }},
       {"workloads", texts(), "Ids of the workloads that need it.", [](const T& row) { return Json(row.workloads); }},
       {"single_faults", texts(), "Components whose lone failure takes it from a workload, inherent ones left out.",
        [](const T& row) { return Json(row.single_faults); }},
       {"inherent_faults", count_schema(), "Single faults that nobody here can add an alternative to.",
        [](const T& row) { return Json(row.inherent_faults); }},
       {"lockout_after", nullable_schema(ref_schema("lockout")),
        "When it is lost after the worst of the single faults; null without one that anybody here could mend.",
        [](const T& row) { return row.lockout ? lockout_object().write(*row.lockout) : Json(nullptr); }},
       {"weakest_evidence", confidence_schema(), "The weakest confidence among the reasons that its paths rest on.",
        [](const T& row) { return Json(word(row.weakest)); }},
       {"evidence", evidence_list(), "Why it is believed to be one.", [](const T& row) { return written(row.evidence); }}}};
  return object;
}

const JsonObject<NameRow>& name_object() {
  using T = NameRow;
  static const JsonObject<T> object{
      "name",
      "A name that a workload asks for by DNS.",
      {{"name", text_schema(), "Host name without its final dot.", [](const T& row) { return Json(row.name); }},
       {"known_by", text_schema(), "\"declared\": something that was read says so; \"observed\": the logs do; \"both\".",
        [](const T& row) { return Json(row.known_by); }},
       {"queries", count_schema(), "Questions of the workload for it in the logs.", [](const T& row) { return Json(row.queries); }},
       {"evidence", evidence_list(), "What declares it, then the logs.", [](const T& row) { return written(row.evidence); }}}};
  return object;
}

const JsonObject<WorkloadRow>& workload_object() {
  using T = WorkloadRow;
  static const JsonObject<T> object{
      "workload",
      "Something that authenticates.",
      {{"id", text_schema(), "Stable id.", [](const T& row) { return Json(row.id); }},
       {"kind", text_schema(), "\"deployment\", \"function\", \"process\", ...", [](const T& row) { return Json(row.kind); }},
       {"name", text_schema(), "Its name.", [](const T& row) { return Json(row.name); }},
       {"scope", text_schema(), "Id of the scope that it runs in.", [](const T& row) { return Json(row.scope); }},
       {"resolver", text_schema(), "How it resolves names; empty when unknown.", [](const T& row) { return Json(row.resolver); }},
       {"endpoints", texts(), "Identity endpoints that it needs.", [](const T& row) { return Json(row.endpoints); }},
       {"names", list_schema(ref_schema("name")), "Names that it asks for, declared and observed.",
        [](const T& row) { return written(name_object(), row.names); }},
       {"is_in_logs", flag_schema(),
        "True when a client of the logs is this workload alone; else \"declared\" says nothing of what it asks.",
        [](const T& row) { return Json(row.is_in_logs); }},
       {"single_faults", count_schema(), "Components whose lone failure locks it out.",
        [](const T& row) { return Json(row.single_faults); }},
       {"cold_start", flag_schema(), "True when it can authenticate when everything starts at once.",
        [](const T& row) { return Json(row.cold_start); }},
       {"evidence", evidence_list(), "Where it is declared.", [](const T& row) { return written(row.evidence); }}}};
  return object;
}

const JsonObject<ResolverRow>& resolver_object() {
  using T = ResolverRow;
  static const JsonObject<T> object{
      "resolver",
      "A DNS server that somebody asks.",
      {{"id", text_schema(), "Stable id.", [](const T& row) { return Json(row.id); }},
       {"label", text_schema(), "Its name for people.", [](const T& row) { return Json(row.label); }},
       {"software", text_schema(), "What runs there; empty when not known.", [](const T& row) { return Json(row.software); }},
       {"addresses", texts(), "Where it listens.", [](const T& row) { return Json(row.addresses); }},
       {"upstreams", texts(), "Whom it asks.", [](const T& row) { return Json(row.upstreams); }},
       {"workloads", count_schema(), "How many workloads need its answers, alone or with alternatives.",
        [](const T& row) { return Json(row.workloads); }},
       {"described", flag_schema(), "False when it is asked by address and no configuration of it is in the tree.",
        [](const T& row) { return Json(row.described); }},
       {"evidence", evidence_list(), "Where it is declared or asked.", [](const T& row) { return written(row.evidence); }}}};
  return object;
}

const JsonObject<ZoneRow>& zone_object() {
  using T = ZoneRow;
  static const JsonObject<T> object{
      "zone",
      "A DNS zone.",
      {{"apex", text_schema(), "The name of the zone.", [](const T& row) { return Json(row.apex); }},
       {"view", text_schema(), "The view that it belongs to; empty for the public or only one.",
        [](const T& row) { return Json(row.view); }},
       {"provider", text_schema(), "Who hosts it; empty when not known.", [](const T& row) { return Json(row.provider); }},
       {"signed", text_schema(), "\"yes\", \"no\" or \"unknown\".", [](const T& row) { return Json(row.is_signed); }},
       {"name_servers", texts(), "Its authoritative servers.", [](const T& row) { return Json(row.name_servers); }},
       {"records", count_schema(), "How many records of it are known.", [](const T& row) { return Json(row.records); }},
       {"evidence", evidence_list(), "Where it is declared.", [](const T& row) { return written(row.evidence); }}}};
  return object;
}

const JsonObject<Subject>& subject_object() {
  using T = Subject;
  static const JsonObject<T> object{
      "subject",
      "What a finding is about: a canonical name, never a line number.",
      {{"kind", text_schema(), "\"resolver\", \"zone\", \"record\", ...", [](const T& row) { return Json(row.kind); }},
       {"name", text_schema(), "Canonical name.", [](const T& row) { return Json(row.name); }}}};
  return object;
}

const JsonObject<Finding>& finding_object() {
  using T = Finding;
  static const JsonObject<T> object{
      "finding",
      "What a rule has to say.",
      {{"rule", text_schema(), "Name of the rule.", [](const T& row) { return Json(row.rule); }},
       {"id", text_schema(), "Stable id: lines, file order and wording do not change it.", [](const T& row) { return Json(row.id); }},
       {"severity", severity_schema(), "How bad.", [](const T& row) { return Json(word(row.severity)); }},
       {"confidence", confidence_schema(), "How sure.", [](const T& row) { return Json(word(row.confidence)); }},
       {"message", text_schema(), "What is wrong.", [](const T& row) { return Json(row.message); }},
       {"fix", text_schema(), "What to do about it.", [](const T& row) { return Json(row.fix); }},
       {"subjects", subjects(), "What it is about; what must change comes first.",
        [](const T& row) { return written(subject_object(), row.subjects); }},
       {"affected", texts(), "Ids of the affected workloads, sorted.", [](const T& row) { return Json(row.affected); }},
       {"evidence", evidence_list(), "Why; the place to mend comes first.", [](const T& row) { return written(row.evidence); }},
       {"same_blast", subjects(), "Other single faults of the same loss, not listed again.",
        [](const T& row) { return written(subject_object(), row.same_blast); }},
       {"arithmetic", text_schema(), "How a number was reached; empty when there is none.",
        [](const T& row) { return Json(row.arithmetic); }},
       {"owners", texts(), "Who owns the place to mend, as CODEOWNERS names them.", [](const T& row) { return Json(row.owners); }},
       {"suppression", nullable_schema(ref_schema("suppression")), "The decision to live with it; null when there is none.",
        [](const T& row) { return row.suppression ? suppression_object().write(*row.suppression) : Json(nullptr); }}}};
  return object;
}

const JsonObject<Suppression>& suppression_object() {
  using T = Suppression;
  static const JsonObject<T> object{"suppression",
                                    "A decision to live with a finding for now.",
                                    {{"kind", word_schema({"in-place", "configuration", "waiver", "baseline"}), "Where it was made.",
                                      [](const T& row) { return Json(word(row.kind)); }},
                                     {"reason", text_schema(), "Why.", [](const T& row) { return Json(row.reason); }},
                                     {"until", text_schema(), "The last day on which it holds, YYYY-MM-DD; empty for no end.",
                                      [](const T& row) { return Json(row.until); }},
                                     {"file", text_schema(), "Where it is written.", [](const T& row) { return Json(row.place.file); }},
                                     {"line", count_schema(), "From 1.", [](const T& row) { return Json(row.place.line); }}}};
  return object;
}

const JsonObject<Control>& control_object() {
  using T = Control;
  static const JsonObject<T> object{
      "control",
      "A category of a published framework; the mapping is this program's own.",
      {{"framework", text_schema(), "Name and version of the framework.", [](const T& row) { return Json(row.framework); }},
       {"id", text_schema(), "As the framework numbers it; empty when it does not.", [](const T& row) { return Json(row.id); }},
       {"title", text_schema(), "As the framework words it.", [](const T& row) { return Json(row.title); }}}};
  return object;
}

const JsonObject<RuleRow>& rule_object() {
  using T = RuleRow;
  static const JsonObject<T> object{"rule",
                                    "A rule that was asked.",
                                    {{"name", text_schema(), "Its name.", [](const T& row) { return Json(row.name); }},
                                     {"summary", text_schema(), "What it finds.", [](const T& row) { return Json(row.summary); }},
                                     {"severity", severity_schema(), "How bad its findings are, before what they take away is weighed.",
                                      [](const T& row) { return Json(word(row.severity)); }},
                                     {"reference", text_schema(), "What it rests on.", [](const T& row) { return Json(row.reference); }},
                                     {"controls", list_schema(ref_schema("control")), "Categories that it belongs to.",
                                      [](const T& row) { return written(control_object(), row.controls); }}}};
  return object;
}

const JsonObject<SourceEntry>& source_object() {
  using T = SourceEntry;
  static const JsonObject<T> object{
      "source",
      "One file of the tree, accounted for.",
      {{"file", text_schema(), "Path below the scanned root.", [](const T& row) { return Json(row.file); }},
       {"state", word_schema({"read", "not-ours", "skipped", "failed"}), "What became of it.",
        [](const T& row) { return Json(word(row.state)); }},
       {"format", text_schema(), "The format that it was read as; empty when none.", [](const T& row) { return Json(row.format); }},
       {"cause", cause_schema(), "Of what kind the reason is that it was not read, or not wholly; none when it was.",
        [](const T& row) { return Json(word(row.cause)); }},
       {"reason", text_schema(), "Why it was skipped, failed or is not ours.", [](const T& row) { return Json(row.reason); }},
       {"octets", count_schema(), "Size.", [](const T& row) { return Json(row.octets); }},
       {"facts", count_schema(), "Facts whose first evidence lies in it.", [](const T& row) { return Json(row.facts); }},
       {"errors", count_schema(), "Errors in it.", [](const T& row) { return Json(row.errors); }},
       {"warnings", count_schema(), "Warnings about it.", [](const T& row) { return Json(row.warnings); }}}};
  return object;
}

const JsonObject<Diagnostic>& diagnostic_object() {
  using T = Diagnostic;
  static const JsonObject<T> object{
      "diagnostic",
      "One problem of the input; reading went on with what is good.",
      {{"file", text_schema(), "Path below the scanned root.", [](const T& row) { return Json(row.where.file); }},
       {"line", count_schema(), "From 1.", [](const T& row) { return Json(row.where.line); }},
       {"column", count_schema(), "From 1, in octets.", [](const T& row) { return Json(row.where.column); }},
       {"length", count_schema(), "Octets on that line, at least 1.", [](const T& row) { return Json(row.where.length); }},
       {"text", text_schema(), "The line, secrets masked.", [](const T& row) { return Json(row.where.text); }},
       {"severity", word_schema({"note", "warning", "error"}), "How bad.", [](const T& row) { return Json(word(row.severity)); }},
       {"message", text_schema(), "What is wrong.", [](const T& row) { return Json(row.message); }},
       {"hint", text_schema(), "What to do; may be empty.", [](const T& row) { return Json(row.hint); }}}};
  return object;
}

const JsonObject<Undecided>& undecided_object() {
  using T = Undecided;
  static const JsonObject<T> object{
      "undecided",
      "Something that could not be decided, with how often.",
      {{"what", text_schema(), "A rule, or the kind of thing that is unknown.", [](const T& row) { return Json(row.what); }},
       {"why", text_schema(), "Why it could not be decided.", [](const T& row) { return Json(row.why); }},
       {"count", count_schema(), "How often.", [](const T& row) { return Json(row.count); }},
       {"examples", texts(), "At most five.", [](const T& row) { return Json(row.examples); }}}};
  return object;
}

std::string printed(const Json& document) { return for_json_document(document.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n"; }

}  // namespace mainstay
