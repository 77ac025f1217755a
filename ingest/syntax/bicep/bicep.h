// Bicep: text to tree.
#pragma once

#include <string_view>
#include <vector>

#include "ingest/source/source.h"
#include "ingest/syntax/bicep/tree.h"
#include "ingest/syntax/text_map.h"

namespace mainstay::bicep {

/// How deep expressions may be nested; deeper ones are reported and skipped.
constexpr int kMaxDepth = 100;

/// Reads a whole file, of .bicep or .bicepparam.
/// Errors: a statement that cannot be read gives one diagnostic, and reading goes on at the next line that begins one.
/// Cost:   linear in the text.
/// Source: learn.microsoft.com/azure/azure-resource-manager/bicep/file; the grammar in the Bicep repository.
std::vector<Statement> parse(const Source& source, SourceId id, Diagnostics& problems);

/// Reads what an ARM template has between the brackets of "[...]"; `bad` when it cannot be read.
/// Shape: the same tree; ARM's own functions ("parameters", "variables") stay calls.
/// Source: learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions.
Expression parse_template_expression(std::string_view text, const TextMap& map);

}  // namespace mainstay::bicep
