// Tables of constants: sources are the reference of the library that the row
// names.
#include "ingest/code/script/known_script_calls.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "graph/values/ascii.h"
#include "ingest/code/script/known_python_calls.h"

namespace mainstay::script {
namespace {

using enum Names;
constexpr Language kJs = Language::javascript;
constexpr Language kGo = Language::go;
constexpr Language kJava = Language::java;
constexpr Language kCs = Language::csharp;

constexpr ScriptCall at(Language language, std::string_view path, int argument, Names names = url, std::optional<Role> role = {}) {
  return {.language = language, .path = path, .argument = argument, .names = names, .role = role};
}
constexpr ScriptCall key(Language language, std::string_view path, std::string_view member, Names names = url,
                         std::optional<Role> role = {}) {
  return {.language = language, .path = path, .argument = -1, .names = names, .role = role, .key = member};
}
constexpr ScriptCall with_port(Language language, std::string_view path, int host, int port, std::optional<Role> role = {}) {
  return {.language = language, .path = path, .argument = host, .names = Names::host, .role = role, .port = port};
}
constexpr ScriptCall aws(Language language, std::string_view path, std::string_view service, Role role) {
  return {.language = language, .path = path, .argument = -1, .names = region, .role = role, .host = service};
}
constexpr ScriptCall asks(Language language, std::string_view path, std::string_view asked, Role role) {
  return {.language = language, .path = path, .argument = -1, .names = fixed, .role = role, .host = asked};
}

constexpr auto kCalls = std::to_array<ScriptCall>({
    // JavaScript: clients of the web
    at(kJs, "fetch", 0),
    at(kJs, "axios", 0),
    key(kJs, "axios", "url"),
    key(kJs, "axios.create", "baseURL"),
    key(kJs, "axios.request", "url"),
    at(kJs, "got", 0),
    key(kJs, "got.extend", "prefixUrl"),
    at(kJs, "ky", 0),
    key(kJs, "ky.create", "prefixUrl"),
    at(kJs, "needle", 1),
    at(kJs, "request", 0, web_url),
    key(kJs, "request", "url|uri", web_url),
    at(kJs, "get", 0, web_url),
    at(kJs, "post", 0, web_url),
    at(kJs, "put", 0, web_url),
    at(kJs, "patch", 0, web_url),
    at(kJs, "delete", 0, web_url),
    at(kJs, "head", 0, web_url),
    key(kJs, "https.request", "hostname|host", host),
    key(kJs, "https.get", "hostname|host", host),
    key(kJs, "http.request", "hostname|host", host),
    key(kJs, "http.get", "hostname|host", host),
    at(kJs, "Client", 0, web_url),
    at(kJs, "Pool", 0, web_url),
    key(kJs, "Client", "url", web_url),
    // JavaScript: sign-in
    at(kJs, "Issuer.discover", 0, url, Role::oidc_issuer),
    at(kJs, "discovery", 0, web_url, Role::oidc_issuer),
    at(kJs, "discoveryRequest", 0, web_url, Role::oidc_issuer),
    at(kJs, "createRemoteJWKSet", 0, url, Role::jwks),
    key(kJs, "OktaJwtVerifier", "issuer", url, Role::oidc_issuer),
    key(kJs, "OktaAuth", "issuer", url, Role::oidc_issuer),
    key(kJs, "KeycloakProvider", "issuer", url, Role::oidc_issuer),
    key(kJs, "Auth0Provider", "issuer", url, Role::oidc_issuer),
    key(kJs, "OktaProvider", "issuer", url, Role::oidc_issuer),
    key(kJs, "CognitoProvider", "issuer", url, Role::oidc_issuer),
    key(kJs, "ldap.createClient", "url", url, Role::ldap),
    key(kJs, "ldapjs.createClient", "url", url, Role::ldap),
    key(kJs, "SamlStrategy", "entryPoint", url, Role::saml_idp),
    asks(kJs, "ConfidentialClientApplication", "login.microsoftonline.com", Role::sts),
    asks(kJs, "PublicClientApplication", "login.microsoftonline.com", Role::sts),
    asks(kJs, "ClientSecretCredential", "login.microsoftonline.com", Role::sts),
    asks(kJs, "ClientCertificateCredential", "login.microsoftonline.com", Role::sts),
    asks(kJs, "WorkloadIdentityCredential", "login.microsoftonline.com", Role::sts),
    asks(kJs, "ManagedIdentityCredential", "169.254.169.254", Role::imds),
    at(kJs, "SecretClient", 0, url, Role::secret_store),
    at(kJs, "KeyClient", 0, url, Role::kms),
    asks(kJs, "SecretManagerServiceClient", "secretmanager.googleapis.com", Role::secret_store),
    asks(kJs, "KeyManagementServiceClient", "cloudkms.googleapis.com", Role::kms),
    key(kJs, "vault", "endpoint", web_url, Role::secret_store),
    aws(kJs, "STSClient", "sts", Role::sts),
    aws(kJs, "STS", "sts", Role::sts),
    aws(kJs, "SecretsManagerClient", "secretsmanager", Role::secret_store),
    aws(kJs, "SecretsManager", "secretsmanager", Role::secret_store),
    aws(kJs, "KMSClient", "kms", Role::kms),
    aws(kJs, "KMS", "kms", Role::kms),
    aws(kJs, "SSMClient", "ssm", Role::secret_store),
    aws(kJs, "SSM", "ssm", Role::secret_store),
    aws(kJs, "CognitoIdentityClient", "cognito-identity", Role::sts),
    aws(kJs, "CognitoIdentityProviderClient", "cognito-idp", Role::oidc_issuer),
    aws(kJs, "CognitoIdentityServiceProvider", "cognito-idp", Role::oidc_issuer),
    // JavaScript: the resolver
    at(kJs, "dns.lookup", 0, host),
    at(kJs, "dns.resolve4", 0, host),
    at(kJs, "dns.resolve6", 0, host),
    at(kJs, "dns.resolve", 0, host),
    at(kJs, "dns.resolveSrv", 0, host),
    at(kJs, "dnsPromises.lookup", 0, host),
    at(kJs, "promises.lookup", 0, host),
    at(kJs, "promises.resolve4", 0, host),
    at(kJs, "promises.resolveSrv", 0, host),
    at(kJs, "resolver.resolve4", 0, host),
    key(kJs, "tls.connect", "host", host),
    key(kJs, "net.connect", "host", host),

    // Go: clients of the web
    at(kGo, "http.Get", 0),
    at(kGo, "http.Head", 0),
    at(kGo, "http.Post", 0),
    at(kGo, "http.PostForm", 0),
    at(kGo, "http.NewRequest", 1),
    at(kGo, "http.NewRequestWithContext", 2),
    at(kGo, "Get", 0, web_url),
    at(kGo, "Post", 0, web_url),
    at(kGo, "SetBaseURL", 0, web_url),
    // Go: sign-in
    at(kGo, "oidc.NewProvider", 1, url, Role::oidc_issuer),
    at(kGo, "oidc.NewRemoteKeySet", 1, url, Role::jwks),
    at(kGo, "rp.NewRelyingPartyOIDC", 1, web_url, Role::oidc_issuer),
    at(kGo, "jwk.Fetch", 1, url, Role::jwks),
    at(kGo, "keyfunc.Get", 0, url, Role::jwks),
    at(kGo, "ldap.DialURL", 0, url, Role::ldap),
    at(kGo, "ldap.Dial", 1, url, Role::ldap),
    at(kGo, "ldap.DialTLS", 1, url, Role::ldap),
    at(kGo, "vault.WithAddress", 0, url, Role::secret_store),
    at(kGo, "SetAddress", 0, web_url, Role::secret_store),
    key(kGo, "vault.Config", "Address", web_url, Role::secret_store),
    asks(kGo, "azidentity.NewClientSecretCredential", "login.microsoftonline.com", Role::sts),
    asks(kGo, "azidentity.NewClientCertificateCredential", "login.microsoftonline.com", Role::sts),
    asks(kGo, "azidentity.NewWorkloadIdentityCredential", "login.microsoftonline.com", Role::sts),
    asks(kGo, "azidentity.NewManagedIdentityCredential", "169.254.169.254", Role::imds),
    at(kGo, "azsecrets.NewClient", 0, url, Role::secret_store),
    at(kGo, "azkeys.NewClient", 0, url, Role::kms),
    asks(kGo, "secretmanager.NewClient", "secretmanager.googleapis.com", Role::secret_store),
    asks(kGo, "kms.NewKeyManagementClient", "cloudkms.googleapis.com", Role::kms),
    aws(kGo, "sts.New", "sts", Role::sts),
    aws(kGo, "sts.NewFromConfig", "sts", Role::sts),
    aws(kGo, "secretsmanager.New", "secretsmanager", Role::secret_store),
    aws(kGo, "secretsmanager.NewFromConfig", "secretsmanager", Role::secret_store),
    aws(kGo, "kms.New", "kms", Role::kms),
    aws(kGo, "kms.NewFromConfig", "kms", Role::kms),
    aws(kGo, "ssm.New", "ssm", Role::secret_store),
    aws(kGo, "ssm.NewFromConfig", "ssm", Role::secret_store),
    aws(kGo, "cognitoidentityprovider.NewFromConfig", "cognito-idp", Role::oidc_issuer),
    // Go: the resolver and remote procedure calls
    at(kGo, "grpc.Dial", 0),
    at(kGo, "grpc.DialContext", 1),
    at(kGo, "grpc.NewClient", 0),
    at(kGo, "net.LookupHost", 0, host),
    at(kGo, "net.LookupIP", 0, host),
    at(kGo, "net.Dial", 1),
    at(kGo, "net.DialTimeout", 1),
    at(kGo, "tls.Dial", 1),

    // Java: clients of the web
    at(kJava, "HttpRequest.newBuilder", 0),
    at(kJava, "uri", 0, web_url),
    at(kJava, "url", 0, web_url),
    at(kJava, "baseUrl", 0, web_url),
    at(kJava, "rootUri", 0, web_url),
    at(kJava, "WebClient.create", 0),
    at(kJava, "RestClient.create", 0),
    at(kJava, "getForObject", 0),
    at(kJava, "getForEntity", 0),
    at(kJava, "postForObject", 0),
    at(kJava, "postForEntity", 0),
    at(kJava, "exchange", 0),
    at(kJava, "HttpGet", 0),
    at(kJava, "HttpPost", 0),
    at(kJava, "URL", 0, web_url),
    at(kJava, "target", 0, web_url),
    // Java: sign-in
    at(kJava, "RemoteJWKSet", 0, url, Role::jwks),
    at(kJava, "JWKSourceBuilder.create", 0, url, Role::jwks),
    at(kJava, "withJwkSetUri", 0, url, Role::jwks),
    at(kJava, "jwkSetUri", 0, web_url, Role::jwks),
    at(kJava, "fromIssuerLocation", 0, url, Role::oidc_issuer),
    at(kJava, "fromOidcIssuerLocation", 0, url, Role::oidc_issuer),
    at(kJava, "withIssuerLocation", 0, url, Role::oidc_issuer),
    at(kJava, "issuerUri", 0, web_url, Role::oidc_issuer),
    at(kJava, "tokenUri", 0, web_url, Role::oauth_token),
    at(kJava, "introspectionUri", 0, web_url, Role::oauth_introspection),
    at(kJava, "serverUrl", 0, web_url, Role::oidc_issuer),
    at(kJava, "JwkProviderBuilder", 0, url, Role::jwks),
    with_port(kJava, "LDAPConnection", 0, 1, Role::ldap),
    {.language = kJava, .path = "put", .argument = 1, .names = url, .role = Role::ldap, .first = "PROVIDER_URL"},
    {.language = kJava, .path = "put", .argument = 1, .names = url, .role = Role::ldap, .first = "java.naming.provider.url"},
    at(kJava, "vaultUrl", 0, url, Role::secret_store),
    asks(kJava, "ClientSecretCredentialBuilder", "login.microsoftonline.com", Role::sts),
    asks(kJava, "ManagedIdentityCredentialBuilder", "169.254.169.254", Role::imds),
    asks(kJava, "SecretManagerServiceClient.create", "secretmanager.googleapis.com", Role::secret_store),
    asks(kJava, "KeyManagementServiceClient.create", "cloudkms.googleapis.com", Role::kms),
    aws(kJava, "StsClient.builder", "sts", Role::sts),
    aws(kJava, "StsClient.create", "sts", Role::sts),
    aws(kJava, "AWSSecurityTokenServiceClientBuilder.standard", "sts", Role::sts),
    aws(kJava, "AWSSecurityTokenServiceClientBuilder.defaultClient", "sts", Role::sts),
    aws(kJava, "SecretsManagerClient.builder", "secretsmanager", Role::secret_store),
    aws(kJava, "SecretsManagerClient.create", "secretsmanager", Role::secret_store),
    aws(kJava, "KmsClient.builder", "kms", Role::kms),
    aws(kJava, "KmsClient.create", "kms", Role::kms),
    aws(kJava, "SsmClient.builder", "ssm", Role::secret_store),
    aws(kJava, "SsmClient.create", "ssm", Role::secret_store),
    // Java: the resolver
    at(kJava, "InetAddress.getByName", 0, host),
    at(kJava, "InetAddress.getAllByName", 0, host),
    with_port(kJava, "InetSocketAddress", 0, 1),
    with_port(kJava, "Socket", 0, 1),
    at(kJava, "forTarget", 0),
    with_port(kJava, "forAddress", 0, 1),

    // C#
    key(kCs, "HttpClient", "BaseAddress"),
    at(kCs, "GetAsync", 0, web_url),
    at(kCs, "PostAsync", 0, web_url),
    at(kCs, "PutAsync", 0, web_url),
    at(kCs, "GetStringAsync", 0, web_url),
    at(kCs, "GetFromJsonAsync", 0, web_url),
    at(kCs, "PostAsJsonAsync", 0, web_url),
    at(kCs, "HttpRequestMessage", 1, web_url),
    at(kCs, "GetDiscoveryDocumentAsync", 0, web_url, Role::oidc_issuer),
    at(kCs, "ConfigurationManager", 0, web_url, Role::oidc_issuer),
    at(kCs, "WithAuthority", 0, web_url, Role::oidc_issuer),
    asks(kCs, "ConfidentialClientApplicationBuilder.Create", "login.microsoftonline.com", Role::sts),
    asks(kCs, "ClientSecretCredential", "login.microsoftonline.com", Role::sts),
    asks(kCs, "ManagedIdentityCredential", "169.254.169.254", Role::imds),
    at(kCs, "SecretClient", 0, url, Role::secret_store),
    at(kCs, "KeyClient", 0, url, Role::kms),
    aws(kCs, "AmazonSecurityTokenServiceClient", "sts", Role::sts),
    aws(kCs, "AmazonSecretsManagerClient", "secretsmanager", Role::secret_store),
    aws(kCs, "AmazonKeyManagementServiceClient", "kms", Role::kms),
    aws(kCs, "AmazonSimpleSystemsManagementClient", "ssm", Role::secret_store),
    at(kCs, "Dns.GetHostEntry", 0, host),
    at(kCs, "Dns.GetHostEntryAsync", 0, host),
    at(kCs, "Dns.GetHostAddresses", 0, host),
    at(kCs, "Dns.GetHostAddressesAsync", 0, host),
    with_port(kCs, "LdapDirectoryIdentifier", 0, 1, Role::ldap),
    at(kCs, "LdapConnection", 0, url, Role::ldap),
    at(kCs, "DirectoryEntry", 0, url, Role::ldap),
    at(kCs, "GrpcChannel.ForAddress", 0),
});

// In lower case, without underscores.
constexpr auto kMembers = std::to_array<NamedMember>({
    {"issuerurl", Role::oidc_issuer},
    {"issuerbaseurl", Role::oidc_issuer},
    {"issueruri", Role::oidc_issuer},
    {"oidcissuer", Role::oidc_issuer},
    {"oidcissuerurl", Role::oidc_issuer},
    {"discoveryurl", Role::oidc_issuer},
    {"discoveryendpoint", Role::oidc_issuer},
    {"wellknown", Role::oidc_issuer},
    {"wellknownurl", Role::oidc_issuer},
    {"metadataaddress", Role::oidc_issuer},
    {"metadataurl", Role::oidc_issuer},
    {"authority", Role::oidc_issuer},
    {"jwksuri", Role::jwks},
    {"jwksurl", Role::jwks},
    {"jwkseturi", Role::jwks},
    {"jwkseturl", Role::jwks},
    {"jwksendpoint", Role::jwks},
    {"tokenurl", Role::oauth_token},
    {"tokenuri", Role::oauth_token},
    {"tokenendpoint", Role::oauth_token},
    {"accesstokenurl", Role::oauth_token},
    {"accesstokenuri", Role::oauth_token},
    {"tokenhost", Role::oauth_token},
    {"authorizationurl", Role::oauth_authorization},
    {"authorizationuri", Role::oauth_authorization},
    {"authorizationendpoint", Role::oauth_authorization},
    {"authorizeurl", Role::oauth_authorization},
    {"authurl", Role::oauth_authorization},
    {"userinfourl", Role::oauth_introspection},
    {"userinfoendpoint", Role::oauth_introspection},
    {"introspectionurl", Role::oauth_introspection},
    {"introspectionendpoint", Role::oauth_introspection},
    {"vaultaddr", Role::secret_store},
    {"vaultaddress", Role::secret_store},
    {"vaulturl", Role::secret_store},
    {"vaulturi", Role::secret_store},
    {"ldapurl", Role::ldap},
    {"idpssourl", Role::saml_idp},
    {"servermetadataurl", Role::oidc_issuer},
    {"orgurl", Role::oidc_issuer},
    {"loginurl", Role::oauth_authorization},
    {"redeemurl", Role::oauth_token},
    {"validateurl", Role::oauth_introspection},
    {"profileurl", Role::oauth_introspection},
    {"userprofileurl", Role::oauth_introspection},
    {"userdataurl", Role::oauth_introspection},
});

bool is_word(char c) { return is_ascii_alphanumeric(c) || c == '_'; }

}  // namespace

std::span<const ScriptCall> script_calls(Language language) {
  return language == Language::python ? python_calls() : std::span<const ScriptCall>(kCalls);
}

bool fits(const ScriptCall& row, std::string_view path) {
  if (!path.ends_with(row.path)) return false;
  return path.size() == row.path.size() || path[path.size() - row.path.size() - 1] == '.';
}

const NamedMember* named_member(std::string_view name) {
  std::string plain = ascii_lower(name);
  std::erase(plain, '_');
  const auto found = std::find_if(kMembers.begin(), kMembers.end(), [&](const NamedMember& one) { return one.name == plain; });
  return found == kMembers.end() ? nullptr : &*found;
}

bool names_script_call(std::string_view text, Language language) {
  static const std::array<std::set<std::string_view>, 5> kWords = [] {
    std::array<std::set<std::string_view>, 5> words;
    for (const ScriptCall& row : kCalls) words[static_cast<std::size_t>(row.language)].insert(row.path.substr(row.path.rfind('.') + 1));
    words[0].insert("resolveTxt");
    words[1].insert({"LookupTXT", "TypeTXT", "oauth2"});
    words[2].insert({"getAttributes", "Lookup", "PROVIDER_URL"});
    words[3].insert({"QueryAsync", "Query"});
    words[4].insert(python_words().begin(), python_words().end());
    for (const NamedMember& one : python_settings()) words[4].insert(one.name);
    return words;
  }();
  const std::set<std::string_view>& known = kWords[static_cast<std::size_t>(language)];
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_word(text[at])) ++at;
    const std::string_view word = text.substr(begin, at - begin);
    if (known.contains(word) || (word.size() > 6 && word.size() < 24 && named_member(word) != nullptr)) return true;
  }
  return false;
}

}  // namespace mainstay::script
