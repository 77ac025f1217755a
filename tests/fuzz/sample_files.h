// The files below samples/ and tests/fuzz/, read from the source tree for replay and for the names that formats claim.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// One file: its name relative to the folder that was asked for, and its bytes.
struct SampleFile {
  std::string name;
  std::string bytes;
};

/// The folder of the source tree itself.
std::string source_folder();
/// All files below a folder of the source tree ("tests/fuzz/seeds/hcl"), sorted by name; none when there is no such folder.
std::vector<SampleFile> files_below(std::string_view folder);
/// The same for a folder below samples/.
std::vector<SampleFile> sample_files(std::string_view folder);

}  // namespace mainstay
