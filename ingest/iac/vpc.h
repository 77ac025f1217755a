// Amazon VPC: a network as a scope, its own resolver, and what it gives to whatever runs in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/iac/value.h"
#include "ingest/source/unit.h"

namespace mainstay::iac {

/// One entry of DHCP options' domain name servers.
struct DhcpServer {
  Value server;  // an address, or "AmazonProvidedDNS"
  Reasons reasons;
};

struct DhcpOptions {
  std::vector<DhcpServer> servers;
  Text search;
  Reasons reasons;
};

/// What templates say of one VPC.
struct Vpc {
  std::string path;  // the id behind "vpc:"
  std::string name;
  std::string parent;
  std::optional<std::string> region;
  bool has_dns_support = true;
  std::optional<DhcpOptions> options;  // that the VPC is associated with
  std::vector<Forward> forwards;       // of its own resolver, by associated rules
  Reasons reasons;
  Reasons support_reasons;  // for having no resolver
};

/// Adds the scope, the VPC's resolver unless it is off, and the stub of everything in it.
/// Source: Amazon VPC User Guide, "DNS attributes for your VPC", "DHCP option sets in Amazon VPC".
void add_vpc(Unit& unit, Vpc vpc);

}  // namespace mainstay::iac
