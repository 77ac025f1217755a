// Compose files: the containers of one project on one machine.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "ingest/catalogue/purpose.h"
#include "ingest/config/stub_options.h"
#include "ingest/iac/compose.h"
#include "ingest/ingester.h"

namespace mainstay {
namespace compose {
namespace {

constexpr std::size_t kMaxServers = 3;  // MAXNS of glibc and musl

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

std::string folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(name.substr(0, slash));
}

Claim claims(std::string_view name, std::string_view head) {
  const std::string_view base = base_name(name);
  const bool is_yaml = base.ends_with(".yaml") || base.ends_with(".yml");
  if (!is_yaml || !(base.starts_with("compose") || base.starts_with("docker-compose"))) return Claim::no;
  const bool has_services = head.starts_with("services:") || head.find("\nservices:") != std::string_view::npos;
  return has_services ? Claim::by_content : Claim::by_name;
}

/// The order in which the files of a project are laid over each other: the base, its override, then the others by name.
int rank(std::string_view name) {
  const std::string_view base = base_name(name);
  if (base.find("override") != std::string_view::npos) return 1;
  return base.starts_with("compose.y") || base.starts_with("docker-compose.y") ? 0 : 2;
}

std::vector<std::vector<std::string>> gather(const SourceTree&, std::vector<std::string> names) {
  std::map<std::string, std::vector<std::string>> projects;
  for (std::string& name : names) projects[folder_of(name)].push_back(std::move(name));
  std::vector<std::vector<std::string>> units;
  for (auto& [folder, files] : projects) {
    std::sort(files.begin(), files.end(),
              [](const std::string& a, const std::string& b) { return std::pair(rank(a), a) < std::pair(rank(b), b); });
    units.push_back(std::move(files));
  }
  return units;
}

/// What the container finds around it: the machine, or whatever scope holds the project.
std::string outer_scope(const HomeScope& home, const std::string& project) {
  if (home.id != project) return home.id;
  return home.parent.empty() ? "repository:." : home.parent;
}

/// The values of a setting that is written as one text or as a list of texts; what an override says is put behind what the base says.
std::vector<const YamlNode*> all_values(const std::vector<ServicePart>& parts, std::string_view key) {
  std::vector<const YamlNode*> values;
  for (const ServicePart& part : parts) {
    const YamlNode& node = (*part.node)[key];
    values.insert(values.end(), node.children.begin(), node.children.end());
    if (!node.text_or("").empty()) values.push_back(&node);
  }
  return values;
}

class Reader {
 public:
  explicit Reader(Unit& unit) : unit_(unit), folder_(folder_of(unit.source().name())) {
    project_.path = folder_.empty() ? "." : folder_;
    project_.id = "compose:" + project_.path;
    project_.outer = outer_scope(unit.home(), project_.id);
  }

  void read() {
    std::vector<YamlStream> streams;
    for (const std::unique_ptr<Source>& source : unit_.sources())
      streams.push_back(read_yaml(*source, unit_.id_of(*source), unit_.problems()));
    for (const YamlStream& stream : streams) {
      for (const YamlNode* document : stream.documents()) collect((*document)["services"]);
    }
    if (services_.empty()) return;
    project_.variables = project_variables(unit_, folder_);
    add_project();
    for (const auto& [name, parts] : services_) project_.names.insert(name);
    for (const auto& [name, parts] : services_) add_service(name, parts);
  }

 private:
  void collect(const YamlNode& services) {
    for (const YamlEntry& entry : services.entries) {
      if (!entry.value->is_map()) {
        unit_.error(entry.where, "a service is a map of settings", "it is left out");
        continue;
      }
      services_[std::string(entry.key)].push_back({entry.where, entry.value});
    }
  }

  void add_project() {
    const Location where = services_.begin()->second.front().name_at;
    unit_.add(Scope{.id = project_.id,
                    .kind = ScopeKind::compose_project,
                    .name = std::string(base_name(project_.path)),
                    .parent = project_.outer,
                    .reasons = {unit_.declared({where.source, 0, 0})}});
    const Evidence reason = Evidence::by_default(
        "Docker: the embedded DNS server 127.0.0.11 answers the project's names and asks the resolvers of the host for others");
    Stub stub{.scope = project_.id, .ndots = 0, .reasons = {reason}};
    stub.servers.push_back({.stub = project_.outer, .reasons = {reason}});
    unit_.add(std::move(stub));
  }

  /// The last of a service's files that has the setting.
  static const YamlNode& setting(const std::vector<ServicePart>& parts, std::string_view key) {
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      if ((*part->node)[key].present()) return (*part->node)[key];
    }
    return (*parts.front().node)[key];
  }

