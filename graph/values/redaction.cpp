#include "graph/values/redaction.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace mainstay {
namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.'; }

constexpr std::string_view kMask = "***";

/// Masks the user information of every URL in the line.
std::string without_user_information(std::string_view line) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t mark = line.find("://"); mark != std::string_view::npos; mark = line.find("://", mark + 3)) {
    const std::size_t begin = mark + 3;
    const std::size_t end = std::min(line.find_first_of("/?# \t\"'<>`", begin), line.size());
    const std::size_t user = line.substr(begin, end - begin).rfind('@');
    if (user == std::string_view::npos || begin < at) continue;
    out += line.substr(at, begin - at);
    out += kMask;
    at = begin + user;
  }
  out += line.substr(at);
  return out;
}

/// Masks the value behind `key =`, `key:`, `"key": "..."` for keys that are named like secrets.
std::string without_secret_values(std::string_view line) {
  std::string out;
  std::size_t at = 0;
  std::size_t scan = 0;
  while (scan < line.size()) {
    if (!is_word(line[scan])) {
      ++scan;
      continue;
    }
    const std::size_t key_begin = scan;
    while (scan < line.size() && is_word(line[scan])) ++scan;
    const std::string_view key = line.substr(key_begin, scan - key_begin);
    std::size_t value = scan;
    while (value < line.size() && (line[value] == '"' || line[value] == '\'' || line[value] == ']' || line[value] == ' ' || line[value] == '\t')) ++value;
    if (value >= line.size() || (line[value] != '=' && line[value] != ':')) continue;
    if (!names_a_secret(key)) continue;
    while (value < line.size() && (line[value] == '=' || line[value] == ':' || line[value] == '>' || line[value] == ' ' || line[value] == '\t')) ++value;
    if (value >= line.size()) break;
    std::size_t end = line.size();
    if (line[value] == '"' || line[value] == '\'') {
      const std::size_t close = line.find(line[value], value + 1);
      ++value;
      if (close != std::string_view::npos) end = close;
    }
    if (end <= value) {
      scan = value;
      continue;
    }
    out += line.substr(at, value - at);
    out += kMask;
    at = end;
    scan = end;
  }
  out += line.substr(at);
  return out;
}

struct TokenShape {
  std::string_view prefix;
  std::size_t least;  // how many token characters must follow
};
constexpr std::array<TokenShape, 12> kTokenShapes = {{{"AKIA", 16}, {"ASIA", 16}, {"ghp_", 20}, {"gho_", 20}, {"ghs_", 20}, {"github_pat_", 20},
                                                      {"glpat-", 16}, {"xoxb-", 10}, {"xoxp-", 10}, {"hvs.", 16}, {"s.", 24}, {"eyJ", 30}}};

std::string without_tokens(std::string_view line) {
  std::string out;
  std::size_t at = 0;
  while (at < line.size()) {
    const bool starts = at == 0 || !is_word(line[at - 1]);
    const TokenShape* found = nullptr;
    if (starts) {
      for (const TokenShape& shape : kTokenShapes) {
        if (line.substr(at).starts_with(shape.prefix)) found = &shape;
      }
    }
    if (found != nullptr) {
      std::size_t end = at + found->prefix.size();
      while (end < line.size() && is_word(line[end])) ++end;
      if (end - at - found->prefix.size() >= found->least) {
        out += kMask;
        at = end;
        continue;
      }
    }
    out += line[at++];
  }
  return out;
}

bool is_pem_body(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\"'");
  if (begin == std::string_view::npos) return false;
  line.remove_prefix(begin);
  return line.size() >= 60 && std::all_of(line.begin(), line.begin() + 60, [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/' || c == '=';
         });
}

}  // namespace

bool names_a_secret(std::string_view key) {
  std::string flat;
  for (const char c : key) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) flat += lower(c);
  }
  constexpr std::array<std::string_view, 10> kWords = {"password", "passwd", "passphrase", "secretkey", "clientsecret", "apikey", "privatekey",
                                                       "accesskey", "credential", "sharedsecret"};
  if (std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return flat.find(word) != std::string::npos; })) return true;
  // A secret's or token's name, path or address is no secret: only keys that end with the word hold one.
  return flat.ends_with("secret") || flat.ends_with("token") || flat == "pwd" || flat.ends_with("pass");
}

std::string redacted(std::string_view line) {
  if (is_pem_body(line)) return std::string(kMask);
  return without_tokens(without_secret_values(without_user_information(line)));
}

}  // namespace mainstay
