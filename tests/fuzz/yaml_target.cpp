#include <algorithm>
#include <string>

#include "graph/values/assert.h"
#include "ingest/syntax/yaml.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

/// Every location lies in its source, every height and weight in its limits, and a text map never leaves its node.
void check(const YamlNode& node, std::size_t size, int depth) {
  MAINSTAY_ASSERT(depth <= 201, "the depth is limited");
  MAINSTAY_ASSERT(node.where.begin <= node.where.end && node.where.end <= size, "a location lies inside its source");
  if (!node.text.empty()) {
    const TextMap map = node.text_map();
    for (const std::size_t at : {std::size_t{0}, node.text.size() / 2, node.text.size() - 1}) {
      const Location where = map.where(at, at + 1);
      MAINSTAY_ASSERT(where.begin <= where.end && where.end <= size, "a translated offset lies inside the source");
    }
  }
  for (const YamlNode* child : node.children) check(*child, size, depth + 1);
  for (const YamlEntry& entry : node.entries) {
    MAINSTAY_ASSERT(entry.where.begin <= entry.where.end && entry.where.end <= size, "a key lies inside its source");
    check(*entry.value, size, depth + 1);
  }
}

template <auto read>
void run(std::string_view bytes) {
  const Source source("fuzz", std::string(bytes));
  Diagnostics first, second;
  const YamlStream stream = read(source, SourceId{}, first);
  for (const YamlNode* document : stream.documents()) check(*document, bytes.size(), 1);
  const YamlStream again = read(source, SourceId{}, second);
  MAINSTAY_ASSERT(first.all() == second.all() && stream.documents().size() == again.documents().size(), "the same text reads the same");
}

YamlStream yaml_of(const Source& source, SourceId id, Diagnostics& problems) { return read_yaml(source, id, problems); }
YamlStream json_of(const Source& source, SourceId id, Diagnostics& problems) { return read_json(source, id, problems); }

}  // namespace

extern const FuzzTarget fuzz_yaml;
const FuzzTarget fuzz_yaml{.name = "yaml", .samples = "ingest/kubernetes", .run = &run<yaml_of>};
extern const FuzzTarget fuzz_json;
const FuzzTarget fuzz_json{.name = "json", .samples = "", .run = &run<json_of>};

}  // namespace mainstay
