// Environment files: what one process is told, and which identity endpoints that names.
#include "ingest/syntax/dotenv.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "ingest/catalogue/documented.h"
#include "ingest/catalogue/identity.h"
#include "ingest/catalogue/purpose.h"
#include "ingest/catalogue/token_service.h"
#include "ingest/ingester.h"
#include "ingest/syntax/duration.h"

namespace mainstay {
extern const Ingester dotenv;

namespace {

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

bool is_example(std::string_view base) {
  for (const std::string_view mark : {"example", "sample", "template", "dist", "tpl"}) {
    const std::size_t at = base.find(mark);
    if (at == std::string_view::npos) continue;
    const bool starts = at == 0 || base[at - 1] == '.' || base[at - 1] == '-' || base[at - 1] == '_';
    const std::size_t end = at + mark.size();
    if (starts && (end == base.size() || base[end] == '.' || base[end] == '-' || base[end] == '_')) return true;
  }
  return false;
}

Claim claims(std::string_view name, std::string_view) {
  const std::string_view base = base_name(name);
  for (const std::string_view other : {".js", ".ts", ".py", ".json", ".yaml", ".yml", ".rb", ".go", ".md", ".d"}) {
    if (base.ends_with(other)) return Claim::no;
  }
  if (base == ".env" || base.starts_with(".env.") || (base.ends_with(".env") && base != ".env")) return Claim::by_name;
  return base == "environment" && name.ends_with("etc/environment") ? Claim::by_name : Claim::no;
}

struct Process {
  std::string folder;
  std::string environment;
  std::string part;  // of a file that has a name of its own ("payments.env"); empty otherwise
};

/// Whose environment the file is: its folder's process; a name of its own ("payments.env") or an environment (".env.staging") parts
/// several.
Process process_of(std::string_view name) {
  constexpr std::string_view kEnvironments[] = {"prod",        "production", "staging", "stage", "preprod", "dev",
                                                "development", "test",       "qa",      "uat",   "ci",      "demo"};
  Process process;
  process.folder = name.find('/') == std::string_view::npos ? std::string(".") : std::string(name.substr(0, name.rfind('/')));
  std::string_view base = base_name(name);
  if (base == "environment") return process;
  if (base.starts_with(".env")) {
    base.remove_prefix(std::min<std::size_t>(base.size(), 5));
    if (base.ends_with(".local")) base.remove_suffix(6);
    if (base == "local") base = {};
  } else {
    base.remove_suffix(4);
  }
  if (std::ranges::find(kEnvironments, base) != std::end(kEnvironments)) process.environment = base;
  process.part = base;
  return process;
}

Workload workload_of(const Unit& unit) {
  const Process process = process_of(unit.source().name());
  Workload workload{.id = "process:" + process.folder,
                    .kind = WorkloadKind::process,
                    .name = std::string(base_name(process.folder)),
                    .scope = unit.home().id,
                    .environment = process.environment};
  if (!process.part.empty()) {
    workload.id += "/" + process.part;
    workload.name = process.environment.empty() ? process.part : fmt::format("{} ({})", workload.name, process.environment);
  }
  workload.reasons.push_back(unit.declared({}));
  return workload;
}

struct SecretKey {
  std::string_view pattern;  // "*X" for keys that end with X
  std::string_view kind;
  CredentialLife life;
};
// Keys whose values let somebody in. A key that is not here is no credential for an identity provider (a database password is none).
constexpr SecretKey kSecretKeys[] = {
    {"AWS_SECRET_ACCESS_KEY", "aws-access-key", CredentialLife::long_lived},
    {"AWS_WEB_IDENTITY_TOKEN_FILE", "web-identity-token", CredentialLife::short_lived},
    {"AZURE_FEDERATED_TOKEN_FILE", "web-identity-token", CredentialLife::short_lived},
    {"GOOGLE_APPLICATION_CREDENTIALS", "google-credentials-file", CredentialLife::unknown},
    {"*VAULT_TOKEN", "vault-token", CredentialLife::unknown},
    {"AZURE_CLIENT_SECRET", "azure-client-secret", CredentialLife::long_lived},
    {"*CLIENT_SECRET", "client-secret", CredentialLife::long_lived},
    {"AZURE_PASSWORD", "password", CredentialLife::long_lived},
    {"*LDAP_BIND_PASSWORD", "ldap-bind-password", CredentialLife::long_lived},
    {"*LDAP_PASSWORD", "ldap-bind-password", CredentialLife::long_lived},
    {"*BIND_PASSWORD", "ldap-bind-password", CredentialLife::long_lived},
    {"*BIND_DN_PASSWORD", "ldap-bind-password", CredentialLife::long_lived},
    {"*OKTA_API_TOKEN", "api-token", CredentialLife::long_lived},
    {"*AUTH0_API_TOKEN", "api-token", CredentialLife::long_lived},
    {"*VAULT_SECRET_ID", "vault-app-role", CredentialLife::long_lived},
};

const SecretKey* secret_key(std::string_view key) {
  const auto fits = [&](const SecretKey& row) {
    return row.pattern.starts_with('*') ? key.ends_with(row.pattern.substr(1)) : key == row.pattern;
  };
  const auto* row = std::ranges::find_if(kSecretKeys, fits);
  return row == std::end(kSecretKeys) ? nullptr : row;
}

/// The last assignment of each key; dotenv and the shell both let the last one win.
using Environment = std::map<std::string_view, const Assignment*>;

std::optional<std::string> known_value(const Environment& environment, std::string_view key) {
  const auto at = environment.find(key);
  return at == environment.end() ? std::nullopt : at->second->value.known();
}

/// How long one call may take, where the client has a setting for it.
void limit_time(const Unit& unit, const Environment& environment, Use& use) {
  const auto timeout = use.key == "VAULT_ADDR" ? environment.find("VAULT_CLIENT_TIMEOUT") : environment.end();
  if (timeout == environment.end()) return;
  const std::optional<std::string> written = timeout->second->value.known();
  const std::optional<std::uint32_t> limit = written ? milliseconds_of(*written) : std::nullopt;
  if (!limit || *limit == 0) return;
  use.deadline = limit;
  use.deadline_reasons = {unit.declared(timeout->second->where)};
}

void add_use(Unit& unit, const Workload& workload, const Assignment& assignment, const Environment& environment) {
  std::vector<NamedEndpoint> endpoints = identity_endpoints(unit.catalogue(), assignment.key, assignment.value);
  for (NamedEndpoint& endpoint : endpoints) {
    Use use{.workload = workload.id,
            .host = std::move(endpoint.host),
            .port = endpoint.port,
            .role = endpoint.role,
            .key = assignment.key,
            .alternative = endpoints.size() > 1 ? assignment.key : std::string(),
            .bypasses_dns = endpoint.is_address,
            .reasons = {unit.declared(assignment.where)}};
    add_documented(use, use.key, [&](std::string_view name) { return known_value(environment, name); });
    limit_time(unit, environment, use);
    unit.add(std::move(use));
  }
}

void add_credential(Unit& unit, const Workload& workload, const Assignment& assignment, const Environment& environment) {
  const SecretKey* row = secret_key(assignment.key);
  if (row == nullptr || assignment.value.empty()) return;
  CredentialLife life = row->life;
  if (row->kind == "aws-access-key" && environment.contains("AWS_SESSION_TOKEN")) life = CredentialLife::short_lived;
  unit.add(Credential{.workload = workload.id,
                      .kind = std::string(row->kind),
                      .life = life,
                      .held_in = unit.source().name(),
                      .reasons = {unit.declared(assignment.key_at)}});
}

/// Endpoints that a client asks without being told a name: the token exchange that goes with a federated token file.
void add_default_endpoints(Unit& unit, const Workload& workload, const Environment& environment) {
  const auto add = [&](std::string_view key, Text host, std::string_view note) {
    const auto at = environment.find(key);
    if (at == environment.end() || at->second->value.empty()) return;
    Use use{.workload = workload.id,
            .host = std::move(host),
            .port = 443,
            .role = Role::sts,
            .key = std::string(key),
            .reasons = {unit.declared(at->second->key_at), Evidence::by_default(std::string(note))}};
    add_session_life(use);
    unit.add(std::move(use));
  };
  const std::optional<std::string> mode = known_value(environment, "AWS_STS_REGIONAL_ENDPOINTS");
  const auto region = environment.contains("AWS_REGION") ? environment.find("AWS_REGION") : environment.find("AWS_DEFAULT_REGION");
  const Text sts =
      amazon_token_service(region == environment.end() ? Text(Hole{.name = "AWS_REGION"}) : region->second->value, mode == "legacy");
  if (!environment.contains("AWS_ENDPOINT_URL_STS"))
    add("AWS_WEB_IDENTITY_TOKEN_FILE", sts, "AWS SDKs exchange the token at the STS endpoint of their region");
  if (environment.contains("AZURE_AUTHORITY_HOST")) return;
  add("AZURE_FEDERATED_TOKEN_FILE", Text("login.microsoftonline.com"),
      "the Azure identity libraries ask login.microsoftonline.com when AZURE_AUTHORITY_HOST is not set");
}

bool is_compose_file(std::string_view name) {
  const std::string_view base = base_name(name);
  return (base.starts_with("compose.") || base.starts_with("docker-compose.")) && (base.ends_with(".yaml") || base.ends_with(".yml"));
}

/// True when the text fills in one of the variables: `${KEY...` or `$KEY`.
bool fills_in(std::string_view text, const std::vector<Assignment>& assignments) {
  return std::any_of(assignments.begin(), assignments.end(), [&](const Assignment& one) {
    return text.find(fmt::format("${{{}", one.key)) != std::string_view::npos || text.find("$" + one.key) != std::string_view::npos;
  });
}

/// The compose file beside it whose services the variables are for; they are the workloads then, not the file.
std::optional<std::string> compose_file_of(const Unit& unit, const std::vector<Assignment>& assignments) {
  const std::string& name = unit.source().name();
  const std::string_view base = base_name(name);
  const std::size_t folder = name.size() - base.size();
  for (const std::string& beside : unit.tree().names_below(name.substr(0, folder == 0 ? 0 : folder - 1))) {
    if (beside.size() - base_name(beside).size() != folder || !is_compose_file(beside)) continue;
    const Result<std::string> text = unit.tree().read(beside);
    if (!text) continue;
    const bool is_named = text->find("env_file") != std::string::npos && text->find(base) != std::string::npos;
    if (is_named || (base == ".env" && fills_in(*text, assignments))) return beside;
  }
  return std::nullopt;
}

void read(Unit& unit) {
  const std::vector<Assignment> assignments = read_dotenv(unit.source().bytes(), SourceId{}, [&](DotenvProblem problem) {
    unit.error(problem.where, std::move(problem.message), std::move(problem.hint));
  });
  if (is_example(base_name(unit.source().name()))) {
    unit.note({}, "an example file: not counted as a workload");
    return;
  }
  if (const std::optional<std::string> compose = compose_file_of(unit, assignments)) {
    unit.note({}, fmt::format("the services of {} get these variables: the file is not counted as a workload of its own", *compose));
    return;
  }
  Environment environment;
  for (const Assignment& assignment : assignments) environment[assignment.key] = &assignment;
  Workload workload = workload_of(unit);
  for (const auto& [key, assignment] : environment)
    take_purpose(unit, key, assignment->value.known().value_or(""), assignment->where, workload);
  unit.add(workload);
  for (const Assignment& assignment : assignments) {
    if (environment[assignment.key] != &assignment) {
      unit.note(assignment.key_at, fmt::format("{} is set again further down, and the last value wins", assignment.key));
      continue;
    }
    if (assignment.key == "RES_OPTIONS" || assignment.key == "LOCALDOMAIN") {
      unit.note(assignment.key_at, fmt::format("{} changes how this process resolves; that is not counted", assignment.key),
                "resolv.conf(5), ENVIRONMENT");
    }
    add_use(unit, workload, assignment, environment);
    add_credential(unit, workload, assignment, environment);
  }
  add_default_endpoints(unit, workload, environment);
}

}  // namespace

constinit const Ingester dotenv{
    .name = "dotenv", .title = "environment file", .reference = "Docker Compose environment files", .claims = &claims, .read = &read};

}  // namespace mainstay
