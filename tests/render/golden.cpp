#include "tests/render/golden.h"
#include "tests/places.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "render/version.h"

namespace mainstay {

void check_golden(std::string_view name, std::string text) {
  const std::string path = source_dir() + "/tests/golden/render/" + std::string(name);
  const std::string number(version());
  for (std::size_t at = text.find(number); at != std::string::npos; at = text.find(number, at)) text.replace(at, number.size(), "VERSION");
  if (std::getenv("MAINSTAY_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file.is_open());
  std::ostringstream expected;
  expected << file.rdbuf();
  CHECK(text == expected.str());
}

}  // namespace mainstay
