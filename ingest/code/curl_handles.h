// Options of curl handles: what the options of one handle say together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/code/call_sites.h"
#include "ingest/code/expression.h"
#include "ingest/source/unit.h"

namespace mainstay::code {

/// Gives a use the time of libcurl's own, which counts where no other is set.
void set_standard_time(Use& use);

/// The handles of one file. A handle is known by how it is written and by the function that it is written in.
class CurlHandles {
 public:
  CurlHandles(const CodeFile& file, const std::vector<CallSite>& sites, Expressions& expressions);

  /// Adds to a use what the handle of a call says: the deadline, and whether its name is pinned to an address (CURLOPT_RESOLVE).
  /// Where no time is set, that of libcurl is a reason of kind default; where one is set and not known, none is added.
  void complete(const Unit& unit, const CallSite& site, Use& use) const;

 private:
  struct Setting {
    const Function* function = nullptr;
    std::string handle;
    std::string_view option;
    Value value;
  };
  bool pins(const Function* function, const std::string& host) const;

  const CodeFile& file_;
  Expressions& expressions_;
  std::vector<Setting> settings_;
};

}  // namespace mainstay::code
