// Time limits of clients that are built on libcurl, and that hand their limit to it: they enclose the lookup of the name.
#pragma once

#include <optional>
#include <vector>

#include "ingest/code/call_sites.h"
#include "ingest/code/expression.h"
#include "ingest/source/unit.h"

namespace mainstay::code {

/// Times in which a client gives up a connection. Those of clients that look names up before their time begins (httplib, Poco, OpenLDAP)
/// are none.
class ClientLimits {
 public:
  ClientLimits(const CodeFile& file, const std::vector<CallSite>& sites, Expressions& expressions)
      : file_(file), sites_(sites), expressions_(expressions) {}

  /// Adds to a use what cpr::Timeout and cpr::ConnectTimeout say: those of the same statement, or of the function when it has only one URL.
  void complete_cpr(const Unit& unit, const CallSite& site, Use& use) const;
  /// Adds connectTimeoutMs of the configuration of a client of AWS, as it is written ("config"); its documented default when it is not set.
  void complete_amazon(const Unit& unit, const CallSite& site, const std::string& configuration, Use& use) const;

 private:
  /// Milliseconds: a number, or a duration of the standard library.
  std::optional<std::uint32_t> milliseconds(CxxTokens written, const Scene& scene) const;

  const CodeFile& file_;
  const std::vector<CallSite>& sites_;
  Expressions& expressions_;
};

}  // namespace mainstay::code
