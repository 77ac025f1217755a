#include "tests/measured/scenario.h"

#include <algorithm>

#include "tests/measured/responder.h"
#include "tests/measured/server_states.h"

namespace mainstay {
namespace {

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> all;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    all.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return all;
}

Scenario with(std::string title, std::vector<ServerState> servers, const std::string& options = "", const std::string& search = "") {
  return {.title = std::move(title), .servers = std::move(servers), .options = words(options), .search = words(search)};
}

Scenario named(Scenario scenario, std::string name) {
  scenario.name = std::move(name);
  return scenario;
}

Scenario on_host(Scenario scenario, std::string host_name) {
  scenario.host_name = std::move(host_name);
  return scenario;
}

Scenario existing(Scenario scenario, std::string name) {
  scenario.existing = std::move(name);
  return scenario;
}

Scenario twice(Scenario scenario) {
  scenario.lookups = 2;
  return scenario;
}

const std::string kCluster = "prod.svc.cluster.local svc.cluster.local cluster.local";

void add_silence(std::vector<Scenario>& all) {
  all.push_back(with("one silent", {kDead}));
  all.push_back(with("two silent", {kDead, kDead}));
  all.push_back(with("three silent", {kDead, kDead, kDead}));
  all.push_back(with("three silent, timeout:1 attempts:2", {kDead, kDead, kDead}, "timeout:1 attempts:2"));
  all.push_back(with("three silent, timeout:2 attempts:3", {kDead, kDead, kDead}, "timeout:2 attempts:3"));
  all.push_back(with("two silent, timeout:1 attempts:1", {kDead, kDead}, "timeout:1 attempts:1"));
  all.push_back(with("two silent, timeout:1 attempts:3", {kDead, kDead}, "timeout:1 attempts:3"));
  all.push_back(with("three silent, timeout:2 attempts:2", {kDead, kDead, kDead}, "timeout:2 attempts:2"));
  all.push_back(with("three silent, timeout:3 attempts:1", {kDead, kDead, kDead}, "timeout:3 attempts:1"));
  all.push_back(with("one silent, timeout:0", {kDead}, "timeout:0"));
  all.push_back(with("one good, timeout:0", {kGood}, "timeout:0"));
  all.push_back(with("one good, attempts:0", {kGood}, "attempts:0"));
  all.push_back(with("one silent, timeout:60 attempts:1", {kDead}, "timeout:60 attempts:1"));
  all.push_back(with("one silent, timeout:1 attempts:9", {kDead}, "timeout:1 attempts:9"));
  all.push_back(with("two silent, single-request", {kDead, kDead}, "single-request"));
  all.push_back(with("two silent, single-request timeout:1", {kDead, kDead}, "single-request timeout:1"));
  all.push_back(with("closed, use-vc", {kClosed}, "use-vc"));
}

void add_next_server(std::vector<Scenario>& all) {
  all.push_back(twice(with("silent, good", {kDead, kGood})));
  all.push_back(twice(with("silent, good, timeout:1", {kDead, kGood}, "timeout:1")));
  all.push_back(with("silent, silent, good", {kDead, kDead, kGood}));
  all.push_back(with("silent, silent, good, timeout:2", {kDead, kDead, kGood}, "timeout:2"));
  all.push_back(with("silent, silent, good, timeout:3", {kDead, kDead, kGood}, "timeout:3"));
  all.push_back(with("three silent, the fourth good", {kDead, kDead, kDead, kGood}));
  all.push_back(with("three silent, the fourth good, timeout:1 attempts:1", {kDead, kDead, kDead, kGood}, "timeout:1 attempts:1"));
  all.push_back(with("closed", {kClosed}));
  all.push_back(with("closed, good", {kClosed, kGood}));
  all.push_back(with("SERVFAIL", {kServfail}));
  all.push_back(with("SERVFAIL, good", {kServfail, kGood}));
  all.push_back(with("REFUSED", {kRefused}));
  all.push_back(with("REFUSED, good", {kRefused, kGood}));
  all.push_back(with("NOTIMP, good", {kNotimp, kGood}));
  all.push_back(with("FORMERR, good", {kFormerr, kGood}));
  all.push_back(with("truncated and no TCP, good", {kTruncated, kGood}));
  all.push_back(with("closed, silent, good", {kClosed, kDead, kGood}));
  all.push_back(with("SERVFAIL, silent, good", {kServfail, kDead, kGood}));
  all.push_back(with("silent, SERVFAIL, timeout:1", {kDead, kServfail}, "timeout:1"));
  all.push_back(with("silent, SERVFAIL", {kDead, kServfail}));
  all.push_back(with("silent, closed, timeout:1", {kDead, kClosed}, "timeout:1"));
  all.push_back(with("NXDOMAIN", {kNxdomain}));
  all.push_back(twice(with("NXDOMAIN, good", {kNxdomain, kGood})));
  all.push_back(twice(with("NODATA, good", {kEmpty, kGood})));
  all.push_back(with("silent, NXDOMAIN, good, timeout:1", {kDead, kNxdomain, kGood}, "timeout:1"));
  Scenario none = with("no nameserver line", {kGood});
  none.server_lines = false;
  all.push_back(none);
}

void add_slowness(std::vector<Scenario>& all) {
  all.push_back(with("good after 1.5 s, good", {slow(1500), kGood}));
  all.push_back(with("good after 1.5 s, good, timeout:1", {slow(1500), kGood}, "timeout:1"));
  all.push_back(with("one good after 1.5 s, timeout:1", {slow(1500)}, "timeout:1"));
  all.push_back(with("one good after 0.5 s", {slow(500)}));
  all.push_back(with("one good after 6 s", {slow(6000)}));
  all.push_back(with("two good after 6 s", {slow(6000), slow(6000)}));
  all.push_back(with("two good after 2.5 s, timeout:1 attempts:3", {slow(2500), slow(2500)}, "timeout:1 attempts:3"));
  all.push_back(with("two good after 2.2 s, timeout:1 attempts:2", {slow(2200), slow(2200)}, "timeout:1 attempts:2"));
  all.push_back(with("SERVFAIL after 0.7 s, good", {{ServerMode::servfail, {Milliseconds(700), Milliseconds(700)}}, kGood}));
}

void add_search(std::vector<Scenario>& all) {
  const std::vector<ServerState> silent{kDead, kDead};
  all.push_back(with("two silent, one suffix", silent, "", "corp.example"));
  all.push_back(with("two silent, two suffixes", silent, "", "corp.example lab.example"));
  all.push_back(with("two silent, three suffixes, ndots:5", silent, "ndots:5", kCluster));
  all.push_back(named(with("two silent, three suffixes, ndots:5, final dot", silent, "ndots:5", kCluster), "idp.example.com."));
  all.push_back(with("two silent, two suffixes, timeout:1", silent, "timeout:1", "corp.example lab.example"));
  all.push_back(with("two silent, three suffixes, ndots:5 timeout:1", silent, "ndots:5 timeout:1", kCluster));
  all.push_back(with("one silent, three suffixes, ndots:5 timeout:1 attempts:1", {kDead}, "ndots:5 timeout:1 attempts:1", kCluster));
  all.push_back(with("silent, good, three suffixes, ndots:5", {kDead, kGood}, "ndots:5", kCluster));
  all.push_back(with("silent, good, three suffixes, ndots:5 timeout:1", {kDead, kGood}, "ndots:5 timeout:1", kCluster));
  all.push_back(with("silent, good, two suffixes, enough dots, timeout:1", {kDead, kGood}, "timeout:1", "corp.example lab.example"));
  all.push_back(existing(with("silent, good, the name exists nowhere, three suffixes, timeout:1", {kDead, kGood}, "timeout:1", kCluster),
                         "other.example.com"));
  all.push_back(existing(
      named(with("silent, good, a short name below the second suffix, timeout:1", {kDead, kGood}, "timeout:1", "corp.example lab.example"),
            "idp"),
      "idp.lab.example"));
  all.push_back(with("silent, SERVFAIL, three suffixes, ndots:5 timeout:1", {kDead, kServfail}, "ndots:5 timeout:1", kCluster));
  all.push_back(with("silent, REFUSED, three suffixes, ndots:5 timeout:1", {kDead, kRefused}, "ndots:5 timeout:1", kCluster));
  all.push_back(with("NODATA, good, three suffixes, ndots:5", {kEmpty, kGood}, "ndots:5", kCluster));
  all.push_back(with("FORMERR, good, three suffixes, ndots:5", {kFormerr, kGood}, "ndots:5", kCluster));
  all.push_back(with("truncated and no TCP, silent, three suffixes, ndots:5", {kTruncated, kDead}, "ndots:5", kCluster));
  all.push_back(with("silent, FORMERR, three suffixes, ndots:5 timeout:1", {kDead, kFormerr}, "ndots:5 timeout:1", kCluster));
  all.push_back(on_host(with("two silent, the host has no domain, timeout:1", silent, "timeout:1"), "host"));
  all.push_back(on_host(with("two silent, the host has a domain, timeout:1", silent, "timeout:1"), "host.corp.example"));
}

void add_rotation(std::vector<Scenario>& all) {
  Scenario one = with("rotate: silent, good, timeout:1", {kDead, kGood}, "rotate timeout:1");
  one.lookups = 6;
  all.push_back(one);
  Scenario two = with("rotate: silent, good, good, timeout:1", {kDead, kGood, kGood}, "rotate timeout:1");
  two.lookups = 6;
  all.push_back(two);
  Scenario three = with("rotate: silent, silent, good, timeout:1", {kDead, kDead, kGood}, "rotate timeout:1");
  three.lookups = 3;
  all.push_back(three);
}

std::string as_absolute(const std::string& name) { return name.ends_with('.') ? name : name + "."; }

}  // namespace

