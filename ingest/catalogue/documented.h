// What products document of themselves: how long they live on what they fetched, and whether they start without it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "graph/facts/facts.h"

namespace mainstay {

/// The value of another setting of the same process; nothing when it is not set or not known.
using SettingLookup = std::function<std::optional<std::string>(std::string_view name)>;

/// Adds to a use what the documentation of a product says of the setting that names the endpoint ("SPRING_SECURITY_OAUTH2_...",
/// "spring.security.oauth2...", "OAUTH2_PROXY_...", "oauth2-proxy.oidc-issuer-url"): the hold, what happens on failure, and whether the
/// product starts without the endpoint. Each comes with its reason of kind default. Other settings add nothing.
void add_documented(Use& use, std::string_view setting, const SettingLookup& others);

}  // namespace mainstay
