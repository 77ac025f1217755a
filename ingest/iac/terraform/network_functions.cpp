// Functions on address prefixes.
// Source: developer.hashicorp.com/terraform/language/functions/cidrhost, .../cidrsubnet, .../cidrnetmask.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "graph/values/ip_address.h"
#include "ingest/iac/terraform/functions.h"

namespace mainstay::terraform {
namespace {

using Result = std::optional<Value>;

struct Prefix {
  std::array<std::uint8_t, 16> bytes{};
  unsigned size = 0;  // of an address, in bits
  unsigned bits = 0;  // of the prefix
};

void clear_behind(Prefix& prefix) {
  for (unsigned bit = prefix.bits; bit < prefix.size; ++bit) {
    prefix.bytes[bit / 8] = static_cast<std::uint8_t>(prefix.bytes[bit / 8] & ~(0x80u >> (bit % 8)));
  }
}

std::optional<Prefix> prefix_of(Arguments arguments) {
  const std::optional<std::string> text = arguments.empty() ? std::nullopt : known_text(arguments[0]);
  const std::size_t slash = text ? text->find('/') : std::string::npos;
  if (slash == std::string::npos) return std::nullopt;
  const auto address = IpAddress::parse(std::string_view(*text).substr(0, slash));
  Prefix made;
  const auto [end, error] = std::from_chars(text->data() + slash + 1, text->data() + text->size(), made.bits);
  if (!address || error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  made.bytes = address->bytes();
  made.size = address->is_v4() ? 32 : 128;
  if (made.bits > made.size) return std::nullopt;
  clear_behind(made);
  return made;
}

/// Adds a number to the address, its last bit being bit `last` - 1.
void add(Prefix& prefix, unsigned last, std::uint64_t number) {
  unsigned carry = 0;
  for (unsigned bit = last; bit-- > 0 && (number != 0 || carry != 0); number >>= 1) {
    const unsigned mask = 0x80u >> (bit % 8);
    const unsigned total = ((prefix.bytes[bit / 8] & mask) != 0 ? 1u : 0u) + static_cast<unsigned>(number & 1u) + carry;
    prefix.bytes[bit / 8] = static_cast<std::uint8_t>((prefix.bytes[bit / 8] & ~mask) | ((total & 1u) != 0 ? mask : 0u));
    carry = total >> 1;
  }
}

std::string text_of(const Prefix& prefix) {
  if (prefix.size == 32) return fmt::format("{}.{}.{}.{}", prefix.bytes[0], prefix.bytes[1], prefix.bytes[2], prefix.bytes[3]);
  std::string text;
  for (std::size_t i = 0; i < 16; i += 2) text += fmt::format("{}{:x}", i > 0 ? ":" : "", prefix.bytes[i] * 256 + prefix.bytes[i + 1]);
  const auto address = IpAddress::parse(text);
  return address ? address->text() : text;
}

/// Whether `number` fits into that many bits.
bool fits(double number, unsigned bits) { return number >= 0 && number < std::ldexp(1.0, static_cast<int>(std::min(bits, 53u))); }

Result cidrhost(Arguments arguments) {
  std::optional<Prefix> prefix = prefix_of(arguments);
  const std::optional<double> host = arguments.size() == 2 ? known_number(arguments[1]) : std::nullopt;
  if (!prefix || !host || std::floor(*host) != *host) return std::nullopt;
  const unsigned free = prefix->size - prefix->bits;
  double number = *host;
  if (number < 0) number += std::ldexp(1.0, static_cast<int>(free));  // counted from the end
  if (!fits(number, free)) return std::nullopt;
  add(*prefix, prefix->size, static_cast<std::uint64_t>(number));
  return Value::of_text(text_of(*prefix));
}

Result cidrsubnet(Arguments arguments) {
  std::optional<Prefix> prefix = prefix_of(arguments);
  if (!prefix || arguments.size() != 3) return std::nullopt;
  const std::optional<std::size_t> bits = known_index(arguments[1]), number = known_index(arguments[2]);
  if (!bits || !number || *bits > prefix->size - prefix->bits || !fits(static_cast<double>(*number), static_cast<unsigned>(*bits))) {
    return std::nullopt;
  }
  prefix->bits += static_cast<unsigned>(*bits);
  add(*prefix, prefix->bits, *number);
  return Value::of_text(fmt::format("{}/{}", text_of(*prefix), prefix->bits));
}

Result cidrnetmask(Arguments arguments) {
  const std::optional<Prefix> prefix = prefix_of(arguments);
  if (!prefix || prefix->size != 32) return std::nullopt;
  const std::uint32_t mask = prefix->bits == 0 ? 0 : ~std::uint32_t{0} << (32 - prefix->bits);
  return Value::of_text(fmt::format("{}.{}.{}.{}", mask >> 24, (mask >> 16) & 255, (mask >> 8) & 255, mask & 255));
}

/// One subnet behind the other, each as large as it was asked to be and on a boundary of its size.
Result cidrsubnets(Arguments arguments) {
  const std::optional<Prefix> whole = prefix_of(arguments);
  if (!whole) return std::nullopt;
  std::vector<Value> all;
  Prefix next = *whole;  // the first address that is free
  for (const Value& argument : arguments.subspan(1)) {
    const std::optional<std::size_t> bits = known_index(argument);
    if (!bits || *bits == 0 || *bits > whole->size - whole->bits) return std::nullopt;
    Prefix one = next;
    one.bits = whole->bits + static_cast<unsigned>(*bits);
    clear_behind(one);
    if (one.bytes != next.bytes) add(one, one.bits, 1);  // its size begins a boundary further on
    Prefix around = one;
    around.bits = whole->bits;
    clear_behind(around);
    if (around.bytes != whole->bytes) return std::nullopt;  // no room is left
    all.push_back(Value::of_text(fmt::format("{}/{}", text_of(one), one.bits)));
    next = one;
    add(next, one.bits, 1);
  }
  return Value::of_list(std::move(all));
}

constexpr Function kFunctions[] = {
    {"cidrhost", &cidrhost}, {"cidrnetmask", &cidrnetmask}, {"cidrsubnet", &cidrsubnet}, {"cidrsubnets", &cidrsubnets}};

}  // namespace

std::span<const Function> network_functions() { return kFunctions; }

}  // namespace mainstay::terraform
