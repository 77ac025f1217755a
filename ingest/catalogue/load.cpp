#include "ingest/catalogue/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "graph/values/assert.h"
#include "ingest/catalogue/shipped.h"
#include "ingest/source/source.h"
#include "ingest/syntax/yaml.h"

namespace mainstay {
namespace {

/// One member of a row: where its value goes, and whether a row needs it.
struct Member {
  std::string_view name;
  std::string* text = nullptr;
  std::vector<std::string>* list = nullptr;
  bool required = true;
};

bool is_host_pattern(std::string_view pattern) {
  if (pattern.starts_with("**.")) pattern.remove_prefix(3);
  if (pattern.empty() || pattern.find("**") != std::string_view::npos || pattern.find("..") != std::string_view::npos) return false;
  if (pattern.find_first_of(" /@\t") != std::string_view::npos || pattern.starts_with('.')) return false;
  // A pattern whose last label is open would call every host an identity endpoint.
  const std::size_t dot = pattern.rfind('.');
  return pattern.substr(dot == std::string_view::npos ? 0 : dot + 1).find('*') == std::string_view::npos;
}

bool is_key_pattern(std::string_view pattern) {
  constexpr std::ptrdiff_t kLeastKnown = 3;
  return std::count_if(pattern.begin(), pattern.end(), [](char c) { return c != '*'; }) >= kLeastKnown;
}

bool is_address_or_prefix(std::string_view text) {
  const std::size_t slash = text.find('/');
  const Result<IpAddress> address = IpAddress::parse(text.substr(0, slash));
  if (!address) return false;
  if (slash == std::string_view::npos) return address->text() == text;
  for (unsigned bits = 0; bits <= (address->is_v4() ? 32u : 128u); ++bits) {
    if (text.substr(slash + 1) == std::to_string(bits)) return address->prefix(bits) == text;
  }
  return false;
}

/// Reads one file into the catalogue.
class Loader {
 public:
  Loader(const Source& source, Catalogue& catalogue, Diagnostics& problems) : source_(source), catalogue_(catalogue), problems_(problems) {}

  void load(const YamlNode& file) {
    if (!file.is_map()) return error(file.where, "a catalogue file is an object of lists", kSections);
    for (const YamlEntry& section : file.entries) {
      const auto read = reader_of(section.key);
      if (read == nullptr) {
        error(section.where, fmt::format("no list is called '{}'", section.key), kSections);
      } else if (!section.value->is_list()) {
        error(section.value->where, fmt::format("'{}' is a list of rows", section.key), "");
      } else {
        for (const YamlNode* row : section.value->children) (this->*read)(*row);
      }
    }
  }

 private:
  static constexpr const char* kSections = "the lists are hosts, keys, providers and claimable";
  using Reader = void (Loader::*)(const YamlNode&);

  static Reader reader_of(std::string_view section) {
    if (section == "hosts") return &Loader::read_host;
    if (section == "keys") return &Loader::read_key;
    if (section == "providers") return &Loader::read_provider;
    if (section == "claimable") return &Loader::read_claimable;
    return nullptr;
  }

  void read_host(const YamlNode& row) {
    KnownHost known;
    std::string role;
    const Member members[] = {
        {"pattern", &known.pattern}, {"role", &role}, {"provider", &known.provider, nullptr, false}, {"source", &known.source}};
    if (!read(row, members) || !check_host(row["pattern"]) || !read_role(row["role"], known.role)) return;
    catalogue_.add(std::move(known));
  }

  void read_key(const YamlNode& row) {
    KnownKey known;
    std::string role;
    const Member members[] = {{"pattern", &known.pattern}, {"role", &role}, {"source", &known.source}};
    if (!read(row, members) || !read_role(row["role"], known.role)) return;
    if (!is_key_pattern(known.pattern)) {
      return error(row["pattern"].where, "a key pattern has at least three octets besides '*'",
                   "a wider pattern would call every setting an identity endpoint");
    }
    catalogue_.add(std::move(known));
  }

