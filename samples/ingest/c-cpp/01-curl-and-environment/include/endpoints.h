#pragma once

#define IDP_HOST "id.corp.example"
#define IDP_BASE "https://" IDP_HOST ":8443"

namespace endpoints {
constexpr const char* kKeys = IDP_BASE "/.well-known/jwks.json";
}
