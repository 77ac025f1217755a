// Functions on strings. Holes stay in place wherever the known parts decide.
#include <unicase.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "ingest/iac/terraform/functions.h"

namespace mainstay::terraform {
using namespace std::string_view_literals;

namespace {

using Result = std::optional<Value>;

bool is_textual(const Value& value) { return value.kind != ValueKind::list && value.kind != ValueKind::map && !value.is_null(); }

std::optional<std::string> known(Arguments arguments, std::size_t i) {
  return i < arguments.size() ? known_text(arguments[i]) : std::nullopt;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The text with every known piece changed on its own.
template <class Change>
Result piecewise(Arguments arguments, Change change) {
  if (arguments.size() != 1 || !is_textual(arguments[0])) return std::nullopt;
  Text out;
  const Text text = as_text(arguments[0]);
  for (const Text::Piece& piece : text.pieces()) {
    if (const std::string* part = std::get_if<std::string>(&piece)) {
      std::string changed = *part;
      change(changed);
      out.append(std::string_view(changed));
    } else {
      out.append(std::get<Hole>(piece));
    }
  }
  return Value::of_text(std::move(out));
}

using CaseMapping = decltype(&u8_tolower);

Result mapped(Arguments arguments, CaseMapping map) {
  return piecewise(arguments, [&](std::string& s) {
    std::size_t size = 0;
    const std::unique_ptr<std::uint8_t, decltype(&std::free)> made(
        map(reinterpret_cast<const std::uint8_t*>(s.data()), s.size(), nullptr, nullptr, nullptr, &size), &std::free);
    if (made != nullptr) s.assign(reinterpret_cast<const char*>(made.get()), size);
  });
}

Result lower(Arguments arguments) { return mapped(arguments, &u8_tolower); }
Result upper(Arguments arguments) { return mapped(arguments, &u8_toupper); }

Result join(Arguments arguments) {
  const std::optional<std::string> separator = known(arguments, 0);
  if (!separator || arguments.size() < 2) return std::nullopt;
  Text out;
  bool first = true;
  for (const Value& list : arguments.subspan(1)) {
    const std::optional<std::vector<Value>> items = list.kind == ValueKind::list ? elements(list) : std::nullopt;
    if (!items) return std::nullopt;
    for (const Value& item : *items) {
      if (!is_textual(item)) return std::nullopt;
      if (!std::exchange(first, false)) out.append(std::string_view(*separator));
      out.append(as_text(item));
    }
  }
  return Value::of_text(std::move(out));
}

/// A text with holes is split at what is known; a hole might hold separators too, so that only the outer parts would be sure.
Result split(Arguments arguments) {
  const std::optional<std::string> separator = known(arguments, 0);
  const std::optional<std::string> text = known(arguments, 1);
  if (!separator || !text || arguments.size() != 2) return std::nullopt;
  std::vector<Value> parts;
  if (separator->empty()) {
    if (!is_ascii(*text)) return std::nullopt;
    for (const char c : *text) parts.push_back(Value::of_text(std::string(1, c)));
    return Value::of_list(std::move(parts));
  }
  std::size_t begin = 0;
  for (std::size_t at = text->find(*separator); at != std::string::npos; at = text->find(*separator, begin)) {
    parts.push_back(Value::of_text(text->substr(begin, at - begin)));
    begin = at + separator->size();
  }
  parts.push_back(Value::of_text(text->substr(begin)));
  return Value::of_list(std::move(parts));
}

Result replace(Arguments arguments) {
  const std::optional<std::string> text = known(arguments, 0), from = known(arguments, 1), to = known(arguments, 2);
  if (!text || !from || !to || from->empty()) return std::nullopt;
  if (from->size() > 1 && from->starts_with('/') && from->ends_with('/'))
    return replaced_by_pattern(*text, from->substr(1, from->size() - 2), *to);
  std::string out;
  std::size_t begin = 0;
  for (std::size_t at = text->find(*from); at != std::string::npos; at = text->find(*from, begin)) {
    out += text->substr(begin, at - begin) + *to;
    if (out.size() > Value::kMaxOctets) return std::nullopt;
    begin = at + from->size();
  }
  return Value::of_text(out + text->substr(begin));
}

Result trimsuffix(Arguments arguments) {
  const std::optional<std::string> suffix = known(arguments, 1);
  if (!suffix || !is_textual(arguments[0])) return std::nullopt;
  const Text text = as_text(arguments[0]);
  const std::size_t size = text.skeleton().size();
  if (text.known_suffix().ends_with(*suffix)) return Value::of_text(text.slice(0, size - suffix->size()));
  const bool decided = text.is_known() || text.known_suffix().size() >= suffix->size();
  return decided ? Result(Value::of_text(text)) : std::nullopt;
}

Result trimprefix(Arguments arguments) {
  const std::optional<std::string> prefix = known(arguments, 1);
  if (!prefix || !is_textual(arguments[0])) return std::nullopt;
  const Text text = as_text(arguments[0]);
  if (text.known_prefix().starts_with(*prefix)) return Value::of_text(text.slice(prefix->size(), text.skeleton().size()));
  const bool decided = text.is_known() || text.known_prefix().size() >= prefix->size();
  return decided ? Result(Value::of_text(text)) : std::nullopt;
}

Result trimmed(Arguments arguments, std::string_view set) {
  const std::optional<std::string> text = known(arguments, 0);
  if (!text) return std::nullopt;
  const std::size_t begin = text->find_first_not_of(set);
  if (begin == std::string::npos) return Value::of_text(std::string());
  return Value::of_text(text->substr(begin, text->find_last_not_of(set) + 1 - begin));
}

Result trim(Arguments arguments) {
  const std::optional<std::string> set = known(arguments, 1);
  return set ? trimmed(arguments, *set) : std::nullopt;
}

Result trimspace(Arguments arguments) { return trimmed(arguments, " \t\n\v\f\r"); }

Result chomp(Arguments arguments) {
  std::optional<std::string> text = known(arguments, 0);
  if (!text) return std::nullopt;
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  return Value::of_text(*text);
}

/// The shortest path that means the same: without "." and "//", and with ".." carried out where it can be.
std::string clean_path(std::string_view path) {
  const bool is_absolute = path.starts_with('/');
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    if (part.empty() || part == ".") continue;
    const bool is_kept = part != ".." || (parts.empty() ? !is_absolute : parts.back() == "..");
    if (is_kept) {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  std::string out(is_absolute ? "/" : "");
  for (std::size_t at = 0; at < parts.size(); ++at) out.append(at > 0 ? "/" : "").append(parts[at]);
  return out.empty() ? "." : out;
}

Result substr(Arguments arguments) {
  const std::optional<std::string> text = known(arguments, 0);
  if (arguments.size() != 3 || !text || !is_ascii(*text)) return std::nullopt;
  const std::optional<double> offset = known_number(arguments[1]), length = known_number(arguments[2]);
  if (!offset || !length || (*offset < 0 && *length == 0)) return std::nullopt;  // Terraform gives the rest for that
  const double size = static_cast<double>(text->size());
  const double begin = std::clamp(*offset < 0 ? size + *offset : *offset, 0.0, size);
  const double end = *length < 0 ? size : std::min(size, begin + *length);
  return Value::of_text(text->substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
}

Result startswith(Arguments arguments) {
  const std::optional<std::string> text = known(arguments, 0), part = known(arguments, 1);
  return text && part ? Result(Value::of(text->starts_with(*part))) : std::nullopt;
}

Result endswith(Arguments arguments) {
  const std::optional<std::string> text = known(arguments, 0), part = known(arguments, 1);
  return text && part ? Result(Value::of(text->ends_with(*part))) : std::nullopt;
}

Result strcontains(Arguments arguments) {
  const std::optional<std::string> text = known(arguments, 0), part = known(arguments, 1);
  return text && part ? Result(Value::of(text->find(*part) != std::string::npos)) : std::nullopt;
}

Result title(Arguments arguments) {
  std::optional<std::string> text = known(arguments, 0);
  if (!text || !is_ascii(*text)) return std::nullopt;
  bool begins = true;
  for (char& c : *text) {
    if (begins) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    begins = std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_';
  }
  return Value::of_text(*text);
}

/// Every line but the first gets blanks in front.
Result indent(Arguments arguments) {
  const std::optional<std::size_t> width = arguments.size() == 2 ? known_index(arguments[0]) : std::nullopt;
  const std::optional<std::string> text = known(arguments, 1);
  if (!width || !text || *width > 1000) return std::nullopt;
  std::string out;
  for (const char c : *text) {
    out += c;
    if (c == '\n') out.append(*width, ' ');
    if (out.size() > Value::kMaxOctets) return std::nullopt;
  }
  return Value::of_text(out);
}

/// What people see as one character may be several: only ASCII is turned round.
Result strrev(Arguments arguments) {
  const std::optional<std::string> text = known(arguments, 0);
  if (!text || arguments.size() != 1 || !is_ascii(*text)) return std::nullopt;
  return Value::of_text(std::string(text->rbegin(), text->rend()));
}

Result basename(Arguments arguments) {
  std::optional<std::string> path = known(arguments, 0);
  if (!path || arguments.size() != 1) return std::nullopt;
  if (path->empty()) return Value::of_text("."sv);
  while (path->size() > 1 && path->ends_with('/')) path->pop_back();
  if (*path == "/") return Value::of_text("/"sv);
  return Value::of_text(path->substr(path->rfind('/') + 1));
}

Result dirname(Arguments arguments) {
  const std::optional<std::string> path = known(arguments, 0);
  if (!path || arguments.size() != 1) return std::nullopt;
  return Value::of_text(clean_path(std::string_view(*path).substr(0, path->rfind('/') + 1)));
}

Result tostring(Arguments arguments) {
  if (arguments.size() != 1 || arguments[0].kind == ValueKind::list || arguments[0].kind == ValueKind::map) return std::nullopt;
  if (arguments[0].is_null()) return arguments[0];
  Value made = Value::of_text(as_text(arguments[0]));
  made.reference = arguments[0].reference;
  return made;
}

/// One verb of a format string, behind its `%`; advances `at` past it. False when it is not one of those done here.
bool format_verb(std::string_view spec, std::size_t& at, const Value& value, Text& out) {
  bool zero = false;
  std::size_t width = 0;
  for (; at < spec.size() && (std::isdigit(static_cast<unsigned char>(spec[at])) != 0); ++at) {
    zero = zero || (width == 0 && spec[at] == '0');
    width = std::min<std::size_t>(width * 10 + static_cast<std::size_t>(spec[at] - '0'), 1000);
  }
  if (at >= spec.size()) return false;
  const char verb = spec[at++];
  if (verb != 's' && verb != 'd' && verb != 'v' && verb != 'q' && verb != 't') return false;
  if (verb == 'd' && !value.is_unknown() && !known_number(value)) return false;
  if (!is_textual(value)) return false;
  const Text text = verb == 'q' ? json_text(Value::of_text(as_text(value))) : as_text(value);
  const std::optional<std::string> plain = text.known();
  const std::size_t missing = plain && plain->size() < width ? width - plain->size() : 0;
  if (zero && plain && plain->starts_with('-')) {  // the sign stays in front
    out.append("-"sv);
    out.append(std::string_view(std::string(missing, '0') + plain->substr(1)));
    return true;
  }
  out.append(std::string_view(std::string(missing, zero ? '0' : ' ')));
  out.append(text);
  return true;
}

Result format(Arguments arguments) {
  const std::optional<std::string> spec = known(arguments, 0);
  if (!spec) return std::nullopt;
  Text out;
  std::size_t next = 1;
  for (std::size_t at = 0; at < spec->size();) {
    const std::size_t percent = std::min(spec->find('%', at), spec->size());
    out.append(std::string_view(*spec).substr(at, percent - at));
    at = percent + 1;
    if (percent == spec->size()) break;
    if (at < spec->size() && (*spec)[at] == '%') {
      out.append("%"sv);
      ++at;
    } else if (next >= arguments.size() || !format_verb(*spec, at, arguments[next++], out)) {
      return std::nullopt;
    }
  }
  return next == arguments.size() ? Result(Value::of_text(std::move(out))) : std::nullopt;
}

Result formatlist(Arguments arguments) {
  std::size_t size = 1;
  for (const Value& argument : arguments) {
    if (argument.kind == ValueKind::list) size = argument.items.size();
  }
  std::vector<Value> made;
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<Value> row;
    for (const Value& argument : arguments) {
      if (argument.kind == ValueKind::list && argument.items.size() != size) return std::nullopt;
      row.push_back(argument.kind == ValueKind::list ? argument.items[i] : argument);
    }
    Result one = format(row);
    if (!one) return std::nullopt;
    made.push_back(*std::move(one));
  }
  return Value::of_list(std::move(made));
}

/// Where Terraform runs is not known, so that a relative path keeps what stands behind that.
Result abspath(Arguments arguments) {
  const std::optional<std::string> path = arguments.size() == 1 ? known_text(arguments[0]) : std::nullopt;
  if (!path) return std::nullopt;
  std::string clean = std::filesystem::path(*path).lexically_normal().generic_string();
  while (clean.size() > 1 && clean.ends_with('/')) clean.pop_back();
  if (clean.starts_with('/')) return Value::of_text(clean);
  Text made(Hole{"path.cwd", ""});
  if (clean.starts_with("..")) return std::nullopt;
  if (!clean.empty() && clean != ".") made.append("/" + clean);
  return Value::of_text(std::move(made));
}

constexpr Function kFunctions[] = {
    {"abspath", &abspath},
    {"basename", &basename},
    {"chomp", &chomp},
    {"dirname", &dirname},
    {"endswith", &endswith},
    {"format", &format},
    {"formatlist", &formatlist},
    {"indent", &indent},
    {"join", &join},
    {"lower", &lower},
    {"replace", &replace},
    {"split", &split},
    {"startswith", &startswith},
    {"strcontains", &strcontains},
    {"strrev", &strrev},
    {"substr", &substr},
    {"title", &title},
    {"tostring", &tostring},
    {"trim", &trim},
    {"trimprefix", &trimprefix},
    {"trimspace", &trimspace},
    {"trimsuffix", &trimsuffix},
    {"upper", &upper},
};

}  // namespace

std::span<const Function> text_functions() { return kFunctions; }

}  // namespace mainstay::terraform
