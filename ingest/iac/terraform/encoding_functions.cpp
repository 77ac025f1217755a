// Functions that write a text in another form, and digests.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <string>
#include <utility>

#include "graph/values/ascii.h"
#include "ingest/iac/terraform/functions.h"
#include "ingest/syntax/utf8.h"

namespace mainstay::terraform {
namespace {

using Result = std::optional<Value>;

std::optional<std::string> text_of(Arguments arguments) { return arguments.size() == 1 ? known_text(arguments[0]) : std::nullopt; }

std::string base64(std::string_view octets) {
  std::string out((octets.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(octets.data()),
                                   static_cast<int>(octets.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

Result base64encode(Arguments arguments) {
  const std::optional<std::string> text = text_of(arguments);
  if (!text || text->size() > Value::kMaxOctets) return std::nullopt;
  return Value::of_text(base64(*text));
}

/// Octets that are no UTF-8 are refused, as Terraform does.
Result base64decode(Arguments arguments) {
  const std::optional<std::string> text = text_of(arguments);
  if (!text || text->size() > Value::kMaxOctets) return std::nullopt;
  std::string digits;
  std::copy_if(text->begin(), text->end(), std::back_inserter(digits), [](char c) { return c != '\r' && c != '\n'; });
  const std::size_t padding = digits.ends_with("==") ? 2 : digits.ends_with('=') ? 1 : 0;
  if (digits.size() % 4 != 0) return std::nullopt;
  std::string out(digits.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(digits.data()),
                                   static_cast<int>(digits.size()));
  if (size != static_cast<int>(out.size())) return std::nullopt;
  out.resize(out.size() - padding);
  return !repaired_utf8(out) ? Result(Value::of_text(out)) : std::nullopt;
}

Result urlencode(Arguments arguments) {
  const std::optional<std::string> text = text_of(arguments);
  if (!text) return std::nullopt;
  std::string out;
  for (const char c : *text) {
    const bool is_plain = is_ascii_alphanumeric(c) || c == '-' || c == '_' || c == '.' || c == '~';
    if (is_plain) {
      out += c;
    } else {
      out += c == ' ' ? std::string("+") : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return Value::of_text(out);
}

std::string digest(const EVP_MD* kind, std::string_view octets) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  if (EVP_Digest(octets.data(), octets.size(), reinterpret_cast<unsigned char*>(out.data()), &size, kind, nullptr) != 1) size = 0;
  out.resize(size);
  return out;
}

std::string hexadecimal(std::string_view octets) {
  std::string out;
  for (const char octet : octets) out += fmt::format("{:02x}", static_cast<unsigned char>(octet));
  return out;
}

/// Of a machine that refuses a digest (MD5 where the policy forbids it) the value stays unknown.
Result shown_digest(Arguments arguments, const EVP_MD* kind, std::string (*shown)(std::string_view)) {
  const std::optional<std::string> text = text_of(arguments);
  const std::string octets = text ? digest(kind, *text) : std::string();
  return octets.empty() ? std::nullopt : Result(Value::of_text(shown(octets)));
}

Result md5(Arguments arguments) { return shown_digest(arguments, EVP_md5(), &hexadecimal); }
Result sha1(Arguments arguments) { return shown_digest(arguments, EVP_sha1(), &hexadecimal); }
Result sha256(Arguments arguments) { return shown_digest(arguments, EVP_sha256(), &hexadecimal); }
Result sha512(Arguments arguments) { return shown_digest(arguments, EVP_sha512(), &hexadecimal); }
Result base64sha256(Arguments arguments) { return shown_digest(arguments, EVP_sha256(), &base64); }
Result base64sha512(Arguments arguments) { return shown_digest(arguments, EVP_sha512(), &base64); }

std::optional<std::string> octets_of_uuid(std::string_view text) {
  std::string out;
  if (text.size() != 36) return std::nullopt;
  for (std::size_t at = 0; at < text.size();) {
    if (at == 8 || at == 13 || at == 18 || at == 23) {
      if (text[at++] != '-') return std::nullopt;
      continue;
    }
    unsigned octet = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 2, octet, 16);
    if (error != std::errc() || end != text.data() + at + 2) return std::nullopt;
    out += static_cast<char>(octet);
    at += 2;
  }
  return out;
}

/// Source: RFC 4122 section 4.3 and appendix C.
Result uuidv5(Arguments arguments) {
  constexpr std::array<std::pair<std::string_view, char>, 4> kNamespaces = {
      {{"dns", '\x10'}, {"url", '\x11'}, {"oid", '\x12'}, {"x500", '\x14'}}};
  if (arguments.size() != 2) return std::nullopt;
  const std::optional<std::string> space = known_text(arguments[0]), name = known_text(arguments[1]);
  if (!space || !name) return std::nullopt;
  std::optional<std::string> prefix = octets_of_uuid(*space);
  for (const auto& [word, octet] : kNamespaces) {
    if (*space != word) continue;
    prefix = octets_of_uuid("6ba7b800-9dad-11d1-80b4-00c04fd430c8");
    (*prefix)[3] = octet;
  }
  if (!prefix) return std::nullopt;
  std::string made = digest(EVP_sha1(), *prefix + *name);
  if (made.size() < 16) return std::nullopt;
  made.resize(16);
  made[6] = static_cast<char>((made[6] & 0x0f) | 0x50);
  made[8] = static_cast<char>((made[8] & 0x3f) | 0x80);
  const std::string digits = hexadecimal(made);
  return Value::of_text(fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 4), digits.substr(16, 4),
                                    digits.substr(20)));
}

constexpr Function kFunctions[] = {
    {"base64decode", &base64decode},
    {"base64encode", &base64encode},
    {"base64sha256", &base64sha256},
    {"base64sha512", &base64sha512},
    {"md5", &md5},
    {"sha1", &sha1},
    {"sha256", &sha256},
    {"sha512", &sha512},
    {"urlencode", &urlencode},
    {"uuidv5", &uuidv5},
};

}  // namespace

std::span<const Function> encoding_functions() { return kFunctions; }

}  // namespace mainstay::terraform
