// fuzz_replay: gives every target its seeds, its crashes, and every sample there is, whole, cut off and damaged.
//   fuzz_replay                    everything; part of every test run
//   fuzz_replay --list             the names of the targets
//   fuzz_replay --seeds TARGET     the folders that a fuzzer starts from
//   fuzz_replay TARGET [FILE...]   one target, on its own inputs or on files
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/sample_files.h"

namespace mainstay {
namespace {

/// A target that needs longer for one input hangs, as far as a user is concerned; sanitizers are slow.
constexpr std::chrono::seconds kTooLong{20};

struct Tally {
  std::size_t inputs = 0;
  bool too_slow = false;
};

void give(const FuzzTarget& target, std::string_view bytes, std::string_view what, Tally& tally) {
  const auto started = std::chrono::steady_clock::now();
  target.run(bytes);
  ++tally.inputs;
  if (std::chrono::steady_clock::now() - started < kTooLong) return;
  std::fprintf(stderr, "%.*s: too slow on %.*s (%zu octets)\n", static_cast<int>(target.name.size()), target.name.data(),
               static_cast<int>(what.size()), what.data(), bytes.size());
  tally.too_slow = true;
}

/// Cut off at three places, and three octets overwritten; the places follow from the size, so every run is the same.
void give_damaged(const FuzzTarget& target, const SampleFile& file, Tally& tally) {
  if (file.bytes.empty() || file.bytes.size() > 16384) return;
  std::uint64_t state = file.bytes.size() * 0x9e3779b97f4a7c15U + 1;
  const auto next = [&](std::size_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state >> 33U) % below);
  };
  constexpr std::string_view kNasty("\0\n\"{}[]()<>${%#;:\\\xff\x80 \t-|&*", 27);
  for (int i = 0; i < 3; ++i) {
    give(target, std::string_view(file.bytes).substr(0, next(file.bytes.size())), file.name, tally);
    std::string damaged = file.bytes;
    for (int k = 0; k < 3; ++k) damaged[next(damaged.size())] = kNasty[next(kNasty.size())];
    give(target, damaged, file.name, tally);
  }
}

bool replay(const FuzzTarget& target, const std::vector<SampleFile>& samples) {
  const std::string name(target.name);
  Tally tally;
  give(target, {}, "nothing", tally);
  for (const SampleFile& file : files_below("tests/fuzz/crashes/" + name)) give(target, file.bytes, file.name, tally);
  for (const SampleFile& file : files_below("tests/fuzz/seeds/" + name)) {
    give(target, file.bytes, file.name, tally);
    give_damaged(target, file, tally);
  }
  if (!target.samples.empty()) {
    for (const SampleFile& file : sample_files(target.samples)) give_damaged(target, file, tally);
  }
  for (const SampleFile& file : samples) give(target, file.bytes, file.name, tally);
  std::printf("%-28s %6zu inputs\n", name.c_str(), tally.inputs);
  std::fflush(stdout);
  return !tally.too_slow;
}

int list_targets() {
  for (const FuzzTarget* target : all_fuzz_targets()) std::printf("%s\n", std::string(target->name).c_str());
  return 0;
}

int list_seeds(const FuzzTarget& target) {
  std::vector<std::string> folders{"tests/fuzz/seeds/" + std::string(target.name), "tests/fuzz/crashes/" + std::string(target.name)};
  if (!target.samples.empty()) folders.push_back("samples/" + std::string(target.samples));
  for (const std::string& folder : folders) {
    const std::string path = source_folder() + "/" + folder;
    if (std::filesystem::is_directory(path)) std::printf("%s\n", path.c_str());
  }
  return 0;
}

const FuzzTarget* find(std::string_view name) {
  for (const FuzzTarget* target : all_fuzz_targets()) {
    if (target->name == name) return target;
  }
  return nullptr;
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.empty()) {
    const std::vector<SampleFile> samples = sample_files("");
    bool good = true;
    for (const FuzzTarget* target : all_fuzz_targets()) good = replay(*target, samples) && good;
    return good ? 0 : 1;
  }
  if (arguments[0] == "--list") return list_targets();
  const bool seeds = arguments[0] == "--seeds" && arguments.size() == 2;
  const FuzzTarget* target = find(arguments[seeds ? 1 : 0]);
  if (target == nullptr) {
    std::fprintf(stderr, "fuzz_replay: no target is called '%s'; --list names them\n", arguments.back().c_str());
    return 2;
  }
  if (seeds) return list_seeds(*target);
  if (arguments.size() == 1) return replay(*target, sample_files("")) ? 0 : 1;
  Tally tally;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    std::ifstream in(arguments[i], std::ios::binary);
    give(*target, std::string(std::istreambuf_iterator<char>(in), {}), arguments[i], tally);
  }
  return tally.too_slow ? 1 : 0;
}

}  // namespace
}  // namespace mainstay

int main(int count, char** values) { return mainstay::run(std::vector<std::string>(values + 1, values + count)); }
