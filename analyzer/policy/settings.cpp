#include "analyzer/policy/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "analyzer/policy/nearest.h"
#include "graph/values/ascii.h"
#include "ingest/syntax/toml.h"

namespace mainstay {
namespace {

/// The values of one table that are what they should be, by key.
using Row = std::map<std::string_view, const TomlNode*>;

std::string_view in_words(SettingKind kind) {
  switch (kind) {
    case SettingKind::flag: return "true or false";
    case SettingKind::day: return "a day, as 2027-01-31";
    case SettingKind::id: return "an id: 8 to 16 digits 0-9 and a-f";
    case SettingKind::rule: return "the name of a rule";
    case SettingKind::domain: return "a domain of at least two labels, as auth.example.com";
    case SettingKind::labels: return "a list of labels, as [\"prod\", \"staging\"]";
    case SettingKind::text:
    case SettingKind::pattern: return "a text that is not empty";
    default: return "one of the words for it";
  }
}

class SettingsReader {
 public:
  SettingsReader(const Source& source, std::string_view folder, Diagnostics& problems, Settings& settings)
      : source_(source), folder_(folder), problems_(problems), settings_(settings) {}

  void read(const TomlNode& document) {
    read_simple("", document);
    for (const TomlNode& member : document.children) {
      if (member.key == "thresholds" || member.key == "gate") read_simple(member.key, member);
      if (member.key == "allow" || member.key == "waive" || member.key == "identities") read_list(member);
      if (member.key == "rules") read_rules(member);
    }
  }

 private:
  void warn(Location where, std::string message, std::string hint) {
    problems_.warning(source_, where, std::move(message), std::move(hint));
  }

  /// Names that may stand at that place; at the top also those of the sections.
  static std::vector<std::string> names_in(std::string_view section) {
    std::set<std::string> names;
    for (const SettingKey& key : setting_keys()) {
      if (key.section == section) names.emplace(key.name);
      if (section.empty() && !key.section.empty()) names.emplace(key.section);
    }
    return {names.begin(), names.end()};
  }

  static bool is_section(std::string_view name) {
    const auto keys = setting_keys();
    return std::any_of(keys.begin(), keys.end(), [&](const SettingKey& key) { return key.section == name; });
  }

  static const SettingKey* key_of(std::string_view section, std::string_view name) {
    const auto keys = setting_keys();
    const auto at =
        std::find_if(keys.begin(), keys.end(), [&](const SettingKey& key) { return key.section == section && key.name == name; });
    return at == keys.end() ? nullptr : &*at;
  }

  static bool is_right(const SettingKey& key, const TomlNode& value) {
    if (key.kind == SettingKind::labels) {
      const auto is_label = [&](const TomlNode& one) { return one.kind == TomlKind::text && is_value(key.kind, one.text); };
      return value.is_list() && !value.children.empty() && std::all_of(value.children.begin(), value.children.end(), is_label);
    }
    const bool is_flag = key.kind == SettingKind::flag;
    const bool has_type = is_flag ? value.kind == TomlKind::boolean
                                  : value.kind == TomlKind::text || (key.kind == SettingKind::day && value.kind == TomlKind::date);
    return has_type && is_value(key.kind, value.text);
  }

  /// What of a table can be used. What decides an exit status is an error where it is wrong, else nobody could rely on it.
  Row row_of(std::string_view section, const TomlNode& table) {
    Row row;
    for (const TomlNode& value : table.children) {
      if (section.empty() && is_section(value.key)) continue;
      const SettingKey* key = key_of(section, value.key);
      if (key == nullptr) {
        const std::vector<std::string> names = names_in(section);
        warn(value.key_where, fmt::format("no setting{} is called '{}'", section.empty() ? "" : fmt::format(" of {}", section), value.key),
             meant(value.key, names, fmt::format("there are: {}", fmt::join(names, ", "))));
      } else if (is_right(*key, value)) {
        row[key->name] = &value;
      } else {
        complain(*key, value);
      }
    }
    return row;
  }

  void complain(const SettingKey& key, const TomlNode& value) {
    const std::vector<std::string> words = words_of(key.kind);
    const bool is_short = words.size() <= 12;
    const std::string hint = meant(value.text, words, words.empty() || !is_short ? "" : fmt::format("one of: {}", fmt::join(words, ", ")));
    const std::string message = fmt::format("'{}' must be {}", key.name, in_words(key.kind));
    const bool decides = key.section == "thresholds" || key.section == "gate" || key.section.empty() || key.section == "rules" ||
                         key.section == "identities";
    if (decides) {
      problems_.error(source_, value.where, message, hint);
    } else {
      warn(value.where, message, hint);
    }
  }

  bool is_complete(std::string_view section, const Row& row, const TomlNode& table) {
    bool complete = true;
    for (const SettingKey& key : setting_keys()) {
      if (key.section != section || !key.required || row.contains(key.name)) continue;
      complete = false;
      if (table.find(key.name) != nullptr) continue;  // its value was complained of
      const std::string_view effect = section == "identities" ? "says nothing" : "suppresses nothing";
      warn(table.where, fmt::format("the entry says no {}, and {}", key.name, effect), fmt::format("add: {} = ...", key.name));
    }
    // A wrong optional value would make it hold longer than was meant.
    return complete && row.size() == known_in(section, table);
  }

