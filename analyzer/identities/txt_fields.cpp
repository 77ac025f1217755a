#include "analyzer/identities/txt_fields.h"

#include <algorithm>
#include <array>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

bool parts_fields(char c) { return c == ';' || c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_name(std::string_view text) {
  const auto may_stand = [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '-' || c == '.'; };
  return !text.empty() && text.size() <= 32 && is_ascii_letter(text.front()) && std::all_of(text.begin(), text.end(), may_stand);
}

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TxtFields txt_fields(std::string_view text) {
  TxtFields fields;
  for (std::size_t at = 0; at < text.size();) {
    if (parts_fields(text[at])) {
      ++at;
      continue;
    }
    const auto end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), parts_fields);
    const std::string_view part = text.substr(at, static_cast<std::size_t>(end - text.begin()) - at);
    at += part.size();
    const std::size_t equals = part.find('=');
    if (part.starts_with("spiffe://")) {
      fields.try_emplace("spiffe", part);
    } else if (equals != std::string_view::npos && is_name(part.substr(0, equals))) {
      fields.try_emplace(ascii_lower(part.substr(0, equals)), part.substr(equals + 1));
    }
  }
  return fields;
}

bool names_identity(const TxtFields& fields) {
  constexpr std::array<std::string_view, 17> kWho = {"id",     "sub", "subject", "spiffe", "arn",        "kid",    "key", "pk", "p",
                                                     "sha256", "jkt", "x5t",     "cnf",    "thumbprint", "digest", "iss", "jwk"};
  return std::any_of(fields.begin(), fields.end(), [&](const auto& field) { return contains(kWho, field.first); });
}

bool is_other_use(std::string_view text) {
  constexpr std::array<std::string_view, 11> kBegins = {"v=spf1",  "v=dmarc1",  "v=dkim1", "v=stsv1",   "v=tlsrptv1", "v=bimi1",
                                                        "spf2.0/", "heritage=", "k=rsa",   "k=ed25519", "ms="};
  constexpr std::array<std::string_view, 4> kHolds = {"-verification", "_verification", "verify=", "acme"};
  const std::string lower = ascii_lower(text);
  const auto begins = [&](std::string_view start) { return lower.starts_with(start); };
  const auto holds = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
  return std::any_of(kBegins.begin(), kBegins.end(), begins) || std::any_of(kHolds.begin(), kHolds.end(), holds);
}

}  // namespace mainstay
