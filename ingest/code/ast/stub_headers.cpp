// Sources: the manual page or the reference of each function; the names and the order of the parameters are all that is taken from there.
#include "ingest/code/ast/stub_headers.h"

#include <array>
#include <vector>

#include "ingest/code/ast/stub_of_languages.h"

namespace mainstay::code::ast {
namespace {

constexpr std::string_view kCurl = R"stub(#ifndef MAINSTAY_CURL
#define MAINSTAY_CURL
#ifdef __cplusplus
extern "C" {
#endif
typedef void CURL;
typedef void CURLM;
typedef struct Curl_URL CURLU;
struct curl_slist { char *data; struct curl_slist *next; };
typedef enum { CURLE_OK, CURLE_FAILED_INIT = 2, CURLE_COULDNT_RESOLVE_PROXY = 5, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT,
  CURLE_WRITE_ERROR = 23, CURLE_OUT_OF_MEMORY = 27, CURLE_OPERATION_TIMEDOUT = 28 } CURLcode;
typedef enum { CURLUE_OK } CURLUcode;
typedef enum { CURLUPART_URL, CURLUPART_SCHEME, CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_HOST, CURLUPART_PORT,
  CURLUPART_PATH, CURLUPART_QUERY, CURLUPART_FRAGMENT } CURLUPart;
typedef enum { CURLOPT_NONE, CURLOPT_URL, CURLOPT_RESOLVE, CURLOPT_CONNECT_TO, CURLOPT_DNS_SERVERS, CURLOPT_DNS_CACHE_TIMEOUT, CURLOPT_DOH_URL,
  CURLOPT_CONNECTTIMEOUT, CURLOPT_CONNECTTIMEOUT_MS, CURLOPT_TIMEOUT, CURLOPT_TIMEOUT_MS, CURLOPT_SSL_VERIFYPEER, CURLOPT_SSL_VERIFYHOST,
  CURLOPT_PROXY, CURLOPT_PROXY_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYHOST, CURLOPT_CAINFO, CURLOPT_CAPATH, CURLOPT_WRITEFUNCTION,
  CURLOPT_WRITEDATA, CURLOPT_READFUNCTION, CURLOPT_READDATA, CURLOPT_HEADERFUNCTION, CURLOPT_HEADERDATA, CURLOPT_HTTPHEADER, CURLOPT_POST,
  CURLOPT_POSTFIELDS, CURLOPT_POSTFIELDSIZE, CURLOPT_COPYPOSTFIELDS, CURLOPT_CUSTOMREQUEST, CURLOPT_USERAGENT, CURLOPT_USERPWD,
  CURLOPT_USERNAME, CURLOPT_PASSWORD, CURLOPT_HTTPAUTH, CURLOPT_FOLLOWLOCATION, CURLOPT_MAXREDIRS, CURLOPT_NOSIGNAL, CURLOPT_NOPROGRESS,
  CURLOPT_VERBOSE, CURLOPT_ERRORBUFFER, CURLOPT_FAILONERROR, CURLOPT_HTTPGET, CURLOPT_NOBODY, CURLOPT_SSLCERT, CURLOPT_SSLKEY,
  CURLOPT_SSLVERSION, CURLOPT_REFERER, CURLOPT_COOKIE, CURLOPT_PROTOCOLS, CURLOPT_IPRESOLVE, CURLOPT_PRIVATE, CURLOPT_PORT, CURLOPT_UPLOAD,
  CURLOPT_HEADER, CURLOPT_HTTP_VERSION, CURLOPT_ACCEPT_ENCODING, CURLOPT_UNIX_SOCKET_PATH } CURLoption;
typedef enum { CURLINFO_RESPONSE_CODE = 2097154, CURLINFO_EFFECTIVE_URL = 1048577 } CURLINFO;
CURL *curl_easy_init(void);
CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...);
CURLcode curl_easy_perform(CURL *handle);
CURLcode curl_easy_getinfo(CURL *handle, CURLINFO info, ...);
void curl_easy_cleanup(CURL *handle);
void curl_easy_reset(CURL *handle);
const char *curl_easy_strerror(CURLcode code);
char *curl_easy_escape(CURL *handle, const char *text, int size);
CURLcode curl_global_init(long flags);
struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text);
void curl_slist_free_all(struct curl_slist *list);
CURLU *curl_url(void);
CURLUcode curl_url_set(CURLU *url, CURLUPart part, const char *content, unsigned flags);
char *curl_getenv(const char *name);
char *curl_maprintf(const char *format, ...);
int curl_msnprintf(char *to, size_t size, const char *format, ...);
#define CURL_ERROR_SIZE 256
#define CURL_GLOBAL_DEFAULT 3
#define CURL_GLOBAL_ALL 3
#ifdef __cplusplus
}
#endif
#endif
)stub";

