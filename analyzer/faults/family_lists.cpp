#include "analyzer/faults/family_lists.h"

#include <algorithm>
#include <unordered_map>

namespace mainstay {
namespace {

using Id = SetFamilies::Id;
using Counts = std::vector<std::uint64_t>;

std::uint64_t sum(std::uint64_t a, std::uint64_t b) { return a > kCountless - b ? kCountless : a + b; }
std::uint64_t product(std::uint64_t a, std::uint64_t b) { return a != 0 && b > kCountless / a ? kCountless : a * b; }

void add(Counts& to, const Counts& more) {
  if (to.size() < more.size()) to.resize(more.size(), 0);
  for (std::size_t size = 0; size < more.size(); ++size) to[size] = sum(to[size], more[size]);
}

Counts pairs(const Counts& a, const Counts& b, unsigned order) {
  if (a.empty() || b.empty()) return {};
  Counts joined(std::min<std::size_t>(a.size() + b.size() - 1, std::size_t{order} + 1), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size() && i + j < joined.size(); ++j) joined[i + j] = sum(joined[i + j], product(a[i], b[j]));
  }
  return joined;
}

Counts without_zeros(Counts counts) {
  while (!counts.empty() && counts.back() == 0) counts.pop_back();
  return counts;
}

/// Looks at every diagram below a family once, what it is made of first. A diagram is made after its branches and a module before whatever
/// it stands in, so the order of ids is one.
std::vector<Id> made_of(const SetFamilies& families, const LevelMeanings& meanings, Id family) {
  std::vector<Id> found;
  std::unordered_map<std::uint32_t, bool> seen;
  const auto come_by = [&](Id id) {
    if (!SetFamilies::is_constant(id) && seen.emplace(static_cast<std::uint32_t>(id), true).second) found.push_back(id);
  };
  come_by(family);
  for (std::size_t at = 0; at < found.size(); ++at) {
    const Id id = found[at];
    come_by(families.low(id));
    come_by(families.high(id));
    const LevelMeaning& meaning = meanings[families.level(id)];
    if (meaning.is_module) come_by(meaning.module);
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// Whether a family has sets with marked faults, and sets without.
struct Kinds {
  bool with = false;
  bool without = false;
};

class Listing {
 public:
  Listing(const SetFamilies& families, const LevelMeanings& meanings, const SetRequest& request)
      : families_(families), meanings_(meanings), request_(request) {}

  /// Adds the sets of exactly `size` faults.
  void add(Id family, unsigned size) {
    if (kinds_.empty()) look_at(family);
    open_.push_back(family);
    choose(size);
    open_.pop_back();
  }
  std::vector<std::vector<std::uint32_t>> taken() && { return std::move(found_); }
  bool is_full() const { return found_.size() >= request_.limit; }

 private:
  /// Chooses one set of each open family.
  void choose(unsigned left) {
    if (is_full()) return;
    unsigned least = 0;
    for (const Id id : open_) least += families_.lightest(id);
    if (least > left || !can_be_wanted()) return;
    if (open_.empty()) {
      if (left > 0) return;
      found_.push_back(chosen_);
      std::sort(found_.back().begin(), found_.back().end());
      return;
    }
    const Id first = open_.back();
    open_.pop_back();
    Id id = first;
    for (; !SetFamilies::is_constant(id) && !is_full(); id = families_.low(id)) choose_high(id, left);
    if (id == SetFamilies::kAlways) choose(left);
    open_.push_back(first);
  }

  void choose_high(Id id, unsigned left) {
    const LevelMeaning& meaning = meanings_[families_.level(id)];
    const std::size_t before = open_.size();
    open_.push_back(families_.high(id));
    if (meaning.is_module) {
      open_.push_back(meaning.module);
      choose(left);
    } else if (left > 0) {
      const bool is_marked = marks(meaning);
      chosen_.push_back(meaning.fault);
      marked_chosen_ += is_marked ? 1 : 0;
      choose(left - 1);
      marked_chosen_ -= is_marked ? 1 : 0;
      chosen_.pop_back();
    }
    open_.resize(before);
  }

  bool marks(const LevelMeaning& meaning) const {
    return request_.filter.wanted != SetFilter::Wanted::all && !meaning.is_module && request_.filter.marked[meaning.fault];
  }

  void look_at(Id family) {
    kinds_ = {{SetFamilies::kNone, {}}, {SetFamilies::kAlways, {.with = false, .without = true}}};
    if (request_.filter.wanted == SetFilter::Wanted::all) return;
    for (const Id id : made_of(families_, meanings_, family)) {
      const LevelMeaning& meaning = meanings_[families_.level(id)];
      const Kinds own = meaning.is_module ? kinds_.at(meaning.module) : Kinds{marks(meaning), !marks(meaning)};
      const Kinds high = kinds_.at(families_.high(id));
      const Kinds low = kinds_.at(families_.low(id));
      kinds_[id] = {low.with || own.with || high.with, low.without || (own.without && high.without)};
    }
  }

  /// Whether what is chosen and what is open can still become a set that is wanted.
  bool can_be_wanted() const {
    const auto without = [&](Id id) { return kinds_.at(id).without; };
    const auto with = [&](Id id) { return kinds_.at(id).with; };
    switch (request_.filter.wanted) {
      case SetFilter::Wanted::without_marked: return marked_chosen_ == 0 && std::all_of(open_.begin(), open_.end(), without);
      case SetFilter::Wanted::with_marked: return marked_chosen_ > 0 || std::any_of(open_.begin(), open_.end(), with);
      case SetFilter::Wanted::all: break;
    }
    return true;
  }

  const SetFamilies& families_;
  const LevelMeanings& meanings_;
  const SetRequest& request_;
  std::unordered_map<Id, Kinds> kinds_;
  std::size_t marked_chosen_ = 0;
  std::vector<Id> open_;
  std::vector<std::uint32_t> chosen_;
  std::vector<std::vector<std::uint32_t>> found_;
};

}  // namespace

std::vector<std::uint64_t> counts_by_size(const SetFamilies& families, const LevelMeanings& meanings, Id family, unsigned order,
                                          const SetFilter& filter) {
  if (filter.wanted == SetFilter::Wanted::with_marked) {
    Counts all = counts_by_size(families, meanings, family, order);
    const Counts others = counts_by_size(families, meanings, family, order, {SetFilter::Wanted::without_marked, filter.marked});
    for (std::size_t size = 0; size < others.size(); ++size) all[size] = all[size] == kCountless ? kCountless : all[size] - others[size];
    return without_zeros(std::move(all));
  }
  std::unordered_map<std::uint32_t, Counts> known{{static_cast<std::uint32_t>(SetFamilies::kNone), {}},
                                                  {static_cast<std::uint32_t>(SetFamilies::kAlways), {1}}};
  const auto at = [&](Id id) -> const Counts& { return known.at(static_cast<std::uint32_t>(id)); };
  const Counts one{0, 1};
  const Counts none;
  for (const Id id : made_of(families, meanings, family)) {
    const LevelMeaning& meaning = meanings[families.level(id)];
    const bool left_out = filter.wanted != SetFilter::Wanted::all && !meaning.is_module && filter.marked[meaning.fault];
    Counts counts = pairs(meaning.is_module ? at(meaning.module) : left_out ? none : one, at(families.high(id)), order);
    add(counts, at(families.low(id)));
    known.emplace(static_cast<std::uint32_t>(id), std::move(counts));
  }
  return without_zeros(at(family));
}

std::vector<std::vector<std::uint32_t>> smallest_sets(const SetFamilies& families, const LevelMeanings& meanings, Id family,
                                                      const SetRequest& request) {
  const std::size_t sizes = counts_by_size(families, meanings, family, request.order, request.filter).size();
  Listing listing(families, meanings, request);
  for (unsigned size = 0; size < sizes && !listing.is_full(); ++size) listing.add(family, size);
  return std::move(listing).taken();
}

}  // namespace mainstay
