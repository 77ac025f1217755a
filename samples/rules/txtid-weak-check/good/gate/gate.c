#include <arpa/nameser.h>
#include <openssl/evp.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>

#include "keys.h"

/* The record commits to a key, and the caller has to sign with it. */
int request_allowed(const char *service, const unsigned char *body, size_t size, const unsigned char *signature)
{
    unsigned char answer[4096];
    char name[NS_MAXDNAME];
    ns_msg message;
    ns_rr record;
    EVP_MD_CTX *context;
    int length, i;

    snprintf(name, sizeof name, "%s.prod.auth.corp.example", service);
    length = res_query(name, ns_c_in, ns_t_txt, answer, sizeof answer);
    if (length < 0 || ns_initparse(answer, length, &message) < 0)
        return 0;
    for (i = 0; i < ns_msg_count(message, ns_s_an); i++) {
        EVP_PKEY *key;
        if (ns_parserr(&message, ns_s_an, i, &record) < 0 || ns_rr_type(record) != ns_t_txt)
            continue;
        key = key_of(ns_rr_rdata(record), ns_rr_rdlen(record));
        context = EVP_MD_CTX_new();
        EVP_DigestVerifyInit(context, NULL, NULL, NULL, key);
        if (EVP_DigestVerify(context, signature, 64, body, size) == 1)
            return 1;
    }
    return 0;
}

/* A proof of ownership: whoever can write the zone owns the name, which is all that is asked. */
int owns_domain(const char *domain, const char *token)
{
    unsigned char answer[4096];
    char name[NS_MAXDNAME];

    snprintf(name, sizeof name, "_acme-challenge.%s", domain);
    if (res_query(name, ns_c_in, ns_t_txt, answer, sizeof answer) < 0)
        return 0;
    return strstr((char *)answer + 40, token) != NULL;
}

/* A list of those that are kept out, by convention of whoever runs the list. */
int is_blocked(const char *address)
{
    unsigned char answer[4096];
    char name[NS_MAXDNAME];

    snprintf(name, sizeof name, "%s.deny.auth.corp.example", address);
    return res_query(name, ns_c_in, ns_t_txt, answer, sizeof answer) > 0;
}
