// Pages of docs/ that the program prints are what it prints.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/e2e/program.h"
#include "tests/places.h"

namespace mainstay {

TEST_CASE("docs: generated pages are what the program prints", "[e2e][docs]") {
  for (const std::string command : {"rules", "formats"}) {
    const Outcome printed = mainstay({command, "--markdown"});
    REQUIRE(printed.status == 0);
    const std::string path = source_dir() + "/docs/" + command + ".md";
    if (std::getenv("MAINSTAY_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << printed.out;
    std::ifstream page(path, std::ios::binary);
    CHECK(printed.out == std::string{std::istreambuf_iterator<char>(page), std::istreambuf_iterator<char>()});
  }
}

}  // namespace mainstay
