// The tests of this layer are no program that can read syntax trees; the program under test is.
#include "ingest/code/ast/reader.h"
#include "tests/places.h"

namespace mainstay {
namespace {

[[maybe_unused]] const bool kIsSet = [] {
  code::ast::set_reading_program(program_path());
  return true;
}();

}  // namespace
}  // namespace mainstay
