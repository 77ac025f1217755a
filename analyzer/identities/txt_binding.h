// TXT binding: whether the text of an identity record says the same service and environment as its name.
#pragma once

#include <cstdint>

#include "analyzer/identities/txt_identities.h"

namespace mainstay {

/// What the texts of a name say, from the best to the worst.
enum class TxtBinding : std::uint8_t {
  both,               // service and environment
  service,            // the service, and no environment
  environment,        // the environment, and no service
  neither,            // whoever gets the text under another name cannot tell
  unknown,            // a part of the text is unknown
  other_environment,  // another environment than the name
  other_service
};

/// Compares field by field: what is named as an environment or a service must be it; an id, a subject, a SPIFFE id or an ARN names them
/// where they stand among its parts. Of several records the worst counts.
TxtBinding binding_of(const TxtIdentity& identity);

/// "names service and environment", "names another environment than its name", ...: never a value.
std::string_view in_words(TxtBinding binding);

}  // namespace mainstay
