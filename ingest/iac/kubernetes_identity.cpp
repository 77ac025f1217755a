#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ingest/catalogue/token_service.h"
#include "ingest/iac/kubernetes.h"
#include "ingest/syntax/duration.h"
#include "ingest/syntax/placeholders.h"

namespace mainstay::kubernetes {
namespace {

Text plain(const YamlNode& node) {
  return filled_in(node.text_or(""), {.dollar_brace = true}, [](std::string_view) { return std::optional<Text>(); });
}

/// The region that the containers of a pod are told, if any says so.
std::optional<Text> region_of(const Cluster& cluster, const PodOwner& owner) {
  for (const YamlNode* container : (*owner.spec)["containers"].children) {
    for (const Variable& variable : environment(cluster, owner, *container)) {
      const bool is_region = variable.name == "AWS_REGION" || variable.name == "AWS_DEFAULT_REGION";
      if (is_region && variable.secret.empty() && !variable.value.empty()) return variable.value;
    }
  }
  return std::nullopt;
}

Text sts_host(const Cluster& cluster, const PodOwner& owner, const Object& account) {
  const bool legacy = account.annotation("eks.amazonaws.com/sts-regional-endpoints").text_or("") == "false";
  return amazon_token_service(region_of(cluster, owner).value_or(Text(Hole{.name = "region", .pattern = "*"})), legacy);
}

/// What a pod needs because of its service account: the annotations make the platform's webhook inject a federated identity.
void add_account_uses(const Cluster& cluster, const PodOwner& owner, const Object& account) {
  const auto add = [&](std::string_view annotation, Text host, Role role) {
    const YamlNode& node = account.annotation(annotation);
    Use use{.workload = owner.id,
            .host = std::move(host),
            .role = role,
            .key = std::string(annotation),
            .reasons = cluster.declared(node.where)};
    if (role == Role::sts) add_session_life(use);
    cluster.unit().add(std::move(use));
  };
  constexpr std::string_view kEks = "eks.amazonaws.com/role-arn";
  constexpr std::string_view kGke = "iam.gke.io/gcp-service-account";
  constexpr std::string_view kAzure = "azure.workload.identity/client-id";
  if (account.annotation(kEks).present()) add(kEks, sts_host(cluster, owner, account), Role::sts);
  if (account.annotation(kGke).present()) {
    add(kGke, Text("metadata.google.internal"), Role::imds);
    add(kGke, Text("sts.googleapis.com"), Role::sts);
    add(kGke, Text("iamcredentials.googleapis.com"), Role::sts);
  }
  if (account.annotation(kAzure).present()) add(kAzure, Text("login.microsoftonline.com"), Role::sts);
}

/// The names of the Services behind an Ingress.
std::set<std::string> backends(const Object& ingress) {
  std::set<std::string> names;
  const auto add = [&](const YamlNode& backend) {
    const std::string_view name = backend["service"]["name"].text_or(backend["serviceName"].text_or(""));
    if (!name.empty()) names.insert(std::string(name));
  };
  add(ingress["spec"]["defaultBackend"]);
  for (const YamlNode* rule : ingress["spec"]["rules"].children) {
    for (const YamlNode* path : (*rule)["http"]["paths"].children) add((*path)["backend"]);
  }
  return names;
}

void add_ingress(const Cluster& cluster, const Object& ingress) {
  constexpr std::string_view kPrefix = "nginx.ingress.kubernetes.io/";
  const std::pair<std::string_view, Role> annotations[] = {{"auth-url", Role::api_gateway_authoriser},
                                                           {"auth-signin", Role::oauth_authorization}};
  std::set<const PodOwner*> behind;
  for (const std::string& name : backends(ingress)) {
    const Object* service = cluster.find("Service", ingress.space, name);
    if (service == nullptr) continue;
    for (const PodOwner* owner : cluster.selected(ingress.space, (*service)["spec"]["selector"])) behind.insert(owner);
  }
  for (const auto& [word, role] : annotations) {
    const YamlNode& node = ingress.annotation(std::string(kPrefix) + std::string(word));
    if (!node.present()) continue;
    if (behind.empty())
      cluster.unit().note(node.where, "the workload behind this Ingress is not in the tree", "what it needs to be reached is not counted");
    for (const PodOwner& owner : cluster.owners()) {
      std::optional<Use> use =
          behind.contains(&owner) ? use_of(owner.id, plain(node), role, std::string(kPrefix) + std::string(word)) : std::nullopt;
      if (!use) continue;
      use->on_failure = OnFailure::deny;  // ngx_http_auth_request_module: what is neither 2xx, 401 nor 403 is an error
      use->reasons = cluster.declared(node.where);
      cluster.unit().add(*std::move(use));
    }
  }
}

/// A workload that is known to run in the cluster though its manifest is not in the tree.
class Controller {
 public:
  Controller(const Cluster& cluster, std::string_view space, std::string_view name, std::string_view image)
      : cluster_(cluster), space_(space), name_(name), image_(image) {}

