#include "ingest/code/text_writers.h"

#include <algorithm>
#include <array>

namespace mainstay::code {
namespace {

constexpr std::array<TextWriter, 10> kWriters = {{{"snprintf", false, true},
                                                  {"sprintf", false, true},
                                                  {"asprintf", false, true},
                                                  {"curl_msnprintf", false, true},
                                                  {"strcpy", false, false},
                                                  {"strncpy", false, false},
                                                  {"strlcpy", false, false},
                                                  {"strcat", true, false},
                                                  {"strncat", true, false},
                                                  {"strlcat", true, false}}};

}  // namespace

const TextWriter* text_writer(std::string_view name) {
  const auto* at = std::find_if(kWriters.begin(), kWriters.end(), [&](const TextWriter& one) { return one.name == name; });
  return at == kWriters.end() ? nullptr : at;
}

}  // namespace mainstay::code
