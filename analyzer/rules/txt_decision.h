// What the rules share about code that decides by a TXT record.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/rules/rule.h"

namespace mainstay {

/// Code that looks up a TXT record in order to let somebody in.
/// Shape: its name says so (a learned convention, or a label that speaks of identity), or what it gives back is an authoriser's answer.
/// Others
///        (proofs of ownership, mail policies) are none of these rules' business; those of which neither is known are counted.
std::vector<const IdentityRecord*> txt_decisions(const Analysis& analysis, RuleReport& report);

/// What the code does with one end of the lookup ("nxdomain", "nodata", "servfail", "timeout"): holds one of "allows", "denies", "raises".
bool does(const IdentityRecord& decision, std::string_view end, std::string_view what);

/// A finding about the code, with subject, evidence and confidence.
Finding finding_about(const IdentityRecord& decision);

/// "nxdomain, nodata and timeout".
std::string listed(const std::vector<std::string_view>& words);

}  // namespace mainstay
