import os

ISSUER = os.getenv("OIDC_ISSUER_URL", "https://id.corp.example")
REGION = "eu-west-1"
AUTH_LDAP_SERVER_URI = "ldaps://ldap1.corp.example ldaps://ldap2.corp.example"
