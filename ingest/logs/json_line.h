// JsonLine: the members of one JSON object on one line, without building a tree.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ingest/logs/log_format.h"

namespace mainstay {

enum class JsonKind : std::uint8_t { text, number, truth, null, object, array };

/// A value as it stands in the line: of a text what is between its quotation marks, still escaped; of others all of it.
struct JsonValue {
  JsonKind kind = JsonKind::null;
  std::string_view raw;

  bool is_text() const { return kind == JsonKind::text; }
  /// A text without escapes, or a number or a truth value as it is written; empty for what is neither.
  std::string_view text(LineScratch& scratch) const;
  /// A whole number, also one in quotation marks.
  std::optional<std::int64_t> whole() const;
  /// A number, with its fraction in millionths; nothing when it has an exponent.
  std::optional<std::int64_t> millionths() const;
};

/// Walks through the members of an object or the elements of an array, one after the other.
/// Errors: what is no JSON ends the walk, and is_good() says so afterwards.
/// Cost:   one pass; values inside of values are skipped, not read.
class JsonWalk {
 public:
  /// `text` begins with the bracket.
  explicit JsonWalk(std::string_view text);
  /// The next member; false at the end. Keys are given as they stand, still escaped; elements of an array have none.
  bool next(std::string_view& key, JsonValue& value);
  bool next(JsonValue& value) {
    std::string_view key;
    return next(key, value);
  }
  bool is_good() const { return is_good_; }

 private:
  bool fail();
  void skip_blanks();
  bool take_text(std::string_view& out);
  bool take_value(JsonValue& value);
  bool take_nested(JsonValue& value);

  std::string_view rest_;
  bool is_object_ = false;
  bool is_first_ = true;
  bool is_done_ = false;
  bool is_good_ = true;
};

}  // namespace mainstay
