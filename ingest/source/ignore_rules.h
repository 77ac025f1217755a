// IgnoreRules: one file of patterns that say what of a tree is not looked at, as git reads them.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// A pattern in which `*` and `?` stop at a slash and `**` between slashes does not.
/// Source: gitignore(5); corners that it leaves open are read as git 2.39 does (a `**` that follows plain text still crosses slashes).
class Glob {
 public:
  explicit Glob(std::string_view pattern);
  /// Cost: at most the product of both lengths, whatever the pattern; linear for plain text and for "*.suffix".
  bool matches(std::string_view text) const;

 private:
  // A gap stands before a `**` that a slash follows: both may be left out together.
  enum class Kind : std::uint8_t { octet, any, set, star, star_star, gap };
  struct Step {
    Kind kind = Kind::octet;
    unsigned char octet = 0;
    std::uint32_t set = 0;  // position in sets_
  };

  void read(std::string_view pattern);
  std::size_t read_stars(std::string_view pattern, std::size_t at);
  std::size_t read_set(std::string_view pattern, std::size_t at);
  bool simulate(std::string_view text) const;
  bool takes(const Step& step, unsigned char octet) const;

  std::string plain_;  // the text before the first special character
  std::string tail_;   // of "*tail": the text that a name ends with
  bool is_suffix_ = false;
  bool can_match_ = true;  // false for a pattern that is cut off ("[a", "a\")
  std::size_t shortest_ = 0;
  std::vector<Step> steps_;  // what follows plain_
  std::vector<std::bitset<256>> sets_;
};

/// One line of an ignore file.
struct IgnoreRule {
  std::uint32_t line = 1;
  bool is_negated = false;  // takes back what an earlier rule ignores
  bool folders_only = false;
  bool base_name_only = false;  // no slash but a final one: compared with the last part of the name
  Glob glob{""};
};

/// The rules of one file, in the order written.
class IgnoreRules {
 public:
  // A rule is tried on every name below its folder; more of them than this are not written by hand.
  static constexpr std::size_t kMaxRules = 10000;

  static IgnoreRules parse(std::string_view bytes);

  /// The rule that decides: the last one that matches; null when none does.
  /// Shape: `path` is relative to the folder of the ignore file, without a final slash. Folders above it are the caller's matter: what
  ///        lies below an ignored folder is never asked about, so that no later rule can bring it back.
  const IgnoreRule* deciding(std::string_view path, bool is_folder) const;

  bool empty() const { return rules_.empty(); }
  /// How many rules behind kMaxRules were left out.
  std::size_t dropped() const { return dropped_; }

 private:
  std::vector<IgnoreRule> rules_;
  std::size_t dropped_ = 0;
};

}  // namespace mainstay
