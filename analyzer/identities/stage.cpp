#include "analyzer/identities/stage.h"

#include <algorithm>
#include <array>
#include <optional>
#include <variant>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

constexpr char kHole = '\x01';

bool is_called_environment(std::string_view name) {
  constexpr std::array<std::string_view, 3> kWords = {"env", "environment", "stage"};
  const std::string lower = ascii_lower(name);
  std::string part;
  const auto is_word = [&] { return std::find(kWords.begin(), kWords.end(), part) != kWords.end(); };
  for (const char c : lower) {
    if (is_ascii_letter(c) || is_ascii_digit(c)) {
      part += c;
      continue;
    }
    if (is_word()) return true;
    part.clear();
  }
  return is_word();
}

/// The labels of a name, each unknown part as one octet; empty for what is no name.
std::vector<std::string> labels_of(const Text& name) {
  std::vector<std::string> labels{""};
  for (const char c : name.skeleton(kHole)) {
    if (c == '.') {
      labels.emplace_back();
    } else {
      labels.back() += c;
    }
  }
  if (labels.back().empty()) labels.pop_back();
  return labels;
}

/// Which label of a name is its environment; nothing when that is not known.
std::optional<std::size_t> environment_label(const Text& name, const std::vector<TxtConvention>& conventions) {
  const std::vector<std::string> labels = labels_of(name);
  const std::optional<DomainName> domain = name.known_domain();
  if (!domain) return std::nullopt;
  for (const TxtConvention& one : conventions) {
    if (domain->is_within(one.suffix) && labels.size() == one.suffix.labels().size() + 2) return one.environment_first ? 0 : 1;
  }
  if (labels.size() < 4 || !speaks_of_identity(labels[2])) return std::nullopt;
  return 1;
}

/// The name with every unknown part that stands for the environment filled in.
Text filled(const Text& name, const std::string& stage, const std::vector<TxtConvention>& conventions) {
  if (name.is_known()) return name;
  const std::optional<std::size_t> wanted = environment_label(name, conventions);
  const bool is_whole_label = wanted && labels_of(name)[*wanted] == std::string(1, kHole);
  Text out;
  std::size_t label = 0;
  for (const Text::Piece& piece : name.pieces()) {
    if (const std::string* known = std::get_if<std::string>(&piece)) {
      label += static_cast<std::size_t>(std::count(known->begin(), known->end(), '.'));
      out.append(*known);
      continue;
    }
    const Hole& hole = std::get<Hole>(piece);
    if (is_called_environment(hole.name) || (is_whole_label && label == *wanted)) {
      out.append(stage);
    } else {
      out.append(hole);
    }
  }
  return out;
}

}  // namespace

std::size_t fill_stage(std::vector<Fact>& facts, const std::string& stage, const std::vector<TxtConvention>& conventions) {
  std::size_t changed = 0;
  const auto fill = [&](Text& name) {
    Text with = filled(name, stage, conventions);
    if (with == name) return;
    name = std::move(with);
    ++changed;
  };
  for (Fact& fact : facts) {
    if (IdentityRecord* lookup = std::get_if<IdentityRecord>(&fact)) fill(lookup->owner);
    if (Record* record = std::get_if<Record>(&fact); record != nullptr && record->type == "TXT") fill(record->owner);
  }
  return changed;
}

}  // namespace mainstay
