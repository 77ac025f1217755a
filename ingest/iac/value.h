// Value: what an expression of a template is worth, as far as it can be known without running anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/values/location.h"
#include "graph/values/text.h"

namespace mainstay::iac {

enum class ValueKind : std::uint8_t { null, boolean, number, string, list, map, object_of, unknown, one_of };

struct Entry;
struct Alternative;

/// A value, whole or in parts unknown.
/// Shape:  list   - `items`; tuples, lists and sets alike.
///         map    - `entries`, sorted by key, each key once; objects and maps alike.
///         string - `text`, which may have holes; `items` holds the one value that jsonencode() or yamlencode() made it of, else nothing.
///         object_of - the resource, data source or module call of address `reference`: its attributes are asked one by one; `truth`
///                     says that it stands for every instance, because how many there are is unknown.
///         unknown   - `hole` says what it would be; `reference` is the address of the resource that computes it, or empty;
///                     `fails` says that Terraform would certainly refuse the expression (a missing key), which try() waits for.
///         one_of    - `alternatives`, two or more, none of them a one_of itself; only CloudFormation and what is made of it have them.
/// A string or list that is an argument of a resource keeps that resource's address in `reference` as long as it is passed on whole.
/// Units:  `weight` is the number of values inside, this one included; evaluation refuses to build heavier ones than kMaxWeight.
struct Value {
  static constexpr std::size_t kMaxWeight = 50'000;
  static constexpr std::size_t kMaxOctets = 1'000'000;  // of one string

  ValueKind kind = ValueKind::null;
  bool truth = false;
  bool fails = false;
  double number = 0;
  Text text;
  std::vector<Value> items;
  std::vector<Entry> entries;
  Hole hole;
  std::string reference;
  std::vector<Alternative> alternatives;
  Location origin;
  std::size_t weight = 1;

  static Value of(bool truth);
  static Value of_number(double number);
  static Value of_text(Text text);
  static Value of_list(std::vector<Value> items);
  /// Later entries win over earlier ones of the same key.
  static Value of_map(std::vector<Entry> entries);
  static Value unknown(std::string name, std::string pattern = {});
  static Value object(std::string reference);

  bool is_null() const { return kind == ValueKind::null; }
  bool is_unknown() const { return kind == ValueKind::unknown; }
  /// The value of that key, or null when there is none. Cost: logarithmic.
  const Value* entry(std::string_view key) const;
  /// True when nothing inside is unknown.
  bool is_wholly_known() const;
};

struct Entry {
  std::string key;
  Value value;
};

/// What something that is not known may be ("Stage" may be "prod"), and what a value then is.
/// Shape: `when` is sorted by what decides, each once; two alternatives of different values go together unless they contradict each other.
struct Alternative {
  std::vector<std::pair<std::string, std::string>> when;
  Value value;
};

/// The value as a string: numbers and truth values are written out, what has no text is a hole of that name. Of alternatives, what they
/// have in common at both ends is kept.
Text as_text(const Value& value, std::string_view name = "value");
/// What a text takes, holes counted with what they cost: a text that doubles again and again may be made of nothing else.
std::size_t octets_of(const Text& text);
/// The string when all of it is known; numbers and truth values are written out.
std::optional<std::string> known_text(const Value& value);
/// The number, also when it is written as a string.
std::optional<double> known_number(const Value& value);
/// The whole number from 0 up, when it is one.
std::optional<std::size_t> known_index(const Value& value);
std::optional<bool> known_truth(const Value& value);
/// Whether two values are equal; nothing when unknown parts decide.
std::optional<bool> equal(const Value& a, const Value& b);
/// A number as templates write it: without an exponent where it can be.
std::string number_text(double number);
/// The value as jsonencode() writes it, holes in place.
Text json_text(const Value& value);

}  // namespace mainstay::iac
