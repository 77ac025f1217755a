#include "ingest/code/script/script_uses.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/code/named_uses.h"
#include "ingest/code/script/kept_literals.h"
#include "ingest/code/script/known_python_calls.h"
#include "ingest/code/script/script_calls.h"
#include "ingest/code/script/script_texts.h"
#include "ingest/code/script/time_limits.h"

namespace mainstay::script {
namespace {

using Kind = ExpressionKind;
using code::NamingCall;

constexpr std::size_t kMostValues = 500;    // of one file
constexpr std::size_t kMostSteps = 50'000;  // of working them out

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Calls that check or make a token by settings, and look nothing up.
bool only_checks(std::string_view word) {
  return is_one_of(word, {"verify", "sign", "jwtVerify", "decode", "validate", "describe", "it", "mock"});
}

bool has_scheme(const code::Value& value) {
  const std::string_view prefix = value.text.known_prefix();
  return prefix.find("://") != std::string_view::npos || (value.is_environment && prefix.empty());
}

/// "EU_WEST_1" and "EUWest1" as "eu-west-1".
std::string region_of_word(std::string_view word) {
  std::string region;
  for (std::size_t at = 0; at < word.size(); ++at) {
    const char c = word[at];
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool begins = at >= 2 && (is_upper || is_ascii_digit(c)) && word.find('_') == std::string_view::npos;
    if (begins && !is_ascii_digit(word[at - 1])) region += '-';
    region += c == '_' ? '-' : ascii_lower(c);
  }
  return region;
}

class Reader {
 public:
  Reader(const Asker& asker, const std::vector<Statement>& file, Language language, Elsewhere elsewhere)
      : unit_(asker.unit),
        file_(file),
        language_(language),
        texts_(file, kMostSteps, std::move(elsewhere)),
        uses_(asker.unit, asker.function) {
    if (language == Language::python) limits_.emplace(file, texts_);
  }

  void read() {
    for (const Site& site : texts_.calls()) take(site);
    for (const SetMember& one : texts_.members()) {
      if (const NamedMember* row = named_member(one.target->word))
        add_member(*row, one.target->word, *one.value, one.scope, one.target->where);
    }
    take_functions();
    if (language_ == Language::python) take_constants();
    if (language_ == Language::go) take_known_endpoints();
    take_kept();
    uses_.finish(values_ >= kMostValues || texts_.is_exhausted());
  }

 private:
  void take(const Site& site) {
    if (values_ >= kMostValues) return;
    const std::string path = path_of(site.call->parts.front());
    if (path.empty()) return;
    const std::string word = last_word(site.call->parts.front());
    const std::string full = texts_.full_path(site.call->parts.front(), site.scope);
    if (!take_path(site, full) && full != path) take_path(site, path);
    if (!only_checks(word)) take_settings(site);
  }

  bool take_path(const Site& site, const std::string& path) {
    const std::string_view word = std::string_view(path).substr(path.rfind('.') + 1);
    for (const ScriptCall& row : script_calls(language_)) {
      if (row.language == language_ && row.path.ends_with(word) && fits(row, path) && take_row(site, row)) return true;
    }
    return false;
  }

