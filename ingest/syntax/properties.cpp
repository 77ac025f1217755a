#include "ingest/syntax/properties.h"

#include <algorithm>

namespace mainstay {
namespace {

constexpr std::string_view kBlanks = " \t\f\r";

bool is_blank(char c) { return kBlanks.find(c) != std::string_view::npos; }

class PropertyReader {
 public:
  PropertyReader(std::string_view text, SourceId source) : text_(text), source_(source) {}

  std::vector<Property> read() {
    while (at_ < text_.size()) {
      skip_blanks();
      if (at_ >= text_.size()) break;
      if (text_[at_] == '\n') {
        ++at_;
      } else if (text_[at_] == '#' || text_[at_] == '!') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        found_.push_back(property());
      }
    }
    return std::move(found_);
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  /// Takes one octet, or what an escape stands for; a line that ends with a backslash goes on behind the blanks of the next one.
  void take(std::string& out) {
    if (text_[at_] != '\\' || at_ + 1 >= text_.size()) {
      out += text_[at_++];
      return;
    }
    ++at_;
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    const char c = text_[at_++];
    if (c == '\n') return skip_blanks();
    out += c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
  }

  bool is_at_end() const { return at_ >= text_.size() || text_[at_] == '\n'; }

  Property property() {
    Property one;
    const std::size_t begin = at_;
    while (!is_at_end() && text_[at_] != '=' && text_[at_] != ':' && !is_blank(text_[at_])) take(one.key);
    const std::size_t key_end = at_;
    skip_blanks();
    if (!is_at_end() && (text_[at_] == '=' || text_[at_] == ':')) ++at_;
    skip_blanks();
    const std::size_t value = at_;
    while (!is_at_end()) take(one.value);
    while (!one.value.empty() && is_blank(one.value.back())) one.value.pop_back();
    one.where = one.value.empty() ? located(begin, key_end) : located(value, at_);
    return one;
  }

  Location located(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  std::string_view text_;
  SourceId source_;
  std::size_t at_ = 0;
  std::vector<Property> found_;
};

}  // namespace

std::vector<Property> read_properties(std::string_view text, SourceId source) { return PropertyReader(text, source).read(); }

}  // namespace mainstay
