#include "ingest/iac/known_flags.h"

#include <algorithm>
#include <array>

namespace mainstay {
namespace {

struct Flag {
  std::string_view name;
  Role role;
  bool is_own = false;
};

constexpr std::array<Flag, 8> kFlags{{{"oidc-issuer-url", Role::oidc_issuer},
                                      {"service-account-issuer", Role::workload_identity, true},
                                      {"service-account-jwks-uri", Role::jwks, true},
                                      {"oidc-jwks-url", Role::jwks},
                                      {"login-url", Role::oauth_authorization},
                                      {"redeem-url", Role::oauth_token},
                                      {"validate-url", Role::oauth_introspection},
                                      {"profile-url", Role::oauth_introspection}}};

struct Word {
  std::string_view text;
  Location where;
};

std::vector<Word> words_of(const YamlNode& arguments) {
  constexpr std::string_view kBlank = " \t\r\n";
  std::vector<Word> words;
  for (const YamlNode* child : arguments.children) words.push_back({child->text_or(""), child->where});
  const std::string_view text = arguments.text_or("");
  const TextMap map = arguments.text_map();
  for (std::size_t at = text.find_first_not_of(kBlank); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlank, at), text.size());
    words.push_back({text.substr(at, end - at), map.where(at, end)});
    at = text.find_first_not_of(kBlank, end);
  }
  return words;
}

}  // namespace

std::vector<FlaggedValue> flagged_values(const YamlNode& arguments) {
  std::vector<FlaggedValue> found;
  const std::vector<Word> words = words_of(arguments);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view text = words[i].text;
    if (!text.starts_with('-')) continue;
    text.remove_prefix(text.starts_with("--") ? 2 : 1);
    const std::size_t equals = text.find('=');
    const auto flag = std::find_if(kFlags.begin(), kFlags.end(), [&](const Flag& one) { return one.name == text.substr(0, equals); });
    if (flag == kFlags.end()) continue;
    const bool is_next = equals == std::string_view::npos;
    if (is_next && i + 1 == words.size()) continue;
    const Word& holder = is_next ? words[i + 1] : words[i];
    found.push_back({.name = std::string(flag->name),
                     .role = flag->role,
                     .is_own = flag->is_own,
                     .value = is_next ? holder.text : text.substr(equals + 1),
                     .where = holder.where});
  }
  return found;
}

}  // namespace mainstay
