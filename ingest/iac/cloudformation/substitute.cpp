// Fn::Sub, and the references to other stores inside texts.
// Source: AWS CloudFormation Template Reference Guide, "Fn::Sub"; User Guide, "Get values stored in other services using dynamic
// references".
#include <utility>

#include "ingest/iac/alternatives.h"
#include "ingest/iac/cloudformation/call.h"

namespace mainstay::cloudformation {
namespace {

/// A part of a template text: what stands there, or the name of what is to be put there.
struct SubPart {
  Text text;
  std::string variable;
};

void split_piece(std::string_view piece, std::vector<SubPart>& out) {
  std::size_t at = 0;
  while (at < piece.size()) {
    const std::size_t open = piece.find("${", at);
    const std::size_t close = open == std::string_view::npos ? open : piece.find('}', open);
    if (close == std::string_view::npos) break;
    out.push_back({Text(piece.substr(at, open - at)), {}});
    std::string_view name = piece.substr(open + 2, close - open - 2);
    if (name.starts_with('!')) {
      Text literal("${");
      literal.append(name.substr(1));
      literal.append("}");
      out.push_back({std::move(literal), {}});
    } else {
      while (name.starts_with(' ')) name.remove_prefix(1);
      while (name.ends_with(' ')) name.remove_suffix(1);
      out.push_back({{}, std::string(name)});
    }
    at = close + 1;
  }
  out.push_back({Text(piece.substr(at)), {}});
}

std::vector<SubPart> parts_of(const Text& text) {
  std::vector<SubPart> parts;
  for (const Text::Piece& piece : text.pieces()) {
    if (const std::string* known = std::get_if<std::string>(&piece)) {
      split_piece(*known, parts);
    } else {
      parts.push_back({Text(std::get<Hole>(piece)), {}});
    }
  }
  return parts;
}

}  // namespace

/// The text may have alternatives when something before CloudFormation made it.
Value Program::call_sub(const Call& call) {
  const Value& written = call.at(0);
  return iac::lifted({&written}, [&](std::vector<Value>& one) {
    return one[0].kind == ValueKind::string ? substituted(one[0], call.at(1), call.stack) : call.hole();
  });
}

Value Program::substituted(const Value& written, const Value& variables, Stack& stack) {
  const std::vector<SubPart> parts = parts_of(written.text);
  std::vector<Value> values;
  for (const SubPart& part : parts) {
    if (part.variable.empty()) continue;
    const Value* given = variables.kind == ValueKind::map ? variables.entry(part.variable) : nullptr;
    values.push_back(given != nullptr ? evaluate(*given, stack) : named(stack, part.variable));
  }
  std::vector<const Value*> arguments;
  for (const Value& value : values) arguments.push_back(&value);
  return iac::lifted(arguments, [&](std::vector<Value>& known) {
    Text out;
    std::size_t next = 0, filled = 0, octets = 0;
    for (const SubPart& part : parts) {
      const Text text = part.variable.empty() ? part.text : as_text(known[next++], part.variable);
      if (part.variable.empty() && !text.empty()) ++filled;
      octets += iac::octets_of(text);
      if (octets > Value::kMaxOctets) return Value::unknown("Fn::Sub");
      out.append(text);
    }
    // "${Zone}" alone is what it stands for.
    if (known.size() == 1 && filled == 0 && known[0].kind != ValueKind::list && known[0].kind != ValueKind::map) return known[0];
    return Value::of_text(std::move(out));
  });
}

Text without_dynamic_references(const Text& text) {
  constexpr std::string_view kOpen = "{{resolve:", kClose = "}}";
  const std::string shape = text.skeleton();
  std::size_t open = shape.find(kOpen);
  if (open == std::string::npos) return text;
  Text out;
  std::size_t at = 0;
  while (open != std::string::npos) {
    const std::size_t close = shape.find(kClose, open);
    if (close == std::string::npos) break;
    out.append(text.slice(at, open));
    out.append(Hole{text.slice(open + 2, close).display(), ""});
    at = close + kClose.size();
    open = shape.find(kOpen, at);
  }
  out.append(text.slice(at, shape.size()));
  return out;
}

}  // namespace mainstay::cloudformation
