// The pure functions of ARM templates and Bicep. Holes stay in place wherever the known parts decide.
// Source: learn.microsoft.com/azure/azure-resource-manager/templates/template-functions.
#include <openssl/evp.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/azure/functions.h"

namespace mainstay::azure {
namespace {

using Result = std::optional<Value>;
Result length(Arguments arguments) {
  if (arguments.size() != 1) return std::nullopt;
  if (arguments[0].kind == ValueKind::list) return Value::of_number(static_cast<double>(arguments[0].items.size()));
  if (arguments[0].kind == ValueKind::map) return Value::of_number(static_cast<double>(arguments[0].entries.size()));
  const std::optional<std::string> text = text_at(arguments, 0);
  return text ? Result(Value::of_number(static_cast<double>(text->size()))) : std::nullopt;
}

Result empty(Arguments arguments) {
  if (arguments.size() != 1) return std::nullopt;
  const Value& one = arguments[0];
  if (one.is_null()) return Value::of(true);
  if (one.kind == ValueKind::list) return Value::of(one.items.empty());
  if (one.kind == ValueKind::map) return Value::of(one.entries.empty());
  if (one.kind != ValueKind::string) return std::nullopt;
  if (!one.text.is_known()) return one.text.skeleton().size() > 1 ? Result(Value::of(false)) : std::nullopt;
  return Value::of(one.text.empty());
}

Result union_of(Arguments arguments) {
  if (arguments.empty()) return std::nullopt;
  if (arguments[0].kind == ValueKind::map) {
    std::vector<Entry> entries;
    for (const Value& one : arguments) {
      if (one.kind != ValueKind::map) return std::nullopt;
      for (const Entry& entry : one.entries) {
        const auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry& before) { return before.key == entry.key; });
        if (at == entries.end()) {
          entries.push_back(entry);
        } else {
          const bool are_maps = at->value.kind == ValueKind::map && entry.value.kind == ValueKind::map;
          at->value = are_maps ? union_of({at->value, entry.value}).value_or(entry.value) : entry.value;
        }
      }
    }
    return Value::of_map(std::move(entries));
  }
  std::vector<Value> items;
  for (const Value& one : arguments) {
    if (one.kind != ValueKind::list) return std::nullopt;
    for (const Value& item : one.items) {
      const bool is_new = std::none_of(items.begin(), items.end(), [&](const Value& before) { return equal(before, item) == true; });
      if (is_new) items.push_back(item);
    }
  }
  return Value::of_list(std::move(items));
}

Result create_array(Arguments arguments) { return Value::of_list(arguments); }

Result array(Arguments arguments) {
  if (arguments.size() != 1) return std::nullopt;
  return arguments[0].kind == ValueKind::list ? arguments[0] : Value::of_list({arguments[0]});
}

Result range(Arguments arguments) {
  constexpr std::size_t kMost = 10'000;  // of the service
  const std::optional<double> start = arguments.size() == 2 ? known_number(arguments[0]) : std::nullopt;
  const std::optional<std::size_t> count = arguments.size() == 2 ? known_index(arguments[1]) : std::nullopt;
  if (!start || !count || *count > kMost) return std::nullopt;
  std::vector<Value> items;
  for (std::size_t i = 0; i < *count; ++i) items.push_back(Value::of_number(*start + static_cast<double>(i)));
  return Value::of_list(std::move(items));
}

Result string(Arguments arguments) {
  if (arguments.size() != 1) return std::nullopt;
  return Value::of_text(is_collection(arguments[0]) ? json_text(arguments[0]) : as_text(arguments[0]));
}

Result integer(Arguments arguments) {
  const std::optional<double> number = arguments.size() == 1 ? known_number(arguments[0]) : std::nullopt;
  return number ? Result(Value::of_number(*number)) : std::nullopt;
}

Result boolean(Arguments arguments) {
  const std::optional<std::string> text = text_at(arguments, 0);
  if (!text) return std::nullopt;
  const std::string lower = ascii_lower(*text);
  if (lower == "true" || lower == "1") return Value::of(true);
  return lower == "false" || lower == "0" ? Result(Value::of(false)) : std::nullopt;
}

Result coalesce(Arguments arguments) {
  for (const Value& one : arguments) {
    if (!one.is_null()) return one.is_unknown() && &one != &arguments.back() ? std::nullopt : Result(one);
  }
  return Value();
}

/// Three values: what decides first, then what is open.
Result joined(Arguments arguments, bool deciding) {
  bool is_open = false;
  for (const Value& one : arguments) {
    const std::optional<bool> truth = known_truth(one);
    if (truth == deciding) return Value::of(deciding);
    is_open = is_open || !truth;
  }
  return is_open ? std::nullopt : Result(Value::of(!deciding));
}

Result both(Arguments arguments) { return joined(arguments, false); }
Result either(Arguments arguments) { return joined(arguments, true); }