  void add_service(const std::string& name, const std::vector<ServicePart>& parts) {
    Workload workload{.id = "container:" + project_.path + "/" + name,
                      .kind = WorkloadKind::container,
                      .name = name,
                      .scope = project_.id,
                      .reasons = {unit_.declared(parts.front().name_at)}};
    const YamlNode& replicas = setting(parts, "deploy")["replicas"];
    workload.instances = replicas.present() ? replicas.count().value_or(1) : setting(parts, "scale").count().value_or(1);
    const YamlNode& mode = setting(parts, "network_mode");
    const std::string_view network = mode.text_or("");
    if (add_stub(workload.id, parts)) {
      workload.stub = workload.id;
    } else if (network == "host") {
      workload.stub = project_.outer;
      workload.reasons.push_back(unit_.declared(mode.where));
    } else if (network.starts_with("service:")) {
      workload.stub = "container:" + project_.path + "/" + std::string(network.substr(8));
    }
    if (const YamlNode& extends = setting(parts, "extends"); extends.present()) {
      unit_.note(extends.where, "what a service extends is not read", "scan the output of `docker compose config`");
    }
    for (const ServicePart& part : parts) take_labels((*part.node)["labels"], workload);
    const std::string id = workload.id;
    unit_.add(std::move(workload));
    add_uses(unit_, project_, id, parts);
  }

  /// Labels are written as a map, or as a list of "key=value".
  void take_labels(const YamlNode& labels, Workload& workload) {
    for (const YamlEntry& entry : labels.entries) take_purpose(unit_, entry.key, entry.value->text_or(""), entry.value->where, workload);
    for (const YamlNode* label : labels.children) {
      const std::string_view text = label->text_or("");
      const std::size_t equals = std::min(text.find('='), text.size());
      take_purpose(unit_, text.substr(0, equals), equals == text.size() ? text.substr(equals) : text.substr(equals + 1), label->where,
                   workload);
    }
  }

  /// A stub of the container's own; false when nothing asks for one.
  bool add_stub(const std::string& id, const std::vector<ServicePart>& parts) {
    const std::vector<const YamlNode*> servers = all_values(parts, "dns");
    const std::vector<const YamlNode*> searches = all_values(parts, "dns_search");
    const std::vector<const YamlNode*> options = all_values(parts, "dns_opt");
    if (servers.empty() && searches.empty() && options.empty()) return false;
    Stub stub{.scope = id, .ndots = 0};
    for (const YamlNode* server : servers) {
      const Result<IpAddress> address = IpAddress::parse(filled(project_, server->text).known().value_or(""));
      if (!address) {
        unit_.error(server->where, "a server of dns is an address that can be known", "it is left out");
        continue;
      }
      stub.servers.push_back({.address = *address, .asked = stub.servers.size() < kMaxServers, .reasons = {unit_.declared(server->where)}});
    }
    if (servers.empty()) {
      const Evidence reason = Evidence::by_default("Docker: without dns the resolvers of the host are asked");
      stub.servers.push_back({.stub = project_.outer, .reasons = {reason}});
    }
    for (const YamlNode* search : searches) stub.search.push_back(filled(project_, search->text));
    for (const YamlNode* option : options) read_option(option->text_or(""), stub);
    for (const auto* list : {&servers, &searches, &options}) {
      if (!list->empty()) stub.reasons.push_back(unit_.declared(list->front()->where));
    }
    unit_.add(std::move(stub));
    return true;
  }

  static void read_option(std::string_view option, Stub& stub) {
    set_stub_flag(option, stub);
    const std::size_t colon = option.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view name = option.substr(0, colon), digits = option.substr(colon + 1);
    std::uint32_t value = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failure != std::errc() || end != digits.data() + digits.size()) return;
    if (name == "ndots") stub.ndots = value;
    if (name == "timeout") stub.timeout = value;
    if (name == "attempts") stub.attempts = value;
  }

  Unit& unit_;
  std::string folder_;
  Project project_;
  std::map<std::string, std::vector<ServicePart>> services_;
};

void read(Unit& unit) { Reader(unit).read(); }

}  // namespace

constexpr auto kClaims = &claims;
constexpr auto kRead = &read;
constexpr auto kGather = &gather;

}  // namespace compose

extern const Ingester compose_files;
constinit const Ingester compose_files{.name = "compose",
                                       .title = "Compose files",
                                       .reference = "compose-spec/compose-spec, 05-services.md",
                                       .claims = compose::kClaims,
                                       .read = compose::kRead,
                                       .gather = compose::kGather};

}  // namespace mainstay
