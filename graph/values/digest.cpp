#include "graph/values/digest.h"

#include <openssl/evp.h>

#include <array>

#include "graph/values/assert.h"

namespace mainstay {

std::string sha256_digits(std::string_view octets, std::size_t digits) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  const int done = EVP_Digest(octets.data(), octets.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  MAINSTAY_ASSERT(done == 1, "the SHA-256 of a text in memory cannot fail");
  MAINSTAY_ASSERT(digits <= 64, "a SHA-256 has 64 hexadecimal digits");
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (std::size_t at = 0; at < digits; ++at) out += kDigits[at % 2 == 0 ? digest[at / 2] >> 4 : digest[at / 2] & 15];
  return out;
}

void append_counted(std::string& octets, std::string_view text) {
  octets += std::to_string(text.size());
  octets += ':';
  octets += text;
}

}  // namespace mainstay
