#include "ingest/syntax/master_file_origin.h"

namespace mainstay {

Result<DomainName> master_name(std::string_view text, const MasterOrigin& origin) {
  const bool is_zone = text.ends_with("@Z"), is_file = text.ends_with("@F");
  if (!is_zone && !is_file) return DomainName::parse_relative(text, origin.current);
  const DomainName& base = is_zone ? origin.zone : origin.file;
  if (text.size() == 2) return base;
  const std::string_view before = text.substr(0, text.size() - 3);
  if (before.empty() || text[before.size()] != '.' || before.ends_with('\\')) return DomainName::parse_relative(text, origin.current);
  return DomainName::parse_relative(before, base);
}

}  // namespace mainstay
