#include "tests/render/well_formed.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace mainstay {
namespace {

/// Reads a document from left to right; stops at the first fault.
class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  std::string fault() {
    while (at_ < text_.size() && fault_.empty()) {
      if (text_[at_] != '<') {
        character();
      } else if (text_.substr(at_).starts_with("</")) {
        close();
      } else {
        open();
      }
    }
    if (fault_.empty() && !open_.empty()) fail("not closed: " + open_.back());
    if (fault_.empty() && roots_ != 1) fail("not one root");
    return fault_;
  }

 private:
  void fail(const std::string& why) { fault_ = why + " at octet " + std::to_string(at_); }

  std::string name() {
    const std::size_t begin = at_;
    constexpr std::string_view kSigns = "-:._";
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || kSigns.find(text_[at_]) != std::string_view::npos))
      ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  /// One character of text or of an attribute value.
  void character() {
    const char c = text_[at_];
    if (c == '&') {
      constexpr std::array<std::string_view, 5> kEntities = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
      const auto known =
          std::find_if(kEntities.begin(), kEntities.end(), [&](std::string_view one) { return text_.substr(at_).starts_with(one); });
      if (known == kEntities.end()) return fail("unknown entity");
      at_ += known->size();
      return;
    }
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') return fail("control character");
    if (open_.empty() && c != '\n') return fail("text outside the root");
    ++at_;
  }

  void close() {
    at_ += 2;
    const std::string element = name();
    if (open_.empty() || open_.back() != element) return fail("closed out of turn: " + element);
    open_.pop_back();
    if (text_.substr(at_, 1) != ">") return fail("no end of tag");
    ++at_;
  }

  void open() {
    ++at_;
    const std::string element = name();
    if (element.empty()) return fail("no element name");
    if (open_.empty()) ++roots_;
    std::vector<std::string> seen;
    while (fault_.empty() && text_.substr(at_, 1) == " ") attribute(seen);
    open_.push_back(element);
    if (text_.substr(at_, 2) == "/>") {
      open_.pop_back();
      at_ += 2;
    } else if (text_.substr(at_, 1) == ">") {
      ++at_;
    } else if (fault_.empty()) {
      fail("no end of tag");
    }
  }

  void attribute(std::vector<std::string>& seen) {
    ++at_;
    open_.emplace_back("attribute");
    const std::string key = name();
    if (key.empty() || std::find(seen.begin(), seen.end(), key) != seen.end()) fail("bad or repeated attribute " + key);
    seen.push_back(key);
    if (fault_.empty() && text_.substr(at_, 2) != "=\"") fail("no value");
    at_ += 2;
    while (fault_.empty() && at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '<') return fail("'<' in a value");
      character();
    }
    ++at_;
    open_.pop_back();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t roots_ = 0;
  std::vector<std::string> open_;
  std::string fault_;
};

}  // namespace

std::string xml_fault(std::string_view text) { return XmlReader(text).fault(); }

}  // namespace mainstay
