// Local data of unbound.conf: zones and records that the server answers by itself.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "graph/facts/facts.h"
#include "ingest/config/unbound_options.h"

namespace mainstay {

/// Collects local-zone, local-data and local-data-ptr of the server clause.
/// Each zone becomes a LocalZone of the server and a Zone whose view is the server's id, because only that server's clients see it;
/// its records carry the same view.
class UnboundLocalData {
 public:
  UnboundLocalData(Unit& unit, std::string server) : unit_(unit), server_(std::move(server)) {}

  void zone(const UnboundOption& option);
  void data(const UnboundOption& option);
  void data_ptr(const UnboundOption& option);

  /// Adds the zones to `server` and the zones and records to the unit. Data outside every declared zone gets a transparent zone of its
  /// own, as the server makes one.
  void finish(Server& server);

 private:
  const LocalZone* zone_of(DomainName owner) const;

  Unit& unit_;
  std::string server_;
  std::map<DomainName, LocalZone> zones_;  // block lists have a hundred thousand of them
  std::vector<Record> records_;
};

}  // namespace mainstay
