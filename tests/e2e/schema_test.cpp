// The published JSON Schemas describe what the program prints.
#include <catch2/catch.hpp>

#include "tests/e2e/history.h"
#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

/// Validates a document, or with "lines" every line of one; prints what does not conform, and ends with 1 then.
constexpr const char* kValidate = R"(import json, sys
from jsonschema import Draft202012Validator, FormatChecker
schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema, format_checker=FormatChecker())
text = open(sys.argv[2]).read()
documents = [json.loads(one) for one in (text.splitlines() if sys.argv[3] == "lines" else [text])]
wrong = [error.message for one in documents for error in validator.iter_errors(one)]
print(len(documents), "documents", *wrong[:5], sep="\n")
sys.exit(1 if wrong or not documents else 0)
)";

bool has_validator() { return run({"python3", "-c", "import jsonschema; jsonschema.Draft202012Validator"}, "/").status == 0; }

/// The status of the validator.
int validated(const ScratchFolder& folder, const char* schema, const char* document, const char* shape) {
  folder.write("validate.py", kValidate);
  const Outcome outcome = run({"python3", "validate.py", schema, document, shape}, folder.path());
  UNSCOPED_INFO(outcome.out << outcome.err);
  return outcome.status;
}

}  // namespace

TEST_CASE("schemas: what is printed conforms (needs python3-jsonschema)", "[e2e][schema]") {
  struct Row {
    const char* title;
    std::vector<std::string> schema;
    std::vector<std::string> document;
    const char* shape;
  };
  const Row rows[] = {
      {"a scan",
       {"scan", "--schema"},
       {"scan", "samples/harbour", "--format", "json", "--logs", "samples/harbour/logs/bind-query.log"},
       "whole"},
      {"a scan without findings", {"scan", "--schema"}, {"scan", "samples/rules/spof-resolver/good", "--format", "json"}, "whole"},
      {"a what-if", {"whatif", "--schema"}, {"whatif", "samples/harbour", "--down", "10.30.1.53:stale", "--format", "json"}, "whole"},
      {"a what-if with locked-out ones",
       {"whatif", "--schema"},
       {"whatif", "samples/harbour", "--down", "harbour.example", "--format", "json"},
       "whole"},
      {"cuts", {"cuts", "--schema"}, {"cuts", "samples/harbour", "--format", "json", "--plan", "--importance"}, "whole"},
      {"paths", {"cuts", "--schema"}, {"cuts", "samples/harbour", "--format", "json", "--paths", "--group", "source"}, "whole"},
      {"a check of identities",
       {"txt", "check", "--schema"},
       {"txt", "check", "samples/rules/txtid-missing/bad", "--format", "json"},
       "whole"},
      {"a check without identities", {"txt", "check", "--schema"}, {"txt", "check", "samples/harbour", "--format", "json"}, "whole"},
      {"a plan of identities",
       {"txt", "plan", "--schema"},
       {"txt", "plan", "samples/rules/txtid-missing/bad", "--format", "json"},
       "whole"},
      {"a plan without identities", {"txt", "plan", "--schema"}, {"txt", "plan", "samples/harbour", "--format", "json"}, "whole"},
      {"facts", {"facts", "--schema"}, {"facts", "samples/harbour", "--logs", "samples/harbour/logs/unbound-reply.log"}, "lines"},
  };
  if (!has_validator()) {
    WARN("skipped: python3 has no jsonschema");
    return;
  }
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const ScratchFolder folder;
      folder.write("schema.json", mainstay(row.schema).out);
      folder.write("document.json", mainstay(row.document).out);
      CHECK(validated(folder, "schema.json", "document.json", row.shape) == 0);
    }
}

TEST_CASE("schemas: what a gate prints conforms (needs python3-jsonschema)", "[e2e][schema][gate]") {
  if (!has_validator()) {
    WARN("skipped: python3 has no jsonschema");
    return;
  }
  const History history;
  history.write("a/etc/resolv.conf", "nameserver 10.0.1.53\nnameserver 10.0.2.53\n");
  history.write("a/.env", "OIDC_ISSUER_URL=https://login.corp.example/\n");
  history.write("b/etc/resolv.conf", "nameserver 10.0.3.53\n");
  history.write("b/.env", "OIDC_ISSUER_URL=https://login.corp.example/\n");
  history.commit();
  // New, fixed, accepted, moved, and not evaluated, all at once.
  history.write("a/etc/resolv.conf", "nameserver 10.0.1.53\n");
  history.write("b/etc/resolv.conf", "nameserver 10.0.3.53\nnameserver 10.0.4.53\n");
  history.write("c/etc/resolv.conf", "nameserver 10.0.5.53 # mainstay: allow spof-resolver -- a lab\n");
  history.write("c/.env", "OIDC_ISSUER_URL=https://login.corp.example/\n");
  history.write("d/etc/resolv.conf", "nameserver nonsense\n");
  history.commit();
  const ScratchFolder folder;
  folder.write("schema.json", mainstay({"gate", "--schema"}).out);
  for (const char* option : {"--strict", "--merge-base"}) {
    folder.write("document.json", history.gate({"--format", "json", option}).out);
    CHECK(validated(folder, "schema.json", "document.json", "whole") == 0);
  }
}

