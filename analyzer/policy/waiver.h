// A waiver, written into settings.
#pragma once

#include <string>
#include <string_view>

#include "graph/values/result.h"

namespace mainstay {

/// What is written. Shape: `about` is one line for readers, written as a comment; `until` as in days.h.
struct Waiver {
  std::string id;
  std::string until;
  std::string reason;
  std::string about;
};

/// The settings with the waiver behind all that is there, which stays as it is, octet for octet.
/// Errors: the settings cannot be read as they are, or nothing can be appended to them ("waive" is a list in one line); nothing that is
///         wrong is ever written.
Result<std::string> with_waiver(std::string_view settings, const Waiver& waiver);

}  // namespace mainstay
