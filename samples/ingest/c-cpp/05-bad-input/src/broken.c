#include <resolv.h>

/* Brackets that do not close, a text without its end, branches that are cut off: what is whole is read. */
int is_known(const char *name)
{
    unsigned char answer[512];
    return res_query(name, C_IN, T_TXT, answer, sizeof answer) > 0;
}

#ifdef HALF
int is_allowed(const char *name
{
    if (res_query("a.auth.corp.example", C_IN, T_TXT, answer, sizeof answer) < 0 {
        switch (h_errno) { case HOST_NOT_FOUND: return 0; case
    goto nowhere;
    return "valid
