// Arguments: what a command takes, as data. The parser, the manual page and the shells' completions are all made from it.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mainstay {

/// An option or a positional argument, as it is shown.
/// Shape: `names` are "-o" and "--output"; one word without dashes for a positional. `value` is what stands for its value ("FILE"), empty
///        for flags. `words` are all values that are taken, where they are a fixed list.
struct ArgumentRow {
  std::vector<std::string> names;
  std::string value;
  std::vector<std::string> words;
  std::string range;  // "1 - 1024", where numbers have limits
  std::string usual;  // the value when it is not given
  std::string meaning;
  bool is_required = false;
  bool takes_many = false;  // values, one behind the other, or the whole option again

  bool is_positional() const { return !names.front().starts_with('-'); }
};

/// Where the value of an argument goes; what is there beforehand is the value when it is not given.
using ArgumentTarget = std::variant<bool*, std::string*, std::vector<std::string>*, unsigned*, std::uint64_t*, double*>;

/// An argument as a command describes it; each call adds to it and gives it back.
class Argument {
 public:
  Argument(std::string_view names, ArgumentTarget target, std::string meaning);

  /// The word that stands for the value.
  Argument& called(std::string value);
  Argument& one_of(std::vector<std::string> words);
  Argument& between(double least, double most);
  Argument& required();
  /// The help says what its target holds now.
  Argument& shows_usual();
  /// Of several values each stands behind its own option, so that what follows is not taken for another one.
  Argument& one_at_a_time();
  /// Both at once are refused, and the help says so.
  Argument& not_with(std::string name);

  const ArgumentRow& row() const { return row_; }
  const ArgumentTarget& target() const { return target_; }
  bool has_limits() const { return !row_.range.empty(); }
  double least() const { return least_; }
  double most() const { return most_; }
  bool is_one_at_a_time() const { return is_one_at_a_time_; }
  const std::vector<std::string>& excluded() const { return excluded_; }

 private:
  ArgumentRow row_;
  ArgumentTarget target_;
  double least_ = 0;
  double most_ = 0;
  bool is_one_at_a_time_ = false;
  std::vector<std::string> excluded_;
};

/// A command with its arguments, and with its parts where it has some ("tickets plan"); then one of them has to be named.
class Arguments {
 public:
  Arguments(std::string name, std::string summary) : name_(std::move(name)), summary_(std::move(summary)) {}

  /// An option when `names` begin with a dash ("-o,--output"), else a positional. What comes back lives as long as this.
  template <class T>
  Argument& add(std::string_view names, T& target, std::string meaning) {
    return arguments_.emplace_back(names, &target, std::move(meaning));
  }
  /// `chosen`, where there is one, is set when the command line names the part.
  Arguments& part(std::string name, std::string summary, bool* chosen = nullptr);
  /// It works, and is listed nowhere.
  void hide() { is_hidden_ = true; }
  /// The command line named this command.
  void choose() const;

  const std::string& name() const { return name_; }
  const std::string& summary() const { return summary_; }
  const std::deque<Argument>& arguments() const { return arguments_; }
  const std::deque<Arguments>& parts() const { return parts_; }
  bool is_hidden() const { return is_hidden_; }

 private:
  std::string name_;
  std::string summary_;
  std::deque<Argument> arguments_;
  std::deque<Arguments> parts_;
  bool* chosen_ = nullptr;
  bool is_hidden_ = false;
};

}  // namespace mainstay
