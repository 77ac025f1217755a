// One Compose project being read.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/text.h"
#include "ingest/source/unit.h"
#include "ingest/syntax/yaml.h"

namespace mainstay::compose {

/// What one file says of a service.
struct ServicePart {
  Location name_at;
  const YamlNode* node = nullptr;
};

/// A project: what its services share.
struct Project {
  std::string path;                                    // its folder, "." for the root
  std::string id;                                      // "compose:<path>"
  std::string outer;                                   // id of the scope around it
  std::set<std::string> names;                         // of its services, which Docker's own server answers
  std::map<std::string, Text, std::less<>> variables;  // of the project's .env, for interpolation
};

/// The assignments of the .env beside the project's files; none when there is no such file.
std::map<std::string, Text, std::less<>> project_variables(Unit& unit, const std::string& folder);

/// A value with its variables filled in; those that the project's .env does not set become holes.
Text filled(const Project& project, std::string_view value);

/// Adds what a service needs: its environment, its environment files and the flags of its command.
void add_uses(Unit& unit, const Project& project, const std::string& workload, const std::vector<ServicePart>& parts);

}  // namespace mainstay::compose
