#include "ingest/iac/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace mainstay::iac {
using namespace std::string_view_literals;

namespace {

void append_json_string(const Text& text, Text& out) {
  out.append("\""sv);
  for (const Text::Piece& piece : text.pieces()) {
    const std::string* known = std::get_if<std::string>(&piece);
    if (known == nullptr) {
      out.append(std::get<Hole>(piece));
      continue;
    }
    std::string escaped;
    for (const char c : *known) {
      if (c == '"' || c == '\\') {
        escaped += '\\', escaped += c;
      } else if (c == '\n' || c == '\t' || c == '\r') {
        escaped += c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r";
      } else if (static_cast<unsigned char>(c) < 0x20 || c == '<' || c == '>' || c == '&') {
        escaped += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
      } else {
        escaped += c;
      }
    }
    out.append(std::string_view(escaped));
  }
  out.append("\""sv);
}

void append_json(const Value& value, Text& out) {
  switch (value.kind) {
    case ValueKind::null: return out.append("null"sv);
    case ValueKind::string: return append_json_string(value.text, out);
    case ValueKind::list: {
      out.append("["sv);
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (i > 0) out.append(","sv);
        append_json(value.items[i], out);
      }
      return out.append("]"sv);
    }
    case ValueKind::map: {
      out.append("{"sv);
      for (std::size_t i = 0; i < value.entries.size(); ++i) {
        if (i > 0) out.append(","sv);
        append_json_string(Text(value.entries[i].key), out);
        out.append(":"sv);
        append_json(value.entries[i].value, out);
      }
      return out.append("}"sv);
    }
    default: return out.append(as_text(value));
  }
}

}  // namespace

Value Value::of(bool truth) {
  Value made;
  made.kind = ValueKind::boolean;
  made.truth = truth;
  return made;
}

Value Value::of_number(double number) {
  Value made;
  made.kind = ValueKind::number;
  made.number = number;
  return made;
}

Value Value::of_text(Text text) {
  Value made;
  made.kind = ValueKind::string;
  made.text = std::move(text);
  return made;
}

Value Value::of_list(std::vector<Value> items) {
  Value made;
  made.kind = ValueKind::list;
  made.items = std::move(items);
  for (const Value& item : made.items) made.weight += item.weight;
  return made;
}

Value Value::of_map(std::vector<Entry> entries) {
  Value made;
  made.kind = ValueKind::map;
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
  for (Entry& entry : entries) {
    if (!made.entries.empty() && made.entries.back().key == entry.key) {
      made.entries.back().value = std::move(entry.value);
    } else {
      made.entries.push_back(std::move(entry));
    }
  }
  for (const Entry& entry : made.entries) made.weight += entry.value.weight + 1;
  return made;
}

Value Value::unknown(std::string name, std::string pattern) {
  Value made;
  made.kind = ValueKind::unknown;
  made.hole = {std::move(name), std::move(pattern)};
  return made;
}

Value Value::object(std::string reference) {
  Value made;
  made.kind = ValueKind::object_of;
  made.reference = std::move(reference);
  return made;
}

const Value* Value::entry(std::string_view key) const {
  const auto at = std::lower_bound(entries.begin(), entries.end(), key, [](const Entry& e, std::string_view k) { return e.key < k; });
  return at == entries.end() || at->key != key ? nullptr : &at->value;
}

bool Value::is_wholly_known() const {
  switch (kind) {
    case ValueKind::unknown:
    case ValueKind::object_of:
    case ValueKind::one_of: return false;
    case ValueKind::string: return text.is_known();
    case ValueKind::list: return std::all_of(items.begin(), items.end(), [](const Value& item) { return item.is_wholly_known(); });
    case ValueKind::map:
      return std::all_of(entries.begin(), entries.end(), [](const Entry& entry) { return entry.value.is_wholly_known(); });
    default: return true;
  }
}

std::size_t octets_of(const Text& text) {
  constexpr std::size_t kOctetsOfHole = 128;
  std::size_t octets = 0;
  for (const Text::Piece& piece : text.pieces()) {
    const std::string* const part = std::get_if<std::string>(&piece);
    octets += part != nullptr ? part->size() : kOctetsOfHole;
  }
  return octets;
}

std::string number_text(double number) {
  if (std::isfinite(number) && std::floor(number) == number && std::fabs(number) < 1e15) return fmt::format("{:.0f}", number);
  return fmt::format("{}", number);
}

