#include <algorithm>

#include "graph/findings/finding.h"
#include "graph/values/digest.h"

namespace mainstay {

std::string fingerprint(std::string_view rule, const std::vector<Subject>& subjects) {
  std::vector<Subject> sorted = subjects;
  std::sort(sorted.begin(), sorted.end());
  std::string octets;
  append_counted(octets, rule);
  for (const Subject& subject : sorted) {
    append_counted(octets, subject.kind);
    append_counted(octets, subject.name);
  }
  constexpr std::size_t kDigits = 16;
  return sha256_digits(octets, kDigits);
}

}  // namespace mainstay
