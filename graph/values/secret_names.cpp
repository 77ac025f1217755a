#include <algorithm>
#include <string>

#include "graph/values/ascii.h"
#include "graph/values/redaction.h"

namespace mainstay {
namespace {

/// The key's letters and digits in lower case: "DB_Password", "dbPassword" and "db.password" are one.
std::string flattened(std::string_view key) {
  std::string flat;
  for (const char c : key) {
    if (is_ascii_alphanumeric(c)) flat += ascii_lower(c);
  }
  return flat;
}

// Wherever in the key.
constexpr std::string_view kWords[] = {"password",      "passwd",     "passphrase", "secretkey", "clientsecret", "apikey",
                                       "privatekey",    "accesskey",  "credential", "sharedkey", "sharedsecret", "accountkey",
                                       "encryptionkey", "signingkey", "hmackey",    "masterkey", "authkey",      "secretaccess"};
// Only at its end: a secret's or token's name, path or address is no secret.
constexpr std::string_view kEnds[] = {"secret", "token", "pass", "pw", "psk", "pwd", "tlskey", "sshkey", "rootkey"};
constexpr std::string_view kWhole[] = {"authorization", "proxyauthorization", "cookie", "setcookie", "sig", "encrypt",
                                       "idrsa",         "ided25519"};
// Directives and words that end like a secret and hold none.
constexpr std::string_view kNot[] = {"proxypass", "fastcgipass", "uwsgipass", "scgipass", "grpcpass", "memcachedpass", "bypass", "compass"};
// What a secret is kept in or called by, or what is said about it.
constexpr std::string_view kAbout[] = {"file",   "path", "dir",    "name",    "arn",     "ref", "policy",
                                       "length", "ttl",  "expiry", "version", "enabled", "type"};

template <std::size_t kSize>
bool ends_with_any(std::string_view flat, const std::string_view (&ends)[kSize]) {
  return std::any_of(std::begin(ends), std::end(ends), [&](std::string_view end) { return flat.ends_with(end); });
}

}  // namespace

bool names_a_secret(std::string_view key) {
  const std::string flat = flattened(key);
  if (ends_with_any(flat, kNot) || ends_with_any(flat, kAbout)) return false;
  if (ends_with_any(flat, kEnds) || std::find(std::begin(kWhole), std::end(kWhole), flat) != std::end(kWhole)) return true;
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) { return flat.find(word) != std::string::npos; });
}

}  // namespace mainstay
