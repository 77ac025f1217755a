// Sources: dnspython 2.6, Resolver.nameservers; Node.js 20, dns.setServers; Go 1.21, net.Resolver.Dial, and github.com/miekg/dns,
// Client.Exchange; Java 17, "DNS Service Provider for JNDI", section URL; DnsClient.NET 1.7, LookupClient.
#include "ingest/code/script/own_servers.h"

#include <algorithm>
#include <string>

#include "ingest/code/script/script_calls.h"
#include "ingest/code/script/script_texts.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;

bool has_entry(const Expression& call, std::string_view key) {
  return std::any_of(call.parts.begin() + 1, call.parts.end(),
                     [&](const Expression& part) { return part.kind == Kind::table && Texts::entry(part, key) != nullptr; });
}

bool names_address(const Expression& one) {
  bool found = false;
  each_expression(one, [&](const Expression& part) {
    found =
        found || (part.kind == Kind::name || part.kind == Kind::attribute ? part.word == "IPAddress" || part.word == "NameServer" : false);
  });
  return found;
}

bool gives_servers(const Expression& one, Language language) {
  if (language == Language::java) {
    const std::string text = one.kind == Kind::text ? one.text.known().value_or("") : std::string();
    return text.starts_with("dns://") && text.size() > 6 && text[6] != '/';
  }
  if (one.kind != Kind::call) return false;
  const std::string called = last_word(one.parts.front());
  switch (language) {
    case Language::javascript: return called == "setServers" && one.parts.size() == 2;
    case Language::go: return (called == "Resolver" && has_entry(one, "Dial")) || (called == "Exchange" && one.parts.size() == 3);
    case Language::csharp:
      return called == "LookupClient" &&
             std::any_of(one.parts.begin() + 1, one.parts.end(), [](const Expression& part) { return names_address(part); });
    default: return false;
  }
}

void look(const std::vector<Statement>& all, Language language, std::optional<Location>& found) {
  for (const Statement& one : all) {
    each_expression(one.value, [&](const Expression& part) {
      if (!found && gives_servers(part, language)) found = part.where;
    });
    const bool is_set = language == Language::python && one.kind == StatementKind::assign &&
                        std::any_of(one.targets.begin(), one.targets.end(), [](const Expression& target) {
                          return target.kind == Kind::attribute && target.word == "nameservers";
                        });
    if (is_set && !found) found = one.where;
    for (const auto* inner : {&one.body, &one.otherwise, &one.last}) look(*inner, language, found);
    for (const Handler& handler : one.handlers) look(handler.body, language, found);
  }
}

}  // namespace

std::optional<Location> own_servers(const std::vector<Statement>& file, Language language) {
  std::optional<Location> found;
  look(file, language, found);
  return found;
}

}  // namespace mainstay::script
