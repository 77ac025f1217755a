// DomainName: an absolute DNS name that cannot be malformed.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/values/result.h"

namespace mainstay {

/// An absolute DNS name, kept in lower case with its final dot ("login.example.com.").
///
/// Shape:  printable ASCII stands for itself; every other octet, and a dot or backslash inside a label, is kept as an escape
///         (`\.`, `\\`, `\032`), so that equal names have equal text.
/// Units:  a label has 1 to 63 octets, the whole name at most 255 octets on the wire.
/// Errors: parse() says which limit was broken.
/// Source: RFC 1035 sections 2.3.4 and 5.1 (sizes, escapes), RFC 4343 (names compare without case), RFC 2181 section 11.
class DomainName {
 public:
  /// Reads a name as absolute, whether or not it ends with a dot.
  static Result<DomainName> parse(std::string_view text);
  /// Reads a name of a master file: relative to `origin` unless it ends with a dot; `@` is the origin itself.
  static Result<DomainName> parse_relative(std::string_view text, const DomainName& origin);
  static DomainName root();
  /// The root, like root().
  DomainName() : text_(".") {}

  /// The canonical text with its final dot.
  const std::string& text() const { return text_; }
  /// The text without the final dot, as people write host names; "." for the root.
  std::string_view host() const;

  bool is_root() const { return text_ == "."; }
  bool is_wildcard() const { return text_.starts_with("*."); }
  /// True when this name equals `zone` or lies below it: "a.b." is within "b." and within ".".
  bool is_within(const DomainName& zone) const;
  /// The name without its first label; the root is its own parent.
  DomainName parent() const;
  /// The labels from left to right; none for the root.
  std::vector<std::string_view> labels() const;
  /// Dots between labels, as a resolver's ndots counts them: 2 for "login.example.com.".
  std::size_t dots() const;
  /// This name put in front of `zone`. Errors: the joined name is too long.
  Result<DomainName> within(const DomainName& zone) const;

  friend auto operator<=>(const DomainName&, const DomainName&) = default;

 private:
  explicit DomainName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace mainstay
