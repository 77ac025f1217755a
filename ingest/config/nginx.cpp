#include "ingest/config/nginx.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "ingest/ingester.h"
#include "ingest/source/includes.h"

namespace mainstay {
extern const Ingester nginx_conf;

namespace {

constexpr std::string_view kUsual[] = {
    "/etc/nginx/",      "/usr/local/etc/nginx/", "/usr/local/nginx/conf/", "/usr/local/openresty/nginx/conf/",
    "/opt/nginx/conf/", "/opt/nginx/",           "/usr/share/nginx/"};

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }
std::string_view folder_of(std::string_view name) {
  return name.find('/') == std::string_view::npos ? std::string_view() : name.substr(0, name.rfind('/'));
}

template <std::size_t kSize>
bool is_one_of(std::string_view text, const std::array<std::string_view, kSize>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// Folders whose files are parts of one configuration that lies beside the folder.
bool holds_parts(std::string_view folder) {
  constexpr std::array<std::string_view, 10> kFolders = {"conf.d",          "http.d",   "stream.d", "streams-enabled", "sites-enabled",
                                                         "sites-available", "vhosts.d", "vhost.d",  "servers",         "templates"};
  return is_one_of(base_name(folder), kFolders);
}

/// Names of templates that another program fills in and that are no nginx configuration before that.
bool is_foreign_template(std::string_view base) {
  constexpr std::array<std::string_view, 8> kEnds = {".j2", ".erb", ".epp", ".jinja", ".jinja2", ".mustache", ".gotmpl", ".ctmpl"};
  return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return base.ends_with(end); });
}

Claim claims(std::string_view name, std::string_view head) {
  constexpr std::array<std::string_view, 5> kEnds = {".conf", ".nginx", ".vhost", ".template", ".tmpl"};
  const std::string_view base = base_name(name);
  if (is_foreign_template(base)) return Claim::no;
  const bool is_site = base_name(folder_of(name)) == "sites-available" || base_name(folder_of(name)) == "sites-enabled";
  const bool is_named = is_site || base.starts_with("nginx.conf") ||
                        std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) { return base.ends_with(end); });
  return is_named && is_nginx(head) ? Claim::by_content : Claim::no;
}

/// The first word of one statement, and what ended it: "server" and "{".
struct Statement {
  std::string_view first;
  std::size_t words = 0;
  char end = 0;
};

/// Gives the statements of a text roughly: quotes are words like others, which is enough to tell one notation from another.
class StatementScanner {
 public:
  explicit StatementScanner(std::string_view text) : text_(text) {}

  bool next(Statement& statement) {
    constexpr std::string_view kBlanks = " \t\r\n";
    statement = {};
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == ';' || c == '{' || c == '}') {
        ++at_;
        statement.end = c;
        return true;
      } else if (kBlanks.find(c) != std::string_view::npos) {
        ++at_;
      } else {
        const std::size_t end = std::min(text_.find_first_of(" \t\r\n;{}", at_), text_.size());
        if (statement.words++ == 0) statement.first = text_.substr(at_, end - at_);
        at_ = end;
      }
    }
    return false;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// Whether a configuration is a whole one: it opens the blocks that are there once.
bool is_whole(std::string_view text) {
  StatementScanner scanner(text);
  for (Statement one; scanner.next(one);) {
    if (one.end == '{' && one.words == 1 && (one.first == "http" || one.first == "events" || one.first == "stream")) return true;
  }
  return false;
}

void find_includes(const std::vector<BraceStatement>& statements, std::vector<std::string>& found) {
  for (const BraceStatement& one : statements) {
    if (one.name() == "include" && one.words.size() == 2) found.push_back(one.words[1].text);
    find_includes(one.block, found);
  }
}

/// The files that a whole configuration includes, each once; itself first.
std::vector<std::string> with_includes(const SourceTree& tree, const std::string& whole) {
  constexpr std::size_t kMaxFiles = 1'000;
  std::vector<std::string> unit{whole};
  for (std::size_t at = 0; at < unit.size() && unit.size() < kMaxFiles; ++at) {
    const Result<std::string> bytes = tree.read(unit[at]);
    if (!bytes) continue;
    const Source source(unit[at], *bytes);
    Diagnostics unheard;  // the unit tells them when it is read
    std::vector<std::string> patterns;
    find_includes(
        read_braces({.text = source.bytes(), .map = TextMap(SourceId{}), .source = source, .dialect = BraceDialect::nginx}, unheard),
        patterns);
    for (const std::string& pattern : patterns) {
      for (std::string& name : included_files(tree, whole, pattern, kUsual)) {
        if (std::find(unit.begin(), unit.end(), name) == unit.end()) unit.push_back(std::move(name));
      }
    }
  }
  return unit;
}

bool is_in_sites(std::string_view name, std::string_view sites) { return base_name(folder_of(name)) == sites; }

