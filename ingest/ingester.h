// Ingester: how one format is recognised and read. One file and one line in formats.inc each.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/unit.h"

namespace mainstay {

/// How sure a format is that a file is one of its own. The highest claim wins; at equal claims the earlier line of formats.inc.
enum class Claim : std::uint8_t { no, by_name, by_content };

/// A format of configuration: constant data and functions without state.
struct Ingester {
  std::string_view name;       // "resolv-conf"
  std::string_view title;      // "libc stub resolver configuration"
  std::string_view reference;  // where the format is documented: "resolv.conf(5)"
  /// Whether a file is of this format, from its name and its first octets (at most 16 KiB).
  Claim (*claims)(std::string_view name, std::string_view head);
  /// Reads one unit: adds facts and problems to it. Never throws; what is not understood is a diagnostic.
  void (*read)(Unit& unit);
  /// Sorts the claimed files of one tree into units; null means one unit a file.
  std::vector<std::vector<std::string>> (*gather)(const SourceTree& tree, std::vector<std::string> names) = nullptr;
};

/// Every format, in the order of formats.inc.
std::span<const Ingester* const> all_ingesters();

}  // namespace mainstay
