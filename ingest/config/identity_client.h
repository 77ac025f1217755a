// An identity client of a machine: a library or daemon that its own configuration file tells which directory or KDC to ask.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/values/text.h"
#include "ingest/source/unit.h"
#include "ingest/syntax/lines.h"

namespace mainstay {

/// Collects what one client needs, as one Workload and its Uses.
class IdentityClient {
 public:
  /// How a server came to be listed.
  struct Listed {
    std::string_view setting;      // the setting's name
    std::string_view alternative;  // the same for servers of which one is enough
    Location where;
    std::string_view by_default;  // the product's documentation, when the setting is not there
  };

  /// `name` is the product's word ("sssd"); the workload stands for it on the machine whose file system the unit lies in, else for the
  /// folder of the file.
  IdentityClient(Unit& unit, WorkloadKind kind, std::string_view name);

  /// One server, as written: "ldaps://a.example", "kdc.example:88". Placeholders stay unknown; an absolute path, a socket and "" are none.
  /// Errors: a value that is no host becomes a diagnostic.
  void asks(Role role, std::string_view server, const Listed& listed);
  /// The records by which the client finds its servers in DNS: `service` is "_ldap._tcp", `domain` as written.
  /// Errors: a domain of which nothing is known becomes a note.
  void finds(Role role, std::string_view service, std::string_view domain, const Listed& listed);

  /// Adds the workload when it needs anything.
  void finish();

 private:
  void add(Role role, Use use, const Listed& listed);

  Unit& unit_;
  Workload workload_;
  bool needs_ = false;
};

/// The words of a list that blanks or commas separate, each with its place inside `where`.
struct ListedWord {
  std::string_view text;
  Location where;
};
std::vector<ListedWord> listed_words(std::string_view list, Location where);
/// The same for the words behind the first one of a line.
std::vector<ListedWord> listed_words(const Unit& unit, const Line& line);

}  // namespace mainstay
