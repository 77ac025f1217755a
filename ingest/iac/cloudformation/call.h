// One call of an intrinsic function, while it is evaluated.
#pragma once

#include "ingest/iac/cloudformation/program.h"

namespace mainstay::cloudformation {

struct Program::Call {
  const Value& argument;  // as written
  const Value& written;   // the whole call
  Stack& stack;
  Program& program;

  /// The argument at that place of a list of arguments, as written; the null value when there is none.
  const Value& at(std::size_t index) const {
    static const Value kNothing;
    if (argument.kind != ValueKind::list) return index == 0 ? argument : kNothing;
    return index < argument.items.size() ? argument.items[index] : kNothing;
  }
  Value value(std::size_t index) const { return program.evaluate(at(index), stack); }
  /// What stands for a result that cannot be known.
  Value hole() const { return Value::unknown(written.entries.empty() ? std::string("value") : written.entries.front().key); }
};

}  // namespace mainstay::cloudformation
