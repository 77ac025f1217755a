// Identity: issuers that are run or trusted, and what asks them.
// Source: AWS CloudFormation Template Reference Guide, the properties of each type.
#include <array>
#include <utility>

#include "ingest/iac/alternatives.h"
#include "ingest/iac/cloudformation/reading.h"
#include "ingest/iac/identity_url.h"

namespace mainstay::cloudformation {
namespace {

/// A property below up to two others that holds the URL of an identity endpoint.
struct UrlRow {
  std::string_view type;
  std::array<std::string_view, 3> path;  // the last one that is not empty holds the URL
  Role role;
  bool is_use;  // the resource itself asks the endpoint; else it is trusted by it
};

constexpr UrlRow kUrls[] = {
    {"AWS::ApiGatewayV2::Authorizer", {"JwtConfiguration", "Issuer"}, Role::oidc_issuer, true},
    {"AWS::AppSync::GraphQLApi", {"OpenIDConnectConfig", "Issuer"}, Role::oidc_issuer, true},
    {"AWS::BedrockAgentCore::Gateway", {"AuthorizerConfiguration", "CustomJWTAuthorizer", "DiscoveryUrl"}, Role::oidc_issuer, true},
    {"AWS::BedrockAgentCore::Runtime", {"AuthorizerConfiguration", "CustomJWTAuthorizer", "DiscoveryUrl"}, Role::oidc_issuer, true},
    {"AWS::Cognito::UserPoolIdentityProvider", {"ProviderDetails", "MetadataURL"}, Role::saml_idp, true},
    {"AWS::Cognito::UserPoolIdentityProvider", {"ProviderDetails", "oidc_issuer"}, Role::oidc_issuer, true},
    {"AWS::Cognito::UserPoolIdentityProvider", {"ProviderDetails", "token_url"}, Role::oauth_token, true},
    {"AWS::EC2::VerifiedAccessTrustProvider", {"OidcOptions", "Issuer"}, Role::oidc_issuer, true},
    {"AWS::EC2::VerifiedAccessTrustProvider", {"OidcOptions", "TokenEndpoint"}, Role::oauth_token, true},
    {"AWS::EKS::IdentityProviderConfig", {"Oidc", "IssuerUrl"}, Role::oidc_issuer, true},
    {"AWS::ElasticLoadBalancingV2::Listener",
     {"DefaultActions", "AuthenticateOidcConfig", "AuthorizationEndpoint"},
     Role::oauth_authorization,
     true},
    {"AWS::ElasticLoadBalancingV2::Listener", {"DefaultActions", "AuthenticateOidcConfig", "Issuer"}, Role::oidc_issuer, true},
    {"AWS::ElasticLoadBalancingV2::Listener", {"DefaultActions", "AuthenticateOidcConfig", "TokenEndpoint"}, Role::oauth_token, true},
    {"AWS::ElasticLoadBalancingV2::Listener", {"DefaultActions", "JwtValidationConfig", "JwksEndpoint"}, Role::jwks, true},
    {"AWS::ElasticLoadBalancingV2::ListenerRule",
     {"Actions", "AuthenticateOidcConfig", "AuthorizationEndpoint"},
     Role::oauth_authorization,
     true},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", {"Actions", "AuthenticateOidcConfig", "Issuer"}, Role::oidc_issuer, true},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", {"Actions", "AuthenticateOidcConfig", "TokenEndpoint"}, Role::oauth_token, true},
    {"AWS::Grafana::Workspace", {"SamlConfiguration", "IdpMetadata", "Url"}, Role::saml_idp, true},
    {"AWS::IAM::OIDCProvider", {"Url"}, Role::oidc_issuer, false},
    {"AWS::Transfer::Server", {"IdentityProviderDetails", "Url"}, Role::api_gateway_authoriser, true},
    {"AWS::VerifiedPermissions::IdentitySource", {"Configuration", "OpenIdConnectConfiguration", "Issuer"}, Role::oidc_issuer, false},
};

void add_url(Reading& reading, Resource& resource, const UrlRow& row, std::pair<std::string_view, const Value*> url) {
  const Text name = reading.text(resource, "Name");
  for (const Alternative& alternative : iac::alternatives_of(*url.second)) {
    if (alternative.value.is_null()) continue;
    iac::IdentityUrl from{.url = as_text(alternative.value, url.first),
                          .role = row.role,
                          .is_use = row.is_use,
                          .key = std::string(url.first),
                          .resource = resource.path,
                          .name = name.empty() ? resource.name : name.display(),
                          .workload = reading.id("function", resource),
                          .scope = Reading::home(resource),
                          .environment = resource.stack->deployment.label,
                          .resource_reasons = reading.because(resource),
                          .reasons = iac::taken_when(reading.because(resource, url.second->origin), alternative.when)};
    if (!iac::add_identity_url(reading.unit, from)) {
      reading.program.count_unknown("the address of an identity endpoint", url.second->origin);
    }
  }
}

void read_urls(Reading& reading, Resource& resource) {
  const auto descend = [&](auto&& self, const UrlRow& row, const Value& value, std::size_t depth) -> void {
    const bool is_last = depth + 1 == row.path.size() || row.path[depth + 1].empty();
    if (is_last && !value.is_null()) return add_url(reading, resource, row, {row.path[depth], &value});
    for (const Value& map : maps_in(value)) self(self, row, part(map, row.path[depth + 1]), depth + 1);
  };
  for (const UrlRow& row : kUrls) {
    if (row.type == resource.type) descend(descend, row, reading.value(resource, row.path[0]), 0);
  }
}

/// Where Cognito of the resource's region is asked.
Text cognito_host(Reading& reading, const Resource& resource) {
  Text host("cognito-idp.");
  host.append(reading.program.region(*resource.stack));
  host.append(std::string_view(".amazonaws.com"));
  return host;
}

void read_user_pool(Reading& reading, Resource& resource) {
  reading.unit.add(Endpoint{.hosts = {cognito_host(reading, resource)},
                            .role = Role::oidc_issuer,
                            .provider = "aws",
                            .region = reading.program.region(*resource.stack).known().value_or(""),
                            .reasons = reading.because(resource, "UserPoolName")});
}

/// A prefix becomes a name at Amazon; a name with dots is a domain of one's own.
void read_user_pool_domain(Reading& reading, Resource& resource) {
  const Value domain = reading.value(resource, "Domain");
  const bool is_own = !reading.value(resource, "CustomDomainConfig").is_null();
  for (const Alternative& alternative : iac::alternatives_of(domain)) {
    Text host = as_text(alternative.value, "Domain");
    if (alternative.value.is_null() || host.empty()) continue;
    if (!is_own && host.skeleton().find('.') == std::string::npos) {
      host.append(std::string_view(".auth."));
      host.append(reading.program.region(*resource.stack));
      host.append(std::string_view(".amazoncognito.com"));
    }
    reading.unit.add(Endpoint{.hosts = {std::move(host)},
                              .role = Role::oauth_authorization,
                              .provider = "aws",
                              .reasons = iac::taken_when(reading.because(resource, "Domain"), alternative.when)});
  }
}

/// An authorizer of a REST API that takes the tokens of user pools asks Cognito for their keys.
void read_pool_authorizer(Reading& reading, Resource& resource) {
  for (const Value& arn : reading.items(resource, "ProviderARNs")) {
    Resource* pool = reading.program.behind(arn);
    Text url("https://");
    url.append(cognito_host(reading, pool != nullptr ? *pool : resource));
    const UrlRow row{resource.type, {"ProviderARNs"}, Role::oidc_issuer, true};
    Value value = Value::of_text(std::move(url));
    value.origin = arn.origin;
    add_url(reading, resource, row, {"ProviderARNs", &value});
  }
}

void read_eks_cluster(Reading& reading, Resource& resource) {
  const std::optional<UrlParts> issuer = split_url(as_text(reading.program.attribute(resource, "OpenIdConnectIssuerUrl")));
  if (!issuer) return;
  reading.unit.add(Endpoint{.hosts = {issuer->host},
                            .role = Role::oidc_issuer,
                            .provider = "aws",
                            .region = reading.program.region(*resource.stack).known().value_or(""),
                            .reasons = reading.because(resource, "Name")});
}

constexpr ResourceType kTypes[] = {
    {"AWS::ApiGateway::Authorizer", &read_pool_authorizer},
    {"AWS::ApiGatewayV2::Authorizer", &read_urls},
    {"AWS::AppSync::GraphQLApi", &read_urls},
    {"AWS::BedrockAgentCore::Gateway", &read_urls},
    {"AWS::BedrockAgentCore::Runtime", &read_urls},
    {"AWS::Cognito::UserPool", &read_user_pool},
    {"AWS::Cognito::UserPoolDomain", &read_user_pool_domain},
    {"AWS::Cognito::UserPoolIdentityProvider", &read_urls},
    {"AWS::EC2::VerifiedAccessTrustProvider", &read_urls},
    {"AWS::EKS::Cluster", &read_eks_cluster},
    {"AWS::EKS::IdentityProviderConfig", &read_urls},
    {"AWS::ElasticLoadBalancingV2::Listener", &read_urls},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", &read_urls},
    {"AWS::Grafana::Workspace", &read_urls},
    {"AWS::IAM::OIDCProvider", &read_urls},
    {"AWS::Transfer::Server", &read_urls},
    {"AWS::VerifiedPermissions::IdentitySource", &read_urls},
};

}  // namespace

std::span<const ResourceType> identity_types() { return kTypes; }

}  // namespace mainstay::cloudformation
