#include "analyzer/identities/txt_binding.h"

#include <algorithm>
#include <array>
#include <span>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

std::string said(const TxtFields& fields, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    if (const auto at = fields.find(name); at != fields.end()) return ascii_lower(at->second);
  }
  return {};
}

/// True when `word` stands in the text with nothing of a word around it: "billing" in "spiffe://corp.example/prod/billing".
bool holds_word(std::string_view text, std::string_view word) {
  const auto is_part = [](char c) { return is_ascii_letter(c) || is_ascii_digit(c); };
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end]))) return true;
  }
  return false;
}

/// True when one of the fields that say who somebody is has a part for which `holds` is true.
template <class Holds>
bool any_name(const TxtFields& fields, Holds&& holds) {
  constexpr std::array<std::string_view, 6> kNames = {"id", "sub", "subject", "spiffe", "arn", "iss"};
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
    const auto at = fields.find(name);
    return at != fields.end() && holds(ascii_lower(at->second));
  });
}

bool names_environment(const TxtFields& fields, std::string_view environment) {
  return any_name(fields,
                  [&](std::string_view text) { return holds_word(text, environment) || holds_word(text, usual_environment(environment)); });
}

TxtBinding binding_of(const TxtValue& value, const TxtIdentity& identity) {
  constexpr std::array<std::string_view, 3> kEnvironment = {"env", "environment", "stage"};
  constexpr std::array<std::string_view, 3> kService = {"svc", "service", "app"};
  const std::string environment = said(value.fields, kEnvironment);
  const std::string service = said(value.fields, kService);
  if (!environment.empty() && usual_environment(environment) != usual_environment(identity.environment))
    return TxtBinding::other_environment;
  if (!service.empty() && service != identity.service) return TxtBinding::other_service;
  if (!value.record->data.is_known()) return TxtBinding::unknown;
  const bool says_environment = !environment.empty() || names_environment(value.fields, identity.environment);
  const bool says_service =
      !service.empty() || any_name(value.fields, [&](std::string_view text) { return holds_word(text, identity.service); });
  if (says_environment && says_service) return TxtBinding::both;
  return says_service ? TxtBinding::service : says_environment ? TxtBinding::environment : TxtBinding::neither;
}

}  // namespace

TxtBinding binding_of(const TxtIdentity& identity) {
  TxtBinding worst = TxtBinding::both;
  for (const TxtValue& value : identity.values) worst = std::max(worst, binding_of(value, identity));
  return worst;
}

std::string_view in_words(TxtBinding binding) {
  switch (binding) {
    case TxtBinding::both: return "names service and environment";
    case TxtBinding::service: return "names the service, and no environment";
    case TxtBinding::environment: return "names the environment, and no service";
    case TxtBinding::neither: return "names neither service nor environment";
    case TxtBinding::unknown: return "not known: a part of the text is unknown";
    case TxtBinding::other_environment: return "names another environment than its name";
    case TxtBinding::other_service: return "names another service than its name";
  }
  return {};
}

}  // namespace mainstay
