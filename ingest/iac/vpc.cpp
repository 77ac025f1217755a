#include "ingest/iac/vpc.h"

#include <utility>

#include "ingest/iac/records.h"

namespace mainstay::iac {
namespace {

Upstream upstream_of(const std::string& provided, const DhcpServer& server) {
  Upstream upstream{.reasons = server.reasons};
  if (known_text(server.server) == "AmazonProvidedDNS") {
    upstream.server = provided;
  } else if (const std::optional<IpAddress> address = address_of(server.server)) {
    upstream.address = *address;
  } else {
    upstream.host = as_text(server.server, "domain_name_servers").display();
  }
  return upstream;
}

Stub stub_of(const Vpc& vpc, const std::string& provided) {
  Stub stub{.scope = "vpc:" + vpc.path};
  if (vpc.options) {
    for (const DhcpServer& server : vpc.options->servers) stub.servers.push_back(upstream_of(provided, server));
    if (!vpc.options->search.empty()) stub.search.push_back(vpc.options->search);
    stub.reasons = vpc.options->reasons;
  } else if (vpc.has_dns_support) {
    const Evidence why =
        Evidence::by_default("Amazon VPC: without DHCP options of its own a VPC uses AmazonProvidedDNS (Amazon VPC User Guide)");
    stub.servers.push_back({.server = provided, .reasons = {why}});
    stub.reasons = {why};
  } else {
    stub.reasons = vpc.support_reasons;
  }
  return stub;
}

}  // namespace

void add_vpc(Unit& unit, Vpc vpc) {
  const std::string provided = "server:aws/amazon-provided-dns/" + vpc.path;
  Stub stub = stub_of(vpc, provided);
  Scope scope{.id = "vpc:" + vpc.path, .kind = ScopeKind::vpc, .name = vpc.name, .parent = vpc.parent, .reasons = vpc.reasons};
  if (vpc.region) scope.failure_domains = {{"region", *vpc.region}};
  unit.add(std::move(scope));
  if (vpc.has_dns_support) {
    unit.add(Server{.id = provided,
                    .software = "amazon-provided-dns",
                    .scope = "vpc:" + vpc.path,
                    .roles = {ServerRole::recursive_resolver},
                    .forwards = std::move(vpc.forwards),
                    .iterates = true,
                    .reasons = vpc.reasons});
  }
  unit.add(std::move(stub));
}

}  // namespace mainstay::iac
