// Where the documents of a YAML stream begin and end, found without parsing them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace mainstay {

/// A part of a stream that a parser can read alone; half-open octets.
struct YamlChunk {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Cuts a stream before its `---` lines and behind its `...` lines, which cannot occur inside a document; directives stay with the
/// document they are for; chunks of nothing but comments and white space are left out; a byte order mark is passed over.
/// Shape:  at most `limit` chunks: the last one then holds the rest.
/// Source: YAML 1.2.2 section 9.1.
std::vector<YamlChunk> split_documents(std::string_view bytes, std::size_t limit);

/// True when a chunk has both a complex key (`? `) and a tab behind a colon: on its way out of that error libfyaml 0.7.12 frees twice.
/// Source: libfyaml's commit 0bb4406, first in 0.8.
bool must_not_be_parsed(std::string_view chunk);

/// Where a text that is no YAML first looks like a template of Helm, Go or Jinja; npos when it does not.
std::size_t template_mark(std::string_view chunk);

}  // namespace mainstay
