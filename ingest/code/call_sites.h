// Where a file makes calls that the table knows.
#pragma once

#include <vector>

#include "ingest/code/code_file.h"
#include "ingest/code/known_calls.h"

namespace mainstay::code {

/// One call. Declarations and definitions of functions of that name are none.
struct CallSite {
  const KnownCall* row = nullptr;
  std::size_t at = 0;  // the token of the name
  std::vector<CxxTokens> arguments;
};

inline constexpr std::size_t kMaxCallSites = 2'000;

/// Shape: in the order of the file, at most kMaxCallSites.
std::vector<CallSite> call_sites(const CodeFile& file);

/// The arguments of a call whose name is at `at`; nothing when it is a declaration, or when its bracket does not end.
std::optional<std::vector<CxxTokens>> arguments_at(const CodeFile& file, std::size_t at);

}  // namespace mainstay::code
