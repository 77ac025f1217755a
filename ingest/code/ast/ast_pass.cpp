#include "ingest/code/ast/ast_pass.h"

#include <utility>

#include "ingest/code/ast/compile_flags.h"
#include "ingest/code/ast/reader.h"

namespace mainstay::code::ast {
namespace {

/// Gives places the numbers of the unit's sources.
class Renumbering {
 public:
  explicit Renumbering(std::vector<SourceId> ids) : ids_(std::move(ids)) {}

  Location place(Location where, Location otherwise) const {
    const auto file = static_cast<std::size_t>(where.source);
    if (file >= ids_.size()) return otherwise;
    where.source = ids_[file];
    return where;
  }

  void apply(SeenCall& call) const {
    call.where = place(call.where, {});
    call.time_where = place(call.time_where, call.where);
    for (SeenValue& seen : call.values) {
      seen.value.where = place(seen.value.where, call.where);
      for (Location& one : seen.considered) one = place(one, call.where);
    }
  }

 private:
  std::vector<SourceId> ids_;
};

}  // namespace

Result<std::vector<SeenCall>> calls_of(Unit& unit, Headers& headers) {
  if (!has_reading_program()) return std::vector<SeenCall>();
  TreeInput input;
  std::vector<SourceId> ids = {SourceId{}};
  const std::string name = unit.source().name();
  input.files.push_back({name, std::string(unit.source().bytes())});
  input.flags = language_flags(name, unit.source().bytes());
  for (const Source* header : headers.sources()) {
    input.files.push_back({header->name(), std::string(header->bytes())});
    ids.push_back(unit.id_of(*header));
  }
  for (const std::string& folder : headers.folders()) input.flags.push_back("-I" + folder);
  for (std::string& flag : flags_of_build(unit)) input.flags.push_back(std::move(flag));
  Result<std::vector<SeenCall>> calls = read_calls_apart(input);
  if (!calls) return calls;
  const Renumbering renumbering(std::move(ids));
  for (SeenCall& call : *calls) renumbering.apply(call);
  return calls;
}

}  // namespace mainstay::code::ast
