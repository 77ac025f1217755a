// Identity: issuers that are run or trusted, and what asks them.
// Source: the argument reference of each resource in the documentation of its Terraform provider.
#include <array>
#include <utility>

#include "graph/values/text.h"
#include "ingest/iac/identity_url.h"
#include "ingest/iac/terraform/reading.h"

namespace mainstay::terraform {
namespace {

/// An argument below up to two nested blocks that holds the URL of an identity endpoint.
struct UrlRow {
  std::string_view type;
  std::array<std::string_view, 2> blocks;
  std::string_view attribute;
  Role role;
  bool is_use;  // the resource itself asks the endpoint; else it is trusted by it
};

constexpr UrlRow kUrls[] = {
    {"aws_apigatewayv2_authorizer", {"jwt_configuration"}, "issuer", Role::oidc_issuer, true},
    {"aws_appsync_graphql_api", {"openid_connect_config"}, "issuer", Role::oidc_issuer, true},
    {"aws_eks_identity_provider_config", {"oidc"}, "issuer_url", Role::oidc_issuer, true},
    {"aws_iam_openid_connect_provider", {}, "url", Role::oidc_issuer, false},
    {"aws_lb_listener", {"default_action", "authenticate_oidc"}, "authorization_endpoint", Role::oauth_authorization, true},
    {"aws_lb_listener", {"default_action", "authenticate_oidc"}, "issuer", Role::oidc_issuer, true},
    {"aws_lb_listener", {"default_action", "authenticate_oidc"}, "token_endpoint", Role::oauth_token, true},
    {"aws_lb_listener", {"default_action", "jwt_validation"}, "jwks_endpoint", Role::jwks, true},
    {"aws_lb_listener_rule", {"action", "authenticate_oidc"}, "authorization_endpoint", Role::oauth_authorization, true},
    {"aws_lb_listener_rule", {"action", "authenticate_oidc"}, "issuer", Role::oidc_issuer, true},
    {"aws_lb_listener_rule", {"action", "authenticate_oidc"}, "token_endpoint", Role::oauth_token, true},
    {"aws_verifiedaccess_trust_provider", {"oidc_options"}, "issuer", Role::oidc_issuer, true},
    {"aws_verifiedaccess_trust_provider", {"oidc_options"}, "token_endpoint", Role::oauth_token, true},
    {"azuread_application_federated_identity_credential", {}, "issuer", Role::oidc_issuer, false},
    {"azurerm_federated_identity_credential", {}, "issuer", Role::oidc_issuer, false},
    {"google_iam_workforce_pool_provider", {"oidc"}, "issuer_uri", Role::oidc_issuer, false},
    {"google_iam_workload_identity_pool_provider", {"oidc"}, "issuer_uri", Role::oidc_issuer, false},
    {"google_identity_platform_oauth_idp_config", {}, "issuer", Role::oidc_issuer, false},
    {"keycloak_ldap_user_federation", {}, "connection_url", Role::ldap, false},
    {"keycloak_oidc_identity_provider", {}, "authorization_url", Role::oauth_authorization, false},
    {"keycloak_oidc_identity_provider", {}, "token_url", Role::oauth_token, false},
    {"okta_idp_oidc", {}, "issuer_url", Role::oidc_issuer, false},
    {"vault_jwt_auth_backend", {}, "jwks_url", Role::jwks, false},
    {"vault_jwt_auth_backend", {}, "oidc_discovery_url", Role::oidc_issuer, false},
    {"vault_ldap_auth_backend", {}, "url", Role::ldap, false},
};

void add_url(Reading& reading, const Resource& resource, const UrlRow& row, const Section& section) {
  if (!section.has(row.attribute)) return;
  const Text name = resource.section.text("name");
  const bool is_read = iac::add_identity_url(reading.unit, {.url = section.text(row.attribute),
                                                            .role = row.role,
                                                            .is_use = row.is_use,
                                                            .key = std::string(row.attribute),
                                                            .resource = resource.address,
                                                            .name = name.empty() ? resource.address : name.display(),
                                                            .workload = reading.id("function", resource),
                                                            .scope = reading.unit.home().id,
                                                            .resource_reasons = reading.because(resource.section),
                                                            .reasons = reading.because(section, row.attribute)});
  if (!is_read) reading.program.count_unknown("the address of an identity endpoint", section.where(row.attribute));
}

void read_urls(Reading& reading, Resource& resource) {
  const auto descend = [&](auto&& self, const UrlRow& row, const Section& section, std::size_t depth) -> void {
    if (depth == row.blocks.size() || row.blocks[depth].empty()) return add_url(reading, resource, row, section);
    for (const Section& inner : section.blocks(row.blocks[depth])) self(self, row, inner, depth + 1);
  };
  for (const UrlRow& row : kUrls) {
    if (row.type == resource.type) descend(descend, row, resource.section, 0);
  }
}

void read_user_pool(Reading& reading, Resource& resource) {
  const Text region = reading.program.region(*resource.section.bindings().module, "aws");
  Text host("cognito-idp.");
  host.append(region);
  host.append(std::string_view(".amazonaws.com"));
  reading.unit.add(Endpoint{.hosts = {std::move(host)},
                            .role = Role::oidc_issuer,
                            .provider = "aws",
                            .region = region.known().value_or(""),
                            .reasons = reading.because(resource.section, "name")});
}

/// A prefix becomes a name at Amazon; a name with dots is a domain of one's own.
void read_user_pool_domain(Reading& reading, Resource& resource) {
  Text host = resource.section.text("domain");
  if (host.empty()) return;
  if (host.skeleton().find('.') == std::string::npos) {
    host.append(std::string_view(".auth."));
    host.append(reading.program.region(*resource.section.bindings().module, "aws"));
    host.append(std::string_view(".amazoncognito.com"));
  }
  reading.unit.add(Endpoint{.hosts = {std::move(host)},
                            .role = Role::oauth_authorization,
                            .provider = "aws",
                            .reasons = reading.because(resource.section, "domain")});
}

void read_eks_cluster(Reading& reading, Resource& resource) {
  const Text region = reading.program.region(*resource.section.bindings().module, "aws");
  Hole issuer{resource.address + ".identity[0].oidc[0].issuer",
              std::string(computed_pattern("aws_eks_cluster", "identity[0].oidc[0].issuer"))};
  reading.unit.add(Endpoint{.hosts = {Text(std::move(issuer))},
                            .role = Role::oidc_issuer,
                            .provider = "aws",
                            .region = region.known().value_or(""),
                            .reasons = reading.because(resource.section, "name")});
}

void read_custom_domain(Reading& reading, Resource& resource) {
  const std::string_view attribute = resource.type == "okta_domain" ? "name" : "domain";
  reading.unit.add(Endpoint{.hosts = {resource.section.text(attribute)},
                            .role = Role::identity_host,
                            .provider = resource.type.substr(0, resource.type.find('_')),
                            .reasons = reading.because(resource.section, attribute)});
}

constexpr ResourceType kTypes[] = {
    {"auth0_custom_domain", &read_custom_domain},
    {"aws_apigatewayv2_authorizer", &read_urls},
    {"aws_appsync_graphql_api", &read_urls},
    {"aws_cognito_user_pool", &read_user_pool},
    {"aws_cognito_user_pool_domain", &read_user_pool_domain},
    {"aws_eks_cluster", &read_eks_cluster},
    {"aws_eks_identity_provider_config", &read_urls},
    {"aws_iam_openid_connect_provider", &read_urls},
    {"aws_lb_listener", &read_urls},
    {"aws_lb_listener_rule", &read_urls},
    {"aws_verifiedaccess_trust_provider", &read_urls},
    {"azuread_application_federated_identity_credential", &read_urls},
    {"azurerm_federated_identity_credential", &read_urls},
    {"google_iam_workforce_pool_provider", &read_urls},
    {"google_iam_workload_identity_pool_provider", &read_urls},
    {"google_identity_platform_oauth_idp_config", &read_urls},
    {"keycloak_ldap_user_federation", &read_urls},
    {"keycloak_oidc_identity_provider", &read_urls},
    {"okta_domain", &read_custom_domain},
    {"okta_idp_oidc", &read_urls},
    {"vault_jwt_auth_backend", &read_urls},
    {"vault_ldap_auth_backend", &read_urls},
};

/// The host that a provider block names.
Text provider_host(const Section& section, std::string_view provider) {
  if (provider == "okta") {
    Text host = section.text("org_name");
    if (host.empty()) return {};
    host.append(std::string_view("."));
    host.append(section.has("base_url") ? section.text("base_url") : Text("okta.com"));
    return host;
  }
  return section.text(provider == "vault" ? "address" : provider == "keycloak" ? "url" : "domain");
}

}  // namespace

std::span<const ResourceType> identity_types() { return kTypes; }

void read_providers(Reading& reading) {
  const std::string folder(reading.program.folder());
  const std::string id = "ci-job:" + reading.path("terraform");
  bool is_named = false;
  for (const std::unique_ptr<Module>& module : reading.program.modules()) {
    for (const hcl::Block* block : module->providers) {
      const std::string provider = block->labels.empty() ? "" : block->labels[0].text;
      const bool is_identity = provider == "vault" || provider == "okta" || provider == "auth0" || provider == "keycloak";
      if (!is_identity) continue;
      const Section section(reading.program, block->body, block->header, {module.get(), nullptr});
      const std::optional<UrlParts> parts = split_url(provider_host(section, provider));
      if (!parts) continue;
      const std::string_view key = provider == "okta"       ? "org_name"
                                   : provider == "vault"    ? "address"
                                   : provider == "keycloak" ? "url"
                                                            : "domain";
      if (!std::exchange(is_named, true)) {
        reading.unit.add(Workload{.id = id,
                                  .kind = WorkloadKind::ci_job,
                                  .name = "terraform " + (folder.empty() ? "." : folder),
                                  .scope = reading.unit.home().id,
                                  .reasons = reading.because(section)});
      }
      reading.unit.add(Use{.workload = id,
                           .host = parts->host,
                           .port = parts->port,
                           .role = provider == "vault" ? Role::secret_store : Role::oidc_issuer,
                           .key = "provider " + provider,
                           .reasons = reading.because(section, key)});
    }
  }
}

}  // namespace mainstay::terraform
