// Functions of texts, lists and maps.
// Source: AWS CloudFormation Template Reference Guide, "Intrinsic function reference".
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "graph/values/ip_address.h"
#include "ingest/iac/alternatives.h"
#include "ingest/iac/cloudformation/call.h"

namespace mainstay::cloudformation {
namespace {

/// The texts with the delimiter between them; a list among them counts as its items do.
Value text_of_all(const std::vector<Value>& items, const std::string& delimiter) {
  Text out;
  std::size_t octets = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Text next = as_text(items[i], "Fn::Join");
    octets += iac::octets_of(next) + delimiter.size();
    if (octets > Value::kMaxOctets) return Value::unknown("Fn::Join");
    if (i > 0) out.append(delimiter);
    out.append(next);
  }
  return Value::of_text(std::move(out));
}

Value join(const Value& delimiter, const Value& list) {
  const std::optional<std::string> between = known_text(delimiter);
  if (list.is_unknown()) return Value::of_text(Text(Hole{list.hole.name, ""}));
  if (list.kind != ValueKind::list || !between) return Value::unknown("Fn::Join");
  std::vector<const Value*> items;
  for (const Value& item : list.items) items.push_back(&item);
  return iac::lifted(items, [&](std::vector<Value>& known) {
    std::erase_if(known, [](const Value& item) { return item.is_null(); });
    return text_of_all(known, *between);
  });
}

/// Shape: `truth` of the list says that behind its first item with a hole nothing has a certain place: a hole may hold delimiters.
Value split(const Value& delimiter, const Value& source) {
  const std::optional<std::string> at = known_text(delimiter);
  const Text text = as_text(source, "Fn::Split");
  if (!at || at->empty() || source.kind == ValueKind::list || source.kind == ValueKind::map) return Value::unknown("Fn::Split");
  const std::string shape = text.skeleton();
  std::vector<Value> items;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = std::min(shape.find(*at, begin), shape.size());
    items.push_back(Value::of_text(text.slice(begin, end)));
    if (end == shape.size() || items.size() > Value::kMaxWeight) break;
    begin = end + at->size();
  }
  Value made = Value::of_list(std::move(items));
  made.truth = !text.is_known();
  return made;
}

bool has_hole(const Value& item) { return !item.is_wholly_known(); }

Value select(const Value& index, const Value& list, Value hole) {
  const std::optional<std::size_t> at = known_index(index);
  if (list.is_unknown() && at) {
    hole.hole.name = fmt::format("{}[{}]", list.hole.name, *at);
    return hole;
  }
  if (!at || list.kind != ValueKind::list || *at >= list.items.size()) return hole;
  const auto end = list.items.begin() + static_cast<std::ptrdiff_t>(*at) + 1;
  if (list.truth && std::any_of(list.items.begin(), end, has_hole)) return hole;
  return list.items[*at];
}

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t j = 0; j < 3; ++j) group = group << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j) out += j <= count ? kDigits[group >> (18 - 6 * j) & 63] : '=';
  }
  return out;
}

/// The blocks of an IPv4 network that leave `bits` bits to hosts; nothing when that is no such network.
std::optional<std::vector<Value>> blocks_of(const std::string& network, std::size_t count, std::size_t bits) {
  const std::size_t slash = network.find('/');
  const Result<IpAddress> address = IpAddress::parse(network.substr(0, slash));
  if (slash == std::string::npos || !address || network.find(':') != std::string::npos || count > 256 || bits > 32) return std::nullopt;
  std::uint32_t base = 0;
  const std::string dotted = address->text();
  for (std::size_t at = 0, octet = 0; octet < 4; ++octet) {
    const std::size_t dot = std::min(dotted.find('.', at), dotted.size());
    base = base << 8 | static_cast<std::uint32_t>(std::stoul(dotted.substr(at, dot - at)));
    at = dot + 1;
  }
  std::vector<Value> made;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t next = base + static_cast<std::uint32_t>(static_cast<std::uint64_t>(i) << bits);
    made.push_back(
        Value::of_text(Text(fmt::format("{}.{}.{}.{}/{}", next >> 24, next >> 16 & 255, next >> 8 & 255, next & 255, 32 - bits))));
  }
  return made;
}

}  // namespace

Value Program::call_join(const Call& call) {
  const Value delimiter = call.value(0), list = call.value(1);
  return iac::lifted({&delimiter, &list}, [](std::vector<Value>& known) { return join(known[0], known[1]); });
}

