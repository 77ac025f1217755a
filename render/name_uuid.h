// NameUuid: a UUID that is the same for the same name, everywhere and always.
#pragma once

#include <string>
#include <string_view>

namespace mainstay {

/// The version 5 UUID of a name within mainstay's own name space. Source: RFC 9562, section 5.5.
std::string name_uuid(std::string_view name);

}  // namespace mainstay
