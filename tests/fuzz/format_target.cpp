// One fuzz target for every format of ingest/formats.inc, and the list of all targets.
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graph/values/assert.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/query_log_target.h"
#include "tests/fuzz/sample_files.h"
#include "tests/ingest/ingested.h"

namespace mainstay {

#define MAINSTAY_FUZZ_TARGET(symbol) extern const FuzzTarget symbol;
#include "tests/fuzz/targets.inc"
#undef MAINSTAY_FUZZ_TARGET

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kFormats = 0
#define MAINSTAY_FORMAT(symbol) +1
#include "ingest/formats.inc"
#undef MAINSTAY_FORMAT
    ;

/// Names of the format's own samples that it claims: the names that the bytes are given.
std::vector<std::string> claimed_names(const Ingester& ingester) {
  std::vector<std::string> names;
  for (const SampleFile& file : sample_files("ingest/" + std::string(ingester.name))) {
    const std::string inside = file.name.substr(file.name.find('/') + 1);  // without the topic's folder
    if (ingester.claims(inside, std::string_view(file.bytes).substr(0, 16384)) != Claim::no) names.push_back(inside);
  }
  if (names.empty()) names.push_back("sample");
  return names;
}

/// Several files in one input: a line "=== NAME" starts the next one, so that includes and units of many files are reached.
Files split(std::string_view bytes, const std::string& first_name) {
  Files files;
  std::string name = first_name;
  while (true) {
    const std::size_t mark = bytes.find("\n=== ");
    files[name].append(bytes.substr(0, mark));
    if (mark == std::string_view::npos) return files;
    bytes.remove_prefix(mark + 5);
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    name = std::string(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (name.empty()) name = first_name;
  }
}

void check_place(const Place& place, const Files& files) {
  if (place.file.empty()) return;  // evidence that is no place, such as a default
  MAINSTAY_ASSERT(files.contains(place.file), "evidence and problems lie in a file of the tree");
  MAINSTAY_ASSERT(place.line >= 1 && place.column >= 1 && place.text.size() <= 200, "a place is one that people can find");
}

struct Outcome {
  std::vector<Fact> facts;
  std::vector<Diagnostic> problems;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome read(const Ingester& ingester, const MemoryTree& tree, const std::string& name) {
  static const Catalogue catalogue = [] {
    Catalogue rows;
    rows.add(KnownKey{.pattern = "VAULT_ADDR", .role = Role::secret_store, .source = "test"});
    rows.add(KnownKey{.pattern = "*_ISSUER_URL", .role = Role::oidc_issuer, .source = "test"});
    rows.add(KnownHost{.pattern = "**.okta.com", .role = Role::oidc_issuer, .provider = "okta", .source = "test"});
    return rows;
  }();
  std::vector<std::vector<std::string>> units{{name}};
  if (ingester.gather != nullptr) units = ingester.gather(tree, tree.names_below(""));
  Outcome out;
  for (std::vector<std::string>& names : units) {
    if (names.empty()) continue;
    HomeScope home = tree.home(names.front());
    Unit unit(tree, catalogue, std::move(home), std::move(names));
    ingester.read(unit);
    out.facts.insert(out.facts.end(), unit.facts().begin(), unit.facts().end());
    out.problems.insert(out.problems.end(), unit.problems().all().begin(), unit.problems().all().end());
  }
  return out;
}

template <std::size_t I>
void run_format(std::string_view bytes) {
  const Ingester& ingester = *all_ingesters()[I];
  static const std::vector<std::string> names = claimed_names(ingester);
  // Which name is a matter of the bytes, so that a format with several kinds of files has all of them read.
  const std::string& name = names[bytes.size() % names.size()];
  const Files files = split(bytes, name);
  const MemoryTree tree(files);
  for (const auto& [one, text] : files) (void)ingester.claims(one, std::string_view(text).substr(0, 16384));
  const Outcome first = read(ingester, tree, name);
  MAINSTAY_ASSERT(first == read(ingester, tree, name), "the same text reads the same");
  for (const Diagnostic& problem : first.problems) check_place(problem.where, files);
  for (const Fact& fact : first.facts) {
    std::visit(
        [&](const auto& one) {
          for (const Evidence& reason : one.reasons) check_place(reason.place, files);
        },
        fact);
  }
}

struct Table {
  std::vector<std::string> names, folders;  // what the targets' views look at
  std::vector<NamedFuzzTarget> log_names;
  std::vector<FuzzTarget> formats;
  std::vector<const FuzzTarget*> all;
};

template <std::size_t... I>
void add_formats(Table& table, std::index_sequence<I...>) {
  table.names.reserve(sizeof...(I));
  table.folders.reserve(sizeof...(I));
  table.formats.reserve(sizeof...(I));
  [[maybe_unused]] const auto add = [&](std::string_view name, void (*run)(std::string_view)) {
    table.names.push_back("format-" + std::string(name));
    table.folders.push_back("ingest/" + std::string(name));
    table.formats.push_back(FuzzTarget{.name = table.names.back(), .samples = table.folders.back(), .run = run});
  };
  (add(all_ingesters()[I]->name, &run_format<I>), ...);
}

Table make_table() {
  Table table;
  table.all = {
#define MAINSTAY_FUZZ_TARGET(symbol) &symbol,
#include "tests/fuzz/targets.inc"
#undef MAINSTAY_FUZZ_TARGET
  };
  add_formats(table, std::make_index_sequence<kFormats>());
  table.log_names = log_format_targets();
  for (const NamedFuzzTarget& one : table.log_names) table.formats.push_back({.name = one.name, .samples = one.samples, .run = one.run});
  for (const FuzzTarget& target : table.formats) table.all.push_back(&target);
  return table;
}

}  // namespace

std::span<const FuzzTarget* const> all_fuzz_targets() {
  static const Table table = make_table();
  return table.all;
}

}  // namespace mainstay
