#include "ingest/iac/client_settings.h"

#include <charconv>
#include <utility>

#include "ingest/catalogue/documented.h"
#include "ingest/catalogue/identity.h"
#include "ingest/iac/alternatives.h"

namespace mainstay::iac {

void use_setting(Unit& unit, const Client& client, std::string_view key, const Value& value, const Reasons& reasons) {
  const std::vector<Alternative> alternatives = distinct(alternatives_of(value));
  for (const Alternative& alternative : alternatives) {
    const ValueKind kind = alternative.value.kind;
    if (kind == ValueKind::null || kind == ValueKind::list || kind == ValueKind::map) continue;
    std::vector<NamedEndpoint> endpoints = identity_endpoints(unit.catalogue(), key, as_text(alternative.value));
    for (NamedEndpoint& named : endpoints) {
      Use use{.workload = client.workload,
              .host = std::move(named.host),
              .port = named.port,
              .role = named.role,
              .key = std::string(key),
              .alternative = endpoints.size() + alternatives.size() > 2 ? std::string(key) : std::string(),
              .deadline = client.deadline,
              .bypasses_dns = named.is_address,
              .reasons = taken_when(reasons, alternative.when),
              .deadline_reasons = client.deadline_reasons};
      // What else the process is told is not at hand here, so nothing is said that another setting could make untrue.
      add_documented(use, use.key, [](std::string_view) { return std::optional<std::string>("not known"); });
      unit.add(std::move(use));
    }
  }
}

void limit_time(Client& client, const Value& written, Reasons reasons, PlatformDefault otherwise) {
  client.deadline.reset();
  client.deadline_reasons.clear();
  if (written.is_null()) {
    client.deadline = otherwise.seconds * 1000;
    client.deadline_reasons = {Evidence::by_default(std::string(otherwise.note))};
    return;
  }
  const std::optional<std::string> text = known_text(written);
  std::string_view digits = text ? std::string_view(*text) : std::string_view();
  if (digits.ends_with('s')) digits.remove_suffix(1);
  std::uint32_t seconds = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  constexpr std::uint32_t kMost = 7 * 24 * 3600;  // the longest that any of the platforms allows
  if (failure != std::errc{} || end != digits.data() + digits.size() || seconds == 0 || seconds > kMost) return;
  client.deadline = seconds * 1000;
  client.deadline_reasons = std::move(reasons);
}

}  // namespace mainstay::iac
