#include "tests/ingest/ingested.h"

namespace mainstay {

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

HomeScope MemoryTree::home(std::string_view name) const {
  std::string folder(name);
  while (!folder.empty()) {
    const std::size_t slash = folder.rfind('/');
    folder = slash == std::string::npos ? std::string() : folder.substr(0, slash);
    if (files_.contains(folder.empty() ? std::string("etc/resolv.conf") : folder + "/etc/resolv.conf")) {
      const std::size_t last = folder.rfind('/');
      return {.id = "host:" + folder, .kind = ScopeKind::host, .name = last == std::string::npos ? folder : folder.substr(last + 1), .folder = folder};
    }
  }
  return {.id = "repository:.", .kind = ScopeKind::repository, .name = "."};
}

HomeScope MemoryTree::cluster(std::string_view name) const {
  const std::size_t mark = name.starts_with("clusters/") ? 0 : name.find("/clusters/");
  if (mark == std::string_view::npos) return {.id = "cluster:default", .kind = ScopeKind::cluster, .name = "default"};
  const std::size_t begin = mark + (mark == 0 ? 9 : 10);
  const std::size_t end = name.find('/', begin);
  if (end == std::string_view::npos) return {.id = "cluster:default", .kind = ScopeKind::cluster, .name = "default"};
  const std::string cluster(name.substr(begin, end - begin));
  return {.id = "cluster:" + cluster, .kind = ScopeKind::cluster, .name = cluster, .folder = std::string(name.substr(0, end))};
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
