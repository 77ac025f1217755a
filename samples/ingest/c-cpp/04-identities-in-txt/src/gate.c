#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>

#define SUFFIX ".auth.corp.example"

/* Compares the first string with a text that stands here, and thinks of a missing name only. */
int is_valid(const char *service, const char *stage)
{
    unsigned char answer[NS_PACKETSZ];
    char name[NS_MAXDNAME];
    const unsigned char *rdata;
    ns_msg message;
    ns_rr record;
    int length;

    snprintf(name, sizeof name, "%s.%s" SUFFIX, service, stage);
    length = res_query(name, ns_c_in, ns_t_txt, answer, sizeof answer);
    if (length < 0) {
        switch (h_errno) {
        case HOST_NOT_FOUND:
        case NO_DATA:
            return 0;
        case TRY_AGAIN:
            return 1;
        default:
            return -1;
        }
    }
    if (ns_initparse(answer, length, &message) < 0 || ns_parserr(&message, ns_s_an, 0, &record) < 0)
        return 0;
    rdata = ns_rr_rdata(record);
    return rdata[0] == 5 && memcmp(rdata + 1, "valid", 5) == 0;
}
