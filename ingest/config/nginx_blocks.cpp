#include "ingest/config/nginx_blocks.h"

#include <fmt/format.h>

#include <iterator>

namespace mainstay::nginx {
namespace {

constexpr int kMaxIncludeDepth = 16;
constexpr std::size_t kMaxIncludes = 1'000;
constexpr std::size_t kMaxStatements = 200'000;

}  // namespace

const BraceStatement* Block::own(std::string_view wanted) const {
  const auto end = statements.upper_bound(wanted);
  if (end == statements.begin()) return nullptr;
  const auto last = std::prev(end);
  return last->first == wanted ? last->second : nullptr;
}

const BraceStatement* Block::in_force(std::string_view wanted) const {
  for (const Block* block = this; block != nullptr; block = block->outer) {
    if (const BraceStatement* found = block->own(wanted)) return found;
  }
  return nullptr;
}

const Block* Block::within(std::string_view wanted) const {
  const Block* block = this;
  while (block != nullptr && block->name() != wanted) block = block->outer;
  return block;
}

Configuration::Configuration(Unit& unit, const std::vector<BraceInput>& inputs, const Include& include) : unit_(unit), include_(include) {
  Block& root = blocks_.emplace_back();
  for (const BraceInput& input : inputs) fill(root, texts_.emplace_back(read_braces(input, unit_.problems())), 0);
}

void Configuration::fill(Block& block, const std::vector<BraceStatement>& statements, int depth) {
  for (const BraceStatement& one : statements) {
    if (++statements_ > kMaxStatements) {
      if (statements_ == kMaxStatements + 1) {
        unit_.error(one.where, fmt::format("the configuration has more than {} statements", kMaxStatements), "the rest is not read");
      }
      return;
    }
    if (one.name() == "include" && one.words.size() == 2) {
      follow(block, one, depth);
    } else if (one.has_block) {
      Block& inner = blocks_.emplace_back();
      inner.statement = &one;
      inner.outer = &block;
      block.blocks.push_back(&inner);
      fill(inner, one.block, depth);
    } else {
      block.statements.emplace(one.name(), &one);
    }
  }
}

void Configuration::follow(Block& block, const BraceStatement& include, int depth) {
  if (depth >= kMaxIncludeDepth || ++includes_ > kMaxIncludes) {
    if (depth >= kMaxIncludeDepth || includes_ == kMaxIncludes + 1) {
      unit_.error(include.where,
                  fmt::format("includes are nested deeper than {} levels or are more than {}", kMaxIncludeDepth, kMaxIncludes),
                  "this one is not followed");
    }
    return;
  }
  for (const BraceInput& input : include_(include.words[1].text, include.words[1].where)) {
    fill(block, texts_.emplace_back(read_braces(input, unit_.problems())), depth + 1);
  }
}

}  // namespace mainstay::nginx
