// Loops and included files, put in place before anything is evaluated.
// Source: AWS CloudFormation Template Reference Guide, "Fn::ForEach", "AWS::Include transform".
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "ingest/iac/cloudformation/program.h"

namespace mainstay::cloudformation {
namespace {

constexpr std::string_view kLoop = "Fn::ForEach::";
constexpr std::size_t kMaxMade = 100'000;  // values that the loops of one template may make, and 64 octets of text count as one
constexpr int kMaxIncludes = 8;

/// `&{Name}` is the value without what a logical id may not have.
std::string alphanumeric(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
  return out;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}

/// The body of a loop with the item put in place of the loop's name.
Value with_item(const Value& body, const std::string& name, const std::string& item) {
  const auto put = [&](std::string text) {
    return replaced(replaced(std::move(text), "${" + name + "}", item), "&{" + name + "}", alphanumeric(item));
  };
  Value made;
  if (const Entry* function = function_in(body); function != nullptr && function->key == "Ref" && plain(function->value) == name) {
    made = Value::of_text(Text(item));
  } else if (body.kind == ValueKind::string) {
    Text text;
    for (const Text::Piece& piece : body.text.pieces()) {
      const std::string* known = std::get_if<std::string>(&piece);
      known != nullptr ? text.append(put(*known)) : text.append(std::get<Hole>(piece));
    }
    made = Value::of_text(std::move(text));
  } else if (body.kind == ValueKind::list) {
    std::vector<Value> items;
    for (const Value& one : body.items) items.push_back(with_item(one, name, item));
    made = Value::of_list(std::move(items));
  } else if (body.kind == ValueKind::map) {
    std::vector<Entry> entries;
    for (const Entry& entry : body.entries) entries.push_back({put(entry.key), with_item(entry.value, name, item)});
    made = Value::of_map(std::move(entries));
  } else {
    return body;
  }
  made.origin = body.origin;
  return made;
}

std::size_t size_of(const Value& body) {
  std::size_t size = 1;
  for (const Text::Piece& piece : body.text.pieces()) {
    if (const std::string* known = std::get_if<std::string>(&piece)) size += known->size() / 64;
  }
  for (const Value& item : body.items) size += size_of(item);
  for (const Entry& entry : body.entries) size += size_of(entry.value) + 1 + entry.key.size() / 64;
  return size;
}

class Expander {
 public:
  Expander(Program& program, Stack& stack) : program_(program), stack_(stack) {}

  Value expand(const Value& written) {
    Value made;
    if (written.kind == ValueKind::list) {
      std::vector<Value> items;
      for (const Value& item : written.items) items.push_back(expand(item));
      made = Value::of_list(std::move(items));
    } else if (written.kind == ValueKind::map) {
      std::vector<Entry> entries;
      for (const Entry& entry : written.entries) add(entry, written, entries);
      made = Value::of_map(std::move(entries));
    } else {
      return written;
    }
    made.origin = written.origin;
    return made;
  }

 private:
  void add(const Entry& entry, const Value& around, std::vector<Entry>& out) {
    if (entry.key.starts_with(kLoop)) return add_loop(entry, out);
    if (entry.key == "Fn::Transform" && plain(part(entry.value, "Name")) == "AWS::Include") return add_included(entry.value, around, out);
    out.push_back({entry.key, expand(entry.value)});
  }

  void add_loop(const Entry& loop, std::vector<Entry>& out) {
    const Value& arguments = loop.value;
    const std::string name = arguments.items.empty() ? std::string() : plain(arguments.items[0]);
    if (name.empty() || arguments.items.size() != 3 || arguments.items[2].kind != ValueKind::map) {
      program_.unit().warning(arguments.origin, fmt::format("{} needs a name, a list and a map", loop.key), "it is left out");
      return;
    }
    const Value list = program_.evaluate(arguments.items[1], stack_);
    if (list.kind != ValueKind::list || !list.is_wholly_known()) {
      program_.count_unknown("the list of a loop", arguments.items[1].origin);
      return;
    }
    for (const Value& item : list.items) {
      const Value body = with_item(arguments.items[2], name, known_text(item).value_or(""));
      made_ += size_of(body);
      if (made_ > kMaxMade) {
        if (!std::exchange(is_cut_, true)) {
          program_.unit().error(arguments.origin, "loops make more than a template may hold", "the rest of what they make is left out");
        }
        return;
      }
      for (const Entry& entry : body.entries) add(entry, body, out);
    }
  }

  void add_included(const Value& transform, const Value& around, std::vector<Entry>& out) {
    const Value location = program_.evaluate(part(part(transform, "Parameters"), "Location"), stack_);
    const std::optional<std::string> written = known_text(location);
    const Result<std::string> path =
        written && written->find("://") == std::string::npos ? resolve_path(stack_.file, *written) : Result<std::string>(Error{"not here"});
    if (!path || includes_ >= kMaxIncludes) return program_.count_unknown("an included file that is not in this tree", around.origin);
    const Source* source = program_.unit().include(*path, around.origin);
    if (source == nullptr) return;
    const std::optional<Value> tree = read_tree(program_.unit(), *source);
    if (!tree || tree->kind != ValueKind::map) return;
    ++includes_;
    for (const Entry& entry : tree->entries) add(entry, *tree, out);
    --includes_;
  }

  Program& program_;
  Stack& stack_;
  std::size_t made_ = 0;
  int includes_ = 0;
  bool is_cut_ = false;
};

}  // namespace

Value expanded(Program& program, Stack& stack, const Value& root) {
  stack.root = root;  // a loop may go through a parameter
  const Value& transform = part(root, "Transform");
  Value whole = root;
  if (plain(part(transform, "Name")) == "AWS::Include") whole.entries.push_back({"Fn::Transform", transform});
  if (!has_key_like(whole, kLoop) && !has_key_like(whole, "Fn::Transform")) return root;
  Value made = Expander(program, stack).expand(whole);
  stack.known.clear();
  return made;
}

}  // namespace mainstay::cloudformation
