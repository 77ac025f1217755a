// The registrable domain of a name: where one owner's responsibility begins.
#pragma once

#include "graph/values/domain_name.h"

namespace mainstay {

/// The name's ancestor just below a public suffix of the ICANN section ("login.example.co.uk." gives "example.co.uk.").
/// Names that are a public suffix themselves, and the root, are their own registrable domain.
/// Source: the Public Suffix List as compiled into libpsl.
DomainName registrable_domain(const DomainName& name);

}  // namespace mainstay
