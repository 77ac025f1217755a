#include "analyzer/cli/input.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

#include "analyzer/cli/snapshots.h"
#include "analyzer/policy/policy.h"
#include "graph/facts/codec.h"
#include "ingest/catalogue/load.h"
#include "ingest/driver.h"
#include "ingest/logs/client_groups.h"
#include "ingest/logs/observe.h"
#include "ingest/logs/recognition.h"

namespace mainstay {
namespace {

Result<std::string> bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{path + " cannot be opened"};
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) return Error{path + " cannot be read"};
  return bytes;
}

/// Adds the facts of a file of JSON Lines; a bad line is a diagnostic and the others are used.
Result<std::size_t> read_facts(const std::string& path, std::vector<Fact>& facts, Report& report) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{path + " cannot be opened"};
  constexpr std::size_t kMaxLine = std::size_t{16} << 20;
  std::string line;
  std::size_t added = 0;
  for (std::uint32_t number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    Result<Fact> fact = line.size() > kMaxLine ? Result<Fact>(Error{"the line is longer than 16 MiB"}) : fact_from_json_line(line);
    if (fact) {
      facts.push_back(*std::move(fact));
      ++added;
    } else {
      report.diagnostics.push_back({{.file = path, .line = number},
                                    DiagnosticSeverity::error,
                                    fact.error(),
                                    "one fact a line, as `mainstay facts` prints them; the schema: mainstay facts --schema"});
    }
  }
  return added;
}

/// Adds what logs say, and one entry a log to the account of sources.
void add_logs(LogIngested seen, std::vector<Fact>& facts, Report& report) {
  for (const LogAccount& log : seen.files) {
    report.logs.push_back(log.file);
    SourceEntry entry{.file = log.file, .state = log.format.empty() ? SourceState::failed : SourceState::read, .format = log.format};
    entry.octets = log.octets;
    entry.facts = log.queries;
    entry.warnings = log.not_understood + log.too_long;
    if (entry.warnings > 0) entry.cause = SourceCause::read_in_part;
    if (log.format.empty()) {
      entry.cause = SourceCause::not_claimed;
      entry.reason = "no query log that mainstay knows";
    }
    report.sources.push_back(std::move(entry));
  }
  facts.insert(facts.end(), std::make_move_iterator(seen.facts.begin()), std::make_move_iterator(seen.facts.end()));
  report.diagnostics.insert(report.diagnostics.end(), std::make_move_iterator(seen.problems.begin()),
                            std::make_move_iterator(seen.problems.end()));
}

/// Progress of long work, drawn over itself on a terminal.
class Progress {
 public:
  Progress(const Session& session, bool off) : err_(session.err), is_on_(session.err_is_terminal && !off) {}
  ~Progress() {
    if (drawn_) err_ << "\r\x1b[K" << std::flush;
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::size_t done, std::size_t total) {
    constexpr std::size_t kSteps = 50;
    if (!is_on_ || total < 1000 || done % std::max<std::size_t>(1, total / kSteps) != 0) return;
    err_ << fmt::format("\r\x1b[K{} of {} files", done, total) << std::flush;
    drawn_ = true;
  }

 private:
  std::ostream& err_;
  bool is_on_;
  bool drawn_ = false;
};

}  // namespace

void Input::describe(Arguments& command, bool with_paths) {
  if (with_paths) command.add("PATH", paths, "folders, files or snapshots to read; the current folder when none is given");
  command.add("--logs", logs, "DNS query logs").called("FILE");
  command.add("--clients", clients, "who the clients of logs are: lines of address-or-network,workload-or-scope").called("FILE");
  command.add("--facts", facts, "facts of other programs, as JSON Lines").called("FILE");
  command.add("--catalogue", catalogues, "more known hosts, keys, providers and claimable names, as JSON").called("FILE");
  command.add("--jobs", jobs, "threads; one for each processor when not given").between(1, 1024).called("N");
  command.add("--no-progress", no_progress, "no progress on the terminal");
}

std::vector<std::string> Input::arguments() const {
  std::vector<std::string> all = paths;
  const auto add = [&all](const char* option, const std::vector<std::string>& files) {
    for (const std::string& file : files) all.insert(all.end(), {option, file});
  };
  add("--logs", logs);
  if (!clients.empty()) add("--clients", {clients});
  add("--facts", facts);
  add("--catalogue", catalogues);
  return all;
}

Result<bool> Input::load_catalogues(Loaded& loaded) const {
  for (const std::string& path : catalogues) {
    const Result<std::string> bytes = bytes_of(path);
    if (!bytes) return Error{bytes.error()};
    load_catalogue(path, *bytes, loaded.catalogue, loaded.report.diagnostics);
    loaded.catalogues.push_back({.file = path, .text = *bytes});
  }
  return true;
}

