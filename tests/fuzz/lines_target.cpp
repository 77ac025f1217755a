#include "graph/values/assert.h"
#include "ingest/syntax/lines.h"
#include "tests/fuzz/fuzz_target.h"

namespace mainstay {
namespace {

/// Words come in order, lie inside the text, and hold no blank unless they are quoted.
void run(std::string_view bytes) {
  for (const LineSyntax syntax : {LineSyntax{}, LineSyntax{.comments = "#;", .comments_after_words = true, .quotes = true}}) {
    LineReader lines(bytes, SourceId{}, syntax);
    std::uint32_t position = 0;
    for (Line line; lines.next(line);) {
      MAINSTAY_ASSERT(!line.words.empty(), "a line that is given has words");
      for (const Word& word : line.words) {
        MAINSTAY_ASSERT(word.where.begin >= position && word.where.end > word.where.begin && word.where.end <= bytes.size(),
                        "words come in order");
        MAINSTAY_ASSERT(word.quoted || word.text.find_first_of(" \t\n") == std::string_view::npos, "a word holds no blank");
        position = word.where.end;
      }
    }
  }
}

}  // namespace

extern const FuzzTarget fuzz_lines;
constinit const FuzzTarget fuzz_lines{.name = "lines", .samples = "ingest/resolv-conf", .run = &run};

}  // namespace mainstay
