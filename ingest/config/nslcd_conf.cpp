// nslcd.conf: which directory servers the name service daemon of nss-pam-ldapd asks.
#include <fmt/format.h>

#include "ingest/config/file_variant.h"
#include "ingest/config/identity_client.h"
#include "ingest/ingester.h"
#include "ingest/syntax/lines.h"

namespace mainstay {
extern const Ingester nslcd_conf;

namespace {

Claim claims(std::string_view name, std::string_view head) {
  switch (file_variant(name, "nslcd.conf")) {
    case FileVariant::itself: return Claim::by_name;
    case FileVariant::templated:
    case FileVariant::variant: return head.find("uri ") != std::string_view::npos ? Claim::by_content : Claim::no;
    case FileVariant::none: break;
  }
  return Claim::no;
}

/// "DNS", "DNSLDAPS" and "DNS:example.com" stand for the servers that SRV records name.
bool is_found_by_records(std::string_view server) {
  return server == "DNS" || server == "DNSLDAPS" || server.starts_with("DNS:") || server.starts_with("DNSLDAPS:");
}

void read(Unit& unit) {
  IdentityClient client(unit, WorkloadKind::unit, "nslcd");
  LineReader lines(unit.source().bytes(), SourceId{});
  for (Line line; lines.next(line);) {
    if (line.words[0].text != "uri") continue;
    for (const ListedWord& word : listed_words(unit, line)) {
      const IdentityClient::Listed listed{.setting = "uri", .alternative = "ldap", .where = word.where, .by_default = {}};
      const std::size_t colon = word.text.find(':');
      if (!is_found_by_records(word.text)) {
        client.asks(Role::ldap, word.text, listed);
      } else if (colon != std::string_view::npos) {
        client.finds(Role::ldap, "_ldap._tcp", word.text.substr(colon + 1), listed);
      } else {
        unit.note(word.where, "the servers are found below the machine's own domain, which is not known here");
      }
    }
  }
  client.finish();
}

}  // namespace

constinit const Ingester nslcd_conf{
    .name = "nslcd-conf", .title = "name service daemon of nss-pam-ldapd", .reference = "nslcd.conf(5)", .claims = &claims, .read = &read};

}  // namespace mainstay
