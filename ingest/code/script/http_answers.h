// What frameworks of the web call letting a request through, and turning it
// away.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mainstay::script {

enum class HttpAnswer : std::uint8_t {
  none,
  sends,     // a status, to whoever asked
  says,      // a status, in what is given back
  passes_on  // the request goes on to what is behind
};

/// What a call does, by its path: "res.status", "w.WriteHeader",
/// "next.ServeHTTP".
HttpAnswer http_answer(std::string_view path);

/// The number of a status by its name: "StatusForbidden", "SC_FORBIDDEN",
/// "UNAUTHORIZED".
std::optional<int> http_status(std::string_view word);

}  // namespace mainstay::script
