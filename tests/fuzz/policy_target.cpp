// What people write about findings: settings, comments that allow, owners of files.
#include <string>

#include "analyzer/policy/allow_comments.h"
#include "analyzer/policy/owners.h"
#include "analyzer/policy/settings.h"
#include "graph/values/assert.h"
#include "ingest/syntax/toml.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {

extern const FuzzTarget fuzz_toml;
extern const FuzzTarget fuzz_settings;
extern const FuzzTarget fuzz_allow_comments;
extern const FuzzTarget fuzz_codeowners;

namespace {

void check(const TomlNode& node, std::size_t octets) {
  MAINSTAY_ASSERT(node.where.begin <= node.where.end && node.where.end <= octets, "a value lies inside its source");
  MAINSTAY_ASSERT(node.key_where.begin <= node.key_where.end && node.key_where.end <= octets, "a key lies inside its source");
  for (const TomlNode& child : node.children) check(child, octets);
}

void run_toml(std::string_view bytes) {
  const Source source("a.toml", std::string(bytes));
  Diagnostics problems;
  check(read_toml(source, SourceId{}, problems), bytes.size());
}

void check(const std::vector<Allowance>& allowances) {
  for (const Allowance& one : allowances) {
    MAINSTAY_ASSERT(!one.suppression.reason.empty(), "nothing is allowed without a reason");
    MAINSTAY_ASSERT(one.suppression.until.empty() || is_value(SettingKind::day, one.suppression.until), "an end is a day");
    MAINSTAY_ASSERT(one.rule.empty() ? is_value(SettingKind::id, one.id) : is_value(SettingKind::rule, one.rule), "it covers something");
    if (one.path) one.path->matches("zones/a.zone");
  }
}

void run_settings(std::string_view bytes) {
  const Source source(".mainstay.toml", std::string(bytes));
  Diagnostics problems;
  check(read_settings(source, "", problems).allowances);
}

void run_allow_comments(std::string_view bytes) {
  const Source source("a.conf", std::string(bytes));
  Diagnostics problems;
  check(read_allow_comments(source, problems));
}

void run_codeowners(std::string_view bytes) {
  for (const char* name : {"CODEOWNERS", ".gitlab/CODEOWNERS"}) {
    const Source source(name, std::string(bytes));
    Diagnostics problems;
    const Owners owners = Owners::read(source, problems);
    for (const char* path : {"a", "docs/b", "x/docs/y/z.md"}) {
      for (const std::string& owner : owners.of(path)) MAINSTAY_ASSERT(owner.find('@') != std::string::npos, "an owner can be written to");
    }
  }
}

}  // namespace

constinit const FuzzTarget fuzz_toml{.name = "toml", .samples = "", .run = &run_toml};
constinit const FuzzTarget fuzz_settings{.name = "settings", .samples = "", .run = &run_settings};
constinit const FuzzTarget fuzz_allow_comments{.name = "allow-comments", .samples = "rules", .run = &run_allow_comments};
constinit const FuzzTarget fuzz_codeowners{.name = "codeowners", .samples = "", .run = &run_codeowners};

}  // namespace mainstay
