#include "analyzer/report/cuts_json.h"

namespace mainstay {

namespace {

constexpr std::string_view kSchema = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "mainstay.cuts/1",
  "type": "object",
  "additionalProperties": false,
  "required": ["schema", "kind", "complete_to_order", "truncated", "components", "ungrouped_components", "causes", "rows"],
  "properties": {
    "schema": {"const": "mainstay.cuts/1"},
    "kind": {"enum": ["cuts", "paths"]},
    "complete_to_order": {"description": "every set of at most that many causes is counted",
                          "oneOf": [{"$ref": "#/$defs/count"}, {"const": "all"}]},
    "truncated": {"description": "the budget was used up before the order that was asked for", "type": "boolean"},
    "components": {"$ref": "#/$defs/count"},
    "ungrouped_components": {"description": "in no group, and taken as working", "$ref": "#/$defs/count"},
    "causes": {"type": "array", "items": {"$ref": "#/$defs/cause"}},
    "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}},
    "plan": {"$ref": "#/$defs/plan"}
  },
  "$defs": {
    "count": {"type": "integer", "minimum": 0},
    "names": {"type": "array", "items": {"type": "string"}},
    "counts": {"description": "of sets of 1, 2, ... causes; null where there are more than can be told", "type": "array",
               "items": {"oneOf": [{"$ref": "#/$defs/count"}, {"type": "null"}]}},
    "sets": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/$defs/count"}}},
    "node": {"type": "object", "additionalProperties": false, "required": ["kind", "name"],
             "properties": {"kind": {"type": "string"}, "name": {"type": "string"}, "file": {"type": "string"}, "line": {"$ref": "#/$defs/count"}}},
    "cause": {"description": "what can fail; sets name it by its position in the list", "type": "object", "additionalProperties": false,
              "required": ["kind", "name", "components"],
              "properties": {"kind": {"type": "string"}, "name": {"type": "string"}, "label": {"type": "string"},
                             "components": {"$ref": "#/$defs/count"}, "inherent": {"description": "nobody here can add an alternative to it", "type": "boolean"}, "file": {"type": "string"}, "line": {"$ref": "#/$defs/count"}}},
    "row": {"description": "goals with equal answers", "type": "object", "additionalProperties": false,
            "required": ["goals", "state", "listed_resolvers", "counts", "sets", "inherent"],
            "properties": {
              "goals": {"$ref": "#/$defs/names"},
              "state": {"enum": ["cold-and-warm", "warm-only", "never"]},
              "listed_resolvers": {"$ref": "#/$defs/count"},
              "redundancy_degree": {"description": "null: no set up to the order is known", "oneOf": [{"$ref": "#/$defs/count"}, {"type": "null"}]},
              "false_redundancy": {"$ref": "#/$defs/count"},
              "counts": {"$ref": "#/$defs/counts"},
              "sets": {"$ref": "#/$defs/sets"},
              "inherent": {"description": "inherent things whose lone failure is enough", "$ref": "#/$defs/names"},
              "mixed_counts": {"description": "of sets of two and more in which something is inherent; they are not in counts", "$ref": "#/$defs/counts"},
              "mixed_sets": {"$ref": "#/$defs/sets"},
              "unavailability": {"$ref": "#/$defs/unavailability"}
            }},
    "unavailability": {"type": "object", "additionalProperties": false, "required": ["probability", "is_rare_event_sum", "importance"],
                       "properties": {
                         "probability": {"type": "number", "minimum": 0},
                         "is_rare_event_sum": {"description": "the sum over the sets instead of the probability of their union", "type": "boolean"},
                         "importance": {"type": "array", "items": {
                           "type": "object", "additionalProperties": false, "required": ["cause", "birnbaum", "fussell_vesely"],
                           "properties": {"cause": {"$ref": "#/$defs/count"}, "birnbaum": {"type": "number"}, "fussell_vesely": {"type": "number"}}}}}},
    "plan": {"type": "object", "additionalProperties": false, "required": ["is_smallest", "steps", "inherent"],
             "properties": {
               "is_smallest": {"type": "boolean"},
               "steps": {"type": "array", "items": {
                 "type": "object", "additionalProperties": false, "required": ["alternative_to", "removes"],
                 "properties": {"alternative_to": {"$ref": "#/$defs/node"}, "removes": {"$ref": "#/$defs/names"}}}},
               "inherent": {"$ref": "#/$defs/names"}
             }}
  }
})";

}  // namespace

std::string_view cuts_schema() { return kSchema; }

}  // namespace mainstay
