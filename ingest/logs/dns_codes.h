// Names of the numbers that logs write instead: response codes and types.
#pragma once

#include <cstdint>
#include <string_view>

#include "ingest/logs/log_format.h"

namespace mainstay {

/// "NXDOMAIN" for 3; "RCODE17" for what has no name. Source: IANA, "DNS RCODEs".
std::string_view rcode_name(std::uint64_t number, LineScratch& scratch);

/// "AAAA" for 28; "TYPE1234" for what has no name (RFC 3597). Source: IANA, "Resource Record (RR) TYPEs".
std::string_view type_name(std::uint64_t number, LineScratch& scratch);

/// A code or a type as a log has it, a name or a number; names in upper case.
std::string_view rcode_word(std::string_view text, LineScratch& scratch);
std::string_view type_word(std::string_view text, LineScratch& scratch);

/// The address of "192.0.2.1", "192.0.2.1:53", "192.0.2.1#53", "[2001:db8::1]:53" and "[2001:db8::1]".
std::string_view address_of_endpoint(std::string_view text);

/// A number with a fraction, "3.209", in thousandths; -1 when it is none.
std::int64_t thousandths(std::string_view text);

/// Adds an answer, when its data is an address or a name; texts of other types are not kept.
void add_answer(LineScratch& scratch, std::string_view type, std::string_view data, std::int64_t ttl = -1);

}  // namespace mainstay
