#include "analyzer/report/txt_functions.h"

#include <algorithm>
#include <optional>
#include <set>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

/// The parts of a name between dashes, underlines and dots; an unknown part is "${...}" as a whole.
std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts{""};
  std::size_t depth = 0;
  for (const char c : name) {
    if (c == '{') ++depth;
    if (c == '}' && depth > 0) --depth;
    if (depth == 0 && (c == '-' || c == '_' || c == '.')) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (std::string& part : parts) part = ascii_lower(part);
  std::erase(parts, std::string());
  return parts;
}

bool is_unknown(std::string_view part) { return part.find("${") != std::string_view::npos; }

/// The environment in the name of a function of that service: "" when the name says none; nothing when it is no function of it.
std::optional<std::string> environment_in(const std::vector<std::string>& parts, const std::vector<std::string>& service,
                                          const std::set<std::string>& environments) {
  if (parts == service) return "";
  if (parts.size() != service.size() + 1) return std::nullopt;
  const bool is_first = std::equal(service.begin(), service.end(), parts.begin() + 1);
  const bool is_last = std::equal(service.begin(), service.end(), parts.begin());
  if (!is_first && !is_last) return std::nullopt;
  const std::string& rest = is_first ? parts.front() : parts.back();
  if (is_unknown(rest)) return "";
  if (!environments.contains(rest) && usual_environment(rest) == rest) return std::nullopt;
  return rest;
}

struct Words {
  std::set<std::string> services;
  std::set<std::string> environments;
};

Words words_of(const TxtConvention& convention) {
  Words words;
  words.environments.insert(convention.environments.begin(), convention.environments.end());
  for (const TxtIdentity& one : convention.identities) {
    words.services.insert(one.service);
    words.environments.insert(one.environment);
  }
  return words;
}

/// The label that an environment has below the suffix: its own, or that of the same environment in another spelling.
std::string label_of(const std::string& environment, const Words& words) {
  if (environment.empty() || words.environments.contains(environment)) return environment;
  const auto at = std::find_if(words.environments.begin(), words.environments.end(),
                               [&](const std::string& label) { return usual_environment(label) == usual_environment(environment); });
  return at == words.environments.end() ? environment : *at;
}

Text name_of(const std::string& service, const std::string& environment, const TxtConvention& convention) {
  const Text place = environment.empty() ? Text(Hole{"environment", {}}) : Text(environment);
  Text name;
  name.append(convention.environment_first ? place : Text(service));
  name.append(".");
  name.append(convention.environment_first ? Text(service) : place);
  name.append("." + std::string(convention.suffix.host()));
  return name;
}

}  // namespace

std::vector<FunctionName> functions_with_names(const Analysis& analysis, const std::string& stage) {
  std::vector<FunctionName> found;
  for (const TxtConvention& convention : analysis.txt_conventions()) {
    const Words words = words_of(convention);
    for (const Workload& function : analysis.estate().workloads()) {
      if (function.kind != WorkloadKind::function) continue;
      const std::vector<std::string> parts = parts_of(function.name);
      for (const std::string& service : words.services) {
        const std::optional<std::string> in_name = environment_in(parts, parts_of(service), words.environments);
        if (!in_name) continue;
        const std::string& said = !in_name->empty() ? *in_name : !function.environment.empty() ? function.environment : stage;
        found.push_back({function.name, name_of(service, label_of(said, words), convention), function.reasons});
      }
    }
  }
  return found;
}

std::vector<std::string> functions_without_names(const Analysis& analysis, const TxtConvention& convention) {
  const Words words = words_of(convention);
  std::vector<std::string> found;
  for (const Workload& function : analysis.estate().workloads()) {
    if (function.kind != WorkloadKind::function) continue;
    const std::vector<std::string> parts = parts_of(function.name);
    const bool has_name = std::any_of(words.services.begin(), words.services.end(), [&](const std::string& service) {
      return environment_in(parts, parts_of(service), words.environments).has_value();
    });
    if (!has_name) found.push_back(function.name);
  }
  return found;
}

}  // namespace mainstay
