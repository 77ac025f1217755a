#include "tests/ingest/source/scratch_folder.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <system_error>

namespace mainstay {

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::canonical(std::filesystem::temp_directory_path()) / "mainstay-test-XXXXXX").string();
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void ScratchFolder::write(std::string_view name, std::string_view bytes) const {
  std::filesystem::create_directories((path_ / name).parent_path());
  std::ofstream file(path_ / name, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  REQUIRE(file.good());
}

void ScratchFolder::make_folder(std::string_view name) const { std::filesystem::create_directories(path_ / name); }

void ScratchFolder::link(std::string_view target, std::string_view name) const {
  std::filesystem::create_directories((path_ / name).parent_path());
  std::filesystem::create_symlink(target, path_ / name);
}

void ScratchFolder::fifo(std::string_view name) const { REQUIRE(::mkfifo(path(name).c_str(), 0600) == 0); }

}  // namespace mainstay
