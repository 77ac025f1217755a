#include "render/name_numbers.h"

#include <cgraph.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace mainstay {
namespace {

/// The numbers of one graph, of its nodes, edges and subgraphs.
struct Numbers {
  std::map<std::string, IDTYPE, std::less<>> of_name;
  std::vector<char*> names;  // by number; null for what has no name
};

Numbers& numbers(void* state) { return *static_cast<Numbers*>(state); }

void* begin(Agraph_t*, Agdisc_t*) { return new Numbers; }
void end(void* state) { delete &numbers(state); }

/// Whether `number` is known now: found by its name, or given when it may be.
long map(void* state, int, char* name, IDTYPE* number, int may_be_given) {
  Numbers& known = numbers(state);
  if (name != nullptr) {
    if (const auto found = known.of_name.find(name); found != known.of_name.end()) {
      *number = found->second;
      return 1;
    }
  }
  if (may_be_given == 0) return 0;
  *number = known.names.size();
  // Graphviz takes names as `char*` and leaves them as they are.
  known.names.push_back(name == nullptr ? nullptr : const_cast<char*>(known.of_name.emplace(name, *number).first->first.c_str()));
  return 1;
}

/// Numbers that somebody else chose are refused: nobody here does.
long choose(void*, int, IDTYPE) { return 0; }
void release(void*, int, IDTYPE) {}
void note(void*, int, void*) {}

char* name_of(void* state, int, IDTYPE number) {
  const std::vector<char*>& names = numbers(state).names;
  return number < names.size() ? names[number] : nullptr;
}

Agiddisc_t numbering{&begin, &map, &choose, &release, &name_of, &end, &note};
Agdisc_t table{&AgMemDisc, &numbering, &AgIoDisc};

}  // namespace

Agdisc_s* numbered_by_order() { return &table; }

}  // namespace mainstay
