#include "analyzer/policy/waiver.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/policy/settings.h"
#include "render/escape.h"

namespace mainstay {
namespace {

/// A basic string of TOML 1.0.0.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : valid_utf8(text)) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (octet < 0x20 || octet == 0x7f) {
      out += fmt::format("\\u{:04X}", octet);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

struct Reading {
  Settings settings;
  std::vector<Diagnostic> errors;
};

Reading reading_of(std::string text) {
  Diagnostics problems;
  Reading out;
  out.settings = read_settings(Source(".mainstay.toml", std::move(text)), "", problems);
  std::copy_if(problems.all().begin(), problems.all().end(), std::back_inserter(out.errors),
               [](const Diagnostic& one) { return one.severity == DiagnosticSeverity::error; });
  return out;
}

std::string in_words(const Diagnostic& problem) { return fmt::format("line {}: {}", problem.where.line, problem.message); }

}  // namespace

Result<std::string> with_waiver(std::string_view settings, const Waiver& waiver) {
  const Reading before = reading_of(std::string(settings));
  if (!before.errors.empty()) return Error{"the settings have an error, and stay as they are: " + in_words(before.errors.front())};
  const std::string_view end = settings.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
  std::string all(settings);
  if (!all.empty() && all.back() != '\n') all += end;
  if (!all.empty()) all += end;
  for (const std::string& line : {"# " + for_terminal(waiver.about), std::string("[[waive]]"), "id = " + quoted(waiver.id),
                                  "until = " + waiver.until, "reason = " + quoted(waiver.reason)}) {
    all += line;
    all += end;
  }
  const Reading after = reading_of(all);
  if (!after.errors.empty()) return Error{"nothing can be appended to the settings: " + in_words(after.errors.front())};
  if (after.settings.allowances.size() != before.settings.allowances.size() + 1)
    return Error{"the waiver would not be read back; the settings stay as they are"};
  return all;
}

}  // namespace mainstay
