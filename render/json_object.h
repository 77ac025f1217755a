// JsonObject: the members of one kind of JSON object, each with its schema, its meaning and how it is filled.
// The writer and the schema are made from the same list, so that they cannot differ. Only .cpp files include this header.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mainstay {

using Json = nlohmann::ordered_json;

/// One member of the object that stands for a `T`.
template <class T>
struct JsonMember {
  const char* name;
  Json schema;
  const char* meaning;
  Json (*value)(const T&);
};

template <class T>
struct JsonObject {
  const char* name;  // below $defs
  const char* meaning;
  std::vector<JsonMember<T>> members;

  Json write(const T& value) const {
    Json out = Json::object();
    for (const JsonMember<T>& member : members) out[member.name] = member.value(value);
    return out;
  }

  Json schema() const {
    Json properties = Json::object();
    Json required = Json::array();
    for (const JsonMember<T>& member : members) {
      properties[member.name] = member.schema;
      properties[member.name]["description"] = member.meaning;
      required.push_back(member.name);
    }
    return {
        {"description", meaning}, {"type", "object"}, {"required", required}, {"properties", properties}, {"additionalProperties", false}};
  }
};

/// Schemas of the simple values.
inline Json text_schema() { return {{"type", "string"}}; }
inline Json count_schema() { return {{"type", "integer"}, {"minimum", 0}}; }
inline Json flag_schema() { return {{"type", "boolean"}}; }
inline Json word_schema(const std::vector<std::string>& words) { return {{"type", "string"}, {"enum", words}}; }
inline Json ref_schema(const char* name) { return {{"$ref", std::string("#/$defs/") + name}}; }
inline Json nullable_schema(Json schema) { return {{"oneOf", {std::move(schema), {{"type", "null"}}}}}; }
inline Json list_schema(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

template <class T>
Json written(const JsonObject<T>& object, const std::vector<T>& values) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(object.write(value));
  return out;
}

}  // namespace mainstay
