#include "analyzer/faults/availability.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "ingest/source/source.h"
#include "ingest/syntax/yaml.h"

namespace mainstay {
namespace {

constexpr std::string_view kAssumed = "our assumption";

constexpr std::array kDefaults{
    DefaultAvailability{"account", 0.99999, kAssumed},
    DefaultAvailability{"address", 0.9999, kAssumed},
    DefaultAvailability{"endpoint", 0.9995, kAssumed},
    DefaultAvailability{"failure-domain", 0.995, "Amazon Compute Service Level Agreement: 99.5 % is promised for one instance"},
    DefaultAvailability{"name-server", 0.999, kAssumed},
    DefaultAvailability{"parent", 0.999999, kAssumed},
    DefaultAvailability{"prefix", 0.9999, kAssumed},
    DefaultAvailability{"provider", 0.9999, kAssumed},
    DefaultAvailability{"region", 0.9999, "Amazon Compute Service Level Agreement: 99.99 % is promised for a region"},
    DefaultAvailability{"registrable-domain", 0.99999, kAssumed},
    DefaultAvailability{"resolver", 0.999, kAssumed},
    DefaultAvailability{"runs", 0.999, kAssumed},
    DefaultAvailability{"source", 0.9999, kAssumed},
    DefaultAvailability{"zone", 0.9995, kAssumed},
};
constexpr double kOtherwise = 0.999;

/// Reads one file over the causes.
class Loader {
 public:
  Loader(const Source& source, const CommonCause& cause, std::vector<double>& unavailable, Diagnostics& problems)
      : source_(source), cause_(cause), unavailable_(unavailable), problems_(problems) {}

  void load(const YamlNode& file) {
    if (!file.is_map()) return error(file.where, "a file of availabilities is an object of lists", kLists);
    for (const YamlEntry& list : file.entries) {
      if ((list.key != "kinds" && list.key != "components") || !list.value->is_list()) {
        error(list.where, fmt::format("'{}' is not a list that is known", list.key), kLists);
      }
    }
    // What is said of one component counts more than what is said of its kind, wherever it stands.
    for (const YamlNode* row : file["kinds"].children) read(*row, false);
    for (const YamlNode* row : file["components"].children) read(*row, true);
  }

 private:
  static constexpr const char* kLists = "the lists are kinds and components";

  void read(const YamlNode& row, bool is_component) {
    if (!row.is_map()) return error(row.where, "a row is an object", "the row is left out");
    for (const YamlEntry& entry : row.entries) {
      const bool known =
          entry.key == "kind" || entry.key == "availability" || entry.key == "source" || (is_component && entry.key == "name");
      if (!known) return error(entry.where, fmt::format("no member of this row is called '{}'", entry.key), "the row is left out");
    }
    const std::optional<double> availability = number(row["availability"]);
    if (!availability) return error(row.where, "'availability' is a number from 0 to 1", "the row is left out");
    const std::string_view kind = row["kind"].text_or("");
    const std::string_view name = row["name"].text_or("");
    std::size_t found = 0;
    for (std::size_t at = 0; at < cause_.causes.size(); ++at) {
      const Cause& cause = cause_.causes[at];
      if (cause.kind != kind || (is_component ? cause.name != name && cause.label != name : cause.is_inherent)) continue;
      unavailable_[at] = 1 - *availability;
      ++found;
    }
    if (found == 0) problems_.warning(source_, row.where, fmt::format("nothing here is a {} {}", kind, name), "the row says nothing");
  }

  static std::optional<double> number(const YamlNode& value) {
    double parsed = -1;
    const char* end = value.text.data() + value.text.size();
    const auto [stopped, problem] = std::from_chars(value.text.data(), end, parsed);
    if (value.kind != YamlKind::number || problem != std::errc() || stopped != end || !(parsed >= 0 && parsed <= 1)) return std::nullopt;
    return parsed;
  }

  void error(Location where, std::string message, std::string hint) {
    problems_.error(source_, where, std::move(message), std::move(hint));
  }

  const Source& source_;
  const CommonCause& cause_;
  std::vector<double>& unavailable_;
  Diagnostics& problems_;
};

}  // namespace

std::span<const DefaultAvailability> default_availabilities() { return kDefaults; }

std::vector<double> unavailabilities(const CommonCause& cause) {
  std::vector<double> values;
  for (const Cause& one : cause.causes) {
    if (one.is_inherent) {
      values.push_back(0);
      continue;
    }
    const auto known =
        std::find_if(kDefaults.begin(), kDefaults.end(), [&](const DefaultAvailability& row) { return row.kind == one.kind; });
    values.push_back(1 - (known == kDefaults.end() ? kOtherwise : known->availability));
  }
  return values;
}

void read_availabilities(std::string_view file, std::string_view bytes, const CommonCause& cause, std::vector<double>& unavailable,
                         std::vector<Diagnostic>& problems) {
  const Source source{std::string(file), std::string(bytes)};
  Diagnostics found;
  const YamlStream json = read_json(source, SourceId{}, found);
  for (const YamlNode* document : json.documents()) Loader(source, cause, unavailable, found).load(*document);
  problems.insert(problems.end(), found.all().begin(), found.all().end());
}

}  // namespace mainstay
