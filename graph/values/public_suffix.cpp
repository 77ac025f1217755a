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

}  // namespace mainstay
