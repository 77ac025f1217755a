// Runs one ingester on texts in memory: the tree of every ingester test, golden and fuzz target.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/ingester.h"
#include "ingest/source/scopes.h"

namespace mainstay {

/// A tree in memory, with hosts, projects and clusters as in a real tree.
class MemoryTree final : public SourceTree {
 public:
  explicit MemoryTree(std::map<std::string, std::string, std::less<>> files);
  std::vector<std::string> names_below(std::string_view folder) const override;
  Result<std::string> read(std::string_view name) const override;
  HomeScope home(std::string_view name) const override { return scopes_.home(name); }
  HomeScope cluster(std::string_view name) const override { return scopes_.cluster(name); }

 private:
  std::map<std::string, std::string, std::less<>> files_;
  Scopes scopes_;
};

/// What an ingester made of a tree.
struct Ingested {
  std::vector<Fact> facts;
  std::vector<Diagnostic> problems;

  /// The facts of one kind, in the order they were added.
  template <class T>
  std::vector<T> all() const {
    std::vector<T> found;
    for (const Fact& fact : facts) {
      if (const T* one = std::get_if<T>(&fact)) found.push_back(*one);
    }
    return found;
  }
};

/// Reads every file that `ingester` claims, gathered as it gathers; files that it does not claim are only there to be included.
Ingested ingest(const Ingester& ingester, std::map<std::string, std::string, std::less<>> files, const Catalogue& catalogue);
/// The same with a small catalogue of test rows: VAULT_ADDR, *_ISSUER_URL, **.okta.com, sts.*.amazonaws.com.
Ingested ingest(const Ingester& ingester, std::map<std::string, std::string, std::less<>> files);

}  // namespace mainstay
