// Estates of a few facts, written in the test that needs them, and what one rule finds in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/findings/report.h"
#include "graph/model/catalogue.h"

namespace mainstay {

/// Reasons that point at a line of a file.
Reasons written(std::uint32_t line = 1);

/// A process on a machine of its own, whose stub asks two servers that nothing describes.
struct Process {
  std::string name;
  std::string host;  // that it needs
  Role role = Role::oidc_issuer;
  Purpose purpose = Purpose::ordinary;
  std::string machine;            // its own one when empty
  std::vector<std::string> asks;  // other servers than 10.0.1.53 and 10.0.2.53
  std::vector<FailureDomain> domains;
  std::string alternative;
};
void add_process(std::vector<Fact>& facts, const Process& process);

/// A complete zone with name servers inside it at these addresses, and one host in it.
void add_zone(std::vector<Fact>& facts, const std::string& apex, const std::vector<std::string>& addresses, const std::string& host = "");
Record record(const std::string& owner, const std::string& type, const std::string& data, std::uint32_t ttl = 3600);

/// What one rule has to say.
struct Said {
  std::vector<Finding> findings;
  std::vector<Undecided> undecided;
  std::string told() const;  // a line a finding
};
Said said(std::string_view rule, std::vector<Fact> facts, const Catalogue& catalogue = {});

}  // namespace mainstay
