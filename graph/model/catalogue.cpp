#include "graph/model/catalogue.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace mainstay {
namespace {

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

/// How a label with a hole fits a label of a pattern.
Fit fit_hole(std::string_view wanted, std::string_view label) {
  // A hole is an octet that only a star takes.
  if (glob(wanted, label, 1)) return Fit::certain;
  if (wanted.find('*') != std::string_view::npos) return Fit::possible;
  const std::string_view tail = label.substr(label.rfind(kHole) + 1);
  return wanted.size() >= tail.size() && glob(tail, wanted.substr(wanted.size() - tail.size()), 1) ? Fit::possible : Fit::no;
}

/// How the labels of `pattern` fit those of `host` from the right, where a label with a hole may be anything.
Fit fit_labels(std::vector<std::string_view> pattern, std::vector<std::string_view> host) {
  const bool any_depth = !pattern.empty() && pattern.front() == "**";
  if (any_depth) pattern.erase(pattern.begin());
  while (!pattern.empty() && !host.empty()) {
    const std::string_view label = host.back();
    if (label.find(kHole) != std::string_view::npos) {
      // What stands before a hole that is not a star's may be anything, labels and dots too.
      if (const Fit how = fit_hole(pattern.back(), label); how != Fit::certain) return how;
    } else if (label.empty() || !glob(pattern.back(), label, 1)) {
      return Fit::no;
    }
    pattern.pop_back();
    host.pop_back();
  }
  return pattern.empty() && host.empty() != any_depth ? Fit::certain : Fit::no;
}

/// The text of a host with its holes as one octet each, without a final dot.
std::string shape_of(const Text& host) {
  std::string shape = host.skeleton(kHole);
  if (shape.ends_with('.')) shape.pop_back();
  return shape;
}

Fit fit_shape(std::string_view pattern, std::string_view shape) {
  if (pattern.ends_with('.')) pattern.remove_suffix(1);
  return fit_labels(split_labels(pattern), split_labels(shape));
}

}  // namespace

Fit fit(std::string_view pattern, const Text& host) { return fit_shape(pattern, shape_of(host)); }

void Catalogue::add(KnownHost row) {
  host_index_.add(row.pattern, hosts_.size());
  hosts_.push_back(std::move(row));
}

void Catalogue::add(KnownKey row) {
  key_index_.add(row.pattern, keys_.size());
  keys_.push_back(std::move(row));
}

void Catalogue::add(KnownProvider row) {
  for (const std::string& pattern : row.name_servers) name_server_index_.add(pattern, providers_.size());
  providers_.push_back(std::move(row));
}

void Catalogue::add(Claimable row) {
  claimable_index_.add(row.pattern, claimable_.size());
  claimable_.push_back(std::move(row));
}

const KnownHost* Catalogue::host(const Text& host) const {
  const KnownHost* possible = nullptr;
  constexpr std::size_t kMaxName = 1024;  // 255 octets on the wire are at most 1020 in escapes
  const std::string shape = shape_of(host);
  if (shape.size() > kMaxName) return nullptr;
  for (const std::size_t at : host_index_.candidates(shape)) {
    const KnownHost& row = hosts_[at];
    const Fit how = fit_shape(row.pattern, shape);
    if (how == Fit::certain) return &row;
    // A hole alone could be any host: it says nothing unless three labels are known.
    if (how == Fit::possible && possible == nullptr && host.known_domain() && host.known_domain()->dots() >= 2) possible = &row;
  }
  return possible;
}

const KnownKey* Catalogue::key(std::string_view key) const {
  const std::size_t row = key_index_.first(key);
  return row == KeyPatternIndex::npos ? nullptr : &keys_[row];
}

const KnownProvider* Catalogue::provider_of_name_server(const DomainName& name) const {
  for (const std::size_t at : name_server_index_.candidates(name.host())) {
    for (const std::string& pattern : providers_[at].name_servers) {
      if (fit_shape(pattern, name.host()) == Fit::certain) return &providers_[at];
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
  for (const std::size_t at : claimable_index_.candidates(target.host())) {
    if (fit_shape(claimable_[at].pattern, target.host()) == Fit::certain) return &claimable_[at];
  }
  return nullptr;
}

}  // namespace mainstay
