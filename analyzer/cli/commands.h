// Every command: its options as members, described to the command line, then run.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analyzer/cli/arguments.h"
#include "analyzer/cli/input.h"
#include "analyzer/cli/outputs.h"
#include "analyzer/cli/policy_options.h"
#include "analyzer/cli/session.h"
#include "analyzer/cli/tickets.h"
#include "analyzer/cli/txt.h"

namespace mainstay {

struct ScanCommand {
  static constexpr const char* kName = "scan";
  static constexpr const char* kSummary = "find what locks workloads out, and where it is written";
  Input input;
  std::string format = "terminal";
  std::vector<std::string> outputs;
  PolicyOptions policy;
  bool errors = false;
  bool all_endpoints = false;
  bool schema = false;
  std::string snapshot;
  std::string write_baseline;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;

 private:
  Result<bool> write(const Loaded& loaded, const Thresholds& thresholds, const std::vector<OutputTarget>& targets, Session& session) const;
};

struct GraphCommand {
  static constexpr const char* kName = "graph";
  static constexpr const char* kSummary = "draw what needs what, as SVG, DOT, Mermaid, GraphML or Cytoscape JSON";
  Input input;
  std::string output;
  std::string focus;
  unsigned depth = 0;
  bool upstream = false;
  bool downstream = false;
  bool only_findings = false;
  std::string collapse;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct ReportCommand {
  static constexpr const char* kName = "report";
  static constexpr const char* kSummary = "write one HTML page to search, to look at, and to fail things on";
  Input input;
  std::string output;
  std::string title;
  PolicyOptions policy;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;

 private:
  Result<std::string> page(const Loaded& loaded, const Thresholds& thresholds) const;
};

struct WhatIfCommand {
  static constexpr const char* kName = "whatif";
  static constexpr const char* kSummary = "say who cannot authenticate when something is down";
  Input input;
  std::vector<std::string> down;
  std::string mode;
  bool who = false;
  bool unknown = false;
  bool schema = false;
  std::string format = "terminal";
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct CutsCommand {
  static constexpr const char* kName = "cuts";
  static constexpr const char* kSummary = "list what must fail together before workloads are locked out";
  Input input;
  std::string endpoint;
  unsigned order = 0;  // 0: what suits the kind of set
  std::string group = "component";
  bool paths = false;
  bool importance = false;
  std::string availability;
  bool plan = false;
  std::size_t limit = 10;
  double seconds = 20;
  std::string format = "terminal";
  bool schema = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct ExplainCommand {
  static constexpr const char* kName = "explain";
  static constexpr const char* kSummary = "explain a rule, or prove a finding edge by edge";
  Input input;
  std::string subject;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct GateReport;
struct GateStates;

struct GateCommand {
  static constexpr const char* kName = "gate";
  static constexpr const char* kSummary = "judge what a change in git makes worse, and in what order it can be made";
  Input input;
  std::string folder = ".";
  std::string base;
  std::string head = "HEAD";
  bool from_merge_base = false;
  std::string fail_on;
  std::string config;
  bool strict = false;
  std::string format = "terminal";
  std::vector<std::string> outputs;
  bool schema = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;

 private:
  Result<GateReport> judge(GateStates& states, const Session& session) const;
  Result<bool> write(const GateReport& report, const GateStates& states, const std::vector<OutputTarget>& targets, Session& session) const;
};

struct WaiveCommand {
  static constexpr const char* kName = "waive";
  static constexpr const char* kSummary = "accept a finding until a day, with a reason, in .mainstay.toml";
  Input input;
  std::string id;
  std::string folder = ".";
  std::string reason;
  std::string until;
  std::string config;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct TicketsCommand {
  static constexpr const char* kName = "tickets";
  static constexpr const char* kSummary = "file findings in a tracker: plan what to do there, then do it";
  TicketsPlan plan;
  TicketsApply apply;
  bool plan_chosen = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct TxtCommand {
  static constexpr const char* kName = "txt";
  static constexpr const char* kSummary = "check workloads' identities that stand in TXT records, and plan the records";
  TxtCheckPart check;
  TxtPlanPart plan;
  bool plan_chosen = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct ConfigCommand {
  static constexpr const char* kName = "config";
  static constexpr const char* kSummary = "show the settings that hold and where each comes from, or their schema";
  std::string folder = ".";
  PolicyOptions policy;
  bool show = false;
  bool schema = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct FactsCommand {
  static constexpr const char* kName = "facts";
  static constexpr const char* kSummary = "print what was read, one fact a line of JSON";
  Input input;
  bool schema = false;
  std::string output;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct ObserveCommand {
  static constexpr const char* kName = "observe";
  static constexpr const char* kSummary = "count DNS query logs, as facts or as a partial file to merge";
  std::vector<std::string> logs;
  std::string output;
  std::string format;
  std::string server;
  std::string window;
  std::string clients;
  std::string range;
  std::string memory = "1G";
  unsigned jobs = 0;
  bool partial = false;
  bool live = false;
  std::string every = "1m";
  std::string sql;
  std::string schema;
  std::string table;
  bool print = false;
  std::string url;
  std::string result;
  bool verbose = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct MergeCommand {
  static constexpr const char* kName = "merge";
  static constexpr const char* kSummary = "merge partial files of `observe --partial` into facts, or into one partial file";
  std::vector<std::string> partials;
  std::string output;
  bool partial = false;
  bool verbose = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct RulesCommand {
  static constexpr const char* kName = "rules";
  static constexpr const char* kSummary = "list the rules";
  bool markdown = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct FormatsCommand {
  static constexpr const char* kName = "formats";
  static constexpr const char* kSummary = "list the formats that can be read and written";
  bool markdown = false;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct CompletionCommand {
  static constexpr const char* kName = "completion";
  static constexpr const char* kSummary = "print a script that completes command lines in a shell";
  std::string shell;
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

/// For those who make packages; it is not listed.
struct ManCommand {
  static constexpr const char* kName = "man";
  static constexpr const char* kSummary = "print the manual page";
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

struct VersionCommand {
  static constexpr const char* kName = "version";
  static constexpr const char* kSummary = "print the version and the libraries it was built with";
  void describe(Arguments& command);
  ExitStatus run(Session& session) const;
};

}  // namespace mainstay
