// Digest: short names for octets that are the same on every machine and in every run.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mainstay {

/// The first hexadecimal digits of the SHA-256 of some octets; at most 64.
std::string sha256_digits(std::string_view octets, std::size_t digits);

/// Appends a text behind its length, so that no two lists of texts give the same octets.
void append_counted(std::string& octets, std::string_view text);

}  // namespace mainstay
