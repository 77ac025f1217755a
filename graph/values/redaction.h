// Redaction: what a quoted line may not show.
#pragma once

#include <string>
#include <string_view>

namespace mainstay {

/// The line with everything that looks like a secret replaced by "***": the user information of URLs, the values of keys that are
/// named like secrets (password, secret, token, api key, private key), PEM bodies, and well-known token shapes.
/// Bytes that are not printable ASCII or valid UTF-8 stay as they are: each output escapes for itself.
/// Cost: linear in the line.
std::string redacted(std::string_view line);

/// True when a key is named like a secret: its value must not be stored, quoted or printed.
bool names_a_secret(std::string_view key);

}  // namespace mainstay
