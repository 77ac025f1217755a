#include "ingest/config/file_variant.h"

#include "ingest/source/file_name.h"

namespace mainstay {

FileVariant file_variant(std::string_view name, std::string_view base) {
  const std::string_view own = name.substr(name.rfind('/') + 1);
  if (own == base) return FileVariant::itself;
  if (!own.starts_with(base)) return FileVariant::none;
  for (const std::string_view end : {".bak", ".orig", ".old", ".save", "~", ".example", ".sample", ".dist"}) {
    if (own.ends_with(end)) return FileVariant::none;
  }
  const bool left_over = own.find(".dpkg-") != std::string_view::npos || own.find(".rpm") != std::string_view::npos;
  const char next = own[base.size()];
  if (left_over || (next != '.' && next != '-' && next != '_')) return FileVariant::none;
  return is_template_name(own) ? FileVariant::templated : FileVariant::variant;
}

}  // namespace mainstay