Result negated(Arguments arguments) {
  const std::optional<bool> truth = arguments.size() == 1 ? known_truth(arguments[0]) : std::nullopt;
  return truth ? Result(Value::of(!*truth)) : std::nullopt;
}

Result equals(Arguments arguments) {
  const std::optional<bool> same = arguments.size() == 2 ? equal(arguments[0], arguments[1]) : std::nullopt;
  return same ? Result(Value::of(*same)) : std::nullopt;
}

Result truth_of(Arguments) { return Value::of(true); }
Result falsehood(Arguments) { return Value::of(false); }
Result nothing(Arguments) { return Value(); }

template <int kSign>
Result calculated(Arguments arguments) {
  const std::optional<double> a = arguments.size() == 2 ? known_number(arguments[0]) : std::nullopt;
  const std::optional<double> b = arguments.size() == 2 ? known_number(arguments[1]) : std::nullopt;
  if (!a || !b) return std::nullopt;
  switch (kSign) {
    case '+': return Value::of_number(*a + *b);
    case '-': return Value::of_number(*a - *b);
    case '*': return Value::of_number(*a * *b);
    case '/': return *b != 0 ? Result(Value::of_number(std::trunc(*a / *b))) : std::nullopt;
    case '%': return *b != 0 ? Result(Value::of_number(std::fmod(*a, *b))) : std::nullopt;
    case '<': return Value::of(*a < *b);
    case 'l': return Value::of(*a <= *b);
    case '>': return Value::of(*a > *b);
    default: return Value::of(*a >= *b);
  }
}

Result base64(Arguments arguments) {
  const std::optional<std::string> text = text_at(arguments, 0);
  if (!text || text->size() > Value::kMaxOctets) return std::nullopt;
  std::string out((text->size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(text->data()),
                                   static_cast<int>(text->size()));
  out.resize(static_cast<std::size_t>(size));
  return Value::of_text(out);
}

/// The base with the rest behind it; without a final slash of the base, behind its last one.
Result uri(Arguments arguments) {
  const std::optional<std::string> base = text_at(arguments, 0), rest = text_at(arguments, 1);
  if (!base || !rest) return std::nullopt;
  const std::size_t slash = base->rfind('/');
  const bool has_path = slash != std::string::npos && slash > 0 && (*base)[slash - 1] != '/';
  const std::string kept = has_path ? base->substr(0, slash + 1) : *base + "/";
  return Value::of_text(kept + (rest->starts_with('/') ? rest->substr(1) : *rest));
}

Result create_object(Arguments arguments) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) entries.push_back({as_text(arguments[i]).display(), arguments[i + 1]});
  return Value::of_map(std::move(entries));
}

/// Host names of the public cloud; who deploys to another one says so nowhere in a template.
Result environment(Arguments) {
  const auto text = [](const char* value) { return Value::of_text(value); };
  Value suffixes = Value::of_map({{"acrLoginServer", text(".azurecr.io")},
                                  {"keyvaultDns", text(".vault.azure.net")},
                                  {"sqlServerHostname", text(".database.windows.net")},
                                  {"storage", text("core.windows.net")}});
  Value authentication = Value::of_map({{"loginEndpoint", text("https://login.microsoftonline.com/")}});
  return Value::of_map({{"authentication", std::move(authentication)},
                        {"resourceManager", text("https://management.azure.com/")},
                        {"suffixes", std::move(suffixes)}});
}

constexpr PureFunctionRow kFunctions[] = {
    {"add", &calculated<'+'>},
    {"and", &both},
    {"array", &array},
    {"base64", &base64},
    {"bool", &boolean},
    {"coalesce", &coalesce},
    {"createarray", &create_array},
    {"createobject", &create_object},
    {"div", &calculated<'/'>},
    {"empty", &empty},
    {"environment", &environment},
    {"equals", &equals},
    {"false", &falsehood},
    {"greater", &calculated<'>'>},
    {"greaterorequals", &calculated<'g'>},
    {"int", &integer},
    {"length", &length},
    {"less", &calculated<'<'>},
    {"lessorequals", &calculated<'l'>},
    {"mod", &calculated<'%'>},
    {"mul", &calculated<'*'>},
    {"not", &negated},
    {"null", &nothing},
    {"or", &either},
    {"range", &range},
    {"string", &string},
    {"sub", &calculated<'-'>},
    {"true", &truth_of},
    {"union", &union_of},
    {"uri", &uri},
};

}  // namespace

PureFunction pure_function(std::string_view name) {
  for (const std::span<const PureFunctionRow> family : {text_functions(), std::span<const PureFunctionRow>(kFunctions)}) {
    for (const PureFunctionRow& one : family) {
      if (one.name == name) return one.call;
    }
  }
  return nullptr;
}

}  // namespace mainstay::azure
