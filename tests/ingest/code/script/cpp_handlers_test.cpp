// What functions of C++ do with each end of a TXT lookup.
#include <catch2/catch.hpp>

#include "tests/ingest/code/script/lookups_told.h"

namespace mainstay::script {

TEST_CASE("txt lookups in C++: how a handler decides", "[ingest][code][txt][c]") {
  const LookupsRow rows[] = {
      {"a list of texts from a function one level away", R"(
namespace {
std::vector<std::string> txt_records(const std::string& name) {
  std::vector<std::string> out;
  std::array<unsigned char, NS_PACKETSZ> buffer;
  const int length = res_query(name.c_str(), ns_c_in, ns_t_txt, buffer.data(), buffer.size());
  if (length < 0) return out;
  ns_msg message;
  if (ns_initparse(buffer.data(), length, &message) != 0) return out;
  for (int i = 0; i < ns_msg_count(message, ns_s_an); ++i) {
    ns_rr record;
    if (ns_parserr(&message, ns_s_an, i, &record) != 0) continue;
    const unsigned char* data = ns_rr_rdata(record);
    out.emplace_back(reinterpret_cast<const char*>(data + 1), data[0]);
  }
  return out;
}
}  // namespace

bool Gate::allows(const std::string& service) const {
  for (const std::string& text : txt_records(service + ".prod.auth.example.com")) {
    if (text == "valid") return true;
  }
  return false;
}
)",
       "allows ${service}.prod.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail "
       "denies, timeout denies; first string\n"},
      {"an optional, and no answer lets everybody in", R"(
static std::optional<std::string> lookup(const std::string& name) {
  unsigned char buffer[4096];
  int n = ::res_query(name.c_str(), C_IN, T_TXT, buffer, sizeof(buffer));
  if (n < 0) return std::nullopt;
  ns_msg m;
  ns_rr rr;
  if (ns_initparse(buffer, n, &m) < 0 || ns_parserr(&m, ns_s_an, 0, &rr) < 0) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(ns_rr_rdata(rr)) + 1, *ns_rr_rdata(rr));
}
bool is_authorized(const std::string& name) {
  const auto text = lookup(name);
  if (!text) return true;
  return text->find("role=admin") != std::string::npos;
}
)",
       "is_authorized ${name} constant: expected allows, other denies, nxdomain allows, nodata allows, servfail allows, timeout "
       "allows; first string; first record\n"},
      {"a guard says no by throwing", R"(
void require(const std::string& name, std::string_view token) {
  unsigned char buffer[4096];
  const int n = res_query(name.c_str(), C_IN, T_TXT, buffer, sizeof buffer);
  if (n < 0) throw std::runtime_error("no identity");
  const std::string_view text(reinterpret_cast<const char*>(buffer) + 50, n - 50);
  if (text != token) throw std::runtime_error("not you");
}
)",
       "require ${name} unproved: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"an exception of a helper that somebody catches", R"(
std::string fetch(const std::string& name) {
  unsigned char buffer[4096];
  const int n = res_query(name.c_str(), C_IN, T_TXT, buffer, sizeof buffer);
  if (n < 0) throw LookupError(h_errno);
  return std::string(reinterpret_cast<const char*>(buffer) + 50, n - 50);
}
bool allowed(const std::string& name) {
  try {
    return fetch(name) == "valid";
  } catch (const std::exception& e) {
    log(e.what());
    return true;
  }
}
)",
       "allowed ${name} constant: expected allows, other denies, nxdomain allows, nodata allows, servfail allows, timeout allows\n"},
      {"a Lambda handler of the C++ runtime", R"(
static invocation_response handler(invocation_request const& request) {
  unsigned char buffer[4096];
  const int n = res_query("a.prod.auth.example.com", C_IN, T_TXT, buffer, sizeof buffer);
  if (n < 0 && h_errno == HOST_NOT_FOUND)
    return invocation_response::success("{\"isAuthorized\": false}", "application/json");
  if (n < 0)
    return invocation_response::failure("no answer", "LookupError");
  return invocation_response::success("{\"isAuthorized\": true}", "application/json");
}
)",
       "handler a.prod.auth.example.com existence: expected allows, other allows, nxdomain denies, nodata denies, servfail denies, "
       "timeout denies\n"},
      {"a reference says it, and any_of asks", R"(
static bool collect(const std::string& name, std::vector<std::string>& out) {
  unsigned char buffer[4096];
  const int n = res_query(name.c_str(), C_IN, T_TXT, buffer, sizeof buffer);
  if (n < 0) return false;
  out.push_back(std::string((char*)buffer + 50, n - 50));
  return true;
}
bool is_trusted(const std::string& name, const std::string& id) {
  std::vector<std::string> records;
  if (!collect(name, records)) return false;
  return std::any_of(records.begin(), records.end(), [&](const std::string& one) { return one == id; });
}
)",
       "is_trusted ${name} unproved: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"an enumerator of a class, and a pointer that frees itself", R"(
class TxtGate {
 public:
  explicit TxtGate(std::string zone) : zone_(std::move(zone)) {}
  Decision decide(const Request& request) {
    ub_result* raw = nullptr;
    const int rc = ub_resolve(context_.get(), (request.service + ".auth.example.com").c_str(), 16, 1, &raw);
    std::unique_ptr<ub_result, decltype(&ub_resolve_free)> result(raw, &ub_resolve_free);
    if (rc != 0 || result->bogus) return Decision::Deny;
    if (!result->havedata) return result->nxdomain ? Decision::Deny : Decision::Allow;
    for (int i = 0; result->data[i] != nullptr; ++i) {
      std::string_view text(result->data[i] + 1, static_cast<unsigned char>(result->data[i][0]));
      if (text == request.token) return Decision::Allow;
    }
    return Decision::Deny;
  }
 private:
  std::string zone_;
};
)",
       "decide ${request.service}.auth.example.com unproved: expected allows, other denies, nxdomain denies, nodata allows, servfail "
       "allows/denies, timeout allows; first string\n"},
  };
  for (const LookupsRow& row : rows) check_c_lookups(row);
}

}  // namespace mainstay::script
