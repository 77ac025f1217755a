#include "tests/tickets/certificate.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <catch2/catch.hpp>
#include <memory>

namespace mainstay {
namespace {

template <typename Thing, void (*give_back)(Thing*)>
struct GiveBack {
  void operator()(Thing* thing) const { give_back(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, GiveBack<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, GiveBack<X509, X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, GiveBack<X509_EXTENSION, X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, GiveBack<BIO, BIO_free_all>>;

std::string text_of(BIO* memory) {
  char* begin = nullptr;
  const long size = BIO_get_mem_data(memory, &begin);
  return {begin, static_cast<std::size_t>(size)};
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
  REQUIRE(extension != nullptr);
  REQUIRE(X509_add_ext(certificate, extension.get(), -1) == 1);
}

}  // namespace

CertificateText make_certificate(const std::string& name, int first_day, int last_day) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  REQUIRE(key != nullptr);
  REQUIRE(certificate != nullptr);
  constexpr long kVersion3 = 2;
  X509_set_version(certificate.get(), kVersion3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  REQUIRE(X509_time_adj_ex(X509_getm_notBefore(certificate.get()), first_day, 0, nullptr) != nullptr);
  REQUIRE(X509_time_adj_ex(X509_getm_notAfter(certificate.get()), last_day, 0, nullptr) != nullptr);
  X509_NAME* const subject = X509_get_subject_name(certificate.get());
  const auto* const common_name = reinterpret_cast<const unsigned char*>("tracker");
  REQUIRE(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, common_name, -1, -1, 0) == 1);
  REQUIRE(X509_set_issuer_name(certificate.get(), subject) == 1);
  REQUIRE(X509_set_pubkey(certificate.get(), key.get()) == 1);
  add_extension(certificate.get(), NID_subject_alt_name, name);
  add_extension(certificate.get(), NID_basic_constraints, "CA:TRUE");
  REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);

  const Memory written(BIO_new(BIO_s_mem())), secret(BIO_new(BIO_s_mem()));
  REQUIRE(PEM_write_bio_X509(written.get(), certificate.get()) == 1);
  REQUIRE(PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return {text_of(written.get()), text_of(secret.get())};
}

}  // namespace mainstay
