#include "analyzer/cli/observed_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <utility>

#include "graph/facts/codec.h"
#include "ingest/logs/observation_maker.h"
#include "render/escape.h"
#include "render/terminal.h"

namespace mainstay {

Result<ObservedOutput> ObservedOutput::open(const std::string& path, Session& session) {
  if (path.empty()) return ObservedOutput(std::nullopt, session.out);
  Result<OutputFile> file = OutputFile::open(path);
  if (!file) return Error{file.error()};
  return ObservedOutput(*std::move(file), session.out);
}

Result<bool> ObservedOutput::write(std::string_view bytes) {
  if (file_) return file_->write(bytes);
  out_ << bytes;
  if (!out_) return Error{"standard output cannot be written"};
  return true;
}

Result<bool> ObservedOutput::finish() {
  if (file_) return file_->finish();
  out_.flush();
  if (!out_) return Error{"standard output cannot be written"};
  return true;
}

Result<bool> write_facts(ObservedOutput& output, std::span<const LogPart> parts, std::int64_t window, RowSource& rows) {
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  std::vector<LogAccount> accounts;
  for (const LogPart& part : parts) accounts.push_back(part.account);
  std::string block;
  Result<bool> written = true;
  const auto put = [&] {
    if (written) written = output.write(block);
    block.clear();
  };
  ObservationMaker maker(accounts, window, [&](Observation&& seen) {
    block += for_json_document(to_json_line(Fact(std::move(seen)))) + '\n';
    if (block.size() >= kBlock) put();
  });
  const Result<bool> read = for_each_row(rows, [&](ObservedRow&& row) { maker.add(std::move(row)); });
  maker.finish();
  put();
  return read ? written : read;
}

void tell_parts(std::span<const LogPart> parts, std::span<const Diagnostic> problems, bool verbose, Session& session) {
  std::vector<Diagnostic> all(problems.begin(), problems.end());
  for (const LogPart& part : parts) all.insert(all.end(), part.problems.begin(), part.problems.end());
  for (const Diagnostic& one : all) {
    if (!verbose && one.severity == DiagnosticSeverity::note) continue;
    session.err << terminal_diagnostic(one, {.colour = session.colour && session.err_is_terminal, .width = session.width});
  }
  if (!verbose) return;
  for (const LogPart& part : parts) {
    const LogAccount& log = part.account;
    if (log.format.empty()) continue;
    session.err << for_terminal(fmt::format("{}: {}: {} lines: {} of queries, {} others, {} not understood, {} too long ({})", log.file,
                                            log.format, log.lines, log.queries, log.other, log.not_understood, log.too_long, log.reason))
                << '\n';
  }
}

ExitStatus status_of(std::span<const LogPart> parts, std::span<const Diagnostic> problems) {
  const auto is_bad = [](const Diagnostic& one) { return one.severity == DiagnosticSeverity::error; };
  const auto is_unread = [&](const LogPart& part) {
    return (part.account.format.empty() && part.account.lines > 0) || std::ranges::any_of(part.problems, is_bad);
  };
  const bool is_whole = std::ranges::none_of(problems, is_bad) && std::ranges::none_of(parts, is_unread);
  return is_whole ? ExitStatus::clean : ExitStatus::incomplete;
}

}  // namespace mainstay
