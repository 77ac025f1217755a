// nginx: which identity endpoints a configuration makes it ask, and when it looks their names up.
#pragma once

#include <string>
#include <vector>

#include "ingest/config/nginx_blocks.h"

namespace mainstay {

/// Adds the uses of one configuration to the unit, and the stub of the workload where all its names go to the servers of `resolver`.
/// Shape: what asks for permission (auth_request, auth_jwt_key_request, auth_http), OpenID providers, OCSP responders, directory servers,
///        and what is proxied to a host that is known as an identity endpoint. Loopback addresses and sockets of the machine are left out.
/// Source: nginx.org/en/docs: ngx_http_core_module, ngx_http_proxy_module, ngx_http_upstream_module, ngx_http_auth_request_module,
///         ngx_http_auth_jwt_module, ngx_http_oidc_module, ngx_http_ssl_module, ngx_mail_auth_http_module.
void read_nginx(Unit& unit, const std::string& workload, const std::vector<BraceInput>& inputs, const nginx::Include& include);

/// Whether a text reads like an nginx configuration or a part of one: a block that only nginx has, and a directive.
bool is_nginx(std::string_view text);

}  // namespace mainstay
