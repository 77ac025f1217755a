// The blocks of an nginx configuration, with what it includes in its place, and how settings are inherited.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/source/unit.h"
#include "ingest/syntax/braces.h"

namespace mainstay::nginx {

/// One block: the statements in it by name, the blocks in it, and the one around it.
struct Block {
  const BraceStatement* statement = nullptr;  // null for the outermost one
  const Block* outer = nullptr;
  std::multimap<std::string_view, const BraceStatement*> statements;  // in the order written where names are equal
  std::vector<const Block*> blocks;

  std::string_view name() const { return statement == nullptr ? std::string_view() : statement->name(); }
  /// The last statement of that name in this block alone; null when there is none.
  const BraceStatement* own(std::string_view name) const;
  /// The statement of that name that holds here: of this block, else of the nearest one around it.
  const BraceStatement* in_force(std::string_view name) const;
  /// This block or the nearest one around it with that name; null when there is none.
  const Block* within(std::string_view name) const;
};

/// Finds the texts that an include means.
using Include = std::function<std::vector<BraceInput>(std::string_view pattern, Location where)>;

/// A whole configuration. Blocks point into it, so it stays where it is.
class Configuration {
 public:
  /// Reads the texts as one configuration. Limits: includes 16 deep and 1000 in all, 200,000 statements.
  Configuration(Unit& unit, const std::vector<BraceInput>& inputs, const Include& include);
  Configuration(const Configuration&) = delete;
  Configuration& operator=(const Configuration&) = delete;

  const Block& root() const { return blocks_.front(); }
  /// Every block, outer ones before those in them.
  const std::list<Block>& blocks() const { return blocks_; }

 private:
  void fill(Block& block, const std::vector<BraceStatement>& statements, int depth);
  void follow(Block& block, const BraceStatement& include, int depth);

  Unit& unit_;
  const Include& include_;
  std::list<std::vector<BraceStatement>> texts_;
  std::list<Block> blocks_;
  std::size_t statements_ = 0;
  std::size_t includes_ = 0;
};

}  // namespace mainstay::nginx
