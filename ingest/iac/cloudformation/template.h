// Template: a CloudFormation template as it is written, every function in its long form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ingest/iac/value.h"
#include "ingest/source/unit.h"
#include "ingest/syntax/yaml.h"

namespace mainstay::cloudformation {

using iac::Alternative;
using iac::Entry;
using iac::Value;
using iac::ValueKind;

/// One template. `root` is what the file says: functions are maps with one key ("Ref", "Fn::Sub"), and every value has its place.
struct Template {
  std::string name;  // of the file
  Value root;
};

/// Values of more nodes than this are not read: the service itself takes templates of up to 1 MB.
inline constexpr std::size_t kMaxTemplateNodes = 200'000;

/// The value of a key; the null value when there is none.
const Value& part(const Value& map, std::string_view key);
/// The text of a part that is a plain string; empty for everything else.
std::string plain(const Value& value);

/// A tree of YAML as a value. A short tag becomes the long form of its function: `!Sub x` is {"Fn::Sub": "x"}.
Value value_of(const YamlNode& node);

/// Reads one file of YAML or JSON. Errors: a diagnostic, and nothing, when it has no value that is a map.
std::optional<Value> read_tree(Unit& unit, const Source& source);

/// Whether the template is to be transformed so: "AWS::Serverless-2016-10-31".
bool has_transform(const Value& root, std::string_view name);

/// Whether any key inside begins so.
bool has_key_like(const Value& value, std::string_view begin);

/// The only entry of a map that is a function ("Ref", "Fn::..."); null for all else.
const Entry* function_in(const Value& value);

}  // namespace mainstay::cloudformation
