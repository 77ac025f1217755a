#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "graph/findings/finding.h"
#include "graph/values/assert.h"

namespace mainstay {
namespace {

/// Appends a text behind its length, so that no two lists of texts give the same octets.
void append(std::string& octets, std::string_view text) {
  octets += std::to_string(text.size());
  octets += ':';
  octets += text;
}

}  // namespace

std::string fingerprint(std::string_view rule, const std::vector<Subject>& subjects) {
  std::vector<Subject> sorted = subjects;
  std::sort(sorted.begin(), sorted.end());
  std::string octets;
  append(octets, rule);
  for (const Subject& subject : sorted) {
    append(octets, subject.kind);
    append(octets, subject.name);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  const int done = EVP_Digest(octets.data(), octets.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  MAINSTAY_ASSERT(done == 1, "the SHA-256 of a text in memory cannot fail");
  constexpr std::size_t kOctets = 8;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id;
  for (std::size_t at = 0; at < kOctets; ++at) {
    id += kDigits[digest[at] >> 4];
    id += kDigits[digest[at] & 15];
  }
  return id;
}

}  // namespace mainstay