Value Program::call_split(const Call& call) {
  const Value delimiter = call.value(0), source = call.value(1);
  return iac::lifted({&delimiter, &source}, [](std::vector<Value>& known) { return split(known[0], known[1]); });
}

Value Program::call_select(const Call& call) {
  const Value index = call.value(0), list = call.value(1);
  const std::optional<std::size_t> at = known_index(index);
  if (at && list.kind == ValueKind::list && !list.truth && *at >= list.items.size()) {
    unit_.warning(call.written.origin, fmt::format("Fn::Select: the list has no item {}; it has {}", *at, list.items.size()),
                  "the first item is number 0");
  }
  return iac::lifted({&index, &list}, [&](std::vector<Value>& known) { return select(known[0], known[1], call.hole()); });
}

/// The value of a key; every value of the map when the key is not known, each with the key as its condition.
Value Program::map_entry(const Value& map, const std::string& where, const Value& key, const Value* fallback) {
  if (const std::optional<std::string> name = known_text(key)) {
    const Value* found = map.kind == ValueKind::map ? map.entry(*name) : nullptr;
    if (found != nullptr) return *found;
    return fallback != nullptr ? *fallback : Value::unknown(fmt::format("{}[{}]", where, *name));
  }
  const std::string decider = as_text(key, where).display();
  // "${AWS::Region}" alone decides as AWS::Region does elsewhere.
  const bool is_plain = key.is_unknown() || (key.text.pieces().size() == 1 && key.kind == ValueKind::string);
  const std::string name = !is_plain ? decider : key.is_unknown() ? key.hole.name : std::get<Hole>(key.text.pieces().front()).name;
  std::vector<Alternative> found;
  for (const Entry& entry : map.entries) found.push_back({{{name, entry.key}}, entry.value});
  if (fallback != nullptr) found.push_back({{{name, "another one"}}, *fallback});
  return found.empty() ? Value::unknown(where) : iac::one_of(std::move(found));
}

Value Program::call_find_in_map(const Call& call) {
  const Value name = call.value(0), first = call.value(1), second = call.value(2);
  const Value& options = call.at(3);
  const Value fallback = evaluate(part(options, "DefaultValue"), call.stack);
  const Value* otherwise = fallback.is_null() ? nullptr : &fallback;
  return iac::lifted({&name, &first, &second}, [&](std::vector<Value>& known) {
    const std::string map_name = known_text(known[0]).value_or("");
    const Value& map = part(part(call.stack.root, "Mappings"), map_name);
    if (map.is_null()) return otherwise != nullptr ? *otherwise : call.hole();
    const Value outer = map_entry(map, map_name, known[1], nullptr);
    const Value inner = iac::lifted({&outer, &known[2]}, [&](std::vector<Value>& both) {
      if (both[0].kind != ValueKind::map) return otherwise != nullptr ? *otherwise : both[0];
      return map_entry(both[0], map_name, both[1], otherwise);
    });
    return evaluate(inner, call.stack);
  });
}

Value Program::call_base64(const Call& call) {
  const std::optional<std::string> text = known_text(call.value(0));
  return text ? Value::of_text(Text(base64(*text))) : call.hole();
}

Value Program::call_cidr(const Call& call) {
  const std::optional<std::string> network = known_text(call.value(0));
  const std::optional<std::size_t> count = known_index(call.value(1)), bits = known_index(call.value(2));
  std::optional<std::vector<Value>> blocks = network && count && bits ? blocks_of(*network, *count, *bits) : std::nullopt;
  return blocks ? Value::of_list(*std::move(blocks)) : call.hole();
}

/// Which zones an account has in a region is not known; that two of them are different is.
Value Program::call_get_azs(const Call& call) {
  const Value asked = call.value(0);
  const std::optional<std::string> name = known_text(asked);
  const Text text = name && name->empty() ? region(call.stack) : as_text(asked, "AWS::Region");
  return Value::unknown(fmt::format("zones of {}", text.display()));
}

Value Program::call_length(const Call& call) {
  const Value list = call.argument.kind == ValueKind::list ? evaluate(call.argument, call.stack) : call.value(0);
  return iac::lifted({&list}, [&](std::vector<Value>& known) {
    if (known[0].kind != ValueKind::list || known[0].truth) return call.hole();
    return Value::of_number(static_cast<double>(known[0].items.size()));
  });
}

Value Program::call_to_json(const Call& call) {
  Value inner = evaluate(call.argument, call.stack);
  Value made = Value::of_text(json_text(inner));
  made.weight += inner.weight;
  made.items.push_back(std::move(inner));
  return made;
}

}  // namespace mainstay::cloudformation
