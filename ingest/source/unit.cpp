#include "ingest/source/unit.h"

#include <algorithm>
#include <utility>

#include "graph/values/assert.h"

namespace mainstay {

Result<std::string> resolve_path(std::string_view from, std::string_view written) {
  if (written.starts_with('/')) return Error{"an absolute path is not followed"};
  std::vector<std::string_view> parts;
  const auto push = [&](std::string_view path) {
    while (!path.empty()) {
      const std::size_t slash = path.find('/');
      const std::string_view part = path.substr(0, slash);
      path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
      if (part.empty() || part == ".") continue;
      if (part == "..") {
        if (parts.empty()) return false;
        parts.pop_back();
      } else {
        parts.push_back(part);
      }
    }
    return true;
  };
  const std::size_t folder = from.rfind('/');
  if (!push(folder == std::string_view::npos ? std::string_view() : from.substr(0, folder)) || !push(written)) {
    return Error{"the path leaves the scanned folder"};
  }
  std::string joined;
  for (const std::string_view part : parts) {
    if (!joined.empty()) joined += '/';
    joined += part;
  }
  return joined;
}

Unit::Unit(const SourceTree& tree, const Catalogue& catalogue, HomeScope home, std::vector<std::string> names)
    : tree_(tree), catalogue_(catalogue), home_(std::move(home)) {
  MAINSTAY_ASSERT(!names.empty(), "a unit has at least one file");
  for (std::string& name : names) {
    Result<std::string> bytes = tree_.read(name);
    if (!bytes) {
      problems_.add({{.file = name}, DiagnosticSeverity::error, "the file cannot be read: " + bytes.error(), ""});
      bytes = std::string();
    }
    by_name_.emplace(name, sources_.size());
    sources_.push_back(std::make_unique<Source>(std::move(name), *std::move(bytes)));
  }
}

SourceId Unit::id_of(const Source& source) const {
  const auto at = by_name_.find(source.name());
  MAINSTAY_ASSERT(at != by_name_.end(), "the source belongs to this unit");
  return SourceId(static_cast<std::uint32_t>(at->second));
}

const Source* Unit::include(std::string_view name, Location asked_from) {
  if (const auto at = by_name_.find(name); at != by_name_.end()) return sources_[at->second].get();
  Result<std::string> bytes = tree_.read(name);
  if (!bytes) {
    warning(asked_from, "the included file cannot be read: " + bytes.error(), "what it declares is not part of this scan");
    return nullptr;
  }
  by_name_.emplace(std::string(name), sources_.size());
  sources_.push_back(std::make_unique<Source>(std::string(name), *std::move(bytes)));
  return sources_.back().get();
}

Evidence Unit::declared(Location where) const { return Evidence::declared(source(where.source).place(where.begin, where.end)); }

void Unit::error(Location where, std::string message, std::string hint) {
  problems_.error(source(where.source), where, std::move(message), std::move(hint));
}

void Unit::warning(Location where, std::string message, std::string hint) {
  problems_.warning(source(where.source), where, std::move(message), std::move(hint));
}

void Unit::note(Location where, std::string message, std::string hint) {
  problems_.note(source(where.source), where, std::move(message), std::move(hint));
}

}  // namespace mainstay
