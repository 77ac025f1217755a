// Functions that read files of the scanned tree: file, fileexists, fileset, templatefile.
// Paths count from the folder of the root module, where Terraform runs. What lies outside of the tree is unknown.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>
#include <utility>

#include "ingest/iac/terraform/functions.h"
#include "ingest/iac/terraform/program.h"
#include "ingest/syntax/hcl/hcl.h"
#include "ingest/syntax/utf8.h"

namespace mainstay::terraform {
namespace {

constexpr std::size_t kMaxFiles = 256;  // of one root
constexpr std::size_t kMaxListed = 10'000;

/// A pattern of fileset() as one of RE2: `*`, `?`, `**`, `{a,b}` and classes; nothing of it but `**` goes past a slash.
std::string pattern_of(std::string_view glob) {
  std::string out;
  std::size_t alternatives = 0;
  for (std::size_t at = 0; at < glob.size(); ++at) {
    const char c = glob[at];
    if (glob.substr(at).starts_with("**/")) {
      out += "(?:.*/)?";
      at += 2;
    } else if (glob.substr(at).starts_with("**")) {
      out += ".*";
      ++at;
    } else if (c == '*') {
      out += "[^/]*";
    } else if (c == '?') {
      out += "[^/]";
    } else if (c == '{') {
      out += "(?:";
      ++alternatives;
    } else if (c == '}' && alternatives > 0) {
      out += ")";
      --alternatives;
    } else if (c == ',' && alternatives > 0) {
      out += "|";
    } else if (const std::size_t end = c == '[' ? glob.find(']', at + 2) : std::string_view::npos; end != std::string_view::npos) {
      out += glob.substr(at, end + 1 - at);
      at = end;
    } else {
      out += re2::RE2::QuoteMeta(re2::StringPiece(&glob[at], 1));
    }
  }
  return out;
}

}  // namespace

bool Program::is_file_function(std::string_view name) {
  constexpr std::array<std::string_view, 4> kNames = {"file", "fileexists", "fileset", "templatefile"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// "." for the root; else the way from the root's folder to the module's, as Terraform has it in path.module.
Value Program::module_path(const Module& module) const {
  const std::string& root = modules_.front()->folder;
  const std::string way = std::filesystem::path(module.folder).lexically_relative(root.empty() ? "." : root).generic_string();
  return Value::of_text(way.empty() ? std::string(".") : way);
}

std::optional<std::string> Program::file_name(const Value& path) const {
  const std::optional<std::string> written = known_text(path);
  if (!written) return std::nullopt;
  const std::string& folder = modules_.front()->folder;
  Result<std::string> name = resolve_path(folder.empty() ? "x" : folder + "/x", *written);
  return name ? std::optional(*std::move(name)) : std::nullopt;
}

const Source* Program::file_at(const std::string& name, Location asked_from) {
  if (const auto at = files_.find(name); at != files_.end()) return at->second;
  if (files_.size() >= kMaxFiles) return nullptr;
  const Source* source = unit_.tree().read(name) ? unit_.include(name, asked_from) : nullptr;
  if (source != nullptr && (source->bytes().size() > Value::kMaxOctets || repaired_utf8(source->bytes()))) source = nullptr;
  files_.emplace(name, source);
  return source;
}

Value Program::file_value(const hcl::Expression& e, const std::vector<Value>& arguments, const Bindings& b) {
  const auto unknown = [&](std::string_view why) {
    count_unknown(fmt::format("{}() of {}", e.text, why), e.where);
    return hole(e);
  };
  if (arguments.empty()) return hole(e);
  const std::optional<std::string> name = file_name(arguments[0]);
  if (!name) return unknown("a path that is not known or leaves the scanned folder");
  if (e.text == "fileset") {
    const std::optional<std::string> glob = arguments.size() == 2 ? known_text(arguments[1]) : std::nullopt;
    return glob ? files_below(*name, *glob, e) : hole(e);
  }
  const Source* source = file_at(*name, e.where);
  if (e.text == "fileexists") return source != nullptr ? Value::of(true) : hole(e);  // it may be made before Terraform runs
  if (source == nullptr) return unknown("a file that is not in the tree as a text");
  if (e.text == "file") return Value::of_text(std::string(source->bytes()));
  return arguments.size() == 2 && arguments[1].kind == ValueKind::map ? filled_template(*source, arguments[1], b) : hole(e);
}

Value Program::files_below(const std::string& folder, const std::string& glob, const hcl::Expression& e) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  const re2::RE2 pattern(pattern_of(glob), options);
  if (!pattern.ok()) return hole(e);
  const std::size_t skipped = folder.empty() ? 0 : folder.size() + 1;
  std::vector<Value> found;
  for (const std::string& name : unit_.tree().names_below(folder)) {
    if (found.size() >= kMaxListed) return hole(e);
    if (name.size() <= skipped) continue;
    const std::string rest = name.substr(skipped);
    if (re2::RE2::FullMatch(rest, pattern)) found.push_back(Value::of_text(rest));
  }
  return as_set(std::move(found));
}

/// A template sees the names that it is given, and nothing of the module.
Value Program::filled_template(const Source& source, const Value& values, const Bindings& b) {
  std::unique_ptr<hcl::Expression>& slot = templates_[source.name()];
  if (slot == nullptr) slot = std::make_unique<hcl::Expression>(hcl::parse_template(source, unit_.id_of(source), unit_.problems()));
  std::deque<Names> names;
  const Names* outer = nullptr;
  for (const Entry& entry : values.entries) {
    names.push_back({entry.key, entry.value, outer});
    outer = &names.back();
  }
  return evaluate(*slot, {b.module, outer});
}

}  // namespace mainstay::terraform
