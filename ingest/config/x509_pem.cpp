// X.509 certificates in PEM: names and life, never keys.
#include <fmt/format.h>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <memory>

#include "graph/values/ascii.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester x509_pem;

namespace {

constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
constexpr std::string_view kEnd = "-----END CERTIFICATE-----";
constexpr std::size_t kMostCertificates = 2000;             // of one file
constexpr std::size_t kMostOctets = std::size_t{64} << 10;  // of one certificate
constexpr std::size_t kMostNames = 200;

struct Free {
  void operator()(BIO* one) const { BIO_free(one); }
  void operator()(X509* one) const { X509_free(one); }
  void operator()(GENERAL_NAMES* one) const { GENERAL_NAMES_free(one); }
  void operator()(unsigned char* one) const { OPENSSL_free(one); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Claim claims(std::string_view name, std::string_view head) {
  constexpr std::string_view kEndings[] = {".pem", ".crt", ".cer", ".cert", ".ca-bundle"};
  const auto ends = [&](std::string_view ending) { return name.ends_with(ending); };
  if (head.starts_with(kBegin)) return Claim::by_content;
  const bool is_named = std::any_of(std::begin(kEndings), std::end(kEndings), ends);
  return is_named && head.find(kBegin) != std::string_view::npos ? Claim::by_content : Claim::no;
}

/// Printable ASCII of a string of ASN.1; nothing for what holds anything else, a zero octet for one.
std::string text_of(const ASN1_STRING* string) {
  if (string == nullptr) return {};
  unsigned char* octets = nullptr;
  const int size = ASN1_STRING_to_UTF8(&octets, string);
  const Owned<unsigned char> owned(octets);
  if (size <= 0) return {};
  const std::string_view text(reinterpret_cast<const char*>(octets), static_cast<std::size_t>(size));
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  return is_plain ? std::string(text) : std::string();
}

std::string entry_of(const X509_NAME* name, int kind) {
  const int at = X509_NAME_get_index_by_NID(name, kind, -1);
  return at < 0 ? std::string() : text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
}

std::vector<std::string> names_of(X509* certificate) {
  std::vector<std::string> names;
  const Owned<GENERAL_NAMES> others(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int at = 0; others && at < sk_GENERAL_NAME_num(others.get()) && names.size() < kMostNames; ++at) {
    const GENERAL_NAME* one = sk_GENERAL_NAME_value(others.get(), at);
    if (one->type != GEN_DNS) continue;
    if (std::string text = ascii_lower(text_of(one->d.dNSName)); !text.empty()) names.push_back(std::move(text));
  }
  if (names.empty()) {
    if (std::string common = entry_of(X509_get_subject_name(certificate), NID_commonName); !common.empty())
      names.push_back(std::move(common));
  }
  return names;
}

/// RFC 3339 in UTC; empty for a time that is none.
std::string time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                     parts.tm_min, parts.tm_sec);
}

void read_one(Unit& unit, std::string_view text, Location where) {
  const Owned<BIO> memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const Owned<X509> certificate(memory ? PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr) : nullptr);
  ERR_clear_error();
  if (!certificate) return unit.error(where, "the certificate cannot be read", "it is cut off, or was changed by an editor");
  Certificate fact{.names = names_of(certificate.get()),
                   .not_before = time_of(X509_get0_notBefore(certificate.get())),
                   .not_after = time_of(X509_get0_notAfter(certificate.get())),
                   .issuer = entry_of(X509_get_issuer_name(certificate.get()), NID_commonName),
                   .reasons = {unit.declared(where)}};
  ERR_clear_error();
  if (fact.not_after.empty()) unit.warning(where, "the certificate says no end that is a time", "");
  unit.add(std::move(fact));
}

void read(Unit& unit) {
  const std::string_view text = unit.source().bytes();
  std::size_t count = 0;
  for (std::size_t at = text.find(kBegin); at != std::string_view::npos; at = text.find(kBegin, at + kBegin.size())) {
    const Location where{SourceId{}, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + kBegin.size())};
    if (++count > kMostCertificates)
      return unit.warning(where, fmt::format("more than {} certificates: the others are not read", kMostCertificates), "");
    const std::size_t end = text.find(kEnd, at);
    if (end == std::string_view::npos) return unit.error(where, "the certificate has no end", fmt::format("it ends with {}", kEnd));
    const std::string_view one = text.substr(at, end + kEnd.size() - at);
    if (one.size() > kMostOctets) {
      unit.error(where, "the certificate is larger than any", "");
    } else {
      read_one(unit, one, where);
    }
  }
}

}  // namespace

constinit const Ingester x509_pem{.name = "x509-pem",
                                  .title = "X.509 certificates in PEM files (names and life; keys are not read)",
                                  .reference = "RFC 7468; RFC 5280 section 4.1",
                                  .claims = &claims,
                                  .read = &read};

}  // namespace mainstay
