#include "graph/facts/kinds.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>

namespace mainstay {
namespace {

/// Every word is kebab-case and unlike the others, and leads back to its enumerator; `last` is the last enumerator.
template <class E>
void check_words(E last) {
  const std::span<const std::string_view> all = words(last);
  REQUIRE(all.size() == static_cast<std::size_t>(last) + 1);
  CHECK(std::set<std::string_view>(all.begin(), all.end()).size() == all.size());
  for (std::size_t at = 0; at < all.size(); ++at) {
    const E kind = static_cast<E>(at);
    CAPTURE(all[at]);
    CHECK_FALSE(all[at].empty());
    CHECK(all[at].find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos);
    CHECK(word(kind) == all[at]);
    CHECK(kind_of_word<E>(all[at]) == kind);
  }
  CHECK_FALSE(kind_of_word<E>("no such word"));
  CHECK_FALSE(kind_of_word<E>(""));
}

}  // namespace

TEST_CASE("kinds: every enumerator has one word and every word one enumerator", "[graph][kinds]") {
  check_words(ScopeKind::repository);
  check_words(WorkloadKind::unit);
  check_words(ResolverLibrary::jvm);
  check_words(Role::identity_host);
  check_words(ServerRole::authoritative);
  check_words(Choice::parallel);
  check_words(ZoneKind::hosted);
  check_words(Phase::start_up);
  check_words(Resolves::once);
  check_words(OnFailure::keep_last);
  check_words(CredentialLife::short_lived);
}

TEST_CASE("kinds: a word stands beside its enumerator", "[graph][kinds]") {
  CHECK(word(ScopeKind::name_space) == "namespace");
  CHECK(word(WorkloadKind::service_account) == "service-account");
  CHECK(word(ResolverLibrary::systemd_resolved) == "systemd-resolved");
  CHECK(word(Role::oidc_issuer) == "oidc-issuer");
  CHECK(word(Role::sts) == "sts");
  CHECK(word(Role::kms) == "kms");
  CHECK(word(Role::api_gateway_authoriser) == "api-gateway-authoriser");
  CHECK(word(Phase::start_up) == "start-up");
  CHECK(word(OnFailure::keep_last) == "keep-last");
}

}  // namespace mainstay
