// A checker of XML, small enough to trust: enough for what the program writes.
#pragma once

#include <string>
#include <string_view>

namespace mainstay {

/// Why the text is not well-formed XML without a prologue; empty when it is. Knows elements, attributes, text and entities.
std::string xml_fault(std::string_view text);

}  // namespace mainstay
