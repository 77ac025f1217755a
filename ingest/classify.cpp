#include "ingest/classify.h"

#include <exception>
#include <utility>

namespace mainstay {
namespace {

// As git and grep tell text from other files.
constexpr std::size_t kBinaryOctets = 8000;

std::string_view binary_reason(std::string_view head) {
  const std::string_view looked_at = head.substr(0, kBinaryOctets);
  if (looked_at.find('\0') == std::string_view::npos) return {};
  if (looked_at.starts_with("\xff\xfe") || looked_at.starts_with("\xfe\xff")) return "binary (text in UTF-16 is not read)";
  return "binary";
}

Classified failed(std::string reason, std::uint64_t octets = 0) {
  return {.state = SourceState::failed, .cause = SourceCause::unreadable, .reason = std::move(reason), .octets = octets};
}

Classified skipped(SourceCause cause, std::string reason, std::uint64_t octets = 0) {
  return {.state = SourceState::skipped, .cause = cause, .reason = std::move(reason), .octets = octets};
}

}  // namespace

const Ingester* best_claim(std::span<const Ingester* const> formats, std::string_view name, std::string_view head, std::string& broken) {
  const Ingester* best = nullptr;
  Claim highest = Claim::no;
  for (const Ingester* format : formats) {
    Claim claim = Claim::no;
    try {
      claim = format->claims(name, head);
    } catch (const std::exception&) {
      broken += (broken.empty() ? "" : ", ") + std::string(format->name);
    }
    if (claim <= highest) continue;
    highest = claim;
    best = format;
  }
  return best;
}

Classified classify(const FileTree& tree, std::size_t position, const IngestOptions& options, KeptTree& kept) {
  const TreeFile& file = tree.files()[position];
  const TreeFile* content = tree.resolve(file.name);
  if (content == nullptr) return skipped(file.cause, file.reason);
  Result<OpenFile> open = tree.open(*content);
  if (!open) return failed(open.error());
  const std::uint64_t octets = open->octets();
  if (std::string reason = tree.size_reason(octets); !reason.empty()) return skipped(SourceCause::over_limit, std::move(reason), octets);
  std::string bytes;
  if (const Result<bool> filled = open->fill(bytes, kHeadOctets); !filled) return failed(filled.error(), octets);
  if (const std::string_view reason = binary_reason(bytes); !reason.empty()) {
    return skipped(SourceCause::not_text, std::string(reason), octets);
  }
  Classified found{.octets = octets};
  found.format = best_claim(options.formats, file.name, bytes, found.broken);
  if (found.format == nullptr) {
    if (options.hint) found.reason = options.hint(file.name, bytes);
    if (found.reason.empty()) found.reason = "no format claims it";
    found.cause = SourceCause::not_claimed;
    return found;
  }
  found.state = SourceState::read;
  // What cannot be read to its end here is tried again, and explained, when its unit is read. Content is kept under one name only.
  if (content == &file && kept.reserve(octets) && tree.read_rest(*open, bytes)) kept.keep(position, std::move(bytes));
  return found;
}

}  // namespace mainstay
