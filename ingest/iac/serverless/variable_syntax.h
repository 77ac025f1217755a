// Variables of the Serverless Framework as they are written: "${self:custom.host.${sls:stage}, 'localhost'}".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::serverless {

struct Variable;

/// A text of which some parts are variables, in order. Neighbouring plain parts are joined.
struct VariableText {
  struct Part {
    std::string plain;               // when `variable` is empty
    std::vector<Variable> variable;  // one, or none
  };
  std::vector<Part> parts;

  bool has_variables() const;
  /// The text when it has no variables; empty otherwise.
  std::string plain() const;
};

/// One of the places that a value is looked for in, in order; a literal is what it says.
struct VariableSource {
  std::string type;        // "self", "opt", "env", "file", ...; empty for a literal
  VariableText parameter;  // what stands in parentheses
  VariableText address;    // what stands behind the colon; of a literal, its text
  bool is_quoted = false;
};

struct Variable {
  std::vector<VariableSource> sources;
  std::string written;  // as the source writes it, without "${" and "}"
};

/// How variables are opened and closed: "${" and "}" unless the service says otherwise.
struct VariableMarks {
  std::string open = "${";
  std::string close = "}";
};

/// Reads a text. What only looks like a variable ("${Zone}", "${AWS::Region}") is for CloudFormation and stays plain; so does what is not
/// closed, or nested deeper than any service does it.
/// Source: serverless.com/framework/docs, "Variables".
VariableText parse_variables(std::string_view text, const VariableMarks& marks);

}  // namespace mainstay::serverless
