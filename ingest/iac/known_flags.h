// Command-line flags that name identity endpoints, as containers are given them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/facts/facts.h"
#include "ingest/syntax/yaml.h"

namespace mainstay {

/// The value of one such flag.
struct FlaggedValue {
  std::string name;  // "oidc-issuer-url"
  Role role = Role::identity_host;
  bool is_own = false;  // what the program says of itself to others, and asks nobody for
  std::string_view value;
  Location where;
};

/// The known flags among the arguments of a command: a list of words, or one text with blanks between them.
/// Shape: both `--flag=value` and `--flag value`.
/// Source: kubernetes pkg/kubeapiserver/options/authentication.go; oauth2-proxy docs/configuration/overview.md.
std::vector<FlaggedValue> flagged_values(const YamlNode& arguments);

}  // namespace mainstay
