// Comments that allow findings where they are: "# mainstay: allow RULE until 2027-01-31 -- reason".
#pragma once

#include <vector>

#include "analyzer/policy/allowance.h"
#include "ingest/source/source.h"

namespace mainstay {

/// The comments of one file, in the notation of any format that has comments.
/// Shape:  "mainstay: allow", or "mainstay: allow-file" for the whole file, follows a comment mark (# ; // -- /* {# <!-- % !); one rule or
/// several with commas; a day behind "until";
///         a reason behind "--". Behind other text on its line a comment covers that line; alone on its line it covers the next line that
///         is neither blank nor a comment.
/// Errors: without a reason, with a day that is none, or with a rule that is not there it is a warning, and covers nothing.
/// Cost:   linear in the file.
std::vector<Allowance> read_allow_comments(const Source& source, Diagnostics& problems);

}  // namespace mainstay
