#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/dangling.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

constexpr std::string_view kReleased = "released-address";

/// What the inventory says of one address.
struct Holding {
  const Inventory* released = nullptr;
  bool is_held = false;
};

Holding holding(const Estate& estate, const IpAddress& address) {
  Holding found;
  for (const Inventory* one : estate.inventory_at(address)) {
    if (one->kind == kReleased) {
      found.released = one;
    } else {
      found.is_held = true;
    }
  }
  found.is_held = found.is_held || !estate.servers_at(address).empty();
  for (const Endpoint& endpoint : estate.endpoints()) {
    found.is_held = found.is_held || std::find(endpoint.addresses.begin(), endpoint.addresses.end(), address) != endpoint.addresses.end();
  }
  return found;
}

/// A cloud gives out addresses of large blocks: one of the same block as those that are held here comes from the same stock.
constexpr unsigned kBlockV4 = 16;
constexpr unsigned kBlockV6 = 32;

std::string block_of(const IpAddress& address) { return address.prefix(address.is_v4() ? kBlockV4 : kBlockV6); }

/// The records that point at one address.
struct Pointing {
  std::vector<const Record*> records;
};

void report_address(const Analysis& analysis, const IpAddress& address, const Pointing& pointing, const Inventory* released,
                    RuleReport& report) {
  constexpr std::size_t kPlaces = 20;
  Finding finding;
  std::set<std::string> names;
  finding.confidence = Confidence::assumed;
  for (const Record* record : pointing.records) {
    std::string name = record->owner.display();
    if (name.ends_with('.')) name.pop_back();
    if (names.insert(name).second) finding.subjects.push_back({"record", name + " " + record->type});
    finding.confidence = std::max(finding.confidence, strongest(record->reasons));
    if (finding.evidence.size() < kPlaces) add_evidence(record->reasons, 1, finding.evidence);
  }
  finding.subjects.push_back({"address", address.text()});
  add_users(analysis.estate(), names, finding);
  const std::string who =
      names.size() == 1 ? *names.begin() + " points" : fmt::format("{} and {} more point", *names.begin(), names.size() - 1);
  if (released != nullptr) {
    add_evidence(released->reasons, 1, finding.evidence);
    finding.severity = Severity::high;
    finding.message =
        fmt::format("{} to {}, which {} gives back: the next one to ask the provider may get it", who, address.text(), released->owner);
  } else {
    // The block is a sign and no proof.
    finding.confidence = Confidence::assumed;
    finding.severity = Severity::medium;
    finding.message =
        fmt::format("{} to {}: addresses of {} are held here, and this one is not among them", who, address.text(), block_of(address));
  }
  report.add(std::move(finding));
}

void check(const Analysis& analysis, RuleReport& report) {
  const Estate& estate = analysis.estate();
  std::set<std::string> blocks;
  bool is_complete = true;
  for (const Inventory& one : estate.inventory()) {
    if (one.kind != "elastic-ip") continue;
    if (one.address && !one.address->is_private()) blocks.insert(block_of(*one.address));
    is_complete = is_complete && (one.address || one.host.is_known());
  }
  std::map<IpAddress, Pointing> by_address;
  for (const Record& record : estate.records()) {
    if (record.type != "A" && record.type != "AAAA") continue;
    const std::optional<std::string> text = record.data.known();
    const Result<IpAddress> address = IpAddress::parse(text.value_or(""));
    if (text && address && !address->is_private()) by_address[*address].records.push_back(&record);
  }
  for (const auto& [address, pointing] : by_address) {
    const Holding found = holding(estate, address);
    if (found.is_held) continue;
    if (found.released != nullptr) {
      report_address(analysis, address, pointing, found.released, report);
    } else if (blocks.contains(block_of(address))) {
      if (is_complete) {
        report_address(analysis, address, pointing, nullptr, report);
      } else {
        report.undecided("an address in the inventory is not known and could be the one", pointing.records.front()->owner.display());
      }
    }
  }
}

}  // namespace

extern const Rule dangling_ip;
constinit const Rule dangling_ip{
    .name = "dangling-ip",
    .summary = "a record points to a cloud address that is given back, or that nothing here holds",
    .why =
        "A cloud hands a released address to its next customer, who then answers under your name, passes checks by HTTP for certificates, "
        "and gets what clients send that have not noticed.",
    .fix =
        "delete the record, wait for its TTL, then release the address; or point an alias at the resource instead of writing its address",
    .reference = "NIST SP 800-81; Amazon VPC User Guide, Elastic IP addresses",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
