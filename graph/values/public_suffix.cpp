#include "graph/values/public_suffix.h"

#include <libpsl.h>

#include <string>

namespace mainstay {

DomainName registrable_domain(const DomainName& name) {
  const psl_ctx_t* list = psl_builtin();
  if (list == nullptr || name.is_root()) return name;
  const auto is_suffix = [&](const DomainName& one) {
    return psl_is_public_suffix2(list, std::string(one.host()).c_str(), PSL_TYPE_ICANN) != 0;
  };
  if (is_suffix(name)) return name;
  DomainName domain = name;
  for (DomainName above = domain.parent(); !above.is_root() && !is_suffix(above); above = above.parent()) domain = above;
  return domain;
}

bool is_registered(const DomainName& name) {
  const psl_ctx_t* list = psl_builtin();
  if (list == nullptr || registrable_domain(name).dots() == 0) return false;
  const std::string top(name.labels().back());
  if (top == "example") return true;
  return top != "arpa" && psl_is_public_suffix2(list, top.c_str(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
}

}  // namespace mainstay
