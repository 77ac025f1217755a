#include "tests/render/hostile_payloads.h"
#include "tests/places.h"

#include <fstream>

namespace mainstay {
namespace {

std::string octets_of(const std::string& line) {
  std::string out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] != '\\') {
      out += line[at];
      continue;
    }
    switch (line[++at]) {
      case 'x':
        out += static_cast<char>(std::stoi(line.substr(at + 1, 2), nullptr, 16));
        at += 2;
        break;
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      case 't': out += '\t'; break;
      case 'b': out += '\b'; break;
      default: out += line[at];
    }
  }
  return out;
}

std::vector<std::string> read_payloads() {
  std::vector<std::string> all;
  std::ifstream file(source_dir() + "/tests/render/hostile_payloads.txt", std::ios::binary);
  for (std::string line; std::getline(file, line);) all.push_back(octets_of(line));
  return all;
}

}  // namespace

const std::vector<std::string>& hostile_payloads() {
  static const std::vector<std::string> all = read_payloads();
  return all;
}

}  // namespace mainstay
