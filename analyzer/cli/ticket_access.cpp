#include "analyzer/cli/ticket_access.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <system_error>

#include "render/escape.h"
#include "render/tickets/curl_transport.h"
#include "render/tickets/ticket_calls.h"

namespace mainstay {
namespace {

std::string variable(std::string_view name) {
  const char* const value = name.empty() ? nullptr : std::getenv(std::string(name).c_str());
  return value == nullptr ? std::string() : std::string(value);
}

/// The first line of a file, without blanks around it.
Result<std::string> line_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string line;
  if (!in || (!std::getline(in, line) && line.empty())) return Error{path + " holds no token"};
  constexpr const char* kBlank = " \t\r\n";
  line.erase(0, line.find_first_not_of(kBlank));
  line.erase(line.find_last_not_of(kBlank) + 1);
  return line;
}

bool is_word(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// A short one could not be taken out of what a server says without taking out other text as well.
bool is_token(const std::string& token) {
  constexpr std::size_t kLeast = 8;
  return token.size() >= kLeast && is_word(token);
}

bool is_readable_by_others(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
}

}  // namespace

void TicketAccess::describe(Arguments& command) {
  command.add("--state", state, "the file that remembers what was filed; .mainstay/tickets-SYSTEM.json when not given").called("FILE");
  command.add("--token-file", token_file, "a file with the token, in place of the environment (docs/tickets.md has the variables)")
      .called("FILE");
  command.add("--ca-file", authorities, "certificates to trust in place of the system's (PEM)").called("FILE");
  command.add("--patience", patience, "seconds that a tracker may ask to wait at once").shows_usual().called("SECONDS");
  command.add("--pause", pause, "seconds between two changes, in place of what suits the tracker").between(0.0, 3600.0).called("SECONDS");
}

std::string TicketAccess::state_file(const TicketTarget& target) const {
  return state.empty() ? fmt::format(".mainstay/tickets-{}.json", target.system) : state;
}

Result<TicketState> TicketAccess::read_state(const TicketTarget& target) const {
  const std::string path = state_file(target);
  std::error_code failed;
  if (!std::filesystem::exists(path, failed) && !failed) return TicketState{};
  std::ifstream in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in || in.bad()) return Error{path + " cannot be read"};
  Result<TicketState> read = state_from_json(text);
  if (!read) return Error{path + " " + read.error()};
  return read;
}

Result<TicketCredentials> TicketAccess::credentials(const TicketSystem& system, Session& session) const {
  TicketCredentials out{.token = variable(system.token_variable), .user = variable(system.user_variable)};
  if (!token_file.empty()) {
    Result<std::string> line = line_of_file(token_file);
    if (!line) return Error{line.error()};
    if (is_readable_by_others(token_file))
      session.err << "mainstay: others can read " << for_terminal(token_file) << " (chmod 600 mends that)\n";
    out.token = *std::move(line);
  }
  const std::string where = token_file.empty() ? std::string(system.token_variable) : token_file;
  if (out.token.empty()) return Error{fmt::format("no token: set {}, or give --token-file", system.token_variable)};
  if (!is_token(out.token)) return Error{where + " holds something that is no token: at least 8 characters, and no blanks"};
  if (!is_word(out.user)) return Error{std::string(system.user_variable) + " has blanks or control characters"};
  return out;
}

struct TicketLine::Parts {
  const TicketSystem& system;
  TicketCredentials credentials;
  CurlTransport transport;
  SystemClock clock;
  HttpLimits limits;
  std::optional<HttpClient> client;
  std::optional<TicketCalls> calls;
};

TicketLine::TicketLine(const TicketAccess& access, const TicketSystem& system, const TicketCredentials& credentials)
    : parts_(new Parts{.system = system, .credentials = credentials, .transport = CurlTransport(access.authorities)}) {
  parts_->limits.longest_wait = std::chrono::seconds(access.patience);
  parts_->limits.pause = access.pause < 0 ? system.pause : std::chrono::milliseconds(static_cast<std::int64_t>(access.pause * 1000));
}

TicketLine::~TicketLine() = default;

Result<bool> TicketLine::open(const TicketTarget& target, std::ostream* rehearsal) {
  Result<HttpBase> base = http_base_of(target.url);
  if (!base) return Error{base.error()};
  parts_->client.emplace(parts_->transport, parts_->clock, *std::move(base), parts_->limits);
  const TicketSystem& system = parts_->system;
  const TicketCredentials& credentials = parts_->credentials;
  const std::string pair = credentials.user + ":" + credentials.token;
  parts_->client->identify({[&system, &credentials](HttpRequest& request) { system.authorize(request, credentials); },
                            {credentials.user.empty() ? std::string() : pair, credentials.token}});
  parts_->calls.emplace(*parts_->client, target, rehearsal);
  return true;
}

TicketCalls& TicketLine::calls() { return *parts_->calls; }

Result<StateLock> StateLock::take(const std::string& state_file) {
  std::error_code failed;
  const std::filesystem::path folder = std::filesystem::path(state_file).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, failed);
  const std::string path = state_file + ".lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return Error{path + " cannot be written"};
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    return Error{"another run is carrying out a plan with " + state_file};
  }
  return StateLock(file, path);
}

StateLock::StateLock(int file, std::string path) : file_(file), path_(std::move(path)) {}
StateLock::StateLock(StateLock&& other) noexcept : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}
StateLock::~StateLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace mainstay