  bool take_row(const Site& site, const ScriptCall& row) {
    const bool takes_host = row.names == Names::host || row.names == Names::pair;
    NamingCall call{.key = std::string(row.path), .takes_host = takes_host, .role = row.role, .where = site.call->where};
    if (!row.first.empty()) {
      const Expression* first = argument(*site.call, 0, row.key);
      if (first == nullptr || (last_word(*first) != row.first && texts_.value(*first, site.scope).text.known().value_or("") != row.first))
        return false;
    }
    if (asks_for_no_address(site)) return false;
    if (row.names == Names::region) return take_region(site, row, std::move(call));
    if (row.names == Names::fixed) {
      if (sets_authority()) {
        uses_.add_unknown();
      } else {
        uses_.add_fixed(call, row.host);
      }
      return true;
    }
    const Expression* name = row.argument < 0 ? nullptr : argument(*site.call, static_cast<std::size_t>(row.argument), {});
    const bool is_member = name == nullptr && !row.key.empty();
    if (is_member) name = member(site, row.key);
    const Expression* port = is_member      ? member(site, "port")
                             : row.port < 0 ? nullptr
                                            : argument(*site.call, static_cast<std::size_t>(row.port), "port");
    if (row.names == Names::pair) {
      if (name == nullptr || name->kind != Kind::list || name->parts.size() < 2) return false;
      port = &name->parts[1];
      name = &name->parts[0];
    }
    if (name == nullptr || (!is_member && texts_.shape(*name, site.scope) != nullptr && name->kind == Kind::table)) return false;
    if (port != nullptr) call.port = port_of(texts_.value(*port, site.scope));
    bool is_taken = false;
    for (const code::Value& value : texts_.values(*name, site.scope)) {
      if (row.names == Names::web_url && !has_scheme(value)) continue;
      ++values_;
      is_taken = true;
      taken_.insert(name);
      const bool keeps_answer = row.names == Names::host && !is_member && row.port < 0 && !row.role && site.scope == ScopeId::file;
      uses_.add(call, value, [&](Use& use) {
        if (keeps_answer && !use.bypasses_dns) use.resolves = Resolves::once;
        if (limits_) limits_->complete(unit_, site, row, use);
      });
    }
    return is_taken;
  }

  /// resolve(name, "TXT") of a library that looks up records of any type.
  bool asks_for_no_address(const Site& site) {
    if (language_ != Language::python || !is_one_of(last_word(site.call->parts.front()), {"resolve", "query"})) return false;
    const Expression* type = argument(*site.call, 1, "rdtype");
    const std::string written = type == nullptr ? "A" : texts_.value(*type, site.scope).text.known().value_or("");
    return !is_one_of(written, {"A", "AAAA", "CNAME", ""});
  }

  /// AUTH_LDAP_SERVER_URI = "ldaps://...": what a framework takes from a module.
  void take_constants() {
    for (const NamedMember& row : python_settings()) {
      for (const Expression* value : texts_.constants(row.name))
        add_member(row, std::string(row.name), *value, ScopeId::file, value->where);
    }
  }

  /// `AUTHORIZATION_URL = "https://..."` of a class, `m.apiURL = "https://..."`: what a library of the project's own may ask.
  void take_kept() {
    for (const KeptLiteral& one : kept_literals(file_)) {
      const NamedMember* row = named_member(one.name);
      uses_.add_kept({.key = one.name, .role = row == nullptr ? std::nullopt : std::optional(row->role)},
                     texts_.value(*one.value, ScopeId::file));
    }
    for (const Expression* one : url_literals(file_)) uses_.add_beside(texts_.value(*one, ScopeId::file));
  }

  /// A property or a default by its name: `def _token_url_default(self): return "https://..."`.
  void take_functions() {
    for (const std::string& function : texts_.functions()) {
      std::string_view name = function;
      for (const std::string_view front : {"_", "get"}) name.remove_prefix(name.starts_with(front) ? front.size() : 0);
      for (const std::string_view behind : {"_default", "()"}) name.remove_suffix(name.ends_with(behind) ? behind.size() : 0);
      const NamedMember* row = named_member(name);
      const code::Value value = row == nullptr ? code::Value{} : texts_.result(function);
      if (!value.has_literal || !has_scheme(value) || values_ >= kMostValues) continue;
      ++values_;
      uses_.add({.key = std::string(name), .role = row->role, .where = value.where}, value);
    }
  }

  /// golang.org/x/oauth2 has the endpoints of well-known issuers as values.
  void take_known_endpoints() {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kHosts = {{{"google.Endpoint", "oauth2.googleapis.com"},
                                                                                      {"github.Endpoint", "github.com"},
                                                                                      {"gitlab.Endpoint", "gitlab.com"},
                                                                                      {"bitbucket.Endpoint", "bitbucket.org"},
                                                                                      {"slack.Endpoint", "slack.com"}}};
    std::set<std::string_view> seen;
    const auto look = [&](const Expression& one) {
      const auto row = one.kind != Kind::attribute || one.word != "Endpoint"
                           ? kHosts.end()
                           : std::find_if(kHosts.begin(), kHosts.end(), [&](const auto& each) { return each.first == path_of(one); });
      if (row == kHosts.end() || !seen.insert(row->first).second) return;
      uses_.add_fixed({.key = std::string(row->first), .role = Role::oauth_token, .where = one.where}, row->second);
    };
    each_of_file(file_, look);
  }

