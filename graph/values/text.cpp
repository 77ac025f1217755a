#include "graph/values/text.h"

#include <algorithm>
#include <cctype>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

bool is_scheme_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-' || c == '.'; }

constexpr char kHole = '\x01';

bool is_host_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_' || c == kHole; }

/// Where the authority of a URL begins: behind "scheme://", or at 0 when the text is a bare authority.
std::size_t authority_begin(std::string_view shape, std::string& scheme) {
  const std::size_t mark = shape.find("://");
  if (mark == std::string_view::npos || mark == 0) return 0;
  if (!std::all_of(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(mark), is_scheme_char)) return 0;
  scheme = ascii_lower(shape.substr(0, mark));
  return mark + 3;
}

std::optional<std::uint16_t> port_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 5) return std::nullopt;
  unsigned number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  if (number == 0 || number > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(number);
}

}  // namespace

void Text::append(std::string_view known) {
  if (known.empty()) return;
  if (!pieces_.empty() && pieces_.back().index() == 0) {
    std::get<0>(pieces_.back()) += known;
  } else {
    pieces_.emplace_back(std::in_place_index<0>, known);
  }
}

void Text::append(Hole hole) { pieces_.emplace_back(std::move(hole)); }

void Text::append(const Text& other) {
  const std::vector<Piece> copy = other.pieces_;  // `other` may be this text
  for (const Piece& piece : copy) {
    if (const std::string* known = std::get_if<std::string>(&piece)) {
      append(std::string_view(*known));
    } else {
      append(std::get<Hole>(piece));
    }
  }
}

std::optional<std::string> Text::known() const {
  if (pieces_.empty()) return std::string();
  if (!is_known()) return std::nullopt;
  return std::get<0>(pieces_[0]);
}

std::string Text::display() const {
  std::string out;
  for (const Piece& piece : pieces_) {
    if (const std::string* known = std::get_if<std::string>(&piece)) {
      out += *known;
    } else {
      out += "${" + std::get<Hole>(piece).name + "}";
    }
  }
  return out;
}

std::string_view Text::known_suffix() const {
  if (pieces_.empty() || pieces_.back().index() != 0) return {};
  return std::get<0>(pieces_.back());
}

std::string_view Text::known_prefix() const {
  if (pieces_.empty() || pieces_.front().index() != 0) return {};
  return std::get<0>(pieces_.front());
}

std::optional<DomainName> Text::known_domain() const {
  std::string_view suffix = known_suffix();
  if (!is_known()) {
    const std::size_t dot = suffix.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    suffix.remove_prefix(dot + 1);
  }
  if (suffix.empty() || suffix == ".") return std::nullopt;
  Result<DomainName> name = DomainName::parse(suffix);
  if (!name) return std::nullopt;
  return *std::move(name);
}

Text Text::slice(std::size_t begin, std::size_t end) const {
  Text out;
  std::size_t at = 0;
  for (const Piece& piece : pieces_) {
    const std::string* known = std::get_if<std::string>(&piece);
    const std::size_t size = known != nullptr ? known->size() : 1;
    const std::size_t from = std::max(begin, at);
    const std::size_t to = std::min(end, at + size);
    if (from < to) {
      if (known != nullptr) {
        out.append(std::string_view(*known).substr(from - at, to - from));
      } else {
        out.append(std::get<Hole>(piece));
      }
    }
    at += size;
  }
  return out;
}

std::string Text::skeleton(char hole) const {
  std::string out;
  for (const Piece& piece : pieces_) {
    if (const std::string* known = std::get_if<std::string>(&piece)) {
      out += *known;
    } else {
      out += hole;
    }
  }
  return out;
}

std::optional<UrlParts> split_url(const Text& text) {
  const std::string shape = text.skeleton(kHole);
  UrlParts parts;
  std::size_t begin = authority_begin(shape, parts.scheme);
  std::size_t end = shape.find_first_of("/?#", begin);
  if (end == std::string::npos) end = shape.size();
  const std::size_t path_end = std::min(shape.find_first_of("?#", end), shape.size());
  parts.path = text.slice(end, path_end);
  const std::size_t user = shape.rfind('@', end == 0 ? 0 : end - 1);
  if (user != std::string::npos && user >= begin && user < end) {
    if (parts.scheme.empty()) return std::nullopt;  // an e-mail address, not an authority
    begin = user + 1;
  }
  std::size_t host_end = end;
  if (begin < end && shape[begin] == '[') {
    const std::size_t close = shape.find(']', begin);
    if (close == std::string::npos || close >= end) return std::nullopt;
    parts.host = text.slice(begin + 1, close);
    if (close + 1 < end && shape[close + 1] == ':') {
      parts.port = port_number(std::string_view(shape).substr(close + 2, end - close - 2));
    }
    return parts.host.empty() ? std::nullopt : std::optional(std::move(parts));
  }
  const std::size_t colon = shape.find(':', begin);
  if (colon != std::string::npos && colon < end) {
    const std::string_view digits = std::string_view(shape).substr(colon + 1, end - colon - 1);
    parts.port = port_number(digits);
    const bool unknown_port = digits.find(kHole) != std::string_view::npos;
    if (!parts.port && !unknown_port && !digits.empty()) return std::nullopt;
    host_end = colon;
  }
  if (begin >= host_end) return std::nullopt;
  const std::string_view host = std::string_view(shape).substr(begin, host_end - begin);
  if (!std::all_of(host.begin(), host.end(), is_host_char)) return std::nullopt;
  parts.host = text.slice(begin, host_end);
  return parts;
}

}  // namespace mainstay
