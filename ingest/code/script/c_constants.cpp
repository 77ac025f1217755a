// Tables of constants. Sources: <netdb.h> and <arpa/nameser.h> of glibc 2.36; <ares.h> of c-ares 1.18; <ldns/ldns.h> 1.8; <getdns/getdns.h>
// 1.6; <windns.h> and <winerror.h>; PAM 1.5; RFC 1035 section 4.1.1.
#include "ingest/code/script/c_constants.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mainstay::script {
namespace {

using Row = std::pair<std::string_view, int>;
constexpr auto kRows = std::to_array<Row>({
    {"NETDB_INTERNAL", -1},
    {"NETDB_SUCCESS", 0},
    {"HOST_NOT_FOUND", 1},
    {"TRY_AGAIN", 2},
    {"NO_RECOVERY", 3},
    {"NO_DATA", 4},
    {"NO_ADDRESS", 4},
    {"ARES_SUCCESS", 0},
    {"ARES_ENODATA", 1},
    {"ARES_EFORMERR", 2},
    {"ARES_ESERVFAIL", 3},
    {"ARES_ENOTFOUND", 4},
    {"ARES_ENOTIMP", 5},
    {"ARES_EREFUSED", 6},
    {"ARES_EBADQUERY", 7},
    {"ARES_EBADNAME", 8},
    {"ARES_EBADFAMILY", 9},
    {"ARES_EBADRESP", 10},
    {"ARES_ECONNREFUSED", 11},
    {"ARES_ETIMEOUT", 12},
    {"ARES_EOF", 13},
    {"ARES_EFILE", 14},
    {"ARES_ENOMEM", 15},
    {"ARES_EDESTRUCTION", 16},
    {"ARES_EBADSTR", 17},
    {"ARES_ECANCELLED", 24},
    {"ns_r_noerror", 0},
    {"ns_r_formerr", 1},
    {"ns_r_servfail", 2},
    {"ns_r_nxdomain", 3},
    {"ns_r_notimpl", 4},
    {"ns_r_refused", 5},
    {"NOERROR", 0},
    {"FORMERR", 1},
    {"SERVFAIL", 2},
    {"NXDOMAIN", 3},
    {"NOTIMP", 4},
    {"REFUSED", 5},
    {"LDNS_RCODE_NOERROR", 0},
    {"LDNS_RCODE_FORMERR", 1},
    {"LDNS_RCODE_SERVFAIL", 2},
    {"LDNS_RCODE_NXDOMAIN", 3},
    {"LDNS_RCODE_REFUSED", 5},
    {"LDNS_STATUS_OK", 0},
    {"GETDNS_RETURN_GOOD", 0},
    {"GETDNS_RESPSTATUS_GOOD", 900},
    {"GETDNS_RESPSTATUS_NO_NAME", 901},
    {"GETDNS_RESPSTATUS_ALL_TIMEOUT", 902},
    {"GETDNS_RESPSTATUS_NO_SECURE_ANSWERS", 903},
    {"GETDNS_RESPSTATUS_ALL_BOGUS_ANSWERS", 904},
    {"GETDNS_RCODE_NOERROR", 0},
    {"GETDNS_RCODE_SERVFAIL", 2},
    {"GETDNS_RCODE_NXDOMAIN", 3},
    {"ERROR_SUCCESS", 0},
    {"NO_ERROR", 0},
    {"DNS_RCODE_NOERROR", 0},
    {"DNS_ERROR_RCODE_NO_ERROR", 0},
    {"DNS_ERROR_RCODE_SERVER_FAILURE", 9002},
    {"DNS_ERROR_RCODE_NAME_ERROR", 9003},
    {"DNS_INFO_NO_RECORDS", 9501},
    {"ERROR_TIMEOUT", 1460},
    {"ns_t_txt", 16},
    {"T_TXT", 16},
    {"LDNS_RR_TYPE_TXT", 16},
    {"GETDNS_RRTYPE_TXT", 16},
    {"DNS_TYPE_TEXT", 16},
    {"ARES_REC_TYPE_TXT", 16},
    {"ns_c_in", 1},
    {"C_IN", 1},
    {"TRUE", 1},
    {"FALSE", 0},
    {"EXIT_SUCCESS", 0},
    {"EXIT_FAILURE", 1},
    {"PAM_SUCCESS", 0},
    {"UB_NOERROR", 0},
});

}  // namespace

std::optional<int> c_constant(std::string_view name) {
  const auto found = std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.first == name; });
  return found == kRows.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace mainstay::script
