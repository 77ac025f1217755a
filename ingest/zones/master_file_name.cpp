#include "ingest/zones/master_file_name.h"

#include <algorithm>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool drop_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// The file name without what marks it as a zone file; empty when nothing does.
std::string_view zone_part(std::string_view path) {
  std::string_view base = base_name(path);
  for (const std::string_view end : {".j2", ".jinja2", ".erb", ".tmpl", ".tpl", ".in", ".signed"}) drop_suffix(base, end);
  bool marked = false;
  for (const std::string_view end : {".zone", ".db", ".hosts", ".master"}) marked = drop_suffix(base, end) || marked;
  for (const std::string_view start : {"db.", "named.", "zone."}) marked = drop_prefix(base, start) || marked;
  return marked ? base : std::string_view();
}

}  // namespace

bool is_zone_file_name(std::string_view path) { return !zone_part(path).empty(); }

bool may_be_program(std::string_view path) {
  constexpr std::string_view kEnds[] = {".adoc", ".c",   ".cc",   ".cpp", ".cs", ".go", ".h",   ".htm",  ".html",
                                        ".java", ".js",  ".json", ".lua", ".md", ".pl", ".pm",  ".py",   ".rb",
                                        ".rs",   ".rst", ".sh",   ".tex", ".tf", ".ts", ".xml", ".yaml", ".yml"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return path.ends_with(end); });
}

bool is_root_hints_name(std::string_view path) {
  const std::string_view base = base_name(path);
  return base == "db.root" || base == "named.root" || base == "named.ca" || base == "root.hints" || base == "root.hint" ||
         base == "db.cache" || base == "root.zone.hints";
}

std::optional<DomainName> origin_of_name(std::string_view path) {
  std::string_view part = zone_part(path);
  if (part.empty()) part = base_name(path);
  if (part == "root") return DomainName::root();
  const auto is_part_of_address = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
  const Result<DomainName> name = DomainName::parse(part == "local" ? "localhost" : part);
  if (!name || part == "empty") return std::nullopt;
  if (!std::ranges::all_of(part, is_part_of_address)) {
    // One bare word ("zonefile", "internal") is more often a word than a top-level domain.
    const bool is_domain = name->dots() > 0 || is_zone_file_name(path);
    const auto is_of_name = [](char c) { return c == '-' || c == '.' || c == '_' || is_ascii_alphanumeric(c); };
    if (!is_domain || !std::ranges::all_of(part, is_of_name)) return std::nullopt;
    return *name;
  }
  std::string reversed;
  for (const std::string_view label : name->labels()) reversed.insert(0, std::string(label) + ".");
  const Result<DomainName> reverse = DomainName::parse(reversed + "in-addr.arpa.");
  if (!reverse) return std::nullopt;
  return *reverse;
}

std::optional<DomainName> top_level_origin(std::string_view path, std::string_view text) {
  const std::string_view base = base_name(path);
  const Result<DomainName> name = DomainName::parse(base);
  if (!name || name->is_root() || name->dots() > 0) return std::nullopt;
  constexpr std::string_view kDirective = "$ORIGIN";
  for (std::size_t at = text.find(kDirective); at != std::string_view::npos; at = text.find(kDirective, at + 1)) {
    const std::string_view rest = text.substr(at + kDirective.size());
    const std::size_t begin = std::min(rest.find_first_not_of(" \t"), rest.size());
    const std::string_view written = rest.substr(begin, std::min(rest.find_first_of(" \t\r\n;", begin), rest.size()) - begin);
    const Result<DomainName> origin = DomainName::parse(written);
    if (written.ends_with('.') && origin && origin->is_within(*name)) return *name;
  }
  return std::nullopt;
}

std::string view_of(std::string_view path) {
  const std::size_t mark = path.starts_with("views/") ? 0 : path.find("/views/");
  if (mark == std::string_view::npos) return {};
  const std::string_view rest = path.substr(mark + (mark == 0 ? 6 : 7));
  const std::size_t slash = rest.find('/');
  return slash == std::string_view::npos ? std::string() : std::string(rest.substr(0, slash));
}

}  // namespace mainstay
