// Resources that name an identity endpoint by its URL: an authorizer that asks it, a provider that trusts it.
#pragma once

#include <string>

#include "ingest/source/unit.h"

namespace mainstay::iac {

struct IdentityUrl {
  Text url;
  Role role = Role::oidc_issuer;
  bool is_use = false;   // the resource itself asks the endpoint; else it is trusted by it
  std::string key;       // the argument that holds the URL
  std::string resource;  // its address
  std::string name;      // as people call it
  std::string workload;  // the id that the resource has as a workload
  std::string scope;
  std::string environment = {};
  Reasons resource_reasons;
  Reasons reasons;
};

/// Adds a workload that uses the endpoint, or the endpoint and the trust in it. False when there is no host in the URL.
bool add_identity_url(Unit& unit, const IdentityUrl& from);

}  // namespace mainstay::iac
