#include "ingest/iac/terraform/functions.h"

namespace mainstay::terraform {

const Function* function(std::string_view name) {
  if (name.starts_with("core::")) name.remove_prefix(6);
  for (const std::span<const Function> family :
       {text_functions(), collection_functions(), lookup_functions(), number_functions(), network_functions(), pattern_functions(),
        encoding_functions(), document_functions(), time_functions()}) {
    for (const Function& candidate : family) {
      if (candidate.name == name) return &candidate;
    }
  }
  return nullptr;
}

}  // namespace mainstay::terraform
