#include "analyzer/cli/outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>

#include "analyzer/cli/write_file.h"

namespace mainstay {
namespace {

/// A name of a form is letters and dashes; what else stands before a "=" is part of a file's name.
bool looks_like_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

const ReportOutput* form_of_ending(std::string_view file) {
  for (const ReportOutput& one : report_outputs()) {
    if (!one.ending.empty() && file.ends_with(one.ending)) return &one;
  }
  return nullptr;
}

Result<OutputTarget> target_of(const std::string& given, const std::string& format) {
  const std::size_t equals = given.find('=');
  if (equals != std::string::npos && looks_like_name(std::string_view(given).substr(0, equals))) {
    const std::string name = given.substr(0, equals);
    const ReportOutput* form = find_report_output(name);
    if (form == nullptr) return Error{fmt::format("--output {}: there is no output '{}'; `mainstay formats` lists them", given, name)};
    return OutputTarget{form, given.substr(equals + 1)};
  }
  return OutputTarget{format == "terminal" ? form_of_ending(given) : nullptr, given};
}

}  // namespace

void describe_outputs(Arguments& command, std::string& format, std::vector<std::string>& outputs) {
  std::vector<std::string> names;
  names.reserve(report_outputs().size());
  for (const ReportOutput& one : report_outputs()) names.emplace_back(one.name);
  command.add("--format", format, "what to print").one_of(names).shows_usual().called("NAME");
  command
      .add("-o,--output", outputs,
           "write to a file: NAME=FILE in that format, beside what is printed; FILE alone instead of printing; may be repeated")
      .one_at_a_time()
      .called("[NAME=]FILE");
}

Result<std::vector<OutputTarget>> output_targets(const std::vector<std::string>& given, const std::string& format) {
  std::vector<OutputTarget> targets;
  std::set<std::string> files;
  bool takes_place_of_printing = false;
  for (const std::string& one : given) {
    Result<OutputTarget> target = target_of(one, format);
    if (!target) return Error{target.error()};
    if (target->file.empty()) return Error{fmt::format("--output {}: the name of the file is missing", one)};
    if (!files.insert(target->file).second) return Error{fmt::format("--output {} is given twice", target->file)};
    takes_place_of_printing = takes_place_of_printing || target->file == "-" || one == target->file;
    if (target->file == "-") target->file.clear();
    targets.push_back(*std::move(target));
  }
  if (!takes_place_of_printing) targets.insert(targets.begin(), OutputTarget{});
  return targets;
}

Result<bool> write_outputs(const std::vector<OutputTarget>& targets, const std::function<std::string(const OutputTarget&)>& make,
                           Session& session) {
  std::vector<std::string> made;
  for (const OutputTarget& target : targets) made.push_back(make(target));
  for (std::size_t at = 0; at < targets.size(); ++at) {
    if (targets[at].file.empty()) {
      session.out << made[at];
    } else if (Result<bool> written = write_file(targets[at].file, made[at]); !written) {
      return written;
    }
  }
  return true;
}

}  // namespace mainstay
