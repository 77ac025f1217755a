// The one assertion of the program: a broken promise of our own code, never bad input.
#pragma once

namespace mainstay {

/// Prints the broken promise to standard error and aborts; on in release builds too.
[[noreturn]] void assertion_failed(const char* condition, const char* why, const char* file, int line) noexcept;

}  // namespace mainstay

#define MAINSTAY_ASSERT(condition, why) \
  ((condition) ? static_cast<void>(0) : ::mainstay::assertion_failed(#condition, why, __FILE__, __LINE__))
