// Functions of texts and lists of ARM templates and Bicep. Holes stay in place wherever the known parts decide.
// Source: learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string, ...-array.
#include <algorithm>
#include <string>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/azure/functions.h"

namespace mainstay::azure {
namespace {

using Result = std::optional<Value>;

Result concat(Arguments arguments) {
  const bool is_list = std::any_of(arguments.begin(), arguments.end(), is_collection);
  if (is_list) {
    std::vector<Value> items;
    for (const Value& one : arguments) {
      if (one.kind != ValueKind::list) return std::nullopt;
      items.insert(items.end(), one.items.begin(), one.items.end());
    }
    return Value::of_list(std::move(items));
  }
  Text out;
  for (const Value& one : arguments) out.append(as_text(one));
  return Value::of_text(std::move(out));
}

/// "{0}-{1:N}": what stands behind a colon is a form of .NET, which is not followed.
Result format(Arguments arguments) {
  const std::optional<std::string> form = text_at(arguments, 0);
  if (!form) return std::nullopt;
  Text out;
  for (std::size_t at = 0; at < form->size();) {
    const std::string_view rest = std::string_view(*form).substr(at);
    if (rest.starts_with("{{") || rest.starts_with("}}")) {
      out.append(rest.substr(0, 1));
      at += 2;
    } else if (rest.front() == '{') {
      const std::size_t end = rest.find('}');
      if (end == std::string_view::npos) return std::nullopt;
      const std::string_view inside = rest.substr(1, end - 1);
      const std::optional<std::size_t> index = known_index(Value::of_text(std::string(inside)));
      if (!index || *index + 1 >= arguments.size()) return std::nullopt;
      out.append(as_text(arguments[*index + 1]));
      at += end + 1;
    } else {
      const std::size_t end = std::min(rest.find_first_of("{}"), rest.size());
      out.append(rest.substr(0, std::max<std::size_t>(end, 1)));
      at += std::max<std::size_t>(end, 1);
    }
  }
  return Value::of_text(std::move(out));
}

Text changed(const Text& text, std::string (*change)(std::string_view)) {
  Text out;
  for (const Text::Piece& piece : text.pieces()) {
    if (const std::string* known = std::get_if<std::string>(&piece)) {
      out.append(change(*known));
    } else {
      out.append(std::get<Hole>(piece));
    }
  }
  return out;
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

Result to_lower(Arguments arguments) {
  if (arguments.size() != 1 || is_collection(arguments[0])) return std::nullopt;
  return Value::of_text(changed(as_text(arguments[0]), [](std::string_view text) { return ascii_lower(text); }));
}

Result to_upper(Arguments arguments) {
  if (arguments.size() != 1 || is_collection(arguments[0])) return std::nullopt;
  return Value::of_text(changed(as_text(arguments[0]), &upper));
}

Result replace(Arguments arguments) {
  const std::optional<std::string> sought = text_at(arguments, 1), instead = text_at(arguments, 2);
  if (arguments.size() != 3 || !sought || !instead || sought->empty() || is_collection(arguments[0])) return std::nullopt;
  const Text whole = as_text(arguments[0]);
  Text out;
  for (const Text::Piece& piece : whole.pieces()) {
    const std::string* known = std::get_if<std::string>(&piece);
    if (known == nullptr) {
      out.append(std::get<Hole>(piece));
      continue;
    }
    std::string made;
    for (std::size_t at = 0; at < known->size();) {
      if (made.size() > Value::kMaxOctets) return std::nullopt;
      const bool is_here = known->compare(at, sought->size(), *sought) == 0;
      made += is_here ? *instead : known->substr(at, 1);
      at += is_here ? sought->size() : 1;
    }
    out.append(made);
  }
  return Value::of_text(std::move(out));
}

Result split(Arguments arguments) {
  const std::optional<std::string> text = text_at(arguments, 0);
  if (!text || arguments.size() != 2) return std::nullopt;
  std::vector<std::string> delimiters;
  for (const Value& one : arguments[1].kind == ValueKind::list ? arguments[1].items : std::vector<Value>{arguments[1]}) {
    const std::optional<std::string> known = known_text(one);
    if (!known || known->empty()) return std::nullopt;
    delimiters.push_back(*known);
  }
  std::vector<Value> parts;
  std::string part;
  for (std::size_t at = 0; at < text->size();) {
    const auto found =
        std::find_if(delimiters.begin(), delimiters.end(), [&](const std::string& one) { return text->compare(at, one.size(), one) == 0; });
    if (found == delimiters.end()) {
      part += (*text)[at++];
      continue;
    }
    parts.push_back(Value::of_text(std::exchange(part, {})));
    at += found->size();
  }
  parts.push_back(Value::of_text(part));
  return Value::of_list(std::move(parts));
}

Result join(Arguments arguments) {
  const std::optional<std::string> between = text_at(arguments, 1);
  if (arguments.size() != 2 || arguments[0].kind != ValueKind::list || !between) return std::nullopt;
  Text out;
  for (const Value& item : arguments[0].items) {
    if (&item != &arguments[0].items.front()) out.append(*between);
    out.append(as_text(item));
  }
  return Value::of_text(std::move(out));
}

Result trim(Arguments arguments) {
  const std::optional<std::string> text = text_at(arguments, 0);
  if (!text) return std::nullopt;
  const std::size_t begin = text->find_first_not_of(" \t\r\n"), end = text->find_last_not_of(" \t\r\n");
  return Value::of_text(begin == std::string::npos ? std::string() : text->substr(begin, end + 1 - begin));
}

/// The part of a text or of a list from `begin` on, `count` long.
Result part_of(const Value& whole, std::size_t begin, std::size_t count) {
  if (whole.kind == ValueKind::list) {
    begin = std::min(begin, whole.items.size());
    const auto first = whole.items.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = first + static_cast<std::ptrdiff_t>(std::min(count, whole.items.size() - begin));
    return Value::of_list(std::vector<Value>(first, last));
  }
  const std::optional<std::string> text = known_text(whole);
  if (!text) return std::nullopt;
  return Value::of_text(text->substr(std::min(begin, text->size()), count));
}

Result substring(Arguments arguments) {
  const std::optional<std::size_t> begin = arguments.size() > 1 ? known_index(arguments[1]) : std::nullopt;
  const std::optional<std::size_t> count = arguments.size() > 2 ? known_index(arguments[2]) : std::optional(std::string::npos);
  if (!begin || !count || arguments[0].kind == ValueKind::list) return std::nullopt;
  return part_of(arguments[0], *begin, *count);
}

Result take(Arguments arguments) {
  const std::optional<std::size_t> count = arguments.size() == 2 ? known_index(arguments[1]) : std::nullopt;
  return count ? part_of(arguments[0], 0, *count) : std::nullopt;
}

Result skip(Arguments arguments) {
  const std::optional<std::size_t> count = arguments.size() == 2 ? known_index(arguments[1]) : std::nullopt;
  return count ? part_of(arguments[0], *count, std::string::npos) : std::nullopt;
}

Result first(Arguments arguments) {
  if (arguments.size() != 1) return std::nullopt;
  if (arguments[0].kind == ValueKind::list) return arguments[0].items.empty() ? Value() : arguments[0].items.front();
  return part_of(arguments[0], 0, 1);
}

Result last(Arguments arguments) {
  if (arguments.size() != 1) return std::nullopt;
  if (arguments[0].kind == ValueKind::list) return arguments[0].items.empty() ? Value() : arguments[0].items.back();
  const std::optional<std::string> text = text_at(arguments, 0);
  return text && !text->empty() ? Result(Value::of_text(text->substr(text->size() - 1))) : std::nullopt;
}

Result starts_with(Arguments arguments) {
  const std::optional<std::string> text = text_at(arguments, 0), begin = text_at(arguments, 1);
  if (!text || !begin) return std::nullopt;
  return Value::of(ascii_lower(*text).starts_with(ascii_lower(*begin)));
}

Result ends_with(Arguments arguments) {
  if (arguments.size() != 2 || is_collection(arguments[0])) return std::nullopt;
  const Text text = as_text(arguments[0]);
  const std::optional<std::string> end = text_at(arguments, 1);
  if (!end) return std::nullopt;
  const std::string known = ascii_lower(text.known_suffix());
  if (text.is_known() || known.size() >= end->size()) return Value::of(known.ends_with(ascii_lower(*end)));
  return std::nullopt;
}

Result contains(Arguments arguments) {
  if (arguments.size() != 2) return std::nullopt;
  const std::optional<std::string> sought = text_at(arguments, 1);
  if (arguments[0].kind == ValueKind::map) return sought ? Result(Value::of(arguments[0].entry(*sought) != nullptr)) : std::nullopt;
  if (arguments[0].kind == ValueKind::list) {
    bool is_open = false;
    for (const Value& item : arguments[0].items) {
      const std::optional<bool> one = equal(item, arguments[1]);
      if (one == true) return Value::of(true);
      is_open = is_open || !one;
    }
    return is_open ? std::nullopt : Result(Value::of(false));
  }
  const std::optional<std::string> text = text_at(arguments, 0);
  return text && sought ? Result(Value::of(text->find(*sought) != std::string::npos)) : std::nullopt;
}

Result index_of(Arguments arguments) {
  const std::optional<std::string> text = text_at(arguments, 0), sought = text_at(arguments, 1);
  if (!text || !sought) return std::nullopt;
  const std::size_t at = ascii_lower(*text).find(ascii_lower(*sought));
  return Value::of_number(at == std::string::npos ? -1 : static_cast<double>(at));
}

Result last_index_of(Arguments arguments) {
  const std::optional<std::string> text = text_at(arguments, 0), sought = text_at(arguments, 1);
  if (!text || !sought) return std::nullopt;
  const std::size_t at = ascii_lower(*text).rfind(ascii_lower(*sought));
  return Value::of_number(at == std::string::npos ? -1 : static_cast<double>(at));
}

constexpr PureFunctionRow kFunctions[] = {
    {"concat", &concat},
    {"contains", &contains},
    {"endswith", &ends_with},
    {"first", &first},
    {"format", &format},
    {"indexof", &index_of},
    {"join", &join},
    {"last", &last},
    {"lastindexof", &last_index_of},
    {"replace", &replace},
    {"skip", &skip},
    {"split", &split},
    {"startswith", &starts_with},
    {"substring", &substring},
    {"take", &take},
    {"tolower", &to_lower},
    {"toupper", &to_upper},
    {"trim", &trim},
};

}  // namespace

std::span<const PureFunctionRow> text_functions() { return kFunctions; }

}  // namespace mainstay::azure
