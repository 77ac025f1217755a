// URLs of identity endpoints that a source keeps under a name of its own, where no call that is known is seen to get them: constants,
// defaults of settings, members of tables that a library of the project's own reads.
#pragma once

#include <optional>
#include <string_view>

#include "graph/model/catalogue.h"
#include "graph/values/text.h"

namespace mainstay::code {

/// What a URL certainly names, told from the host (catalogue), what it is kept as ("token_url", when that says it), or the path; nothing
/// for hosts that stand for others in documentation (RFC 2606), addresses, and whatever is no URL of the web or of a directory.
std::optional<Role> role_of_kept(const Catalogue& catalogue, const Text& url, std::optional<Role> by_name = {});

/// True for a URL of the web that a program may ask: no page of documentation, no scope, no name that only looks like one.
bool may_be_asked(const Text& url);

/// True for names of things that hold the address of something: "authUrl", "DEFAULT_ISSUER", "api_base".
bool holds_address(std::string_view name);

/// True when a quoted text of the source begins like such a URL. Cost: one pass, and a look at the catalogue for each URL.
bool has_kept_url(const Catalogue& catalogue, std::string_view text);

}  // namespace mainstay::code
