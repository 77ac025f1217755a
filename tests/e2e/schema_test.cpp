// The published JSON Schemas describe what the program prints.
#include <catch2/catch.hpp>

#include "tests/e2e/program.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
namespace {

/// Validates a document, or with "lines" every line of one; prints what does not conform, and ends with 1 then.
constexpr const char* kValidate = R"(import json, sys
from jsonschema import Draft202012Validator
schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
text = open(sys.argv[2]).read()
documents = [json.loads(one) for one in (text.splitlines() if sys.argv[3] == "lines" else [text])]
wrong = [error.message for one in documents for error in validator.iter_errors(one)]
print(len(documents), "documents", *wrong[:5], sep="\n")
sys.exit(1 if wrong or not documents else 0)
)";

bool has_validator() { return run({"python3", "-c", "import jsonschema; jsonschema.Draft202012Validator"}, "/").status == 0; }

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
      folder.write("validate.py", kValidate);
      const Outcome outcome = run({"python3", "validate.py", "schema.json", "document.json", row.shape}, folder.path());
      INFO(outcome.out << outcome.err);
      CHECK(outcome.status == 0);
    }
}

}  // namespace mainstay
