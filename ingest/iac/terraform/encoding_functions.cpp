// Functions that write a text in another form, and digests.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
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
};

}  // namespace

std::span<const Function> encoding_functions() { return kFunctions; }

}  // namespace mainstay::terraform
