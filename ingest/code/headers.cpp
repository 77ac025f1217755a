#include "ingest/code/headers.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mainstay::code {

std::optional<Value> Headers::constant(std::string_view name) {
  if (const auto at = known_.find(name); at != known_.end()) return at->second;
  if (!std::exchange(is_read_, true)) read_all();
  std::optional<Value> found;
  bool is_unclear = false;
  for (auto& [file, header] : headers_) {
    std::optional<Value> value = header.expressions->constant(name);
    if (!value) continue;
    is_unclear = is_unclear || (found && found->text != value->text);
    found = std::move(value);
  }
  if (is_unclear) found.reset();
  known_.emplace(name, found);
  return found;
}

void Headers::read_all() {
  add(unit_.source().name(), file_);
  for (std::size_t at = 0; at < headers_.size(); ++at) {
    const std::string from = headers_[at].first;
    add(from, *headers_[at].second.file);
  }
}

void Headers::add(const std::string& from, const CodeFile& includer) {
  for (const std::string& written : includer.includes()) {
    if (headers_.size() >= kMaxHeaders) return;
    const std::optional<std::string> name = located(from, written);
    if (!name || *name == unit_.source().name()) continue;
    if (std::any_of(headers_.begin(), headers_.end(), [&](const auto& one) { return one.first == *name; })) continue;
    const Source* source = unit_.include(*name, {});
    if (source == nullptr) continue;
    Result<std::vector<CxxToken>> tokens = cxx_tokens(source->bytes(), unit_.id_of(*source));
    if (!tokens) continue;  // the header is a unit of its own, which says so
    Header header;
    header.file = std::make_unique<CodeFile>(*std::move(tokens));
    header.expressions = std::make_unique<Expressions>(*header.file, nullptr);
    headers_.emplace_back(*name, std::move(header));
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
