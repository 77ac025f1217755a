#include "ingest/code/script/neighbours.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/code/script/module_files.h"

namespace mainstay::script {
namespace {

constexpr std::size_t kMaxSteps = 2'000;  // of working out what one file has

/// Whether a text has "NAME" as a word that "=" or a type and "=" may follow.
bool has_word(std::string_view text, std::string_view name) {
  const auto is_word = [](char c) { return is_ascii_alphanumeric(c) || c == '_'; };
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at > 0 && is_word(text[at - 1])) || (end < text.size() && is_word(text[end]))) continue;
    const std::size_t line = std::min(text.find('\n', end), text.size());
    if (text.substr(end, line - end).find('=') != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

code::Value Neighbours::value(const Taken& taken) {
  std::string key = taken.module;
  for (const std::string& word : taken.path) key += " " + word;
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  if (taken.path.empty() || known_.size() >= kMaxNames) return {};
  return known_[key] = taken.module.empty() ? of_package(taken.path.front()) : of_module(taken);
}

code::Value Neighbours::of_module(const Taken& taken) {
  // "from . import settings" may take in a file, of which the next word is a name.
  const bool has_submodules = front_end_.language == Language::python;
  for (std::size_t words = has_submodules ? taken.path.size() - 1 : 0;; --words) {
    std::string module = taken.module;
    for (std::size_t at = 0; at < words; ++at) module += (module.ends_with('.') ? "" : ".") + taken.path[at];
    if (Texts* texts = first_of(module_files(front_end_.language, from_, module))) {
      code::Value got = texts->exported({taken.path.begin() + static_cast<std::ptrdiff_t>(words), taken.path.end()});
      if (got.has_literal || got.is_environment) return got;
    }
    if (words == 0) return {};
  }
}

/// The files of the package once, as every name is looked for in them.
void Neighbours::read_package() {
  const std::string folder = from_.substr(0, from_.rfind('/') + 1);
  std::size_t octets = 0;
  for (const std::string& other : unit_.tree().names_below(folder.empty() ? "" : folder.substr(0, folder.size() - 1))) {
    const bool is_beside = other.find('/', folder.size()) == std::string::npos && other.ends_with(".go") && !other.ends_with("_test.go");
    if (!is_beside || other == from_) continue;
    Result<std::string> bytes = unit_.tree().read(other);
    if (!bytes || octets + bytes->size() > kMaxOctets || beside_.size() >= kMaxBeside) return;
    octets += bytes->size();
    beside_.emplace_back(other, *std::move(bytes));
  }
}

code::Value Neighbours::of_package(const std::string& name) {
  if (front_end_.language != Language::go || name.empty()) return {};
  if (!std::exchange(is_package_read_, true)) read_package();
  code::Value got;
  for (const auto& [other, bytes] : beside_) {
    Texts* texts = has_word(bytes, name) ? texts_of(other) : nullptr;
    code::Value one = texts == nullptr ? code::Value{} : texts->exported({name});
    if (!one.has_literal && !one.is_environment) continue;
    if ((got.has_literal || got.is_environment) && got.text != one.text) return {};
    got = std::move(one);
  }
  return got;
}

Texts* Neighbours::first_of(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (name == from_) continue;
    if (files_.contains(name) || unit_.tree().read(name)) return texts_of(name);
  }
  return nullptr;
}

Texts* Neighbours::texts_of(const std::string& name) {
  const auto [at, is_new] = files_.try_emplace(name);
  if (!is_new) return at->second.texts.get();
  const Source* source = files_.size() > kMaxFiles ? nullptr : unit_.include(name, {});
  if (source == nullptr || source->bytes().size() > kMaxOctets - octets_) return nullptr;
  octets_ += source->bytes().size();
  File& file = at->second;
  file.script = front_end_.parse(source->bytes(), unit_.id_of(*source), [](const ScriptProblem&) {});
  file.texts = std::make_unique<Texts>(file.script, kMaxSteps);
  return file.texts.get();
}

}  // namespace mainstay::script
