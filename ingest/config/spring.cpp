// Spring Boot: the settings of an application, as properties or as YAML.
// Source: docs.spring.io/spring-boot, "Externalized Configuration" and "Common Application Properties".
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "ingest/catalogue/documented.h"
#include "ingest/catalogue/identity.h"
#include "ingest/ingester.h"
#include "ingest/syntax/properties.h"
#include "ingest/syntax/yaml.h"

namespace mainstay {
extern const Ingester spring;

namespace {

constexpr std::size_t kMaxSettings = 20'000;
constexpr std::size_t kMaxKey = 4'096;        // octets
constexpr std::size_t kMaxValue = 4'096;      // of a setting that is filled into another one
constexpr std::size_t kMaxPlaceholders = 64;  // that are filled in for one value

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

bool is_properties(std::string_view name) { return name.ends_with(".properties"); }

Claim claims(std::string_view name, std::string_view head) {
  const std::string_view base = base_name(name);
  const bool is_named = base.starts_with("application.") || base.starts_with("application-") || base.starts_with("bootstrap.") ||
                        base.starts_with("bootstrap-");
  if (!is_named || !(is_properties(base) || base.ends_with(".yml") || base.ends_with(".yaml"))) return Claim::no;
  const std::string_view mark = is_properties(base) ? "spring." : "spring:";
  return head.starts_with(mark) || head.find("\n" + std::string(mark)) != std::string_view::npos ? Claim::by_content : Claim::no;
}

struct Setting {
  std::string value;
  Location where;
};

/// The settings of one document, by dotted key.
using Settings = std::map<std::string, Setting, std::less<>>;

void flatten(const YamlNode& node, const std::string& key, Settings& settings) {
  if (settings.size() >= kMaxSettings || key.size() > kMaxKey) return;
  for (const YamlEntry& entry : node.entries)
    flatten(*entry.value, key.empty() ? std::string(entry.key) : key + "." + std::string(entry.key), settings);
  std::string list;
  for (const YamlNode* item : node.children) {
    if (item->is_scalar()) {
      list += (list.empty() ? "" : ",") + std::string(item->text_or(""));
    } else {
      flatten(*item, key, settings);
    }
  }
  if (node.is_scalar() && node.kind != YamlKind::null) list = node.text;
  if (!list.empty()) settings[key] = {std::move(list), node.where};
}

/// "${name}" and "${name:default}", from the same document where it sets the name.
class Filler {
 public:
  explicit Filler(const Settings& settings) : settings_(settings) {}

  Text fill(std::string_view value) {
    Text out;
    while (!value.empty()) {
      const std::size_t open = value.find("${");
      out.append(value.substr(0, open));
      if (open == std::string_view::npos) break;
      const std::size_t close = closing(value, open + 2);
      if (close == std::string_view::npos) {
        out.append(value.substr(open));
        break;
      }
      out.append(placeholder(value.substr(open + 2, close - open - 2)));
      value.remove_prefix(close + 1);
    }
    return out;
  }

 private:
  static std::size_t closing(std::string_view value, std::size_t at) {
    for (int open = 1; at < value.size(); ++at) {
      if (value.substr(at).starts_with("${")) ++open;
      if (value[at] == '}' && --open == 0) return at;
    }
    return std::string_view::npos;
  }

  Text placeholder(std::string_view inside) {
    const std::size_t colon = inside.find(':');
    const std::string_view name = inside.substr(0, colon);
    const bool may_go_on = ++placeholders_ < kMaxPlaceholders;
    const auto known = settings_.find(name);
    if (known != settings_.end() && may_go_on && known->second.value.size() < kMaxValue) return fill(known->second.value);
    const std::string_view otherwise = colon == std::string_view::npos ? std::string_view() : inside.substr(colon + 1);
    if (!otherwise.empty() && may_go_on) return fill(otherwise);
    return Text(Hole{.name = std::string(name), .pattern = ""});
  }

