// Names that nothing declares, and resources that wait for each other in a circle.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "ingest/iac/cloudformation/program.h"

namespace mainstay::cloudformation {
namespace {

class Checker {
 public:
  Checker(Program& program, const Stack& stack) : unit_(program.unit()), stack_(stack) {
    has_made_names_ = has_transform(stack.root, "AWS::Serverless-2016-10-31") || !has_only_plain_transforms();
  }

  void check() {
    for (const auto& [name, resource] : stack_.resources) {
      from_ = name;
      const Value& written = *resource->written;
      walk(part(written, "Properties"));
      const Value& waits = part(written, "DependsOn");
      const std::vector<Value> single{waits};
      for (const Value& one : waits.kind == ValueKind::list ? waits.items : single) {
        if (const std::string to = plain(one); !to.empty()) refer(to, one.origin);
      }
      const Value& condition = part(written, "Condition");
      if (!condition.is_null()) check_condition(plain(condition), condition.origin);
    }
    from_.clear();
    walk(part(stack_.root, "Outputs"));
    find_circles();
  }

 private:
  /// Macros make names that are nowhere in the template.
  bool has_only_plain_transforms() const {
    // Sections of the packaging that the AWS CLI and Rain do before CloudFormation sees a template.
    for (const std::string_view section : {"Modules", "Packages", "Rain"}) {
      if (!part(stack_.root, section).is_null()) return false;
    }
    // A module stands for resources whose names begin with its own.
    for (const Entry& entry : part(stack_.root, "Resources").entries) {
      const std::string type = plain(part(entry.value, "Type"));
      if (type.find("::") == std::string::npos || type.ends_with("::MODULE")) return false;
    }
    const Value& transform = part(stack_.root, "Transform");
    if (transform.is_null()) return true;
    return plain(transform) == "AWS::LanguageExtensions" || plain(part(transform, "Name")) == "AWS::Include";
  }

  void walk(const Value& value) {
    if (const Entry* function = function_in(value)) {
      if (function->key == "Ref") return refer(plain(function->value), function->value.origin);
      if (function->key == "Fn::GetAtt" && function->value.kind == ValueKind::list && !function->value.items.empty()) {
        refer(plain(function->value.items[0]), function->value.origin);
      } else if (function->key == "Fn::GetAtt") {
        const std::string written = plain(function->value);
        refer(written.substr(0, written.find('.')), function->value.origin);
      } else if (function->key == "Fn::Sub") {
        const bool is_list = function->value.kind == ValueKind::list && !function->value.items.empty();
        walk_sub(is_list ? function->value.items[0] : function->value,
                 is_list && function->value.items.size() > 1 ? &function->value.items[1] : nullptr);
      } else if (function->key == "Fn::If" && !function->value.items.empty()) {
        check_condition(plain(function->value.items[0]), function->value.items[0].origin);
      }
    }
    for (const Value& item : value.items) walk(item);
    for (const Entry& entry : value.entries) walk(entry.value);
  }

  void walk_sub(const Value& written, const Value* variables) {
    for (const Text::Piece& piece : written.text.pieces()) {
      const std::string* known = std::get_if<std::string>(&piece);
      if (known == nullptr) continue;
      for (std::size_t open = known->find("${"); open != std::string::npos; open = known->find("${", open + 2)) {
        const std::size_t close = known->find('}', open);
        if (close == std::string::npos) break;
        std::string name = known->substr(open + 2, close - open - 2);
        name.erase(std::remove(name.begin(), name.end(), ' '), name.end());
        if (name.starts_with('!') || (variables != nullptr && !part(*variables, name).is_null())) continue;
        refer(name.substr(0, name.find('.')), place_in(written, *known, open, close + 1));
      }
    }
  }

  /// The octets of a part of a text, when the text is written as it is read; else all of it.
  static Location place_in(const Value& written, const std::string& text, std::size_t begin, std::size_t end) {
    Location where = written.origin;
    const std::size_t octets = where.end - where.begin;
    if (!written.text.is_known() || octets < text.size() || octets > text.size() + 2 || text.find('\n') != std::string::npos) return where;
    const std::uint32_t quote = static_cast<std::uint32_t>(octets - text.size()) / 2;
    where.end = where.begin + quote + static_cast<std::uint32_t>(end);
    where.begin += quote + static_cast<std::uint32_t>(begin);
    return where;
  }

  void refer(const std::string& name, Location where) {
    if (name.empty() || name.starts_with("AWS::")) return;
    if (stack_.resources.contains(name)) {
      if (!from_.empty()) edges_[from_].emplace(name, where);
      return;
    }
    if (has_made_names_ || !part(part(stack_.root, "Parameters"), name).is_null() || !said_.insert(name).second) return;
    unit_.warning(where, fmt::format("nothing in this template is called {}", name), "a parameter or a resource of that name is missing");
  }

  void check_condition(const std::string& name, Location where) {
    if (name.empty() || !part(part(stack_.root, "Conditions"), name).is_null() || !said_.insert("condition " + name).second) return;
    unit_.warning(where, fmt::format("there is no condition {}", name), "both possibilities are kept");
  }

  void find_circles() {
    // A resource that waits for nothing that is left is taken away; what remains waits in circles, or for one.
    std::map<std::string, std::size_t> waits;
    std::map<std::string, std::vector<std::string>> waited_for;
    for (const auto& [from, targets] : edges_) {
      waits[from] = targets.size();
      for (const auto& [to, where] : targets) waited_for[to].push_back(from);
    }
    std::vector<std::string> free;
    for (const auto& [name, resource] : stack_.resources) {
      if (!waits.contains(name)) free.push_back(name);
    }
    while (!free.empty()) {
      const std::string name = std::move(free.back());
      free.pop_back();
      for (const std::string& from : waited_for[name]) {
        if (--waits[from] == 0) free.push_back(from), waits.erase(from);
      }
    }
    if (waits.empty()) return;
    report_circle(waits);
  }

  /// Follows the first of what each one waits for until one comes again.
  void report_circle(const std::map<std::string, std::size_t>& waits) {
    std::vector<std::string> path{waits.begin()->first};
    while (true) {
      const auto& targets = edges_[path.back()];
      const auto next = std::find_if(targets.begin(), targets.end(), [&](const auto& edge) { return waits.contains(edge.first); });
      const auto seen = std::find(path.begin(), path.end(), next->first);
      if (seen != path.end()) {
        std::string circle;
        for (auto at = seen; at != path.end(); ++at) circle += *at + " -> ";
        unit_.warning(next->second, fmt::format("these resources wait for each other: {}{}", circle, *seen),
                      "CloudFormation refuses the template; one of them must not refer to the next");
        return;
      }
      path.push_back(next->first);
    }
  }

  Unit& unit_;
  const Stack& stack_;
  bool has_made_names_ = false;
  std::string from_;
  std::set<std::string> said_;
  std::map<std::string, std::map<std::string, Location>> edges_;
};

}  // namespace

void check_references(Program& program, const Stack& stack) { Checker(program, stack).check(); }

}  // namespace mainstay::cloudformation
