#include "ingest/config/coredns.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "ingest/config/coredns_plugins.h"
#include "ingest/ingester.h"

namespace mainstay {
namespace {

constexpr int kMaxImportDepth = 8;
constexpr std::size_t kMaxStatements = 20'000;
constexpr std::size_t kMaxImports = 1'000;

/// One key of a server block: "tls://example.org:853".
struct Listener {
  std::string zone;
  std::string port;
};

Listener listener(std::string_view key) {
  while (key.ends_with(',')) key.remove_suffix(1);
  std::string port = "53";
  constexpr std::pair<std::string_view, std::string_view> kTransports[] = {{"dns://", "53"},     {"tls://", "853"},  {"https://", "443"},
                                                                           {"https3://", "443"}, {"grpc://", "443"}, {"quic://", "853"}};
  for (const auto& [prefix, default_port] : kTransports) {
    if (!key.starts_with(prefix)) continue;
    key.remove_prefix(prefix.size());
    port = default_port;
  }
  const std::size_t colon = key.rfind(':');
  if (colon != std::string_view::npos && colon + 1 < key.size() &&
      key.substr(colon + 1).find_first_not_of("0123456789") == std::string_view::npos) {
    port = key.substr(colon + 1);
    key = key.substr(0, colon);
  }
  return {key.empty() ? "." : std::string(key), port};
}

class Corefile {
 public:
  Corefile(Unit& unit, const CorefileContext& context) : unit_(unit), context_(context) {}

  std::vector<Server> read(const BraceInput& input) {
    std::vector<BraceStatement> statements = read_braces(input, unit_.problems());
    unwrap_single_block(statements);
    read_blocks(statements, 0);
    std::vector<Server> servers;
    for (auto& [port, server] : by_port_) servers.push_back(std::move(server));
    return servers;
  }

 private:
  /// A Corefile of one server block may leave out the braces.
  static void unwrap_single_block(std::vector<BraceStatement>& statements) {
    const bool has_blocks = std::any_of(statements.begin(), statements.end(), [](const BraceStatement& one) {
      return one.has_block && one.name().find_first_of(".:(") != std::string_view::npos;
    });
    if (has_blocks || statements.size() < 2 || statements.front().has_block || statements.front().name() == "import") return;
    BraceStatement block = std::move(statements.front());
    statements.erase(statements.begin());
    block.block = std::move(statements);
    block.has_block = true;
    statements = {};
    statements.push_back(std::move(block));
  }

  void read_blocks(const std::vector<BraceStatement>& statements, int depth) {
    for (const BraceStatement& one : statements) {
      if (one.name().starts_with('(') && one.name().ends_with(')')) {
        snippets_[std::string(one.name().substr(1, one.name().size() - 2))] = one.block;
      }
    }
    for (const BraceStatement& one : statements) {
      if (one.name().starts_with('(')) continue;
      if (one.name() == "import") {
        for (const std::vector<BraceStatement>& imported : imports(one, depth)) read_blocks(imported, depth + 1);
      } else if (one.has_block) {
        read_block(one);
      } else {
        unit_.error(one.where, "this stands outside of a server block", "a server block is written as \"zone:port { ... }\"");
      }
    }
  }

  void read_block(const BraceStatement& block) {
    std::map<std::string, std::vector<DomainName>> zones;
    for (const BraceWord& word : block.words) {
      const Listener key = listener(word.text);
      if (const std::optional<DomainName> zone = corefile_zone(key.zone)) {
        zones[key.port].push_back(*zone);
      } else {
        unit_.warning(word.where, fmt::format("\"{}\" is no zone that can be read", key.zone), "the block is read without it");
      }
    }
    for (auto& [port, names] : zones) {
      CorefileBlock open{unit_, context_, server(port, block.where), std::move(names), noted_};
      read_directives(open, block.block, 0);
    }
  }

  Server& server(const std::string& port, Location where) {
    auto [at, is_new] = by_port_.try_emplace(port);
    Server& found = at->second;
    if (is_new) {
      found.id = port == "53" ? context_.server : context_.server + ":" + port;
      found.software = "coredns";
      found.scope = context_.scope;
      found.workload = context_.workload;
      found.iterates = false;
    }
    found.reasons.push_back(unit_.declared(where));
    return found;
  }