/// A whole configuration and what it includes; the files of one folder of parts that nobody includes; every other file alone.
std::vector<std::vector<std::string>> gather(const SourceTree& tree, std::vector<std::string> names) {
  std::vector<std::vector<std::string>> units;
  std::set<std::string> taken;
  std::set<std::string> with_links;  // folders beside which sites are enabled by name
  for (const std::string& name : names) {
    if (is_in_sites(name, "sites-enabled")) with_links.emplace(folder_of(folder_of(name)));
    const Result<std::string> bytes = tree.read(name);
    if (!bytes || !is_whole(*bytes)) continue;
    std::vector<std::string>& unit = units.emplace_back(with_includes(tree, name));
    taken.insert(unit.begin(), unit.end());
    std::erase_if(unit, [&](const std::string& one) { return one != name && std::find(names.begin(), names.end(), one) == names.end(); });
  }
  std::map<std::string, std::size_t, std::less<>> parts;
  for (const std::string& name : names) {
    if (taken.contains(name)) continue;
    // A site that is only available serves nobody where others are enabled.
    if (is_in_sites(name, "sites-available") && with_links.contains(std::string(folder_of(folder_of(name))))) continue;
    if (!holds_parts(folder_of(name))) {
      units.push_back({name});
      continue;
    }
    const auto [at, is_new] = parts.emplace(folder_of(folder_of(name)), units.size());
    if (is_new) units.emplace_back();
    units[at->second].push_back(name);
  }
  return units;
}

/// "process:edge/nginx"; a file with a name of its own ("edge/nginx/status.conf") is a server of its own.
std::string workload_id(const Unit& unit) {
  const std::string& name = unit.source().name();
  std::string folder(unit.home().kind == ScopeKind::host ? std::string_view(unit.home().folder) : folder_of(name));
  std::string_view stem = base_name(name);
  stem = stem.substr(0, stem.find('.'));
  if (holds_parts(folder_of(name))) {
    stem = "nginx";
    if (unit.home().kind != ScopeKind::host) folder = std::string(folder_of(folder));
  }
  if (stem.empty()) stem = "nginx";
  if (stem == "nginx" && base_name(folder) == "nginx") return "process:" + folder;
  return folder.empty() ? "process:" + std::string(stem) : "process:" + folder + "/" + std::string(stem);
}

/// Files that come with nginx and name no host.
bool comes_with_nginx(std::string_view pattern) {
  constexpr std::array<std::string_view, 8> kShipped = {"mime.types",  "fastcgi_params", "fastcgi.conf", "uwsgi_params",
                                                        "scgi_params", "proxy_params",   "koi-utf",      "win-utf"};
  return is_one_of(base_name(pattern), kShipped) || pattern.find("modules-enabled/") != std::string_view::npos ||
         pattern.find("/modules/") != std::string_view::npos;
}

std::vector<BraceInput> include_files(Unit& unit, std::string_view pattern, Location where) {
  std::vector<BraceInput> found;
  const std::vector<std::string> names = included_files(unit.tree(), unit.source().name(), pattern, kUsual);
  if (names.empty() && !comes_with_nginx(pattern)) {
    unit.note(where, "no file of the scanned folder is what is included here", "what it declares is not part of this scan");
  }
  for (const std::string& name : names) {
    if (const Source* source = unit.include(name, where)) {
      found.push_back({.text = source->bytes(), .map = TextMap(unit.id_of(*source)), .source = *source, .dialect = BraceDialect::nginx});
    }
  }
  return found;
}

void read(Unit& unit) {
  const std::string id = workload_id(unit);
  std::vector<BraceInput> inputs;
  // What the first file includes is read where it is included; parts without one are read side by side.
  const std::size_t texts = is_whole(unit.source().bytes()) ? 1 : unit.sources().size();
  for (std::size_t at = 0; at < texts; ++at) {
    const Source& source = *unit.sources()[at];
    inputs.push_back({.text = source.bytes(), .map = TextMap(unit.id_of(source)), .source = source, .dialect = BraceDialect::nginx});
  }
  const std::size_t before = unit.facts().size();
  read_nginx(unit, id, inputs, [&unit](std::string_view pattern, Location where) { return include_files(unit, pattern, where); });
  if (unit.facts().size() == before) return;  // a server that asks no identity endpoint is nobody who authenticates
  unit.add(Workload{.id = id,
                    .kind = WorkloadKind::process,
                    .name = std::string(base_name(std::string_view(id).substr(id.find(':') + 1))),
                    .scope = unit.home().id,
                    .reasons = {unit.declared({})}});
}

}  // namespace

bool is_nginx(std::string_view text) {
  constexpr std::array<std::string_view, 6> kBlocks = {"server", "http", "events", "stream", "mail", "types"};
  constexpr std::array<std::string_view, 14> kDirectives = {
      "listen",           "server_name",        "proxy_pass",   "return",     "root",      "try_files",        "rewrite",
      "worker_processes", "worker_connections", "fastcgi_pass", "uwsgi_pass", "grpc_pass", "proxy_set_header", "auth_request"};
  bool has_block = false;
  bool has_directive = false;
  StatementScanner scanner(text);
  for (Statement one; !(has_block && has_directive) && scanner.next(one);) {
    const bool is_named = one.words > 1 && (one.first == "location" || one.first == "upstream");
    has_block = has_block || (one.end == '{' && ((one.words == 1 && is_one_of(one.first, kBlocks)) || is_named));
    has_directive = has_directive || (one.end == ';' && one.words > 1 && (is_one_of(one.first, kDirectives) || one.first == "server"));
  }
  return has_block && has_directive;
}

constinit const Ingester nginx_conf{.name = "nginx",
                                    .title = "nginx configuration",
                                    .reference = "nginx.org/en/docs, directives",
                                    .claims = &claims,
                                    .read = &read,
                                    .gather = &gather};

}  // namespace mainstay