constexpr std::string_view kDirectory = R"stub(#ifndef MAINSTAY_DIRECTORY
#define MAINSTAY_DIRECTORY
#ifdef __cplusplus
extern "C" {
#endif
typedef struct ldap LDAP;
typedef struct ldapmsg LDAPMessage;
struct berval { unsigned long bv_len; char *bv_val; };
int ldap_initialize(LDAP **directory, const char *uri);
LDAP *ldap_init(const char *host, int port);
LDAP *ldap_open(const char *host, int port);
LDAP *ldap_sslinit(const char *host, int port, int is_secure);
LDAP *ldapssl_init(const char *host, int port, int is_secure);
int ldap_set_option(LDAP *directory, int option, const void *value);
int ldap_simple_bind_s(LDAP *directory, const char *who, const char *password);
int ldap_unbind_ext_s(LDAP *directory, void *server, void *client);
enum { LDAP_SUCCESS, LDAP_OPT_PROTOCOL_VERSION = 0x11, LDAP_OPT_URI = 0x5006, LDAP_OPT_TIMEOUT = 0x5002, LDAP_OPT_NETWORK_TIMEOUT = 0x5005,
  LDAP_OPT_X_TLS_REQUIRE_CERT = 0x6006, LDAP_OPT_X_TLS_NEVER = 0, LDAP_VERSION3 = 3, LDAP_PORT = 389, LDAPS_PORT = 636 };
#ifdef __cplusplus
}
#endif
#endif
)stub";

constexpr std::string_view kKerberos = R"stub(#ifndef MAINSTAY_KERBEROS
#define MAINSTAY_KERBEROS
#ifdef __cplusplus
extern "C" {
#endif
typedef int krb5_error_code;
typedef int krb5_int32;
typedef int krb5_boolean;
typedef struct _krb5_context *krb5_context;
typedef struct krb5_principal_data *krb5_principal;
typedef const struct krb5_principal_data *krb5_const_principal;
krb5_error_code krb5_init_context(krb5_context *context);
krb5_error_code krb5_sname_to_principal(krb5_context context, const char *host, const char *service, krb5_int32 type, krb5_principal *result);
krb5_error_code krb5_get_host_realm(krb5_context context, const char *host, char ***realms);
enum { KRB5_NT_SRV_HST = 3 };
#ifdef __cplusplus
}
#endif
#endif
)stub";

constexpr std::string_view kSecurityServices = R"stub(#ifndef MAINSTAY_SECURITYSERVICES
#define MAINSTAY_SECURITYSERVICES
#ifdef __cplusplus
extern "C" {
#endif
typedef unsigned OM_uint32;
typedef struct gss_name_struct *gss_name_t;
typedef struct gss_OID_desc_struct *gss_OID;
typedef struct gss_buffer_desc_struct { size_t length; void *value; } gss_buffer_desc, *gss_buffer_t;
OM_uint32 gss_import_name(OM_uint32 *minor, gss_buffer_t name, gss_OID type, gss_name_t *result);
extern gss_OID GSS_C_NT_HOSTBASED_SERVICE;
#ifdef __cplusplus
}
#endif
#endif
)stub";

