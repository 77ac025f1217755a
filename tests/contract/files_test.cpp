#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

#include "tests/contract/repository.h"

namespace mainstay {

TEST_CASE("files: a name says what is inside", "[contract][files]") {
  constexpr std::array<std::string_view, 6> kEmptyWords{"util", "helper", "manager", "misc", "common", "stuff"};
  for (const RepositoryFile& file : code_files()) {
    for (const std::string_view word : kEmptyWords) {
      INFO(file.name);
      CHECK(file.name.find(word) == std::string::npos);
    }
    INFO(file.name);
    CHECK(std::all_of(file.name.begin(), file.name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '/' || c == '.' || c == '-';
    }));
  }
}

TEST_CASE("files: short enough to be read in one go", "[contract][files]") {
  for (const RepositoryFile& file : code_files()) {
    const auto lines = lines_of(file.text);
    const bool table = !lines.empty() && lines.front().find("table") != std::string_view::npos;
    INFO(file.name << " has " << lines.size() << " lines");
    CHECK((table || lines.size() <= 400));
  }
}

TEST_CASE("files: a header says in its first line what it is for, and is included once", "[contract][files]") {
  for (const RepositoryFile& file : code_files()) {
    if (!file.name.ends_with(".h")) continue;
    const auto lines = lines_of(file.text);
    INFO(file.name);
    REQUIRE(lines.size() > 3);
    CHECK(lines.front().starts_with("// "));
    CHECK(std::find(lines.begin(), lines.end(), "#pragma once") != lines.end());
  }
}

TEST_CASE("files: code has no open ends", "[contract][files]") {
  // Spelled in halves, so that this file passes its own test.
  const std::array<std::string, 2> marks{std::string("TO") + "DO", std::string("FIX") + "ME"};
  for (const RepositoryFile& file : code_files()) {
    for (const std::string& mark : marks) {
      INFO(file.name << ": " << mark);
      CHECK(file.text.find(mark) == std::string::npos);
    }
  }
}

TEST_CASE("files: nothing depends on the machine it was written on", "[contract][files]") {
  const std::string slash = "/";
  const std::array<std::string, 4> places{slash + "work" + slash, slash + "home" + slash, slash + "root" + slash, slash + "tmp" + slash};
  for (const char* folder : {"analyzer", "graph", "ingest", "render", "docs"}) {
    for (const RepositoryFile& file : repository_files(folder)) {
      for (const std::string& place : places) {
        const std::size_t at = file.text.find("\"" + place);
        INFO(file.name << ": " << place);
        CHECK(at == std::string::npos);
      }
    }
  }
}

}  // namespace mainstay
