// libclang as a library that may be there: its functions by their names.
#pragma once

namespace mainstay {

/// The library of one of the versions 14 to 19; null when none is on this machine. It is loaded when it is first asked for: linked in, it
/// would add 22 ms to every start of the program.
void* clang_library();

/// The address of a function of the library; null when it has none of that name.
void* clang_symbol(const char* name);

/// Sets a pointer to the function of that name; false when the library has none.
template <class Function>
bool find_in_clang(const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(clang_symbol(name));
  return function != nullptr;
}

}  // namespace mainstay
