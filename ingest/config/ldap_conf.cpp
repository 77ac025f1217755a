// ldap.conf: which directory servers the OpenLDAP client library of a machine asks when a program names none.
#include "ingest/config/file_variant.h"
#include "ingest/config/identity_client.h"
#include "ingest/ingester.h"
#include "ingest/syntax/lines.h"

namespace mainstay {
extern const Ingester ldap_conf;

namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

bool names_servers(std::string_view head) {
  LineReader lines(head, SourceId{});
  for (Line line; lines.next(line);) {
    const std::string key = upper(line.words[0].text);
    if (key == "URI" || key == "BASE" || key == "HOST") return true;
  }
  return false;
}

Claim claims(std::string_view name, std::string_view head) {
  switch (file_variant(name, "ldap.conf")) {
    case FileVariant::itself: return Claim::by_name;
    case FileVariant::templated:
    case FileVariant::variant: return names_servers(head) ? Claim::by_content : Claim::no;
    case FileVariant::none: break;
  }
  return Claim::no;
}

void read(Unit& unit) {
  IdentityClient client(unit, WorkloadKind::process, "ldap");
  LineReader lines(unit.source().bytes(), SourceId{});
  for (Line line; lines.next(line);) {
    const std::string key = upper(line.words[0].text);
    if (key != "URI" && key != "HOST") continue;
    if (key == "HOST") unit.note(line.where, "HOST is deprecated in favour of URI; it is read all the same");
    for (const ListedWord& one : listed_words(unit, line)) client.asks(Role::ldap, one.text, {key, "ldap", one.where, {}});
  }
  client.finish();
}

}  // namespace

constinit const Ingester ldap_conf{
    .name = "ldap-conf", .title = "OpenLDAP client configuration", .reference = "ldap.conf(5)", .claims = &claims, .read = &read};

}  // namespace mainstay
