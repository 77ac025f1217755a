#include "graph/facts/kinds.h"

namespace mainstay {

using Words = std::span<const std::string_view>;

Words words(ScopeKind) {
  static constexpr std::string_view kWords[] = {"host", "cluster", "namespace", "vpc", "vnet", "subnet", "compose-project", "repository"};
  return kWords;
}

Words words(WorkloadKind) {
  static constexpr std::string_view kWords[] = {"process",  "container", "deployment", "stateful-set",    "daemon-set",      "job",
                                                "cron-job", "pod",       "function",   "service-account", "virtual-machine", "ci-job",
                                                "unit"};
  return kWords;
}

Words words(Purpose) {
  static constexpr std::string_view kWords[] = {"ordinary", "break-glass", "status", "monitoring", "administration"};
  return kWords;
}

Words words(ResolverLibrary) {
  static constexpr std::string_view kWords[] = {"unknown", "glibc", "musl", "go", "c-ares", "systemd-resolved", "jvm"};
  return kWords;
}

Words words(Role) {
  static constexpr std::string_view kWords[] = {"oidc-issuer",
                                                "oauth-authorization",
                                                "oauth-token",
                                                "oauth-introspection",
                                                "jwks",
                                                "saml-idp",
                                                "ldap",
                                                "kerberos-kdc",
                                                "kerberos-kadmin",
                                                "sts",
                                                "imds",
                                                "secret-store",
                                                "kms",
                                                "workload-identity",
                                                "certificate-authority",
                                                "ocsp",
                                                "crl",
                                                "api-gateway-authoriser",
                                                "service-discovery",
                                                "policy",
                                                "identity-host"};
  return kWords;
}

Words words(ServerRole) {
  static constexpr std::string_view kWords[] = {"recursive-resolver", "forwarder", "authoritative"};
  return kWords;
}

Words words(Choice) {
  static constexpr std::string_view kWords[] = {"ordered", "random", "parallel"};
  return kWords;
}

Words words(ZoneKind) {
  static constexpr std::string_view kWords[] = {"primary", "secondary", "stub", "hosted"};
  return kWords;
}

Words words(Phase) {
  static constexpr std::string_view kWords[] = {"run-time", "start-up"};
  return kWords;
}

Words words(Resolves) {
  static constexpr std::string_view kWords[] = {"each-time", "once"};
  return kWords;
}

Words words(OnFailure) {
  static constexpr std::string_view kWords[] = {"unknown", "deny", "allow", "keep-last"};
  return kWords;
}

Words words(CredentialLife) {
  static constexpr std::string_view kWords[] = {"unknown", "long-lived", "short-lived"};
  return kWords;
}

}  // namespace mainstay
