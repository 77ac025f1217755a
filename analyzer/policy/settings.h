// Settings: what .mainstay.toml says, with the place of each word of it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/identities/txt_identities.h"
#include "analyzer/policy/allowance.h"
#include "graph/findings/finding.h"
#include "ingest/source/source.h"

namespace mainstay {

/// A setting that was made, and where.
struct SettingValue {
  std::string value;
  Place place;
};

/// What is set for one rule.
struct RuleSetting {
  std::optional<Severity> severity;
  Place severity_place;
  std::optional<Suppression> disabled;  // with its reason
};

/// Everything that a file of settings says and that could be understood.
struct Settings {
  std::string file;                                         // empty when there is none
  std::map<std::string, SettingValue, std::less<>> values;  // by "section.key", as in setting_keys(); those of the simple sections
  std::map<std::string, RuleSetting, std::less<>> rules;
  std::vector<Allowance> allowances;
  std::vector<TxtNames> identities;

  /// The value of "section.key"; null when it is not set.
  const SettingValue* find(std::string_view name) const;
};

/// What a value looks like.
enum class SettingKind : std::uint8_t { severity, threshold, confidence, gate, flag, text, day, rule, pattern, id, domain, order, labels };

/// One key of the file. Shape: `section` is "" for the top, "thresholds", "gate", or "allow", "waive" and "identities" (lists), or "rules"
/// (by name).
struct SettingKey {
  std::string_view section;
  std::string_view name;
  SettingKind kind = SettingKind::text;
  bool required = false;
  std::string_view otherwise;  // the default of a simple setting
  std::string_view meaning;
};

/// Every key there is: the reader, the schema, `mainstay config` and the manual are made from it.
std::span<const SettingKey> setting_keys();
/// The words that a kind of value may have; empty where they are not a fixed list.
std::vector<std::string> words_of(SettingKind kind);
/// True when the text is a value of that kind; texts, patterns and ids must not be empty.
bool is_value(SettingKind kind, std::string_view text);

/// Reads a file of settings. `folder` is what stands in front of the names in its patterns ("" or "infra/").
/// Errors: what is not understood is reported and sets nothing; an allowance without all that it needs suppresses nothing.
Settings read_settings(const Source& source, std::string_view folder, Diagnostics& problems);

/// The JSON Schema (draft 2020-12) of the file.
std::string settings_schema();

}  // namespace mainstay
