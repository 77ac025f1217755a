// Runs one ingester on texts in memory: the tree of every ingester test, golden and fuzz target.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/ingester.h"

namespace mainstay {

/// A tree in memory. A file below "<folder>/etc/resolv.conf" makes <folder> a host, as in a real tree.
class MemoryTree final : public SourceTree {
 public:
  explicit MemoryTree(std::map<std::string, std::string, std::less<>> files) : files_(std::move(files)) {}
  std::vector<std::string> names_below(std::string_view folder) const override;
  Result<std::string> read(std::string_view name) const override;
  HomeScope home(std::string_view name) const override;
  HomeScope cluster(std::string_view name) const override;

 private:
  std::map<std::string, std::string, std::less<>> files_;
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
