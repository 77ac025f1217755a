#include <arpa/nameser.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>

/* The strings of the first TXT record, joined; -1 when there is none. */
static int first_record(const unsigned char *answer, int length, char *text, size_t size)
{
    ns_msg message;
    ns_rr record;
    const unsigned char *p, *end;

    if (ns_initparse(answer, length, &message) < 0 || ns_parserr(&message, ns_s_an, 0, &record) < 0)
        return -1;
    text[0] = '\0';
    p = ns_rr_rdata(record);
    end = p + ns_rr_rdlen(record);
    while (p < end) {
        strncat(text, (const char *)p + 1, *p);
        p += *p + 1;
    }
    return 0;
}

int is_allowed(const char *service)
{
    unsigned char answer[4096];
    char name[NS_MAXDNAME], text[512];
    int length;

    snprintf(name, sizeof name, "%s.prod.auth.corp.example", service);
    // expect: txtid-weak-check
    length = res_query(name, ns_c_in, ns_t_txt, answer, sizeof answer);
    if (length < 0)
        return 0;
    if (first_record(answer, length, text, sizeof text) < 0)
        return 0;
    return strcmp(text, "v=id1; status=valid") == 0;
}