  /// Its id; the workload is added as assumed when no manifest runs its image.
  const std::string& id() {
    if (!id_.empty()) return id_;
    for (const PodOwner& owner : cluster_.owners()) {
      for (const YamlNode* container : (*owner.spec)["containers"].children) {
        if ((*container)["image"].text_or("").find(image_) != std::string_view::npos) return id_ = owner.id;
      }
    }
    id_ = "deployment:" + cluster_.name() + "/" + space_ + "/" + name_;
    const Evidence reason = Evidence::assumed(fmt::format("{} runs in the namespace {}, where its own manifests put it", name_, space_));
    cluster_.unit().add(Scope{
        .id = cluster_.namespace_id(space_), .kind = ScopeKind::name_space, .name = space_, .parent = cluster_.id(), .reasons = {reason}});
    cluster_.unit().add(
        Workload{.id = id_, .kind = WorkloadKind::deployment, .name = name_, .scope = cluster_.namespace_id(space_), .reasons = {reason}});
    return id_;
  }

 private:
  const Cluster& cluster_;
  std::string space_, name_, image_;
  std::string id_;
};

void add_endpoint(const Cluster& cluster, const std::string& workload, const YamlNode& node, Role role, std::string key) {
  if (!node.present() || node.text_or("").empty()) return;
  std::optional<Use> use = use_of(workload, plain(node), role, std::move(key));
  if (!use) return;
  use->reasons = cluster.declared(node.where);
  cluster.unit().add(*std::move(use));
}

void add_issuer(const Cluster& cluster, const Object& issuer, Controller& controller) {
  const YamlNode& spec = issuer["spec"];
  const std::pair<const YamlNode&, std::pair<Role, const char*>> endpoints[] = {
      {spec["acme"]["server"], {Role::certificate_authority, "spec.acme.server"}},
      {spec["vault"]["server"], {Role::secret_store, "spec.vault.server"}},
      {spec["venafi"]["tpp"]["url"], {Role::certificate_authority, "spec.venafi.tpp.url"}}};
  for (const auto& [node, what] : endpoints) {
    if (node.present()) add_endpoint(cluster, controller.id(), node, what.first, what.second);
  }
}

/// The external-secrets operator asks the store whenever it refreshes a Secret.
void add_secret_store(const Cluster& cluster, const Object& store, Controller& operator_pods) {
  const YamlNode& provider = store["spec"]["provider"];
  struct Setting {
    std::string_view provider, key;
  };
  constexpr Setting kAddresses[] = {{"vault", "server"},
                                    {"onepassword", "connectHost"},
                                    {"azurekv", "vaultUrl"},
                                    {"conjur", "url"},
                                    {"gitlab", "url"},
                                    {"akeyless", "akeylessGWApiURL"},
                                    {"infisical", "hostAPI"},
                                    {"passbolt", "host"},
                                    {"pulumi", "apiUrl"},
                                    {"ibm", "serviceUrl"},
                                    {"senhasegura", "url"},
                                    {"chef", "serverUrl"},
                                    {"delinea", "urlTemplate"},
                                    {"onboardbase", "apiHost"},
                                    {"bitwardensecretsmanager", "apiURL"},
                                    {"keepersecurity", "host"},
                                    {"secretserver", "serverURL"}};
  for (const Setting& one : kAddresses) {
    const YamlNode& node = provider[one.provider][one.key];
    if (node.present())
      add_endpoint(cluster, operator_pods.id(), node, Role::secret_store, fmt::format("spec.provider.{}.{}", one.provider, one.key));
  }
  const auto add_host = [&](const YamlNode& node, Text host, const char* key) {
    cluster.unit().add(Use{.workload = operator_pods.id(),
                           .host = std::move(host),
                           .role = Role::secret_store,
                           .key = key,
                           .reasons = cluster.declared(node.where)});
  };
  if (const YamlNode& aws = provider["aws"]; aws["region"].present()) {
    Text host(aws["service"].text_or("") == "ParameterStore" ? "ssm." : "secretsmanager.");
    const Text region = plain(aws["region"]);
    host.append(region);
    host.append(region.known_prefix().starts_with("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
    add_host(aws["region"], std::move(host), "spec.provider.aws.region");
  }
  if (const YamlEntry* google = provider.entry("gcpsm")) {
    add_host(*google->value, Text("secretmanager.googleapis.com"), "spec.provider.gcpsm");
  }
}

void add_certificate(const Cluster& cluster, const Object& certificate) {
  Certificate fact{.issuer = std::string(certificate["spec"]["issuerRef"]["name"].text_or("")),
                   .reasons = cluster.declared(certificate.where)};
  const std::string_view common = certificate["spec"]["commonName"].text_or("");
  if (!common.empty()) fact.names.emplace_back(common);
  for (const YamlNode* name : certificate["spec"]["dnsNames"].children) {
    const std::string_view text = name->text_or("");
    if (!text.empty() && text != common) fact.names.emplace_back(text);
  }
  if (!fact.names.empty()) cluster.unit().add(std::move(fact));
}

/// How long istiod waits for keys; the clock of its client runs while it looks the name up.
void limit_fetch(const Cluster& cluster, const YamlNode& timeout, Use& use) {
  use.deadline = milliseconds_of(timeout.text_or(""));
  if (use.deadline) {
    use.deadline_reasons = cluster.declared(timeout.where);
  } else if (!timeout.present()) {
    use.deadline = 5'000;
    use.deadline_reasons = {Evidence::by_default("Istio: RequestAuthentication waits 5 s for keys when jwtRules[].timeout is not set")};
  }
}

/// istiod fetches the keys; without a jwksUri it finds them by OIDC discovery at the issuer.
void add_request_authentication(const Cluster& cluster, const Object& object, Controller& istiod) {
  for (const YamlNode* rule : object["spec"]["jwtRules"].children) {
    if ((*rule)["jwks"].present()) continue;  // the keys stand in the manifest: nothing is fetched
    const bool has_keys = (*rule)["jwksUri"].present();
    const YamlNode& node = (*rule)[has_keys ? "jwksUri" : "issuer"];
    if (node.text_or("").empty()) continue;
    std::optional<Use> use = use_of(istiod.id(), plain(node), has_keys ? Role::jwks : Role::oidc_issuer,
                                    has_keys ? "spec.jwtRules[].jwksUri" : "spec.jwtRules[].issuer");
    if (!use) continue;
    use->reasons = cluster.declared(node.where);
    limit_fetch(cluster, (*rule)["timeout"], *use);
    cluster.unit().add(*std::move(use));
  }
}

/// The API server starts without its issuers and goes on asking; each fetch has 30 s, the lookup included.
void add_api_server_authentication(const Cluster& cluster, const Object& object, Controller& api_server) {
  for (const YamlNode* authenticator : object["jwt"].children) {
    const YamlNode& issuer = (*authenticator)["issuer"];
    const bool has_discovery = issuer["discoveryURL"].present();
    const YamlNode& node = issuer[has_discovery ? "discoveryURL" : "url"];
    if (node.text_or("").empty()) continue;
    std::optional<Use> use =
        use_of(api_server.id(), plain(node), Role::oidc_issuer, has_discovery ? "jwt[].issuer.discoveryURL" : "jwt[].issuer.url");
    if (!use) continue;
    use->reasons = cluster.declared(node.where);
    use->deadline = 30'000;
    use->deadline_reasons = {Evidence::by_default("kube-apiserver: the client for OIDC discovery and keys gives up after 30 s")};
    use->starts_without = true;
    use->start_reasons = {Evidence::by_default("kube-apiserver: an issuer is discovered in the background, and tried again every 10 s")};
    cluster.unit().add(*std::move(use));
  }
}

}  // namespace

void add_identity(const Cluster& cluster) {
  Controller cert_manager(cluster, "cert-manager", "cert-manager", "cert-manager-controller");
  Controller external_secrets(cluster, "external-secrets", "external-secrets", "external-secrets/external-secrets");
  Controller istiod(cluster, "istio-system", "istiod", "istio/pilot");
  Controller api_server(cluster, "kube-system", "kube-apiserver", "kube-apiserver");
  for (const PodOwner& owner : cluster.owners()) {
    const std::string_view name = (*owner.spec)["serviceAccountName"].text_or((*owner.spec)["serviceAccount"].text_or("default"));
    const Object* account = cluster.find("ServiceAccount", owner.object->space, name);
    if (account != nullptr) add_account_uses(cluster, owner, *account);
  }
  for (const Object& object : cluster.objects()) {
    // The second group is that of releases before 0.11.
    const bool is_cert_manager = object.api.starts_with("cert-manager.io/") || object.api.starts_with("certmanager.k8s.io/");
    if (object.kind == "Ingress") add_ingress(cluster, object);
    if (is_cert_manager && (object.kind == "Issuer" || object.kind == "ClusterIssuer")) add_issuer(cluster, object, cert_manager);
    if (is_cert_manager && object.kind == "Certificate") add_certificate(cluster, object);
    const bool is_store = object.kind == "SecretStore" || object.kind == "ClusterSecretStore";
    if (is_store && object.api.starts_with("external-secrets.io/")) add_secret_store(cluster, object, external_secrets);
    if (object.kind == "RequestAuthentication") add_request_authentication(cluster, object, istiod);
    if (object.kind == "AuthenticationConfiguration") add_api_server_authentication(cluster, object, api_server);
  }
}

}  // namespace mainstay::kubernetes
