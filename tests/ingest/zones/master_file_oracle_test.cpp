// Our reader against BIND's: what named-compilezone makes of a zone must be, record for record, what we read in it.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "ingest/syntax/master_file.h"
#include "tests/ingest/source/scratch_folder.h"
#include "tests/places.h"

namespace mainstay {
namespace {

std::vector<std::string> records(std::string_view text, std::string_view origin) {
  std::vector<std::string> found;
  const MasterFileEvents events{
      .record =
          [&](MasterRecord&& record) {
            found.push_back(record.owner.text() + " " + std::to_string(record.ttl->seconds()) + " " + record.type + " " + record.data);
          },
      .problem = [](DiagnosticSeverity, Location, const std::string& message, const std::string&) { FAIL_CHECK(message); },
      .include = [](std::string_view, Location) { return std::nullopt; }};
  read_master_file({SourceId{}, text}, *DomainName::parse(origin), events);
  for (std::string& one : found)
    std::ranges::transform(one, one.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("master file: named-compilezone reads the same records", "[ingest][master-file][oracle]") {
  if (std::system("command -v named-compilezone >/dev/null 2>&1") != 0) {
    WARN("skipped: named-compilezone is not installed");
    return;
  }
  const std::string samples = source_dir() + "/samples/ingest/master-file/";
  const std::string head = "$TTL 1h\n@ SOA ns1 hostmaster 1 2h 15m 2w 5m\n  NS ns1\nns1 A 192.0.2.1\n";
  struct Row {
    const char* title;
    std::string text;
    const char* origin;
  };
  const Row rows[] = {
      {"the small sample", read_file(samples + "01-small/zones/corp.example.zone"), "corp.example"},
      {"the sample with delegations", read_file(samples + "02-delegations/hosts/ns1/var/lib/bind/db.corp.example"), "corp.example"},
      {"the sample with $GENERATE", read_file(samples + "05-generate/zones/db.10.9.30"), "30.9.10.in-addr.arpa"},
      {"the sample in BIND's own form", read_file(samples + "06-bind-dump/var/named/dump.txt"), "corp.example"},
      {"$GENERATE in every base",
       head + "$GENERATE 7-29/11 a$ A 192.0.2.$\n$GENERATE 9-10 o${0,3,o} CNAME x${1,4,x}-${-3,2,X}\n$GENERATE 250-260 ${0,5,n}.n PTR "
              "${0,0,N}.x\n"
              "$GENERATE 1-2 $$.${0} TXT \"$ and ${5}\"\n",
       "corp.example"},
      {"origins, blank owners, parentheses",
       head + "a ( A\n 192.0.2.2\n )\n  A 192.0.2.3 ; x ( y\n$ORIGIN lab\na 5 A 192.0.2.4\n$TTL 60\nb MX ( 10\n mail )\n$ORIGIN "
              "corp.example.\nc IN 7 A 192.0.2.5\nd 1w2d IN A 192.0.2.6\n",
       "corp.example"},
      {"escapes and strings",
       head + "a\\.b A 192.0.2.7\n\\065c A 192.0.2.8\nt TXT a\\ b \"c;d\" \"\\195\\169\\\\\" \\\"\nu TXT \"\"\nv HINFO x \"y z\"\n",
       "corp.example"},
      {"unknown types",
       head + "a TYPE1 \\# 4 c0000209\nb TYPE65400 \\# 3 ( 0a\n0b0c )\nc CLASS1 TYPE28 \\# 16 20010db8000000000000000000000001\nd A \\# 4 "
              "C000020A\n",
       "corp.example"},
      {"many types",
       head + "s SRV 1 2 3 t\nn NAPTR 1 2 \"s\" \"SIP+D2U\" \"\" _sip._udp\nc CAA 128 issue \"ca.example\"\nr RP a.b @\nl TLSA 3 1 1 ( "
              "0000000000000000000000000000000000000000000000000000000000000000 )\n"
              "h HTTPS 1 . alpn=\"h2\" port=443\nd DNAME x.example.\nf SSHFP 4 2 ( "
              "0000000000000000000000000000000000000000000000000000000000000000 )\nu URI 1 2 \"https://x.example/\"\nk KX 1 k2\n",
       "corp.example"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const ScratchFolder folder;
      folder.write("in", row.text);
      const std::string command = "cd " + folder.path() +
                                  " && named-compilezone -q -i none -k ignore -n ignore -m ignore -M ignore -S ignore -r ignore -o out " +
                                  row.origin + " in >err 2>&1";
      INFO(read_file(folder.path("err")));
      REQUIRE(std::system(command.c_str()) == 0);
      CHECK(records(row.text, row.origin) == records(read_file(folder.path("out")), row.origin));
    }
}

}  // namespace mainstay
