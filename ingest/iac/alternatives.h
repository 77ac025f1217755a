// Values that are one of several: what a parameter may be set to, what a map has for each region, both sides of a condition that is open.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/values/evidence.h"
#include "ingest/iac/value.h"

namespace mainstay::iac {

/// More alternatives than this are not kept apart.
inline constexpr std::size_t kMaxAlternatives = 32;

/// What decides, with what it then is: sorted by what decides, each once.
using When = std::vector<std::pair<std::string, std::string>>;

/// Both conditions as one; nothing when they contradict each other.
std::optional<When> both(const When& a, const When& b);

/// A condition of one part.
inline When when(std::string decider, std::string choice) { return {{std::move(decider), std::move(choice)}}; }

/// The value that is one of these. Alternatives inside alternatives are taken out; those that contradict themselves are dropped; when all
/// are equal there is only one. More than kMaxAlternatives become what they have in common.
Value one_of(std::vector<Alternative> alternatives);

/// The value as its alternatives: a single one without a condition when there is nothing to choose.
std::vector<Alternative> alternatives_of(const Value& value);

/// The same without those whose value an earlier one has.
std::vector<Alternative> distinct(std::vector<Alternative> alternatives);

/// The alternatives of several values that can hold together, each with one value for each argument.
/// Shape:  `value` is a list as long as `arguments`. What would be more than kMaxAlternatives is one, of what each has in common.
std::vector<Alternative> together(const std::vector<const Value*>& arguments);

/// What a function of whole values is worth for values that have alternatives.
Value lifted(const std::vector<const Value*>& arguments, const std::function<Value(std::vector<Value>&)>& function);

/// What a condition gives: one of both sides; under what decides the condition, or else under `decider` being true or false.
Value chosen(const Value& condition, const std::string& decider, const Value& then, const Value& otherwise);

/// A list of which items have alternatives, as alternatives of lists; other values as they are.
Value with_items_settled(Value list);

/// A map whose entries have the alternatives, of a map that is one of several: null where a map is taken that lacks the entry. Other values
/// as they are.
Value entries_settled(const Value& maps);

/// The value without the alternatives that contradict `when`, and without those that certainly fail where others do not; inside lists and
/// maps too.
Value restricted(Value value, const When& when);

/// What all alternatives have in common; other values as they are.
Value in_common(const Value& value);

/// "Stage is prod, AWS::Region is eu-west-1"; empty when there is no condition.
std::string shown(const When& when);

/// The same places, as reasons for what holds only under that condition: assumed, with the condition as note. Without one they stay.
std::vector<Evidence> taken_when(std::vector<Evidence> reasons, const When& when);

}  // namespace mainstay::iac
