// The headers that the compiler's parser gets in place of those of the machine: declarations that the calls of the table need, no more.
#pragma once

#include <span>
#include <string_view>

namespace mainstay::code::ast {

/// One header, by the name that an #include line gives it. `mainstay.h` stands in front of every file.
struct StubHeader {
  std::string_view name;
  std::string_view text;
};

/// Shape: names and types of the manual pages of the functions; enumerators without the numbers that nothing here depends on.
std::span<const StubHeader> stub_headers();

}  // namespace mainstay::code::ast
