// The registrable domain of a name: where one owner's responsibility begins.
#pragma once

#include "graph/values/domain_name.h"

namespace mainstay {

/// The name's ancestor just below a public suffix of the ICANN section ("login.example.co.uk." gives "example.co.uk.").
/// Names that are a public suffix themselves, and the root, are their own registrable domain.
/// Source: the Public Suffix List as compiled into libpsl.
DomainName registrable_domain(const DomainName& name);

/// True when names like this one are registered with somebody: their top-level domain is on the list, or stands for one in
/// documentation ("example", RFC 2606). False for private ends like "internal", "local" and "lan".
bool is_registered(const DomainName& name);

}  // namespace mainstay
