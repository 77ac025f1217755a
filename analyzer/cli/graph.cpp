#include <fmt/format.h>

#include <optional>
#include <ostream>

#include "analyzer/cli/commands.h"
#include "analyzer/cli/refused.h"
#include "analyzer/cli/write_file.h"
#include "analyzer/faults/nodes_meant.h"
#include "analyzer/picture/picture_of.h"
#include "analyzer/report/make_report.h"
#include "render/escape.h"
#include "render/picture_output.h"

namespace mainstay {
namespace {

/// The nodes that `--focus` means: the subjects of findings, or whatever is called so.
std::vector<NodeId> focus_nodes(const Analysis& analysis, const std::vector<Finding>& findings, const std::string& text) {
  std::vector<NodeId> nodes;
  for (const Finding& finding : findings) {
    if (text.size() < 4 || !finding.id.starts_with(text)) continue;
    for (const Subject& subject : finding.subjects) {
      for (const NodeId node : nodes_meant(analysis, subject.kind + " " + subject.name).nodes) nodes.push_back(node);
    }
  }
  return nodes.empty() ? nodes_meant(analysis, text).nodes : nodes;
}

/// ".svg, .dot, ... or .cyjs".
std::string endings() {
  const std::span<const PictureOutput> all = picture_outputs();
  std::string out;
  for (std::size_t at = 0; at < all.size(); ++at) {
    out += fmt::format("{}{}", at == 0 ? "" : at + 1 == all.size() ? " or " : ", ", all[at].ending);
  }
  return out;
}

}  // namespace

void GraphCommand::describe(Arguments& command) {
  input.describe(command);
  command.add("-o,--output", output, "the file to write: " + endings()).required().called("FILE");
  command.add("--focus", focus, "only what needs this and what it needs: a name, an address, or a finding's id").called("NODE");
  command.add("--depth", depth, "how many edges around the focus; without limit when not given").called("N");
  command.add("--upstream", upstream, "around the focus, only what it needs");
  command.add("--downstream", downstream, "around the focus, only what needs it");
  command.add("--only-findings", only_findings, "only what findings are about, and who needs it");
  command.add("--collapse", collapse, "draw things of one cluster, or zones and servers with their provider, as one")
      .one_of({"cluster", "provider"})
      .called("WHAT");
}

ExitStatus GraphCommand::run(Session& session) const {
  const PictureOutput* form = picture_output_of(output);
  if (form == nullptr) {
    session.err << "mainstay: the output's name must end with " << endings() << '\n';
    return ExitStatus::usage;
  }
  const Result<std::shared_ptr<Loaded>> loaded = input.load(session);
  if (!loaded) return refused(loaded.error(), session);
  const Analysis& analysis = *(*loaded)->analysis;
  std::vector<Undecided> undecided;
  const std::vector<Finding> findings = run_rules(analysis, undecided);
  PictureOptions options{.focus = {}, .depth = depth};
  if (upstream != downstream) options.direction = upstream ? Direction::upstream : Direction::downstream;
  options.only_findings = only_findings;
  if (!collapse.empty()) options.collapse = collapse == "cluster" ? Collapse::cluster : Collapse::provider;
  options.reduces = !form->is_data;
  if (!focus.empty()) {
    options.focus = focus_nodes(analysis, findings, focus);
    if (options.focus.empty()) {
      session.err << "mainstay: nothing is called '" << for_terminal(focus) << "'\n";
      return ExitStatus::usage;
    }
  }
  Picture picture = picture_of(analysis, findings, options);
  picture.title = focus.empty() ? "What sign-in needs" : "What " + focus + " is needed for, and what it needs";
  const Result<std::string> bytes = form->write(picture);
  if (!bytes) return refused(bytes.error(), session);
  if (const Result<bool> written = write_file(output, *bytes); !written) return refused(written.error(), session);
  session.err << fmt::format("wrote {}: {} things, {} edges{}\n", for_terminal(output), picture.nodes.size(), picture.edges.size(),
                             picture.note.empty() ? "" : " (" + picture.note + ")");
  return is_incomplete((*loaded)->report) ? ExitStatus::incomplete : ExitStatus::clean;
}

}  // namespace mainstay
