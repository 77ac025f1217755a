#include <algorithm>
#include <array>
#include <utility>

#include "ingest/iac/kubernetes.h"

namespace mainstay::kubernetes {
namespace {

struct IdentityImage {
  std::string_view repository;  // the last part of an image's name, or two
  Role role;
};

constexpr std::array<IdentityImage, 18> kImages{{{"vault", Role::secret_store},
                                                 {"vault-enterprise", Role::secret_store},
                                                 {"openbao", Role::secret_store},
                                                 {"keycloak", Role::oidc_issuer},
                                                 {"keycloak-x", Role::oidc_issuer},
                                                 {"dex", Role::oidc_issuer},
                                                 {"hydra", Role::oidc_issuer},
                                                 {"zitadel", Role::oidc_issuer},
                                                 {"authelia", Role::oidc_issuer},
                                                 {"authentik", Role::oidc_issuer},
                                                 {"oauth2-proxy", Role::api_gateway_authoriser},
                                                 {"spire-server", Role::workload_identity},
                                                 {"oidc-discovery-provider", Role::jwks},
                                                 {"openldap", Role::ldap},
                                                 {"lldap", Role::ldap},
                                                 {"389ds", Role::ldap},
                                                 {"step-ca", Role::certificate_authority},
                                                 {"opa", Role::policy}}};

/// "registry.example/team/vault:1.15@sha256:..." is "vault".
std::string_view repository_of(std::string_view image) {
  image = image.substr(0, image.find('@'));
  image = image.substr(image.rfind('/') + 1);
  return image.substr(0, image.find(':'));
}

const IdentityImage* identity_image(const PodOwner& owner) {
  for (const YamlNode* container : (*owner.spec)["containers"].children) {
    const std::string_view repository = repository_of((*container)["image"].text_or(""));
    const auto found = std::find_if(kImages.begin(), kImages.end(), [&](const IdentityImage& one) { return one.repository == repository; });
    if (found != kImages.end()) return &*found;
  }
  return nullptr;
}

std::string host_of(const Cluster& cluster, const Object& service) {
  return service.name + "." + service.space + ".svc." + cluster.domain();
}

std::vector<IpAddress> addresses_of(const YamlNode& spec) {
  std::vector<IpAddress> addresses;
  const auto add = [&](std::string_view text) {
    const Result<IpAddress> address = IpAddress::parse(text);
    if (address && std::find(addresses.begin(), addresses.end(), *address) == addresses.end()) addresses.push_back(*address);
  };
  add(spec["clusterIP"].text_or(""));
  for (const YamlNode* one : spec["clusterIPs"].children) add(one->text_or(""));
  return addresses;
}

void add_service(const Cluster& cluster, const Object& service) {
  Unit& unit = cluster.unit();
  const YamlNode& spec = service["spec"];
  const std::string host = host_of(cluster, service);
  if (spec["type"].text_or("") == "ExternalName") {
    const YamlNode& target = spec["externalName"];
    unit.add(Record{.owner = Text(host),
                    .type = "CNAME",
                    .data = Text(target.text_or("")),
                    .zone = cluster.domain(),
                    .view = cluster.id(),
                    .managed_by = "service " + service.space + "/" + service.name,
                    .reasons = cluster.declared(target.present() ? target.where : service.where)});
    return;
  }
  const std::vector<IpAddress> addresses = addresses_of(spec);
  unit.add(Inventory{.kind = "cluster-service",
                     .host = Text(host),
                     .address = addresses.empty() ? std::nullopt : std::optional(addresses.front()),
                     .owner = "service:" + cluster.name() + "/" + service.space + "/" + service.name,
                     .reasons = cluster.declared(service.where)});
  for (const PodOwner* owner : cluster.selected(service.space, spec["selector"])) {
    const IdentityImage* image = identity_image(*owner);
    if (image == nullptr) continue;
    Reasons reasons = cluster.declared(service.where);
    reasons.push_back(unit.declared(owner->object->where));
    unit.add(
        Endpoint{.hosts = {Text(host)}, .role = image->role, .addresses = addresses, .workload = owner->id, .reasons = std::move(reasons)});
  }
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return parts;
}

/// Records that ExternalDNS writes for an object; without a target annotation they point at what the cloud gives the object.
void add_external_dns(const Cluster& cluster, const Object& object) {
  for (const std::string_view prefix : {"external-dns.kubernetes.io/", "external-dns.alpha.kubernetes.io/"}) {
    const YamlNode& hostname = object.annotation(std::string(prefix) + "hostname");
    if (!hostname.present()) continue;
    const YamlNode& target = object.annotation(std::string(prefix) + "target");
    const std::optional<std::uint32_t> seconds = object.annotation(std::string(prefix) + "ttl").count();
    const Result<Ttl> ttl = Ttl::from_seconds(seconds.value_or(0));
    const std::string owner = std::string(object.kind) + " " + object.space + "/" + object.name;
    const bool is_address = static_cast<bool>(IpAddress::parse(target.text_or("")));
    for (const std::string& host : split_list(hostname.text_or(""))) {
      cluster.unit().add(Record{.owner = Text(host),
                                .type = is_address ? "A" : "CNAME",
                                .ttl = seconds && ttl ? std::optional(*ttl) : std::nullopt,
                                .data = target.present() ? Text(target.text_or("")) : Text(Hole{.name = "load balancer of " + owner}),
                                .zone = "external-dns",
                                .managed_by = "external-dns: " + owner,
                                .reasons = cluster.declared(hostname.where)});
    }
  }
}

}  // namespace

void add_services(const Cluster& cluster) {
  for (const Object& object : cluster.objects()) {
    if (object.kind == "Service") add_service(cluster, object);
    add_external_dns(cluster, object);
  }
}

}  // namespace mainstay::kubernetes