  static std::size_t known_in(std::string_view section, const TomlNode& table) {
    const auto& all = table.children;
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const TomlNode& one) { return key_of(section, one.key) != nullptr; }));
  }

  Place place(Location where) const { return source_.place(where.begin, where.end); }

  void read_simple(std::string_view section, const TomlNode& table) {
    if (!table.is_table()) return problems_.error(source_, table.key_where, fmt::format("'{}' is a table: [{}]", table.key, table.key), "");
    for (const auto& [name, value] : row_of(section, table)) {
      const std::string full = section.empty() ? std::string(name) : fmt::format("{}.{}", section, name);
      settings_.values[full] = {value->text, place(value->where)};
    }
  }

  void read_list(const TomlNode& list) {
    const auto no_list = [&](Location where) { warn(where, fmt::format("'{}' is a list of tables: [[{}]]", list.key, list.key), ""); };
    if (!list.is_list()) return no_list(list.key_where);
    for (const TomlNode& entry : list.children) {
      if (!entry.is_table()) {
        no_list(entry.where);
        continue;
      }
      const Row row = row_of(list.key, entry);
      if (!is_complete(list.key, row, entry)) continue;
      if (list.key == "identities") {
        add_identities(row);
      } else {
        add_allowance(list.key == "waive", row);
      }
    }
  }

  void add_allowance(bool is_waiver, const Row& row) {
    const auto text = [&](std::string_view name) { return row.contains(name) ? row.at(name)->text : std::string(); };
    const Location where = row.at(is_waiver ? "id" : "rule")->where;
    const Source::Quoted quoted = source_.quoted(where.begin, where.end);
    Allowance one;
    one.suppression = {is_waiver ? SuppressionKind::waiver : SuppressionKind::configuration, text("reason"), text("until"), quoted.place};
    one.caret = quoted.caret;
    one.rule = text("rule");
    one.id = text("id");
    if (!is_waiver) one.path = PathPattern(text("path"), PathDialect::gitignore);
    one.folder = folder_;
    settings_.allowances.push_back(std::move(one));
  }

  void add_identities(const Row& row) {
    const TomlNode& suffix = *row.at("suffix");
    const Result<DomainName> name = DomainName::parse(suffix.text);
    if (!name) return;  // it was complained of
    const auto is_same = [&](const TxtNames& one) { return one.suffix == *name; };
    if (std::any_of(settings_.identities.begin(), settings_.identities.end(), is_same))
      return problems_.error(source_, suffix.where, fmt::format("'{}' has two entries; the first one holds", name->host()), "");
    TxtNames names{.suffix = *name, .environments = {}, .reasons = {Evidence::declared(place(suffix.where))}};
    names.environment_first = row.contains("order") && row.at("order")->text == "environment.service";
    if (row.contains("environments")) {
      for (const TomlNode& label : row.at("environments")->children) names.environments.push_back(ascii_lower(label.text));
    }
    settings_.identities.push_back(std::move(names));
  }

  void read_rules(const TomlNode& rules) {
    if (!rules.is_table()) return warn(rules.key_where, "'rules' is a table of tables: [rules.NAME]", "");
    const std::vector<std::string> names = words_of(SettingKind::rule);
    for (const TomlNode& one : rules.children) {
      if (std::find(names.begin(), names.end(), one.key) == names.end()) {
        warn(one.key_where, fmt::format("no rule is called '{}'", one.key), meant(one.key, names, "`mainstay rules` lists them"));
      } else if (!one.is_table()) {
        warn(one.key_where, fmt::format("'{}' is a table: [rules.{}]", one.key, one.key), "");
      } else {
        read_rule(one);
      }
    }
  }

  void read_rule(const TomlNode& table) {
    const Row row = row_of("rules", table);
    RuleSetting setting;
    if (row.contains("severity")) {
      setting.severity = severity_of(row.at("severity")->text);
      setting.severity_place = place(row.at("severity")->where);
    }
    if (row.contains("enabled") && row.at("enabled")->text == "false") {
      const Location where = row.at("enabled")->where;
      if (row.contains("reason")) {
        setting.disabled = Suppression{SuppressionKind::configuration, row.at("reason")->text, "", place(where)};
      } else {
        warn(where, fmt::format("'{}' stays enabled, because no reason is given", table.key), "add: reason = \"...\"");
      }
    }
    settings_.rules[table.key] = std::move(setting);
  }

  const Source& source_;
  std::string_view folder_;
  Diagnostics& problems_;
  Settings& settings_;
};

}  // namespace

const SettingValue* Settings::find(std::string_view name) const {
  const auto at = values.find(name);
  return at == values.end() ? nullptr : &at->second;
}

Settings read_settings(const Source& source, std::string_view folder, Diagnostics& problems) {
  Settings settings;
  settings.file = source.name();
  SettingsReader(source, folder, problems, settings).read(read_toml(source, SourceId{}, problems));
  return settings;
}

}  // namespace mainstay
