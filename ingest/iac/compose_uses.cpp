#include <algorithm>
#include <optional>
#include <utility>

#include "ingest/catalogue/documented.h"
#include "ingest/catalogue/identity.h"
#include "ingest/iac/compose.h"
#include "ingest/iac/known_flags.h"
#include "ingest/syntax/dotenv.h"
#include "ingest/syntax/placeholders.h"

namespace mainstay::compose {
namespace {

struct Setting {
  Text value;
  Location where;
};
using Environment = std::map<std::string, Setting, std::less<>>;

std::vector<Assignment> assignments(Unit& unit, const Source& source) {
  return read_dotenv(source.bytes(), unit.id_of(source),
                     [&](const DotenvProblem& problem) { unit.warning(problem.where, problem.message, problem.hint); });
}

class ServiceReader {
 public:
  ServiceReader(Unit& unit, const Project& project, const std::string& workload) : unit_(unit), project_(project), workload_(workload) {}

  void read(const std::vector<ServicePart>& parts) {
    for (const ServicePart& part : parts) read_files((*part.node)["env_file"]);
    for (const ServicePart& part : parts) read_environment((*part.node)["environment"]);
    for (const ServicePart& part : parts) read_hosts((*part.node)["extra_hosts"]);
    for (const auto& [key, setting] : environment_) add_setting(key, setting);
    for (const ServicePart& part : parts) {
      read_command((*part.node)["entrypoint"]);
      read_command((*part.node)["command"]);
    }
  }

 private:
  void read_files(const YamlNode& files) {
    if (files.is_list()) {
      for (const YamlNode* file : files.children) read_file(*file);
    } else if (files.present()) {
      read_file(files);
    }
  }

  void read_file(const YamlNode& file) {
    const YamlNode& path = file.is_map() ? file["path"] : file;
    const std::optional<std::string> written = filled(project_, path.text_or("")).known();
    if (!written || written->empty()) {
      unit_.note(path.where, "the name of this environment file is not known", "what it sets is not part of this scan");
      return;
    }
    const Result<std::string> name = resolve_path(unit_.source(path.where.source).name(), *written);
    if (!name) {
      unit_.note(path.where, "the environment file is not read: " + name.error(), "what it sets is not part of this scan");
      return;
    }
    const YamlNode& required = file["required"];
    const bool may_be_absent = required.present() && !required.is_true();
    if (may_be_absent && !unit_.tree().read(*name)) return;
    const Source* source = unit_.include(*name, path.where);
    if (source == nullptr) return;
    for (Assignment& one : assignments(unit_, *source)) environment_[one.key] = {std::move(one.value), one.where};
  }

  /// A variable without a value is taken from where the command is run.
  Text inherited(std::string_view name) const {
    const auto known = project_.variables.find(name);
    return known == project_.variables.end() ? Text(Hole{.name = std::string(name)}) : known->second;
  }

  void read_environment(const YamlNode& node) {
    for (const YamlEntry& entry : node.entries) {
      const bool has_value = entry.value->kind != YamlKind::null;
      environment_[std::string(entry.key)] = {has_value ? filled(project_, entry.value->text_or("")) : inherited(entry.key),
                                              has_value ? entry.value->where : entry.where};
    }
    for (const YamlNode* item : node.children) {
      const std::string_view text = item->text_or("");
      const std::size_t equals = text.find('=');
      const std::string_view key = text.substr(0, equals);
      if (key.empty()) continue;
      environment_[std::string(key)] = {equals == std::string_view::npos ? inherited(key) : filled(project_, text.substr(equals + 1)),
                                        item->where};
    }
  }

  /// "name:address", "name=address", or a map from names to addresses.
  void read_hosts(const YamlNode& hosts) {
    for (const YamlEntry& entry : hosts.entries) pinned_.insert(std::string(entry.key));
    for (const YamlNode* host : hosts.children) {
      const std::string_view text = host->text_or("");
      pinned_.insert(std::string(text.substr(0, text.find_first_of(":="))));
    }
  }

  void add_setting(const std::string& key, const Setting& setting) {
    std::vector<NamedEndpoint> endpoints = identity_endpoints(unit_.catalogue(), key, setting.value);
    for (NamedEndpoint& endpoint : endpoints) {
      add({.host = std::move(endpoint.host),
           .port = endpoint.port,
           .role = endpoint.role,
           .key = key,
           .alternative = endpoints.size() > 1 ? key : std::string(),
           .bypasses_dns = endpoint.is_address},
          setting.where);
    }
  }

  void read_command(const YamlNode& command) {
    for (const FlaggedValue& flag : flagged_values(command)) {
      std::optional<UrlParts> parts = flag.is_own ? std::nullopt : split_url(filled(project_, flag.value));
      if (parts) add({.host = std::move(parts->host), .port = parts->port, .role = flag.role, .key = "--" + flag.name}, flag.where);
    }
  }

  void add(Use use, Location where) {
    use.workload = workload_;
    use.reasons = {unit_.declared(where)};
    const std::optional<std::string> host = use.host.known();
    if (host && project_.names.contains(*host)) {
      // Docker's own server answers the names of services from the containers it runs: no other resolver is asked.
      use.bypasses_dns = true;
      unit_.add(
          Endpoint{.hosts = {use.host}, .role = use.role, .workload = "container:" + project_.path + "/" + *host, .reasons = use.reasons});
    }
    use.bypasses_dns = use.bypasses_dns || (host && pinned_.contains(*host));
    add_documented(use, use.key, [&](std::string_view name) {
      const auto at = environment_.find(name);
      return at == environment_.end() ? std::nullopt : at->second.value.known();
    });
    unit_.add(std::move(use));
  }

  Unit& unit_;
  const Project& project_;
  const std::string& workload_;
  Environment environment_;
  std::set<std::string> pinned_;  // hosts that extra_hosts give an address
};

}  // namespace

std::map<std::string, Text, std::less<>> project_variables(Unit& unit, const std::string& folder) {
  std::map<std::string, Text, std::less<>> variables;
  const std::string name = folder.empty() ? ".env" : folder + "/.env";
  const Result<std::string> bytes = unit.tree().read(name);
  const Source* source = bytes ? unit.include(name, {}) : nullptr;
  if (source == nullptr) return variables;
  for (Assignment& one : assignments(unit, *source)) variables.insert_or_assign(one.key, std::move(one.value));
  return variables;
}

Text filled(const Project& project, std::string_view value) {
  return filled_in(value, {.dollar_brace = true, .dollar_name = true}, [&](std::string_view name) -> std::optional<Text> {
    const auto known = project.variables.find(name);
    return known == project.variables.end() ? std::nullopt : std::optional(known->second);
  });
}

void add_uses(Unit& unit, const Project& project, const std::string& workload, const std::vector<ServicePart>& parts) {
  ServiceReader(unit, project, workload).read(parts);
}

}  // namespace mainstay::compose
