// HCL native syntax: text to tree, and tree to text.
#pragma once

#include <string>
#include <string_view>

#include "ingest/source/source.h"
#include "ingest/syntax/hcl/tree.h"

namespace mainstay::hcl {

/// How deep expressions, templates and blocks may be nested; deeper ones are reported and skipped.
constexpr int kMaxDepth = 200;

/// Reads a whole file.
/// Errors: a bad attribute or block gives one diagnostic, and reading goes on behind it; the attribute stays, with a `bad` value; a second
/// attribute of one name is reported and
///         the first is kept; a block that is never closed keeps what it holds, and blocks behind it that begin a line stay blocks of the
///         file.
/// Cost:   linear in the text.
/// Source: the HCL native syntax specification; templates as in its section "Templates".
Body parse(const Source& source, SourceId id, Diagnostics& problems);

/// Reads a file that is one template, as templatefile() takes it.
/// Errors: one diagnostic; the expression is `bad` then.
Expression parse_template(const Source& source, SourceId id, Diagnostics& problems);

/// The tree as text that parses to the same tree, up to locations. Attributes with a bad value are left out. Strings are written quoted;
/// here documents become quoted strings.
std::string print(const Body& body);
std::string print(const Expression& expression);

/// True when both trees say the same, whatever their locations.
bool same(const Body& a, const Body& b);
bool same(const Expression& a, const Expression& b);

}  // namespace mainstay::hcl
