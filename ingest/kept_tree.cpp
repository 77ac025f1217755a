#include "ingest/kept_tree.h"

#include <utility>

namespace mainstay {

KeptTree::KeptTree(const FileTree& tree, std::uint64_t budget) : tree_(tree), left_(budget), kept_(tree.files().size()) {}

std::optional<std::size_t> KeptTree::position(std::string_view name) const {
  const TreeFile* file = tree_.resolve(name);
  if (file == nullptr) return std::nullopt;
  return static_cast<std::size_t>(file - tree_.files().data());
}

bool KeptTree::reserve(std::uint64_t octets) {
  std::uint64_t left = left_;
  while (left >= octets) {
    if (left_.compare_exchange_weak(left, left - octets)) return true;
  }
  return false;
}

void KeptTree::keep(std::size_t position, std::string bytes) { kept_[position] = std::move(bytes); }

std::map<std::string, std::string> KeptTree::failures() const {
  const std::lock_guard lock(mutex_);
  return failures_;
}

Result<std::string> KeptTree::read(std::string_view name) const {
  const std::optional<std::size_t> at = position(name);
  if (at && kept_[*at]) return *kept_[*at];
  Result<std::string> bytes = tree_.read(name);
  if (at && !bytes) {
    const std::lock_guard lock(mutex_);
    failures_.emplace(tree_.files()[*at].name, bytes.error());
  }
  return bytes;
}

HomeScope KeptTree::home(std::string_view name) const { return named(tree_.home(name)); }

HomeScope KeptTree::cluster(std::string_view name) const { return named(tree_.cluster(name)); }

HomeScope KeptTree::named(HomeScope scope) const {
  const std::lock_guard lock(mutex_);
  // The folder of a cluster is the first of that name, whichever file asks first.
  const auto [at, is_new] = named_.emplace(scope.id, scope);
  if (!is_new && scope.folder < at->second.folder) at->second = scope;
  return scope;
}

Fact KeptTree::scope_fact(const HomeScope& scope) const {
  Scope fact{.id = scope.id, .kind = scope.kind, .name = scope.name, .parent = scope.parent};
  if (const std::string mark = tree_.scopes().made_by(scope); !mark.empty()) {
    fact.reasons.push_back(Evidence::declared({.file = mark}));
  } else if (scope.kind == ScopeKind::repository) {
    fact.reasons.push_back(Evidence::declared({.file = "."}));
  } else {
    fact.reasons.push_back(Evidence::assumed("no folder below clusters/ says which cluster the manifests belong to"));
  }
  return fact;
}

std::vector<Fact> KeptTree::named_scopes() const {
  std::map<std::string, HomeScope> all;
  {
    const std::lock_guard lock(mutex_);
    all = named_;
  }
  const HomeScope repository = Scopes().home("");
  all.emplace(repository.id, repository);
  std::vector<HomeScope> open;
  for (const auto& [id, scope] : all) open.push_back(scope);
  // The scopes around one are found from the folder that makes it a scope.
  while (!open.empty()) {
    const HomeScope scope = std::move(open.back());
    open.pop_back();
    if (scope.parent.empty() || all.contains(scope.parent)) continue;
    for (const HomeScope& around : {tree_.home(scope.folder), tree_.cluster(scope.folder + "/")}) {
      if (around.id == scope.parent && all.emplace(around.id, around).second) open.push_back(around);
    }
  }
  std::vector<Fact> facts;
  for (const auto& [id, scope] : all) facts.push_back(scope_fact(scope));
  return facts;
}

}  // namespace mainstay
