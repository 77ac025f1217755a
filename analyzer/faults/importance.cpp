#include "analyzer/faults/importance.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace mainstay {
namespace {

using Id = SetFamilies::Id;

/// The functions that the probability of a family is made of, what they rest on first.
class Evaluation {
 public:
  Evaluation(SetFamilies& families, const LevelMeanings& meanings, bool rare_event)
      : families_(families), meanings_(meanings), rare_event_(rare_event) {}

  /// False when the budget is used up.
  bool prepare(Id root) {
    std::vector<std::pair<Id, bool>> open{{root, false}};
    while (!open.empty()) {
      const auto [id, entered] = open.back();
      open.pop_back();
      if (SetFamilies::is_constant(id) || place_.contains(id)) continue;
      const LevelMeaning& meaning = meanings_[families_.level(id)];
      if (entered) {
        place_.emplace(id, steps_.size());
        steps_.push_back({with_.at(id), families_.low(id), meaning});
        continue;
      }
      // What the function is where the element on top has failed.
      const Id with = rare_event_ ? families_.high(id) : families_.either(families_.high(id), families_.low(id));
      if (families_.is_exhausted() && !rare_event_) return false;
      with_.emplace(id, with);
      open.push_back({id, true});
      open.push_back({with, false});
      open.push_back({families_.low(id), false});
      if (meaning.is_module) open.push_back({meaning.module, false});
      if (!meaning.is_module) faults_.insert(meaning.fault);
    }
    return true;
  }

  double probability(Id root, std::span<const double> unavailable) const {
    std::vector<double> values;
    values.reserve(steps_.size());
    const auto value = [&](Id id) { return id == SetFamilies::kNone ? 0.0 : id == SetFamilies::kAlways ? 1.0 : values[place_.at(id)]; };
    for (const Step& step : steps_) {
      const double failed = step.meaning.is_module ? value(step.meaning.module) : unavailable[step.meaning.fault];
      values.push_back(failed * value(step.with) + (rare_event_ ? 1 : 1 - failed) * value(step.low));
    }
    return value(root);
  }

  const std::set<std::uint32_t>& faults() const { return faults_; }

 private:
  struct Step {
    Id with{};
    Id low{};
    LevelMeaning meaning;
  };
  SetFamilies& families_;
  const LevelMeanings& meanings_;
  bool rare_event_;
  std::unordered_map<Id, Id> with_;
  std::unordered_map<Id, std::size_t> place_;
  std::vector<Step> steps_;
  std::set<std::uint32_t> faults_;
};

}  // namespace

Unavailability unavailability(SetFamilies& families, const LevelMeanings& meanings, Id family, std::span<const double> unavailable) {
  Unavailability result;
  Evaluation exact(families, meanings, false);
  Evaluation sum(families, meanings, true);
  result.is_rare_event = !exact.prepare(family);
  if (result.is_rare_event) sum.prepare(family);
  const Evaluation& evaluation = result.is_rare_event ? sum : exact;
  std::vector<double> given(unavailable.begin(), unavailable.end());
  result.probability = evaluation.probability(family, given);
  for (const std::uint32_t fault : evaluation.faults()) {
    given[fault] = 0;
    const double without = evaluation.probability(family, given);
    given[fault] = 1;
    const double with = evaluation.probability(family, given);
    given[fault] = unavailable[fault];
    const double part = result.probability > 0 ? (result.probability - without) / result.probability : 0;
    result.faults.push_back({fault, with - without, part});
  }
  std::stable_sort(result.faults.begin(), result.faults.end(),
                   [](const Importance& a, const Importance& b) { return a.fussell_vesely > b.fussell_vesely; });
  return result;
}

}  // namespace mainstay
