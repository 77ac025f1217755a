// Tables of constants: sources are the reference of the library that the row names.
#include "ingest/code/script/known_python_calls.h"

#include <array>

namespace mainstay::script {
namespace {

using enum Names;
constexpr Language kPy = Language::python;

constexpr ScriptCall at(std::string_view path, int argument, std::string_view key, Names names = url, std::optional<Role> role = {}) {
  return {.language = kPy, .path = path, .argument = argument, .names = names, .role = role, .key = key};
}
constexpr ScriptCall with_port(std::string_view path, int argument, std::string_view key, int port, std::optional<Role> role = {}) {
  return {.language = kPy, .path = path, .argument = argument, .names = host, .role = role, .key = key, .port = port};
}
constexpr ScriptCall aws(std::string_view path, std::string_view service, Role role) {
  return {.language = kPy,
          .path = path,
          .argument = -1,
          .names = region,
          .role = role,
          .key = "service_name",
          .host = service,
          .first = service};
}
constexpr ScriptCall asks(std::string_view path, std::string_view asked, Role role) {
  return {.language = kPy, .path = path, .argument = -1, .names = fixed, .role = role, .host = asked};
}

constexpr auto kCalls = std::to_array<ScriptCall>({
    // Clients of the web
    at("requests.get", 0, "url"),
    at("requests.post", 0, "url"),
    at("requests.put", 0, "url"),
    at("requests.patch", 0, "url"),
    at("requests.delete", 0, "url"),
    at("requests.head", 0, "url"),
    at("requests.options", 0, "url"),
    at("requests.request", 1, "url"),
    at("httpx.get", 0, "url"),
    at("httpx.post", 0, "url"),
    at("httpx.put", 0, "url"),
    at("httpx.patch", 0, "url"),
    at("httpx.delete", 0, "url"),
    at("httpx.head", 0, "url"),
    at("httpx.options", 0, "url"),
    at("httpx.request", 1, "url"),
    at("httpx.stream", 1, "url"),
    at("httpx.Client", -1, "base_url"),
    at("httpx.AsyncClient", -1, "base_url"),
    at("aiohttp.ClientSession", 0, "base_url", web_url),
    with_port("HTTPSConnection", 0, "host", 1),
    with_port("HTTPConnection", 0, "host", 1),
    // Sign-in
    at("fetch_token", 0, "token_url|url", web_url, Role::oauth_token),
    at("refresh_token", 0, "token_url|url", web_url, Role::oauth_token),
    at("fetch_access_token", 0, "url", web_url, Role::oauth_token),
    at("introspect_token", 0, "url", web_url, Role::oauth_introspection),
    at("revoke_token", 0, "url", web_url, Role::oauth_token),
    at("authorization_url", 0, "url", web_url, Role::oauth_authorization),
    at("create_authorization_url", 0, "url", web_url, Role::oauth_authorization),
    at("PyJWKClient", 0, "uri", url, Role::jwks),
    at("AsymmetricSignatureVerifier", 0, "jwks_url", url, Role::jwks),
    at("provider_config", 0, "issuer", web_url, Role::oidc_issuer),
    at("ProviderConfiguration", 0, "issuer", web_url, Role::oidc_issuer),
    at("KeycloakOpenID", 0, "server_url", url, Role::oidc_issuer),
    at("KeycloakAdmin", 0, "server_url", url, Role::oidc_issuer),
    at("KeycloakOpenIDConnection", 0, "server_url", url, Role::oidc_issuer),
    at("JWTVerifier", 0, "issuer", web_url, Role::oidc_issuer),
    at("AccessTokenVerifier", 0, "issuer", web_url, Role::oidc_issuer),
    at("IDTokenVerifier", 0, "issuer", web_url, Role::oidc_issuer),
    at("GetToken", 0, "domain", host, Role::oauth_token),
    at("auth0.management.Auth0", 0, "domain", host, Role::oidc_issuer),
    asks("ConfidentialClientApplication", "login.microsoftonline.com", Role::sts),
    asks("PublicClientApplication", "login.microsoftonline.com", Role::sts),
    asks("ClientSecretCredential", "login.microsoftonline.com", Role::sts),
    asks("CertificateCredential", "login.microsoftonline.com", Role::sts),
    asks("WorkloadIdentityCredential", "login.microsoftonline.com", Role::sts),
    asks("UsernamePasswordCredential", "login.microsoftonline.com", Role::sts),
    asks("ManagedIdentityCredential", "169.254.169.254", Role::imds),
    at("SecretClient", 0, "vault_url", url, Role::secret_store),
    at("CertificateClient", 0, "vault_url", url, Role::secret_store),
    at("KeyClient", 0, "vault_url", url, Role::kms),
    asks("SecretManagerServiceClient", "secretmanager.googleapis.com", Role::secret_store),
    asks("SecretManagerServiceAsyncClient", "secretmanager.googleapis.com", Role::secret_store),
    asks("KeyManagementServiceClient", "cloudkms.googleapis.com", Role::kms),
    asks("verify_oauth2_token", "www.googleapis.com", Role::jwks),
    asks("verify_firebase_token", "www.googleapis.com", Role::jwks),
    asks("service_account.Credentials.from_service_account_file", "oauth2.googleapis.com", Role::oauth_token),
    asks("service_account.Credentials.from_service_account_info", "oauth2.googleapis.com", Role::oauth_token),
    asks("compute_engine.Credentials", "metadata.google.internal", Role::imds),
    asks("compute_engine.IDTokenCredentials", "metadata.google.internal", Role::imds),
    at("hvac.Client", 0, "url", url, Role::secret_store),
    at("hvac.AsyncClient", 0, "url", url, Role::secret_store),
    // Directories
    with_port("ldap3.Server", 0, "host", 1, Role::ldap),
    at("ldap.initialize", 0, "uri", url, Role::ldap),
    at("LDAPObject", 0, "uri", url, Role::ldap),
    at("SimpleLDAPObject", 0, "uri", url, Role::ldap),
    at("ReconnectLDAPObject", 0, "uri", url, Role::ldap),
    at("bonsai.LDAPClient", 0, "url", url, Role::ldap),
    // Amazon
    aws("client", "sts", Role::sts),
    aws("create_client", "sts", Role::sts),
    aws("client", "secretsmanager", Role::secret_store),
    aws("create_client", "secretsmanager", Role::secret_store),
    aws("client", "kms", Role::kms),
    aws("create_client", "kms", Role::kms),
    aws("client", "ssm", Role::secret_store),
    aws("create_client", "ssm", Role::secret_store),
    aws("client", "cognito-idp", Role::oidc_issuer),
    aws("create_client", "cognito-idp", Role::oidc_issuer),
    aws("client", "cognito-identity", Role::sts),
    aws("create_client", "cognito-identity", Role::sts),
    aws("client", "acm-pca", Role::certificate_authority),
    aws("create_client", "acm-pca", Role::certificate_authority),
    // The resolver, and connections
    at("getaddrinfo", 0, "host", host),
    at("gethostbyname", 0, "hostname", host),
    at("gethostbyname_ex", 0, "hostname", host),
    with_port("asyncio.open_connection", 0, "host", 1),
    with_port("loop.create_connection", 1, "host", 2),
    at("create_connection", 0, "address", pair),
    at("connect", 0, "", pair),
    at("dns.resolver.resolve", 0, "qname", host),
    at("dns.resolver.query", 0, "qname", host),
    at("dns.asyncresolver.resolve", 0, "qname", host),
    at("resolver.resolve", 0, "qname", host),
    at("resolver.query", 0, "qname", host),
    at("resolve_name", 0, "name", host),
    at("grpc.insecure_channel", 0, "target"),
    at("grpc.aio.insecure_channel", 0, "target"),
    at("grpc.secure_channel", 0, "target"),
    at("grpc.aio.secure_channel", 0, "target"),
    at("kubernetes.client.Configuration", -1, "host", web_url),
    // Methods of clients that are not told apart
    at("get", 0, "url", web_url),
    at("post", 0, "url", web_url),
    at("put", 0, "url", web_url),
    at("patch", 0, "url", web_url),
    at("delete", 0, "url", web_url),
    at("head", 0, "url", web_url),
    at("options", 0, "url", web_url),
    at("ws_connect", 0, "url", web_url),
    at("fetch", 0, "url", web_url),
    at("urlopen", 0, "url", web_url),
    at("urlretrieve", 0, "url", web_url),
    at("request", 1, "url", web_url),
    at("stream", 1, "url", web_url),
    at("Request", 0, "url", web_url),
    at("Request", 1, "url", web_url),
    at("request", 0, "uri|url", web_url),
    at("ServerProxy", 0, "uri", web_url),
    at("Client", 0, "url|base_url", web_url),
});

constexpr auto kWords = std::to_array<std::string_view>({
    "requests",
    "httpx",
    "aiohttp",
    "urllib",
    "urllib2",
    "urllib3",
    "urlopen",
    "httplib2",
    "HTTPConnection",
    "HTTPSConnection",
    "boto3",
    "botocore",
    "aioboto3",
    "aiobotocore",
    "msal",
    "azure",
    "hvac",
    "ldap3",
    "ldap",
    "bonsai",
    "kubernetes",
    "okta",
    "okta_jwt_verifier",
    "keycloak",
    "auth0",
    "jwt",
    "authlib",
    "oauthlib",
    "requests_oauthlib",
    "oauth2",
    "secretmanager",
    "kms",
    "compute_engine",
    "getaddrinfo",
    "gethostbyname",
    "gethostbyname_ex",
    "create_connection",
    "open_connection",
    "resolver",
    "grpc",
    "ServerProxy",
    "tornado",
    "xmlrpc",
    "socket",
});

// In upper case, as they are written. Sources: mozilla-django-oidc, django-auth-ldap, Flask-AppBuilder, python-social-auth.
constexpr auto kSettings = std::to_array<NamedMember>({
    {"OIDC_OP_AUTHORIZATION_ENDPOINT", Role::oauth_authorization},
    {"OIDC_OP_TOKEN_ENDPOINT", Role::oauth_token},
    {"OIDC_OP_USER_ENDPOINT", Role::oauth_introspection},
    {"OIDC_OP_JWKS_ENDPOINT", Role::jwks},
    {"OIDC_OP_DISCOVERY_ENDPOINT", Role::oidc_issuer},
    {"AUTH_LDAP_SERVER_URI", Role::ldap},
    {"AUTH_LDAP_SERVER", Role::ldap},
    {"SOCIAL_AUTH_OIDC_OIDC_ENDPOINT", Role::oidc_issuer},
    {"SOCIAL_AUTH_KEYCLOAK_AUTHORIZATION_URL", Role::oauth_authorization},
    {"SOCIAL_AUTH_KEYCLOAK_ACCESS_TOKEN_URL", Role::oauth_token},
});

}  // namespace

std::span<const ScriptCall> python_calls() { return kCalls; }
std::span<const std::string_view> python_words() { return kWords; }
std::span<const NamedMember> python_settings() { return kSettings; }

}  // namespace mainstay::script
