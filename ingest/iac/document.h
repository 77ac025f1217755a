// Documents of YAML and JSON as values.
#pragma once

#include "ingest/iac/value.h"
#include "ingest/syntax/yaml.h"

namespace mainstay::iac {

/// The same tree as a value, every part with its place. Tags are not looked at. Shape: a number that is not written as JSON writes it stays
/// a text ("012345678901" is an account).
Value document_value(const YamlNode& node);

}  // namespace mainstay::iac