constexpr std::string_view kAres = R"stub(#ifndef MAINSTAY_ARES
#define MAINSTAY_ARES
#ifdef __cplusplus
extern "C" {
#endif
typedef struct ares_channeldata *ares_channel;
typedef struct ares_channeldata ares_channel_t;
struct ares_addrinfo; struct ares_addrinfo_hints { int ai_flags, ai_family, ai_socktype, ai_protocol; };
typedef void (*ares_callback)(void *data, int status, int timeouts, unsigned char *answer, int size);
typedef void (*ares_host_callback)(void *data, int status, int timeouts, struct hostent *entry);
typedef void (*ares_addrinfo_callback)(void *data, int status, int timeouts, struct ares_addrinfo *result);
void ares_gethostbyname(ares_channel channel, const char *name, int family, ares_host_callback callback, void *data);
void ares_getaddrinfo(ares_channel channel, const char *name, const char *service, const struct ares_addrinfo_hints *hints, ares_addrinfo_callback callback, void *data);
void ares_query(ares_channel channel, const char *name, int class_, int type, ares_callback callback, void *data);
void ares_search(ares_channel channel, const char *name, int class_, int type, ares_callback callback, void *data);
enum { ARES_SUCCESS, ARES_ENODATA, ARES_ENOTFOUND = 4, ARES_ETIMEOUT = 12 };
#ifdef __cplusplus
}
#endif
#endif
)stub";

constexpr std::string_view kOpenssl = R"stub(#ifndef MAINSTAY_OPENSSL
#define MAINSTAY_OPENSSL
#ifdef __cplusplus
extern "C" {
#endif
typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;
typedef struct bio_st BIO;
typedef struct x509_store_ctx_st X509_STORE_CTX;
typedef int (*SSL_verify_cb)(int is_good, X509_STORE_CTX *context);
void SSL_CTX_set_verify(SSL_CTX *context, int mode, SSL_verify_cb callback);
void SSL_set_verify(SSL *ssl, int mode, SSL_verify_cb callback);
BIO *BIO_new_connect(const char *host_and_port);
long BIO_set_conn_hostname(BIO *bio, const char *name);
int SSL_set1_host(SSL *ssl, const char *host);
enum { SSL_VERIFY_NONE, SSL_VERIFY_PEER, SSL_VERIFY_FAIL_IF_NO_PEER_CERT };
#ifdef __cplusplus
}
#endif
#endif
)stub";

constexpr std::string_view kAmazon = R"stub(#ifndef MAINSTAY_AMAZON
#define MAINSTAY_AMAZON
namespace Aws {
typedef std::string String;
namespace Client { struct ClientConfiguration { String region, endpointOverride; long connectTimeoutMs, requestTimeoutMs; bool verifySSL; }; }
namespace Auth { class AWSCredentialsProvider; class AWSCredentials { public: AWSCredentials(const String &id, const String &secret); }; }
namespace Region { extern const char *const EU_WEST_1, *const EU_CENTRAL_1, *const US_EAST_1, *const US_EAST_2, *const US_WEST_2; }
template <class T, class... A> std::shared_ptr<T> MakeShared(const char *tag, A &&...arguments);
#define MAINSTAY_CLIENT(space, name) namespace space { class name { public: name(); name(const Client::ClientConfiguration &c); \
  template <class A, class... B> name(const A &credentials, B &&...rest); }; }
MAINSTAY_CLIENT(STS, STSClient)
MAINSTAY_CLIENT(SecretsManager, SecretsManagerClient)
MAINSTAY_CLIENT(KMS, KMSClient)
MAINSTAY_CLIENT(SSM, SSMClient)
MAINSTAY_CLIENT(CognitoIdentity, CognitoIdentityClient)
MAINSTAY_CLIENT(CognitoIdentityProvider, CognitoIdentityProviderClient)
#undef MAINSTAY_CLIENT
}
#endif
)stub";

