#include <limits>
#include <nlohmann/json.hpp>

#include "graph/facts/codec.h"
#include "graph/facts/fields.h"

namespace mainstay {
namespace {

using Json = nlohmann::ordered_json;

Json reference(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }

/// Collects the definitions; one for each struct, and one for each value that many members share.
class Schema {
 public:
  Json definitions = Json::object();

  template <Tabled T>
  void define() {
    if (!definitions.contains(Table<T>::kName)) definitions[Table<T>::kName] = object<T>();
  }
  template <Tabled T>
  void define_fact() {
    Json schema = object<T>();
    Json properties = {{"fact", {{"const", Table<T>::kName}}}};
    properties.update(schema["properties"]);
    schema["properties"] = std::move(properties);
    schema["required"].insert(schema["required"].begin(), "fact");
    definitions[Table<T>::kName] = std::move(schema);
  }

 private:
  template <Tabled T>
  Json object() {
    [[maybe_unused]] static const T kDefaults{};  // unused where every field is required
    Json properties = Json::object();
    Json required = Json::array();
    for_each_field<T>([&](const auto& field) {
      const auto& member = field.of(kDefaults);
      Json schema = of(member);
      if (field.least > 0) schema["minimum"] = field.least;
      if (!field.required) add_default(schema, member);
      properties[field.name] = std::move(schema);
      if (field.required) required.push_back(field.name);
    });
    return {{"description", Table<T>::kAbout},
            {"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", false}};
  }

  /// What a member is when it is left out; nothing for lists, objects and what is then not known.
  template <class T>
  static void add_default(Json& schema, const T& value) {
    if constexpr (Worded<T>) {
      schema["default"] = word(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
      schema["default"] = value;
    }
  }

  Json shared(std::string_view name, Json schema) {
    definitions[name] = std::move(schema);
    return reference(name);
  }

  Json of(const std::string&) { return {{"type", "string"}}; }
  Json of(bool) { return {{"type", "boolean"}}; }
  static Json number(std::uint64_t most) { return {{"type", "integer"}, {"minimum", 0}, {"maximum", most}}; }
  template <std::unsigned_integral N>
  Json of(N) {
    return number(std::numeric_limits<N>::max());
  }
  Json of(Ttl) { return number(Ttl::kMax); }
  template <Worded E>
  Json of(E kind) {
    return {{"enum", words(kind)}};
  }
  Json of(const DomainName&) {
    return shared("name", {{"description", "An absolute domain name in presentation form, with or without its final dot."},
                           {"type", "string"},
                           {"minLength", 1}});
  }
  Json of(const IpAddress&) {
    return shared(
        "address",
        {{"description", "An IPv4 or IPv6 address."}, {"type", "string"}, {"anyOf", {{{"format", "ipv4"}}, {{"format", "ipv6"}}}}});
  }
  Json of(const Text&) {
    define<Hole>();
    return shared(
        "text",
        {{"description", "A string, or its known parts and holes in order."},
         {"anyOf",
          {{{"type", "string"}}, {{"type", "array"}, {"items", {{"anyOf", {{{"type", "string"}}, reference(Table<Hole>::kName)}}}}}}}});
  }
  template <class T>
  Json of(const std::optional<T>&) {
    return of(T{});
  }
  template <class T>
  Json of(const std::vector<T>&) {
    return {{"type", "array"}, {"items", of(T{})}};
  }
  template <class T>
  Json of(const std::map<std::string, T>&) {
    return {{"type", "object"}, {"additionalProperties", of(T{})}};
  }
  template <Tabled T>
  Json of(const T&) {
    define<T>();
    return reference(Table<T>::kName);
  }
};

template <std::size_t... kIndex>
Json all_facts(Schema& schema, std::index_sequence<kIndex...>) {
  Json any = Json::array();
  (schema.define_fact<std::variant_alternative_t<kIndex, Fact>>(), ...);
  (any.push_back(reference(Table<std::variant_alternative_t<kIndex, Fact>>::kName)), ...);
  return any;
}

}  // namespace

std::string facts_schema() {
  Schema schema;
  Json any = all_facts(schema, std::make_index_sequence<std::variant_size_v<Fact>>());
  const Json whole = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                      {"title", "Mainstay facts: one line of JSON Lines"},
                      {"oneOf", std::move(any)},
                      {"$defs", std::move(schema.definitions)}};
  return whole.dump(2) + "\n";
}

}  // namespace mainstay