std::vector<Scenario> scenarios() {
  std::vector<Scenario> all;
  add_silence(all);
  add_next_server(all);
  add_slowness(all);
  add_search(all);
  add_rotation(all);
  return all;
}

std::string resolv_conf_of(const Scenario& scenario) {
  std::string text;
  for (std::size_t at = 0; at < scenario.servers.size() && scenario.server_lines; ++at)
    text += "nameserver " + address_of_server(at) + "\n";
  for (const std::string& option : scenario.options) text += "options " + option + "\n";
  if (scenario.search.empty()) return text;
  text += "search";
  for (const std::string& suffix : scenario.search) text += " " + suffix;
  return text + "\n";
}

ClientConfig config_of(const Scenario& scenario, Client client) {
  ClientConfig config{.client = client, .search_entries = static_cast<std::uint32_t>(scenario.search.size())};
  for (const std::string& option : scenario.options) {
    const auto number = [&] { return static_cast<std::uint32_t>(std::stoul(option.substr(option.find(':') + 1))); };
    if (option.starts_with("timeout:")) config.timeout = number();
    if (option.starts_with("attempts:")) config.attempts = number();
    if (option.starts_with("ndots:")) config.ndots = number();
    config.rotate = config.rotate || option == "rotate";
    config.single_request = config.single_request || option == "single-request";
    config.use_vc = config.use_vc || option == "use-vc";
  }
  if (scenario.search.empty() && scenario.host_name.find('.') != std::string::npos && client != Client::musl) config.search_entries = 1;
  return config;
}

AskedName name_of(const Scenario& scenario) {
  AskedName name{.dots = static_cast<std::uint32_t>(std::count(scenario.name.begin(), scenario.name.end(), '.')),
                 .absolute = scenario.name.ends_with('.'),
                 .exists = AskedName::Exists::nowhere};
  if (as_absolute(scenario.name) == as_absolute(scenario.existing)) name.exists = AskedName::Exists::as_given;
  for (std::size_t at = 0; at < scenario.search.size(); ++at) {
    if (scenario.name + "." + scenario.search[at] != scenario.existing) continue;
    name.exists = AskedName::Exists::below_suffix;
    name.suffix = static_cast<std::uint32_t>(at);
  }
  return name;
}

Failover predicted(const Scenario& scenario, Client client) {
  return failover(config_of(scenario, client), scenario.servers, name_of(scenario));
}

}  // namespace mainstay
