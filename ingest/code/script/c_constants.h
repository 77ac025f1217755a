// The numbers of the names that C libraries give to how a lookup ended.
#pragma once

#include <optional>
#include <string_view>

namespace mainstay::script {

/// The number of a name of <netdb.h>, <ares.h>, <ldns/ldns.h>, <getdns.h>, <arpa/nameser.h>, <windns.h> and their kin; nothing for others.
std::optional<int> c_constant(std::string_view name);

}  // namespace mainstay::script