constexpr std::string_view kAzure = R"stub(#ifndef MAINSTAY_AZURE
#define MAINSTAY_AZURE
namespace Azure {
namespace Core { namespace Credentials { class TokenCredential {}; } }
namespace Identity {
class ClientSecretCredential : public Core::Credentials::TokenCredential { public: template <class... A> ClientSecretCredential(A &&...arguments); };
class ClientCertificateCredential : public Core::Credentials::TokenCredential { public: template <class... A> ClientCertificateCredential(A &&...arguments); };
class ClientAssertionCredential : public Core::Credentials::TokenCredential { public: template <class... A> ClientAssertionCredential(A &&...arguments); };
class WorkloadIdentityCredential : public Core::Credentials::TokenCredential { public: template <class... A> WorkloadIdentityCredential(A &&...arguments); };
class ManagedIdentityCredential : public Core::Credentials::TokenCredential { public: template <class... A> ManagedIdentityCredential(A &&...arguments); };
}
namespace Security { namespace KeyVault {
namespace Secrets { class SecretClient { public: template <class... A> SecretClient(const std::string &vault, A &&...arguments); }; }
namespace Keys { class KeyClient { public: template <class... A> KeyClient(const std::string &vault, A &&...arguments); }; }
namespace Certificates { class CertificateClient { public: template <class... A> CertificateClient(const std::string &vault, A &&...arguments); }; }
} }
}
#endif
)stub";

constexpr std::string_view kGrpc = R"stub(#ifndef MAINSTAY_GRPC
#define MAINSTAY_GRPC
namespace grpc {
class Channel {};
class ChannelCredentials {};
class ChannelArguments {};
std::shared_ptr<ChannelCredentials> InsecureChannelCredentials();
struct SslCredentialsOptions { std::string pem_root_certs; };
std::shared_ptr<ChannelCredentials> SslCredentials(const SslCredentialsOptions &options);
std::shared_ptr<Channel> CreateChannel(const std::string &target, const std::shared_ptr<ChannelCredentials> &credentials);
std::shared_ptr<Channel> CreateCustomChannel(const std::string &target, const std::shared_ptr<ChannelCredentials> &credentials, const ChannelArguments &arguments);
}
#endif
)stub";

constexpr std::string_view kAsio = R"stub(#ifndef MAINSTAY_ASIO
#define MAINSTAY_ASIO
namespace boost { namespace system { struct error_code { explicit operator bool() const; }; }
namespace asio {
class io_context { public: io_context(); void run(); };
typedef io_context io_service;
namespace ip {
#define MAINSTAY_PROTOCOL(name) class name { public: static name v4(); static name v6(); \
  struct endpoint {}; class socket { public: explicit socket(io_context &io); }; \
  class resolver { public: struct results_type { const endpoint *begin() const; const endpoint *end() const; }; \
    class query { public: template <class... A> query(A &&...arguments); }; \
    template <class E> explicit resolver(E &&executor); \
    template <class... A> results_type resolve(A &&...arguments); \
    template <class... A> void async_resolve(A &&...arguments); }; };
MAINSTAY_PROTOCOL(tcp)
MAINSTAY_PROTOCOL(udp)
#undef MAINSTAY_PROTOCOL
}
namespace ssl { enum { verify_none, verify_peer }; class context { public: enum method { tls_client, sslv23 }; explicit context(method m); void set_verify_mode(int mode); };
  using context_base = context; }
} }
namespace asio = boost::asio;
#endif
)stub";

constexpr std::string_view kQt = R"stub(#ifndef MAINSTAY_QT
#define MAINSTAY_QT
class QByteArray { public: QByteArray(); QByteArray(const char *text); const char *data() const; const char *constData() const; };
class QString { public: QString(); QString(const char *text); QString arg(const QString &value) const; QString arg(int value) const; QByteArray toUtf8() const; std::string toStdString() const;
  static QString fromUtf8(const char *text); static QString fromLatin1(const char *text); static QString fromStdString(const std::string &text); QString &operator+=(const QString &more); bool isEmpty() const; };
QString operator+(const QString &a, const QString &b);
QString operator+(const QString &a, const char *b);
QString operator+(const char *a, const QString &b);
class QLatin1String { public: explicit QLatin1String(const char *text); operator QString() const; };
inline QString QStringLiteral(const char *text);
QString qEnvironmentVariable(const char *name);
QString qEnvironmentVariable(const char *name, const QString &otherwise);
QByteArray qgetenv(const char *name);
class QObject {};
class QUrl { public: QUrl(); QUrl(const QString &text); static QUrl fromUserInput(const QString &text); QString toString() const; };
class QHostInfo { public: template <class... A> static int lookupHost(const QString &name, A &&...arguments); static QHostInfo fromName(const QString &name); };
class QNetworkRequest { public: QNetworkRequest(); explicit QNetworkRequest(const QUrl &url); void setTransferTimeout(int milliseconds); };
class QAbstractSocket { public: void connectToHost(const QString &host, unsigned short port); };
class QTcpSocket : public QAbstractSocket { public: QTcpSocket(); explicit QTcpSocket(QObject *parent); };
class QSslSocket : public QTcpSocket { public: enum PeerVerifyMode { VerifyNone, QueryPeer, VerifyPeer, AutoVerifyPeer }; void connectToHostEncrypted(const QString &host, unsigned short port); void setPeerVerifyMode(PeerVerifyMode mode); };
#endif
)stub";

