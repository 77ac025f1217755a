#include <ares.h>
#include <arpa/nameser.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "keys.h"

struct request {
    const unsigned char *body, *signature;
    size_t size;
    bool allowed;
};

static void on_txt(void *arg, int status, int timeouts, unsigned char *abuf, int alen)
{
    struct request *request = arg;
    struct ares_txt_reply *list = NULL;

    if (status != ARES_SUCCESS || ares_parse_txt_reply(abuf, alen, &list) != ARES_SUCCESS)
        return;
    /* A text above 255 octets has several strings; the key is cut off here. */
    if (verify_signature(list->txt, list->length, request->body, request->size, request->signature))
        request->allowed = true;
    ares_free_data(list);
}

bool request_allowed(ares_channel channel, const char *service, struct request *request)
{
    char name[256];

    request->allowed = false;
    snprintf(name, sizeof name, "%s.prod.auth.corp.example", service);
    // expect: txtid-resolver-errors
    ares_query(channel, name, ns_c_in, ns_t_txt, on_txt, request);
    run_until_done(channel);
    return request->allowed;
}