  void read_provider(const YamlNode& row) {
    KnownProvider known;
    const Member members[] = {{"name", &known.name},
                              {"title", &known.title},
                              {"name_servers", nullptr, &known.name_servers, false},
                              {"resolvers", nullptr, &known.resolvers, false},
                              {"source", &known.source}};
    if (!read(row, members)) return;
    for (const YamlNode* pattern : row["name_servers"].children) {
      if (!check_host(*pattern)) return;
    }
    for (const YamlNode* resolver : row["resolvers"].children) {
      if (is_address_or_prefix(resolver->text)) continue;
      return error(resolver->where, fmt::format("'{}' is neither an address nor a prefix in its shortest form", resolver->text),
                   "write 192.0.2.1, 192.0.2.0/24 or 2001:db8::1");
    }
    catalogue_.add(std::move(known));
  }

  void read_claimable(const YamlNode& row) {
    Claimable known;
    const Member members[] = {{"pattern", &known.pattern},
                              {"service", &known.service},
                              {"condition", &known.condition, nullptr, false},
                              {"source", &known.source}};
    if (read(row, members) && check_host(row["pattern"])) catalogue_.add(std::move(known));
  }

  bool read(const YamlNode& row, std::span<const Member> members) {
    if (!row.is_map()) return refuse(row.where, "a row is an object");
    for (const YamlEntry& entry : row.entries) {
      const auto member = std::find_if(members.begin(), members.end(), [&](const Member& one) { return one.name == entry.key; });
      if (member == members.end()) return refuse(entry.where, fmt::format("no member of this row is called '{}'", entry.key));
      if (!read_member(*entry.value, *member)) return false;
    }
    for (const Member& member : members) {
      if (member.required && member.text->empty()) return refuse(row.where, fmt::format("the row has no '{}'", member.name));
    }
    return true;
  }

  bool read_member(const YamlNode& value, const Member& member) {
    if (member.text != nullptr) {
      if (value.kind != YamlKind::text) return refuse(value.where, fmt::format("'{}' is a string", member.name));
      *member.text = value.text;
      return true;
    }
    if (!value.is_list()) return refuse(value.where, fmt::format("'{}' is a list of strings", member.name));
    for (const YamlNode* one : value.children) {
      if (one->kind != YamlKind::text) return refuse(one->where, fmt::format("'{}' is a list of strings", member.name));
      member.list->emplace_back(one->text);
    }
    return true;
  }

  bool read_role(const YamlNode& value, Role& role) {
    const std::optional<Role> known = kind_of_word<Role>(value.text);
    if (!known) {
      error(value.where, fmt::format("no role is called '{}'", value.text), fmt::format("the roles are {}", fmt::join(words(role), ", ")));
      return false;
    }
    role = *known;
    return true;
  }

  bool check_host(const YamlNode& value) {
    if (is_host_pattern(value.text)) return true;
    error(value.where, fmt::format("'{}' is no host pattern", value.text),
          "write labels with '*' inside them, '**.' at most at the front, and a known last label");
    return false;
  }

  bool refuse(Location where, std::string message) {
    error(where, std::move(message), "the row is left out");
    return false;
  }
  void error(Location where, std::string message, std::string hint) {
    problems_.error(source_, where, std::move(message), std::move(hint));
  }

  const Source& source_;
  Catalogue& catalogue_;
  Diagnostics& problems_;
};

}  // namespace

void load_catalogue(std::string_view file, std::string_view bytes, Catalogue& catalogue, std::vector<Diagnostic>& problems) {
  const Source source{std::string(file), std::string(bytes)};
  Diagnostics found;
  const YamlStream json = read_json(source, SourceId{}, found);
  for (const YamlNode* document : json.documents()) Loader(source, catalogue, found).load(*document);
  problems.insert(problems.end(), found.all().begin(), found.all().end());
}

void load_shipped(Catalogue& catalogue) {
  std::vector<Diagnostic> problems;
  for (const ShippedFile& file : shipped_files()) load_catalogue(file.name, file.bytes, catalogue, problems);
  MAINSTAY_ASSERT(problems.empty(), "the shipped catalogue is well formed");
}

Catalogue shipped_catalogue() {
  Catalogue catalogue;
  load_shipped(catalogue);
  return catalogue;
}

}  // namespace mainstay
