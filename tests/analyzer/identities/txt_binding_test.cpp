#include "analyzer/identities/txt_binding.h"

#include <catch2/catch.hpp>

namespace mainstay {

TEST_CASE("txt binding: what the text says of service and environment", "[analyzer][identities]") {
  struct Row {
    const char* title;
    const char* text;
    TxtBinding binding;
  };
  const Row rows[] = {
      {"both, as fields", "v=1; svc=billing; env=prod", TxtBinding::both},
      {"both, in another spelling of the environment", "v=1; service=BILLING; environment=production", TxtBinding::both},
      {"both, in a SPIFFE id", "spiffe://corp.example/prod/billing", TxtBinding::both},
      {"both, in an ARN", "arn=arn:aws:lambda:eu-central-1:123456789012:function:billing-prod", TxtBinding::both},
      {"the service alone", "id=billing; kid=1", TxtBinding::service},
      {"the environment alone", "env=prod; kid=1", TxtBinding::environment},
      {"neither", "valid", TxtBinding::neither},
      {"a word that only begins so is another one", "id=billings", TxtBinding::neither},
      {"another environment", "svc=billing; env=staging", TxtBinding::other_environment},
      {"another service", "svc=refunds; env=prod", TxtBinding::other_service},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Record record{.owner = Text("billing.prod.auth.corp.example"), .type = "TXT", .data = Text(row.text), .reasons = {}};
      const TxtIdentity identity{.owner = *DomainName::parse("billing.prod.auth.corp.example"),
                                 .service = "billing",
                                 .environment = "prod",
                                 .zone = nullptr,
                                 .values = {{&record, txt_fields(row.text)}}};
      CHECK(binding_of(identity) == row.binding);
      CHECK_FALSE(in_words(row.binding).empty());
    }
}

TEST_CASE("txt binding: the worst of several records counts", "[analyzer][identities]") {
  const Record good{.owner = Text("a"), .type = "TXT", .data = Text("x"), .reasons = {}};
  TxtIdentity identity{.service = "billing", .environment = "prod", .zone = nullptr, .values = {}};
  identity.values = {{&good, txt_fields("svc=billing; env=prod")}, {&good, txt_fields("svc=billing; env=staging")}};
  CHECK(binding_of(identity) == TxtBinding::other_environment);
}

}  // namespace mainstay
