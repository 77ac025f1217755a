#include "render/name_uuid.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "graph/values/assert.h"

namespace mainstay {
namespace {

/// Drawn once at random for mainstay; another one would give every finding another identity.
constexpr std::string_view kNameSpace("\x1f\x3c\x8e\x52\xb0\x6d\x4a\x97\x9c\x21\x5e\xd4\x73\xaa\x08\xf6", 16);

}  // namespace

std::string name_uuid(std::string_view name) {
  const std::string hashed = std::string(kNameSpace) + std::string(name);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  const bool done = EVP_Digest(hashed.data(), hashed.size(), digest.data(), &length, EVP_sha1(), nullptr) == 1;
  MAINSTAY_ASSERT(done && length == 20, "SHA-1 is always there");
  digest[6] = static_cast<unsigned char>((digest[6] & 0x0f) | 0x50);
  digest[8] = static_cast<unsigned char>((digest[8] & 0x3f) | 0x80);
  std::string out;
  for (std::size_t at = 0; at < 16; ++at) {
    if (at == 4 || at == 6 || at == 8 || at == 10) out += '-';
    out += fmt::format("{:02x}", digest[at]);
  }
  return out;
}

}  // namespace mainstay
