/* Asks the directory, and keeps the address of the KDC for ever. */
#include <ldap.h>
#include <netdb.h>
#include <stdio.h>

static struct addrinfo *kdc;

int find_kdc(void) {
  struct addrinfo hints = {0};
  if (kdc == NULL) return getaddrinfo("kdc1.corp.example", "kerberos", &hints, &kdc);
  return 0;
}

int bind_directory(LDAP **ld) { return ldap_initialize(ld, "ldaps://ldap-a.corp.example ldaps://ldap-b.corp.example"); }

int bind_spare(LDAP **ld) { return ldap_initialize(ld, "ldap://192.0.2.10"); }

int bind_site(LDAP **ld, const char *site) {
  char url[256];
  snprintf(url, sizeof url, "ldap://dc1.%s.corp.example:%d", site, 3268);
  return ldap_initialize(ld, url);
}

int bind_given(LDAP **ld, const char *url) { return ldap_initialize(ld, url); }