namespace {

/// The text between what every alternative begins with and what every one ends with is a hole named after what decides.
Text common_text(const Value& value) {
  std::string deciders;
  for (const auto& [decider, choice] : value.alternatives.front().when) deciders += (deciders.empty() ? "" : ",") + decider;
  std::optional<std::string> head, tail;
  for (const Alternative& alternative : value.alternatives) {
    const Text text = as_text(alternative.value, deciders);
    const std::string_view begin = text.known_prefix(), end = text.known_suffix();
    if (!head) head = begin, tail = end;
    head->resize(static_cast<std::size_t>(std::mismatch(head->begin(), head->end(), begin.begin(), begin.end()).first - head->begin()));
    const std::size_t kept =
        static_cast<std::size_t>(std::mismatch(tail->rbegin(), tail->rend(), end.rbegin(), end.rend()).first - tail->rbegin());
    tail->erase(0, tail->size() - kept);
  }
  // The ends of a short text may be the same octets ("a.a" and "a.a.a"): each may be taken once.
  for (const Alternative& alternative : value.alternatives) {
    const std::size_t size = as_text(alternative.value, deciders).skeleton().size();
    if (head->size() + tail->size() > size) head->resize(size - std::min(size, tail->size()));
  }
  Text out(*head);
  out.append(Hole{deciders, ""});
  out.append(std::string_view(*tail));
  return out;
}

}  // namespace

Text as_text(const Value& value, std::string_view name) {
  switch (value.kind) {
    case ValueKind::boolean: return Text(value.truth ? "true" : "false");
    case ValueKind::number: return Text(number_text(value.number));
    case ValueKind::string: return value.text;
    case ValueKind::unknown: return Text(value.hole);
    case ValueKind::object_of: return Text(Hole{value.reference, ""});
    case ValueKind::one_of: return common_text(value);
    default: return Text(Hole{std::string(name), ""});
  }
}

std::optional<std::string> known_text(const Value& value) {
  if (value.kind != ValueKind::string && value.kind != ValueKind::number && value.kind != ValueKind::boolean) return std::nullopt;
  return as_text(value).known();
}

std::optional<double> known_number(const Value& value) {
  if (value.kind == ValueKind::number) return value.number;
  if (value.kind != ValueKind::string) return std::nullopt;
  const std::optional<std::string> text = value.text.known();
  if (!text || text->empty()) return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<std::size_t> known_index(const Value& value) {
  const std::optional<double> number = known_number(value);
  if (!number || *number < 0 || *number > 1e9 || std::floor(*number) != *number) return std::nullopt;
  return static_cast<std::size_t>(*number);
}

std::optional<bool> known_truth(const Value& value) {
  if (value.kind == ValueKind::boolean) return value.truth;
  const std::optional<std::string> text = value.kind == ValueKind::string ? value.text.known() : std::nullopt;
  if (!text || (*text != "true" && *text != "false")) return std::nullopt;
  return *text == "true";
}

std::optional<bool> equal(const Value& a, const Value& b) {
  const auto is_open = [](const Value& v) { return v.is_unknown() || v.kind == ValueKind::object_of || v.kind == ValueKind::one_of; };
  if (is_open(a) || is_open(b)) return std::nullopt;
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case ValueKind::boolean: return a.truth == b.truth;
    case ValueKind::number: return a.number == b.number;
    case ValueKind::string:
      if (!a.text.is_known() || !b.text.is_known()) return std::nullopt;
      return a.text == b.text;
    case ValueKind::list: {
      if (a.items.size() != b.items.size()) return false;
      bool certain = true;
      for (std::size_t i = 0; i < a.items.size(); ++i) {
        const std::optional<bool> one = equal(a.items[i], b.items[i]);
        if (one == false) return false;
        certain = certain && one.has_value();
      }
      return certain ? std::optional(true) : std::nullopt;
    }
    case ValueKind::map: {
      if (a.entries.size() != b.entries.size()) return false;
      bool certain = true;
      for (std::size_t i = 0; i < a.entries.size(); ++i) {
        if (a.entries[i].key != b.entries[i].key) return false;
        const std::optional<bool> one = equal(a.entries[i].value, b.entries[i].value);
        if (one == false) return false;
        certain = certain && one.has_value();
      }
      return certain ? std::optional(true) : std::nullopt;
    }
    default: return true;
  }
}

Text json_text(const Value& value) {
  Text out;
  append_json(value, out);
  return out;
}

}  // namespace mainstay::iac