  const Settings& settings_;
  std::size_t placeholders_ = 0;
};

/// "spring.ldap.urls" as a variable of the environment, which is how the catalogue names it.
std::string as_variable(std::string_view key) {
  std::string out;
  for (const char c : key) out += c == '.' || c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

/// The folder of the module and the profile that a file is for: "billing/src/main/resources/application-prod.yml".
struct Application {
  std::string folder;
  std::string profile;
};

Application application_of(std::string_view name) {
  Application found;
  std::string_view folder = name.find('/') == std::string_view::npos ? std::string_view() : name.substr(0, name.rfind('/'));
  for (const std::string_view usual : {"/config", "/src/main/resources"}) {
    if (folder.ends_with(usual)) folder.remove_suffix(usual.size());
  }
  if (folder == "src/main/resources" || folder == "config") folder = {};
  found.folder = folder.empty() ? "." : std::string(folder);
  const std::string_view base = base_name(name);
  const std::size_t dash = base.find('-');
  if (dash != std::string_view::npos) found.profile = base.substr(dash + 1, base.rfind('.') - dash - 1);
  return found;
}

class ApplicationReader {
 public:
  explicit ApplicationReader(Unit& unit) : unit_(unit), application_(application_of(unit.source().name())) {}

  void read(const Settings& settings) {
    Application application = application_;
    for (const std::string_view key : {"spring.config.activate.on-profile", "spring.profiles"}) {
      const auto profile = settings.find(key);
      if (profile != settings.end()) application.profile = profile->second.value;
    }
    const std::string id = "process:" + application.folder + (application.profile.empty() ? std::string() : "/" + application.profile);
    const std::size_t before = unit_.facts().size();
    for (const auto& [key, setting] : settings) add_uses(id, settings, key);
    if (unit_.facts().size() == before) return;
    unit_.add(Workload{.id = id,
                       .kind = WorkloadKind::process,
                       .name = std::string(base_name(application.folder)),
                       .scope = unit_.home().id,
                       .environment = application.profile,
                       .reasons = {unit_.declared({})}});
  }

 private:
  /// With the URL of the keys at hand nobody asks the issuer: it is compared with what tokens say.
  static bool is_only_compared(const Settings& settings, std::string_view key) {
    constexpr std::string_view kEnd = "jwt.issuer-uri";
    if (!key.ends_with(kEnd)) return false;
    return settings.contains(std::string(key.substr(0, key.size() - kEnd.size())) + "jwt.jwk-set-uri");
  }

  void add_uses(const std::string& workload, const Settings& settings, const std::string& key) {
    if (is_only_compared(settings, key)) return;
    const Setting& setting = settings.find(key)->second;
    std::vector<NamedEndpoint> named = identity_endpoints(unit_.catalogue(), as_variable(key), Filler(settings).fill(setting.value));
    for (NamedEndpoint& endpoint : named) {
      Use use{.workload = workload,
              .host = std::move(endpoint.host),
              .port = endpoint.port,
              .role = endpoint.role,
              .key = key,
              .alternative = named.size() > 1 ? key : std::string(),
              .bypasses_dns = endpoint.is_address,
              .reasons = {unit_.declared(setting.where)}};
      add_documented(use, key, [&](std::string_view name) {
        const auto at = settings.find(name);
        return at == settings.end() ? std::nullopt : std::optional(at->second.value);
      });
      unit_.add(std::move(use));
    }
  }

  Unit& unit_;
  Application application_;
};

void read(Unit& unit) {
  const Source& source = unit.source();
  if (source.name().find("src/test/") != std::string::npos) {
    return unit.note({}, "the settings of tests are not counted", "no such application is run");
  }
  ApplicationReader reader(unit);
  if (is_properties(source.name())) {
    Settings settings;
    for (Property& one : read_properties(source.bytes(), SourceId{})) {
      if (settings.size() < kMaxSettings) settings[std::move(one.key)] = {std::move(one.value), one.where};
    }
    return reader.read(settings);
  }
  const YamlStream stream = read_yaml(source, SourceId{}, unit.problems());
  for (const YamlNode* document : stream.documents()) {
    Settings settings;
    flatten(*document, {}, settings);
    reader.read(settings);
  }
}

}  // namespace

constinit const Ingester spring{.name = "spring",
                                .title = "Spring Boot application settings",
                                .reference = "docs.spring.io/spring-boot, Common Application Properties",
                                .claims = &claims,
                                .read = &read};

}  // namespace mainstay
