// Scopes: which host, compose project or cluster a file belongs to, told from nothing but the names in the tree.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "ingest/source/unit.h"

namespace mainstay {

/// The places that the names of one tree make, by written rules:
///   a folder that holds "etc/resolv.conf" is the file system of a host, and what lies below it runs on that host;
///   a folder that holds a compose file is a compose project;
///   "clusters/<name>/" holds what runs in, or makes up, the cluster of that name;
///   the nearest folder wins; a host or project inside another one, or inside a cluster's folder, has that as its parent;
///   what none of them holds belongs to the repository.
class Scopes {
 public:
  Scopes() = default;
  /// Shape: `names` are relative to the root, with forward slashes, sorted.
  explicit Scopes(std::span<const std::string> names);

  /// The host, else the compose project, that holds the file most closely; else the repository. Never a cluster.
  HomeScope home(std::string_view name) const;
  /// The cluster of the nearest "clusters/<name>/" above the file, else "cluster:default".
  HomeScope cluster(std::string_view name) const;
  /// The name of the file, or of the folder with its final slash, that makes a scope what it is; empty for the repository and for
  /// "cluster:default".
  std::string made_by(const HomeScope& scope) const;

 private:
  void consider(const std::string& name);
  /// The host or project whose folder is exactly that one, or null.
  const HomeScope* at(std::string_view folder) const;
  std::string around(std::string_view folder) const;

  std::map<std::string, HomeScope, std::less<>> homes_;    // by folder
  std::map<std::string, std::string, std::less<>> marks_;  // by folder: the file that makes it a scope
};

}  // namespace mainstay
