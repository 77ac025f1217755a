#include "tests/ingest/ingested.h"

namespace mainstay {

MemoryTree::MemoryTree(std::map<std::string, std::string, std::less<>> files) : files_(std::move(files)) {
  scopes_ = Scopes(names_below(""));
}

std::vector<std::string> MemoryTree::names_below(std::string_view folder) const {
  std::vector<std::string> names;
  const std::string prefix = folder.empty() ? std::string() : std::string(folder) + "/";
  for (const auto& [name, bytes] : files_) {
    if (name.starts_with(prefix)) names.push_back(name);
  }
  return names;
}

Result<std::string> MemoryTree::read(std::string_view name) const {
  const auto at = files_.find(name);
  if (at == files_.end()) return Error{"no such file in the scanned tree"};
  return at->second;
}

Ingested ingest(const Ingester& ingester, std::map<std::string, std::string, std::less<>> files, const Catalogue& catalogue) {
  const MemoryTree tree(std::move(files));
  std::vector<std::string> claimed;
  for (const std::string& name : tree.names_below("")) {
    const Result<std::string> bytes = tree.read(name);
    if (ingester.claims(name, std::string_view(*bytes).substr(0, 16384)) != Claim::no) claimed.push_back(name);
  }
  std::vector<std::vector<std::string>> units;
  if (ingester.gather != nullptr) {
    units = ingester.gather(tree, claimed);
  } else {
    for (const std::string& name : claimed) units.push_back({name});
  }
  Ingested out;
  for (std::vector<std::string>& names : units) {
    const HomeScope home = tree.home(names.front());
    Unit unit(tree, catalogue, home, std::move(names));
    ingester.read(unit);
    out.facts.insert(out.facts.end(), unit.facts().begin(), unit.facts().end());
    out.problems.insert(out.problems.end(), unit.problems().all().begin(), unit.problems().all().end());
  }
  return out;
}

Ingested ingest(const Ingester& ingester, std::map<std::string, std::string, std::less<>> files) {
  Catalogue catalogue;
  catalogue.add(KnownKey{.pattern = "VAULT_ADDR", .role = Role::secret_store, .source = "test"});
  catalogue.add(KnownKey{.pattern = "*_ISSUER_URL", .role = Role::oidc_issuer, .source = "test"});
  catalogue.add(KnownHost{.pattern = "**.okta.com", .role = Role::oidc_issuer, .provider = "okta", .source = "test"});
  catalogue.add(KnownHost{.pattern = "sts.*.amazonaws.com", .role = Role::sts, .provider = "aws", .source = "test"});
  return ingest(ingester, std::move(files), catalogue);
}

}  // namespace mainstay
