// The targets of an nginx configuration: what "proxy_pass" and its like lead to, through variables and upstream groups.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/values/text.h"
#include "ingest/config/nginx_blocks.h"

namespace mainstay::nginx {

/// One host that a directive leads to.
struct Target {
  Text host;
  std::optional<std::uint16_t> port;
  std::string path;         // of the URL, as far as it is known; empty for members of an upstream group
  std::string group;        // the upstream group that it is a member of; empty for a host of its own
  bool is_at_run = false;   // looked up by the servers of `resolver` while nginx runs; false: once, when it starts
  bool is_address = false;  // nothing is looked up
  Location where;
};

/// Resolves targets within one configuration.
class Targets {
 public:
  explicit Targets(const Configuration& configuration);

  /// The hosts behind a word of a directive in that block; empty for sockets, loopback addresses and what is no host.
  std::vector<Target> of(const Block& block, const BraceWord& word) const;
  /// The text of a word, variables that `set` gives one value filled in.
  Text text_of(const Block& block, std::string_view word) const;

 private:
  Text filled(const Block& block, std::string_view word, std::size_t& left) const;
  /// What `set` gives a variable where that is one value; null otherwise.
  const std::string* variable(const Block& block, std::string_view name) const;
  bool is_set_while_running(const Block& block, std::string_view word) const;
  std::vector<Target> members(const std::string& group) const;

  std::map<std::string, const Block*, std::less<>> upstreams_;
  // What `set` gives a variable in a block; nothing when it gives it several values.
  std::map<std::pair<const Block*, std::string>, std::optional<std::string>> set_;
};

}  // namespace mainstay::nginx
