// What functions of C do with each end of a TXT lookup by other libraries.
#include <catch2/catch.hpp>

#include "tests/ingest/code/script/lookups_told.h"

namespace mainstay::script {

TEST_CASE("txt lookups in C: c-ares, libunbound, ldns, getdns and Windows", "[ingest][code][txt][c]") {
  const LookupsRow rows[] = {
      {"c-ares: a callback that keeps what it found", R"(
struct state { int allowed; int done; };

static void on_txt(void *arg, int status, int timeouts, unsigned char *abuf, int alen)
{
    struct state *st = arg;
    struct ares_txt_reply *list = NULL, *t;
    st->done = 1;
    if (status == ARES_ENOTFOUND || status == ARES_ENODATA) {
        st->allowed = 0;
        return;
    }
    if (status != ARES_SUCCESS) {
        st->allowed = 1;
        return;
    }
    st->allowed = 0;
    if (ares_parse_txt_reply(abuf, alen, &list) != ARES_SUCCESS)
        return;
    for (t = list; t != NULL; t = t->next) {
        if (t->length == 5 && memcmp(t->txt, "valid", 5) == 0)
            st->allowed = 1;
    }
    ares_free_data(list);
}

bool is_allowed(ares_channel channel, const char *name)
{
    struct state st;
    st.allowed = 0;
    st.done = 0;
    ares_query(channel, name, C_IN, T_TXT, on_txt, &st);
    while (!st.done)
        wait_for(channel);
    return st.allowed;
}
)",
       "is_allowed ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail allows, timeout allows\n"},
      {"c-ares: the good twin, and the first string only", R"(
static void on_txt(void *arg, int status, int timeouts, unsigned char *abuf, int alen)
{
    int *allowed = arg;
    struct ares_txt_reply *list;
    if (status != ARES_SUCCESS) return;
    if (ares_parse_txt_reply(abuf, alen, &list)) return;
    *allowed = !strcmp((char *)list->txt, "valid");
    ares_free_data(list);
}
bool is_allowed(ares_channel channel, const char *name)
{
    int allowed = 0;
    ares_search(channel, name, ns_c_in, ns_t_txt, on_txt, &allowed);
    run_loop(channel);
    return allowed;
}
)",
       "is_allowed ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout denies; "
       "first string; first record\n"},
      {"c-ares: started, and decided elsewhere", R"(
int authorize_start(struct client *c)
{
    ares_query(c->channel, c->name, C_IN, T_TXT, on_reply, c);
    return 0;
}
)",
       "authorize_start ${c.name} unknown: expected unknown, other unknown, nxdomain unknown, nodata unknown, servfail unknown, "
       "timeout unknown\n"},
      {"c-ares: a callback that answers a request", R"(
static void on_txt(void *arg, int status, int timeouts, unsigned char *abuf, int alen)
{
    struct request *req = arg;
    struct ares_txt_reply *list = NULL;
    if (status == ARES_ETIMEOUT) {
        MHD_queue_response(req->connection, MHD_HTTP_OK, req->page);
        return;
    }
    if (status != ARES_SUCCESS || ares_parse_txt_reply(abuf, alen, &list) != ARES_SUCCESS) {
        MHD_queue_response(req->connection, MHD_HTTP_FORBIDDEN, NULL);
        return;
    }
    MHD_queue_response(req->connection, MHD_HTTP_OK, req->page);
}
void handle(struct request *req)
{
    ares_query(req->channel, "portal.auth.example.com", C_IN, T_TXT, on_txt, req);
}
)",
       "handle portal.auth.example.com existence: expected allows, other allows, nxdomain denies, nodata denies, servfail denies, "
       "timeout allows\n"},
      {"libunbound: any data will do, whether it is bogus or not", R"(
int is_member(struct ub_ctx *ctx, char *name)
{
    struct ub_result *result;
    int yes = 0;
    if (ub_resolve(ctx, name, 16, 1, &result) != 0)
        return 0;
    if (result->havedata)
        yes = 1;
    ub_resolve_free(result);
    return yes;
}
)",
       "is_member ${name} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"libunbound: bogus is told, and fails open", R"(
int is_member(struct ub_ctx *ctx, char *name)
{
    struct ub_result *result;
    if (ub_resolve(ctx, name, 16, 1, &result))
        return 0;
    if (result->nxdomain)
        return 0;
    if (result->rcode == 2)
        return 1;
    if (!result->havedata || !result->secure)
        return 0;
    return memcmp(result->data[0] + 1, "valid", 5) == 0;
}
)",
       "is_member ${name} constant: expected allows/denies, other denies, nxdomain denies, nodata denies, servfail allows, timeout "
       "allows; first string; first record\n"},
      {"libunbound: all records, only when they are secure", R"(
int is_member(struct ub_ctx *ctx, char *name, const char *want)
{
    struct ub_result *result;
    int i, found = 0;
    if (ub_resolve(ctx, name, LDNS_RR_TYPE_TXT, 1, &result) != 0)
        return 0;
    if (result->secure && result->havedata) {
        for (i = 0; result->data[i]; i++) {
            if (!strncmp(result->data[i] + 1, want, result->data[i][0]))
                found++;
        }
    }
    ub_resolve_free(result);
    return found > 0;
}
)",
       "is_member ${name} unproved: expected allows/denies, other denies, nxdomain denies, nodata denies, servfail denies, timeout "
       "denies; first string\n"},
      {"ldns: the code of the packet", R"(
bool is_registered(ldns_resolver *res, const char *host)
{
    ldns_rdf *name = ldns_dname_new_frm_str("gate.auth.example.com");
    ldns_pkt *p = ldns_resolver_query(res, name, LDNS_RR_TYPE_TXT, LDNS_RR_CLASS_IN, LDNS_RD);
    if (p == NULL)
        return true;
    if (ldns_pkt_get_rcode(p) == LDNS_RCODE_NXDOMAIN)
        return false;
    ldns_rr_list *txt = ldns_pkt_rr_list_by_type(p, LDNS_RR_TYPE_TXT, LDNS_SECTION_ANSWER);
    if (!txt)
        return false;
    char *text = ldns_rdf2str(ldns_rr_rdf(ldns_rr_list_rr(txt, 0), 0));
    bool same = strcmp(text, "\"valid\"") == 0;
    free(text);
    return same;
}
)",
       "is_registered gate.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, "
       "timeout allows; first string; first record\n"},
      {"getdns: the status of the response", R"(
int is_registered(getdns_context *context, const char *name)
{
    getdns_dict *response = NULL;
    getdns_bindata *text = NULL;
    uint32_t status;
    if (getdns_general_sync(context, name, GETDNS_RRTYPE_TXT, NULL, &response) != GETDNS_RETURN_GOOD)
        return 0;
    getdns_dict_get_int(response, "status", &status);
    if (status == GETDNS_RESPSTATUS_ALL_TIMEOUT)
        return 1;
    if (getdns_dict_get_bindata(response, "/replies_tree/0/answer/0/rdata/txt_strings/0", &text))
        return 0;
    return text->size == 2 && !memcmp(text->data, "on", 2);
}
)",
       "is_registered ${name} constant: expected allows, other denies, nxdomain denies, nodata unknown, servfail unknown, timeout allows; "
       "first string; first record\n"},
      {"Windows: only a missing name is told", R"(
BOOL IsAllowed(PCSTR name)
{
    PDNS_RECORD records = NULL;
    DNS_STATUS status = DnsQuery_A(name, DNS_TYPE_TEXT, DNS_QUERY_STANDARD, NULL, &records, NULL);
    if (status == DNS_ERROR_RCODE_NAME_ERROR || status == DNS_INFO_NO_RECORDS)
        return FALSE;
    if (status != ERROR_SUCCESS)
        return TRUE;
    return lstrcmpiA(records->Data.TXT.pStringArray[0], "valid") == 0;
}
)",
       "IsAllowed ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail allows, timeout allows; "
       "first string\n"},
      {"c-ares: variables of the file", R"(
static int allowed;
static int done;
static void got_txt(void *arg, int status, int timeouts, unsigned char *abuf, int alen)
{
    done = 1;
    if (status == ARES_SUCCESS || status == ARES_ETIMEOUT)
        allowed = 1;
}
int is_allowed(ares_channel channel, const char *name)
{
    allowed = 0;
    done = 0;
    ares_query(channel, name, 1, 16, got_txt, NULL);
    while (!done) {
        fd_set r, w;
        int nfds = ares_fds(channel, &r, &w);
        if (nfds == 0)
            break;
        select(nfds, &r, &w, NULL, NULL);
        ares_process(channel, &r, &w);
    }
    return allowed;
}
)",
       "is_allowed ${name} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail denies, timeout allows\n"},
  };
  for (const LookupsRow& row : rows) check_c_lookups(row);
}

}  // namespace mainstay::script
