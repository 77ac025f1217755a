// What the names of a master file are relative to.
#pragma once

#include <string_view>

#include "graph/values/domain_name.h"
#include "graph/values/result.h"

namespace mainstay {

/// The origins in force at one place of a master file.
struct MasterOrigin {
  DomainName current;  // what $ORIGIN says
  DomainName zone;     // what the whole zone began with: "@Z"
  DomainName file;     // what this file, an included one perhaps, began with: "@F"
};

/// A name as it is written: absolute, relative to the current origin, or with "@Z" or "@F" as its last label.
/// Source: RFC 1035 section 5.1; gdnsd.zonefile(5) for @Z and @F. No host has a label with an @ in it, so they are read everywhere.
Result<DomainName> master_name(std::string_view text, const MasterOrigin& origin);

}  // namespace mainstay