constexpr std::string_view kFmt = R"stub(#ifndef MAINSTAY_FMT
#define MAINSTAY_FMT
namespace fmt {
template <class... A> std::string format(std::string_view shape, const A &...arguments);
std::string_view runtime(std::string_view shape);
template <class... A> void print(std::string_view shape, const A &...arguments);
}
#endif
)stub";

constexpr std::string_view kAbseil = R"stub(#ifndef MAINSTAY_ABSEIL
#define MAINSTAY_ABSEIL
namespace absl {
typedef std::string_view string_view;
template <class... A> std::string StrCat(const A &...arguments);
template <class... A> std::string StrFormat(std::string_view shape, const A &...arguments);
}
#endif
)stub";

constexpr auto kLibraries = std::to_array<StubHeader>({
    {"curl/curl.h", kCurl},
    {"curl/easy.h", kCurl},
    {"ldap.h", kDirectory},
    {"krb5.h", kKerberos},
    {"krb5/krb5.h", kKerberos},
    {"gssapi.h", kSecurityServices},
    {"gssapi/gssapi.h", kSecurityServices},
    {"gssapi/gssapi_krb5.h", kSecurityServices},
    {"ares.h", kAres},
    {"openssl/ssl.h", kOpenssl},
    {"openssl/bio.h", kOpenssl},
    {"aws/sts/STSClient.h", kAmazon},
    {"aws/secretsmanager/SecretsManagerClient.h", kAmazon},
    {"aws/kms/KMSClient.h", kAmazon},
    {"aws/ssm/SSMClient.h", kAmazon},
    {"aws/cognito-identity/CognitoIdentityClient.h", kAmazon},
    {"aws/cognito-idp/CognitoIdentityProviderClient.h", kAmazon},
    {"aws/core/Aws.h", kAmazon},
    {"azure/identity.hpp", kAzure},
    {"azure/keyvault/secrets.hpp", kAzure},
    {"azure/keyvault/keys.hpp", kAzure},
    {"azure/keyvault/certificates.hpp", kAzure},
    {"azure/security/keyvault/secrets.hpp", kAzure},
    {"grpcpp/grpcpp.h", kGrpc},
    {"grpcpp/create_channel.h", kGrpc},
    {"grpc++/grpc++.h", kGrpc},
    {"boost/asio.hpp", kAsio},
    {"boost/asio/ip/tcp.hpp", kAsio},
    {"boost/asio/ssl.hpp", kAsio},
    {"boost/asio/io_context.hpp", kAsio},
    {"asio.hpp", kAsio},
    {"QtNetwork", kQt},
    {"QString", kQt},
    {"QUrl", kQt},
    {"QHostInfo", kQt},
    {"QtNetwork/QHostInfo", kQt},
    {"QNetworkRequest", kQt},
    {"QtNetwork/QNetworkRequest", kQt},
    {"QTcpSocket", kQt},
    {"QSslSocket", kQt},
    {"fmt/format.h", kFmt},
    {"fmt/core.h", kFmt},
    {"absl/strings/str_cat.h", kAbseil},
    {"absl/strings/str_format.h", kAbseil},
});

std::vector<StubHeader> made() {
  std::vector<StubHeader> headers = {{"mainstay.h", stub_of_languages()}};
  for (const std::string_view name : headers_of_languages()) headers.push_back({name, {}});
  headers.insert(headers.end(), kLibraries.begin(), kLibraries.end());
  return headers;
}

}  // namespace

std::span<const StubHeader> stub_headers() {
  static const std::vector<StubHeader> kHeaders = made();
  return kHeaders;
}

}  // namespace mainstay::code::ast