TEST_CASE("schemas: settings that the program takes conform, and those that it complains of do not (needs python3-jsonschema)",
          "[e2e][schema][policy]") {
  struct Row {
    const char* title;
    const char* settings;
    bool is_right;
  };
  const Row rows[] = {
      {"good: nothing", "", true},
      {"good: all that there is",
       "strict = true\n[thresholds]\nfail-on = \"high\"\nmin = \"low\"\nconfidence = \"observed\"\n[gate]\nfail-on = \"any:low\"\n"
       "[[allow]]\nrule = \"spof-resolver\"\npath = \"zones/\"\nuntil = 2027-01-31\nreason = \"x\"\n"
       "[[waive]]\nid = \"0123456789abcdef\"\nuntil = 2027-01-31\nreason = \"x\"\n"
       "[[identities]]\nsuffix = \"auth.corp.example\"\norder = \"service.environment\"\nenvironments = [\"prod\"]\n"
       "[rules.spof-idp]\nenabled = false\nreason = \"x\"\n[rules.no-serve-stale]\nseverity = \"info\"\n",
       true},
      {"good: a suffix alone", "[[identities]]\nsuffix = \"auth.corp.example.\"\n", true},
      {"bad: a suffix of one label", "[[identities]]\nsuffix = \"auth\"\n", false},
      {"bad: identities without a suffix", "[[identities]]\norder = \"service.environment\"\n", false},
      {"bad: no environments", "[[identities]]\nsuffix = \"a.example\"\nenvironments = []\n", false},
      {"bad: an environment with a dot", "[[identities]]\nsuffix = \"a.example\"\nenvironments = [\"a.b\"]\n", false},
      {"good: a day as text, and the shortest id", "[[waive]]\nid = \"01234567\"\nuntil = \"2027-01-31\"\nreason = \"x\"\n", true},
      {"good: an allowance without end", "[[allow]]\nrule = \"spof-idp\"\npath = \"a\"\nreason = \"x\"\n", true},
      {"bad: a key that there is not", "strikt = true\n", false},
      {"bad: a key of a section", "[thresholds]\nfailon = \"high\"\n", false},
      {"bad: a severity that is none", "[thresholds]\nfail-on = \"hihg\"\n", false},
      {"bad: a number for a word", "[thresholds]\nfail-on = 1\n", false},
      {"bad: a threshold of the gate", "[gate]\nfail-on = \"high\"\n", false},
      {"bad: a flag as text", "strict = \"true\"\n", false},
      {"bad: a rule that there is not", "[[allow]]\nrule = \"spof\"\npath = \"a\"\nreason = \"x\"\n", false},
      {"bad: no reason", "[[allow]]\nrule = \"spof-idp\"\npath = \"a\"\n", false},
      {"bad: an empty reason", "[[allow]]\nrule = \"spof-idp\"\npath = \"a\"\nreason = \"\"\n", false},
      {"bad: a waiver without end", "[[waive]]\nid = \"01234567\"\nreason = \"x\"\n", false},
      {"bad: an id that is too short", "[[waive]]\nid = \"0123456\"\nuntil = 2027-01-31\nreason = \"x\"\n", false},
      {"bad: a day that the calendar has not", "[[waive]]\nid = \"01234567\"\nuntil = \"2027-02-30\"\nreason = \"x\"\n", false},
      {"bad: a table for a list", "[allow]\nrule = \"spof-idp\"\n", false},
      {"bad: a section of a rule that there is not", "[rules.spof]\nseverity = \"low\"\n", false},
      {"bad: disabled without a reason", "[rules.spof-idp]\nenabled = false\n", false},
  };
  if (!has_validator()) {
    WARN("skipped: python3 has no jsonschema");
    return;
  }
  const ScratchFolder folder;
  folder.write("schema.json", mainstay({"config", "--schema"}).out);
  folder.write(
      "to_json.py",
      "import json, sys, tomllib\njson.dump(tomllib.load(open('tree/.mainstay.toml', 'rb')), open('document.json', 'w'), default=str)\n");
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      folder.write("tree/.mainstay.toml", row.settings);
      REQUIRE(run({"python3", "to_json.py"}, folder.path()).status == 0);
      CHECK((validated(folder, "schema.json", "document.json", "whole") == 0) == row.is_right);
      // The program is of the same mind.
      const Outcome shown = mainstay({"config", "tree"}, folder.path());
      CHECK(shown.err.empty() == row.is_right);
    }
}

}  // namespace mainstay
