#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <system_error>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/refused.h"
#include "analyzer/cli/write_file.h"
#include "analyzer/policy/days.h"
#include "analyzer/policy/policy.h"
#include "analyzer/policy/waiver.h"
#include "analyzer/report/make_report.h"
#include "render/escape.h"

namespace mainstay {
namespace {

constexpr std::int64_t kDay = 86400;
constexpr int kUsualDays = 90;

/// What the file holds; nothing yet when it is not there.
Result<std::string> settings_text(const std::string& path) {
  struct stat state {};
  if (::stat(path.c_str(), &state) != 0) {
    if (errno == ENOENT) return std::string();
    return Error{fmt::format("{}: {}", path, std::strerror(errno))};
  }
  if (!S_ISREG(state.st_mode)) return Error{path + " is no file"};
  std::ifstream in(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in || in.bad()) return Error{path + " cannot be read"};
  return text;
}

/// The one finding that an id, or the beginning of one, means.
Result<Finding> finding_meant(const Report& report, const std::string& id) {
  std::vector<const Finding*> meant;
  for (const std::vector<Finding>* all : {&report.findings, &report.suppressed}) {
    for (const Finding& one : *all) {
      if (one.id.starts_with(id)) meant.push_back(&one);
    }
  }
  if (id.empty() || meant.empty()) return Error{fmt::format("no finding here has an id that begins with '{}'", id)};
  if (meant.size() > 1) {
    std::string names;
    for (const Finding* one : meant) names += fmt::format("\n  {} {}", one->id, one->rule);
    return Error{fmt::format("'{}' may mean any of these; give more of the id:{}", id, names)};
  }
  if (const std::optional<Suppression>& why = meant.front()->suppression) {
    return Error{fmt::format("{} is suppressed already ({}:{})", meant.front()->id, why->place.file, why->place.line)};
  }
  return *meant.front();
}

std::string about(const Finding& finding) {
  const Place* place = place_to_mend(finding);
  const std::string where = place == nullptr ? std::string() : fmt::format(" ({}:{})", place->file, place->line);
  return fmt::format("{}: {}{}", finding.rule, finding.message, where);
}

}  // namespace

void WaiveCommand::describe(Arguments& command) {
  command.add("ID", id, "the finding's id, or enough of its beginning").required();
  command
      .add("PATH", folder, "the folder that the finding is in, and whose .mainstay.toml gets the waiver")

      .shows_usual();
  command.add("--reason", reason, "why somebody can live with it").required().called("TEXT");
  command.add("--until", until, fmt::format("the last day on which it holds, as 2027-01-31; {} days from today when not given", kUsualDays))
      .called("DAY");
  command.add("--config", config, "settings, in place of the .mainstay.toml of the folder").called("FILE");
  input.describe(command, false);
}

ExitStatus WaiveCommand::run(Session& session) const {
  const auto refuse = [&](const std::string& problem) { return refused(problem, session); };
  const std::string today = day_of(session.now);
  const std::string last = until.empty() ? day_of(session.now + kUsualDays * kDay) : until;
  if (!is_day(last)) return refuse(fmt::format("--until {}: that is no day, as 2027-01-31", last));
  if (last < today) return refuse(fmt::format("--until {}: that day is over", last));
  if (reason.find_first_not_of(" \t\r\n") == std::string::npos) return refuse("--reason is empty");
  Input read = input;
  read.paths = {folder};
  read.settings = config;
  const Result<std::shared_ptr<Loaded>> loaded = read.load(session);
  if (!loaded) return refuse(loaded.error());
  Report& report = (*loaded)->report;
  fill_report(*(*loaded)->analysis, report);
  const Result<Policy> policy = read_policy((*loaded)->tree ? &*(*loaded)->tree : nullptr, config, report);
  if (!policy) return refuse(policy.error());
  apply_policy(*policy, today, report);
  const Result<Finding> finding = finding_meant(report, id);
  if (!finding) return refuse(finding.error());

  std::string path = config.empty() ? folder + "/" + std::string(kSettingsName) : config;
  const Result<std::string> before = settings_text(path);
  if (!before) return refuse(before.error());
  const Result<std::string> after = with_waiver(*before, {.id = finding->id, .until = last, .reason = reason, .about = about(*finding)});
  if (!after) return refuse(fmt::format("{}: {}", path, after.error()));
  std::error_code failed;
  // What a link leads to is written, and the link stays.
  if (const std::filesystem::path real = std::filesystem::canonical(path, failed); !failed) path = real.string();
  if (const Result<bool> written = write_file(path, *after); !written) return refuse(written.error());
  session.out << for_terminal(fmt::format("{}: {} {} is accepted until {}", path, finding->rule, finding->id, last)) << '\n';
  return ExitStatus::clean;
}

}  // namespace mainstay
