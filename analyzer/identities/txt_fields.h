// TXT fields: what the text of a TXT record says about an identity.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace mainstay {

/// The attributes of one text, by lower-case name: "v", "id", "kid", "exp", "env", "sha256", ... A bare SPIFFE id is the attribute
/// "spiffe". Shape:  `name=value` parts behind each other, parted by semicolons, commas or blanks; the first value of a name counts. Empty
/// when there
///         is none. Values are kept to be compared, never to be shown: nobody knows what people put into DNS.
/// Source: RFC 1464 (attribute names are case-insensitive), as it is used: with semicolons, as in RFC 6376 section 3.2.
using TxtFields = std::map<std::string, std::string, std::less<>>;
TxtFields txt_fields(std::string_view text);

/// True when one of the attributes says who somebody is: an id, a subject, a key, a fingerprint, a SPIFFE id, an ARN.
bool names_identity(const TxtFields& fields);

/// True for the texts of well-known other uses: mail policies, proofs of ownership, controllers' notes beside their records.
bool is_other_use(std::string_view text);

}  // namespace mainstay
