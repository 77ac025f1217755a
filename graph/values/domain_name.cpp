#include "graph/values/domain_name.h"

#include <fmt/format.h>

namespace mainstay {
namespace {

constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxName = 255;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Appends one octet of a label in canonical form.
void append_octet(std::string& out, unsigned char octet) {
  if (octet == '.' || octet == '\\') {
    out += '\\';
    out += static_cast<char>(octet);
  } else if (octet <= ' ' || octet >= 0x7f) {
    out += fmt::format("\\{:03}", octet);
  } else if (octet >= 'A' && octet <= 'Z') {
    out += static_cast<char>(octet - 'A' + 'a');
  } else {
    out += static_cast<char>(octet);
  }
}

struct Canonical {
  std::string text;        // without a final dot
  std::size_t octets = 0;  // on the wire, without the root label
  bool absolute = false;   // the text ended with a dot
};

/// Reads an escape after its backslash at `at`; moves `at` behind it.
Result<unsigned char> read_escape(std::string_view text, std::size_t& at) {
  if (at >= text.size()) return Error{"a name ends with a lone backslash"};
  if (!is_digit(text[at])) return static_cast<unsigned char>(text[at++]);
  if (at + 2 >= text.size() || !is_digit(text[at + 1]) || !is_digit(text[at + 2])) {
    return Error{"an escape in a name has three digits, as in \\032"};
  }
  const int value = (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
  if (value > 255) return Error{"an escape in a name is at most \\255"};
  at += 3;
  return static_cast<unsigned char>(value);
}

Result<Canonical> canonical(std::string_view text) {
  Canonical name;
  std::size_t label = 0;
  name.text.reserve(text.size() + 1);
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at++];
    if (c == '.') {
      if (label == 0) return Error{"a name has an empty label"};
      name.octets += label + 1;
      label = 0;
      if (at == text.size()) {
        name.absolute = true;
        return name;
      }
      name.text += '.';
    } else if (c == '\\') {
      const Result<unsigned char> octet = read_escape(text, at);
      if (!octet) return Error{octet.error()};
      append_octet(name.text, *octet);
      ++label;
    } else {
      append_octet(name.text, static_cast<unsigned char>(c));
      ++label;
    }
    if (label > kMaxLabel) return Error{"a label has more than 63 octets"};
    if (name.octets + label + 2 > kMaxName) return Error{"a name has more than 255 octets"};
  }
  if (label == 0) return Error{"a name is empty"};
  name.octets += label + 1;
  return name;
}

/// Octets of canonical text on the wire, without the root label.
std::size_t wire_octets(std::string_view text) {
  std::size_t octets = 0;
  for (std::size_t at = 0; at < text.size(); ++at, ++octets) {
    if (text[at] == '\\') at += is_digit(text[at + 1]) ? 3 : 1;
  }
  return octets;
}

/// Position behind the first label's dot in canonical text.
std::size_t first_label_end(std::string_view text) {
  std::size_t at = 0;
  while (text[at] != '.') at += text[at] == '\\' ? 2 : 1;
  return at + 1;
}

}  // namespace

Result<DomainName> DomainName::parse(std::string_view text) {
  if (text == ".") return root();
  Result<Canonical> name = canonical(text);
  if (!name) return Error{name.error()};
  return DomainName(name->text + ".");
}

Result<DomainName> DomainName::parse_relative(std::string_view text, const DomainName& origin) {
  if (text == "@") return origin;
  if (text == ".") return root();
  Result<Canonical> name = canonical(text);
  if (!name) return Error{name.error()};
  const DomainName read(name->text + ".");
  if (name->absolute) return read;
  return read.within(origin);
}

DomainName DomainName::root() { return DomainName("."); }

std::string_view DomainName::host() const {
  if (is_root()) return text_;
  return std::string_view(text_).substr(0, text_.size() - 1);
}

bool DomainName::is_within(const DomainName& zone) const {
  if (zone.is_root() || text_ == zone.text_) return true;
  if (text_.size() <= zone.text_.size() || !text_.ends_with(zone.text_)) return false;
  const std::size_t dot = text_.size() - zone.text_.size() - 1;
  if (text_[dot] != '.') return false;
  std::size_t backslashes = 0;
  while (backslashes < dot && text_[dot - 1 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 == 0;
}

DomainName DomainName::parent() const {
  if (is_root()) return *this;
  std::string rest = text_.substr(first_label_end(text_));
  return DomainName(rest.empty() ? "." : std::move(rest));
}

std::vector<std::string_view> DomainName::labels() const {
  std::vector<std::string_view> labels;
  if (is_root()) return labels;
  std::string_view rest = text_;
  while (!rest.empty()) {
    const std::size_t end = first_label_end(rest);
    labels.push_back(rest.substr(0, end - 1));
    rest.remove_prefix(end);
  }
  return labels;
}

std::size_t DomainName::dots() const {
  const std::size_t count = labels().size();
  return count == 0 ? 0 : count - 1;
}

Result<DomainName> DomainName::within(const DomainName& zone) const {
  if (zone.is_root()) return *this;
  if (is_root()) return zone;
  if (wire_octets(text_) + wire_octets(zone.text_) + 1 > kMaxName) {
    return Error{fmt::format("the name becomes longer than 255 octets when {} is added", zone.text_)};
  }
  return DomainName(text_ + zone.text_);
}

}  // namespace mainstay
