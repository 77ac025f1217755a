#include "ingest/code/headers.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph/values/ascii.h"

namespace mainstay::code {
namespace {

constexpr std::size_t kMaxSteps = 2'000;  // of working out what one header defines
constexpr int kMaxDepth = 8;              // of constants that are made of those of other headers

/// The names behind the #include lines of a text.
std::vector<std::string> includes_of(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  std::vector<std::string> names;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto skip = [&] { line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size())); };
    skip();
    if (!line.starts_with('#')) continue;
    line.remove_prefix(1);
    skip();
    if (!line.starts_with("include")) continue;
    line.remove_prefix(7);
    skip();
    if (!line.starts_with('"') && !line.starts_with('<')) continue;
    const std::size_t end = line.find(line[0] == '<' ? '>' : '"', 1);
    if (end != std::string_view::npos) names.emplace_back(line.substr(1, end - 1));
  }
  return names;
}

/// Whether a text has "#define NAME" or "NAME =", "NAME[] =", "NAME{", "NAME(".
bool seems_to_define(std::string_view text, std::string_view name) {
  const auto is_word = [](char c) { return is_ascii_alphanumeric(c) || c == '_'; };
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    std::size_t end = at + name.size();
    if ((at > 0 && is_word(text[at - 1])) || (end < text.size() && is_word(text[end]))) continue;
    const std::size_t line = text.rfind('\n', at) + 1;
    if (text.substr(line, at - line).find("define") != std::string_view::npos) return true;
    end = std::min(text.find_first_not_of(" \t[]0123456789", end), text.size());
    if (end < text.size() && (text[end] == '=' || text[end] == '{' || text[end] == '(')) return true;
  }
  return false;
}

}  // namespace

std::optional<Value> Headers::constant(std::string_view name) {
  // A name that is being worked out stands for nothing in its own value.
  const auto [known, is_new] = known_.emplace(name, std::nullopt);
  if (!is_new) return known->second;
  if (depth_ >= kMaxDepth || known_.size() > kMaxNames) return std::nullopt;
  if (!std::exchange(is_read_, true)) read_all();
  ++depth_;
  std::optional<Value> found;
  bool is_unclear = false;
  for (Header& header : headers_) {
    if (!seems_to_define(header.source->bytes(), name)) continue;
    Expressions* expressions = expressions_of(header);
    std::optional<Value> value = expressions == nullptr ? std::nullopt : expressions->constant(name);
    if (!value) continue;
    is_unclear = is_unclear || (found && found->text != value->text);
    found = std::move(value);
  }
  --depth_;
  if (!is_unclear) known_[std::string(name)] = found;
  return is_unclear ? std::nullopt : found;
}

std::vector<const Source*> Headers::sources() {
  if (!std::exchange(is_read_, true)) read_all();
  std::vector<const Source*> sources;
  for (const Header& header : headers_) sources.push_back(header.source);
  return sources;
}

Expressions* Headers::expressions_of(Header& header) {
  if (!std::exchange(header.is_cut, true)) {
    Result<std::vector<CxxToken>> tokens = cxx_tokens(header.source->bytes(), unit_.id_of(*header.source));
    if (tokens) {  // otherwise the header is a unit of its own, which says so
      header.file = std::make_unique<CodeFile>(*std::move(tokens));
      header.expressions = std::make_unique<Expressions>(
          *header.file, [this](std::string_view name) { return constant(name); }, kMaxSteps);
    }
  }
  return header.expressions.get();
}

void Headers::read_all() {
  add(unit_.source().name(), unit_.source().bytes());
  for (std::size_t at = 0; at < headers_.size(); ++at) {
    const std::string from = headers_[at].name;
    add(from, headers_[at].source->bytes());
  }
}

void Headers::add(const std::string& from, std::string_view text) {
  for (const std::string& written : includes_of(text)) {
    if (headers_.size() >= kMaxHeaders) return;
    const std::optional<std::string> name = located(from, written);
    if (!name || *name == unit_.source().name()) continue;
    if (name->ends_with("/" + written)) folders_.insert(name->substr(0, name->size() - written.size()));
    if (std::any_of(headers_.begin(), headers_.end(), [&](const Header& one) { return one.name == *name; })) continue;
    const Source* source = unit_.include(*name, {});
    if (source == nullptr || octets_ + source->bytes().size() > kMaxOctets) continue;
    octets_ += source->bytes().size();
    headers_.push_back({.name = *name, .source = source});
  }
}

std::optional<std::string> Headers::located(const std::string& from, const std::string& written) const {
  const auto at = [&](const std::string& path) -> std::optional<std::string> {
    const Result<std::string> name = resolve_path(path, written);
    return name && unit_.tree().read(*name) ? std::optional(*name) : std::nullopt;
  };
  if (std::optional<std::string> beside = at(from); beside || written.starts_with("..")) return beside;
  for (std::size_t slash = from.rfind('/');;
       slash = slash == 0 || slash == std::string::npos ? std::string::npos : from.rfind('/', slash - 1)) {
    const std::string folder = slash == std::string::npos ? std::string() : from.substr(0, slash + 1);
    for (const char* inner : {"", "include/", "src/"}) {
      if (std::optional<std::string> found = at(fmt::format("{}{}x", folder, inner))) return found;
    }
    if (slash == std::string::npos) return std::nullopt;
  }
}

}  // namespace mainstay::code
