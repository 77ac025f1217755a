// The parts of the JSON report: one table of members for every row type. Only .cpp files include this header.
#pragma once

#include <string>
#include <utility>

#include "graph/findings/report.h"
#include "render/json_object.h"

namespace mainstay {

const JsonObject<EndpointRow>& endpoint_object();
const JsonObject<LockoutRow>& lockout_object();
const JsonObject<HoldRow>& hold_object();
const JsonObject<NameRow>& name_object();
const JsonObject<WorkloadRow>& workload_object();
const JsonObject<ResolverRow>& resolver_object();
const JsonObject<ZoneRow>& zone_object();
const JsonObject<Finding>& finding_object();
const JsonObject<Subject>& subject_object();
const JsonObject<Suppression>& suppression_object();
const JsonObject<Control>& control_object();
const JsonObject<RuleRow>& rule_object();
const JsonObject<SourceEntry>& source_object();
const JsonObject<Diagnostic>& diagnostic_object();
const JsonObject<Undecided>& undecided_object();

/// A reason takes one of four shapes: where it is written, which log says so, whose default it is, what was assumed.
Json written(const Reasons& reasons);
Json evidence_schema();

/// Adds the schema of an object to the "$defs" of a document's schema.
template <class T>
void define(Json& definitions, const JsonObject<T>& object) {
  definitions[object.name] = object.schema();
}

/// The schema of a whole document; define() adds to its "$defs" the objects that it refers to.
template <class T>
Json document_schema(std::string title, const JsonObject<T>& document) {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", std::move(title)}};
  schema.update(document.schema());
  schema["$defs"] = Json::object();
  return schema;
}

/// A whole document as text: indented, escaped for any reader, one line end behind it.
std::string printed(const Json& document);

}  // namespace mainstay
