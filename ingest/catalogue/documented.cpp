#include "ingest/catalogue/documented.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

/// What one product says of one of its settings.
struct Documented {
  std::string_view begin, end;  // of the key, in small letters without the characters between its words
  std::optional<std::uint32_t> hold;
  std::string_view hold_note;
  std::optional<bool> starts_without;
  std::string_view start_note;
  std::string_view unless;  // another setting that, when it is on, makes this untrue
};

constexpr std::string_view kSpringKeys =
    "Spring Security, resource server: the key set is kept for 5 minutes, and tokens are refused when it cannot be fetched again";

constexpr std::array<Documented, 4> kProducts = {{
    {"springsecurityoauth2resourceserverjwt", "jwkseturi", 300, kSpringKeys, std::nullopt, {}, {}},
    {"springsecurityoauth2resourceserverjwt", "issueruri", 300, kSpringKeys, std::nullopt, {}, {}},
    {"springsecurityoauth2clientprovider",
     "issueruri",
     std::nullopt,
     {},
     false,
     "Spring Boot: the issuer of an OAuth 2.0 client is asked for its endpoints while the application starts, and a failure ends the start",
     {}},
    {"oauth2proxy",
     "oidcissuerurl",
     std::nullopt,
     {},
     false,
     "oauth2-proxy: the issuer is asked for its endpoints once at the start, and a failure ends it",
     "OAUTH2_PROXY_SKIP_OIDC_DISCOVERY"},
}};

/// "spring.security.oauth2.client.provider.a.issuer-uri" and its form as a variable of the environment are one key.
std::string plain(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '.' || c == '-' || c == '_' || c == '[' || c == ']') continue;
    out += ascii_lower(c);
  }
  return out;
}

}  // namespace

void add_documented(Use& use, std::string_view setting, const SettingLookup& others) {
  const std::string key = plain(setting);
  const auto row = std::find_if(kProducts.begin(), kProducts.end(),
                                [&](const Documented& one) { return key.starts_with(one.begin) && key.ends_with(one.end); });
  if (row == kProducts.end()) return;
  if (!row->unless.empty() && others(row->unless).value_or("false") != "false") return;
  if (row->hold) {
    use.hold = row->hold;
    use.on_failure = OnFailure::deny;
    use.hold_reasons = {Evidence::by_default(std::string(row->hold_note))};
  }
  if (row->starts_without) {
    use.starts_without = row->starts_without;
    use.start_reasons = {Evidence::by_default(std::string(row->start_note))};
  }
}

}  // namespace mainstay
