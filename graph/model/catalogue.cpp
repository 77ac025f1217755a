#include "graph/model/catalogue.h"

#include <algorithm>
#include <cctype>

namespace mainstay {
namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

/// Glob match without case: `*` stands for any octets, also none. Linear in practice: one backtrack point.
bool glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && lower(pattern[p]) == lower(text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<std::string_view> split_labels(std::string_view name) {
  std::vector<std::string_view> labels;
  while (!name.empty()) {
    const std::size_t dot = name.find('.');
    labels.push_back(name.substr(0, dot));
    name.remove_prefix(dot == std::string_view::npos ? name.size() : dot + 1);
  }
  return labels;
}

constexpr char kHole = '\x01';

/// How the labels of `pattern` fit those of `host` from the right, where a label with a hole may be anything.
Fit fit_labels(std::vector<std::string_view> pattern, std::vector<std::string_view> host) {
  const bool any_depth = !pattern.empty() && pattern.front() == "**";
  if (any_depth) pattern.erase(pattern.begin());
  Fit best = Fit::certain;
  while (!pattern.empty() && !host.empty()) {
    const std::string_view label = host.back();
    const std::size_t hole = label.rfind(kHole);
    if (hole != std::string_view::npos) {
      // What stands behind the hole is known; before it anything may stand, dots too.
      const std::string_view tail = label.substr(hole + 1);
      if (pattern.back() == "*") {
        best = Fit::possible;
        if (host.size() == 1) return best;
        pattern.pop_back();
        host.pop_back();
        continue;
      }
      const std::string_view wanted = pattern.back();
      const bool tail_fits = wanted.find('*') != std::string_view::npos ||
                             (wanted.size() >= tail.size() && glob(tail, wanted.substr(wanted.size() - tail.size())));
      return tail_fits ? Fit::possible : Fit::no;
    }
    if (label.empty() || !glob(pattern.back(), label)) return Fit::no;
    pattern.pop_back();
    host.pop_back();
  }
  if (!pattern.empty()) return Fit::no;
  if (any_depth) return host.empty() ? Fit::no : best;
  return host.empty() ? best : Fit::no;
}

}  // namespace

Fit fit(std::string_view pattern, const Text& host) {
  std::string shape = host.skeleton(kHole);
  if (shape.ends_with('.')) shape.pop_back();
  if (pattern.ends_with('.')) pattern.remove_suffix(1);
  return fit_labels(split_labels(pattern), split_labels(shape));
}

const KnownHost* Catalogue::host(const Text& host) const {
  const KnownHost* possible = nullptr;
  for (const KnownHost& row : hosts_) {
    const Fit how = fit(row.pattern, host);
    if (how == Fit::certain) return &row;
    // A hole alone could be any host: it says nothing unless at least the provider's domain is known.
    if (how == Fit::possible && possible == nullptr && host.known_domain() && host.known_domain()->dots() >= 2) possible = &row;
  }
  return possible;
}

const KnownKey* Catalogue::key(std::string_view key) const {
  const auto at = std::find_if(keys_.begin(), keys_.end(), [&](const KnownKey& row) { return glob(row.pattern, key); });
  return at == keys_.end() ? nullptr : &*at;
}

const KnownProvider* Catalogue::provider_of_name_server(const DomainName& name) const {
  const Text host(name.host());
  for (const KnownProvider& row : providers_) {
    for (const std::string& pattern : row.name_servers) {
      if (fit(pattern, host) == Fit::certain) return &row;
    }
  }
  return nullptr;
}

const KnownProvider* Catalogue::operator_of_resolver(const IpAddress& address) const {
  for (const KnownProvider& row : providers_) {
    for (const std::string& known : row.resolvers) {
      const std::size_t slash = known.find('/');
      if (slash == std::string::npos ? known == address.text()
                                     : address.prefix(static_cast<unsigned>(std::atoi(known.c_str() + slash + 1))) == known) {
        return &row;
      }
    }
  }
  return nullptr;
}

const KnownProvider* Catalogue::provider(std::string_view name) const {
  const auto at = std::find_if(providers_.begin(), providers_.end(), [&](const KnownProvider& row) { return row.name == name; });
  return at == providers_.end() ? nullptr : &*at;
}

const Claimable* Catalogue::claimable(const DomainName& target) const {
  const Text host(target.host());
  const auto at = std::find_if(claimable_.begin(), claimable_.end(),
                               [&](const Claimable& row) { return fit(row.pattern, host) == Fit::certain; });
  return at == claimable_.end() ? nullptr : &*at;
}

}  // namespace mainstay