  static std::optional<std::uint16_t> port_of(const code::Value& value) {
    const std::string written = value.text.known().value_or("");
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), port);
    return error == std::errc() && end == written.data() + written.size() && port != 0 ? std::optional(port) : std::nullopt;
  }

  /// The value of a member in a table among the arguments: "a|b" is the first
  /// one that is there.
  const Expression* member(const Site& site, std::string_view keys) const {
    for (std::string_view rest = keys; !rest.empty();) {
      const std::size_t bar = std::min(rest.find('|'), rest.size());
      if (const Expression* found = argument(*site.call, static_cast<std::size_t>(-1), rest.substr(0, bar))) return found;
      rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
    for (std::size_t part = 1; part < site.call->parts.size(); ++part) {
      const Expression* table = texts_.shape(site.call->parts[part], site.scope);
      if (table == nullptr || table->kind != Kind::table) continue;
      for (std::string_view rest = keys; !rest.empty();) {
        const std::size_t bar = std::min(rest.find('|'), rest.size());
        if (const Expression* found = Texts::entry(*table, rest.substr(0, bar))) return found;
        rest.remove_prefix(std::min(bar + 1, rest.size()));
      }
    }
    return nullptr;
  }

  /// Members of tables that are handed to a call, and of tables in them.
  void take_settings(const Site& site) {
    for (std::size_t part = 1; part < site.call->parts.size(); ++part) {
      const std::string& name = site.call->names[part - 1];
      const bool is_taken = name.empty() || taken_.contains(&site.call->parts[part]);
      if (const NamedMember* row = is_taken ? nullptr : named_member(name))
        add_member(*row, name, site.call->parts[part], site.scope, site.call->parts[part].where);
      const Expression* table = texts_.shape(site.call->parts[part], site.scope);
      if (table != nullptr) take_table(*table, site, 0);
    }
  }

  void take_table(const Expression& table, const Site& site, int depth) {
    constexpr int kDeepest = 4;
    if (depth > kDeepest || !taken_.insert(&table).second) return;
    if (table.kind == Kind::list) {
      for (const Expression& part : table.parts) {
        if (part.kind == Kind::table) take_table(part, site, depth + 1);
      }
      return;
    }
    for (std::size_t part = 0; part + 1 < table.parts.size(); part += 2) {
      const Expression& value = table.parts[part + 1];
      const std::string name = table.parts[part].text.known().value_or("");
      if (const NamedMember* row = named_member(name)) add_member(*row, name, value, site.scope, table.parts[part].where);
      if (value.kind == Kind::table || value.kind == Kind::list) take_table(value, site, depth + 1);
    }
  }

  void add_member(const NamedMember& row, const std::string& name, const Expression& written, ScopeId scope, Location where) {
    for (const code::Value& value : texts_.values(written, scope)) {
      if (!has_scheme(value) || values_ >= kMostValues) continue;
      ++values_;
      uses_.add({.key = name, .role = row.role, .where = where}, value);
    }
  }

  /// A host of sign-in that takes the place of those that the libraries know.
  bool sets_authority() {
    if (sets_authority_) return *sets_authority_;
    const auto sets = [](std::string_view word) {
      return is_one_of(word, {"authority", "authorityHost", "AuthorityHost", "WithAuthority", "azureCloudInstance", "Cloud"});
    };
    bool found =
        std::any_of(texts_.members().begin(), texts_.members().end(), [&](const SetMember& one) { return sets(one.target->word); });
    for (const Site& site : texts_.calls()) {
      found = found || sets(last_word(site.call->parts.front())) || std::any_of(site.call->names.begin(), site.call->names.end(), sets);
      for (std::size_t part = 1; part < site.call->parts.size(); ++part) {
        each_expression(site.call->parts[part],
                        [&](const Expression& one) { found = found || (one.kind == Kind::text && sets(one.text.known().value_or(""))); });
      }
    }
    sets_authority_ = found;
    return found;
  }

  bool take_region(const Site& site, const ScriptCall& row, NamingCall call) {
    const Expression* other = member(site, "endpoint|endpointUrl|BaseEndpoint|ServiceURL|Endpoint|endpoint_url");
    if (other == nullptr) other = chained(site, {"endpointOverride", "withEndpointConfiguration"});
    if (other != nullptr) {
      const code::Value value = texts_.value(*other, site.scope);
      call.takes_host = false;
      if (value.has_literal) {
        uses_.add(call, value);
      } else {
        uses_.add_unknown();
      }
      return true;
    }
    const Expression* written = member(site, "region|Region|RegionEndpoint|region_name");
    if (written == nullptr) written = chained(site, {"region", "withRegion", "setRegion"});
    if (written == nullptr) written = by_place(site);
    if (written == nullptr) written = only_region();
    uses_.add_of_region(call, row.host,
                        written == nullptr ? Text(Hole{.name = "AWS_REGION", .pattern = {}}) : region_of(*written, site.scope),
                        "AWS SDK: a client asks the endpoint of its region");
    return true;
  }

  /// The argument of a call on what this call gives:
  /// StsClient.builder().region(Region.EU_WEST_1).
  const Expression* chained(const Site& site, std::initializer_list<std::string_view> words) const {
    for (const Site& other : texts_.calls()) {
      const Expression& callee = other.call->parts.front();
      if (callee.kind != Kind::attribute || other.call->parts.size() != 2 || !is_one_of(callee.word, words)) continue;
      const Expression* on = &callee.parts.front();
      for (int depth = 0; depth < 20 && on != site.call && !on->parts.empty(); ++depth) on = &on->parts.front();
      if (on == site.call) return &other.call->parts[1];
    }
    return nullptr;
  }

  /// new AmazonSecurityTokenServiceClient(RegionEndpoint.EUWest1)
  static const Expression* by_place(const Site& site) {
    for (std::size_t part = 1; part < site.call->parts.size(); ++part) {
      if (path_of(site.call->parts[part]).find("Region") != std::string::npos) return &site.call->parts[part];
    }
    return nullptr;
  }

  /// config.WithRegion("eu-west-1"), AWS.config.update({region: ...}): where
  /// the file has one region, it is everybody's.
  const Expression* only_region() {
    const Expression* found = nullptr;
    for (const Site& site : texts_.calls()) {
      const std::string path = path_of(site.call->parts.front());
      const std::string word = last_word(site.call->parts.front());
      const bool is_named = language_ == Language::python && is_one_of(word, {"Session", "setup_default_session", "Config"});
      const bool sets = is_named || is_one_of(word, {"WithRegion", "WithDefaultRegion"}) || path.ends_with("config.update") ||
                        path.ends_with("aws.Config");
      if (!sets || site.call->parts.size() < 2) continue;
      const Expression* region = member(site, "region|Region|region_name");
      if (region == nullptr && !is_named && site.call->parts[1].kind != Kind::table) region = &site.call->parts[1];
      if (region != nullptr && found != nullptr) return nullptr;
      if (region != nullptr) found = region;
    }
    return found;
  }

  Text region_of(const Expression& written, ScopeId scope) {
    code::Value value = texts_.value(written, scope);
    if (written.kind == Kind::call && written.parts.size() == 2 && !value.has_literal) value = texts_.value(written.parts[1], scope);
    if (value.has_literal || value.is_environment) return value.text;
    const std::string path = path_of(written);
    const bool is_constant =
        path.find("Region") != std::string::npos && written.kind == Kind::attribute && path.find('.') != std::string::npos;
    if (is_constant && !written.word.empty() && written.word[0] >= 'A' && written.word[0] <= 'Z') return Text(region_of_word(written.word));
    return Text(Hole{.name = "AWS_REGION", .pattern = {}});
  }

  Unit& unit_;
  const std::vector<Statement>& file_;
  Language language_;
  Texts texts_;
  std::optional<TimeLimits> limits_;
  code::NamedUses uses_;
  std::set<const Expression*> taken_;  // tables, and arguments that a row is about
  std::size_t values_ = 0;
  std::optional<bool> sets_authority_;
};

}  // namespace

void add_uses(const Asker& asker, const std::vector<Statement>& file, Language language, Elsewhere elsewhere) {
  Reader(asker, file, language, std::move(elsewhere)).read();
}

}  // namespace mainstay::script
