// How functions of C say yes, and what is not followed in them.
#include <catch2/catch.hpp>

#include "tests/ingest/code/script/lookups_told.h"

namespace mainstay::script {

TEST_CASE("txt lookups in C: what functions say by numbers, names and macros", "[ingest][code][txt][c]") {
  const LookupsRow rows[] = {
      {"ambiguous: nobody tests what it gives back", R"(
int probe(const char *name)
{
    unsigned char buf[512];
    int n = res_query(name, C_IN, T_TXT, buf, sizeof buf);
    if (n < 0)
        return 1;
    return 0;
}
)",
       "probe ${name} unknown: expected unknown, other unknown, nxdomain unknown, nodata unknown, servfail unknown, timeout unknown\n"},
      {"the caller tests it", R"(
static int check_caller(const char *name)
{
    unsigned char buf[512];
    if (res_query(name, C_IN, T_TXT, buf, sizeof buf) < 0)
        return 1;
    return 0;
}
void serve(struct client *c)
{
    if (check_caller(c->name) != 0) {
        send_denied(c);
        return;
    }
    send_page(c);
}
)",
       "check_caller ${name} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"what is denied is turned around", R"(
int is_blocked(const char *name)
{
    unsigned char buf[512];
    return res_query(name, C_IN, T_TXT, buf, sizeof buf) > 0;
}
)",
       "is_blocked ${name} unknown: expected unknown, other unknown, nxdomain unknown, nodata unknown, servfail unknown, timeout "
       "unknown\n"},
      {"a signature with the key of the record", R"(
int verify_request(const char *name, const unsigned char *msg, size_t len, const unsigned char *sig)
{
    unsigned char buf[512];
    if (res_query(name, C_IN, T_TXT, buf, sizeof buf) < 0)
        return -1;
    EVP_PKEY *key = key_of((char *)buf + 40);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) != 1)
        return -1;
    if (EVP_DigestVerify(ctx, sig, 64, msg, len) != 1)
        return -1;
    return 0;
}
)",
       "verify_request ${name} proved: expected allows/denies, other allows/denies, nxdomain denies, nodata denies, servfail denies, "
       "timeout denies\n"},
      {"a comparison that tells nothing by its time", R"(
int token_valid(const char *name, const char *token)
{
    unsigned char buf[512];
    ns_msg msg;
    ns_rr rr;
    int len = res_query(name, C_IN, T_TXT, buf, sizeof buf);
    if (len < 0 || ns_initparse(buf, len, &msg) < 0 || ns_parserr(&msg, ns_s_an, 0, &rr) < 0)
        return 0;
    return CRYPTO_memcmp(ns_rr_rdata(rr) + 1, token, 32) == 0;
}
)",
       "token_valid ${name} proved: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout denies; "
       "first string; first record\n"},
      {"branches of an #if that differ", R"(
int client_allowed(const char *name)
{
    unsigned char buf[512];
    if (res_query(name, C_IN, T_TXT, buf, sizeof buf) < 0) {
#ifdef FAIL_OPEN
        return 1;
#else
        return 0;
#endif
    }
    return 1;
}
)",
       "client_allowed ${name} unknown: expected unknown, other unknown, nxdomain unknown, nodata unknown, servfail unknown, timeout "
       "unknown\n"},
      {"branches that ask alike", R"(
int client_allowed(const char *name)
{
    unsigned char buf[512];
    int n;
#ifdef HAVE_RES_NQUERY
    n = res_nquery(&state, name, C_IN, T_TXT, buf, sizeof buf);
#else
    n = res_query(name, C_IN, T_TXT, buf, sizeof buf);
#endif
    return n > 0;
}
)",
       "client_allowed ${name} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail denies, timeout "
       "denies\n"},
      {"a macro that may return", R"(
#define REQUIRE(x) do { if (!(x)) return 1; } while (0)
int client_allowed(const char *name)
{
    unsigned char buf[512];
    int n = res_query(name, C_IN, T_TXT, buf, sizeof buf);
    REQUIRE(n > 0);
    return 0;
}
)",
       "client_allowed ${name} unknown: expected unknown, other unknown, nxdomain unknown, nodata unknown, servfail unknown, timeout "
       "unknown\n"},
      {"what somebody else's function makes of it is not followed", R"(
int client_allowed(const char *name)
{
    unsigned char buf[512];
    int n = res_query(name, C_IN, T_TXT, buf, sizeof buf);
    if (n < 0)
        return 0;
    return policy_matches(buf, n);
}
)",
       "client_allowed ${name} unknown: expected unknown, other unknown, nxdomain denies, nodata denies, servfail denies, timeout "
       "denies\n"},
      {"not a lookup of TXT", "int is_ok(const char *n) { unsigned char b[512]; return res_query(n, C_IN, T_MX, b, sizeof b) > 0; }", ""},
      {"a reply that is taken apart by hand", R"(
static int is_known_host(const char *name)
{
    union { HEADER hdr; unsigned char buf[4096]; } answer;
    unsigned char *p, *end;
    char host[256];
    int len, type, size, qd, an;
    len = res_search(name, C_IN, T_TXT, answer.buf, sizeof(answer.buf));
    if (len < (int)sizeof(HEADER))
        return 0;
    p = answer.buf + sizeof(HEADER);
    end = answer.buf + len;
    qd = ntohs(answer.hdr.qdcount);
    an = ntohs(answer.hdr.ancount);
    while (qd-- > 0) {
        len = dn_expand(answer.buf, end, p, host, sizeof host);
        if (len < 0) return 0;
        p += len + 4;
    }
    while (an-- > 0 && p < end) {
        len = dn_expand(answer.buf, end, p, host, sizeof host);
        if (len < 0) return 0;
        p += len;
        NS_GET16(type, p);
        p += 6;
        NS_GET16(size, p);
        if (type == T_TXT && strncmp((char *)p + 1, "valid", 5) == 0)
            return 1;
        p += size;
    }
    return 0;
}
)",
       "is_known_host ${name} constant: expected allows/denies, other denies, nxdomain denies, nodata denies, servfail denies, timeout "
       "denies\n"},
      {"three tries", R"(
int is_allowed(const char *name)
{
    unsigned char buf[512];
    int i, len = -1;
    for (i = 0; i < 3; i++) {
        len = res_query(name, C_IN, T_TXT, buf, sizeof buf);
        if (len >= 0)
            break;
        if (h_errno != TRY_AGAIN)
            return 0;
    }
    if (len < 0)
        return 1;
    return 1;
}
)",
       "is_allowed ${name} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail allows, timeout allows\n"},
      {"a jump back is not followed", R"(
int is_allowed(const char *name)
{
    unsigned char buf[512];
    int len, tries = 0;
retry:
    len = res_query(name, C_IN, T_TXT, buf, sizeof buf);
    if (len < 0 && h_errno == TRY_AGAIN && tries++ < 3)
        goto retry;
    if (len < 0)
        goto deny;
    return 1;
deny:
    log_it(name);
    return 0;
}
)",
       "is_allowed ${name} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail unknown, timeout unknown\n"},
      {"a module of PAM", R"(
PAM_EXTERN int pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    unsigned char answer[1024];
    const char *user;
    if (pam_get_user(pamh, &user, NULL) != PAM_SUCCESS)
        return PAM_USER_UNKNOWN;
    int n = res_query(name_of(user), C_IN, T_TXT, answer, sizeof answer);
    if (n < 0) {
        if (h_errno == TRY_AGAIN)
            return PAM_IGNORE;
        return PAM_AUTH_ERR;
    }
    if (memmem(answer, n, "role=admin", 10))
        return PAM_SUCCESS;
    return PAM_AUTH_ERR;
}
)",
       "pam_sm_authenticate ${name_of} constant: expected allows/denies, other denies, nxdomain denies, nodata denies, servfail "
       "denies/unknown, timeout denies/unknown\n"},
      {"a module of httpd", R"(
static int txt_access(request_rec *r)
{
    unsigned char answer[1024];
    int n;
    n = res_query("portal.auth.example.com", C_IN, T_TXT, answer, sizeof answer);
    if (n < 0 && h_errno == HOST_NOT_FOUND)
        return HTTP_FORBIDDEN;
    if (n < 0)
        return OK;
    return strstr((char *)answer, r->user) ? OK : HTTP_UNAUTHORIZED;
}
)",
       "txt_access portal.auth.example.com unproved: expected allows, other denies, nxdomain denies, nodata allows, servfail allows, "
       "timeout allows\n"},
      {"an object that a function fills", R"(
struct identity { char text[256]; int found; };
static int load(const char *name, struct identity *out)
{
    unsigned char buf[2048];
    ns_msg msg;
    ns_rr rr;
    int len;
    memset(out, 0, sizeof(*out));
    if ((len = res_query(name, ns_c_in, ns_t_txt, buf, sizeof(buf))) == -1)
        return h_errno == NO_DATA || h_errno == HOST_NOT_FOUND ? 0 : -1;
    if (ns_initparse(buf, len, &msg) == -1)
        return -1;
    for (int i = 0; i < ns_msg_count(msg, ns_s_an); i++) {
        if (ns_parserr(&msg, ns_s_an, i, &rr) == -1)
            return -1;
        if (ns_rr_type(rr) == ns_t_txt) {
            const u_char *d = ns_rr_rdata(rr);
            size_t n = d[0];
            memcpy(out->text, d + 1, n);
            out->text[n] = 0;
            out->found = 1;
            return 0;
        }
    }
    return 0;
}
int authorized(const char *name, const char *want)
{
    struct identity id;
    if (load(name, &id) < 0)
        return 1;
    if (!id.found)
        return 0;
    return strcmp(id.text, want) == 0;
}
)",
       "authorized ${name} unproved: expected allows, other denies, nxdomain denies, nodata denies, servfail allows, timeout allows; first "
       "string\n"},
      {"what fetches something lets nobody in", R"(
bool refresh_keys(struct keys *k)
{
    unsigned char buf[4096];
    int n = res_query("keys.prod.auth.example.com", C_IN, T_TXT, buf, sizeof buf);
    if (n < 0)
        return false;
    parse_keys(buf, n, k);
    return true;
}
)",
       "refresh_keys keys.prod.auth.example.com unknown: expected unknown, other unknown, nxdomain unknown, nodata unknown, servfail "
       "unknown, timeout unknown\n"},
      {"an error code of what decides on nobody", R"(
status_t load_issuer(struct config *c)
{
    unsigned char buf[4096];
    char text[256];
    if (res_query("config.prod.auth.example.com", C_IN, T_TXT, buf, sizeof buf) < 0)
        return STATUS_FAILED;
    if (copy_text(buf, text) < 0)
        return STATUS_FAILED;
    c->issuer = strdup(text);
    return STATUS_OK;
}
)",
       "load_issuer config.prod.auth.example.com unknown: expected unknown, other unknown, nxdomain unknown, nodata unknown, servfail "
       "unknown, timeout unknown\n"},
  };
  for (const LookupsRow& row : rows) check_c_lookups(row);
}

}  // namespace mainstay::script
