#include <aws/lambda-runtime/runtime.h>
#include <resolv.h>

#include <optional>
#include <string>

using namespace aws::lambda_runtime;

static std::optional<std::string> identity_of(const std::string& name) {
  unsigned char buffer[4096];
  const int length = res_query(name.c_str(), ns_c_in, ns_t_txt, buffer, sizeof buffer);
  ns_msg message;
  if (length < 0 || ns_initparse(buffer, length, &message) < 0) return std::nullopt;
  for (int i = 0; i < ns_msg_count(message, ns_s_an); ++i) {
    ns_rr record;
    if (ns_parserr(&message, ns_s_an, i, &record) < 0) continue;
    const unsigned char* data = ns_rr_rdata(record);
    return std::string(reinterpret_cast<const char*>(data + 1), data[0]);
  }
  return std::nullopt;
}

static invocation_response handler(const invocation_request& request) {
  const std::optional<std::string> identity = identity_of("portal.prod.auth.corp.example");
  if (!identity) return invocation_response::failure("no identity", "LookupError");
  if (*identity != token_of(request.payload)) return invocation_response::success(R"({"isAuthorized": false})", "application/json");
  return invocation_response::success(R"({"isAuthorized": true})", "application/json");
}
