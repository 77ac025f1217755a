#include <algorithm>

#include "graph/values/assert.h"
#include "render/columns.h"
#include "render/escape.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

void run(std::string_view bytes) {
  const std::string terminal = for_terminal(bytes);
  MAINSTAY_ASSERT(!has_control(terminal), "a terminal gets no control octet");
  MAINSTAY_ASSERT(for_terminal(terminal) == terminal, "what is escaped needs no escaping");
  const std::string ascii = for_terminal(bytes, Charset::ascii);
  MAINSTAY_ASSERT(std::all_of(ascii.begin(), ascii.end(), [](char c) { return c >= 0x20 && c < 0x7f; }), "an ASCII terminal gets ASCII");
  const std::string xml = for_xml(bytes);
  MAINSTAY_ASSERT(xml.find_first_of("<>\"'") == std::string::npos, "markup cannot begin in escaped text");
  MAINSTAY_ASSERT(valid_utf8(xml) == xml, "XML is valid UTF-8");
  const std::string dot = for_dot(bytes);
  bool escaped = false;
  for (std::size_t at = 1; at + 1 < dot.size(); ++at) {
    MAINSTAY_ASSERT(escaped || dot[at] != '"', "a DOT string ends only at its end");
    escaped = !escaped && dot[at] == '\\';
  }
  MAINSTAY_ASSERT(!escaped, "the quotation mark that ends a DOT string is not escaped");
  for (const std::size_t width : {1u, 7u, 80u}) {
    MAINSTAY_ASSERT(display_width(cut_to(terminal, width, "…")) <= width, "a cut text fits");
    std::size_t words = 0;
    for (const std::string& line : wrapped(terminal, width))
      words += static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) { return c != ' '; }));
    MAINSTAY_ASSERT(words == static_cast<std::size_t>(std::count_if(terminal.begin(), terminal.end(), [](char c) { return c != ' '; })),
                    "wrapping loses nothing but spaces");
  }
}

}  // namespace

extern const FuzzTarget fuzz_escape;
constinit const FuzzTarget fuzz_escape{.name = "escape", .samples = "", .run = &run};

}  // namespace mainstay