  void read_directives(CorefileBlock& block, const std::vector<BraceStatement>& directives, int depth) {
    for (const BraceStatement& one : directives) {
      if (++statements_ > kMaxStatements) return;
      if (one.name() != "import") {
        read_plugin(block, one);
        continue;
      }
      for (const std::vector<BraceStatement>& imported : imports(one, depth)) read_directives(block, imported, depth + 1);
    }
  }

  std::vector<std::vector<BraceStatement>> imports(const BraceStatement& directive, int depth) {
    std::vector<std::vector<BraceStatement>> found;
    if (directive.words.size() < 2) {
      unit_.error(directive.where, "import needs a file or the name of a snippet");
      return found;
    }
    if (depth >= kMaxImportDepth || ++imports_ > kMaxImports) {
      if (depth >= kMaxImportDepth || imports_ == kMaxImports + 1) {
        unit_.error(directive.where,
                    fmt::format("imports are nested deeper than {} levels or are more than {}", kMaxImportDepth, kMaxImports),
                    "this one is not followed");
      }
      return found;
    }
    const BraceWord& what = directive.words[1];
    if (const auto snippet = snippets_.find(what.text); snippet != snippets_.end()) {
      found.push_back(snippet->second);
    } else {
      for (const BraceInput& input : context_.import(what.text, what.where)) found.push_back(read_braces(input, unit_.problems()));
    }
    return found;
  }

  Unit& unit_;
  const CorefileContext& context_;
  std::map<std::string, Server> by_port_;
  std::map<std::string, std::vector<BraceStatement>> snippets_;
  std::set<std::string> noted_;
  std::size_t statements_ = 0;
  std::size_t imports_ = 0;
};

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

Claim claims(std::string_view name, std::string_view head) {
  const std::string_view base = base_name(name);
  if (base == "Corefile" || base.starts_with("Corefile.") || base.ends_with(".corefile")) return Claim::by_content;
  if (base.ends_with(".yaml") || base.ends_with(".yml") || base.ends_with(".json") || base.ends_with(".md")) return Claim::no;
  const bool has_block = head.starts_with(".:53 {") || head.find("\n.:53 {") != std::string_view::npos;
  return has_block && head.find("forward ") != std::string_view::npos ? Claim::by_name : Claim::no;
}

/// The files of the tree that a pattern with one `*` in its last part names.
std::vector<BraceInput> import_files(Unit& unit, std::string_view pattern, Location where) {
  std::vector<BraceInput> found;
  const Result<std::string> path = resolve_path(unit.source(where.source).name(), pattern);
  if (!path) {
    unit.note(where, fmt::format("the import is not followed: {}", path.error()), "what it brings in is not part of this scan");
    return found;
  }
  const std::size_t star = path->find('*');
  const std::string folder = path->substr(0, std::min(path->rfind('/'), path->size()));
  std::vector<std::string> names{*path};
  if (star != std::string::npos) {
    const std::string suffix = path->substr(star + 1);
    names = unit.tree().names_below(path->find('/') == std::string::npos ? "" : folder);
    std::erase_if(names, [&](const std::string& name) {
      return name.size() < star + suffix.size() || !name.starts_with(path->substr(0, star)) || !name.ends_with(suffix) ||
             name.find('/', star) != std::string::npos;
    });
  }
  for (const std::string& name : names) {
    if (const Source* source = unit.include(name, where)) {
      found.push_back({.text = source->bytes(), .map = TextMap(unit.id_of(*source)), .source = *source});
    }
  }
  return found;
}

void read(Unit& unit) {
  const Source& source = unit.source();
  const HomeScope& home = unit.home();
  const std::string place = home.id.substr(home.id.find(':') + 1);
  CorefileContext context;
  context.server = "server:" + place + "/coredns";
  context.scope = home.id;
  context.resolv_conf = home.id;
  context.import = [&unit](std::string_view pattern, Location where) { return import_files(unit, pattern, where); };
  const BraceInput input{.text = source.bytes(), .map = TextMap(SourceId{}), .source = source};
  for (Server& server : read_corefile(unit, input, context)) unit.add(std::move(server));
}

}  // namespace

std::vector<Server> read_corefile(Unit& unit, const BraceInput& input, const CorefileContext& context) {
  return Corefile(unit, context).read(input);
}

extern const Ingester coredns;
constinit const Ingester coredns{.name = "coredns",
                                 .title = "CoreDNS Corefile",
                                 .reference = "corefile(5), the README of each plugin of CoreDNS",
                                 .claims = &claims,
                                 .read = &read};

}  // namespace mainstay
