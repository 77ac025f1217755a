// RDATA of a master file: the types that are known, and how their words become one presentation form.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "graph/values/ttl.h"
#include "ingest/syntax/master_file_entry.h"
#include "ingest/syntax/master_file_origin.h"

namespace mainstay {

/// A resource record type. `fields` says what its RDATA is made of (see master_file_rdata.cpp); null for types that are not known.
struct RecordType {
  std::string_view name;
  std::string_view fields;
};

/// The type of that mnemonic, in any case, or TYPE<number> (RFC 3597 section 5); nothing when there is no such type.
/// Shape: the name of a numbered type is a view into `text` when the number stands for no known type.
std::optional<RecordType> record_type(std::string_view text);

/// A TTL: seconds, or numbers with the units w, d, h, m and s ("1h30m"). Values of 2^31 and more are 0 (RFC 2181 section 8).
/// Errors: text that is no TTL, which is how a TTL is told from a class or a type.
std::optional<std::uint64_t> ttl_seconds(std::string_view text);

/// What is wrong with a word of RDATA.
struct RdataProblem {
  std::size_t token = 0;  // position in the words; their number when one is missing
  std::string message;
};

/// RDATA in one form: names absolute and in lower case, numbers plain, the strings of TXT joined, base 64 and base 16 without gaps.
/// Shape:  octets outside printable ASCII stay or become escapes (\ddd); in joined strings `\"` becomes a plain quote.
/// Errors: `problem` says what is wrong, and the answer is empty; a string over 255 octets is a problem that leaves an answer.
std::optional<std::string> presentation(const RecordType& type, std::span<const MasterToken> words, const MasterOrigin& origin,
                                        RdataProblem& problem);

}  // namespace mainstay
