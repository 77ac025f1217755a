#include "ingest/syntax/clang_library.h"

#include <dlfcn.h>

#include <array>

namespace mainstay {
namespace {

void* load() {
  constexpr std::array<const char*, 7> kNames = {"libclang-14.so.1", "libclang-15.so.1", "libclang-16.so.1", "libclang-17.so.1",
                                                 "libclang-18.so.1", "libclang-19.so.1", "libclang.so.13"};
  for (const char* name : kNames) {
    if (void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL); library != nullptr) return library;
  }
  return nullptr;
}

}  // namespace

void* clang_library() {
  static void* const loaded = load();
  return loaded;
}

void* clang_symbol(const char* name) { return clang_library() == nullptr ? nullptr : dlsym(clang_library(), name); }

}  // namespace mainstay
