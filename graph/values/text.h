// Text: a string of which some parts may be unknown.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "graph/values/domain_name.h"

namespace mainstay {

/// A part of a text that cannot be known from the input: a variable without a value, a computed attribute, a templated value.
/// Shape: `name` is how the source writes it ("var.env", "aws_lb.edge.dns_name"); `pattern` is what is known of its value as a
///        host pattern with `*` ("*.elb.*.amazonaws.com"), or empty.
struct Hole {
  std::string name;
  std::string pattern;

  friend auto operator<=>(const Hole&, const Hole&) = default;
};

/// A string made of known pieces and holes, in order. Neighbouring known pieces are always joined.
class Text {
 public:
  using Piece = std::variant<std::string, Hole>;

  Text() = default;
  Text(const std::string& known) { append(std::string_view(known)); }
  Text(std::string_view known) { append(known); }
  Text(const char* known) { append(std::string_view(known)); }
  explicit Text(Hole hole) { append(std::move(hole)); }

  void append(std::string_view known);
  void append(const std::string& known) { append(std::string_view(known)); }
  void append(const char* known) { append(std::string_view(known)); }
  void append(Hole hole);
  void append(const Text& other);

  const std::vector<Piece>& pieces() const { return pieces_; }
  bool empty() const { return pieces_.empty(); }
  bool is_known() const { return pieces_.empty() || (pieces_.size() == 1 && pieces_[0].index() == 0); }
  /// The whole string, when every part is known.
  std::optional<std::string> known() const;
  /// As written for people, holes as `${name}`: "auth.${var.env}.example.com".
  std::string display() const;
  /// The known text behind the last hole; the whole text when there is no hole.
  std::string_view known_suffix() const;
  /// The known text before the first hole; the whole text when there is no hole.
  std::string_view known_prefix() const;
  /// The deepest domain that the text certainly lies in, counted in whole labels behind the last hole;
  /// nothing when no whole label is known ("${x}" or "login-${x}.").
  std::optional<DomainName> known_domain() const;
  /// The bytes [begin, end) of a text, where holes count as one byte each. Used to cut a host name out of a URL.
  Text slice(std::size_t begin, std::size_t end) const;
  /// The text with every hole as the one byte `hole`, to search for delimiters; as long as slice() counts.
  std::string skeleton(char hole = '\x01') const;

  friend auto operator<=>(const Text&, const Text&) = default;

 private:
  std::vector<Piece> pieces_;
};

/// The parts of a URL, or of a bare `host`, `host:port`, that say whom it reaches.
/// User information is dropped: it may be a secret.
struct UrlParts {
  std::string scheme;  // lower case; empty when there is none
  Text host;           // without brackets; may be an address
  std::optional<std::uint16_t> port;
  Text path;  // with its slash, query and fragment cut off; may be empty
};

/// Splits a URL or a bare authority; nothing when there is no plausible host in it (a path, a sentence, an e-mail address).
/// Source: RFC 3986 section 3.2.
std::optional<UrlParts> split_url(const Text& text);

}  // namespace mainstay
