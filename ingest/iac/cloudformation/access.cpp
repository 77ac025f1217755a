// Who may change names and read secrets, and whose tokens a role is given for.
// Source: AWS CloudFormation Template Reference Guide, AWS::IAM::*; IAM User Guide, "IAM JSON policy element reference".
#include <algorithm>
#include <array>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/alternatives.h"
#include "ingest/iac/cloudformation/reading.h"

namespace mainstay::cloudformation {
namespace {

/// The services whose actions decide about names, identities and secrets; "*" is all of them.
bool is_about_identity(std::string_view action) {
  constexpr std::array<std::string_view, 8> kServices = {
      "route53:", "route53resolver:", "servicediscovery:", "sts:", "secretsmanager:", "ssm:getparameter", "kms:decrypt", "cognito-idp:"};
  const std::string low = ascii_lower(action);
  return low == "*" || std::any_of(kServices.begin(), kServices.end(), [&](std::string_view service) { return low.starts_with(service); });
}

/// One statement: each action on each resource is a grant of its own.
void add_statement(Reading& reading, const Resource& resource, const std::string& principal, const Value& statement) {
  if (known_text(part(statement, "Effect")) != "Allow") return;
  const Value &actions = part(statement, "Action"), &resources = part(statement, "Resource"), &condition = part(statement, "Condition");
  for (const Value& action : list_items(actions)) {
    const std::optional<std::string> name = known_text(action);
    if (!name || !is_about_identity(*name)) continue;
    for (const Value& on : list_items(resources)) {
      for (const Alternative& alternative : iac::alternatives_of(on)) {
        reading.unit.add(Grant{.principal = principal,
                               .action = *name,
                               .resource = as_text(alternative.value, "Resource"),
                               .condition = condition.is_null() ? std::string() : json_text(condition).display(),
                               .reasons = iac::taken_when(reading.because(resource, action.origin), alternative.when)});
      }
    }
  }
}

void add_document(Reading& reading, const Resource& resource, const std::string& principal, const Value& document) {
  for (const Value& map : maps_in(document)) {
    for (const Value& statement : maps_in(part(map, "Statement"))) add_statement(reading, resource, principal, statement);
  }
}

/// "arn:aws:iam::123:oidc-provider/token.example.com" names the issuer behind its slash; a reference is the provider's own URL.
void add_trust(Reading& reading, Resource& role, const Value& provider) {
  Text issuer;
  if (Resource* known = reading.program.behind(provider); known != nullptr && known->type == "AWS::IAM::OIDCProvider") {
    issuer = reading.text(*known, "Url");
  } else {
    constexpr std::string_view kMark = ":oidc-provider/";
    const Text text = as_text(provider, "Federated");
    const std::string shape = text.skeleton();
    const std::size_t at = shape.find(kMark);
    if (at != std::string::npos) issuer = text.slice(at + kMark.size(), shape.size());
  }
  if (issuer.empty()) return;
  reading.unit.add(Trust{.by = role.path, .kind = "issuer", .value = std::move(issuer), .reasons = reading.because(role, provider.origin)});
}

void read_principal(Reading& reading, Resource& resource) {
  const std::string principal = (resource.type == "AWS::IAM::Role" ? "role:" : "user:") + resource.path;
  for (const Value& policy : maps_in(reading.value(resource, "Policies"))) {
    add_document(reading, resource, principal, part(policy, "PolicyDocument"));
  }
  for (const Value& document : maps_in(reading.value(resource, "AssumeRolePolicyDocument"))) {
    for (const Value& statement : maps_in(part(document, "Statement"))) {
      for (const Value& who : maps_in(part(statement, "Principal"))) {
        for (const Value& provider : list_items(part(who, "Federated"))) add_trust(reading, resource, provider);
      }
    }
  }
}

void read_policy(Reading& reading, Resource& resource) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kHolders = {
      {{"Groups", "group"}, {"Roles", "role"}, {"Users", "user"}}};
  bool is_held = false;
  for (const auto& [property, kind] : kHolders) {
    for (const Value& holder : reading.items(resource, property)) {
      is_held = true;
      add_document(reading, resource, reading.id_of(kind, holder, resource), reading.value(resource, "PolicyDocument"));
    }
  }
  if (!is_held) add_document(reading, resource, reading.id("policy", resource), reading.value(resource, "PolicyDocument"));
}

constexpr ResourceType kTypes[] = {
    {"AWS::IAM::Group", &read_principal}, {"AWS::IAM::ManagedPolicy", &read_policy}, {"AWS::IAM::Policy", &read_policy},
    {"AWS::IAM::Role", &read_principal},  {"AWS::IAM::RolePolicy", &read_policy},    {"AWS::IAM::User", &read_principal},
};

}  // namespace

std::span<const ResourceType> access_types() { return kTypes; }

}  // namespace mainstay::cloudformation
