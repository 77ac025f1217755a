// Which stages a service has: nothing lists them, but what is chosen by stage does.
#include <algorithm>
#include <set>
#include <utility>

#include "ingest/iac/cloudformation/template.h"
#include "ingest/iac/serverless/variables.h"

namespace mainstay::serverless {
namespace {

using cloudformation::part;
using cloudformation::plain;

constexpr std::size_t kMaxStages = 12;

bool is_stage(const VariableText& text) {
  if (text.parts.size() != 1 || text.parts[0].variable.empty()) return false;
  const VariableSource& first = text.parts[0].variable[0].sources.front();
  const std::string address = first.address.plain();
  if (first.type == "sls" || first.type == "opt") return address == "stage";
  return first.type == "self" && (address.ends_with(".stage") || address == "stage");
}

/// Shape: `before` and `behind` stand around the stage in one text: "custom.host." and "", "./config." and ".yml".
struct Chosen {
  std::string before, behind;
};

std::optional<Chosen> chosen_by_stage(const VariableText& text) {
  Chosen made;
  bool has_stage = false;
  for (const VariableText::Part& one : text.parts) {
    if (one.variable.empty()) {
      (has_stage ? made.behind : made.before) += one.plain;
    } else if (!has_stage && is_stage({{one}})) {
      has_stage = true;
    } else {
      return std::nullopt;
    }
  }
  return has_stage ? std::optional(std::move(made)) : std::nullopt;
}

class StageFinder {
 public:
  StageFinder(const Value& root, const Unit& unit, const std::string& service_file)
      : root_(root), unit_(unit), service_file_(service_file), marks_(marks_of(root)) {}

  std::vector<std::string> find() {
    for (const std::string_view section : {"params", "stages"}) {
      for (const Entry& entry : part(root_, section).entries) add(entry.key);
    }
    walk(root_);
    add_default();
    std::vector<std::string> stages(found_.begin(), found_.end());
    if (stages.size() > kMaxStages) stages.resize(kMaxStages);
    if (stages.empty()) stages.emplace_back("dev");
    return stages;
  }

 private:
  void add(const std::string& name) {
    const bool is_name = !name.empty() && name.size() < 32 && std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    const bool is_for_the_rest = name == "default" || name == "other" || name == "others" || name == "common";
    if (is_name && !is_for_the_rest) found_.insert(name);
  }

  /// `stage: ${opt:stage, 'dev'}` says what the stage is when nobody says it; so does a plain text.
  void add_default() {
    const Value& written = part(part(root_, "provider"), "stage");
    const VariableText text = parse_variables(plain(written), marks_);
    if (!text.has_variables()) return add(text.plain());
    if (!is_stage(text)) return;
    const VariableSource& last = text.parts[0].variable[0].sources.back();
    if (last.type.empty()) add(last.address.plain());
    if (last.type == "self") add(plain(at(last.address.plain())));
  }

  const Value& at(const std::string& path) const {
    const Value* node = &root_;
    for (std::size_t begin = 0; begin < path.size();) {
      const std::size_t end = std::min(path.find('.', begin), path.size());
      node = &part(*node, std::string_view(path).substr(begin, end - begin));
      begin = end + 1;
    }
    return *node;
  }

  void walk(const Value& value) {
    for (const Value& item : value.items) walk(item);
    for (const Entry& entry : value.entries) walk(entry.value);
    const std::string text = plain(value);
    if (text.find("stage") != std::string::npos) look(parse_variables(text, marks_));
  }

  void look(const VariableText& text) {
    for (const VariableText::Part& one : text.parts) {
      for (const Variable& variable : one.variable) {
        for (const VariableSource& source : variable.sources) {
          if (source.type == "self") take_map(source.address);
          if (source.type == "file") take_files(source.parameter);
          look(source.address);
          look(source.parameter);
        }
      }
    }
  }

  void take_map(const VariableText& address) {
    const std::optional<Chosen> chosen = chosen_by_stage(address);
    if (!chosen || !chosen->before.ends_with('.')) return;
    for (const Entry& entry : at(chosen->before.substr(0, chosen->before.size() - 1)).entries) add(entry.key);
  }

  void take_files(const VariableText& name) {
    const std::optional<Chosen> chosen = chosen_by_stage(name);
    if (!chosen) return;
    const std::size_t slash = service_file_.rfind('/');
    const std::string folder = slash == std::string::npos ? std::string() : service_file_.substr(0, slash);
    const std::string begin = (folder.empty() ? "" : folder + "/") + chosen->before.substr(chosen->before.starts_with("./") ? 2 : 0);
    for (const std::string& file : unit_.tree().names_below(folder)) {
      if (file.size() <= begin.size() + chosen->behind.size() || !file.starts_with(begin) || !file.ends_with(chosen->behind)) continue;
      const std::string middle = file.substr(begin.size(), file.size() - begin.size() - chosen->behind.size());
      // "config/${stage}.yml" among "config/a/b.yml": a stage is no folder.
      if (middle.find('/') == std::string::npos && middle.find('.') == std::string::npos) add(middle);
    }
  }

  const Value& root_;
  const Unit& unit_;
  const std::string& service_file_;
  VariableMarks marks_;
  std::set<std::string> found_;
};

}  // namespace

std::vector<std::string> stages_of(const Value& root, const Unit& unit, const std::string& service_file) {
  return StageFinder(root, unit, service_file).find();
}

}  // namespace mainstay::serverless
