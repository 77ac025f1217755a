#include <fmt/format.h>
#include <algorithm>
#include <utility>

#include "ingest/syntax/utf8.h"
#include "ingest/syntax/yaml.h"
#include "ingest/syntax/yaml_builder.h"

namespace mainstay {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

/// A reader of RFC 8259 that keeps its own stack, so depth costs no stack space.
class JsonReader {
 public:
  JsonReader(std::string_view text, YamlBuilder& builder) : text_(text), builder_(builder) {}

  void read() {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    skip_blanks();
    if (at_ == text_.size()) return;
    bool good = value();
    while (good && !open_.empty()) good = step();
    if (!good) {
      builder_.close_all(at_);
      if (depth_exceeded_) builder_.abandon();
    } else if (skip_blanks(); at_ < text_.size()) {
      fail("text stands behind the end of the JSON value");
    }
    builder_.end_document();
  }

 private:
  void skip_blanks() { at_ = std::min(text_.find_first_not_of(kBlank, at_), text_.size()); }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool fail(std::string_view message) {
    builder_.report(at_, std::min(at_ + 1, text_.size()), fmt::format("this is not JSON: {}", message), "what stands before it is used");
    return false;
  }

  /// Goes on inside the innermost list or map.
  bool step() {
    skip_blanks();
    const char bracket = open_.back();
    if (peek() == bracket && at_ < text_.size() && !after_comma_) return close();
    if (after_value_) {
      if (peek() != ',')
        return fail(at_ == text_.size() ? "the text ends inside a list or an object" : "a comma or the closing bracket is missing");
      ++at_;
      after_value_ = false;
      after_comma_ = true;
      return true;
    }
    after_comma_ = false;
    if (bracket == ']') return value();
    if (peek() != '"') return fail("the key of an object must be a text in double quotes");
    if (!string()) return false;
    skip_blanks();
    if (peek() != ':') return fail("a colon is missing behind a key");
    ++at_;
    skip_blanks();
    return value();
  }

  bool close() {
    ++at_;
    open_.pop_back();
    after_value_ = true;
    return builder_.close(at_);
  }

  bool value() {
    const char c = peek();
    if (c == '{' || c == '[') {
      const bool opened = builder_.open(c == '{' ? YamlKind::map : YamlKind::list, at_, at_ + 1, {});
      depth_exceeded_ = !opened;
      ++at_;
      open_ += c == '{' ? '}' : ']';
      after_value_ = false;
      return opened;
    }
    after_value_ = true;
    if (c == '"') return string();
    return word();
  }

  bool word() {
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,:]}[{\"", at_), text_.size());
    const std::string_view word = text_.substr(at_, end - at_);
    if (word != "null" && word != "true" && word != "false" && !is_number(word)) {
      return fail(word.empty() ? "a value is missing" : word.starts_with('/') ? "JSON has no comments" : "no value is written like this");
    }
    const std::size_t begin = std::exchange(at_, end);
    return builder_.scalar({.text = word, .raw = word, .begin = begin, .end = end}, {});
  }

  static bool is_number(std::string_view word) {
    std::size_t at = word.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
      const std::size_t from = at;
      while (at < word.size() && word[at] >= '0' && word[at] <= '9') ++at;
      return at - from;
    };
    const std::size_t begin = at;
    const std::size_t whole = digits();
    if (whole == 0 || (whole > 1 && word[begin] == '0')) return false;
    if (at < word.size() && word[at] == '.' && (++at, digits() == 0)) return false;
    if (at < word.size() && (word[at] == 'e' || word[at] == 'E')) {
      ++at;
      if (at < word.size() && (word[at] == '+' || word[at] == '-')) ++at;
      if (digits() == 0) return false;
    }
    return at == word.size();
  }

  bool string() {
    const std::size_t begin = ++at_;
    std::string decoded;
    bool has_escape = false;
    while (true) {
      const std::size_t special = find_special();
      if (special == text_.size()) return fail("a text is not closed");
      if (has_escape) decoded += text_.substr(at_, special - at_);
      at_ = special;
      if (text_[at_] == '"') break;
      if (text_[at_] != '\\') return fail("a control character inside a text must be written as an escape");
      if (!std::exchange(has_escape, true)) decoded = text_.substr(begin, at_ - begin);
      if (!escape(decoded)) return false;
    }
    const std::string_view raw = text_.substr(begin, at_ - begin);
    const std::size_t end = at_++;
    const std::string_view text = has_escape ? builder_.keep(std::move(decoded)) : raw;
    return builder_.scalar({.text = text, .raw = raw, .style = YamlStyle::double_quoted, .begin = begin, .end = end}, {});
  }

  std::size_t find_special() const {
    std::size_t at = at_;
    while (at < text_.size() && text_[at] != '"' && text_[at] != '\\' && static_cast<unsigned char>(text_[at]) >= 0x20) ++at;
    return at;
  }

  bool escape(std::string& out) {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char letter = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (letter == 'u') return unicode_escape(out);
    const std::size_t index = letter == '\0' ? std::string_view::npos : kLetters.find(letter);
    if (index == std::string_view::npos) return fail("there is no such escape");
    out += kMeanings[index];
    at_ += 2;
    return true;
  }

  bool unicode_escape(std::string& out) {
    const std::optional<unsigned> first = code_unit(at_);
    if (!first) return fail("\\u needs four hexadecimal digits");
    const std::optional<unsigned> second = *first >= 0xd800 && *first < 0xdc00 ? code_unit(at_ + 6) : std::nullopt;
    const bool is_pair = second && *second >= 0xdc00 && *second < 0xe000;
    append_utf8(out, is_pair ? 0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00) : *first);
    at_ += is_pair ? 12 : 6;
    return true;
  }

  std::optional<unsigned> code_unit(std::size_t at) const {
    if (text_.substr(at, 2) != "\\u" || at + 6 > text_.size()) return std::nullopt;
    unsigned code = 0;
    for (const char c : text_.substr(at + 2, 4)) {
      const std::size_t digit = std::string_view("0123456789abcdef").find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
      if (digit == std::string_view::npos) return std::nullopt;
      code = code * 16 + static_cast<unsigned>(digit);
    }
    return code;
  }

  std::string_view text_;
  YamlBuilder& builder_;
  std::size_t at_ = 0;
  std::string open_;  // the closing brackets that are awaited
  bool after_value_ = false;
  bool after_comma_ = false;
  bool depth_exceeded_ = false;
};

}  // namespace

YamlStream read_json(const YamlInput& input, Diagnostics& problems) {
  YamlBuilder builder(input, problems);
  std::string_view text = input.bytes;
  if (const std::optional<Utf8Repair> repair = repaired_utf8(text)) {
    problems.warning(input.source, input.map.where(repair->first_bad, repair->first_bad + 1),
                     fmt::format("{} octets of this text are not UTF-8", repair->bad), "each is read as a question mark");
    text = builder.keep(repair->text);
  }
  JsonReader(text, builder).read();
  return builder.take();
}

YamlStream read_json(const Source& source, SourceId id, Diagnostics& problems) {
  return read_json({.bytes = source.bytes(), .map = TextMap(id), .source = source}, problems);
}

}  // namespace mainstay
