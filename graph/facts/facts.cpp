#include "graph/facts/facts.h"

#include "graph/facts/fields.h"

namespace mainstay {

std::string_view kind_of(const Fact& fact) {
  return std::visit([]<class T>(const T&) { return Table<T>::kName; }, fact);
}

}  // namespace mainstay
