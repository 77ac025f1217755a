// A table of constants: sources are the manual page or the reference of the function that the row names.
#include "ingest/code/known_calls.h"

#include <algorithm>
#include <array>
#include <map>

#include "graph/values/ascii.h"

namespace mainstay::code {
namespace {

using enum Takes;

constexpr std::string_view kAny = KnownCall::kAnyScope;
constexpr std::string_view kSome = KnownCall::kSomeScope;

constexpr KnownCall c(std::string_view name, int argument, Takes takes = host, std::optional<Role> role = {}) {
  return {.name = name, .scope = {}, .argument = argument, .takes = takes, .role = role};
}
constexpr KnownCall with_service(std::string_view name, int argument, int service) {
  return {.name = name, .scope = {}, .argument = argument, .takes = host, .service = service};
}
constexpr KnownCall member(std::string_view name, std::string_view scope, int argument, Takes takes = host, int service = -1) {
  return {.name = name, .scope = scope, .argument = argument, .takes = takes, .service = service};
}
constexpr KnownCall type(std::string_view name, std::string_view scope, int argument, Takes takes = url, std::optional<Role> role = {}) {
  return {.name = name, .scope = scope, .argument = argument, .takes = takes, .role = role, .is_type = true};
}
constexpr KnownCall aws(std::string_view name, std::string_view service, Role role) {
  return {.name = name, .scope = "Aws", .argument = -1, .takes = region, .role = role, .is_type = true, .host = service};
}
constexpr KnownCall asks(std::string_view name, std::string_view scope, std::string_view asked, Role role, bool is_type) {
  return {.name = name, .scope = scope, .argument = -1, .takes = nothing, .role = role, .is_type = is_type, .host = asked};
}

constexpr auto sorted = [](auto rows) {
  std::sort(rows.begin(), rows.end(), [](const KnownCall& a, const KnownCall& b) { return a.name < b.name; });
  return rows;
};

constexpr auto kCalls = sorted(std::to_array<KnownCall>({
    // POSIX and BSD resolvers
    with_service("getaddrinfo", 0, 1),
    with_service("getaddrinfo_a", 0, -1),
    c("gethostbyname", 0),
    c("gethostbyname2", 0),
    c("gethostbyname_r", 0),
    c("gethostbyname2_r", 0),
    c("res_query", 0),
    c("res_search", 0),
    c("res_nquery", 1),
    c("res_nsearch", 1),
    c("res_querydomain", 0),
    // libraries of resolvers
    c("ares_gethostbyname", 1),
    with_service("ares_getaddrinfo", 1, 2),
    c("ares_query", 1),
    c("ares_search", 1),
    c("ares_query_dnsrec", 1),
    c("ldns_dname_new_frm_str", 0),
    c("getdns_address", 1),
    c("getdns_address_sync", 1),
    c("getdns_general", 1),
    c("getdns_general_sync", 1),
    c("getdns_service", 1),
    c("getdns_service_sync", 1),
    c("ub_resolve", 1),
    c("ub_resolve_async", 1),
    c("evdns_base_resolve_ipv4", 1),
    with_service("evdns_getaddrinfo", 1, 2),
    with_service("uv_getaddrinfo", 3, 4),
    c("g_resolver_lookup_by_name", 1),
    c("g_resolver_lookup_by_name_async", 1),
    c("g_network_address_new", 0),
    c("g_socket_client_connect_to_host", 1),
    c("DnsQuery_A", 0),
    c("DnsQuery_W", 0),
    c("DnsQuery_UTF8", 0),
    with_service("GetAddrInfoW", 0, 1),
    // clients of the web
    c("curl_easy_setopt", 2, option),
    c("curl_url_set", 2, option),
    c("soup_message_new", 1, url),
    c("WinHttpConnect", 1),
    c("InternetOpenUrlA", 1, url),
    c("InternetOpenUrlW", 1, url),
    c("BIO_new_connect", 0, url),
    c("BIO_set_conn_hostname", 1, url),
    type("Url", "cpr", 0),
    type("Client", "httplib", 0),
    type("SSLClient", "httplib", 0),
    type("HTTPSClientSession", "Poco", 0),
    type("HTTPClientSession", "Poco", 0),
    type("http_client", "web", 0),
    type("QNetworkRequest", kAny, 0),
    member("lookupHost", "QHostInfo", 0),
    member("fromName", "QHostInfo", 0),
    member("connectToHost", kSome, 0, host, 1),
    member("connectToHostEncrypted", kSome, 0, host, 1),
    member("resolve", "resolver", 0, host, 1),
    member("async_resolve", "resolver", 0, host, 1),
    type("query", "resolver", 0, host),
    // directories and Kerberos
    c("ldap_initialize", 1, url, Role::ldap),
    c("ldap_init", 0, host, Role::ldap),
    c("ldap_initA", 0, host, Role::ldap),
    c("ldap_initW", 0, host, Role::ldap),
    c("ldap_open", 0, host, Role::ldap),
    c("ldap_sslinit", 0, host, Role::ldap),
    c("ldap_sslinitA", 0, host, Role::ldap),
    c("ldap_sslinitW", 0, host, Role::ldap),
    c("ldapssl_init", 0, host, Role::ldap),
    c("krb5_sname_to_principal", 1),
    c("krb5_get_host_realm", 1),
    c("gss_import_name", 1, service_name),
    // clients of the clouds
    aws("STSClient", "sts", Role::sts),
    aws("SecretsManagerClient", "secretsmanager", Role::secret_store),
    aws("KMSClient", "kms", Role::kms),
    aws("SSMClient", "ssm", Role::secret_store),
    aws("CognitoIdentityClient", "cognito-identity", Role::sts),
    aws("CognitoIdentityProviderClient", "cognito-idp", Role::oidc_issuer),
    asks("ClientSecretCredential", "Azure", "login.microsoftonline.com", Role::sts, true),
    asks("ClientCertificateCredential", "Azure", "login.microsoftonline.com", Role::sts, true),
    asks("ClientAssertionCredential", "Azure", "login.microsoftonline.com", Role::sts, true),
    asks("WorkloadIdentityCredential", "Azure", "login.microsoftonline.com", Role::sts, true),
    asks("ManagedIdentityCredential", "Azure", "169.254.169.254", Role::imds, true),
    type("SecretClient", "Azure", 0, url, Role::secret_store),
    type("KeyClient", "Azure", 0, url, Role::kms),
    type("CertificateClient", "Azure", 0, url, Role::secret_store),
    asks("MakeSecretManagerServiceConnection", kAny, "secretmanager.googleapis.com", Role::secret_store, false),
    asks("MakeKeyManagementServiceConnection", kAny, "cloudkms.googleapis.com", Role::kms, false),
    asks("MakeIAMCredentialsConnection", kAny, "iamcredentials.googleapis.com", Role::sts, false),
    // remote procedure calls
    member("CreateChannel", "grpc", 0, url),
    member("CreateCustomChannel", "grpc", 0, url),
    c("grpc_insecure_channel_create", 0, url),
    c("grpc_channel_create", 0, url),
    // who is believed
    c("SSL_CTX_set_verify", 1, verify),
    c("SSL_set_verify", 1, verify),
    member("setPeerVerifyMode", kSome, 0, verify),
    member("set_verify_mode", kSome, 0, verify),
}));

/// For each first letter, the lengths of the names that begin with it, as bits: most words of a text are none of them.
constexpr auto kLengths = [] {
  std::array<std::uint64_t, 128> lengths{};
  for (const KnownCall& row : kCalls) lengths[static_cast<unsigned char>(row.name[0])] |= std::uint64_t{1} << row.name.size();
  return lengths;
}();

bool may_be_name(std::string_view word) {
  return word.size() < 64 && (kLengths[static_cast<unsigned char>(word[0]) & 127] >> word.size() & 1) != 0;
}

}  // namespace

std::span<const KnownCall> known_calls() { return kCalls; }

std::span<const KnownCall> known_calls(std::string_view name) {
  const auto rows = std::equal_range(kCalls.begin(), kCalls.end(), KnownCall{.name = name, .scope = {}},
                                     [](const KnownCall& a, const KnownCall& b) { return a.name < b.name; });
  return {rows.first, rows.second};
}

bool names_known_call(std::string_view text) {
  constexpr auto kWord = [] {
    std::array<bool, 256> word{};
    for (int c = 0; c < 128; ++c) word[static_cast<std::size_t>(c)] = is_ascii_alphanumeric(static_cast<char>(c)) || c == '_';
    return word;
  }();
  const auto is_word = [&](char one) { return kWord[static_cast<unsigned char>(one)]; };
  std::map<std::string_view, bool> scopes;  // whether the text has them
  const auto may_be = [&](const KnownCall& row) {
    if (row.scope.size() < 2) return true;
    const auto [at, is_new] = scopes.emplace(row.scope, false);
    if (is_new) at->second = text.find(row.scope) != std::string_view::npos;
    return at->second;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_word(text[at])) ++at;
    const std::string_view word = text.substr(begin, at - begin);
    if (word == "CURLOPT_URL" || word == "CURLUPART_URL") return true;  // the call may stand in a macro of a header
    if (!may_be_name(word)) continue;
    const std::span<const KnownCall> rows = known_calls(word);
    if (std::any_of(rows.begin(), rows.end(), may_be)) return true;
  }
  return false;
}

int result_argument(std::string_view name) { return name == "getaddrinfo" ? 3 : -1; }

}  // namespace mainstay::code
