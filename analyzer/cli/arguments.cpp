#include "analyzer/cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <type_traits>

namespace mainstay {
namespace {

std::string shown(const ArgumentTarget& target) {
  return std::visit(
      [](const auto* value) {
        if constexpr (std::is_same_v<decltype(value), const std::vector<std::string>*>) {
          return fmt::format("{}", fmt::join(*value, ","));
        } else {
          return fmt::format("{}", *value);
        }
      },
      target);
}

}  // namespace

Argument::Argument(std::string_view names, ArgumentTarget target, std::string meaning) : target_(target) {
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    row_.names.emplace_back(names.substr(0, comma));
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  row_.meaning = std::move(meaning);
  row_.takes_many = std::holds_alternative<std::vector<std::string>*>(target);
}

Argument& Argument::called(std::string value) {
  row_.value = std::move(value);
  return *this;
}

Argument& Argument::one_of(std::vector<std::string> words) {
  row_.words = std::move(words);
  return *this;
}

Argument& Argument::between(double least, double most) {
  least_ = least;
  most_ = most;
  row_.range = fmt::format("{} - {}", least, most);
  return *this;
}

Argument& Argument::required() {
  row_.is_required = true;
  return *this;
}

Argument& Argument::shows_usual() {
  row_.usual = shown(target_);
  return *this;
}

Argument& Argument::one_at_a_time() {
  is_one_at_a_time_ = true;
  return *this;
}

Argument& Argument::not_with(std::string name) {
  row_.meaning += "; not with " + name;
  excluded_.push_back(std::move(name));
  return *this;
}

Arguments& Arguments::part(std::string name, std::string summary, bool* chosen) {
  Arguments& added = parts_.emplace_back(std::move(name), std::move(summary));
  added.chosen_ = chosen;
  return added;
}

void Arguments::choose() const {
  if (chosen_ != nullptr) *chosen_ = true;
}

}  // namespace mainstay
