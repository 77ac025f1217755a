// Go: what programs ask, and how handlers decide on identities that they look up in TXT records.
#include "ingest/code/script/read_script.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester go_sources;

namespace {

Claim claims(std::string_view name, std::string_view) {
  return script::is_written_in<script::Language::go>(name) ? Claim::by_name : Claim::no;
}

}  // namespace

constinit const Ingester go_sources{.name = "go",
                                    .title = "Go sources",
                                    .reference = "The Go Programming Language Specification; the references of the libraries",
                                    .claims = &claims,
                                    .read = &script::read_script};

}  // namespace mainstay
