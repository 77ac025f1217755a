// Sources of C and C++ that are damaged, or made to grow: they are read within bounds.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "graph/values/assert.h"
#include "ingest/code/script/c_script.h"
#include "tests/ingest/code/script/lookups_told.h"
#include "tests/places.h"

namespace mainstay::script {
namespace {

/// What is told of a text, whose places lie in it.
std::vector<TxtLookup> lookups_of(std::string_view source) {
  const Result<std::vector<CxxToken>> tokens = cxx_tokens(source, SourceId{});
  MAINSTAY_ASSERT(bool(tokens), "libclang is there, and the text is short");
  std::vector<TxtLookup> found = txt_lookups(c_script(*tokens), c_dialect());
  for (const TxtLookup& one : found) CHECK(one.where.end <= source.size());
  return found;
}

/// The samples that look TXT records up, by name.
std::vector<std::string> samples() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"/samples/ingest/c-cpp", "/samples/rules"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_dir() + folder)) {
      const std::string ending = entry.path().extension().string();
      if (ending == ".c" || ending == ".cpp") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> texts;
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (names_c_lookup(text)) texts.push_back(std::move(text));
  }
  return texts;
}

/// Pieces of a text deleted, doubled, put in each other's place, and its end cut off.
std::string damaged(std::string text, std::minstd_rand& random) {
  const auto below = [&](std::size_t end) { return end == 0 ? 0 : random() % end; };
  for (std::size_t left = 1 + below(6); left > 0; --left) {
    const std::size_t at = below(text.size()), length = below(120);
    const std::string piece = text.substr(at, length);
    switch (random() % 4) {
      case 0: text.erase(at, length); break;
      case 1: text.insert(below(text.size()), piece); break;
      case 2: text.erase(at, length).insert(below(text.size()), piece); break;
      default: text.resize(text.size() - below(text.size() / 3)); break;
    }
  }
  return text;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t at = 0; at < times; ++at) all += text;
  return all;
}

constexpr std::string_view kLookup = "unsigned char b[512];\nint n = res_query(name, C_IN, T_TXT, b, sizeof b);\n";

}  // namespace

TEST_CASE("C sources: 500 damaged ones are read", "[ingest][code][txt][c]") {
  const std::vector<std::string> texts = samples();
  REQUIRE(texts.size() >= 8);
  std::minstd_rand random(4711);
  std::size_t with_lookups = 0;
  for (std::size_t count = 0; count < 500; ++count)
    with_lookups += lookups_of(damaged(texts[count % texts.size()], random)).empty() ? 0 : 1;
  CHECK(with_lookups > 100);
}

TEST_CASE("C sources: what would grow without bounds", "[ingest][code][txt][c]") {
  const std::string head = "int is_known(const char *name) {\n" + std::string(kLookup);
  struct Row {
    const char* title;
    std::string source;
  };
  const Row rows[] = {
      {"operators", head + "if (" + repeated("!", 50'000) + "n) return 1; return 0; }"},
      {"stars", head + "int " + repeated("*", 50'000) + "p = 0; return " + repeated("*", 50'000) + "p; }"},
      {"brackets", head + "return " + repeated("(", 20'000) + "n" + repeated(")", 20'000) + "; }"},
      {"casts", head + "return " + repeated("(int)", 20'000) + "n; }"},
      {"blocks", head + repeated("{", 20'000) + repeated("}", 20'000) + "return n > 0; }"},
      {"branches", head + repeated("if (x())\n", 5'000) + "return 1; return 0; }"},
      {"branches in a row", head + repeated("if (x()) y = 1; else y = 2;\n", 2'000) + "return y; }"},
      {"labels that lead to each other", head + repeated("if (x()) goto z; goto z; z:\n", 300) + "return n > 0; }"},
      {"an #if in an #if", head + repeated("#if A\n", 3'000) + repeated("return 1;\n#else\nreturn 0;\n#endif\n", 3'000) + "return 0; }"},
      {"functions of one name", repeated(head + "return n > 0; }\n", 300)},
      {"functions that call each other", head + "return f0(n); }\n" +
                                             [] {
                                               std::string all;
                                               for (int at = 0; at < 300; ++at) {
                                                 all += "int f" + std::to_string(at) + "(int n) { return f" + std::to_string(at + 1) +
                                                        "(n) + f" + std::to_string(at + 1) + "(n) + g(&n); }\n";
                                               }
                                               return all;
                                             }()},
      {"pointers to themselves", head + "char *p = p; p = &p; *p = p; b[0] = b; return strcmp(p, b) == 0; }"},
      {"lists of types", head + repeated("a<b<", 3'000) + "c" + repeated(">>", 3'000) + " x; return n > 0; }"},
      {"members of members", head + "x = y" + repeated(".a", 5'000) + "; x" + repeated("->b[0]", 200) + " = n; return n > 0; }"},
      {"calls of calls", head + "x = y" + repeated(".verify()", 300) + "; return y" + repeated("->f(n)", 300) + "; }"},
      {"texts side by side", head + "return strcmp(b, " + repeated("\"a\" X ", 20'000) + ") == 0; }"},
      {"lookups", "int is_known(const char *name) {\nunsigned char b[512];\n" +
                      repeated("if (res_query(name, C_IN, T_TXT, b, 512) > 0) return 1;\n", 60) + "return 0; }"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(lookups_of(row.source).size() <= 300);
    }
}

}  // namespace mainstay::script