void Input::read_tree(const Session& session, FileTree tree, IngestOptions options, Loaded& loaded, std::vector<Fact>& all) const {
  Report& report = loaded.report;
  loaded.tree.emplace(std::move(tree));
  Progress progress(session, no_progress);
  options.jobs = jobs;
  options.hint = [](std::string_view, std::string_view head) {
    const std::optional<std::string_view> format = looks_like_query_log(head);
    return format ? fmt::format("looks like a DNS query log ({}): give it with --logs", *format) : std::string();
  };
  options.progress = [&](std::size_t done, std::size_t total) { progress.show(done, total); };
  IngestResult read = ingest_tree(*loaded.tree, loaded.catalogue, options);
  all.insert(all.end(), std::make_move_iterator(read.facts.begin()), std::make_move_iterator(read.facts.end()));
  report.sources.insert(report.sources.end(), std::make_move_iterator(read.sources.begin()), std::make_move_iterator(read.sources.end()));
  report.diagnostics.insert(report.diagnostics.end(), std::make_move_iterator(read.diagnostics.begin()),
                            std::make_move_iterator(read.diagnostics.end()));
  report.diagnostics_dropped += read.diagnostics_dropped;
}

Result<bool> Input::read_logs(Loaded& loaded, std::vector<Fact>& all) const {
  for (const std::string& path : logs) {
    if (!std::ifstream(path, std::ios::binary)) return Error{path + " cannot be opened"};
  }
  LogOptions options{.jobs = jobs};
  ClientGroups groups;
  if (!clients.empty()) {
    const Result<std::string> map = bytes_of(clients);
    if (!map) return Error{map.error()};
    groups = ClientGroups::parse(clients, *map, loaded.report.diagnostics);
    options.count.groups.clients = &groups;
  }
  if (!logs.empty()) add_logs(observe_logs(logs, options), all, loaded.report);
  return true;
}

Result<bool> Input::finish(const Session& session, Loaded& loaded, std::vector<Fact> all, const std::vector<std::string>& folders) const {
  Report& report = loaded.report;
  for (const std::string& path : facts) {
    if (const Result<std::size_t> added = read_facts(path, all, report); !added) return Error{added.error()};
  }
  if (const Result<bool> done = read_logs(loaded, all); !done) return Error{done.error()};
  std::sort(report.diagnostics.begin(), report.diagnostics.end());
  if (keep_facts) loaded.facts = all;
  loaded.estate.emplace(Estate::build(std::move(all)));
  loaded.txt_names = stated_txt_names(loaded.tree ? &*loaded.tree : nullptr, settings);
  if (loaded.tree && !folders.empty())
    loaded.line_ages = line_ages(*loaded.tree, folders, places_of(txt_conventions(*loaded.estate, loaded.txt_names)));
  loaded.analysis.emplace(*loaded.estate, loaded.catalogue, AnalysisContext{session.now, loaded.txt_names, loaded.line_ages});
  return true;
}

Result<std::shared_ptr<Loaded>> Input::load(Session& session) const {
  auto loaded = std::make_shared<Loaded>();
  session.kept.push_back(loaded);
  Report& report = loaded->report;
  if (const Result<bool> done = load_catalogues(*loaded); !done) return Error{done.error()};
  report.roots = paths.empty() && facts.empty() ? std::vector<std::string>{"."} : paths;
  std::vector<std::string> trees;
  for (const std::string& path : report.roots) {
    if (!is_snapshot_file(path)) {
      trees.push_back(path);
    } else if (const Result<bool> added = add_snapshot(path, session.now, *loaded); !added) {
      return Error{added.error()};
    }
  }
  load_shipped(loaded->catalogue);
  std::vector<Fact> all = std::exchange(loaded->facts, {});
  if (!trees.empty()) {
    Result<FileTree> tree = FileTree::of(trees);
    if (!tree) return Error{tree.error()};
    read_tree(session, *std::move(tree), {}, *loaded, all);
  }
  if (const Result<bool> done = finish(session, *loaded, std::move(all), trees); !done) return Error{done.error()};
  return loaded;
}

Result<std::shared_ptr<Loaded>> Input::load(Session& session, FileTree tree, IngestOptions options) const {
  auto loaded = std::make_shared<Loaded>();
  session.kept.push_back(loaded);
  if (const Result<bool> done = load_catalogues(*loaded); !done) return Error{done.error()};
  load_shipped(loaded->catalogue);
  std::vector<Fact> all;
  read_tree(session, std::move(tree), std::move(options), *loaded, all);
  if (const Result<bool> done = finish(session, *loaded, std::move(all), {}); !done) return Error{done.error()};
  return loaded;
}

}  // namespace mainstay
