// JavaScript and TypeScript: what programs ask, and how handlers decide on identities that they look up in TXT records.

#include "ingest/code/script/read_script.h"
#include "ingest/ingester.h"

namespace mainstay {
extern const Ingester javascript;

namespace {

Claim claims(std::string_view name, std::string_view) {
  return script::is_written_in<script::Language::javascript>(name) ? Claim::by_name : Claim::no;
}

}  // namespace

constinit const Ingester javascript{.name = "javascript",
                                    .title = "JavaScript and TypeScript sources",
                                    .reference = "ECMAScript 2024; TypeScript handbook; the references of Node.js and of the libraries",
                                    .claims = &claims,
                                    .read = &script::read_script};

}  // namespace mainstay
