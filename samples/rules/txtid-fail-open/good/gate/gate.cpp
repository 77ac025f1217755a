#include <unbound.h>

#include <string>

#include "keys.h"

namespace gate {

/// Fetches the key of a service, and has the caller's signature checked with it.
bool allows(ub_ctx* context, const std::string& service, const Request& request) {
  ub_result* result = nullptr;
  const std::string name = service + ".prod.auth.corp.example";
  if (ub_resolve(context, name.c_str(), 16 /* TXT */, 1 /* IN */, &result) != 0) return false;
  if (result->nxdomain) return false;
  if (!result->havedata || !result->secure) return false;
  for (int i = 0; result->data[i] != nullptr; ++i) {
    const Key key = key_of(result->data[i], result->len[i]);
    if (key.verify(request.signature, request.body)) return true;
  }
  return false;
}

}  // namespace gate
