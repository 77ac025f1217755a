// Texts that a script keeps under names which say that they hold an address.
#pragma once

#include <string>
#include <vector>

#include "ingest/code/script/script.h"

namespace mainstay::script {

struct KeptLiteral {
  std::string name;  // of the variable, member, key, argument or function
  const Expression* value = nullptr;
};

/// What is assigned, stands in tables and named arguments, and is given back by functions of such names: literals, sums that begin with
/// one, and both sides of a choice. A variable that is set in several places is left out: which one counts is not known. At most 500 of one
/// file. Cost: one pass. Views into `file`.
std::vector<KeptLiteral> kept_literals(const std::vector<Statement>& file);

/// Every text and sum that begins with a scheme, in the order of the file; at most 500.
std::vector<const Expression*> url_literals(const std::vector<Statement>& file);

}  // namespace mainstay::script
