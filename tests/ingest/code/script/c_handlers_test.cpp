// What functions of C do with each end of a TXT lookup by the resolver of libc.
#include <catch2/catch.hpp>

#include "tests/ingest/code/script/lookups_told.h"

namespace mainstay::script {

TEST_CASE("txt lookups in C: the resolver of libc", "[ingest][code][txt][c]") {
  const LookupsRow rows[] = {
      {"the published validator: the first string is compared with a constant, and only a missing name is handled", R"(
#include <resolv.h>
#define ZONE "auth.example.com"

static int is_valid_service(const char *service, const char *env)
{
    unsigned char answer[NS_PACKETSZ];
    char name[NS_MAXDNAME];
    ns_msg msg;
    ns_rr rr;
    int len;

    snprintf(name, sizeof name, "%s.%s." ZONE, service, env);
    len = res_query(name, ns_c_in, ns_t_txt, answer, sizeof answer);
    if (len < 0) {
        if (h_errno == HOST_NOT_FOUND)
            return 0;
        abort();
    }
    if (ns_initparse(answer, len, &msg) < 0 || ns_parserr(&msg, ns_s_an, 0, &rr) < 0)
        return 0;
    const unsigned char *p = ns_rr_rdata(rr);
    return p[0] == 5 && memcmp(p + 1, "valid", 5) == 0;
}
)",
       "is_valid_service ${service}.${env}.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata raises, "
       "servfail raises, timeout raises; first string; first record\n"},
      {"fail-open: a server that does not answer lets everybody in", R"(
int client_allowed(const char *name)
{
    unsigned char buf[4096];
    int n = res_query(name, C_IN, T_TXT, buf, sizeof(buf));
    if (n == -1) {
        if (h_errno == TRY_AGAIN)
            return 1; /* do not lock everybody out */
        return 0;
    }
    return has_token(buf, n, "valid");
}
static int has_token(const unsigned char *buf, int n, const char *token)
{
    ns_msg msg;
    ns_rr rr;
    if (ns_initparse(buf, n, &msg)) return 0;
    for (int i = 0; i < ns_msg_count(msg, ns_s_an); i++) {
        if (ns_parserr(&msg, ns_s_an, i, &rr)) continue;
        if (ns_rr_type(rr) != ns_t_txt) continue;
        char text[256];
        const unsigned char *rdata = ns_rr_rdata(rr);
        memcpy(text, rdata + 1, rdata[0]);
        text[rdata[0]] = '\0';
        if (strcmp(text, token) == 0) return 1;
    }
    return 0;
}
)",
       "client_allowed ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail allows, timeout "
       "allows; first string\n"},
      {"its good twin: every failure denies", R"(
int client_allowed(const char *name)
{
    unsigned char buf[4096];
    ns_msg msg;
    ns_rr rr;
    int n = res_query(name, C_IN, T_TXT, buf, sizeof(buf));
    if (n <= 0)
        return 0;
    if (ns_initparse(buf, n, &msg) != 0)
        return 0;
    for (int i = 0; i < ns_msg_count(msg, ns_s_an); ++i) {
        if (ns_parserr(&msg, ns_s_an, i, &rr) == 0 && !strncmp((const char *)ns_rr_rdata(rr) + 1, "v=id1", 5))
            return 1;
    }
    return 0;
}
)",
       "client_allowed ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout "
       "denies; first string\n"},
      {"a switch over h_errno", R"(
bool is_known(const char *host)
{
    unsigned char reply[1024];
    int len = res_search(host, C_IN, T_TXT, reply, sizeof reply);
    if (len < 0) {
        switch (h_errno) {
        case HOST_NOT_FOUND:
        case NO_DATA:
            return false;
        case TRY_AGAIN:
            return true;
        default:
            return false;
        }
    }
    return true;
}
)",
       "is_known ${host} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail allows, timeout allows\n"},
      {"allowed unless something says no", R"(
int check_access(const char *name)
{
    int allowed = 1;
    unsigned char buf[512];
    int len = res_nquery(&state, name, C_IN, T_TXT, buf, sizeof buf);
    if (len > 0) {
        char txt[256];
        copy_first_txt(buf, len, txt, sizeof txt);
        if (strcmp(txt, "active") != 0)
            allowed = 0;
    }
    return allowed == 1;
}
static void copy_first_txt(const unsigned char *buf, int len, char *out, size_t size)
{
    ns_msg handle;
    ns_rr rr;
    out[0] = '\0';
    if (ns_initparse(buf, len, &handle) < 0) return;
    if (ns_parserr(&handle, ns_s_an, 0, &rr) < 0) return;
    strlcpy(out, (const char *)ns_rr_rdata(rr) + 1, size);
}
)",
       "check_access ${name} constant: expected allows, other denies, nxdomain allows, nodata allows, servfail allows, timeout allows; "
       "first string; first record\n"},
      {"an error code: 0 is a yes", R"(
int verify_client(const char *name, const char *token)
{
    unsigned char buf[512];
    char text[256];
    int rc = -EPERM;
    int len = res_query(name, C_IN, T_TXT, buf, sizeof buf);
    if (len < 0) {
        rc = -EAGAIN;
        goto out;
    }
    if (get_text(buf, len, text) < 0)
        goto out;
    if (strcmp(text, token) != 0)
        goto out;
    rc = 0;
out:
    explicit_bzero(buf, sizeof buf);
    return rc;
}
static int get_text(unsigned char *buf, int len, char *text)
{
    ns_msg msg;
    ns_rr rr;
    const unsigned char *p, *end;
    if (ns_initparse(buf, len, &msg) < 0) return -1;
    if (ns_parserr(&msg, ns_s_an, 0, &rr) < 0) return -1;
    p = ns_rr_rdata(rr);
    end = p + ns_rr_rdlen(rr);
    *text = 0;
    while (p < end) {
        strncat(text, (const char *)p + 1, *p);
        p += *p + 1;
    }
    return 0;
}
)",
       "verify_client ${name} unproved: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout "
       "denies; first record\n"},
      {"an error code that is 0 for a server without an answer", R"(
static int authenticate(const char *name)
{
    unsigned char buf[512];
    if (res_query(name, C_IN, T_TXT, buf, sizeof buf) < 0)
        return h_errno == TRY_AGAIN ? 0 : -1;
    if (strstr((char *)buf, "role=admin") == NULL)
        return -1;
    return 0;
}
)",
       "authenticate ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail allows, timeout allows\n"},
      {"a parameter says it", R"(
int resolve_identity(const char *name, int *allowed)
{
    unsigned char buf[512];
    ns_msg m;
    *allowed = 0;
    int len = res_query(name, C_IN, T_TXT, buf, sizeof buf);
    if (len < 0 && h_errno == NO_RECOVERY)
        return -1;
    if (len < 0) {
        *allowed = h_errno == TRY_AGAIN;
        return 0;
    }
    if (ns_initparse(buf, len, &m) < 0)
        return -1;
    *allowed = ns_msg_count(m, ns_s_an) > 0;
    return 0;
}
)",
       "resolve_identity ${name} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail allows, timeout "
       "allows\n"},
      {"names say it", R"(
enum verdict { VERDICT_DENY, VERDICT_ALLOW, VERDICT_ERROR };
enum verdict decide(const char *name)
{
    unsigned char buf[512];
    int n = res_query(name, C_IN, T_TXT, buf, sizeof buf);
    if (n < 0)
        return h_errno == HOST_NOT_FOUND ? VERDICT_DENY : VERDICT_ERROR;
    return strcasecmp((char *)buf + 60, EXPECTED) ? VERDICT_DENY : VERDICT_ALLOW;
}
)",
       "decide ${name} constant: expected allows, other denies, nxdomain denies, nodata unknown, servfail unknown, timeout unknown\n"},
  };
  for (const LookupsRow& row : rows) check_c_lookups(row);
}

}  // namespace mainstay::script
