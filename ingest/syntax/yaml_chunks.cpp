#include "ingest/syntax/yaml_chunks.h"

#include <algorithm>

namespace mainstay {
namespace {

bool is_marker(std::string_view line, std::string_view marker) {
  return line.starts_with(marker) && (line.size() == 3 || line[3] == ' ' || line[3] == '\t' || line[3] == '\r');
}

}  // namespace

std::vector<YamlChunk> split_documents(std::string_view bytes, std::size_t limit) {
  std::vector<YamlChunk> chunks;
  std::size_t begin = bytes.starts_with("\xef\xbb\xbf") ? 3 : 0;
  bool has_content = false;
  bool directives_only = true;
  const auto cut = [&](std::size_t at) {
    if (has_content) chunks.push_back({begin, at});
    begin = at;
    has_content = false;
    directives_only = true;
  };
  for (std::size_t at = begin; at < bytes.size() && chunks.size() + 1 < limit;) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view line = bytes.substr(at, end - at);
    const std::size_t next = std::min(end + 1, bytes.size());
    if (is_marker(line, "---")) {
      if (!(has_content && directives_only)) cut(at);
      const std::size_t content = line.find_first_not_of(" \t\r", 3);
      // An empty document between two markers says nothing; but the properties or text behind a marker do.
      if (content != std::string_view::npos && line[content] != '#') has_content = true;
      directives_only = false;
    } else if (is_marker(line, "...")) {
      cut(next);
    } else if (const std::size_t first = line.find_first_not_of(" \t\r"); first != std::string_view::npos && line[first] != '#') {
      directives_only = directives_only && line[0] == '%';
      has_content = true;
    }
    at = next;
  }
  const std::string_view rest = bytes.substr(begin);
  if (has_content || chunks.size() + 1 == limit) {
    if (!rest.empty()) chunks.push_back({begin, bytes.size()});
  }
  return chunks;
}

bool must_not_be_parsed(std::string_view chunk) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto is_blank_at = [&](std::size_t at) { return at >= chunk.size() || kBlank.find(chunk[at]) != std::string_view::npos; };
  bool has_complex_key = false;
  for (std::size_t at = chunk.find('?'); at != std::string_view::npos && !has_complex_key; at = chunk.find('?', at + 1)) {
    has_complex_key = is_blank_at(at + 1);
  }
  if (!has_complex_key) return false;
  for (std::size_t at = chunk.find(':'); at != std::string_view::npos; at = chunk.find(':', at + 1)) {
    const std::size_t end = std::min(chunk.find_first_not_of(kBlank, at + 1), chunk.size());
    if (chunk.substr(at, end - at).find('\t') != std::string_view::npos) return true;
  }
  return false;
}

std::size_t template_mark(std::string_view chunk) { return std::min(chunk.find("{{"), chunk.find("{%")); }

}  // namespace mainstay
